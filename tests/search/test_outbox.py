"""What a search server is still to be told, on a server in memory and, where one answers, on Elasticsearch."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from loges.actions import experts
from loges.models import ExpertProfile
from search import outbox
from search.backends import ExpertSearchBackend, Unavailable
from search.models import ExpertRevision, OutboxEntry
from search.outbox import ATTEMPTS, LONGEST_WAIT_S, Flushed
from tests.factories import NOW, ExpertProfileFactory, tell
from tests.search.servers import Memory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index", "with_server")]

Capture = Callable[..., Any]


@pytest.fixture
def with_server(settings: Any) -> None:
    """A server that nobody reaches; what is written for it waits."""
    settings.SEARCH_URL = ["http://127.0.0.1:9"]


@pytest.fixture(params=["memory", pytest.param("elastic", marks=pytest.mark.elasticsearch)])
def server(request: pytest.FixtureRequest) -> ExpertSearchBackend:
    """Who is told."""
    return Memory() if request.param == "memory" else request.getfixturevalue("elastic")


def published(**values: Any) -> ExpertProfile:
    """An expert who may be found, and of whom the server is to be told."""
    made = ExpertProfileFactory(published=True, **values)
    tell(made)
    return made


def held(server: ExpertSearchBackend) -> list[int]:
    return [pk for pk, _ in server.revisions()]


def test_news_wait_in_the_transaction_of_whoever_writes() -> None:
    expert = published()
    OutboxEntry.objects.all().delete()

    with transaction.atomic():
        experts.edit(by=expert.person, expert=expert, changes={"headline": "Horlogère"})
        waiting = outbox.waiting()
        transaction.set_rollback(True)

    assert waiting == {expert.pk}
    assert not outbox.waiting()


def test_nothing_waits_where_the_database_alone_finds_experts(settings: Any) -> None:
    settings.SEARCH_URL = []

    published()

    assert not OutboxEntry.objects.exists()


def test_server_is_told_what_is_public_when_it_is_told(server: ExpertSearchBackend) -> None:
    stays, goes, gone = published(), published(), published()
    assert outbox.flush(server, now=NOW) == Flushed(written=3)
    experts.pause(by=goes.person, expert=goes, until_on=None, now=NOW)
    outbox.put({gone.pk: 7})
    ExpertProfile.objects.filter(pk=gone.pk).update(state="LEFT")  # withdrawn after the news were written

    done = outbox.flush(server, now=NOW)

    assert (done, held(server)) == (Flushed(forgotten=2), [stays.pk])
    assert not OutboxEntry.objects.exists()


def test_who_is_asked_for_again_meanwhile_is_told_again() -> None:
    server, expert = Memory(), published()
    server.on_write = lambda: experts.pause(by=expert.person, expert=expert, until_on=None, now=NOW)

    outbox.flush(server, now=NOW)

    assert held(server) == [expert.pk]
    assert OutboxEntry.objects.get().revision == 2
    server.on_write = lambda: None
    assert outbox.flush(server, now=NOW) == Flushed(forgotten=1)
    assert held(server) == []


def test_news_that_come_late_overwrite_nothing(server: ExpertSearchBackend) -> None:
    expert = published()
    ExpertRevision.objects.update(number=5)
    outbox.put({expert.pk: 5})
    outbox.flush(server, now=NOW)
    ExpertRevision.objects.update(number=3)
    outbox.put({expert.pk: 3})

    outbox.flush(server, now=NOW)

    assert list(server.revisions()) == [(expert.pk, 5)]
    assert not OutboxEntry.objects.exists()


def test_nothing_is_lost_while_the_server_is_down() -> None:
    server = Memory()
    people = [published() for _ in range(3)]
    server.is_down = True
    with pytest.raises(Unavailable):
        outbox.flush_all(server, now=NOW)
    assert outbox.backlog().waiting == 3
    server.is_down = False

    assert outbox.flush_all(server, now=NOW) == Flushed(written=3)
    assert held(server) == [one.pk for one in people]


def test_writer_tells_also_of_those_who_wait() -> None:
    server = Memory()
    waits, mine, late = (published() for _ in range(3))
    OutboxEntry.objects.filter(pk=late.pk).update(due_at=timezone.now() + timedelta(minutes=1))

    outbox.kick(server, [mine.pk])

    assert held(server) == [waits.pk, mine.pk]
    assert list(OutboxEntry.objects.values_list("pk", flat=True)) == [late.pk]


def test_longer_queue_than_a_batch_is_told_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BATCH", 2)
    server = Memory()
    people = [published() for _ in range(5)]

    assert outbox.flush_all(server, now=NOW) == Flushed(written=5)
    assert held(server) == [one.pk for one in people]


def test_refused_document_waits_twice_as_long_each_time_and_is_given_up() -> None:
    server = Memory()
    good, bad = published(), published()
    server.refuses = {bad.pk}
    now, waits = NOW, []

    assert outbox.flush(server, now=now) == Flushed(written=1, refused=1)
    assert not outbox.flush(server, now=now)
    while not (row := OutboxEntry.objects.get()).is_dead:
        waits.append((row.due_at - now).total_seconds())
        now = row.due_at
        assert outbox.flush(server, now=now - timedelta(seconds=1)) == Flushed()
        outbox.flush(server, now=now)

    assert held(server) == [good.pk]
    assert waits == [min(2**n, LONGEST_WAIT_S) for n in range(1, ATTEMPTS)]
    assert (row.attempts, row.refusal) == (ATTEMPTS, "400 mapper_parsing_exception")
    assert outbox.backlog() == outbox.Backlog(dead=1)
    assert not outbox.flush(server, now=now + timedelta(days=9))


@pytest.mark.parametrize("again", [outbox.revive, lambda: tell(*ExpertProfile.objects.all())])
def test_who_was_given_up_is_offered_again_when_asked_or_changed(again: Callable[[], object]) -> None:
    server, expert = Memory(), published()
    OutboxEntry.objects.update(is_dead=True, attempts=ATTEMPTS, due_at=NOW + timedelta(days=1), refusal="400")

    again()

    assert outbox.flush(server, now=NOW) == Flushed(written=1)
    assert held(server) == [expert.pk]


def test_commit_tells_the_server_at_once(django_capture_on_commit_callbacks: Capture, monkeypatch: Any) -> None:
    server = Memory()
    monkeypatch.setattr("search.indexing.engine", lambda: server)

    with django_capture_on_commit_callbacks(execute=True):
        expert = published()
        assert held(server) == []

    assert held(server) == [expert.pk]
    assert not OutboxEntry.objects.exists()


def test_commit_goes_well_while_the_server_is_down(django_capture_on_commit_callbacks: Capture, caplog: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        expert = published()

    assert list(outbox.waiting()) == [expert.pk]
    assert "not told" in caplog.text
