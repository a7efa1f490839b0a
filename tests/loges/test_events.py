"""Events: planned from what their page says, moved or cancelled date by date, and what a new publication keeps."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from loges.actions import events
from loges.actions.events import EventPlan, NotTheirExpert, Speaker
from loges.actions.transitions import WrongState
from loges.models import Event, EventOccurrence, EventSpeaker, Loge, TransitionLog
from loges.permissions import NotAllowed
from loges.recurrence import PARIS, NotARule
from tests.factories import EventFactory, EventOccurrenceFactory, ExpertProfileFactory, LogeFactory, PersonFactory
from tests.loges.cast import coordinator_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = datetime(2027, 1, 20, 8, 0, tzinfo=UTC)
FIRST_THURSDAYS = [
    date(2026, 12, 3),
    date(2027, 1, 7),
    date(2027, 2, 4),
    date(2027, 3, 4),
    date(2027, 4, 1),
    date(2027, 5, 6),
]
CAFE = EventPlan(
    slug="cafe",
    title="Café de la loge",
    starts_on=date(2026, 12, 3),
    starts_at_time=time(18, 30),
    duration_minutes=120,
    venue_name="Le Zinc du Marché",
    venue_kind="CAFE",
    recurrence="FREQ=MONTHLY;BYDAY=1TH",
)
WORKSHOP = replace(CAFE, slug="atelier", recurrence="", starts_on=date(2026, 12, 12))


def plan(terms: EventPlan, event: Event | None = None, *, loge: Loge | None = None, now: datetime = NOW) -> Event:
    loge = loge or (event.loge if event else LogeFactory(active=True))
    return events.plan(by=None, loge=loge, event=event, terms=terms, now=now)


def dates(event: Event) -> list[EventOccurrence]:
    return list(event.occurrences.order_by("planned_on", "pk"))


def as_rows(event: Event) -> list[tuple[Any, ...]]:
    fields = ("pk", "planned_on", "starts_at", "ends_at", "state", "is_moved", "sequence", "note")
    return list(event.occurrences.order_by("planned_on", "pk").values_list(*fields))


def on(event: Event, day: date) -> EventOccurrence:
    return event.occurrences.get(planned_on=day)


def test_plan_of_a_monthly_event_makes_six_months_of_dates() -> None:
    event = plan(CAFE)

    assert [row.planned_on for row in dates(event)] == FIRST_THURSDAYS
    assert {row.starts_at.astimezone(PARIS).time() for row in dates(event)} == {time(18, 30)}
    assert {row.ends_at - row.starts_at for row in dates(event)} == {timedelta(hours=2)}
    assert {(row.state, row.sequence, row.is_moved) for row in dates(event)} == {("PLANNED", 0, False)}
    assert [row.starts_at.hour for row in dates(event)] == [17, 17, 17, 17, 16, 16], "UTC, across the clock change"


def test_plan_writes_what_the_page_says() -> None:
    loge = LogeFactory(active=True)
    terms = replace(
        WORKSHOP, theme="Couture", summary="Un ourlet", address="3 rue Haute", capacity=8, accessibility=["Rampe"]
    )

    event = plan(terms, loge=loge)

    event.refresh_from_db()
    assert event.loge == loge
    assert event.is_published
    for name in ("slug", "title", "theme", "summary", "address", "capacity", "accessibility", "starts_at_time"):
        assert getattr(event, name) == getattr(terms, name)


def test_plan_logs_the_birth_of_each_date() -> None:
    event = plan(CAFE)

    rows = TransitionLog.objects.filter(machine="EventOccurrence", transition="plan", to_state="PLANNED", at=NOW)
    assert sorted(rows.values_list("object_id", flat=True)) == sorted(row.pk for row in dates(event))


def test_plan_twice_changes_nothing() -> None:
    event = plan(CAFE)
    before = as_rows(event)

    again = plan(CAFE, event)

    assert again.pk == event.pk
    assert as_rows(event) == before
    assert TransitionLog.objects.count() == len(before)


def test_plan_later_only_adds_the_months_that_came_into_sight() -> None:
    event = plan(CAFE)
    before = as_rows(event)

    plan(CAFE, event, now=LATER)

    assert as_rows(event)[: len(before)] == before
    assert [row.planned_on for row in dates(event)][len(before) :] == [date(2027, 6, 3), date(2027, 7, 1)]


def test_plan_ends_with_its_last_day_included() -> None:
    event = plan(replace(CAFE, until_on=date(2027, 2, 4)))

    assert [row.planned_on for row in dates(event)] == FIRST_THURSDAYS[:3]


def test_plan_of_a_single_date_beyond_the_horizon_is_planned() -> None:
    event = plan(replace(WORKSHOP, starts_on=date(2028, 3, 1)))

    assert [row.planned_on for row in dates(event)] == [date(2028, 3, 1)]


def test_plan_again_keeps_a_date_that_was_moved() -> None:
    event = plan(CAFE)
    events.move(
        by=None, occurrence=on(event, FIRST_THURSDAYS[1]), starts_at=datetime(2027, 1, 8, 18, tzinfo=UTC), now=NOW
    )
    before = as_rows(event)

    plan(CAFE, event)

    assert as_rows(event) == before


def test_plan_again_keeps_a_date_that_was_cancelled() -> None:
    event = plan(CAFE)
    by = coordinator_of(event.loge)
    events.cancel(by=by, occurrence=on(event, FIRST_THURSDAYS[1]), note="Neige", now=NOW)
    before = as_rows(event)

    plan(CAFE, event)

    assert as_rows(event) == before
    assert on(event, FIRST_THURSDAYS[1]).state == "CANCELLED"


def test_plan_with_another_hour_changes_every_date_but_those_moved_or_cancelled() -> None:
    event = plan(CAFE)
    moved, cancelled = on(event, FIRST_THURSDAYS[1]), on(event, FIRST_THURSDAYS[2])
    events.move(
        by=None, occurrence=moved, starts_at=datetime(2027, 1, 8, 18, tzinfo=UTC), note="Un jour plus tard", now=NOW
    )
    events.cancel(by=coordinator_of(event.loge), occurrence=cancelled, note="Travaux", now=NOW)
    untouchable = [row for row in as_rows(event) if row[0] in {moved.pk, cancelled.pk}]

    plan(replace(CAFE, starts_at_time=time(20)), event)

    rows = as_rows(event)
    assert [row for row in rows if row[0] in {moved.pk, cancelled.pk}] == untouchable
    others = [row for row in dates(event) if row.pk not in {moved.pk, cancelled.pk}]
    assert {row.starts_at.astimezone(PARIS).time() for row in others} == {time(20)}
    assert {row.sequence for row in others} == {1}
    assert [row.planned_on for row in dates(event)] == FIRST_THURSDAYS


def test_plan_with_another_length_moves_the_end_and_counts_up() -> None:
    event = plan(WORKSHOP)

    plan(replace(WORKSHOP, duration_minutes=45), event)

    (row,) = dates(event)
    assert row.ends_at - row.starts_at == timedelta(minutes=45)
    assert row.sequence == 1


def test_plan_with_another_title_does_not_count_up() -> None:
    event = plan(CAFE)

    plan(replace(CAFE, title="Apéro du plateau"), event)

    assert {row.sequence for row in dates(event)} == {0}
    event.refresh_from_db()
    assert event.title == "Apéro du plateau"


def test_plan_with_another_rule_takes_away_only_future_dates_that_nobody_touched() -> None:
    event = plan(CAFE)
    by = coordinator_of(event.loge)
    past, moved, cancelled, full = (on(event, FIRST_THURSDAYS[index]) for index in (0, 2, 3, 4))
    events.move(by=by, occurrence=moved, starts_at=datetime(2027, 2, 5, 18, tzinfo=UTC), now=NOW)
    events.cancel(by=by, occurrence=cancelled, note="Congés", now=NOW)
    EventOccurrence.objects.filter(pk=full.pk).update(state="FULL")
    second_thursdays = [date(2027, 2, 11), date(2027, 3, 11), date(2027, 4, 8), date(2027, 5, 13)]

    plan(replace(CAFE, recurrence="FREQ=MONTHLY;BYDAY=2TH"), event, now=LATER)

    found = {row.planned_on: row.pk for row in dates(event)}
    kept = {FIRST_THURSDAYS[0]: past.pk, FIRST_THURSDAYS[2]: moved.pk, FIRST_THURSDAYS[3]: cancelled.pk}
    assert kept.items() <= found.items()
    assert found[FIRST_THURSDAYS[4]] == full.pk, "people are expected there"
    assert FIRST_THURSDAYS[1] in found, "it was three weeks ago"
    assert FIRST_THURSDAYS[5] not in found
    assert set(second_thursdays) <= found.keys()
    assert date(2027, 1, 14) not in found, "a rule makes no date in the past"


def test_plan_with_another_hour_never_touches_a_past_date() -> None:
    event = plan(CAFE)
    before = [row for row in as_rows(event) if row[2] <= LATER]

    plan(replace(CAFE, starts_at_time=time(9), duration_minutes=30), event, now=LATER)

    assert len(before) == 2
    assert [row for row in as_rows(event) if row[2] <= LATER] == before


def test_plan_of_an_event_that_began_long_ago_adds_no_past_date_when_published_again() -> None:
    event = EventFactory(recurrence=CAFE.recurrence)

    plan(replace(CAFE, starts_on=date(2025, 1, 2)), event)

    assert [row.planned_on for row in dates(event)] == FIRST_THURSDAYS


def test_plan_with_an_earlier_end_takes_the_dates_beyond_away() -> None:
    event = plan(CAFE)

    plan(replace(CAFE, until_on=date(2027, 1, 31)), event)

    assert [row.planned_on for row in dates(event)] == FIRST_THURSDAYS[:2]


def test_foresee_tells_what_plan_will_make_and_writes_nothing() -> None:
    event = plan(CAFE)
    by = coordinator_of(event.loge)
    events.move(
        by=by, occurrence=on(event, FIRST_THURSDAYS[2]), starts_at=datetime(2027, 2, 5, 18, tzinfo=UTC), now=NOW
    )
    events.cancel(by=by, occurrence=on(event, FIRST_THURSDAYS[3]), note="Congés", now=NOW)
    before, terms = as_rows(event), replace(CAFE, recurrence="FREQ=MONTHLY;BYDAY=2TH", starts_at_time=time(9))
    event.recurrence, event.starts_at_time = terms.recurrence, terms.starts_at_time

    found = [(row.planned_on, row.starts_at, row.state, row.is_moved) for row in events.foresee(event, now=LATER)]

    assert as_rows(event) == before
    plan(terms, event, now=LATER)
    made = event.occurrences.order_by("starts_at", "planned_on")
    assert found == list(made.values_list("planned_on", "starts_at", "state", "is_moved"))


def test_foresee_of_a_new_event_tells_all_its_dates() -> None:
    fields = {name: getattr(CAFE, name) for name in ("starts_on", "starts_at_time", "duration_minutes", "recurrence")}

    found = events.foresee(Event(**fields), now=LATER)

    assert [row.planned_on for row in found][:6] == FIRST_THURSDAYS, "also those that are past"


def test_plan_of_a_single_date_that_changes_keeps_its_identity() -> None:
    event = plan(WORKSHOP)
    (before,) = dates(event)

    plan(replace(WORKSHOP, starts_on=date(2026, 12, 19), starts_at_time=time(10)), event)

    (after,) = dates(event)
    assert after.pk == before.pk
    assert after.planned_on == date(2026, 12, 19)
    assert after.starts_at == datetime(2026, 12, 19, 9, 0, tzinfo=UTC)
    assert after.sequence == 1


def test_plan_of_a_single_date_moved_by_hand_stays_until_the_page_says_another_day() -> None:
    event = plan(WORKSHOP)
    events.move(by=None, occurrence=dates(event)[0], starts_at=datetime(2026, 12, 13, 9, tzinfo=UTC), now=NOW)
    moved = as_rows(event)

    plan(replace(WORKSHOP, title="Un autre titre"), event)
    assert as_rows(event) == moved

    plan(replace(WORKSHOP, starts_on=date(2026, 12, 20)), event)

    (row,) = dates(event)
    assert (row.pk, row.planned_on, row.is_moved, row.sequence) == (moved[0][0], date(2026, 12, 20), False, 2)


@pytest.mark.parametrize("state", ["HELD", "CANCELLED"])
def test_plan_of_a_single_date_that_is_over_makes_a_new_one(state: str) -> None:
    event = plan(WORKSHOP)
    event.occurrences.update(state=state)
    (over,) = as_rows(event)

    plan(replace(WORKSHOP, starts_on=date(2027, 3, 13)), event, now=LATER)

    first, second = as_rows(event)
    assert first == over
    assert second[1] == date(2027, 3, 13)
    assert second[4] == "PLANNED"


def test_plan_of_a_single_event_that_becomes_monthly_keeps_its_first_date() -> None:
    event = plan(replace(CAFE, recurrence=""))
    (before,) = as_rows(event)

    plan(CAFE, event)

    assert as_rows(event)[0] == before
    assert [row.planned_on for row in dates(event)] == FIRST_THURSDAYS


def test_plan_announces_speakers_in_their_order() -> None:
    loge = LogeFactory(active=True)
    expert = ExpertProfileFactory(loge=loge, published=True)
    speakers = [Speaker(resident_first_name="Nadia", topic="Le bail"), Speaker(expert=expert, topic="L'ourlet")]

    event = plan(replace(WORKSHOP, speakers=speakers), loge=loge)
    plan(replace(WORKSHOP, speakers=speakers[::-1]), event)

    found = event.speakers.order_by("position").values_list("expert", "resident_first_name", "topic")
    assert list(found) == [(expert.pk, "", "L'ourlet"), (None, "Nadia", "Le bail")]


def test_plan_with_a_speaker_of_another_loge_is_refused_and_nothing_changes() -> None:
    event = plan(WORKSHOP)
    stranger = ExpertProfileFactory(published=True)

    with pytest.raises(NotTheirExpert):
        plan(replace(WORKSHOP, title="Trahi", speakers=[Speaker(expert=stranger)]), event)

    event.refresh_from_db()
    assert event.title == WORKSHOP.title
    assert not EventSpeaker.objects.exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"recurrence": "FREQ=SECONDLY"}, NotARule),
        ({"recurrence": "FREQ=MONTHLY;BYMONTHDAY=32"}, NotARule),
        ({"duration_minutes": 0}, ValidationError),
        ({"duration_minutes": 60 * 24 * 15}, ValidationError),
        ({"title": ""}, ValidationError),
        ({"venue_kind": "STADIUM"}, ValidationError),
        ({"slug": "pas un slug"}, ValidationError),
        ({"capacity": -1}, ValidationError),
    ],
)
def test_plan_of_nonsense_is_refused_and_leaves_nothing(change: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        plan(replace(CAFE, **change))

    assert not Event.objects.exists()
    assert not EventOccurrence.objects.exists()


def test_plan_of_a_second_event_of_the_same_name_is_refused() -> None:
    loge = LogeFactory(active=True)
    plan(WORKSHOP, loge=loge)

    with pytest.raises(ValidationError):
        plan(WORKSHOP, loge=loge)

    assert plan(WORKSHOP, loge=LogeFactory(active=True)).slug == "atelier"


def test_plan_takes_the_name_of_a_withdrawn_event_and_leaves_that_one_its_history() -> None:
    loge = LogeFactory(active=True)
    before = plan(WORKSHOP, loge=loge)
    events.cancel(by=coordinator_of(loge), occurrence=before.occurrences.get(), note="Pluie", now=NOW)
    events.withdraw(by=None, event=before)

    anew = plan(WORKSHOP, loge=loge)

    before.refresh_from_db()
    assert (anew.slug, before.slug) == ("atelier", f"atelier-{before.pk}")
    assert [row.state for row in dates(anew)] == ["PLANNED"]
    assert [row.state for row in dates(before)] == ["CANCELLED"]


def test_plan_of_the_longest_name_takes_it_from_a_withdrawn_event() -> None:
    loge = LogeFactory(active=True)
    terms = replace(WORKSHOP, slug="a" * events.SLUG_LENGTH)
    before = plan(terms, loge=loge)
    events.withdraw(by=None, event=before)

    assert plan(terms, loge=loge).slug == terms.slug
    before.refresh_from_db()
    before.full_clean()


def test_plan_ahead_gives_dates_for_six_months_from_then() -> None:
    event, once, gone = plan(CAFE), plan(WORKSHOP), plan(replace(CAFE, slug="retire"))
    events.withdraw(by=None, event=gone)
    kept = {other.pk: as_rows(other) for other in (once, gone)}
    events.cancel(by=coordinator_of(event.loge), occurrence=on(event, FIRST_THURSDAYS[1]), note="Neige", now=NOW)
    before = as_rows(event)

    assert events.plan_ahead(now=LATER) == 1

    days = [row.planned_on for row in dates(event)]
    assert days == [*FIRST_THURSDAYS, date(2027, 6, 3), date(2027, 7, 1)]
    assert as_rows(event)[: len(before)] == before
    assert {other.pk: as_rows(other) for other in (once, gone)} == kept
    assert events.plan_ahead(now=LATER) == 1
    assert [row.planned_on for row in dates(event)] == days


def test_plan_is_for_coordinators_of_the_loge() -> None:
    loge, other = LogeFactory(active=True), LogeFactory(active=True)

    for stranger in (PersonFactory(), coordinator_of(other), PersonFactory(team=True)):
        with pytest.raises(NotAllowed):
            events.plan(by=stranger, loge=loge, event=None, terms=CAFE, now=NOW)
    event = events.plan(by=coordinator_of(loge), loge=loge, event=None, terms=CAFE, now=NOW)

    assert event.occurrences.count() == 6


def test_plan_of_a_withdrawn_event_puts_it_back() -> None:
    event = plan(CAFE)
    events.withdraw(by=None, event=event)

    plan(CAFE, event)

    event.refresh_from_db()
    assert event.is_published


def test_withdraw_keeps_the_dates() -> None:
    event = plan(CAFE)
    before = as_rows(event)

    events.withdraw(by=coordinator_of(event.loge), event=event)

    event.refresh_from_db()
    assert not event.is_published
    assert as_rows(event) == before


def test_withdraw_by_a_coordinator_of_another_loge_is_refused() -> None:
    event = plan(CAFE)

    with pytest.raises(NotAllowed):
        events.withdraw(by=coordinator_of(LogeFactory(active=True)), event=event)

    event.refresh_from_db()
    assert event.is_published


def test_move_keeps_the_length_and_the_planned_day_and_counts_up() -> None:
    event = plan(CAFE)
    occurrence = on(event, FIRST_THURSDAYS[0])
    to = datetime(2026, 12, 4, 19, 0, tzinfo=PARIS)

    events.move(by=coordinator_of(event.loge), occurrence=occurrence, starts_at=to, note="Grève", now=NOW)
    events.move(by=None, occurrence=occurrence, starts_at=to, note="Grève, toujours", now=NOW)

    occurrence.refresh_from_db()
    assert occurrence.starts_at == to
    assert occurrence.ends_at == to + timedelta(hours=2)
    assert (occurrence.planned_on, occurrence.is_moved, occurrence.sequence, occurrence.note) == (
        FIRST_THURSDAYS[0],
        True,
        2,
        "Grève, toujours",
    )
    assert {row.sequence for row in dates(event)[1:]} == {0}, "the other dates stay"


@pytest.mark.parametrize(
    "to",
    [
        NOW,
        datetime(2026, 12, 3, 17, 30, tzinfo=UTC),
        datetime(2101, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 22, 30, tzinfo=UTC),
    ],
    ids=["past", "the same", "beyond 2100", "the end of time"],
)
def test_move_to_a_moment_that_makes_no_sense_is_refused(to: datetime) -> None:
    event = plan(CAFE)
    before = as_rows(event)

    with pytest.raises(ValidationError, match="starts_at"):
        events.move(by=None, occurrence=on(event, FIRST_THURSDAYS[0]), starts_at=to, now=NOW)

    assert as_rows(event) == before


def test_move_onto_another_date_of_the_event_is_refused_unless_that_one_is_cancelled() -> None:
    event = plan(CAFE)
    first, second = on(event, FIRST_THURSDAYS[0]), on(event, FIRST_THURSDAYS[1])

    with pytest.raises(ValidationError, match="déjà une date à ce moment-là"):
        events.move(by=None, occurrence=first, starts_at=second.starts_at, now=NOW)
    events.cancel(by=coordinator_of(event.loge), occurrence=second, note="Grève", now=NOW)

    assert events.move(by=None, occurrence=first, starts_at=second.starts_at, now=NOW).is_moved


def test_move_by_a_stranger_is_refused() -> None:
    occurrence = EventOccurrenceFactory()
    before = occurrence.starts_at

    with pytest.raises(NotAllowed):
        events.move(by=coordinator_of(LogeFactory(active=True)), occurrence=occurrence, starts_at=NOW, now=NOW)

    occurrence.refresh_from_db()
    assert occurrence.starts_at == before


def test_cancel_says_why_and_counts_up() -> None:
    occurrence = EventOccurrenceFactory()
    by = coordinator_of(occurrence.event.loge)

    events.cancel(by=by, occurrence=occurrence, note="Orage annoncé", now=NOW)

    occurrence.refresh_from_db()
    assert (occurrence.state, occurrence.sequence) == ("CANCELLED", 1)
    row = TransitionLog.objects.get(machine="EventOccurrence", object_id=occurrence.pk)
    assert (row.transition, row.note, row.actor) == ("cancel", "Orage annoncé", by)
    with pytest.raises(WrongState):
        events.cancel(by=by, occurrence=occurrence, note="Encore", now=NOW)


def test_close_past_holds_what_has_ended_and_nothing_else() -> None:
    ended = {
        state: EventOccurrenceFactory(state=state, starts_at=NOW - timedelta(hours=2), ends_at=NOW)
        for state in ("PLANNED", "FULL", "POSTPONED", "CANCELLED", "HELD")
    }
    under_way = EventOccurrenceFactory(starts_at=NOW - timedelta(hours=2), ends_at=NOW + timedelta(seconds=1))

    count = events.close_past(now=NOW)

    assert count == 2
    states = {name: EventOccurrence.objects.get(pk=row.pk).state for name, row in ended.items()}
    assert states == {
        "PLANNED": "HELD",
        "FULL": "HELD",
        "POSTPONED": "POSTPONED",
        "CANCELLED": "CANCELLED",
        "HELD": "HELD",
    }
    under_way.refresh_from_db()
    assert under_way.state == "PLANNED"
    assert TransitionLog.objects.filter(transition="close", actor=None, at=NOW).count() == 2
    assert events.close_past(now=NOW) == 0
