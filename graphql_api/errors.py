"""Errors as clients meet them: a code from one closed list, a path, a message in French; crashes are masked."""

import logging
import uuid
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.db import OperationalError
from graphql import GraphQLError
from psycopg.errors import QueryCanceled

from graphql_api import refusals
from graphql_api.limits import TooExpensive
from loges.geography import NotOnEarth
from loges.queries import NoPolicy
from loges.sharing import NotShareable
from search import queries as search_queries

logger = logging.getLogger(__name__)


class Code(StrEnum):
    """Every code that `extensions.code` may hold; clients act on it, not on the message."""

    BAD_REQUEST = "BAD_REQUEST"  # what came isn't GraphQL over HTTP: method, media type, JSON, parameters
    BAD_QUERY = "BAD_QUERY"  # the document doesn't parse, or it or its variables don't fit the schema
    TOO_EXPENSIVE = "TOO_EXPENSIVE"  # the document asks for too much at once
    BAD_INPUT = "BAD_INPUT"  # an argument is out of its bounds
    BAD_CURSOR = "BAD_CURSOR"  # `after` or `before` comes from another query, or from nowhere
    UNAVAILABLE = "UNAVAILABLE"  # something needed isn't set up yet, or takes too long now
    INTERNAL = "INTERNAL"  # a fault of ours, told by its request id


class BadInput(Exception):
    """An argument that can't be used: which code, where (argument path), and why in French."""

    def __init__(self, message: str, path: Sequence[str], code: Code = Code.BAD_INPUT) -> None:
        super().__init__(message)
        self.message, self.path, self.code = message, list(path), code


def new_request_id() -> str:
    """A name for one request, to find it in the logs."""
    return uuid.uuid4().hex


def told(error: GraphQLError, request_id: str) -> GraphQLError:
    """The error as the client may see it; what is a fault of ours is logged."""
    cause = error.original_error
    while isinstance(cause, GraphQLError):  # graphql-core's own word on a variable that doesn't fit
        cause = cause.original_error
    message, code, more = _expected(cause) or _unexpected(error, cause, request_id)
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code.value, "requestId": request_id, **more},
    )


def _expected(cause: Exception | None) -> tuple[str, Code, dict[str, Any]] | None:
    """Message, code and further extensions of what may well happen."""
    if isinstance(cause, BadInput):
        return cause.message, cause.code, {"argument": cause.path}
    if isinstance(cause, search_queries.BadInput):
        code = Code.BAD_CURSOR if cause.code == "FOREIGN_CURSOR" else Code.BAD_INPUT
        return cause.message_fr, code, {"argument": _argument(cause.path)}
    if isinstance(cause, NotOnEarth):
        message = "Ce point n'est pas sur terre : latitude de -90 à 90, longitude de -180 à 180."
        return message, Code.BAD_INPUT, {"argument": ["near"]}
    if isinstance(cause, NotShareable):
        return "Ce montant ne peut pas être réparti.", Code.BAD_INPUT, {"argument": ["priceCents"]}
    if isinstance(cause, NoPolicy):
        return "Aucune règle de partage n'est encore en vigueur.", Code.UNAVAILABLE, {}
    if isinstance(cause, search_queries.Unavailable):
        return "La recherche ne répond pas en ce moment. Réessayez plus tard.", Code.UNAVAILABLE, {}
    if isinstance(cause, TooExpensive):
        return cause.message, Code.TOO_EXPENSIVE, dict(cause.figures)
    return None


def _unexpected(error: GraphQLError, cause: Exception | None, request_id: str) -> tuple[str, Code, dict[str, Any]]:
    """The same of graphql-core's own refusals and of faults."""
    if (cause is None or (error.nodes and not error.path)) and (kind := refusals.kind(error)):
        code = Code.TOO_EXPENSIVE if kind.is_limit else Code.BAD_QUERY
        way = refusals.variable(error)
        return kind.message, code, {"detail": refusals.detail(error)} | ({"variable": way} if way else {})
    logger.error("request %s failed at %s", request_id, error.path, exc_info=cause or error)
    if isinstance(cause, OperationalError) and isinstance(cause.__cause__, QueryCanceled):
        return "La réponse prend trop de temps en ce moment. Réessayez plus tard.", Code.UNAVAILABLE, {}
    return "Une erreur est survenue de notre côté.", Code.INTERNAL, {}


def _argument(path: str) -> list[str]:
    """The argument that the search's own name stands for."""
    outside = {"first": "first", "after": "after", "order": "orderBy"}
    return [outside[path]] if path in outside else ["input", path]
