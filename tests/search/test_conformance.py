"""What every backend must do alike. It is written against the Protocol; a backend joins in `conftest`."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from loges.geography import Point, distance_m
from loges.outlines import Outline
from search.backends import ExpertQuery, ExpertSearchBackend, FacetField, ForeignCursor, Order, cursor
from search.documents import ExpertDocument
from search.fulltext import lexeme
from tests.search.population import (
    BADGES,
    CENTER,
    DAY,
    FAMILIES,
    LANGUAGES,
    World,
    document,
    is_found,
    population,
    questions,
    sort_key,
    values,
    world,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> World:
    return world()


def ids(backend: ExpertSearchBackend, query: ExpertQuery) -> list[int]:
    return [hit.expert_id for hit in backend.search(query).hits]


def counts(backend: ExpertSearchBackend, query: ExpertQuery, field: FacetField) -> dict[str, int]:
    return {facet.value: facet.count for facet in backend.search(query).facets if facet.field is field}


@pytest.mark.parametrize("seed", range(8))
def test_search_finds_exactly_who_answers(backend: ExpertSearchBackend, here: World, seed: int) -> None:
    people = population(here, seed)
    backend.upsert(people)

    for query in questions(here, seed):
        answer = backend.search(query)

        expected = [one for one in people if is_found(query, one)]
        assert {hit.expert_id for hit in answer.hits} == {one.expert_id for one in expected}, query
        assert answer.total == len(expected)
        assert not answer.is_total_capped
        assert not answer.has_next_page


@pytest.mark.parametrize("seed", range(8))
def test_search_sorts_as_asked(backend: ExpertSearchBackend, here: World, seed: int) -> None:
    people = population(here, seed)
    backend.upsert(people)

    for query in questions(here, seed):
        found = ids(backend, query)

        expected = sorted((one for one in people if is_found(query, one)), key=lambda one: sort_key(query, one))
        assert found == [one.expert_id for one in expected], query


@pytest.mark.parametrize("seed", range(4))
def test_facets_are_what_choosing_the_value_would_find(backend: ExpertSearchBackend, here: World, seed: int) -> None:
    people = population(here, seed)
    backend.upsert(people)

    for query in questions(here, seed):
        if query.has_text and not (query.asked or query.words):
            continue
        chosen = {
            FacetField.SERVICE: {slug: replace(query, services=(slug,)) for slug in here.services},
            FacetField.FAMILY: {slug: replace(query, families=(slug,)) for slug in FAMILIES},
            FacetField.LOGE: {slug: replace(query, loges=(slug,)) for slug in here.loges},
            FacetField.LANGUAGE: {code: replace(query, languages=(code,)) for code in LANGUAGES},
            FacetField.BADGE: {kind: replace(query, badges=(*query.badges, kind)) for kind in BADGES},
        }

        facets = backend.search(query).facets

        told: dict[FacetField, dict[str, int]] = {field: {} for field in FacetField}
        for facet in facets:
            told[facet.field][facet.value] = facet.count
        for field, wished in chosen.items():
            expected = {value: sum(is_found(asked, one) for one in people) for value, asked in wished.items()}
            assert told[field] == {value: count for value, count in expected.items() if count}, (field, query)


def test_facets_without_filters_count_everybody(backend: ExpertSearchBackend, here: World) -> None:
    people = population(here, 1)
    backend.upsert(people)
    query = ExpertQuery()

    facets = backend.search(query).facets

    for field in FacetField:
        expected = {
            value: sum(value in values(query, field, one) for one in people)
            for one in people
            for value in values(query, field, one)
        }
        assert {facet.value: facet.count for facet in facets if facet.field is field} == expected


def test_facets_have_french_labels_and_the_most_frequent_first(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert(
        [
            document(1, here, languages=("en",)),
            document(2, here, languages=("pt",)),
            document(3, here, languages=("pt", "fr")),
        ]
    )

    facets = backend.search(ExpertQuery()).facets

    told = [(facet.label, facet.count) for facet in facets if facet.field is FacetField.LANGUAGE]
    assert told == [("portugais", 2), ("anglais", 1), ("français", 1)]


def test_service_filter_leaves_its_own_facet_whole(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, services={"menage": 1}), document(2, here, services={"tonte": 1})])

    query = ExpertQuery(services=("menage",))

    assert ids(backend, query) == [1]
    assert counts(backend, query, FacetField.SERVICE) == {"menage": 1, "tonte": 1}


def test_one_offer_fits_everything_said_of_offers(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, services={"menage": 5_000, "tonte": 1_000})])

    dear = backend.search(ExpertQuery(services=("menage",), max_price_cents=2_000))
    cheap = backend.search(ExpertQuery(services=("tonte",), max_price_cents=2_000))

    assert dear.total == 0
    assert cheap.total == 1


def test_asked_service_must_have_the_fitting_price(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, services={"menage": 5_000, "tonte": 1_000})])

    found = ids(backend, ExpertQuery(has_text=True, asked=("menage",), max_price_cents=2_000))

    assert found == []


def test_radius_border_counts_as_inside(backend: ExpertSearchBackend, here: World) -> None:
    home = document(1, here, position=Point(45.78, 4.84))
    backend.upsert([home])
    meters = distance_m(CENTER, home.position)

    on_the_border = ids(backend, ExpertQuery(near=CENTER, radius_meters=meters))  # type: ignore[arg-type]
    too_short = ids(backend, ExpertQuery(near=CENTER, radius_meters=int(meters) - 1))

    assert on_the_border == [1]
    assert too_short == []


def test_whoever_drew_an_area_must_come_to_the_point(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here), document(2, here, has_area=True), document(3, here, has_area=True)])

    assert sorted(ids(backend, ExpertQuery(near=CENTER))) == [1]
    assert sorted(ids(backend, ExpertQuery(near=CENTER, coming=(3, 77)))) == [1, 3]
    assert sorted(ids(backend, ExpertQuery())) == [1, 2, 3]


def polygon(*rings: list[tuple[float, float]]) -> Outline:
    """Rings of (longitude, latitude), closed here."""
    closed = [[list(corner) for corner in (*ring, ring[0])] for ring in rings]
    return Outline.of({"type": "Polygon", "coordinates": closed}, at_most=100)


HOME = Point(45.78, 4.84)
BORDERS = {
    "corner": polygon([(4.84, 45.78), (4.9, 45.8), (4.9, 45.7)]),
    "level edge above": polygon([(4.8, 45.7), (4.9, 45.7), (4.9, 45.78), (4.8, 45.78)]),
    "level edge below": polygon([(4.8, 45.78), (4.9, 45.78), (4.9, 45.8), (4.8, 45.8)]),
    "upright edge in the west": polygon([(4.84, 45.7), (4.9, 45.7), (4.9, 45.8), (4.84, 45.8)]),
    "upright edge in the east": polygon([(4.8, 45.7), (4.84, 45.7), (4.84, 45.8), (4.8, 45.8)]),
    "slanting edge": polygon([(4.83, 45.77), (4.9, 45.7), (4.85, 45.79)]),
    "edge of a hole": polygon(
        [(4.8, 45.7), (4.9, 45.7), (4.9, 45.9), (4.8, 45.9)],
        [(4.84, 45.75), (4.86, 45.75), (4.86, 45.79), (4.84, 45.79)],
    ),
    "sharp corner": polygon([(4.84, 45.78), (4.9, 45.780_01), (4.9, 45.779_99)]),
}


@pytest.mark.parametrize("name", BORDERS)
def test_border_of_an_outline_counts_as_inside(backend: ExpertSearchBackend, here: World, name: str) -> None:
    backend.upsert([document(1, here, position=HOME)])

    assert ids(backend, ExpertQuery(within=BORDERS[name])) == [1]


@pytest.mark.parametrize("east", [0, 0.000_01])
@pytest.mark.parametrize("north", [0, 0.000_01])
def test_outline_ends_at_its_border(backend: ExpertSearchBackend, here: World, east: float, north: float) -> None:
    backend.upsert([document(1, here, position=HOME)])
    beyond = polygon([(4.8, 45.7), (4.84 - east, 45.7), (4.84 - east, 45.78 - north), (4.8, 45.78 - north)])
    after = polygon([(4.84 + east, 45.78 + north), (4.9, 45.78 + north), (4.9, 45.9), (4.84 + east, 45.9)])

    is_on_the_border = not (east or north)
    assert ids(backend, ExpertQuery(within=beyond)) == [1] * is_on_the_border
    assert ids(backend, ExpertQuery(within=after)) == [1] * is_on_the_border


@pytest.mark.parametrize("is_clockwise", [False, True])
def test_outline_may_be_wide_and_wound_either_way(
    backend: ExpertSearchBackend, here: World, is_clockwise: bool
) -> None:
    backend.upsert([document(1, here), document(2, here, position=Point(-17.5, 179.9))])
    earth = [(-180.0, -90.0), (180.0, -90.0), (180.0, 90.0), (-180.0, 90.0)]
    wide = [(-170.0, 0.0), (170.0, 0.0), (170.0, 80.0), (-170.0, 80.0)]
    turned = slice(None, None, -1 if is_clockwise else 1)

    assert sorted(ids(backend, ExpertQuery(within=polygon(earth[turned])))) == [1, 2]
    assert ids(backend, ExpertQuery(within=polygon(wide[turned]))) == [1]


def test_outline_with_a_hundred_corners_is_answered(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here), document(2, here, position=Point(45.9, 4.8318))])
    comb = [(4.8 + n / 1_000, 45.8 if n % 2 else 45.7745) for n in range(98)]

    found = backend.search(ExpertQuery(within=polygon([(4.8, 45.7), *comb, (4.9, 45.7)]), services=("menage",)))

    assert [hit.expert_id for hit in found.hits] == [1]
    assert {facet.count for facet in found.facets} == {1}


@pytest.mark.parametrize("order", Order)
def test_pages_within_an_outline_are_disjoint_and_complete(
    backend: ExpertSearchBackend, here: World, order: Order
) -> None:
    backend.upsert(population(here, 6))
    outline = polygon([(4.8, 45.7), (4.9, 45.75), (4.9, 45.8), (4.8, 45.8)])
    query = ExpertQuery(near=CENTER, coming=tuple(range(1, 61)), within=outline, order=order, on=DAY)
    whole = ids(backend, replace(query, first=100))

    paged: list[int] = []
    after = None
    while len(paged) < len(whole):
        page = backend.search(replace(query, first=7, after=after))
        paged += [hit.expert_id for hit in page.hits]
        after = page.hits[-1].cursor

    assert paged == whole
    assert len(whole) > 14


@pytest.mark.parametrize("near", [Point(-17.5, 179.999), Point(-17.5, -179.999)])
def test_radius_across_the_date_line(backend: ExpertSearchBackend, here: World, near: Point) -> None:
    backend.upsert(
        [document(1, here, position=Point(-17.5, 179.99)), document(2, here, position=Point(-17.5, -179.99))]
    )

    found = ids(backend, ExpertQuery(near=near))

    assert sorted(found) == [1, 2]


def test_distance_is_told_in_bands(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, position=Point(45.78, 4.8318))])  # 612 m

    hit = backend.search(ExpertQuery(near=CENTER)).hits[0]

    assert hit.distance_meters == 1_000


@pytest.mark.parametrize("chosen", [{}, {"services": ("menage",)}])
def test_offers_on_proposal_come_last_by_price_and_are_there(
    backend: ExpertSearchBackend, here: World, chosen: dict[str, tuple[str, ...]]
) -> None:
    backend.upsert([document(1, here, services={"menage": None}), document(2, here)])

    assert ids(backend, ExpertQuery(order=Order.PRICE, **chosen)) == [2, 1]  # type: ignore[arg-type]


def test_best_asked_service_wins_over_any_rating(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert(
        [
            document(1, here, services={"tonte": 1}, rating_count=100, rating_sum=500, strong=("rose",)),
            document(2, here, services={"menage": 1}, rating_count=100, rating_sum=300),
        ]
    )

    found = backend.search(ExpertQuery(has_text=True, asked=("menage", "tonte"), words=("menag",)))

    assert [(hit.expert_id, hit.matched) for hit in found.hits] == [(2, ("menage",)), (1, ("tonte",))]


def test_words_find_people_and_count_less_than_services(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert(
        [
            document(1, here, services={}, weak=("rose", "chien")),
            document(2, here, services={}, strong=("rose",), weak=("chien",)),
            document(3, here, services={}, strong=("rose", "chien")),
            document(4, here, services={}, weak=("rose",)),
            document(5, here, services={"menage": 1}),
        ]
    )

    found = ids(backend, ExpertQuery(has_text=True, asked=("tonte", "menage"), words=("rose", "chien")))

    assert found == [5, 3, 1, 2]


def test_nearer_wins_at_equal_text_and_rating(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, position=Point(45.79, 4.83)), document(2, here, position=Point(45.78, 4.83))])

    found = ids(backend, ExpertQuery(has_text=True, asked=("menage",), near=CENTER))

    assert found == [2, 1]


def test_better_rated_wins_at_equal_text_and_distance(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert(
        [
            document(1, here, rating_count=1, rating_sum=5),
            document(2, here, rating_count=40, rating_sum=196),
            document(3, here),
        ]
    )

    found = ids(backend, ExpertQuery(has_text=True, asked=("menage",), near=CENTER))

    assert found == [2, 1, 3]


@pytest.mark.parametrize("order", [order for order in Order if order is not Order.SOONEST])
def test_ties_are_told_apart_by_id_without_a_day(backend: ExpertSearchBackend, here: World, order: Order) -> None:
    backend.upsert([document(pk, here) for pk in (5, 3, 9)])

    found = ids(backend, ExpertQuery(near=CENTER, order=order))

    assert found == [3, 5, 9]


@pytest.mark.parametrize("order", Order)
def test_equals_take_turns_from_day_to_day(backend: ExpertSearchBackend, here: World, order: Order) -> None:
    backend.upsert([document(pk, here, weekdays=tuple(range(7))) for pk in range(1, 6)])

    days = [DAY + timedelta(days=n) for n in range(120)]
    lists = [ids(backend, ExpertQuery(near=CENTER, order=order, on=day)) for day in days]

    assert all(sorted(one) == [1, 2, 3, 4, 5] for one in lists)
    firsts = Counter(one[0] for one in lists)
    assert set(firsts) == {1, 2, 3, 4, 5}
    assert lists[0] == ids(backend, ExpertQuery(near=CENTER, order=order, on=DAY))


def test_free_day_is_of_the_week_or_against_it(backend: ExpertSearchBackend, here: World) -> None:
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    backend.upsert(
        [
            document(1, here, weekdays=(0,)),
            document(2, here, weekdays=(0,), closed_on=(monday,)),
            document(3, here, weekdays=(1,), opened_on=(monday,)),
            document(4, here),
        ]
    )

    assert ids(backend, ExpertQuery(free_on=monday)) == [1, 3]
    assert ids(backend, ExpertQuery(free_on=tuesday)) == [3]
    found = backend.search(ExpertQuery(order=Order.SOONEST, on=tuesday)).hits
    assert [hit.free_on for hit in found] == [tuesday, date(2026, 3, 9), date(2026, 3, 9), None]
    assert found[0].expert_id == 3
    assert found[-1].expert_id == 4


@pytest.mark.parametrize("order", Order)
def test_pages_are_disjoint_and_complete(backend: ExpertSearchBackend, here: World, order: Order) -> None:
    backend.upsert(population(here, 5))
    query = ExpertQuery(near=CENTER, coming=tuple(range(1, 61)), radius_meters=100_000, order=order, on=DAY)
    whole = ids(backend, replace(query, first=100))

    paged: list[int] = []
    after = None
    while True:
        page = backend.search(replace(query, first=7, after=after))
        paged += [hit.expert_id for hit in page.hits]
        after = page.hits[-1].cursor
        if not page.has_next_page:
            break

    assert paged == whole
    assert len(paged) == 60


def test_cursor_of_another_query_is_refused(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here), document(2, here)])
    after = backend.search(ExpertQuery(first=1)).hits[0].cursor

    with pytest.raises(ForeignCursor):
        backend.search(ExpertQuery(first=1, after=after, unit="HOUR"))


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("key", [10**400, float("nan"), float("inf"), "1", None, True, [1]])
def test_cursor_that_was_made_up_is_refused(backend: ExpertSearchBackend, key: object, order: Order) -> None:
    query = ExpertQuery(near=CENTER, order=order)

    with pytest.raises(ForeignCursor):
        backend.search(replace(query, after=cursor(query, key, 1)))  # type: ignore[arg-type]


@pytest.mark.parametrize("after", ["", "é", "%%%", "bnVsbA", "W10", "eyJhIjoxfQ", "x" * 1_000_000, "[" * 9_999])
def test_cursor_that_is_none_is_refused(backend: ExpertSearchBackend, after: str) -> None:
    with pytest.raises(ForeignCursor):
        backend.search(ExpertQuery(after=after))


def test_text_that_gave_nothing_finds_nobody(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here)])

    answer = backend.search(ExpertQuery(has_text=True))

    assert (answer.hits, answer.total) == ((), 0)


@pytest.mark.parametrize(
    "word",
    [
        "OR",
        "NEAR(a b)",
        '"',
        "a*",
        "strong:rose",
        "-rose",
        "a' | 'rose",
        "\\",
        "rose:*",
        "(",
        "👋",
        "\x00",
        "\ud800",
        "",
        "a" * 1_000_000,
    ],
)
def test_words_are_never_operators(backend: ExpertSearchBackend, here: World, word: str) -> None:
    backend.upsert([document(1, here, strong=("rose",))])

    answer = backend.search(ExpertQuery(has_text=True, words=(word,)))

    assert answer.total == 0


def test_words_in_other_alphabets_are_found(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, strong=(lexeme("мария"),)), document(2, here)])

    found = ids(backend, ExpertQuery(has_text=True, words=("мария",)))

    assert found == [1]


def test_update_is_visible(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, strong=("rose",), services={"menage": 1})])

    backend.upsert([document(1, here, revision=2, strong=("chien",), services={"tonte": 1})])

    assert ids(backend, ExpertQuery(has_text=True, words=("chien",))) == [1]
    assert ids(backend, ExpertQuery(has_text=True, words=("rose",))) == []
    assert counts(backend, ExpertQuery(), FacetField.SERVICE) == {"tonte": 1}
    assert list(backend.revisions()) == [(1, 2)]


def test_delete_is_visible(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, strong=("rose",)), document(2, here, strong=("rose",))])

    backend.delete([1, 77])

    assert ids(backend, ExpertQuery(has_text=True, words=("rose",))) == [2]
    assert counts(backend, ExpertQuery(), FacetField.SERVICE) == {"menage": 1}
    assert backend.health().documents == 1


def test_older_revision_never_overwrites(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, revision=3, strong=("rose",))])

    backend.upsert([document(1, here, revision=2, strong=("chien",))])

    assert list(backend.revisions()) == [(1, 3)]
    assert ids(backend, ExpertQuery(has_text=True, words=("rose",))) == [1]


def test_older_delete_leaves_a_newer_document(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(pk, here, revision=3) for pk in (1, 2, 3, 4)])

    backend.delete([1, 2, 3, 4], at={1: 2, 2: 3, 3: 4})

    assert list(backend.revisions()) == [(1, 3)]


def test_rebuild_replaces_everything(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, revision=9, strong=("rose",)), document(2, here)])
    told: list[int] = []

    report = backend.rebuild((document(pk, here, strong=("chien",)) for pk in (1, 3)), told.append)

    assert (report.before, report.after, told) == (2, 2, [2])
    assert list(backend.revisions()) == [(1, 1), (3, 1)]
    assert ids(backend, ExpertQuery(has_text=True, words=("chien",))) == [1, 3]
    assert ids(backend, ExpertQuery(has_text=True, words=("rose",))) == []


class Refused(Exception):
    """What makes a writer's transaction fail."""


@pytest.mark.parametrize("backend", ["database"], indirect=True)  # no other engine is part of the transaction
def test_rollback_of_the_writer_rolls_the_index_back(backend: ExpertSearchBackend, here: World) -> None:
    backend.upsert([document(1, here, strong=("rose",))])

    def write() -> None:
        with transaction.atomic():
            backend.upsert([document(1, here, revision=2, strong=("chien",)), document(2, here)])
            backend.delete([1])
            raise Refused

    with pytest.raises(Refused):
        write()

    assert list(backend.revisions()) == [(1, 1)]
    assert ids(backend, ExpertQuery(has_text=True, words=("rose",))) == [1]


def test_document_is_read_back_whole(backend: ExpertSearchBackend, here: World) -> None:
    one: ExpertDocument = population(here, 3)[0]

    backend.upsert([one, one])

    assert ids(backend, ExpertQuery()) == [one.expert_id]
