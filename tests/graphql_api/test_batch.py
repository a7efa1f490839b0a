"""Rows read together: one reading for all of them, and never the answers of another reading."""

from typing import Any

import pytest

from graphql_api.batch import for_each, for_peers, related, together
from graphql_api.paging import Order, Slice
from graphql_api.relay import nested
from loges.models import Offer
from tests.factories import OfferFactory, ServiceFactory

pytestmark = pytest.mark.django_db


class Reader:
    """Answers every row's slug, and remembers for whom it was asked."""

    def __init__(self, answers: dict[int, Any] | None = None) -> None:
        self.calls: list[list[str]] = []
        self.answers = answers

    def __call__(self, rows: list[Any]) -> dict[int, Any]:
        self.calls.append([row.slug for row in rows])
        return {row.pk: row.slug for row in rows} if self.answers is None else self.answers


def services(*slugs: str) -> list[Any]:
    """Some rows."""
    return [ServiceFactory(slug=slug) for slug in slugs]


def test_peers_are_read_once_for_all() -> None:
    rows, read = together(services("a", "b", "c")), Reader()

    answers = [for_peers(row, "x", read) for row in rows]

    assert (answers, read.calls) == (["a", "b", "c"], [["a", "b", "c"]])


def test_peers_are_read_once_per_key() -> None:
    (row,), read = together(services("a")), Reader()

    for key in ("x", ("x", 1), ("x", 2), ("x", 1), "x"):
        for_peers(row, key, read)

    assert len(read.calls) == 3


def test_row_alone_is_its_own_peer() -> None:
    (row,), read = services("a"), Reader()

    answers = [for_peers(row, "x", read), for_peers(row, "x", read)]

    assert (answers, read.calls) == (["a", "a"], [["a"]])


def test_batches_do_not_mix() -> None:
    first, second, read = together(services("a", "b")), together(services("c")), Reader()

    answers = [for_peers(row, "x", read) for row in (*second, *first)]

    assert (answers, read.calls) == (["c", "a", "b"], [["c"], ["a", "b"]])


def test_same_rows_read_again_are_another_batch() -> None:
    rows, read = services("a", "b"), Reader()
    for_peers(together(rows)[0], "x", read)

    for_peers(together(rows)[0], "x", read)

    assert len(read.calls) == 2


def test_row_without_an_answer_has_none() -> None:
    (row,) = together(services("a"))

    assert for_peers(row, "x", Reader({})) is None


def test_row_that_must_have_an_answer_and_has_none_is_a_fault() -> None:
    (row,) = together(services("a"))

    with pytest.raises(LookupError, match="'x' has no answer"):
        for_each(row, "x", Reader({}))


def test_row_whose_answer_is_empty_has_an_answer() -> None:
    (row,) = together(services("a"))

    assert for_each(row, "x", Reader({row.pk: []})) == []


def test_related_objects_are_peers_of_each_other() -> None:
    offers, read = together([OfferFactory(service__slug="a"), OfferFactory(service__slug="b")]), Reader()

    answers = [for_peers(related(offer, "service"), "x", read) for offer in offers]

    assert (answers, sorted(read.calls[0]), len(read.calls)) == (["a", "b"], ["a", "b"], 1)


def test_related_object_that_two_rows_share_is_one() -> None:
    service = ServiceFactory()
    offers = together([OfferFactory(service=service), OfferFactory(service=service)])

    assert related(offers[0], "service") is related(offers[1], "service")


def test_list_of_each_peer_is_prepared_once_for_all() -> None:
    offers = [OfferFactory(), OfferFactory()]
    rows, prepared = together([offer.expert for offer in offers]), []

    def read() -> Any:
        prepared.append(1)
        return Offer.objects.all()

    lists = [nested(row, read, Order("offers", ("pk",)), Slice(first=1), group="expert_id") for row in rows]

    assert [found.edges[0].node for found in lists] == offers
    assert len(prepared) == 1
