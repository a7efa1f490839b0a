"""GraphQL over HTTP, after its draft specification: what a request asks, and with which status it is answered."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from graphql import GraphQLError
from strawberry.types.graphql import OperationType

from graphql_api.errors import Code

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
UTF_8 = {"utf-8", "utf8"}
NOT_WELL_FORMED = "Cette requête n'est pas du GraphQL sur HTTP bien formé."


class Refused(Exception):
    """A request that isn't GraphQL over HTTP: its status, why in French, and developers' details in English."""

    def __init__(self, status: int, message: str, detail: str, allow: str = "") -> None:
        super().__init__(detail)
        self.status, self.message, self.detail, self.allow = status, message, detail, allow


@dataclass(frozen=True, slots=True)
class Asked:
    """One request's parameters, each of its right type."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    operations: frozenset[OperationType]


def media_type(request: HttpRequest) -> str | None:
    """The media type that the client prefers of the two that are answered; JSON where it doesn't mind."""
    offers = {f"{kind}{charset}": kind for kind in (JSON, RESPONSE) for charset in ("", "; charset=utf-8")}
    preferred = request.get_preferred_type(list(offers))
    return offers[preferred] if preferred else None


def asked(request: HttpRequest) -> Asked:
    """What the request asks. Raises Refused, and Django's SuspiciousOperation where it asks too much at once."""
    given = _body(request) if request.method == "POST" else _address(request)
    query = given.get("query")
    if not isinstance(query, str) or not query:
        _bad_request("`query` must be a string that is not empty.")
    operation_name = given.get("operationName")
    if not isinstance(operation_name, str | None):
        _bad_request("`operationName` must be a string or null.")
    for name in ("variables", "extensions"):
        if not isinstance(given.get(name), dict | None):
            _bad_request(f"`{name}` must be an object or null.")
    operations = set(OperationType) if request.method == "POST" else {OperationType.QUERY}
    return Asked(query, given.get("variables"), operation_name, frozenset(operations))


def refused(error: SuspiciousOperation) -> Refused:
    """Django's refusal of a request as one of ours: a body too long, parameters without end."""
    if isinstance(error, RequestDataTooBig):
        return Refused(413, "Cette requête est trop longue.", str(error))
    return Refused(400, NOT_WELL_FORMED, str(error))


def status(data: Any, errors: list[GraphQLError], kind: str) -> int:
    """The status of an answer: 200 once fields were read; plain JSON has it for every well-formed request."""
    if not is_request_error(data, errors):
        return 200
    if any(error.extensions and error.extensions["code"] == Code.INTERNAL for error in errors):
        return 500
    return 400 if kind == RESPONSE else 200


def is_request_error(data: Any, errors: list[GraphQLError]) -> bool:
    """Whether nothing was read at all: then the answer has no `data`, not even null."""
    return data is None and bool(errors) and not any(error.path for error in errors)


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was posted. Other types are never read: another site's form could send those."""
    charset = request.content_params.get("charset", "utf-8").lower() if request.content_params else "utf-8"
    if request.content_type != JSON or charset not in UTF_8:
        raise Refused(
            415, "Le corps d'une requête est du JSON en UTF-8.", "Content-Type must be application/json, in UTF-8."
        )
    found = _json(request.body, "the body")
    if not isinstance(found, dict):
        _bad_request("The body must be one JSON object; batches are not supported.")
    return found


def _address(request: HttpRequest) -> dict[str, Any]:
    """The same from the parameters in the address, where objects are written as JSON."""
    given: dict[str, Any] = dict(request.GET.items())
    for name in given.keys() & {"variables", "extensions"}:
        given[name] = _json(given[name], f"`{name}`")
    return given


def _json(text: str | bytes, what: str) -> Any:
    try:
        return json.loads(text if isinstance(text, str) else text.decode(), parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        _bad_request(f"Unable to parse {what} as JSON: {error}")


def _not_json(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _bad_request(detail: str) -> NoReturn:
    raise Refused(400, NOT_WELL_FORMED, detail)
