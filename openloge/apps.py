"""The switchboard as a Django app, so that its commands are found."""

from django.apps import AppConfig


class OpenLogeConfig(AppConfig):
    """Holds no model: settings, URLs and the `demo` command."""

    name = "openloge"
