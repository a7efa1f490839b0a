"""What tests of search stand on: an index and a vocabulary that no earlier test left behind."""

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from secrets import token_hex
from urllib.parse import urlsplit

import pytest
from django.db import connection

from search import fulltext, vocabulary
from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch
from search.elastic import ElasticSearch

URLS = os.environ.get("TEST_SEARCH_URL", "http://127.0.0.1:9209").split(",")


@pytest.fixture(autouse=True)
def _words_forgotten() -> Iterator[None]:
    vocabulary._kept = None
    yield
    vocabulary._kept = None


@pytest.fixture
def empty_index(db: None) -> Iterator[None]:
    """No word of the full text is left: a flush doesn't know that table."""
    fulltext.clear()
    yield
    if connection.in_atomic_block is False:
        fulltext.clear()


@pytest.fixture
def elastic() -> Iterator[ElasticSearch]:
    """Elasticsearch, with indexes of the test's own, or the test is skipped."""
    if not _answers():
        pytest.skip(f"no Elasticsearch answers at {', '.join(URLS)} ('make services' starts one)")
    engine = ElasticSearch(URLS, prefix=f"test-{token_hex(8)}")
    yield engine
    engine.forget()
    engine.close()


@cache
def _answers() -> bool:
    """Whether one of the addresses answers at all."""
    for url in map(urlsplit, URLS):
        with suppress(OSError), socket.create_connection((url.hostname, url.port or 9200), timeout=2):
            return True
    return False


@pytest.fixture(params=["database", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def backend(request: pytest.FixtureRequest, empty_index: None) -> ExpertSearchBackend:
    """Every backend there is; another one joins with a fixture."""
    return DatabaseSearch() if request.param == "database" else request.getfixturevalue(request.param)
