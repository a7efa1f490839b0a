"""The admin's log-in, in French to the last word, and the way back for who lost the password."""

from collections.abc import Iterator
from typing import Any

from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from loges.models import Person


class FrenchLoginForm(LoginForm):
    """Names the password field; Wagtail's French leaves it in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Mot de passe"


class PasswordResetForm(WagtailPasswordResetForm):
    """Writes to every account that is open, also to one that never had a password: that is how it gets its first."""

    def get_users(self, email: str) -> Iterator[Person]:
        """The account with this address, if it is open."""
        return Person.objects.filter(email=email.strip().lower(), is_active=True).iterator()
