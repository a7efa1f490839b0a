"""What holds for every request: in the editors' admin one transaction a write, and overviews for the team alone;
everywhere, no redirection that tells of a hidden page.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from cms import routes

OVERVIEWS = ("/admin/reports/", "/admin/api/main/images", "/admin/api/main/documents")
"""Where Wagtail lists pages and files of all loges: its reports, and its lists for programs."""
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


class OverviewsForTheTeam:
    """Keeps what names pages and files of all loges from those who aren't of the team."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, unless it asks for an overview that isn't the person's to read."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> None:
        """Refuse as a view would, so that the refusal is shown like any other."""
        if request.path.startswith(OVERVIEWS) and _is_outside_the_team(request):
            raise PermissionDenied

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Leave overviews out of the way that is told above a screen, too."""
        context = response.context_data or {}
        if (steps := context.get("breadcrumbs_items")) and _is_outside_the_team(request):
            context["breadcrumbs_items"] = [
                step for step in steps if not str(step.get("url", "")).startswith(OVERVIEWS)
            ]
        return response


def _is_outside_the_team(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated and not request.user.is_staff)


class Redirections(RedirectMiddleware):
    """Wagtail's redirections; one to a page that the reader may not see leads nowhere, as `cms.routes` has it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        """Lead on from where nothing is, unless that would tell of a hidden page."""
        answer = super().process_response(request, response)
        if answer is response or isinstance(routes.route(request.path, getattr(request, "user", None)), routes.Moved):
            return answer
        return response
