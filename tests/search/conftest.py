"""What tests of search stand on: an index and a vocabulary that no earlier test left behind."""

from collections.abc import Iterator
from secrets import token_hex
from typing import Any

import pytest
from django.db import connection

from search import engine as engines
from search import fulltext, vocabulary
from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch
from search.elastic import ElasticSearch
from search.engine import elastic as server_in_use
from tests.elastic import PATIENCE_S, URLS, answers
from tests.search import cluster as nodes


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a server where none answers; the run's first lines say so."""
    left = [item for item in items if item.get_closest_marker("elasticsearch")] if not answers() else []
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


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
    """Elasticsearch, with an empty index of the test's own."""
    engine = ElasticSearch(URLS, prefix=f"test-{token_hex(8)}", timeout_s=PATIENCE_S)
    engine.rebuild([])
    yield engine
    engine.forget()
    engine.close()


@pytest.fixture(params=["database", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def backend(request: pytest.FixtureRequest, empty_index: None) -> ExpertSearchBackend:
    """Every backend there is; another one joins with a fixture."""
    return DatabaseSearch() if request.param == "database" else request.getfixturevalue(request.param)


@pytest.fixture
def cluster() -> Iterator[ElasticSearch]:
    """All three nodes, with indexes of the test's own; whoever was killed is brought back before and after."""
    said = nodes.run("cluster")
    if "SKIPPED" in said:
        pytest.skip(said.strip())
    engine = ElasticSearch(nodes.URLS, prefix=f"test-{token_hex(8)}", timeout_s=PATIENCE_S)
    yield engine
    nodes.run("cluster")
    engine.forget()
    engine.close()


@pytest.fixture
def site(cluster: ElasticSearch, settings: Any) -> Iterator[ElasticSearch]:
    """The site finds experts on the cluster, as its settings say, but with a test's patience."""
    settings.SEARCH_URL = nodes.URLS
    settings.SEARCH_INDEX_PREFIX = cluster.live.removesuffix("-experts")
    settings.SEARCH_TIMEOUT_MS = PATIENCE_S * 1_000
    server = server_in_use()
    assert server is not None
    yield server
    server.close()
    engines._elastic.cache_clear()
    engines._breaker.cache_clear()
