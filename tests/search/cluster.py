"""The cluster of three that fault tests kill, freeze and fill: what is done to it, and what its indexes hold."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from search.elastic import ElasticSearch

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "elasticsearch"
URLS = [f"http://127.0.0.1:921{n}" for n in (1, 2, 3)]
NODES = ("n1", "n2", "n3")


def run(*words: str) -> str:
    """Have the script do something; what it says."""
    done = subprocess.run(["sh", str(SCRIPT), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    return done.stdout


def each(verb: str) -> None:
    """Do something to every node."""
    for node in NODES:
        run(verb, node)


def wait_for(is_so: Callable[[], object], why: Callable[[], object] = lambda: "", seconds: float = 60) -> None:
    """Wait until something holds; `why` tells what is the case where it never does."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, why()
        time.sleep(0.2)


def settled(engine: ElasticSearch) -> None:
    """Wait until every index has its copy."""
    wait_for(lambda: (health := engine.health()).is_up and not health.detail, engine.health)


def held(engine: ElasticSearch) -> dict[int, dict[str, Any]]:
    """Every document of the index that answers, by expert."""
    found: dict[int, dict[str, Any]] = {}
    while rows := engine._building.search(
        index=engine.live, size=1_000, sort=[{"expert_id": "asc"}], search_after=[max(found, default=0)]
    )["hits"]["hits"]:
        found |= {int(row["_id"]): row["_source"] for row in rows}
    return found


def as_told(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as it comes back from a server."""
    back: dict[str, Any] = json.loads(json.dumps(entry))
    return back
