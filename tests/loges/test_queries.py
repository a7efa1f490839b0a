"""Reads of the domain: what they return, in which order, and for how many statements."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from loges import queries
from loges.geography import Point, distance_m
from loges.machines import LOGE
from loges.models import ExpertProfile, Loge, Offer, Person, Service
from tests.factories import (
    NOW,
    TODAY,
    AmbiguousChoiceFactory,
    AmbiguousTermFactory,
    EventFactory,
    EventOccurrenceFactory,
    EventSpeakerFactory,
    ExpertProfileFactory,
    ForeignPhraseFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    PersonFactory,
    ReviewFactory,
    SearchMissFactory,
    ServiceFactory,
    ServiceFamilyFactory,
    ServicePhraseFactory,
    TerritoryFactory,
    TransitionLogFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db

HERE = Point(45.7745, 4.8318)
ANYBODY = AnonymousUser()


def loge_at(latitude: float, longitude: float, *, radius: int = 900, polygon: Any = None, **fields: Any) -> Loge:
    loge = LogeFactory(**({"active": True, "territory": None} | fields))
    TerritoryFactory(loge=loge, latitude=latitude, longitude=longitude, radius_meters=radius, polygon=polygon)
    return loge


# --- Loges -----------------------------------------------------------------------------------------------------


def test_loges_are_those_of_a_city_together_without_closed_ones() -> None:
    rows = [
        LogeFactory(city=city, name=name, **{state: True} if state else {})
        for city, name, state in (
            ("Paris", "Aligre", "active"),
            ("Lyon", "Zola", "paused"),
            ("Lyon", "Ainay", ""),
            ("Paris", "Bercy", "closed"),
        )
    ]

    assert list(queries.loges(ANYBODY)) == [rows[2], rows[1], rows[0]]
    assert queries.loge(rows[3].slug, ANYBODY) is None
    assert queries.loge(rows[0].slug, ANYBODY) == rows[0]


def test_loges_in_order_of_the_slugs() -> None:
    one, two, closed = LogeFactory(active=True), LogeFactory(active=True), LogeFactory(closed=True)

    assert queries.loges_in_order([two.slug, "nowhere", closed.slug, one.slug], ANYBODY) == [two, one]


def test_loges_in_order_of_no_slug_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert queries.loges_in_order([], ANYBODY) == []
        assert queries.services_in_order([]) == []


def test_coverage_tells_at_home_preparing_and_the_nearest_others() -> None:
    home = loge_at(45.7745, 4.8318)
    paused = loge_at(45.7750, 4.8318, paused=True, active=False)
    preparing = loge_at(45.7740, 4.8318, active=False)
    loge_at(45.7745, 4.8318, active=False, closed=True)
    loge_at(45.80, 4.8318, active=False)
    far = [loge_at(45.7745 + step, 4.8318) for step in (0.4, 0.1, 0.2, 0.3)]

    found = queries.coverage(HERE, ANYBODY)

    assert set(found.loges) == {home, paused}
    assert found.preparing == [preparing]
    assert [loge for loge, _ in found.neighbours] == [far[1], far[2], far[3]]
    assert found.neighbours[0][1] == pytest.approx(distance_m(HERE, Point(45.8745, 4.8318)))
    assert [loge for loge, _ in queries.coverage(HERE, ANYBODY, neighbours=1).neighbours] == [far[1]]


def test_coverage_of_an_empty_network_is_empty() -> None:
    assert queries.coverage(HERE, ANYBODY) == queries.Coverage([], [], [])


def test_coverage_follows_the_outline_not_the_circle() -> None:
    away = [[4.9, 45.9], [5.0, 45.9], [5.0, 46.0], [4.9, 46.0], [4.9, 45.9]]
    loge = loge_at(45.7745, 4.8318, polygon={"type": "Polygon", "coordinates": [away]})

    assert queries.coverage(HERE, ANYBODY).loges == []
    assert queries.coverage(Point(45.95, 4.95), ANYBODY).loges == [loge]


@pytest.mark.parametrize(
    ("center", "radius"),
    [
        ((45.7745, 4.8318), 900),
        ((0.0, 180.0), 5_000),
        ((0.0, -179.99), 5_000),
        ((89.9, 0.0), 50_000),
        ((-90.0, 7.0), 900),
    ],
)
def test_loges_at_agrees_with_coverage_all_around_a_territory(center: tuple[float, float], radius: int) -> None:
    loge = loge_at(*center, radius=radius)
    step = radius / 111_195
    around = [
        Point(max(-90, min(90, center[0] + north * step)), (center[1] + east * step + 180) % 360 - 180)
        for north in (-1.1, -0.99, -0.5, 0, 0.5, 0.99, 1.1)
        for east in (-1.1, -0.99, -0.5, 0, 0.5, 0.99, 1.1)
    ]

    by_box = [bool(queries.loges_at(point, ANYBODY)) for point in around]

    assert by_box == [bool(queries.coverage(point, ANYBODY).loges) for point in around]
    assert queries.loges_at(Point(*center), ANYBODY) == [loge]
    assert True in by_box


def test_loges_at_leaves_out_closed_ones_and_keeps_those_in_preparation() -> None:
    preparing = loge_at(45.7745, 4.8318, active=False)
    loge_at(45.7745, 4.8318, active=False, closed=True)

    assert queries.loges_at(HERE, ANYBODY) == [preparing]


def test_coordinators_in_charge_the_longest_serving_first() -> None:
    loge, empty = LogeFactory(active=True), LogeFactory(active=True)
    younger = LogeMembershipFactory(coordinator=True, loge=loge, starts_at=NOW - timedelta(days=5))
    elder = LogeMembershipFactory(coordinator=True, loge=loge, starts_at=NOW - timedelta(days=50))
    LogeMembershipFactory(coordinator=True, ended=True, loge=loge, starts_at=NOW - timedelta(days=500))
    LogeMembershipFactory(loge=loge)

    assert queries.coordinators([loge.pk, empty.pk]) == {loge.pk: [elder, younger], empty.pk: []}


def test_loge_figures_count_what_is_visible() -> None:
    loge, closed, empty = LogeFactory(active=True), LogeFactory(closed=True), LogeFactory(active=True)
    ExpertProfileFactory(loge=loge, published=True, rating_count=2, rating_sum=9)
    ExpertProfileFactory(loge=loge, published=True, rating_count=1, rating_sum=5)
    ExpertProfileFactory(loge=loge, suspended=True, rating_count=9, rating_sum=9)
    ExpertProfileFactory(loge=closed, published=True, rating_count=1, rating_sum=1)

    found = queries.loge_figures([loge.pk, closed.pk, empty.pk], ANYBODY)

    assert found[loge.pk] == queries.LogeFigures(2, 3, 14)
    assert found[closed.pk] == found[empty.pk] == queries.LogeFigures(0, 0, 0)


def test_services_of_loges_in_the_order_of_the_taxonomy_each_once() -> None:
    loge, other = LogeFactory(active=True), LogeFactory(active=True)
    last, first = ServiceFactory(position=9), ServiceFactory(position=1)
    ServiceFactory(position=5)
    for service, where in ((last, loge), (first, loge), (last, other), (last, loge)):
        OfferFactory(service=service, expert=ExpertProfileFactory(loge=where, published=True))
    OfferFactory(service=ServiceFactory(), expert=ExpertProfileFactory(loge=loge))

    found = queries.services_of_loges([loge.pk, other.pk], ANYBODY)

    assert found == {loge.pk: [first, last], other.pk: [last]}


def test_last_transition_is_the_latest_of_that_name_and_thing() -> None:
    loge = LogeFactory(active=True)
    for day, thing_id, name in ((1, loge.pk, "pause"), (3, loge.pk, "pause"), (5, loge.pk, "open"), (9, 0, "pause")):
        TransitionLogFactory(object_id=thing_id, transition=name, at=NOW + timedelta(days=day))
    TransitionLogFactory(machine="Review", object_id=loge.pk, transition="pause", at=NOW + timedelta(days=8))

    found = queries.last_transition(loge, LOGE, "pause")

    assert found is not None
    assert found.at == NOW + timedelta(days=3)
    assert queries.last_transition(loge, LOGE, "close") is None


# --- Experts ---------------------------------------------------------------------------------------------------


def test_experts_tell_who_coordinates() -> None:
    loge = LogeFactory(active=True)
    expert, coordinator, former, elsewhere = (ExpertProfileFactory(loge=loge, published=True) for _ in range(4))
    LogeMembershipFactory(coordinator=True, loge=loge, person=coordinator.person)
    LogeMembershipFactory(coordinator=True, ended=True, loge=loge, person=former.person)
    LogeMembershipFactory(coordinator=True, person=elsewhere.person)

    found = {row.pk: row.is_coordinator for row in queries.experts(ANYBODY)}

    assert found == {expert.pk: False, coordinator.pk: True, former.pk: False, elsewhere.pk: False}


def test_expert_is_found_by_loge_and_slug() -> None:
    one = ExpertProfileFactory(slug="samir", published=True)
    other = ExpertProfileFactory(slug="samir", published=True)
    hidden = ExpertProfileFactory(slug="lea", loge=one.loge)

    assert queries.expert(one.loge.slug, "samir", ANYBODY) == one
    assert queries.expert(other.loge.slug, "samir", ANYBODY) == other
    assert queries.expert(one.loge.slug, hidden.slug, ANYBODY) is None
    assert queries.experts_named([(one.loge.slug, "samir"), (one.loge.slug, "lea"), ("x", "y")], ANYBODY) == [one]
    assert queries.experts_named([], ANYBODY) == []


def test_experts_in_order_of_the_ids_without_hidden_ones() -> None:
    one, two = ExpertProfileFactory(published=True), ExpertProfileFactory(published=True)
    hidden = ExpertProfileFactory(suspended=True)

    assert queries.experts_in_order([two.pk, hidden.pk, 0, one.pk], ANYBODY) == [two, one]
    assert queries.experts_in_order([], ANYBODY) == []


def test_offers_in_their_experts_order_without_hidden_ones() -> None:
    expert = ExpertProfileFactory(published=True)
    second, first = OfferFactory(expert=expert, position=2), OfferFactory(expert=expert, position=1)
    OfferFactory(expert=ExpertProfileFactory())

    assert list(queries.offers(ANYBODY)) == [first, second]


def test_verifications_hold_from_their_check_to_their_last_day() -> None:
    expert = ExpertProfileFactory(published=True)
    day = timedelta(days=1)
    for kind, since, until in (
        ("CHARTER", TODAY - day, None),
        ("IDENTITY", TODAY, None),
        ("INSURED", TODAY - day, TODAY),
        ("DIPLOMA", TODAY - 2 * day, TODAY - day),
        ("SAP", TODAY + day, None),
    ):
        VerificationFactory(expert=expert, kind=kind, checked_on=since, expires_on=until)

    assert [row.kind for row in queries.verifications(TODAY)] == ["CHARTER", "IDENTITY", "INSURED"]


def test_reviews_newest_first() -> None:
    older = ReviewFactory(published=True, published_at=NOW - timedelta(days=1))
    same = [ReviewFactory(reported=True), ReviewFactory(published=True)]
    ReviewFactory()

    assert list(queries.reviews(ANYBODY)) == [same[1], same[0], older]


# --- Services and words ----------------------------------------------------------------------------------------


def test_service_families_each_with_its_services_in_order(django_assert_num_queries: Any) -> None:
    second, first = ServiceFamilyFactory(position=2), ServiceFamilyFactory(position=1)
    rows = [ServiceFactory(family=second, position=position) for position in (9, 3)]

    with django_assert_num_queries(2):
        found = [(family, list(family.services.all())) for family in queries.service_families()]

    assert found == [(first, []), (second, [rows[1], rows[0]])]
    assert list(queries.services_of_families([second.pk])) == [rows[1], rows[0]]


def test_synonyms_are_the_other_names_only() -> None:
    service, mute = ServiceFactory(), ServiceFactory()
    for text in ("couturière", "retouches"):
        ServicePhraseFactory(service=service, synonym=True, text=text)
    ServicePhraseFactory(service=service)

    assert queries.synonyms([service.pk, mute.pk]) == {service.pk: ["couturière", "retouches"], mute.pk: []}


def test_services_in_order_of_the_slugs() -> None:
    one, two = ServiceFactory(), ServiceFactory()

    assert queries.services_in_order([two.slug, "unknown", one.slug]) == [two, one]


def test_words_are_told_with_their_meanings(django_assert_num_queries: Any) -> None:
    term = AmbiguousTermFactory(term="garde")
    choices = [AmbiguousChoiceFactory(term=term, position=position) for position in (0, 1)]
    ForeignPhraseFactory(text="taxi")
    ForeignPhraseFactory(text="banque")

    with django_assert_num_queries(3):
        (found,) = queries.ambiguous_terms()
        meanings = {choice.service for choice in found.choices.all()}

    assert meanings == {choice.service for choice in choices}
    assert queries.foreign_phrases() == ["banque", "taxi"]


# --- Events ----------------------------------------------------------------------------------------------------


def test_occurrences_earliest_first_within_a_window() -> None:
    event = EventFactory()
    day = timedelta(days=1)
    rows = [
        EventOccurrenceFactory(event=event, starts_at=NOW + shift * day, ends_at=NOW + shift * day + day / 2)
        for shift in (3, 1, 2)
    ]
    EventOccurrenceFactory(event__withdrawn=True)
    elsewhere = EventOccurrenceFactory(starts_at=NOW + 2 * day, ends_at=NOW + 3 * day)

    here = {"loge_slug": event.loge.slug}
    assert list(queries.occurrences(ANYBODY, **here)) == [rows[1], rows[2], rows[0]]
    assert list(queries.occurrences(ANYBODY, loge_ids=[elsewhere.event.loge_id])) == [elsewhere]
    assert list(queries.occurrences(ANYBODY, loge_ids=[])) == []
    assert list(queries.occurrences(ANYBODY, since=NOW + day * 1.5, **here)) == [rows[2], rows[0]], "it has ended"
    assert queries.occurrences(ANYBODY, since=NOW + day * 1.4, **here)[0] == rows[1], "it is under way"
    assert list(queries.occurrences(ANYBODY, until=NOW + 2 * day, **here)) == [rows[1]], "one begins just then"


def test_speakers_in_their_order_without_hidden_experts() -> None:
    event, other = EventFactory(), EventFactory()
    shown, hidden = (ExpertProfileFactory(loge=event.loge, **{state: True}) for state in ("published", "suspended"))
    terms: dict[str, Any] = {"event": event, "resident_first_name": ""}
    last = EventSpeakerFactory(event=event, position=3)
    EventSpeakerFactory(**terms, expert=hidden, position=2)
    first = EventSpeakerFactory(**terms, expert=shown, position=1)

    found = queries.speakers([event.pk, other.pk], ANYBODY)

    assert found == {event.pk: [first, last], other.pk: []}


# --- What it costs ---------------------------------------------------------------------------------------------


def read_experts(pks: list[int]) -> list[Any]:
    rows = queries.experts_in_order(pks, ANYBODY)
    return [(row.person.first_name, row.loge.territory.latitude, row.is_coordinator) for row in rows]


def read_offers(pks: list[int]) -> list[Any]:
    return [row.service.family.name for row in queries.offers(ANYBODY).filter(expert__in=pks)]


def read_figures(pks: list[int]) -> Any:
    return queries.loge_figures(Loge.objects.values_list("pk", flat=True), ANYBODY)


def read_services(pks: list[int]) -> Any:
    found = queries.services_of_loges(list(Loge.objects.values_list("pk", flat=True)), ANYBODY)
    return [service.family.name for services in found.values() for service in services]


def read_coordinators(pks: list[int]) -> Any:
    found = queries.coordinators(list(Loge.objects.values_list("pk", flat=True)))
    return [member.person.first_name for members in found.values() for member in members]


def read_speakers(pks: list[int]) -> Any:
    found = queries.speakers(queries.events(ANYBODY).values_list("pk", flat=True), ANYBODY)
    return [row.expert.person.first_name for rows in found.values() for row in rows if row.expert]


READS: dict[str, tuple[int, Callable[[list[int]], Any]]] = {
    "experts": (1, read_experts),
    "offers": (1, read_offers),
    "figures": (2, read_figures),
    "services": (2, read_services),
    "coordinators": (2, read_coordinators),
    "coverage": (1, lambda pks: queries.coverage(HERE, ANYBODY)),
    "loges at": (1, lambda pks: queries.loges_at(HERE, ANYBODY)),
    "speakers": (3, read_speakers),
    "occurrences": (1, lambda pks: [row.event.loge.name for row in queries.occurrences(ANYBODY)]),
}
"""Read -> what it costs, together with the one statement that asks for ids where it begins with one."""


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("name", READS)
def test_read_costs_the_same_for_one_row_and_thirty(name: str, count: int, django_assert_num_queries: Any) -> None:
    pks = []
    for _ in range(count):
        expert = ExpertProfileFactory(published=True)
        OfferFactory(expert=expert)
        LogeMembershipFactory(coordinator=True, loge=expert.loge, person=expert.person)
        occurrence = EventOccurrenceFactory(event__loge=expert.loge)
        EventSpeakerFactory(event=occurrence.event, expert=expert, resident_first_name="")
        pks.append(expert.pk)
    statements, read = READS[name]

    with django_assert_num_queries(statements):
        found = read(pks)

    assert found


def test_factories_write_rows_that_these_reads_find() -> None:
    ExpertProfileFactory(published=True)

    assert (ExpertProfile.objects.count(), Person.objects.count(), Loge.objects.count()) == (1, 1, 1)
    assert (Offer.objects.count(), Service.objects.count()) == (0, 0)
    assert PersonFactory().pk


def test_demand_is_told_by_service_and_by_words_the_most_wanted_first(django_assert_num_queries: Any) -> None:
    here, other = LogeFactory(active=True), LogeFactory(active=True)
    sewing, garden = ServiceFactory(slug="couture", name="Couture"), ServiceFactory(slug="jardin", name="Jardinage")
    OfferFactory(expert=ExpertProfileFactory(loge=here, published=True), service=garden)
    for words, service, count, days in (
        ("ourlet", "couture", 2, 0),
        ("couturière", "couture", 3, 5),
        ("tondre", "jardin", 50, 0),  # somebody offers it by now
        ("xyzzy", "", 4, 1),
        ("trop vieux", "", 90, 100),
        ("perdu", "n-existe-plus", 9, 0),
    ):
        SearchMissFactory(words=words, service=service, loge=here.slug, count=count, on=TODAY - timedelta(days=days))
    SearchMissFactory(words="ailleurs", loge=other.slug)
    SearchMissFactory(words="nulle part")

    with django_assert_num_queries(4):
        found = queries.asked_without_expert([here, other], since=TODAY - timedelta(days=90))

    assert found[here.pk] == [
        queries.Asked(sewing, "Couture", 5, TODAY),
        queries.Asked(None, "xyzzy", 4, TODAY - timedelta(days=1)),
    ]
    assert [one.words for one in found[other.pk]] == ["ailleurs"]
    assert len(queries.asked_without_expert([here], since=TODAY - timedelta(days=90), first=1)[here.pk]) == 1
