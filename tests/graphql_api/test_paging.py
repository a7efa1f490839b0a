"""Pages of every list: complete, without doubles, in order; cursors that only fit the list they come from."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from graphql_api.paging import MAX_FIRST
from tests.factories import (
    NOW,
    EventFactory,
    EventOccurrenceFactory,
    ExpertProfileFactory,
    LogeFactory,
    OfferFactory,
    PersonFactory,
    ReviewFactory,
    tell,
)
from tests.graphql_api.site import Ask, Refusal, global_id, nodes

SIZE = 7


@dataclass(frozen=True)
class Listing:
    """A list: how to ask for a page of it, where the connection stands in the answer, how to write its rows.

    `write(number)` writes one row; rows of a number tie with those beside them in what the list is sorted by.
    """

    query: str
    path: tuple[str, ...]
    write: Callable[[int], Any]
    expected: Callable[[list[Any]], list[Any]]

    def of(self, data: dict[str, Any]) -> dict[str, Any]:
        """The connection in an answer."""
        for name in self.path:
            data = data[name]
        return data


def _query(field: str, *above: str) -> str:
    inside = f"{field} {{ totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} "
    inside += "edges { cursor node { id } } }"
    for name in above:
        inside = f"{name} {{ {inside} }}"
    return f"query($first: Int!, $after: String) {{ {inside} }}"


def _one(factory: Any, **values: Any) -> Any:
    return factory._meta.model.objects.filter(**values).first() or factory(**values, **({"active": True}))


def _loge_row() -> Any:
    return _one(LogeFactory, slug="aligre")


def _expert_row() -> Any:
    found = ExpertProfileFactory._meta.model.objects.filter(slug="ines").first()
    return found or ExpertProfileFactory(loge=_loge_row(), slug="ines", published=True)


def _event_row() -> Any:
    found = EventFactory._meta.model.objects.filter(slug="cafe").first()
    return found or EventFactory(loge=_loge_row(), slug="cafe")


def _write_loge(number: int) -> Any:
    return LogeFactory(city=f"Ville {number // 3}", name=f"Loge {number // 2}")


def _write_expert(number: int) -> Any:
    return ExpertProfileFactory(loge=_loge_row(), published=True)


def _write_review(number: int) -> Any:
    return ReviewFactory(expert=_expert_row(), state="PUBLISHED", published_at=NOW.replace(minute=number // 3))


def _write_date(number: int) -> Any:
    starts_at = NOW.replace(hour=20, minute=number // 3)
    planned_on = NOW.date().replace(month=4, day=1 + number)
    return EventOccurrenceFactory(event=_event_row(), planned_on=planned_on, starts_at=starts_at)


LISTS = {
    "loges": Listing(
        _query("loges(first: $first, after: $after)"),
        ("loges",),
        _write_loge,
        lambda rows: sorted(rows, key=lambda row: (row.city, row.name, row.pk)),
    ),
    "experts of a loge": Listing(
        _query("experts(first: $first, after: $after)", 'loge(slug: "aligre")'),
        ("loge", "experts"),
        _write_expert,
        lambda rows: sorted(rows, key=lambda row: row.pk),
    ),
    "reviews of a loge": Listing(
        _query("reviews(first: $first, after: $after)", 'loge(slug: "aligre")'),
        ("loge", "reviews"),
        _write_review,
        lambda rows: sorted(rows, key=lambda row: (row.published_at, row.pk), reverse=True),
    ),
    "reviews of an expert": Listing(
        _query("reviews(first: $first, after: $after)", 'expert(loge: "aligre", slug: "ines")'),
        ("expert", "reviews"),
        _write_review,
        lambda rows: sorted(rows, key=lambda row: (row.published_at, row.pk), reverse=True),
    ),
    "calendar": Listing(
        _query("events(first: $first, after: $after)"),
        ("events",),
        _write_date,
        lambda rows: sorted(rows, key=lambda row: (row.starts_at, row.pk)),
    ),
    "events of a loge": Listing(
        _query("events(first: $first, after: $after)", 'loge(slug: "aligre")'),
        ("loge", "events"),
        _write_date,
        lambda rows: sorted(rows, key=lambda row: (row.starts_at, row.pk)),
    ),
    "occurrences of an event": Listing(
        _query("occurrences(first: $first, after: $after)", 'event(loge: "aligre", slug: "cafe")'),
        ("event", "occurrences"),
        _write_date,
        lambda rows: sorted(rows, key=lambda row: (row.starts_at, row.pk)),
    ),
}
FOREIGN = [
    (mine, other)
    for mine in LISTS
    for other in LISTS
    if mine != other
    # These two lists have the same order and arguments; a cursor of one is a sound place in the other.
    and {mine, other} != {"reviews of a loge", "reviews of an expert"}
    and {mine, other} != {"events of a loge", "occurrences of an event"}
]
every_list = pytest.mark.parametrize("listing", LISTS.values(), ids=LISTS)


def written(listing: Listing, number: int = SIZE) -> list[str]:
    """Write rows in a muddled order; answer their ids in the order they must be listed in."""
    rows = [listing.write((n * 3) % number) for n in range(number)]
    return [global_id(row) for row in listing.expected(rows)]


@every_list
@pytest.mark.parametrize("first", [1, 2, 3, SIZE, MAX_FIRST])
def test_pages_are_complete_disjoint_and_in_order(ask: Ask, listing: Listing, first: int) -> None:
    expected = written(listing)

    seen, after, has_more = [], None, True
    while has_more:
        found = listing.of(ask(listing.query, first=first, after=after))
        seen += [node["id"] for node in nodes(found)]
        info = found["pageInfo"]
        assert found["totalCount"] == SIZE
        assert info["hasPreviousPage"] is (after is not None)
        assert (info["startCursor"], info["endCursor"]) == (found["edges"][0]["cursor"], found["edges"][-1]["cursor"])
        after, has_more = info["endCursor"], info["hasNextPage"]

    assert seen == expected


@every_list
def test_every_cursor_goes_on_behind_its_row(ask: Ask, listing: Listing) -> None:
    expected = written(listing)
    edges = listing.of(ask(listing.query, first=SIZE))["edges"]

    for place, edge in enumerate(edges):
        found = listing.of(ask(listing.query, first=SIZE, after=edge["cursor"]))
        assert [node["id"] for node in nodes(found)] == expected[place + 1 :]


@every_list
def test_page_after_the_last_row_is_empty_and_still_counts(ask: Ask, listing: Listing) -> None:
    written(listing)
    end = listing.of(ask(listing.query, first=SIZE))["pageInfo"]["endCursor"]

    found = listing.of(ask(listing.query, first=SIZE, after=end))

    assert found == {
        "totalCount": SIZE,
        "edges": [],
        "pageInfo": {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None},
    }


@every_list
def test_row_added_or_gone_meanwhile_shifts_nothing(ask: Ask, listing: Listing) -> None:
    expected = written(listing)
    page = listing.of(ask(listing.query, first=3))
    seen = [node["id"] for node in nodes(page)]
    new = {global_id(listing.write(number)) for number in range(SIZE, SIZE + 3)}

    found = listing.of(ask(listing.query, first=MAX_FIRST, after=page["pageInfo"]["endCursor"]))

    rest = [node["id"] for node in nodes(found) if node["id"] not in new]
    assert seen + rest == expected
    assert found["totalCount"] == SIZE + 3


@every_list
@pytest.mark.parametrize("first", [0, -1, 101, -(2**31), 2**31 - 1])
def test_page_size_out_of_bounds_is_refused(refusal: Refusal, listing: Listing, first: int) -> None:
    written(listing)

    error = refusal(listing.query, first=first)

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", ["first"])
    assert error["message"] == "Demandez de 1 à 100 éléments à la fois."
    assert error["path"] == list(listing.path)


def _packed(values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


def _values(cursor: str) -> list[Any]:
    return json.loads(base64.urlsafe_b64decode(cursor))


DAMAGED = {
    "empty": lambda cursor: "",
    "cut": lambda cursor: cursor[:-5],
    "longer": lambda cursor: cursor + "AAAA",
    "no base64": lambda cursor: "é!",
    "null byte": lambda cursor: "\0",
    "lone surrogate": lambda cursor: "\ud800",
    "no JSON": lambda cursor: base64.urlsafe_b64encode(b"{").decode(),
    "no UTF-8": lambda cursor: base64.urlsafe_b64encode(b'["\xff"]').decode(),
    "no list": lambda cursor: _packed({"a": 1}),
    "too few values": lambda cursor: _packed(_values(cursor)[:-1]),
    "too many values": lambda cursor: _packed([*_values(cursor), 1]),
    "other name": lambda cursor: _packed(["0" * 12, *_values(cursor)[1:]]),
    "nothing": lambda cursor: _packed([*_values(cursor)[:-1], None]),
    "list for a key": lambda cursor: _packed([*_values(cursor)[:-1], [1]]),
    "word for a key": lambda cursor: _packed([*_values(cursor)[:-1], "x"]),
    "huge key": lambda cursor: _packed([*_values(cursor)[:-1], 10**30]),
    "no number": lambda cursor: _packed([*_values(cursor)[:-1], float("nan")]),
    "endless number": lambda cursor: _packed([*_values(cursor)[:-1], float("inf")]),
    "huge digits": lambda cursor: base64.urlsafe_b64encode(b"[" + b"9" * 10_000 + b"]").decode(),
    "very deep": lambda cursor: base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    "very long": lambda cursor: "A" * 1_000_000,
}


@every_list
@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_cursor_damaged_is_refused(ask: Ask, refusal: Refusal, listing: Listing, damage: Any) -> None:
    written(listing, 2)
    cursor = listing.of(ask(listing.query, first=1))["pageInfo"]["endCursor"]

    error = refusal(listing.query, first=1, after=damage(cursor))

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_CURSOR", ["after"])
    assert error["message"] == "Ce curseur ne vient pas de cette liste."


@pytest.mark.parametrize("value", ["", "x", "\0", 5, 1e400, True, "9999-12-31T23:59:59-12:00", "2026-03-02"])
@pytest.mark.parametrize("name", ["calendar", "reviews of an expert"])
def test_cursor_whose_instant_was_made_up_is_refused(ask: Ask, refusal: Refusal, name: str, value: Any) -> None:
    listing = LISTS[name]
    written(listing, 2)
    cursor = listing.of(ask(listing.query, first=1))["pageInfo"]["endCursor"]
    mine, _, key = _values(cursor)

    error = refusal(listing.query, first=1, after=_packed([mine, value, key]))

    assert error["extensions"]["code"] == "BAD_CURSOR"


@pytest.mark.parametrize(("mine", "other"), FOREIGN)
def test_cursor_of_another_list_is_refused(ask: Ask, refusal: Refusal, mine: str, other: str) -> None:
    for write in {LISTS[mine].write, LISTS[other].write}:
        write(0)
        write(1)
    cursor = LISTS[other].of(ask(LISTS[other].query, first=1))["pageInfo"]["endCursor"]

    error = refusal(LISTS[mine].query, first=1, after=cursor)

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_CURSOR", ["after"])


CALENDAR = """query($after: String, $loge: String, $near: GeoPointInput, $from: DateTime, $to: DateTime) {
  events(first: 1, after: $after, loge: $loge, near: $near, from: $from, to: $to) { pageInfo { endCursor } }
}"""


@pytest.mark.parametrize(
    "arguments",
    [
        {"loge": "aligre"},
        {"near": {"latitude": 45.7745, "longitude": 4.8318}},
        {"from": "2026-01-01T00:00:00Z"},
        {"to": "2027-01-01T00:00:00Z"},
    ],
)
def test_cursor_of_other_arguments_is_refused(ask: Ask, refusal: Refusal, arguments: dict[str, Any]) -> None:
    written(LISTS["calendar"], 2)
    plain = ask(CALENDAR)["events"]["pageInfo"]["endCursor"]
    narrowed = ask(CALENDAR, **arguments)["events"]["pageInfo"]["endCursor"]

    errors = [refusal(CALENDAR, after=plain, **arguments), refusal(CALENDAR, after=narrowed)]

    assert [error["extensions"]["code"] for error in errors] == ["BAD_CURSOR", "BAD_CURSOR"]


def test_cursor_of_another_page_size_is_taken(ask: Ask) -> None:
    listing = LISTS["calendar"]
    expected = written(listing)
    cursor = listing.of(ask(listing.query, first=2))["pageInfo"]["endCursor"]

    found = listing.of(ask(listing.query, first=4, after=cursor))

    assert [node["id"] for node in nodes(found)] == expected[2:6]


def test_cursor_of_the_calendar_holds_when_time_goes_by(ask: Ask, settings: Any) -> None:
    listing = LISTS["calendar"]
    expected = written(listing)
    cursor = listing.of(ask(listing.query, first=2))["pageInfo"]["endCursor"]
    settings.CLOCK_STANDS_AT = NOW.replace(minute=30)

    found = listing.of(ask(listing.query, first=100, after=cursor))

    assert [node["id"] for node in nodes(found)] == expected[2:]


def test_pages_of_several_owners_are_each_their_own(ask: Ask) -> None:
    owners = [LogeFactory(active=True, city=f"Ville {n}") for n in range(4)]
    experts = [[ExpertProfileFactory(loge=loge, published=True) for _ in range(n)] for n, loge in enumerate(owners)]
    query = """{ loges(first: 9) { edges { node { experts(first: 2) {
      totalCount pageInfo { hasNextPage } edges { node { id } }
    } } } } }"""

    found = nodes(ask(query)["loges"])

    for loge, rows in zip(found, experts, strict=True):
        assert loge["experts"] == {
            "totalCount": len(rows),
            "pageInfo": {"hasNextPage": len(rows) > 2},
            "edges": [{"node": {"id": global_id(row)}} for row in rows[:2]],
        }


def test_count_stops_at_the_most_that_is_counted(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphql_api.paging.MAX_COUNT", 2)
    for _ in range(3):
        LogeFactory(active=True)

    assert ask("{ loges(first: 1) { totalCount } }") == {"loges": {"totalCount": 2}}


def test_count_costs_a_statement_only_when_it_is_asked_for(ask: Ask) -> None:
    written(LISTS["calendar"])
    counts = []

    for asked in ("pageInfo { hasNextPage }", "totalCount", "totalCount a: totalCount"):
        with CaptureQueriesContext(connection) as statements:
            ask(f"{{ events(first: 1) {{ {asked} }} }}")
        counts.append(len(statements))

    assert counts[1] == counts[0] + 1


SEARCH = """query($first: Int! = 2, $after: String, $input: ExpertSearchInput!, $orderBy: ExpertOrder! = RELEVANCE) {
  searchExperts(first: $first, after: $after, input: $input, orderBy: $orderBy) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { expert { id } } }
  }
}"""


@pytest.fixture
def found_experts(empty_index: None) -> list[str]:
    """Seven experts in the index, whom nothing sets apart."""
    offers = [OfferFactory(expert__published=True, expert__person=PersonFactory()) for _ in range(SIZE)]
    tell(*(offer.expert for offer in offers))
    return [global_id(offer.expert) for offer in offers]


@pytest.mark.parametrize("order", ["RELEVANCE", "RATING", "PRICE"])
def test_pages_of_search_are_complete_and_disjoint(ask: Ask, found_experts: list[str], order: str) -> None:
    seen, after, has_more = [], None, True
    while has_more:
        found = ask(SEARCH, input={}, orderBy=order, after=after)["searchExperts"]
        seen += [node["expert"]["id"] for node in nodes(found)]
        assert found["totalCount"] == SIZE
        after, has_more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]

    assert sorted(seen) == sorted(found_experts)
    whole = ask(SEARCH, input={}, orderBy=order, first=SIZE)["searchExperts"]
    assert seen == [node["expert"]["id"] for node in nodes(whole)]


def test_page_of_search_after_the_last_hit_is_empty_and_still_counts(ask: Ask, found_experts: list[str]) -> None:
    end = ask(SEARCH, input={}, first=SIZE)["searchExperts"]["pageInfo"]["endCursor"]

    found = ask(SEARCH, input={}, after=end)["searchExperts"]

    assert (found["totalCount"], found["edges"]) == (SIZE, [])


def test_later_page_of_search_tells_that_there_is_one_before(ask: Ask, found_experts: list[str]) -> None:
    end = ask(SEARCH, input={})["searchExperts"]["pageInfo"]["endCursor"]

    found = ask(SEARCH, input={}, after=end)["searchExperts"]

    assert found["pageInfo"]["hasPreviousPage"] is True


def test_cursor_of_another_search_is_refused(ask: Ask, refusal: Refusal, found_experts: list[str]) -> None:
    cursor = ask(SEARCH, input={})["searchExperts"]["pageInfo"]["endCursor"]

    for changed in (
        {"input": {"loge": "x"}},
        {"input": {}, "orderBy": "PRICE"},
        {"input": {}, "after": cursor + "x"},
    ):
        error = refusal(SEARCH, **{"after": cursor, **changed})
        assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_CURSOR", ["after"])
