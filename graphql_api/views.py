"""The GraphQL endpoint, and the explorer where it is open."""

import json
from typing import Any

from cross_web import HTTPException, SyncHTTPRequestAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from strawberry.django.views import GraphQLView
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData, process_result
from strawberry.types import ExecutionResult

from graphql_api import errors
from graphql_api.context import Context

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
class ApiView(GraphQLView[Context, None]):
    """GraphQL over HTTP: GET for queries, POST with a JSON body for anything."""

    def get_context(self, request: HttpRequest, response: HttpResponse) -> Context:
        """What resolvers know about the request."""
        return Context(request=request)

    def process_result(self, request: HttpRequest, result: ExecutionResult) -> GraphQLHTTPResponse:
        """The answer with its errors as clients may see them."""
        if result.errors:
            request_id = errors.new_request_id()
            result.errors = [errors.told(error, request_id) for error in result.errors]
        return process_result(result)

    def encode_json(self, data: object) -> str:
        """Compact JSON; French letters stay readable, half characters are escaped as they came."""
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
        return text.encode("utf-8", "backslashreplace").decode()

    def parse_http_body(self, request: SyncHTTPRequestAdapter) -> GraphQLRequestData | list[GraphQLRequestData]:
        """What is asked. A body that is no UTF-8, no object, or nested without end is refused."""
        try:
            found = super().parse_http_body(request)
            if isinstance(found, GraphQLRequestData):
                (found.operation_name or "").encode()  # it may be echoed: half characters couldn't be
            return found
        except (UnicodeError, RecursionError, AttributeError) as error:
            raise HTTPException(400, "The request body must be a JSON object") from error

    def should_render_graphql_ide(self, request: Any) -> bool:
        """A browser that asks for a page, where the explorer is open to it."""
        return bool(super().should_render_graphql_ide(request)) and _may_explore(request.request)

    def render_graphql_ide(self, request: HttpRequest) -> HttpResponse:
        """The explorer, from this site's own files."""
        return render(request, "graphql_api/graphiql.html", {"first_query": FIRST_QUERY})


def _may_explore(request: HttpRequest) -> bool:
    """GraphiQL is for the demo, for development, and for the team."""
    return settings.DEMO or settings.DEBUG or bool(getattr(request.user, "is_staff", False))
