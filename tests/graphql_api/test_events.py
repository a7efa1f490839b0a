"""Events and their dates by every road: calendar, page, speakers; withdrawn ones never, homes never told."""

from datetime import UTC, datetime, timedelta

import pytest

from loges.models import Event
from tests.factories import (
    NOW,
    EventFactory,
    EventOccurrenceFactory,
    EventSpeakerFactory,
    ExpertProfileFactory,
    LogeFactory,
)
from tests.graphql_api import site
from tests.graphql_api.site import SECRET, Ask, Refusal, global_id, nodes

EVENT = """query($loge: String!, $slug: String!) {
  event(loge: $loge, slug: $slug) {
    id slug title summary theme durationMinutes venueName venueKind address capacity accessibility path
    recurrence recurrenceLabel
    loge { slug }
    speakers { firstName topic expert { slug } }
    cover { alt }
    body { ... on QuoteBlock { quote } }
    occurrences(first: 10) { totalCount edges { node { id state startsAt endsAt isMoved note } } }
  }
}"""
CALENDAR = """query($loge: String, $near: GeoPointInput, $from: DateTime, $to: DateTime) {
  events(first: 100, loge: $loge, near: $near, from: $from, to: $to) { totalCount edges { node { id } } }
}"""
LYON = {"latitude": 45.7745, "longitude": 4.8318}


def at(days: int, hour: int = 18) -> datetime:
    """An instant some days after NOW."""
    return NOW.replace(hour=hour) + timedelta(days=days)


def test_event_answers_what_is_public(ask: Ask) -> None:
    event = EventFactory(
        loge__slug="aligre",
        slug="cafe",
        address="1 place d'Aligre",
        recurrence="FREQ=MONTHLY;BYDAY=1TH",
        accessibility=["Plain-pied"],
        capacity=20,
    )
    expert = ExpertProfileFactory(published=True, loge=event.loge, slug="ines", person__first_name="Inès")
    EventSpeakerFactory(event=event, position=1)
    EventSpeakerFactory(event=event, expert=expert, resident_first_name="", topic="Coudre", position=0)
    occurrence = EventOccurrenceFactory(event=event, starts_at=at(3), is_moved=True, note="Une heure plus tard")
    site.event_page(event, ("quote", {"quote": "Venez", "author": ""}))

    found = ask(EVENT, loge="aligre", slug="cafe")["event"]

    assert found == {
        "id": global_id(event),
        "slug": "cafe",
        "title": "Café des voisins",
        "summary": "",
        "theme": "",
        "durationMinutes": 90,
        "venueName": "Café de la Place",
        "venueKind": "CAFE",
        "address": "1 place d'Aligre",
        "capacity": 20,
        "accessibility": ["Plain-pied"],
        "path": "/loges/aligre/cafe/",
        "recurrence": "FREQ=MONTHLY;BYDAY=1TH",
        "recurrenceLabel": found["recurrenceLabel"],
        "loge": {"slug": "aligre"},
        "speakers": [
            {"firstName": "Inès", "topic": "Coudre", "expert": {"slug": "ines"}},
            {"firstName": "Nadia", "topic": "Réparer plutôt que jeter", "expert": None},
        ],
        "cover": None,
        "body": [{"quote": "Venez"}],
        "occurrences": {
            "totalCount": 1,
            "edges": [
                {
                    "node": {
                        "id": global_id(occurrence),
                        "state": "PLANNED",
                        "startsAt": "2026-03-05T18:00:00+00:00",
                        "endsAt": "2026-03-05T19:30:00+00:00",
                        "isMoved": True,
                        "note": "Une heure plus tard",
                    }
                }
            ],
        },
    }
    assert "premier jeudi" in found["recurrenceLabel"]


@pytest.mark.parametrize("kind", Event.VenueKind.values)
def test_address_is_told_unless_it_is_somebody_s_home(ask: Ask, kind: str) -> None:
    event = EventFactory(loge__slug="aligre", slug="cafe", venue_kind=kind, address="3 rue Cachée")
    occurrence = EventOccurrenceFactory(event=event, starts_at=at(1))
    site.loge_page(event.loge, ("events", {"heading": "", "limit": 3}))
    query = """query($event: ID!, $date: ID!) {
      a: event(loge: "aligre", slug: "cafe") { address }
      b: node(id: $event) { ... on Event { address } }
      c: node(id: $date) { ... on EventOccurrence { event { address } } }
      d: events(first: 1) { edges { node { event { address } } } }
      e: loge(slug: "aligre") { events(first: 1) { edges { node { event { address } } } } }
      f: loge(slug: "aligre") { page { body { ... on EventsBlock { occurrences { event { address } } } } } }
    }"""

    answer = ask(query, event=global_id(event), date=global_id(occurrence))

    assert str(answer).count("'address': ") == 6
    assert str(answer).count("3 rue Cachée") == (0 if kind == "HOME" else 6)


def test_event_withdrawn_is_nowhere(ask: Ask) -> None:
    event = EventFactory(withdrawn=True, loge__slug="aligre", slug="cache", title=SECRET)
    occurrence = EventOccurrenceFactory(event=event, starts_at=at(1))
    site.loge_page(event.loge, ("events", {"heading": "", "limit": 3}))
    other_road = '{ loge(slug: "aligre") { page { body { ... on EventsBlock { occurrences { id } } } } } }'

    answer = ask(other_road)

    assert answer["loge"]["page"]["body"] == [{"occurrences": []}]
    assert ask(EVENT, loge="aligre", slug="cache")["event"] is None
    assert ask(CALENDAR)["events"] == {"totalCount": 0, "edges": []}
    for row in (event, occurrence):
        assert ask("query($id: ID!) { node(id: $id) { id } }", id=global_id(row))["node"] is None


@pytest.mark.parametrize("trait", [{}, {"pending": True}, {"closed": True}], ids=["preparing", "pending", "closed"])
def test_event_of_a_loge_that_is_not_open_is_nowhere(ask: Ask, trait: dict[str, bool]) -> None:
    event = EventFactory(loge=LogeFactory(slug="aligre", **trait), slug="cache")
    occurrence = EventOccurrenceFactory(event=event, starts_at=at(1))

    answer = ask(CALENDAR)

    assert answer["events"] == {"totalCount": 0, "edges": []}
    assert ask(EVENT, loge="aligre", slug="cache")["event"] is None
    for row in (event, occurrence):
        assert ask("query($id: ID!) { node(id: $id) { id } }", id=global_id(row))["node"] is None


@pytest.mark.parametrize("where", ["page", "loge", "home"])
def test_event_whose_page_is_restricted_there_or_above_is_not_told(ask: Ask, where: str) -> None:
    event = EventFactory(loge__slug="aligre", slug="cafe")
    page = site.event_page(event, ("quote", {"quote": SECRET, "author": ""}))
    loge_page = page.get_parent()
    site.restrict({"page": page, "loge": loge_page, "home": loge_page.get_parent().get_parent()}[where])

    assert ask(EVENT, loge="aligre", slug="cafe")["event"] is None


def test_event_whose_page_is_a_draft_is_hidden(ask: Ask) -> None:
    event = EventFactory(loge__slug="aligre", slug="cafe")
    site.event_page(event, ("quote", {"quote": SECRET, "author": ""}), live=False)

    assert ask(EVENT, loge="aligre", slug="cafe")["event"] is None


def test_event_unpublished_by_its_editor_is_nowhere(ask: Ask) -> None:
    event = EventFactory(loge__slug="aligre", slug="cafe")
    EventOccurrenceFactory(event=event, starts_at=at(1))
    site.event_page(event).unpublish()

    answer = ask(CALENDAR)

    assert answer["events"]["totalCount"] == 0
    assert ask(EVENT, loge="aligre", slug="cafe")["event"] is None


def test_calendar_lists_what_is_not_over_earliest_first(ask: Ask) -> None:
    event = EventFactory()
    late, soon, going_on = (
        EventOccurrenceFactory(event=event, starts_at=starts_at)
        for starts_at in (at(9), at(2), NOW - timedelta(minutes=89))
    )
    EventOccurrenceFactory(event=event, starts_at=NOW - timedelta(days=1))

    found = ask(CALENDAR)["events"]

    assert [row["id"] for row in nodes(found)] == [global_id(row) for row in (going_on, soon, late)]
    assert found["totalCount"] == 3


def test_calendar_keeps_cancelled_dates_visible(ask: Ask) -> None:
    EventOccurrenceFactory(cancelled=True, starts_at=at(1), note="Malade")

    found = ask("{ events(first: 1) { edges { node { state note } } } }")["events"]

    assert nodes(found) == [{"state": "CANCELLED", "note": "Malade"}]


def test_calendar_between_two_instants_leaves_out_the_borders(ask: Ask) -> None:
    event = EventFactory()
    inside = EventOccurrenceFactory(event=event, starts_at=at(3))
    EventOccurrenceFactory(event=event, starts_at=at(2), ends_at=at(2, 19))
    EventOccurrenceFactory(event=event, starts_at=at(4))

    found = ask(CALENDAR, **{"from": at(2, 19).isoformat(), "to": at(4).isoformat()})["events"]

    assert [row["id"] for row in nodes(found)] == [global_id(inside)]


def test_calendar_that_ends_before_it_begins_is_refused(refusal: Refusal) -> None:
    error = refusal(CALENDAR, **{"from": at(2).isoformat(), "to": at(1).isoformat()})

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", ["to"])


@pytest.mark.parametrize("other", ["2026-04-01T10:00:00Z", "2026-04-01T10:00:00"])
def test_calendar_understands_instants_without_a_zone_as_local(ask: Ask, other: str) -> None:
    wanted = EventOccurrenceFactory(starts_at=datetime(2026, 3, 10, 18, tzinfo=UTC))

    found = ask(CALENDAR, **{"from": "2026-03-10T20:29:59", "to": other})["events"]

    assert [row["id"] for row in nodes(found)] == [global_id(wanted)]


def test_calendar_of_one_loge_has_only_its_dates(ask: Ask) -> None:
    wanted = EventOccurrenceFactory(starts_at=at(1), event__loge__slug="aligre")
    EventOccurrenceFactory(starts_at=at(1))

    found = ask(CALENDAR, loge="aligre")["events"]

    assert (found["totalCount"], nodes(found)) == (1, [{"id": global_id(wanted)}])


def test_calendar_near_a_point_has_the_dates_of_the_loges_at_home_there(ask: Ask) -> None:
    wanted = EventOccurrenceFactory(starts_at=at(1))
    far = LogeFactory(active=True, territory__latitude=50.6, territory__longitude=3.05)
    EventOccurrenceFactory(starts_at=at(1), event__loge=far)

    found = ask(CALENDAR, near=LYON)["events"]

    assert [row["id"] for row in nodes(found)] == [global_id(wanted)]
    assert ask(CALENDAR, near={"latitude": 0, "longitude": 0})["events"]["totalCount"] == 0


def test_occurrences_of_an_event_hold_past_ones_unless_said(ask: Ask) -> None:
    event = EventFactory(loge__slug="aligre", slug="cafe")
    past = EventOccurrenceFactory(event=event, held=True, starts_at=at(-9))
    coming = EventOccurrenceFactory(event=event, starts_at=at(9))
    query = """query($from: DateTime!) { event(loge: "aligre", slug: "cafe") {
      all: occurrences(first: 9) { totalCount edges { node { id } } }
      coming: occurrences(first: 9, from: $from) { totalCount edges { node { id } } }
      gone: occurrences(first: 9, to: $from) { totalCount edges { node { id } } }
    } }"""

    found = ask(query, **{"from": NOW.isoformat()})["event"]

    ids = {name: [row["id"] for row in nodes(found[name])] for name in found}
    assert ids == {
        "all": [global_id(past), global_id(coming)],
        "coming": [global_id(coming)],
        "gone": [global_id(past)],
    }
    assert [found[name]["totalCount"] for name in ("all", "coming", "gone")] == [2, 1, 1]
