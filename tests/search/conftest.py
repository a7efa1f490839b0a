"""What tests of search stand on: an index and a vocabulary that no earlier test left behind."""

from collections.abc import Iterator

import pytest
from django.db import connection

from search import fulltext, vocabulary
from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch


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


@pytest.fixture(params=[DatabaseSearch])
def backend(request: pytest.FixtureRequest, empty_index: None) -> ExpertSearchBackend:
    """Every backend there is; another one joins with its class."""
    return request.param()
