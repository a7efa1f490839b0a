"""The `loges` room as a Django app."""

from django.apps import AppConfig


class LogesConfig(AppConfig):
    """Registers the room."""

    name = "loges"
    verbose_name = "Loges"
