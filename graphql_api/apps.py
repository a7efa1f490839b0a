"""The `graphql_api` room as a Django app."""

from django.apps import AppConfig


class GraphqlApiConfig(AppConfig):
    """Registers the room."""

    name = "graphql_api"
    verbose_name = "API GraphQL"
