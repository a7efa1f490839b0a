"""Errors as clients meet them: a code from one closed list, a path, a message in French; crashes are masked."""

import logging
import uuid
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from graphql import GraphQLError

from loges.geography import NotOnEarth
from loges.queries import NoPolicy
from loges.sharing import NotShareable
from search import queries as search_queries

logger = logging.getLogger(__name__)


class Code(StrEnum):
    """Every code that `extensions.code` may hold; clients act on it, not on the message."""

    BAD_INPUT = "BAD_INPUT"  # an argument is out of its bounds
    BAD_CURSOR = "BAD_CURSOR"  # `after` comes from another query, or from nowhere
    BAD_QUERY = "BAD_QUERY"  # the document doesn't parse, or doesn't fit the schema
    UNAVAILABLE = "UNAVAILABLE"  # something needed isn't set up yet
    INTERNAL = "INTERNAL"  # a fault of ours, told by its request id


class BadInput(Exception):
    """An argument that can't be used: which code, where (argument path), and why in French."""

    def __init__(self, message: str, path: Sequence[str], code: Code = Code.BAD_INPUT) -> None:
        super().__init__(message)
        self.message, self.path, self.code = message, list(path), code


def told(error: GraphQLError, request_id: str) -> GraphQLError:
    """The error as the client may see it."""
    cause = error.original_error
    while isinstance(cause, GraphQLError):  # graphql-core's own word on a variable that doesn't fit
        cause = cause.original_error
    if cause is None:
        return _with(error, error.message, Code.BAD_QUERY, request_id)
    if isinstance(cause, BadInput):
        return _with(error, cause.message, cause.code, request_id, argument=cause.path)
    if isinstance(cause, search_queries.BadInput):
        code = Code.BAD_CURSOR if cause.code == "FOREIGN_CURSOR" else Code.BAD_INPUT
        return _with(error, cause.message_fr, code, request_id, argument=_argument(cause.path))
    if isinstance(cause, NotOnEarth):
        message = "Ce point n'est pas sur terre : latitude de -90 à 90, longitude de -180 à 180."
        return _with(error, message, Code.BAD_INPUT, request_id, argument=["near"])
    if isinstance(cause, NotShareable):
        message = "Ce montant ne peut pas être réparti."
        return _with(error, message, Code.BAD_INPUT, request_id, argument=["priceCents"])
    if isinstance(cause, NoPolicy):
        message = "Aucune règle de partage n'est encore en vigueur."
        return _with(error, message, Code.UNAVAILABLE, request_id)
    logger.error("request %s failed at %s", request_id, error.path, exc_info=cause)
    return _with(error, "Une erreur est survenue de notre côté.", Code.INTERNAL, request_id)


def _argument(path: str) -> list[str]:
    """The argument that the search's own name stands for."""
    outside = {"first": "first", "after": "after", "order": "orderBy"}
    return [outside[path]] if path in outside else ["input", path]


def _with(error: GraphQLError, message: str, code: Code, request_id: str, **more: Any) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": code.value, "requestId": request_id, **more},
    )


def new_request_id() -> str:
    """A name for one request, to find it in the logs."""
    return uuid.uuid4().hex
