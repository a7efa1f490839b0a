"""The instant at which things are asked. Actions are given theirs; rights that end by themselves read it here."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The current instant; in demo mode the one at which the demo's clock stands."""
    return settings.CLOCK_STANDS_AT or timezone.now()
