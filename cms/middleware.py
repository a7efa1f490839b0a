"""What holds for every request to the editors' admin: one transaction a write."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

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
