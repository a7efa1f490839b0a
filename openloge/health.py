"""Whether this server can answer."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from search import queries as search_queries


def healthz(request: HttpRequest) -> JsonResponse:
    """503 when the database doesn't answer, else 200; "degraded" when it stands in for another server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        search = search_queries.health()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": connection.vendor}, status=503)
    status = "ok" if search["is_up"] and not search["is_degraded"] else "degraded"
    return JsonResponse({"status": status, "database": connection.vendor, "search": search})
