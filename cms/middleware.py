"""What holds for every request: in the admin one transaction a write; everywhere, no redirection to a hidden page."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from cms import routes

READS = frozenset({"GET", "HEAD", "OPTIONS"})


class AtomicWrites:
    """Keeps all that one request writes, or nothing: a page is never live without the dates it announces.

    Reads stay outside: on SQLite every transaction is a writer's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a failed write leaves no trace."""
        if request.method in READS or not request.path.startswith("/admin/"):
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class Redirections(RedirectMiddleware):
    """Wagtail's redirections; one to a page that the reader may not see leads nowhere, as `cms.routes` has it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        """Lead on from where nothing is, unless that would tell of a hidden page."""
        answer = super().process_response(request, response)
        if answer is response or isinstance(routes.route(request.path, getattr(request, "user", None)), routes.Moved):
            return answer
        return response
