"""Loges by every road: the field, the list, the page; what isn't open or is closed tells no more than it should."""

from datetime import date

import pytest

from loges.models import ExpertProfile
from tests.factories import (
    NOW,
    EventFactory,
    EventOccurrenceFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    ReviewFactory,
    ServiceFactory,
)
from tests.factories.pages import ExpertPortraitFactory
from tests.graphql_api import site
from tests.graphql_api.site import SECRET, Ask, global_id, nodes

LOGE = """query($slug: String!) {
  loge(slug: $slug) {
    id slug name city neighbourhood state stateMessage openedAt pausedUntilOn path targetExperts expertCount
    territory { center { latitude longitude } radiusMeters postcodes inseeCodes geojson }
    page { title tagline summary adaptedServicesNote body { __typename ... on Block { id } } }
    coordinators { firstName initial quote photo { alt } }
    services { slug }
    rating { average count }
    experts(first: 10) { totalCount edges { node { slug } } }
    reviews(first: 10) { totalCount edges { node { text } } }
    events(first: 10) { totalCount edges { node { event { slug } } } }
  }
}"""
LOGES = "{ loges(first: 100) { totalCount edges { node { slug } } } }"
HIDDEN = [state for state in ExpertProfile._meta.get_field("state").choices if state[0] != "PUBLISHED"]


def test_loge_answers_what_is_public(ask: Ask) -> None:
    loge = LogeFactory(active=True, slug="aligre", name="Loge d'Aligre", city="Paris", neighbourhood="Aligre")
    LogeMembershipFactory(
        loge=loge, coordinator=True, person__first_name="Awa", person__last_name="Diop", quote="Bonjour"
    )
    expert = ExpertProfileFactory(loge=loge, published=True, slug="ines", rating_count=3, rating_sum=13)
    OfferFactory(expert=expert, service=ServiceFactory(slug="jardin"))
    ReviewFactory(expert=expert, published=True, text="Parfait")
    EventOccurrenceFactory(event=EventFactory(loge=loge, slug="cafe"))
    site.loge_page(loge, ("quote", {"quote": "Oui", "author": ""}), title="Aligre", tagline="Au marché")

    found = ask(LOGE, slug="aligre")["loge"]

    assert found == {
        "id": global_id(loge),
        "slug": "aligre",
        "name": "Loge d'Aligre",
        "city": "Paris",
        "neighbourhood": "Aligre",
        "state": "ACTIVE",
        "stateMessage": None,
        "openedAt": NOW.isoformat(),
        "pausedUntilOn": None,
        "path": "/loges/aligre/",
        "targetExperts": 10,
        "expertCount": 1,
        "territory": {
            "center": {"latitude": 45.7745, "longitude": 4.8318},
            "radiusMeters": 900,
            "postcodes": ["69004"],
            "inseeCodes": [],
            "geojson": None,
        },
        "page": {
            "title": "Aligre",
            "tagline": "Au marché",
            "summary": "",
            "adaptedServicesNote": "",
            "body": [{"id": "bloc-0", "__typename": "QuoteBlock"}],
        },
        "coordinators": [{"firstName": "Awa", "initial": "D", "quote": "Bonjour", "photo": None}],
        "services": [{"slug": "jardin"}],
        "rating": {"average": 4.33, "count": 3},
        "experts": {"totalCount": 1, "edges": [{"node": {"slug": "ines"}}]},
        "reviews": {"totalCount": 1, "edges": [{"node": {"text": "Parfait"}}]},
        "events": {"totalCount": 1, "edges": [{"node": {"event": {"slug": "cafe"}}}]},
    }


@pytest.mark.parametrize("trait", [{}, {"pending": True}], ids=["preparing", "pending"])
def test_loge_being_prepared_has_no_page_and_empty_lists(ask: Ask, trait: dict[str, bool]) -> None:
    loge = LogeFactory(slug="bientot", **trait)
    LogeMembershipFactory(loge=loge, coordinator=True, person__first_name="Awa")
    expert = ExpertProfileFactory(loge=loge, published=True, rating_count=1, rating_sum=5)
    OfferFactory(expert=expert)
    ReviewFactory(expert=expert, published=True)
    EventOccurrenceFactory(event=EventFactory(loge=loge))
    site.loge_page(loge, live=False)

    found = ask(LOGE, slug="bientot")["loge"]

    assert [person["firstName"] for person in found["coordinators"]] == ["Awa"]
    assert (found["page"], found["rating"], found["expertCount"], found["services"]) == (None, None, 0, [])
    for name in ("experts", "reviews", "events"):
        assert found[name] == {"totalCount": 0, "edges": []}


def test_loge_being_prepared_has_no_page_even_when_somebody_published_it(ask: Ask) -> None:
    site.loge_page(LogeFactory(slug="bientot"), tagline=SECRET)

    found = ask(LOGE, slug="bientot")["loge"]

    assert found["page"] is None


def test_paused_loge_keeps_its_page_team_and_message(ask: Ask) -> None:
    loge = LogeFactory(paused=True, slug="pause", state_message="De retour en mai", paused_until_on=date(2026, 5, 1))
    ExpertProfileFactory(loge=loge, published=True)
    EventOccurrenceFactory(event=EventFactory(loge=loge))
    site.loge_page(loge)

    found = ask(LOGE, slug="pause")["loge"]

    assert (found["state"], found["stateMessage"]) == ("PAUSED", "De retour en mai")
    assert found["pausedUntilOn"] == "2026-05-01"
    assert found["page"]["tagline"] == "Une loge"
    assert (found["experts"]["totalCount"], found["events"]["totalCount"]) == (1, 1)


def test_closed_loge_is_nowhere(ask: Ask) -> None:
    closed, open_one = LogeFactory(closed=True, slug="fermee"), LogeFactory(active=True, slug="ouverte")
    expert = ExpertProfileFactory(loge=closed, published=True)
    review = ReviewFactory(expert=expert, published=True)
    occurrence = EventOccurrenceFactory(event=EventFactory(loge=closed))
    site.loge_page(closed)
    rows = [closed, expert, OfferFactory(expert=expert), review, occurrence.event, occurrence]

    listed = ask(LOGES)["loges"]

    assert listed == {"totalCount": 1, "edges": [{"node": {"slug": open_one.slug}}]}
    assert ask(LOGE, slug="fermee")["loge"] is None
    for row in rows:
        assert ask("query($id: ID!) { node(id: $id) { id } }", id=global_id(row))["node"] is None


def test_loge_unknown_is_null(ask: Ask) -> None:
    assert ask(LOGE, slug="nulle-part")["loge"] is None


def test_loges_come_city_by_city(ask: Ask) -> None:
    for slug, city, name in (("c", "Paris", "A"), ("b", "Lyon", "B"), ("a", "Lyon", "A"), ("d", "Paris", "A")):
        LogeFactory(slug=slug, city=city, name=name)

    listed = nodes(ask(LOGES)["loges"])

    assert [loge["slug"] for loge in listed] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("state", [state for state, _ in HIDDEN])
def test_expert_who_is_not_published_leaves_no_trace_in_the_loge(ask: Ask, state: str) -> None:
    loge = LogeFactory(active=True, slug="aligre")
    expert = ExpertProfileFactory(loge=loge, state=state, headline=SECRET, slug="cache", rating_count=1, rating_sum=5)
    OfferFactory(expert=expert, title=SECRET)
    ReviewFactory(expert=expert, published=True, text=SECRET)

    found = ask(LOGE, slug="aligre")["loge"]

    assert (found["expertCount"], found["rating"], found["services"]) == (0, None, [])
    assert found["experts"] == found["reviews"] == {"totalCount": 0, "edges": []}


@pytest.mark.parametrize("state", ["SEALED", "REJECTED", "WITHDRAWN"])
def test_review_that_is_not_public_is_not_in_the_loge(ask: Ask, state: str) -> None:
    expert = ExpertProfileFactory(published=True)
    ReviewFactory(expert=expert, state=state, text=SECRET)
    shown = ReviewFactory(expert=expert, published=True, text="Bien")

    found = ask(LOGE, slug=expert.loge.slug)["loge"]

    assert found["reviews"] == {"totalCount": 1, "edges": [{"node": {"text": shown.text}}]}


def test_review_that_somebody_reported_stays_until_it_is_judged(ask: Ask) -> None:
    review = ReviewFactory(reported=True, text="Peut-être")

    found = ask(LOGE, slug=review.expert.loge.slug)["loge"]

    assert [row["text"] for row in nodes(found["reviews"])] == ["Peut-être"]


def test_event_withdrawn_is_not_in_the_loge(ask: Ask) -> None:
    event = EventFactory(withdrawn=True)
    EventOccurrenceFactory(event=event)

    found = ask(LOGE, slug=event.loge.slug)["loge"]

    assert found["events"] == {"totalCount": 0, "edges": []}


def test_events_of_a_loge_are_those_that_are_not_over(ask: Ask) -> None:
    event = EventFactory()
    EventOccurrenceFactory(event=event, starts_at=NOW.replace(hour=7))
    going_on = EventOccurrenceFactory(event=event, planned_on=date(2026, 3, 3), starts_at=NOW.replace(hour=8))
    query = "query($slug: String!) { loge(slug: $slug) { events(first: 9) { edges { node { id } } } } }"

    found = ask(query, slug=event.loge.slug)["loge"]

    assert [row["id"] for row in nodes(found["events"])] == [global_id(going_on)]


@pytest.mark.parametrize("where", ["page", "index", "home"])
def test_page_of_a_loge_restricted_there_or_above_is_null(ask: Ask, where: str) -> None:
    page = site.loge_page(LogeFactory(active=True, slug="aligre"), tagline=SECRET)
    site.restrict({"page": page, "index": page.get_parent(), "home": page.get_parent().get_parent()}[where])

    found = ask(LOGE, slug="aligre")["loge"]

    assert found["page"] is None


def test_page_of_a_loge_beside_a_restricted_one_is_shown(ask: Ask) -> None:
    site.restrict(site.loge_page(LogeFactory(active=True)))
    site.loge_page(LogeFactory(active=True, slug="voisine"), tagline="Ici")

    found = ask(LOGE, slug="voisine")["loge"]

    assert found["page"]["tagline"] == "Ici"


def test_page_of_a_loge_taken_offline_is_null(ask: Ask) -> None:
    page = site.loge_page(LogeFactory(active=True, slug="aligre"), tagline=SECRET)
    page.unpublish()

    found = ask(LOGE, slug="aligre")["loge"]

    assert found["page"] is None


def test_page_of_a_loge_with_a_draft_shows_what_is_published(ask: Ask) -> None:
    page = site.loge_page(LogeFactory(active=True, slug="aligre"), tagline="En ligne")
    page.tagline = SECRET
    page.save_revision(clean=False)

    found = ask(LOGE, slug="aligre")["loge"]

    assert found["page"]["tagline"] == "En ligne"


def test_coordinators_are_those_in_charge(ask: Ask) -> None:
    loge = LogeFactory(active=True, slug="aligre")
    LogeMembershipFactory(loge=loge, coordinator=True, ended=True, person__first_name=SECRET)
    LogeMembershipFactory(loge=loge, person__first_name=SECRET)
    LogeMembershipFactory(loge=loge, coordinator=True, person__first_name="Awa")

    found = ask(LOGE, slug="aligre")["loge"]

    assert [person["firstName"] for person in found["coordinators"]] == ["Awa"]


def test_portrait_of_an_expert_who_left_is_not_told_of_the_coordinator(ask: Ask) -> None:
    portrait = ExpertPortraitFactory(expert__loge=LogeFactory(active=True, slug="aligre"), expert__published=True)
    LogeMembershipFactory(loge=portrait.expert.loge, person=portrait.expert.person, coordinator=True)
    (before,) = ask(LOGE, slug="aligre")["loge"]["coordinators"]
    ExpertProfile.objects.update(state="LEFT")

    (after,) = ask(LOGE, slug="aligre")["loge"]["coordinators"]

    assert (before["photo"] is None, after["photo"] is None) == (False, True)
