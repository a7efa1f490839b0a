"""Nodes of a cluster of three that are killed while they work: run by `make test-faults`, on a cluster of its own."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from search.backends import ExpertQuery, Unavailable
from search.documents import ExpertDocument
from search.elastic import ElasticSearch, entry
from tests.search.cluster import as_told, each, held, run, settled
from tests.search.population import CENTER, World, document, population, world

pytestmark = [pytest.mark.django_db, pytest.mark.faults]


@pytest.fixture
def here(db: None) -> World:
    return world()


def test_node_killed_while_queries_run_leaves_every_one_answered(cluster: ElasticSearch, here: World) -> None:
    people = population(here, 1)
    cluster.rebuild(people)
    settled(cluster)
    query = ExpertQuery(near=CENTER, radius_meters=100_000, coming=tuple(one.expert_id for one in people))
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
                each("kill")
            yield document(pk, here)

    with pytest.raises(Unavailable):
        cluster.rebuild(read())
    with pytest.raises(Unavailable):
        cluster.search(ExpertQuery())
    run("cluster")
    settled(cluster)

    assert cluster.search(ExpertQuery()).total == len(people)
    assert cluster.rebuild(people).after == len(people)


def test_older_revisions_that_come_late_change_nothing(cluster: ElasticSearch, here: World) -> None:
    people = [replace(one, revision=5) for one in population(here, 3, 1_200)]
    cluster.rebuild(people)
    gone = {one.expert_id: 7 for one in people[::4]}
    cluster.delete(gone, at=gone)

    cluster.upsert(replace(one, revision=4, strong=("old",)) for one in people)
    cluster.upsert(replace(one, revision=6, strong=("old",)) for one in people[::4])
    cluster.delete([one.expert_id for one in people[1::4]], at={one.expert_id: 3 for one in people})

    expected = {one.expert_id: as_told(entry(one)) for one in people if one.expert_id not in gone}
    assert held(cluster) == expected
