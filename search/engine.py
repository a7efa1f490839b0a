"""Which backend finds experts: Elasticsearch where SEARCH_URL names one, else the database's own."""

from functools import cache

from django.conf import settings

from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch
from search.elastic import ElasticSearch


def engine() -> ExpertSearchBackend:
    """The backend in use."""
    return _elastic() if settings.SEARCH_URL else DatabaseSearch()


@cache
def _elastic() -> ElasticSearch:
    """One for the process: it keeps its connections."""
    return ElasticSearch(
        settings.SEARCH_URL,
        prefix=settings.SEARCH_INDEX_PREFIX,
        api_key=settings.SEARCH_API_KEY,
        ca_certs=settings.SEARCH_CA_CERTS,
    )
