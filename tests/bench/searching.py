"""The search among thousands of experts: what the doors ask, understanding, facets and hydration included."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from search.backends import ExpertSearchBackend
from search.database import DatabaseSearch
from search.documents import every_document
from search.elastic import ElasticSearch
from tests import elastic
from tests.bench import database
from tests.bench.times import CALLS

VECTORS = Path(__file__).resolve().parents[2] / "var" / "french-vectors.npz"
FEWER, MANY = 4, 50_000
"""Among so many experts and more, each kind is asked so many times less."""

Figures = dict[str, Any]


def run(*, with_elasticsearch: bool) -> list[Figures]:
    """Index who is there, then time every kind of search: on the database, and on Elasticsearch where one answers.

    Each in a process of its own, so that its memory is that of a web worker. The word vectors are in use where they
    were distilled.
    """
    if not VECTORS.is_file():
        print("SKIPPED word vectors: they aren't distilled here.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = [_figures(DatabaseSearch())]
    if not with_elasticsearch:
        return found
    if not elastic.answers():
        print(f"SKIPPED on Elasticsearch: {elastic.WHY_NOT}.")
        return found
    with elastic.in_use() as backend:
        return [*found, _figures(backend)]


def _figures(backend: ExpertSearchBackend) -> Figures:
    """Fill an engine, have another process time it, tell."""
    began = time.perf_counter()
    report = backend.rebuild(every_document())
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    calls = CALLS if report.after < MANY else CALLS // FEWER
    environment = {
        "DATABASE_URL": database.url(),
        "SEARCH_URL": ",".join(settings.SEARCH_URL),
        "SEARCH_INDEX_PREFIX": settings.SEARCH_INDEX_PREFIX,
        "SEARCH_TIMEOUT_MS": str(settings.SEARCH_TIMEOUT_MS),
        "SEARCH_VECTORS": str(VECTORS) if VECTORS.is_file() else "",
    }
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.asking", str(calls)],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    is_database = backend.name == "database"
    found: Figures = {
        "engine": connection.vendor if is_database else backend.name,
        "experts": report.after,
        "indexed_s": took,
        **json.loads(told.stdout),
        "index_mb": _index_mb() if is_database else _elastic_mb(backend)[0],
        "server_mb": None if is_database else _elastic_mb(backend)[1],
    }
    _tell(found)
    return found


def _tell(found: Figures) -> None:
    print(f"\nsearch among {found['experts']:,} experts on {found['engine']}: indexed in {found['indexed_s']:.1f} s")
    for kind, (median, slow, statements) in found["kinds"].items():
        print(f"  {kind:<24} p50 {median:7.2f} ms   p95 {slow:7.2f} ms   {statements:2} statements")
    print(f"  {found['per_second']:.0f} searches a second, all kinds in turns; {found['cpu_ms']:.1f} ms of work each")
    print(f"  memory of the process {found['process_mb']} MB, vocabulary compiled in {found['vocabulary_ms']:.0f} ms")
    print(f"  index {_megabytes(found['index_mb'])}, server {_megabytes(found['server_mb'])}")


def _megabytes(size: float | None) -> str:
    return "unknown" if size is None else f"{size:.0f} MB"


def _index_mb() -> float | None:
    """How large the tables of the search are; SQLite tells only where it was built to."""
    name = "search\\_%"
    statement = (
        "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE %s"
        if connection.vendor == "postgresql"
        else "SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s ESCAPE '\\'"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" and not _has_dbstat():
            return None
        cursor.execute(statement, [name])
        return float(cursor.fetchone()[0]) / 2**20


def _has_dbstat() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_DBSTAT_VTAB'")
        return bool(cursor.fetchone()[0])


def _elastic_mb(backend: ExpertSearchBackend) -> tuple[float, float | None]:
    """How large Elasticsearch's index is, and how much memory the node has, where it runs on this machine."""
    assert isinstance(backend, ElasticSearch)
    store = backend._building.indices.stats(index=backend.live, metric="store")
    size = store["_all"]["primaries"]["store"]["size_in_bytes"] / 2**20
    nodes = backend._building.nodes.info(metric="process")["nodes"].values()
    resident = 0
    for node in nodes:
        status = Path(f"/proc/{node['process']['id']}/status")
        lines = status.read_text().splitlines() if status.is_file() else []
        resident += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return size, resident / 1024 or None
