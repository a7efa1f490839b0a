"""A process that is asked as a web worker is: times every kind of search and prints what it saw, as JSON.

The environment names database and search server; the index is there. Run by `searching`, which tells how many calls.
"""

import json
import os
import resource
import sys
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import cycle, islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openloge.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from search import queries, vocabulary  # noqa: E402
from search.backends import Order  # noqa: E402
from search.queries import ExpertSearch  # noqa: E402
from tests.bench import town  # noqa: E402
from tests.bench.times import median, milliseconds, slow  # noqa: E402
from tests.demo import NOW  # noqa: E402

NEAR = queries.point(*town.CENTER)
WORDS = ("mon robinet goutte", "réparer une prise", "monter une armoire Ikea", "quelqu'un pour le ménage", "plonbier")
SEARCHES: dict[str, tuple[ExpertSearch, Order]] = {
    "text": (ExpertSearch(), Order.RELEVANCE),
    "near": (ExpertSearch(near=NEAR, radius_meters=5_000), Order.RELEVANCE),
    "text + near": (ExpertSearch(near=NEAR, radius_meters=10_000), Order.RELEVANCE),
    "text + place in words": (ExpertSearch(), Order.RELEVANCE),
    "browse all": (ExpertSearch(), Order.RELEVANCE),
    "filters, all facets": (ExpertSearch(languages=("en",), minimum_rating=4.0), Order.RATING),
    "soonest": (ExpertSearch(near=NEAR, radius_meters=20_000), Order.SOONEST),
    "nobody: help": (ExpertSearch(text="chaussures à ressemeler", near=NEAR), Order.RELEVANCE),
}


def ask(kind: str, n: int) -> None:
    """The n-th search of a kind."""
    search, order = SEARCHES[kind]
    text = search.text or (WORDS[n % len(WORDS)] if kind.startswith("text") else "")
    text += " quartier 7" if "place" in kind else ""
    answer = queries.search_experts(replace(search, text=text, on=NOW.date() + timedelta(days=1)), order=order)
    if answer.is_degraded:
        raise SystemExit(f"{kind}: Elasticsearch didn't answer")


def main(calls: int) -> None:
    """Every kind so often, then all kinds in turns."""
    compiled = milliseconds(vocabulary.reading)
    kinds: dict[str, tuple[float, float, int]] = {}
    for kind in SEARCHES:
        ask(kind, 0)
        with CaptureQueriesContext(connection) as statements:
            ask(kind, 0)
        times = [milliseconds(partial(ask, kind, n)) for n in range(calls)]
        kinds[kind] = (median(times), slow(times), len(statements))
    began, worked = time.perf_counter(), time.process_time()
    for n, kind in enumerate(islice(cycle(SEARCHES), calls)):
        ask(kind, n)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "kinds": kinds,
                "vocabulary_ms": compiled,
                "per_second": calls / took,
                "cpu_ms": worked / calls * 1_000,
                "process_mb": megabytes,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
