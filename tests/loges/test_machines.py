"""The state machines: sound tables, faults that are told, and actions that allow what the tables say, no more."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from loges import machines
from loges.actions import events, experts, loges, reviews
from loges.actions.transitions import WrongState
from loges.geography import Point
from loges.machines import EVENT_OCCURRENCE, EXPERT_PROFILE, LOGE, MACHINES, REVIEW, Actor, Machine, Transition
from loges.models import EventOccurrence, ExpertProfile, Loge, Review, TransitionLog
from loges.permissions import NotAllowed, Viewer
from tests.factories import (
    NOW,
    TODAY,
    EventOccurrenceFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    PersonFactory,
    ReviewFactory,
)
from tests.loges.cast import PERSONS, person_as

SOUND = Machine(
    name="Lamp",
    states={"OFF": "éteinte", "ON": "allumée", "BROKEN": "cassée"},
    initial="OFF",
    final=frozenset({"BROKEN"}),
    transitions=(
        Transition("make", (), "OFF", frozenset({Actor.TEAM})),
        Transition("light", ("OFF",), "ON", frozenset({Actor.RESIDENT})),
        Transition("put_out", ("ON",), "OFF", frozenset({Actor.RESIDENT})),
        Transition("drop", ("OFF", "ON"), "BROKEN", frozenset({Actor.RESIDENT})),
    ),
)


def with_transition(*more: Transition, without: Iterable[str] = ()) -> Machine:
    kept = tuple(transition for transition in SOUND.transitions if transition.name not in without)
    return replace(SOUND, transitions=kept + more)


def step(name: str, sources: str, target: str, *actors: Actor) -> Transition:
    return Transition(name, tuple(sources.split()), target, frozenset(actors))


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_table_of_the_domain_has_no_fault(machine: Machine) -> None:
    assert list(machine.faults()) == []


def test_tables_are_all_listed() -> None:
    written = [value.name for value in vars(machines).values() if isinstance(value, Machine)]

    assert sorted(machine.name for machine in MACHINES) == sorted(written)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_table_never_offers_two_ways_of_one_name(machine: Machine) -> None:
    ways = [(row.name, source) for row in machine.transitions for source in row.sources]

    assert len(ways) == len(set(ways))
    assert machine.final <= machine.states.keys()


def test_faults_of_a_sound_machine_are_none() -> None:
    assert list(SOUND.faults()) == []


def test_faults_tell_a_state_that_cannot_be_reached() -> None:
    broken = replace(SOUND, states={**SOUND.states, "LOST": "perdue"}, final=SOUND.final | {"LOST"})

    assert list(broken.faults()) == ["Lamp: LOST can't be reached"]


def test_faults_tell_states_that_only_reach_each_other() -> None:
    island = replace(
        with_transition(step("go", "HERE", "THERE", Actor.TEAM), step("back", "THERE", "HERE", Actor.TEAM)),
        states={**SOUND.states, "HERE": "ici", "THERE": "là"},
    )

    assert sorted(island.faults()) == ["Lamp: HERE can't be reached", "Lamp: THERE can't be reached"]


@pytest.mark.parametrize(("source", "target"), [("OFF", "NOWHERE"), ("OFF NOWHERE", "ON")])
def test_faults_tell_an_unknown_state(source: str, target: str) -> None:
    broken = with_transition(step("stray", source, target, Actor.TEAM))

    assert list(broken.faults()) == ["Lamp.stray: unknown state NOWHERE"]


def test_faults_tell_a_transition_that_nobody_may_do() -> None:
    broken = with_transition(step("polish", "ON", "ON"))

    assert list(broken.faults()) == ["Lamp.polish: nobody may do it"]


def test_faults_tell_a_way_out_of_a_final_state() -> None:
    broken = with_transition(step("repair", "BROKEN", "OFF", Actor.TEAM))

    assert list(broken.faults()) == ["Lamp.repair: leaves a final state"]


def test_faults_tell_a_dead_end() -> None:
    broken = replace(SOUND, final=frozenset())

    assert list(broken.faults()) == ["Lamp: BROKEN is a dead end but not final"]


@pytest.mark.parametrize(
    "broken",
    [
        with_transition(without=["make"]),
        with_transition(step("find", "", "OFF", Actor.TEAM)),
        with_transition(step("make", "", "ON", Actor.TEAM), without=["make"]),
    ],
    ids=["never made", "made in two ways", "made in another state"],
)
def test_faults_tell_a_machine_that_is_not_made_in_one_way(broken: Machine) -> None:
    assert "Lamp: exactly one transition must create it, in OFF" in list(broken.faults())


def test_available_names_what_one_may_do_in_the_order_of_the_table() -> None:
    assert LOGE.available("ACTIVE", frozenset({Actor.TEAM})) == ["pause", "close"]
    assert LOGE.available("ACTIVE", frozenset({Actor.COORDINATOR, Actor.RESIDENT})) == ["pause"]
    assert LOGE.available("ACTIVE", frozenset({Actor.RESIDENT})) == []
    assert LOGE.available("CLOSED", frozenset(Actor)) == []


def test_find_answers_only_what_leaves_the_state() -> None:
    found = SOUND.find("light", "OFF")

    assert found is not None
    assert found.target == "ON"
    assert SOUND.find("light", "ON") is None
    assert SOUND.find("make", "") is None
    assert SOUND.find("fly", "OFF") is None


# --- The actions against the tables ----------------------------------------------------------------------------

Call = Callable[[Viewer, Any], Any]

LOGE_CALLS: dict[str, Call] = {
    "request_opening": lambda by, loge: loges.request_opening(by=by, loge=loge, now=NOW),
    "send_back": lambda by, loge: loges.send_back(by=by, loge=loge, missing="Une date.", now=NOW),
    "open": lambda by, loge: loges.open(by=by, loge=loge, now=NOW),
    "pause": lambda by, loge: loges.pause(by=by, loge=loge, message="Congés", until_on=None, now=NOW),
    "resume": lambda by, loge: loges.resume(by=by, loge=loge, now=NOW),
    "close": lambda by, loge: loges.close(by=by, loge=loge, message="Merci.", now=NOW),
}
EXPERT_CALLS: dict[str, Call] = {
    "suggest": lambda by, expert: experts.suggest(by=by, expert=expert, headline="H", presentation="P", now=NOW),
    "agree": lambda by, expert: experts.agree(by=by, expert=expert, now=NOW),
    "amend": lambda by, expert: experts.amend(by=by, expert=expert, now=NOW),
    "take_back": lambda by, expert: experts.take_back(by=by, expert=expert, now=NOW),
    "submit": lambda by, expert: experts.submit(by=by, expert=expert, now=NOW),
    "publish": lambda by, expert: experts.publish(by=by, expert=expert, now=NOW),
    "pause": lambda by, expert: experts.pause(by=by, expert=expert, until_on=None, now=NOW),
    "resume": lambda by, expert: experts.resume(by=by, expert=expert, now=NOW),
    "suspend": lambda by, expert: experts.suspend(by=by, expert=expert, reason="Assurance périmée", now=NOW),
    "reinstate": lambda by, expert: experts.reinstate(by=by, expert=expert, now=NOW),
    "leave": lambda by, expert: experts.leave(by=by, expert=expert, now=NOW.replace(year=2027)),
}
REVIEW_CALLS: dict[str, Call] = {
    "reveal": lambda by, review: reviews.reveal(by=by, review=review, now=NOW),
    "report": lambda by, review: reviews.report(by=by, review=review, reason="Injurieux", now=NOW),
    "keep": lambda by, review: reviews.keep(by=by, review=review, reason="Vécu", now=NOW),
    "reject": lambda by, review: reviews.reject(by=by, review=review, reason="Faux", now=NOW),
}
OCCURRENCE_CALLS: dict[str, Call] = {
    "cancel": lambda by, occurrence: events.cancel(by=by, occurrence=occurrence, note="Orage", now=NOW),
}
NO_ACTION_YET = {
    "Review": {"withdraw"},
    "EventOccurrence": {"fill", "free_place", "postpone", "replan"},
}
"""Transitions that the tables promise and that no action offers yet."""

TIMED = {"EventOccurrence": {"close"}}
"""Transitions that a timer takes for many things at once."""


def make_loge(state: str) -> tuple[Loge, Loge, ExpertProfile | None]:
    """A loge that has what it needs to open."""
    loge = LogeFactory(state=state, opened_at=NOW, min_experts=0)
    LogeMembershipFactory(coordinator=True, loge=loge, charter_signed_on=TODAY)
    return loge, loge, None


def make_expert(state: str) -> tuple[ExpertProfile, Loge, ExpertProfile]:
    expert = ExpertProfileFactory(papers=True, state=state, published_at=NOW)
    return expert, expert.loge, expert


def make_review(state: str) -> tuple[Review, Loge, ExpertProfile]:
    review = ReviewFactory(state=state, published_at=NOW)
    return review, review.expert.loge, review.expert


def make_occurrence(state: str) -> tuple[EventOccurrence, Loge, None]:
    occurrence = EventOccurrenceFactory(state=state)
    return occurrence, occurrence.event.loge, None


TABLES: dict[str, tuple[Machine, dict[str, Call], Callable[[str], tuple[Any, Loge, ExpertProfile | None]]]] = {
    "Loge": (LOGE, LOGE_CALLS, make_loge),
    "ExpertProfile": (EXPERT_PROFILE, EXPERT_CALLS, make_expert),
    "Review": (REVIEW, REVIEW_CALLS, make_review),
    "EventOccurrence": (EVENT_OCCURRENCE, OCCURRENCE_CALLS, make_occurrence),
}


def cells(wanted: Callable[[Transition, str], bool]) -> list[Any]:
    """A row for each (machine, transition, state) whose transition an action offers."""
    return [
        pytest.param(name, row.name, state, id=f"{name}.{row.name} from {state}")
        for name, (machine, calls, _) in TABLES.items()
        for row in machine.transitions
        if row.name in calls
        for state in machine.states
        if wanted(row, state)
    ]


@pytest.mark.parametrize("name", TABLES)
def test_every_transition_has_an_action_or_is_known_to_lack_one(name: str) -> None:
    machine, calls, _ = TABLES[name]

    promised = {row.name for row in machine.transitions if row.sources}

    assert promised == calls.keys() | NO_ACTION_YET.get(name, set()) | TIMED.get(name, set())


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "transition", "state"), cells(lambda row, state: state in row.sources))
@pytest.mark.parametrize("actor", PERSONS)
def test_action_allows_those_whom_the_table_names(name: str, transition: str, state: str, actor: str) -> None:
    machine, calls, make = TABLES[name]
    rule = machine.find(transition, state)
    assert rule is not None
    thing, loge, expert = make(state)
    by = person_as(actor, loge, expert)
    # Somebody with an account is a resident, too, whatever else they are.
    may = bool(rule.actors & {actor, Actor.RESIDENT}) if actor not in {"SYSTEM", "VISITOR"} else actor in rule.actors

    if may:
        calls[transition](by, thing)
    else:
        with pytest.raises(NotAllowed):
            calls[transition](by, thing)

    thing.refresh_from_db()
    logged = TransitionLog.objects.filter(machine=name, object_id=thing.pk).values_list(
        "transition", "from_state", "to_state", "actor", "at__year"
    )
    person_id = getattr(by, "pk", None)
    year = 2027 if transition == "leave" else NOW.year
    assert thing.state == (rule.target if may else state)
    assert list(logged) == ([(transition, state, rule.target, person_id, year)] if may else [])


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "transition", "state"), cells(lambda row, state: state not in row.sources))
def test_action_refuses_a_state_that_the_table_does_not_name(name: str, transition: str, state: str) -> None:
    machine, calls, make = TABLES[name]
    rule = next(row for row in machine.transitions if row.name == transition)
    thing, loge, expert = make(state)
    by = person_as(sorted(rule.actors)[0], loge, expert)

    with pytest.raises(WrongState):
        calls[transition](by, thing)

    thing.refresh_from_db()
    assert thing.state == state
    assert not TransitionLog.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("actor", PERSONS)
def test_creating_a_loge_is_for_those_whom_the_table_names(actor: str) -> None:
    by = person_as(actor, LogeFactory(active=True))
    terms: dict[str, Any] = {
        "by": by,
        "slug": "aligre",
        "name": "Loge d'Aligre",
        "city": "Paris",
        "neighbourhood": "Aligre",
        "territory": loges.TerritoryOutline(48.849, 2.378, 900),
        "now": NOW,
    }

    if actor in {Actor.TEAM, Actor.SYSTEM}:
        assert loges.create(**terms).state == LOGE.initial
    else:
        with pytest.raises(NotAllowed):
            loges.create(**terms)
        assert not Loge.objects.filter(slug="aligre").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("actor", PERSONS)
def test_creating_an_expert_is_for_those_whom_the_table_names(actor: str) -> None:
    loge = LogeFactory(active=True)
    by = person_as(actor, loge)
    terms: dict[str, Any] = {
        "by": by,
        "loge": loge,
        "person": PersonFactory(),
        "slug": "samir",
        "headline": "Bricoleur patient",
        "presentation": "",
        "languages": ["fr"],
        "position": Point(45.77, 4.83),
        "now": NOW,
    }

    if actor in {Actor.COORDINATOR, Actor.SYSTEM}:
        assert experts.create(**terms).state == EXPERT_PROFILE.initial
    else:
        with pytest.raises(NotAllowed):
            experts.create(**terms)
        assert not ExpertProfile.objects.exists()


@pytest.mark.django_db
def test_transition_of_somebody_who_comes_second_is_refused() -> None:
    """Both read the loge while it waited; the row is read again under its lock before the second decides."""
    loge = LogeFactory(pending=True)
    seen_before = Loge.objects.get(pk=loge.pk)
    team = person_as(Actor.TEAM, loge)
    loges.open(by=team, loge=loge, now=NOW)

    with pytest.raises(WrongState):
        loges.send_back(by=team, loge=seen_before, missing="Une date.", now=NOW)

    loge.refresh_from_db()
    assert loge.state == "ACTIVE"


@pytest.mark.django_db
def test_transition_of_an_inactive_account_is_refused() -> None:
    loge = LogeFactory(pending=True)
    team = PersonFactory(team=True, is_active=False)

    with pytest.raises(NotAllowed):
        loges.open(by=team, loge=loge, now=NOW)


@pytest.mark.django_db
def test_transition_of_an_anonymous_is_logged_without_a_person() -> None:
    review = ReviewFactory(published=True)

    reviews.report(by=AnonymousUser(), review=review, reason="Injurieux", now=NOW)

    row = TransitionLog.objects.get()
    assert (row.actor, row.note, row.at) == (None, "Injurieux", NOW)
