"""Where the Elasticsearch of tests and of `make bench` is, and whether one answers there."""

import os
import socket
from contextlib import suppress
from functools import cache
from urllib.parse import urlsplit

URLS = os.environ.get("TEST_SEARCH_URL", "http://127.0.0.1:9209").split(",")
WHY_NOT = f"no Elasticsearch answers at {', '.join(URLS)} ('make services' starts one)"


@cache
def answers() -> bool:
    """Whether one of the addresses answers at all."""
    for url in map(urlsplit, URLS):
        with suppress(OSError), socket.create_connection((url.hostname, url.port or 9200), timeout=2):
            return True
    return False
