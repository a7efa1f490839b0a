"""Whether an index knows what the database says, and how it is brought back."""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search import drift, outbox
from search.database import DatabaseSearch
from search.models import ExpertEntry, ExpertRevision, OutboxEntry
from tests.elastic import in_use
from tests.factories import NOW, ExpertProfileFactory, tell
from tests.search.population import document, world
from tests.search.servers import Memory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    """A server in use, that knows three experts as the database does."""
    settings.SEARCH_URL = ["http://127.0.0.1:9"]
    server = Memory()
    commands = (f"search.management.commands.search_{name}" for name in ("check", "rebuild", "sync"))
    for room in ("search.drift", "search.indexing", *commands):
        monkeypatch.setattr(f"{room}.elastic", lambda: server)
    tell(*(ExpertProfileFactory(published=True) for _ in range(3)))
    outbox.flush_all(server, now=NOW)
    return server


def told(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_index_that_agrees_has_no_drift(server: Memory) -> None:
    found = drift.check()

    assert list(found) == [DatabaseSearch.name, server.name]
    assert all(not one.revisions and one.checked == 3 for one in found.values())
    assert "0 missing; 0 stale; 0 extra" in told("search_check")


def test_every_kind_of_drift_is_told_and_repaired(server: Memory) -> None:
    missing, behind, ahead = sorted(server.known)
    stranger = document(999_999, world(), revision=4)
    del server.known[missing], server.versions[missing]
    ExpertRevision.objects.filter(pk=behind).update(number=3)
    server.upsert([replace(server.known[ahead], revision=8), stranger])

    found = drift.drift(server)
    assert (found.missing, found.stale, found.extra) == ({missing: 1}, {behind: 3, ahead: 8}, {999_999: 4})
    with pytest.raises(CommandError, match="wrong about 5 experts"):  # the database's own is behind once, too
        told("search_check")
    told("search_check", "--repair")

    assert not any(one.revisions for one in drift.check().values())
    assert sorted(server.known) == [missing, behind, ahead]
    assert not OutboxEntry.objects.exists()


def test_who_waits_to_be_told_is_no_drift(server: Memory) -> None:
    tell(ExpertProfileFactory(published=True))

    assert not any(one.revisions for one in drift.check().values())
    assert "1 experts wait" in told("search_check")
    told("search_sync")
    assert len(server.known) == 4


def test_nobody_waits_after_a_rebuild(server: Memory) -> None:
    newcomer = ExpertProfileFactory(published=True)
    tell(newcomer)

    told("search_rebuild")

    assert newcomer.pk in server.known
    assert not OutboxEntry.objects.exists()


def test_index_of_the_database_is_repaired_without_a_server(settings: Any) -> None:
    tell(*(ExpertProfileFactory(published=True) for _ in range(2)))
    ExpertEntry.objects.order_by("pk").first().delete()

    told("search_check", "--repair")

    assert not drift.drift(DatabaseSearch()).revisions
    assert not OutboxEntry.objects.exists()


def test_server_that_is_down_is_told(server: Memory) -> None:
    tell(ExpertProfileFactory(published=True))
    server.is_down = True

    with pytest.raises(CommandError, match="doesn't answer"):
        told("search_check")
    with pytest.raises(CommandError, match="1 experts wait"):
        told("search_sync")


def test_sync_has_nothing_to_do_without_a_server() -> None:
    assert "SEARCH_URL is empty" in told("search_sync")


@pytest.mark.elasticsearch
def test_way_back_leads_to_an_index_that_is_up_to_date() -> None:
    first, second = (ExpertProfileFactory(published=True) for _ in range(2))
    tell(first, second)
    with in_use() as elastic:
        told("search_rebuild")
        second.state = "PAUSED"
        second.save()
        newcomer = ExpertProfileFactory(published=True)
        tell(second, newcomer)
        told("search_sync")
        assert [pk for pk, _ in elastic.revisions()] == [first.pk, newcomer.pk]

        said = told("search_rebuild", "--rollback")

        assert "up to date" in said
        assert [pk for pk, _ in elastic.revisions()] == [first.pk, newcomer.pk]
        assert not any(one.revisions for one in drift.check().values())


@pytest.mark.elasticsearch
def test_first_index_has_nothing_to_go_back_to() -> None:
    with in_use(), pytest.raises(CommandError, match="no earlier index"):
        told("search_rebuild", "--rollback")
