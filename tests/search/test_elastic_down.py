"""Elasticsearch that is down, or silent: no server is needed."""

import socket
import time

import pytest

from search.backends import ExpertQuery, ForeignCursor, Unavailable
from search.elastic import ElasticSearch

pytestmark = pytest.mark.django_db

NOBODY = "http://127.0.0.1:9"
"""Where nothing listens."""


def test_server_that_is_down_is_told() -> None:
    elastic = ElasticSearch([NOBODY], prefix="test")

    with pytest.raises(Unavailable):
        elastic.search(ExpertQuery())
    with pytest.raises(Unavailable):
        elastic.delete([1])
    with pytest.raises(Unavailable):
        list(elastic.revisions())
    assert not elastic.health().is_up
    elastic.close()


def test_cursor_is_checked_before_anybody_is_asked() -> None:
    elastic = ElasticSearch([NOBODY], prefix="test")

    with pytest.raises(ForeignCursor):
        elastic.search(ExpertQuery(after="made up"))
    assert elastic.search(ExpertQuery(has_text=True)).total == 0


def test_server_that_is_slow_is_waited_for_once_and_not_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        elastic = ElasticSearch([f"http://127.0.0.1:{silent.getsockname()[1]}"], prefix="test")
        began = time.monotonic()

        with pytest.raises(Unavailable):
            elastic.search(ExpertQuery())

        assert time.monotonic() - began < 1.5
        elastic.close()
