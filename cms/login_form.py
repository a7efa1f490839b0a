"""The admin's log-in, in French to the last word, and the way back for who lost the password."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from cms.gate import ADMIN, NO_ACCESS
from loges import permissions
from loges.models import Person


class FrenchLoginForm(LoginForm):
    """Names the password field; Wagtail's French leaves it in English. Tells those who have nothing to do here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Mot de passe"

    def confirm_login_allowed(self, user: Any) -> None:
        """Refuse those whom the gate would send back here; who only logs in to read a page goes on."""
        super().confirm_login_allowed(user)
        goal = self.request.POST.get("next") or self.request.GET.get("next") or ADMIN
        if goal.startswith(ADMIN) and not (user.is_staff or user.is_superuser or permissions.has_grants(user)):
            raise ValidationError(NO_ACCESS)


class PasswordResetForm(WagtailPasswordResetForm):
    """Writes to every account that is open, also to one that never had a password: that is how it gets its first."""

    def get_users(self, email: str) -> Iterator[Person]:
        """The account with this address, if it is open."""
        return Person.objects.filter(email=email.strip().lower(), is_active=True).iterator()
