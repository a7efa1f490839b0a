"""Which backend finds experts: Elasticsearch where SEARCH_URL names one, else the database's own."""

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from search import outbox
from search.backends import ExpertSearchBackend
from search.breaker import Breaker
from search.database import DatabaseSearch
from search.fallback import Fallback

if TYPE_CHECKING:
    from search.elastic import ElasticSearch


def engine() -> ExpertSearchBackend:
    """The backend in use; where that is a server that may fail, the one that keeps from asking it in vain."""
    server = elastic()
    if server is None:
        return embedded()
    second = embedded() if settings.SEARCH_FALLBACK else None
    return Fallback(server, second, _breaker(server), is_behind=outbox.is_behind)


def embedded() -> DatabaseSearch:
    """The database's own backend: written with what it describes, whatever the backend in use."""
    return DatabaseSearch()


def elastic() -> "ElasticSearch | None":
    """Elasticsearch itself, where it is in use: for whoever can wait for it."""
    if not settings.SEARCH_URL:
        return None
    return _elastic(
        tuple(settings.SEARCH_URL),
        settings.SEARCH_INDEX_PREFIX,
        settings.SEARCH_TIMEOUT_MS / 1_000,
        settings.SEARCH_API_KEY,
        settings.SEARCH_CA_CERTS,
    )


@cache
def _elastic(urls: tuple[str, ...], prefix: str, timeout_s: float, api_key: str, ca_certs: str) -> "ElasticSearch":
    """One for the process: it keeps its connections."""
    from search.elastic import ElasticSearch  # half a second and 40 MB, which most sites needn't pay

    return ElasticSearch(urls, prefix=prefix, timeout_s=timeout_s, api_key=api_key, ca_certs=ca_certs)


@cache
def _breaker(server: "ElasticSearch") -> Breaker:
    """One for the process and server: it remembers failures."""
    return Breaker()
