"""Nodes of a cluster of three that are killed while they work: run by `make test-faults`, on a cluster of its own."""

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from search.backends import ExpertQuery, Unavailable
from search.documents import ExpertDocument
from search.elastic import ElasticSearch
from tests.elastic import PATIENCE_S
from tests.search.population import CENTER, World, document, population, world

pytestmark = [pytest.mark.django_db, pytest.mark.faults]

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "elasticsearch"
URLS = [f"http://127.0.0.1:921{n}" for n in (1, 2, 3)]
NODES = ("n1", "n2", "n3")


def run(*words: str) -> str:
    done = subprocess.run(["sh", str(SCRIPT), *words], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def cluster() -> Iterator[ElasticSearch]:
    """All three nodes, with indexes of the test's own; whoever was killed is brought back before and after."""
    told = run("cluster")
    if "SKIPPED" in told:
        pytest.skip(told.strip())
    engine = ElasticSearch(URLS, prefix=f"test-{token_hex(8)}", timeout_s=PATIENCE_S)
    yield engine
    run("cluster")
    engine.forget()
    engine.close()


@pytest.fixture
def here(db: None) -> World:
    return world()


def settled(engine: ElasticSearch) -> None:
    """Wait until every index has its copy."""
    for _ in range(120):
        health = engine.health()
        if health.is_up and not health.detail:
            return
        time.sleep(0.5)
    raise AssertionError(engine.health())


def test_node_killed_while_queries_run_leaves_every_one_answered(cluster: ElasticSearch, here: World) -> None:
    people = population(here, 1)
    cluster.rebuild(people)
    settled(cluster)
    query = ExpertQuery(near=CENTER, radius_meters=100_000)
    killing = threading.Timer(1.0, run, ("kill", "n2"))
    slow: list[float] = []
    killing.start()

    for _ in range(300):
        began = time.monotonic()
        answer = cluster.search(query)
        slow += [took for took in [time.monotonic() - began] if took > 1]
        assert answer.total == len(people)
        time.sleep(0.01)
    killing.join()

    assert len(slow) <= 1


def test_cluster_killed_in_the_middle_of_a_rebuild_still_has_its_old_index(
    cluster: ElasticSearch, here: World
) -> None:
    people = population(here, 2)
    cluster.rebuild(people)
    settled(cluster)

    def read() -> Iterator[ExpertDocument]:
        for pk in range(1, 2_000):
            if pk == 1_200:  # two batches are written by then
                for node in NODES:
                    run("kill", node)
            yield document(pk, here)

    with pytest.raises(Unavailable):
        cluster.rebuild(read())
    with pytest.raises(Unavailable):
        cluster.search(ExpertQuery())
    run("cluster")
    settled(cluster)

    assert cluster.search(ExpertQuery()).total == len(people)
    assert cluster.rebuild(people).after == len(people)
