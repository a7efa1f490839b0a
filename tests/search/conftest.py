"""What tests of search stand on: an index and a vocabulary that no earlier test left behind."""

from collections.abc import Iterator
from secrets import token_hex

import pytest
from django.db import connection

from search import fulltext, vocabulary
from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch
from search.elastic import ElasticSearch
from tests.elastic import PATIENCE_S, URLS, answers


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
