"""The admin's log-in, in French to the last word."""

from typing import Any

from wagtail.admin.forms.auth import LoginForm


class FrenchLoginForm(LoginForm):
    """Names the password field; Wagtail's French leaves it in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Mot de passe"
