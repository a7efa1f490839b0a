"""The instant at which things are asked, and the days that can be meant.

Actions are given their instant; rights that end by themselves read it here.
"""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from loges.recurrence import date_in_words

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""Between which days things happen here: the rest is a slip of the pen."""


def now() -> datetime:
    """The current instant; in demo mode the one at which the demo's clock stands."""
    return settings.CLOCK_STANDS_AT or timezone.now()


def check_day(field: str, day: date | None, *, since: date = EARLIEST, until: date = LATEST) -> None:
    """Refuse a day that isn't from `since` to `until`, both included; none is fine.

    Raises ValidationError, which names the field.
    """
    if day is not None and not since <= day <= until:
        message = f"Choisissez une date du {date_in_words(since)} au {date_in_words(until)}."
        raise ValidationError({field: message})
