"""A site whose search server fails, through its own doors: run by `make test-faults`, on a cluster of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import IO, Any

import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.db import connection

from loges.actions import experts, services
from loges.models import ExpertProfile
from search import drift, outbox
from search.breaker import FAILURES, REST_S
from search.documents import every_document
from search.elastic import ElasticSearch, entry
from search.engine import engine
from search.fallback import Fallback
from search.queries import ExpertResults, ExpertSearch, search_experts
from tests.bench import database
from tests.bench import town as large
from tests.factories import NOW, ExpertProfileFactory, tell
from tests.search.cluster import NODES, URLS, as_told, each, held, run, settled, wait_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.usefixtures("empty_index"),
]

WAITS = 0.8
"""The product's own patience with a search, in seconds."""

needs_several_writers = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="processes can't share SQLite's database in memory: needs PostgreSQL"
)


@pytest.fixture
def people(site: ElasticSearch) -> list[ExpertProfile]:
    """Six experts whom database and server know."""
    made = [ExpertProfileFactory(published=True) for _ in range(6)]
    tell(*made)
    say("search_rebuild")
    say("search_sync")
    settled(site)
    return made


def say(*words: str) -> str:
    """Run a command; what it says."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def asked() -> ExpertResults:
    return search_experts(ExpertSearch(), first=100)


def ids(answer: ExpertResults) -> set[int]:
    return {hit.expert.pk for hit in answer.hits}


def edit(expert: ExpertProfile, headline: str) -> None:
    experts.edit(by=expert.person, expert=expert, changes={"headline": headline})


def pause(expert: ExpertProfile) -> None:
    experts.pause(by=expert.person, expert=expert, until_on=None, now=NOW)


def newcomer() -> ExpertProfile:
    made = ExpertProfileFactory(published=True)
    tell(made)
    return made


def is_open() -> bool:
    backend = engine()
    assert isinstance(backend, Fallback)
    return backend.breaker.is_open


def recovered(server: ElasticSearch) -> None:
    """The server answers again, and knows field by field what the database says."""
    wait_for(lambda: not asked().is_degraded, lambda: server.health(), REST_S + 20)
    assert not is_open()
    assert outbox.backlog() == outbox.Backlog()
    assert not any(wrong.revisions for wrong in drift.check().values())
    assert held(server) == {one.expert_id: as_told(entry(one)) for one in every_document()}


def test_nothing_is_lost_while_every_node_is_down(site: ElasticSearch, people: list[ExpertProfile]) -> None:
    edited, withdrawn, *others = people
    each("kill")

    edit(edited, "Horlogère")
    pause(withdrawn)
    come = newcomer()
    meanwhile = [asked() for _ in range(FAILURES + 3)]
    with pytest.raises(CommandError, match="3 experts wait"):
        say("search_sync")
    run("cluster")
    settled(site)
    said = say("search_sync")

    known = {one.pk for one in (edited, come, *others)}
    assert [(ids(answer), answer.is_degraded) for answer in meanwhile] == [(known, True)] * len(meanwhile)
    assert "2 experts written, 1 forgotten, 0 refused" in said
    recovered(site)
    assert ids(asked()) == known


def test_frozen_nodes_keep_nobody_waiting(site: ElasticSearch, people: list[ExpertProfile], settings: Any) -> None:
    took: list[float] = []

    def timed(call: Callable[[], object]) -> None:
        began = time.monotonic()
        call()
        took.append(time.monotonic() - began)

    answers: list[ExpertResults] = []
    asked()  # the vocabulary is compiled once
    settings.SEARCH_TIMEOUT_MS = WAITS * 1_000
    each("freeze")
    try:
        for _ in range(FAILURES + 4):
            timed(lambda: answers.append(asked()))
        timed(lambda: pause(people[0]))
    finally:
        each("thaw")

    assert all(answer.is_degraded and len(answer.hits) == len(people) for answer in answers)
    assert max(took) < 1, took
    assert max(took[FAILURES:]) < WAITS / 2, took
    settled(site)
    say("search_sync")
    recovered(site)


def test_index_that_refuses_writes_answers_on_and_is_told_later(
    site: ElasticSearch, people: list[ExpertProfile]
) -> None:
    def block(value: bool | None) -> None:
        site._writing.indices.put_settings(index=site.live, settings={"index.blocks.read_only_allow_delete": value})

    edited, withdrawn, *others = people
    block(True)

    edit(edited, "Horlogère")
    before = asked()
    pause(withdrawn)
    come = newcomer()
    after = asked()
    for _ in range(outbox.ATTEMPTS + 1):
        with pytest.raises(CommandError, match="3 experts wait"):
            say("search_sync")
    left = outbox.backlog()
    block(None)
    say("search_sync")

    assert (before.is_degraded, ids(before)) == (False, {one.pk for one in people})
    assert ids(after) >= {one.pk for one in (edited, *others)}
    assert withdrawn.pk not in ids(after)
    assert (left.waiting, left.dead) == (3, 0)
    recovered(site)
    assert ids(asked()) == {one.pk for one in (edited, come, *others)}


# --- Other processes beside this one -------------------------------------------------------------
@contextmanager
def command(*words: str, out: IO[str], urls: list[str] = URLS) -> Iterator[subprocess.Popen[str]]:
    """A command of the site in a process of its own, on this test's database and indexes."""
    environment = os.environ | {
        "OPENLOGE_TESTING": "1",
        "PYTHONUNBUFFERED": "1",
        "DATABASE_URL": database.url(),
        "SEARCH_URL": ",".join(urls),
        "SEARCH_INDEX_PREFIX": site_settings.SEARCH_INDEX_PREFIX,
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=site_settings.BASE_DIR,
        env=environment,
        stdout=out,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ended(process: subprocess.Popen[str]) -> int:
    """End a process as a system does that stops a service; how it ended."""
    process.send_signal(signal.SIGTERM)
    return process.wait(20)


@needs_several_writers
def test_follower_outlives_a_server_that_comes_and_goes(
    site: ElasticSearch, people: list[ExpertProfile], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(outbox, "kick", lambda backend, ids: None)
    log = tmp_path / "log"

    def is_told() -> None:
        wait_for(lambda: not outbox.waiting(), log.read_text)

    with log.open("w") as out, command("search_sync", "--follow", out=out, urls=[URLS[1]]) as follower:
        edit(people[0], "Horlogère")
        is_told()
        run("kill", NODES[1])
        edit(people[1], "Fleuriste")
        wait_for(lambda: "can't be told" in log.read_text(), log.read_text)
        pause(people[2])
        run("cluster")
        is_told()
        code = ended(follower)

    assert code == 0, log.read_text()
    settled(site)
    recovered(site)


@needs_several_writers
def test_rebuild_under_a_stream_of_writes_loses_nothing(
    site: ElasticSearch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    services.load()
    large.build(NOW, loges=50, experts=100, reviews=0, dates=0)
    everybody = list(ExpertProfile.objects.select_related("person", "loge"))
    at_once = outbox.kick
    # One half hears of it from whoever writes, the other half from the follower.
    monkeypatch.setattr(outbox, "kick", lambda backend, ids: at_once(backend, ids) if ids[0] % 2 else None)
    site.rebuild([])
    changes = 0

    def change(n: int) -> None:
        expert = everybody[n * 37 % len(everybody)]
        if expert.state == "PAUSED":
            experts.resume(by=expert.person, expert=expert, now=NOW)
        elif n % 3:
            edit(expert, f"Coup de main numéro {n}")
        else:
            pause(expert)
        if n % 10 == 0:
            everybody.append(newcomer())

    log = tmp_path / "log"
    with (
        log.open("w") as out,
        command("search_sync", "--follow", out=out) as follower,
        command("search_rebuild", out=out) as rebuild,
    ):
        while rebuild.poll() is None:
            change(changes)
            changes += 1
            time.sleep(0.05)
        code = ended(follower)
    say("search_sync")

    assert (rebuild.returncode, code) == (0, 0), log.read_text()
    assert changes > 50
    assert len(everybody) > 5_000
    recovered(site)
