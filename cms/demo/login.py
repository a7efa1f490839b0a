"""How demo people log in: one known password that is stored nowhere and works only while the demo flag is up."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from loges.models import Person

PASSWORD = "bienvenue-a-la-loge"  # noqa: S105 - printed on the signpost, worthless outside the demo
DOMAIN = ".openloge.example"


class DemoBackend(ModelBackend):
    """Lets the demo's people in, in demo mode alone."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Person | None:
        """The demo person with this e-mail, if the password is the demo's."""
        email = str(username or kwargs.get(Person.USERNAME_FIELD) or "").strip().lower()
        if not settings.DEMO or not email.endswith(DOMAIN):
            return None
        if not constant_time_compare(password or "", PASSWORD):
            return None
        return Person.objects.filter(email=email, is_active=True).first()
