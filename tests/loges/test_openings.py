"""Real transactions: two loges that open at once, on one another."""

import threading

import pytest
from django.db import connection

from loges.actions import loges
from loges.models import Loge
from tests.factories import NOW, LogeFactory, PersonFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway"),
]


def test_of_two_loges_that_open_at_once_on_one_another_one_is_refused() -> None:
    pair, team = [LogeFactory(pending=True), LogeFactory(pending=True)], PersonFactory(superuser=True)
    refused: list[Loge] = []
    ready = threading.Barrier(len(pair))

    def open_it(loge: Loge) -> None:
        try:
            ready.wait(10)
            loges.open(by=team, loge=loge, now=NOW)
        except loges.Overlapping:
            refused.append(loge)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_it, args=(loge,)) for loge in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len(refused) == 1
    assert Loge.objects.filter(state="ACTIVE").count() == 1
