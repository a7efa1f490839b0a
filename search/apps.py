"""The `search` room as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the room."""

    name = "search"
    verbose_name = "Recherche"

    def ready(self) -> None:
        """Connect the listeners."""
        from search import listeners  # noqa: F401
