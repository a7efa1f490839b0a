"""Real transactions: what writers who meet, or fail, leave in the index."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from loges.actions import experts
from loges.models import ExpertProfile
from search import indexing
from search.database import DatabaseSearch
from search.documents import ExpertDocument, every_document
from search.models import ExpertEntry, ExpertEntryTerm
from tests.factories import ExpertProfileFactory, tell
from tests.search.town import found

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_index")]

only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway"
)


LONG_ENOUGH = 0.3
"""Seconds in which the other thread would have written, if nothing held it back."""


class Refused(Exception):
    """What makes a writer's transaction fail."""


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_failed_writer_leaves_the_index_as_it_was() -> None:
    expert = ExpertProfileFactory(published=True, headline="Fleuriste")
    tell(expert)

    def write() -> None:
        with transaction.atomic():
            experts.edit(by=expert.person, expert=expert, changes={"headline": "Horlogère"})
            raise Refused

    with pytest.raises(Refused):
        write()

    assert (found("fleuriste"), found("horlogère")) == ([expert], [])
    assert ExpertEntry.objects.get().revision == 1


@only_postgresql
def test_two_writers_of_one_expert_both_show() -> None:
    expert = ExpertProfileFactory(published=True)
    tell(expert)
    written, going_on = threading.Event(), threading.Event()

    def rename() -> None:
        with transaction.atomic():
            ExpertProfile.objects.filter(pk=expert.pk).update(headline="Horlogère")
            tell(expert)
            written.set()
            going_on.wait(10)
            time.sleep(LONG_ENOUGH)

    def speak() -> None:
        written.wait(10)
        with transaction.atomic():
            going_on.set()
            indexing.reindex([expert.pk])

    for thread in [in_thread(rename), in_thread(speak)]:
        thread.join(20)

    assert found("horlogère") == [expert]
    assert ExpertEntry.objects.get().revision == 3


@only_postgresql
def test_rebuild_during_a_write_loses_nothing() -> None:
    expert = ExpertProfileFactory(published=True, headline="Fleuriste")
    tell(expert)
    read = threading.Event()

    def slowly() -> Iterator[ExpertDocument]:
        yield from every_document()
        read.set()
        time.sleep(LONG_ENOUGH)

    def rebuild() -> None:
        DatabaseSearch().rebuild(slowly())

    def write() -> None:
        read.wait(10)
        experts.pause(by=expert.person, expert=expert, until_on=None, now=expert.created_at)

    for thread in [in_thread(rebuild), in_thread(write)]:
        thread.join(20)

    assert not ExpertEntry.objects.exists()
    assert not ExpertEntryTerm.objects.exists()
