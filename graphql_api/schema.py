"""The schema, built once."""

import strawberry
from strawberry.extensions import AddValidationRules, MaxTokensLimiter, ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from graphql_api import descriptions
from graphql_api.limits import CostLimit
from graphql_api.queries import TYPES, Query

MAX_TOKENS = 3_000
"""How long a document may be, in tokens: the longest contract has some 700."""


def build() -> strawberry.Schema:
    """A schema with its descriptions published."""
    made = strawberry.Schema(
        query=Query,
        types=TYPES,
        config=StrawberryConfig(auto_camel_case=True),
        extensions=[
            lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
            lambda: AddValidationRules([CostLimit]),
            ParserCache,
            ValidationCache,
        ],
    )
    descriptions.publish(made._schema)
    return made


schema = build()
