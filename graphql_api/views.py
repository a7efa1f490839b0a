"""The GraphQL endpoint, and the explorer where it is open."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from graphql import GraphQLError
from strawberry import Schema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult

from graphql_api import errors, protocol
from graphql_api.context import Context
from graphql_api.protocol import JSON, Refused

FIRST_QUERY = """# Bienvenue à la loge. Lancez cette requête avec Ctrl-Entrée.
{
  loge(slug: "paris-aligre") {
    name
    state
    coordinators { firstName quote }
    expertCount
    events(first: 3) { edges { node { startsAt event { title venueName } } } }
  }
}
"""


# Only JSON bodies are read: another site's page can't send one with somebody's cookies without asking (CORS).
@method_decorator(csrf_exempt, name="dispatch")
class ApiView(View):
    """GraphQL over HTTP: GET for queries, POST with a JSON body for anything. Every answer names its request."""

    schema: Schema | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer in GraphQL's shape whatever happens; a browser that comes by may be shown the explorer."""
        request_id = errors.new_request_id()
        try:
            response = self._answer(request, request_id)
        except (Refused, SuspiciousOperation) as error:
            refused = error if isinstance(error, Refused) else protocol.refused(error)
            response = _refusal(refused, protocol.media_type(request) or JSON, request_id)
        except Exception as crash:
            response = _crash(crash, request_id)
        response["X-Request-Id"] = request_id
        patch_vary_headers(response, ["Accept"])
        return response

    def _answer(self, request: HttpRequest, request_id: str) -> HttpResponse:
        if request.method not in ("GET", "POST"):
            detail = "GraphQL over HTTP takes GET and POST."
            raise Refused(405, "Cette adresse répond à GET et à POST.", detail, allow="GET, POST")
        if _wants_explorer(request) and _may_explore(request):
            return render(request, "graphql_api/graphiql.html", {"first_query": FIRST_QUERY})
        kind = protocol.media_type(request)
        if kind is None:
            detail = f"Accept must allow {JSON} or {protocol.RESPONSE}."
            raise Refused(406, "Cette adresse répond en JSON.", detail)
        result = self._execute(protocol.asked(request), request)
        told = [errors.told(error, request_id) for error in result.errors or ()]
        body: dict[str, Any] = {"data": result.data} if not protocol.is_request_error(result.data, told) else {}
        if told:
            body["errors"] = [error.formatted for error in told]
        if result.extensions:
            body["extensions"] = result.extensions
        return _send(body, kind, protocol.status(result.data, told, kind))

    def _execute(self, asked: protocol.Asked, request: HttpRequest) -> ExecutionResult:
        assert self.schema
        try:
            return self.schema.execute_sync(
                asked.query,
                variable_values=asked.variables,
                context_value=Context(request=request),
                operation_name=asked.operation_name,
                allowed_operation_types=asked.operations,
            )
        except InvalidOperationTypeError as error:
            detail = f"GET is for queries: {error.as_http_error_reason('GET')}."
            raise Refused(405, "GET ne sert qu'à lire : envoyez cette opération par POST.", detail, "POST") from error
        except CannotGetOperationTypeError as error:
            return ExecutionResult(data=None, errors=[GraphQLError(error.as_http_error_reason())])


def _refusal(refused: Refused, kind: str, request_id: str) -> HttpResponse:
    extensions = {"code": errors.Code.BAD_REQUEST, "requestId": request_id, "detail": refused.detail}
    response = _send({"errors": [{"message": refused.message, "extensions": extensions}]}, kind, refused.status)
    if refused.allow:
        response["Allow"] = refused.allow
    return response


def _crash(crash: Exception, request_id: str) -> HttpResponse:
    """The answer to a fault outside all resolvers, masked like one inside."""
    told = errors.told(GraphQLError("", original_error=crash), request_id)
    return _send({"errors": [told.formatted]}, JSON, 500)


def _send(body: dict[str, Any], kind: str, status: int) -> HttpResponse:
    """Compact JSON; French letters stay readable, half characters are escaped as they came."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
    return HttpResponse(text.encode("utf-8", "backslashreplace"), f"{kind}; charset=utf-8", status)


def _wants_explorer(request: HttpRequest) -> bool:
    """Whether a browser asks for a page, not for an answer."""
    is_page = request.get_preferred_type([JSON, protocol.RESPONSE, "text/html"]) == "text/html"
    return is_page and request.method == "GET" and "query" not in request.GET


def _may_explore(request: HttpRequest) -> bool:
    """GraphiQL is for the demo, for development, and for the team."""
    return settings.DEMO or settings.DEBUG or bool(getattr(request.user, "is_staff", False))
