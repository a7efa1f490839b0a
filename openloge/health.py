"""Whether this server can answer."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from search import queries as search_queries


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and the search answer, 503 otherwise; tells which."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        state = {"status": "ok", "database": connection.vendor, "search": search_queries.health()}
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": connection.vendor}, status=503)
    return JsonResponse(state)
