"""Which backend finds experts: Elasticsearch where SEARCH_URL names one, else the database's own."""

from functools import cache

from django.conf import settings

from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch


def engine() -> ExpertSearchBackend:
    """The backend in use."""
    if not settings.SEARCH_URL:
        return embedded()
    return _elastic(
        tuple(settings.SEARCH_URL),
        settings.SEARCH_INDEX_PREFIX,
        settings.SEARCH_TIMEOUT_MS / 1_000,
        settings.SEARCH_API_KEY,
        settings.SEARCH_CA_CERTS,
    )


def embedded() -> DatabaseSearch:
    """The database's own backend: written with what it describes, whatever the backend in use."""
    return DatabaseSearch()


@cache
def _elastic(
    urls: tuple[str, ...], prefix: str, timeout_s: float, api_key: str, ca_certs: str
) -> ExpertSearchBackend:
    """One for the process: it keeps its connections."""
    from search.elastic import ElasticSearch  # half a second and 40 MB, which most sites needn't pay

    return ElasticSearch(urls, prefix=prefix, timeout_s=timeout_s, api_key=api_key, ca_certs=ca_certs)
