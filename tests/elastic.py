"""The Elasticsearch of tests and of `make bench`: where it is, whether it answers, and an index to throw away."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from secrets import token_hex
from urllib.parse import urlsplit

from django.test import override_settings

from search.documents import every_document
from search.elastic import ElasticSearch
from search.engine import elastic

URLS = os.environ.get("TEST_SEARCH_URL", "http://127.0.0.1:9209").split(",")
PATIENCE_S = 20
"""How long a search may take in tests, which share their machine, in seconds."""
WHY_NOT = f"no Elasticsearch answers at {', '.join(URLS)} ('make services' starts one)"


@cache
def answers() -> bool:
    """Whether one of the addresses answers at all."""
    for url in map(urlsplit, URLS):
        with suppress(OSError), socket.create_connection((url.hostname, url.port or 9200), timeout=2):
            return True
    return False


@contextmanager
def in_use() -> Iterator[ElasticSearch]:
    """Elasticsearch finds experts meanwhile: those who are in the database now, in indexes of their own."""
    own = {"SEARCH_INDEX_PREFIX": f"test-{token_hex(8)}", "SEARCH_TIMEOUT_MS": PATIENCE_S * 1_000}
    with override_settings(SEARCH_URL=URLS, **own):
        backend = elastic()
        assert backend is not None
        try:
            backend.rebuild(every_document())
            yield backend
        finally:
            backend.forget()
            backend.close()
