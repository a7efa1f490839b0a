"""Which backend finds experts: Elasticsearch where SEARCH_URL names one, else the database's own."""

from functools import cache

from django.conf import settings

from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch


def engine() -> ExpertSearchBackend:
    """The backend in use."""
    return _elastic() if settings.SEARCH_URL else embedded()


def embedded() -> DatabaseSearch:
    """The database's own backend: written with what it describes, whatever the backend in use."""
    return DatabaseSearch()


@cache
def _elastic() -> ExpertSearchBackend:
    """One for the process: it keeps its connections."""
    from search.elastic import ElasticSearch  # half a second and 40 MB, which most sites needn't pay

    return ElasticSearch(
        settings.SEARCH_URL,
        prefix=settings.SEARCH_INDEX_PREFIX,
        api_key=settings.SEARCH_API_KEY,
        ca_certs=settings.SEARCH_CA_CERTS,
    )
