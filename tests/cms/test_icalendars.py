"""Calendars as phones read them: one event with its rule, and the dates that differ; nothing private."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import vobject
from dateutil.rrule import rrulestr
from django.test import Client
from wagtail.models import PageViewRestriction

from cms import queries as cms_queries
from cms.models import EventPage, EventPageException
from loges import recurrence
from loges.actions import events
from loges.models import Event
from tests.cms.conftest import Place
from tests.factories import NOW
from tests.factories.pages import EventPageFactory

pytestmark = pytest.mark.django_db

FIRST_THURSDAY = {"recurrence": "FREQ=MONTHLY;BYDAY=1TH", "starts_on": date(2026, 3, 5), "starts_at_time": time(19)}


@pytest.fixture
def published(here: Place) -> Callable[..., Event]:
    """Publishes an event's page of the coordinator's loge, as the admin would."""

    def publish(slug: str = "cafe", without: tuple[date, ...] = (), **fields: Any) -> Event:
        page = EventPageFactory(parent=here.page, slug=slug, title="Café des voisins", **fields)
        for day in without:
            page.exceptions.add(EventPageException(on=day))
        page.save_revision().publish()
        return Event.objects.get(page=page)

    return publish


def read(event: Event | None = None, loge_slug: str = "aligre") -> list[Any]:
    """The events of a calendar as it is served, read by another library than the one that wrote it."""
    path = f"/calendars/{loge_slug}/{event.slug}.ics" if event else f"/calendars/{loge_slug}.ics"
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return list(vobject.readOne(answer.text).contents.get("vevent", []))


def local(value: Any) -> datetime:
    """An instant in Paris."""
    found: datetime = value.value.astimezone(recurrence.PARIS)
    return found


def dates(parts: list[Any]) -> list[tuple[datetime, datetime, str]]:
    """Begin, end (UTC) and state of each date, as RFC 5545 finds them; endless rules are followed for 183 days."""
    found: dict[tuple[str, datetime], tuple[datetime, datetime, str]] = {}
    for part in parts:
        begin, end, state, uid = local(part.dtstart), local(part.dtend), part.status.value, part.uid.value
        length = end.astimezone(UTC) - begin.astimezone(UTC)
        if "rrule" not in part.contents:
            slot = local(part.recurrence_id) if "recurrence-id" in part.contents else begin
            found[uid, slot] = (begin.astimezone(UTC), end.astimezone(UTC), state)
            continue
        rule = rrulestr(part.rrule.value, dtstart=begin)
        left_out = {day.astimezone(recurrence.PARIS) for row in part.contents.get("exdate", []) for day in row.value}
        horizon = datetime.combine(recurrence.horizon(NOW), time.max, tzinfo=recurrence.PARIS)
        for slot in rule.between(begin, horizon, inc=True):
            if slot not in left_out:
                found.setdefault((uid, slot), (slot.astimezone(UTC), slot.astimezone(UTC) + length, state))
    return sorted(found.values())


def planned(event: Event) -> list[tuple[datetime, datetime, str]]:
    """The same of the database."""
    states = {"CANCELLED": "CANCELLED", "POSTPONED": "TENTATIVE"}
    return sorted((row.starts_at, row.ends_at, states.get(row.state, "CONFIRMED")) for row in event.occurrences.all())


def test_single_event_is_one_date(published: Callable[..., Event]) -> None:
    event = published(address="3 place d'Aligre", theme="Vivre ensemble")

    (part,) = read(event)

    assert dates([part]) == planned(event)
    assert "rrule" not in part.contents
    assert part.summary.value == "Café des voisins"
    assert part.location.value == "Café de la Place, 3 place d'Aligre"
    assert part.url.value.endswith("/loges/aligre/cafe/")
    assert part.dtstart.serialize().strip().startswith("DTSTART;TZID=Europe/Paris:")


RULES = [
    FIRST_THURSDAY,
    {**FIRST_THURSDAY, "starts_on": date(2026, 3, 4)},
    {**FIRST_THURSDAY, "until_on": date(2026, 6, 4)},
    {**FIRST_THURSDAY, "recurrence": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "starts_on": date(2026, 3, 2)},
    {**FIRST_THURSDAY, "recurrence": "FREQ=MONTHLY;BYDAY=1TH;COUNT=3"},
    {**FIRST_THURSDAY, "recurrence": "FREQ=MONTHLY;BYDAY=1TH;COUNT=3", "until_on": date(2026, 4, 30)},
    {**FIRST_THURSDAY, "recurrence": "FREQ=MONTHLY;BYDAY=1TH;UNTIL=20260507"},
    {**FIRST_THURSDAY, "recurrence": "FREQ=MONTHLY;BYMONTHDAY=-1", "starts_at_time": time(0, 30)},
]


@pytest.mark.parametrize("fields", RULES)
def test_rule_gives_the_dates_that_are_planned(published: Callable[..., Event], fields: dict[str, Any]) -> None:
    event = published(**fields)

    parts = read(event)

    assert len(parts) == 1
    assert len(planned(event)) > 1
    assert dates(parts) == planned(event)
    assert not ("COUNT" in parts[0].rrule.value and "UNTIL" in parts[0].rrule.value)


def test_dates_keep_their_hour_across_a_clock_change(published: Callable[..., Event]) -> None:
    event = published(**FIRST_THURSDAY)

    found = dates(read(event))

    assert {begin.hour for begin, _, _ in found} == {17, 18}
    assert {begin.astimezone(recurrence.PARIS).hour for begin, _, _ in found} == {19}


def test_days_without_are_exceptions(published: Callable[..., Event]) -> None:
    event = published(without=(date(2026, 3, 5), date(2026, 5, 7)), **FIRST_THURSDAY)

    found = dates(read(event))

    assert found == planned(event)
    assert {begin.date() for begin, _, _ in found}.isdisjoint({date(2026, 3, 5), date(2026, 5, 7)})


def test_moved_and_cancelled_dates_are_overrides(published: Callable[..., Event], here: Place) -> None:
    event = published(**FIRST_THURSDAY)
    april, may, june = event.occurrences.filter(planned_on__month__in=[4, 5, 6]).order_by("planned_on")
    events.move(
        by=here.person, occurrence=april, starts_at=april.starts_at + timedelta(days=1), note="Le café ferme", now=NOW
    )
    events.cancel(by=here.person, occurrence=may, note="Pont", now=NOW)

    parts = read(event)

    assert len(parts) == 3
    assert dates(parts) == planned(event)
    series, moved, cancelled = parts
    assert {part.uid.value for part in parts} == {series.uid.value}
    assert local(moved.recurrence_id) == june.starts_at.replace(month=4, day=2)
    assert int(moved.sequence.value) > int(series.sequence.value)
    assert "Le café ferme" in moved.description.value
    assert cancelled.status.value == "CANCELLED"


def test_moved_date_that_a_new_rule_no_longer_gives_is_an_event_of_its_own(
    published: Callable[..., Event], here: Place
) -> None:
    event = published(**FIRST_THURSDAY)
    april = event.occurrences.get(planned_on__month=4)
    events.move(by=here.person, occurrence=april, starts_at=april.starts_at + timedelta(days=1), now=NOW)
    page = EventPage.objects.get(event=event)
    page.recurrence = "FREQ=MONTHLY;BYDAY=2TU"
    page.save_revision().publish()
    event.refresh_from_db()

    parts = read(event)

    assert dates(parts) == planned(event)
    assert len({part.uid.value for part in parts}) == 2


def test_identity_stays_and_version_grows_when_the_event_changes(published: Callable[..., Event]) -> None:
    event = published(**FIRST_THURSDAY)
    (before,) = read(event)
    page = EventPage.objects.get(event=event)
    page.title, page.slug, page.starts_at_time = "Goûter des voisins", "gouter", time(16)
    page.save_revision().publish()
    event.refresh_from_db()

    (after,) = read(event)

    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert after.summary.value == "Goûter des voisins"


def test_version_stays_when_nothing_of_the_event_changes(published: Callable[..., Event]) -> None:
    event = published(**FIRST_THURSDAY)
    EventPage.objects.get(event=event).save_revision().publish()

    (part,) = read(event)

    assert part.sequence.value == "0"


def test_address_of_a_home_is_not_told(published: Callable[..., Event]) -> None:
    event = published(venue_kind="HOME", venue_name="Chez Nadia", address="3 rue Secrète")

    answer = Client().get(f"/calendars/aligre/{event.slug}.ics")

    assert "Chez Nadia" in answer.text
    assert "Secr" not in answer.text


def test_loge_calendar_tells_all_its_events_and_no_others(published: Callable[..., Event], elsewhere: Place) -> None:
    published("cafe", **FIRST_THURSDAY)
    published("atelier")
    EventPageFactory(parent=elsewhere.page, slug="ailleurs").save_revision().publish()

    parts = read()

    assert {part.url.value.rsplit("/", 2)[1] for part in parts} == {"cafe", "atelier"}


@pytest.mark.parametrize("number", [1, 12])
def test_loge_calendar_costs_the_same_for_one_event_and_for_many(
    published: Callable[..., Event], django_assert_num_queries: Any, number: int
) -> None:
    for index in range(number):
        published(f"cafe-{index}", **FIRST_THURSDAY)
    Client().get("/calendars/aligre.ics")  # what is kept per process is kept by now

    with django_assert_num_queries(4):
        read()


def test_event_that_is_not_for_everybody_is_not_told(published: Callable[..., Event]) -> None:
    event, other = published("reunion"), published("cafe")
    PageViewRestriction.objects.create(
        page=EventPage.objects.get(event=event), restriction_type=PageViewRestriction.LOGIN
    )

    parts = read()

    assert [part.uid.value for part in parts] == [part.uid.value for part in read(other)]
    assert Client().get(f"/calendars/aligre/{event.slug}.ics").status_code == 404


def test_calendar_of_an_event_that_changed_its_name_leads_to_the_new_one(
    published: Callable[..., Event], django_capture_on_commit_callbacks: Any
) -> None:
    event = published("cafe")
    page = EventPage.objects.get()
    page.slug = "cafe-des-voisins"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    answer = Client().get("/calendars/aligre/cafe.ics")

    assert answer.status_code == 301
    event.refresh_from_db()
    assert answer["Location"].endswith("/calendars/aligre/cafe-des-voisins.ics")
    assert len(read(event)) == 1
    page.unpublish()
    assert Client().get("/calendars/aligre/cafe.ics").status_code == 404


def test_calendar_of_an_event_that_changed_its_name_and_is_closed_tells_no_new_name(
    published: Callable[..., Event], django_capture_on_commit_callbacks: Any
) -> None:
    published("cafe")
    page = EventPage.objects.get()
    page.slug = "cafe-des-voisins"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    answer = Client().get("/calendars/aligre/cafe.ics")

    assert (answer.status_code, answer.get("Location")) == (404, None)


def test_unpublished_event_is_not_told(published: Callable[..., Event]) -> None:
    event = published()
    EventPage.objects.get(event=event).unpublish()

    assert read() == []
    assert Client().get(f"/calendars/aligre/{event.slug}.ics").status_code == 404


@pytest.mark.parametrize("path", ["inconnue.ics", "aligre/inconnu.ics", "..%2Faligre.ics"])
def test_unknown_calendar_is_not_found(here: Place, path: str) -> None:
    assert Client().get(f"/calendars/{path}").status_code == 404


def test_calendar_that_did_not_change_is_not_sent_again(published: Callable[..., Event]) -> None:
    event = published(**FIRST_THURSDAY)
    first = Client().get(f"/calendars/aligre/{event.slug}.ics")

    again = Client().get(f"/calendars/aligre/{event.slug}.ics", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert first["Cache-Control"] == "public, max-age=900"


def test_calendars_are_read_only(here: Place) -> None:
    assert Client().post("/calendars/aligre.ics").status_code == 405


def test_every_event_with_a_public_page_is_in_its_calendar(published: Callable[..., Event]) -> None:
    event = published()

    assert cms_queries.event_pages([event.pk], None)
    assert len(read()) == 1
