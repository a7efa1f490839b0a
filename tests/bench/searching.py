"""The search among ten thousand experts: what the doors ask, understanding, facets and hydration included."""

import resource
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import queries, vectors, vocabulary
from search.backends import ExpertSearchBackend, Order
from search.database import DatabaseSearch
from search.documents import every_document
from search.queries import ExpertSearch
from tests import elastic
from tests.bench import town
from tests.bench.times import CALLS, milliseconds, told

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


def run(now: datetime) -> None:
    """Index the town, then time every kind of search, on the database and on Elasticsearch where one answers.

    The word vectors are in use where they were distilled.
    """
    file = Path(__file__).resolve().parents[2] / "var" / "french-vectors.npz"
    settings.SEARCH_VECTORS = str(file) if file.is_file() else ""
    vectors.installed.cache_clear()
    vocabulary._kept = None
    took = milliseconds(vocabulary.reading)
    print(f"\n{'with' if settings.SEARCH_VECTORS else 'SKIPPED (not distilled here):'} word vectors")
    print(f"the vocabulary is read and compiled in {took:.0f} ms, once per process and change")
    _search_on(DatabaseSearch(), now)
    if not elastic.answers():
        print(f"SKIPPED on Elasticsearch: {elastic.WHY_NOT}.")
        return
    with elastic.in_use() as backend:
        _search_on(backend, now)


def _search_on(backend: ExpertSearchBackend, now: datetime) -> None:
    """Fill an engine, and time it."""
    before, began = _megabytes(), time.perf_counter()
    report = backend.rebuild(every_document())
    took = time.perf_counter() - began
    name = connection.vendor if backend.name == "database" else backend.name
    print(f"\nsearch among {report.after:,} experts on {name}: indexed in {took:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for kind, (search, order) in SEARCHES.items():
        _time(kind, replace(search, on=now.date() + timedelta(days=1)), order)
    print(f"  memory of the process: {before} MB before, {_megabytes()} MB after")


def _time(name: str, search: ExpertSearch, order: Order) -> None:
    def call(n: int) -> None:
        text = search.text or (WORDS[n % len(WORDS)] if name.startswith("text") else "")
        text += " quartier 7" if "place" in name else ""
        queries.search_experts(replace(search, text=text), order=order)

    call(0)
    with CaptureQueriesContext(connection) as statements:
        call(0)
    times = [milliseconds(lambda n=n: call(n)) for n in range(CALLS)]  # type: ignore[misc]
    print(f"  {name:<24} {told(times)}   {len(statements):2} statements")


def _megabytes() -> int:
    """The most memory that the process had, so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
