"""The `cms` room as a Django app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Registers the room."""

    name = "cms"
    verbose_name = "Contenus"

    def ready(self) -> None:
        """Connect the listeners, and write into the rule book."""
        from cms import listeners, rules  # noqa: F401
