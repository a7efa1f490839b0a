"""The schema, built once."""

from typing import Any

import strawberry
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from graphql_api import descriptions
from graphql_api.guard import VisibilityGuard
from graphql_api.limits import CACHED_DOCUMENTS, Limits
from graphql_api.queries import TYPES, Query


class QuietSchema(strawberry.Schema):
    """A schema that writes no log of its own: of errors, `errors.told` logs those that are our fault."""

    def process_errors(self, *_: Any) -> None:
        """Nothing: anybody could fill the log with documents that don't fit."""


def build() -> strawberry.Schema:
    """A schema with its descriptions published."""
    made = QuietSchema(
        query=Query,
        types=TYPES,
        config=StrawberryConfig(auto_camel_case=True),
        extensions=[
            Limits,  # first: before the document is read, and before it is checked
            lambda: ParserCache(CACHED_DOCUMENTS),
            lambda: ValidationCache(CACHED_DOCUMENTS),
            VisibilityGuard,
        ],
    )
    descriptions.publish(made._schema)
    return made


schema = build()
