"""The life of a loge: made with its territory, staffed, opened, paused and closed, and what is rolled back."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.dispatch import Signal

from loges import permissions, queries, signals
from loges.actions import loges
from loges.actions.loges import (
    AccountClosed,
    AlreadyMember,
    EndNeeded,
    NotAMember,
    NotReady,
    Overlapping,
    TerritoryOutline,
)
from loges.geography import NotOnEarth
from loges.machines import LOGE, Actor
from loges.models import Loge, LogeMembership, LogeUserPermission, Person, Territory, TransitionLog
from loges.outlines import CORNERS, NotAPolygon, TooManyCorners
from loges.permissions import ROLES, NotAllowed
from tests.factories import (
    NOW,
    TODAY,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    PersonFactory,
    TerritoryFactory,
)
from tests.loges.cast import coordinator_of, team_member

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[2.37, 48.84], [2.39, 48.84], [2.39, 48.86], [2.37, 48.86], [2.37, 48.84]]],
}
HOURGLASS = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
ALIGRE = TerritoryOutline(48.849, 2.378, 900, postcodes=["75012"])


class Refusal(Exception):
    """A listener that fails."""


@contextmanager
def listening(signal: Signal, listener: Callable[..., Any]) -> Iterator[None]:
    signal.connect(listener, weak=False)
    try:
        yield
    finally:
        signal.disconnect(listener)


@contextmanager
def refusing(signal: Signal) -> Iterator[None]:
    """A room upstairs that fails when it hears the news."""

    def refuse(**kwargs: Any) -> None:
        raise Refusal

    with listening(signal, refuse):
        yield


def create(territory: TerritoryOutline = ALIGRE, **changes: Any) -> Loge:
    terms: dict[str, Any] = {
        "by": None,
        "slug": "paris-aligre",
        "name": "La loge d'Aligre",
        "city": "Paris",
        "neighbourhood": "Aligre",
        "territory": territory,
        "now": NOW,
    }
    return loges.create(**(terms | changes))


def ready_loge(**fields: Any) -> Loge:
    """A loge that may ask to open: drawn, staffed, its coordinator's charter signed."""
    loge = LogeFactory(**({"min_experts": 2} | fields))
    LogeMembershipFactory(coordinator=True, loge=loge, charter_signed_on=TODAY)
    ExpertProfileFactory.create_batch(2, loge=loge, published=True)
    return loge


def grants(person: Person, loge: Loge) -> set[str]:
    rows = LogeUserPermission.objects.filter(user=person, content_object=loge)
    return set(rows.values_list("permission__codename", flat=True))


def wheel(corners: int) -> dict[str, Any]:
    """A regular polygon near the middle of Paris."""
    angles = [2 * math.pi * number / corners for number in range(corners)]
    ring = [[2.3 + math.cos(angle) / 100, 48.8 + math.sin(angle) / 100] for angle in angles]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def again(person: Person) -> Person:
    """The same account as the next request reads it: rights are remembered on the instance."""
    return Person.objects.get(pk=person.pk)


# --- Birth -----------------------------------------------------------------------------------------------------


def test_create_makes_a_loge_in_preparation_with_its_territory() -> None:
    by = team_member()

    loge = create(by=by, also_called=["Beauvau"], min_experts=4)

    loge.refresh_from_db()
    assert (loge.state, loge.min_experts, loge.also_called, loge.created_at) == ("PREPARING", 4, ["Beauvau"], NOW)
    assert loge.opened_at is None
    assert (loge.territory.radius_meters, loge.territory.postcodes) == (900, ["75012"])
    assert loge.territory.south < 48.849 < loge.territory.north
    row = TransitionLog.objects.get(machine="Loge", object_id=loge.pk)
    assert (row.transition, row.from_state, row.to_state, row.actor, row.at) == ("create", "", "PREPARING", by, NOW)


def test_outline_with_as_many_corners_as_allowed_and_any_french_postcode_is_taken() -> None:
    drawn = TerritoryOutline(48.8, 2.3, 900, polygon=wheel(CORNERS), postcodes=["01000", "20000", "98000"])

    assert create(drawn).territory.postcodes == ["01000", "20000", "98000"]


@pytest.mark.parametrize("trait", [{"active": True}, {"paused": True}])
def test_territory_that_residents_know_stays_in_its_region(trait: dict[str, bool]) -> None:
    loge = LogeFactory(**trait)
    before = loge.territory
    swapped = TerritoryOutline(before.longitude, before.latitude, 900)

    with pytest.raises(ValidationError, match="la longitude vient avant la latitude") as refusal:
        loges.draw(by=None, loge=loge, territory=swapped, now=NOW)

    assert list(refusal.value.message_dict) == ["latitude"]
    with pytest.raises(ValidationError, match="de -90 à 90 degrés"):
        loges.draw(by=None, loge=loge, territory=TerritoryOutline(123, 2.3, 900), now=NOW)
    assert Territory.objects.get(loge=loge).latitude == before.latitude
    near = TerritoryOutline(before.latitude + 0.25, before.longitude, 900)
    assert loges.draw(by=None, loge=loge, territory=near, now=NOW).latitude == near.latitude


def test_territory_of_a_loge_in_preparation_may_be_put_right_from_afar() -> None:
    loge = LogeFactory()

    assert loges.draw(by=None, loge=loge, territory=TerritoryOutline(-10, 50, 900), now=NOW).latitude == -10


def test_create_without_a_territory_is_no_call() -> None:
    with pytest.raises(TypeError, match="territory"):
        loges.create(  # type: ignore[call-arg]
            by=None, slug="aligre", name="Aligre", city="Paris", neighbourhood="Aligre", now=NOW
        )


@pytest.mark.parametrize(
    ("outline", "errors"),
    [
        (TerritoryOutline(48.8, 2.3, 900, polygon=HOURGLASS), NotAPolygon),
        (TerritoryOutline(48.8, 2.3, 900, polygon={}), NotAPolygon),
        (TerritoryOutline(48.8, 2.3, 900, polygon="carré"), NotAPolygon),
        (TerritoryOutline(123, 2.3, 900), ValidationError),
        (TerritoryOutline(48.8, -181, 900), ValidationError),
        (TerritoryOutline(float("nan"), 2.3, 900), (ValidationError, NotOnEarth)),
        (TerritoryOutline(48.8, 2.3, 49), ValidationError),
        (TerritoryOutline(48.8, 2.3, 50_001), ValidationError),
        (TerritoryOutline(48.8, 2.3, -1), ValidationError),
        (TerritoryOutline(48.8, 2.3, 900, polygon=wheel(CORNERS + 1)), TooManyCorners),
        (TerritoryOutline(48.8, 2.3, 900, postcodes=["75012", "ABC"]), ValidationError),
        (TerritoryOutline(48.8, 2.3, 900, postcodes=["99999"]), ValidationError),
        (TerritoryOutline(48.8, 2.3, 900, postcodes=["00100"]), ValidationError),
        (TerritoryOutline(48.8, 2.3, 900, postcodes=[75012]), ValidationError),
        (TerritoryOutline(48.8, 2.3, 900, postcodes=["75012\n"]), ValidationError),
        (TerritoryOutline(48.8, 2.3, 900, postcodes=["75012"] * 51), ValidationError),
    ],
)
def test_create_with_a_bad_territory_leaves_nothing(outline: TerritoryOutline, errors: Any) -> None:
    with pytest.raises(errors):
        create(outline)

    assert not Loge.objects.exists()
    assert not Territory.objects.exists()
    assert not TransitionLog.objects.exists()


@pytest.mark.parametrize("field", ["slug", "name", "city", "neighbourhood"])
def test_create_without_a_word_is_refused(field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        create(**{field: ""})

    assert list(refusal.value.message_dict) == [field]


def test_create_of_a_slug_that_is_taken_is_refused() -> None:
    create()

    with pytest.raises(ValidationError) as refusal:
        create()

    assert list(refusal.value.message_dict) == ["slug"]


def test_create_is_rolled_back_with_a_listener_that_fails() -> None:
    with refusing(signals.loge_created), pytest.raises(Refusal):
        create()

    assert not Loge.objects.exists()
    assert not Territory.objects.exists()


def test_create_tells_when_the_loge_and_its_territory_are_there() -> None:
    seen: list[Any] = []

    def look(loge: Loge, by: Any, **kwargs: Any) -> None:
        seen.append((Territory.objects.get(loge=loge).radius_meters, by, loge.state))

    with listening(signals.loge_created, look):
        create()

    assert seen == [(900, None, "PREPARING")]


def test_draw_replaces_the_territory_and_its_box() -> None:
    loge = LogeFactory(active=True, territory__latitude=48.86, territory__longitude=2.4)
    before = loge.territory.pk

    loges.draw(by=team_member(), loge=loge, territory=TerritoryOutline(48.85, 2.38, 700, polygon=SQUARE), now=NOW)

    territory = Territory.objects.get(loge=loge)
    assert territory.pk == before
    assert (territory.south, territory.north, territory.west, territory.east) == (48.84, 48.86, 2.37, 2.39)
    assert loge.territory == territory


def test_draw_of_a_bad_outline_keeps_the_old_one() -> None:
    loge = LogeFactory(active=True, territory__latitude=48.86, territory__longitude=2.4)

    with pytest.raises(NotAPolygon):
        loges.draw(by=None, loge=loge, territory=TerritoryOutline(48.85, 2.38, 700, polygon=HOURGLASS), now=NOW)

    assert Territory.objects.get(loge=loge).radius_meters == 900


def test_draw_is_for_the_team() -> None:
    loge = LogeFactory(active=True)

    for stranger in (PersonFactory(), coordinator_of(loge), AnonymousUser()):
        with pytest.raises(NotAllowed):
            loges.draw(by=stranger, loge=loge, territory=ALIGRE, now=NOW)


# --- Team ------------------------------------------------------------------------------------------------------


def test_appoint_a_coordinator_gives_the_grants_on_that_loge_only() -> None:
    loge, other = LogeFactory(active=True), LogeFactory(active=True)
    person, by = PersonFactory(), team_member()

    membership = loges.appoint(
        by=by, loge=loge, person=person, role="COORDINATOR", quote="Je sais qui appeler.", now=NOW
    )

    assert (membership.starts_at, membership.ends_at, membership.granted_by) == (NOW, None, by)
    assert membership.quote == "Je sais qui appeler."
    assert grants(person, loge) == {"edit_content", "publish_content", "manage_experts", "propose_handbook"}
    assert grants(person, other) == set()
    assert permissions.may(again(person), "publish_content", loge)
    assert not permissions.may(again(person), "publish_content", other)


@pytest.mark.parametrize("role", ["EXPERT", "SUPPORTER"])
def test_appoint_somebody_without_rights_gives_none(role: str) -> None:
    loge, person = LogeFactory(active=True), PersonFactory()

    loges.appoint(by=None, loge=loge, person=person, role=role, now=NOW)

    assert grants(person, loge) == set()
    assert not person.groups.exists()


def test_appoint_twice_to_the_same_role_is_refused() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    loges.appoint(by=None, loge=loge, person=person, role="COORDINATOR", now=NOW)

    with pytest.raises(AlreadyMember):
        loges.appoint(by=None, loge=loge, person=person, role="COORDINATOR", now=LATER)

    assert loge.memberships.count() == 1
    assert loges.appoint(by=None, loge=loge, person=person, role="EXPERT", now=LATER).pk


def test_appoint_a_closed_account_is_refused() -> None:
    loge, person = LogeFactory(active=True), PersonFactory(is_active=False)

    with pytest.raises(AccountClosed):
        loges.appoint(by=None, loge=loge, person=person, role="COORDINATOR", now=NOW)

    assert not loge.memberships.exists()


@pytest.mark.parametrize("until_on", [NOW.date() - timedelta(days=1), date(1, 1, 1), date(2101, 1, 1), date.max])
def test_pause_until_a_day_that_makes_no_sense_is_refused(until_on: date) -> None:
    loge = LogeFactory(active=True)

    with pytest.raises(ValidationError, match="until_on"):
        loges.pause(by=coordinator_of(loge), loge=loge, message="Congés", until_on=until_on, now=NOW)

    loge.refresh_from_db()
    assert loge.state == "ACTIVE"


def test_appoint_is_for_the_team() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()

    for stranger in (PersonFactory(), coordinator_of(loge), person, AnonymousUser()):
        with pytest.raises(NotAllowed):
            loges.appoint(by=stranger, loge=loge, person=person, role="COORDINATOR", now=NOW)

    assert grants(person, loge) == set()


def test_appoint_is_rolled_back_with_a_listener_that_fails() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()

    with refusing(signals.member_appointed), pytest.raises(Refusal):
        loges.appoint(by=None, loge=loge, person=person, role="COORDINATOR", now=NOW)

    assert not LogeMembership.objects.exists()
    assert grants(person, loge) == set()


def test_dismiss_a_coordinator_takes_the_grants_away() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    loges.appoint(by=None, loge=loge, person=person, role="COORDINATOR", now=NOW)

    membership = loges.dismiss(by=team_member(), loge=loge, person=person, role="COORDINATOR", now=LATER)

    membership.refresh_from_db()
    assert membership.ends_at == LATER
    assert grants(person, loge) == set()
    assert not permissions.may(again(person), "edit_content", loge)
    assert not again(person).groups.exists()


def test_dismiss_from_one_of_two_loges_keeps_the_other() -> None:
    loge, other, person = LogeFactory(active=True), LogeFactory(active=True), PersonFactory()
    for place in (loge, other):
        loges.appoint(by=None, loge=place, person=person, role="COORDINATOR", now=NOW)

    loges.dismiss(by=None, loge=loge, person=person, role="COORDINATOR", now=LATER)

    assert not permissions.may(again(person), "edit_content", loge)
    assert permissions.may(again(person), "edit_content", other)
    assert again(person).groups.exists()


def test_dismiss_from_one_of_two_roles_keeps_the_grants_of_the_other() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    for role in ("COORDINATOR", "EXPERT"):
        loges.appoint(by=None, loge=loge, person=person, role=role, now=NOW)

    loges.dismiss(by=None, loge=loge, person=person, role="EXPERT", now=LATER)
    assert grants(person, loge) == {"edit_content", "publish_content", "manage_experts", "propose_handbook"}

    loges.appoint(by=None, loge=loge, person=person, role="EXPERT", now=LATER)
    loges.dismiss(by=None, loge=loge, person=person, role="COORDINATOR", now=LATER)

    assert grants(person, loge) == set()
    assert list(loge.memberships.filter(ends_at=None).values_list("role", flat=True)) == ["EXPERT"]


def test_dismiss_of_somebody_who_is_no_member_is_refused() -> None:
    loge = LogeFactory(active=True)
    former = LogeMembershipFactory(ended=True, loge=loge).person

    for person in (PersonFactory(), former):
        with pytest.raises(NotAMember):
            loges.dismiss(by=None, loge=loge, person=person, role="EXPERT", now=LATER)


def test_dismiss_is_for_the_team() -> None:
    loge = LogeFactory(active=True)
    person = coordinator_of(loge)

    for stranger in (person, PersonFactory(), coordinator_of(loge), AnonymousUser()):
        with pytest.raises(NotAllowed):
            loges.dismiss(by=stranger, loge=loge, person=person, role="COORDINATOR", now=LATER)

    assert grants(person, loge)


def test_dismiss_is_rolled_back_with_a_listener_that_fails() -> None:
    loge = LogeFactory(active=True)
    person = coordinator_of(loge)

    with refusing(signals.member_dismissed), pytest.raises(Refusal):
        loges.dismiss(by=None, loge=loge, person=person, role="COORDINATOR", now=LATER)

    assert loge.memberships.filter(person=person, ends_at=None).exists()
    assert grants(person, loge)


def test_appoint_again_after_a_dismissal_begins_a_new_membership() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    loges.appoint(by=None, loge=loge, person=person, role="COORDINATOR", now=NOW)
    loges.dismiss(by=None, loge=loge, person=person, role="COORDINATOR", now=LATER)

    loges.appoint(by=None, loge=loge, person=person, role="COORDINATOR", now=LATER)

    assert [row.ends_at for row in loge.memberships.order_by("pk")] == [LATER, None]
    assert permissions.may(again(person), "edit_content", loge)


def test_sign_charter_for_oneself() -> None:
    membership = LogeMembershipFactory(coordinator=True)

    loges.sign_charter(by=membership.person, membership=membership, on=date(2026, 3, 5))

    membership.refresh_from_db()
    assert membership.charter_signed_on == date(2026, 3, 5)


def test_sign_charter_for_another_is_refused() -> None:
    membership = LogeMembershipFactory(coordinator=True)

    for other in (PersonFactory(), team_member(), PersonFactory(superuser=True), AnonymousUser()):
        with pytest.raises(NotAllowed):
            loges.sign_charter(by=other, membership=membership, on=TODAY)

    membership.refresh_from_db()
    assert membership.charter_signed_on is None


# --- Opening, pausing, closing ---------------------------------------------------------------------------------


def test_request_opening_of_a_bare_loge_tells_all_that_is_missing() -> None:
    loge = LogeFactory(territory=None, min_experts=3)
    by = coordinator_of(loge)
    ExpertProfileFactory(loge=loge, published=True, latitude=45.77, longitude=4.83)
    ExpertProfileFactory(loge=loge, latitude=45.77, longitude=4.83)

    with pytest.raises(NotReady) as refusal:
        loges.request_opening(by=by, loge=loge, now=NOW)

    assert refusal.value.missing == [
        "Territoire dessiné",
        "Charte signée par le coordinateur",
        "3 profils publiés au moins (1 pour l'instant)",
    ]
    loge.refresh_from_db()
    assert loge.state == "PREPARING"


def test_request_opening_counts_neither_a_former_coordinator_nor_a_suspended_expert() -> None:
    loge = LogeFactory(min_experts=1)
    by = coordinator_of(loge)
    LogeMembershipFactory(coordinator=True, ended=True, loge=loge, charter_signed_on=TODAY)
    ExpertProfileFactory(loge=loge, suspended=True)
    ExpertProfileFactory(published=True)

    with pytest.raises(NotReady) as refusal:
        loges.request_opening(by=by, loge=loge, now=NOW)

    assert refusal.value.missing == [
        "Charte signée par le coordinateur",
        "1 profils publiés au moins (0 pour l'instant)",
    ]


def test_a_loge_opens_pauses_resumes_and_closes() -> None:
    loge = ready_loge()
    coordinator = loge.memberships.get(role="COORDINATOR").person
    team = team_member()

    loges.request_opening(by=coordinator, loge=loge, now=NOW)
    loges.send_back(by=team, loge=loge, missing="Il manque une date.", now=NOW)
    loges.request_opening(by=coordinator, loge=loge, now=NOW)
    loges.open(by=team, loge=loge, now=LATER)
    loge.refresh_from_db()
    assert (loge.state, loge.opened_at, loge.state_message) == ("ACTIVE", LATER, "")

    loges.pause(by=coordinator, loge=loge, message="De retour en août.", until_on=date(2026, 8, 1), now=LATER)
    loge.refresh_from_db()
    assert (loge.state, loge.state_message, loge.paused_until_on) == (
        "PAUSED",
        "De retour en août.",
        date(2026, 8, 1),
    )

    loges.resume(by=coordinator, loge=loge, now=LATER)
    loge.refresh_from_db()
    assert (loge.state, loge.state_message, loge.paused_until_on) == ("ACTIVE", "", None)

    loges.close(by=team, loge=loge, message="Merci à tous.", now=LATER)
    loge.refresh_from_db()
    assert (loge.state, loge.state_message) == ("CLOSED", "Merci à tous.")
    log = TransitionLog.objects.filter(machine="Loge", object_id=loge.pk).order_by("pk")
    assert list(log.values_list("transition", "from_state", "to_state", "actor", "note")) == [
        ("request_opening", "PREPARING", "PENDING_OPENING", coordinator.pk, ""),
        ("send_back", "PENDING_OPENING", "PREPARING", team.pk, "Il manque une date."),
        ("request_opening", "PREPARING", "PENDING_OPENING", coordinator.pk, ""),
        ("open", "PENDING_OPENING", "ACTIVE", team.pk, ""),
        ("pause", "ACTIVE", "PAUSED", coordinator.pk, ""),
        ("resume", "PAUSED", "ACTIVE", coordinator.pk, ""),
        ("close", "ACTIVE", "CLOSED", team.pk, ""),
    ]


# --- Room for the others ------------------------------------------------------------------------------------------

NEAR = TerritoryOutline(48.849, 2.382, 900)  # about 290 m east of ALIGRE


def neighbours(state: str = "ACTIVE") -> tuple[Loge, Loge]:
    """Aligre, in preparation, and another loge that shares most of its territory."""
    other = create(NEAR, slug="bastille", name="La loge de la Bastille", neighbourhood="Bastille")
    Loge.objects.filter(pk=other.pk).update(state=state, opened_at=NOW)
    return create(), other


@pytest.mark.parametrize(("state", "call"), [("PENDING_OPENING", loges.open), ("PAUSED", loges.resume)])
def test_loge_that_would_share_too_much_stays_shut(state: str, call: Any) -> None:
    loge, other = neighbours()
    Loge.objects.filter(pk=loge.pk).update(state=state)
    loge.refresh_from_db()

    with pytest.raises(Overlapping) as refusal:
        call(by=team_member(), loge=loge, now=LATER)

    (overlap,) = refusal.value.overlaps
    assert (overlap.loge, overlap.percent) == (other, 80)
    (told,) = refusal.value.messages
    assert "«\u00a0La loge de la Bastille\u00a0» est en partie le même\u00a0: 80\u00a0%" in told
    assert "10\u00a0% au plus" in told
    assert Loge.objects.get(pk=loge.pk).state == state
    assert not TransitionLog.objects.filter(object_id=loge.pk).exclude(transition="create").exists()


@pytest.mark.parametrize("state", sorted(LOGE.states.keys() - {"ACTIVE"}))
def test_loge_opens_beside_those_that_are_not_open(state: str) -> None:
    loge, _ = neighbours(state)
    Loge.objects.filter(pk=loge.pk).update(state="PENDING_OPENING")

    assert loges.open(by=team_member(), loge=Loge.objects.get(pk=loge.pk), now=LATER).state == "ACTIVE"


def test_share_that_is_allowed_is_a_setting(settings: Any) -> None:
    loge, _ = neighbours()
    Loge.objects.filter(pk=loge.pk).update(state="PENDING_OPENING")
    settings.TERRITORY_OVERLAP_PERCENT = 80

    assert loges.open(by=team_member(), loge=Loge.objects.get(pk=loge.pk), now=LATER).state == "ACTIVE"


def test_open_loge_is_not_drawn_onto_another() -> None:
    loge, other = neighbours()
    away = TerritoryOutline(NEAR.latitude + 0.1, NEAR.longitude, 900)
    loges.draw(by=team_member(), loge=other, territory=away, now=NOW)
    Loge.objects.filter(pk=loge.pk).update(state="ACTIVE", opened_at=NOW)

    with pytest.raises(Overlapping):
        loges.draw(by=team_member(), loge=other, territory=NEAR, now=NOW)

    assert Territory.objects.get(loge=other).latitude == away.latitude


def test_loge_in_preparation_is_drawn_anywhere_and_what_it_shares_is_known() -> None:
    loge, other = neighbours()

    drawn = loges.draw(by=team_member(), loge=loge, territory=NEAR, now=NOW)

    assert [(one.loge, one.percent) for one in queries.overlaps(drawn)] == [(other, 100)]


TRANSITIONS: dict[str, tuple[str, Callable[[Person, Loge], Loge]]] = {
    "request_opening": ("PREPARING", lambda by, loge: loges.request_opening(by=by, loge=loge, now=LATER)),
    "send_back": ("PENDING_OPENING", lambda by, loge: loges.send_back(by=by, loge=loge, missing="?", now=LATER)),
    "open": ("PENDING_OPENING", lambda by, loge: loges.open(by=by, loge=loge, now=LATER)),
    "pause": ("ACTIVE", lambda by, loge: loges.pause(by=by, loge=loge, message="", until_on=None, now=LATER)),
    "resume": ("PAUSED", lambda by, loge: loges.resume(by=by, loge=loge, now=LATER)),
    "close": ("ACTIVE", lambda by, loge: loges.close(by=by, loge=loge, message="", now=LATER)),
}


@pytest.mark.parametrize("signal", [signals.loge_changed, signals.experts_changed], ids=["loge", "experts"])
@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_is_rolled_back_with_a_listener_that_fails(name: str, signal: Signal) -> None:
    state, call = TRANSITIONS[name]
    loge = ready_loge(state=state, opened_at=NOW)
    by = loge.memberships.get(role="COORDINATOR").person if name == "request_opening" else team_member()

    with refusing(signal), pytest.raises(Refusal):
        call(by, loge)

    assert Loge.objects.get(pk=loge.pk).state == state
    assert not TransitionLog.objects.exists()


@pytest.mark.parametrize("name", TRANSITIONS)
def test_transition_tells_the_new_state_and_every_expert(name: str) -> None:
    state, call = TRANSITIONS[name]
    loge = ready_loge(state=state, opened_at=NOW)
    by = loge.memberships.get(role="COORDINATOR").person if name == "request_opening" else team_member()
    heard: list[Any] = []

    def hear_loge(loge: Loge, transition: str, by: Person, now: Any, **kwargs: Any) -> None:
        heard.append((Loge.objects.get(pk=loge.pk).state, transition, by, now))

    def hear_experts(ids: list[int], **kwargs: Any) -> None:
        heard.append(ids)

    with listening(signals.loge_changed, hear_loge), listening(signals.experts_changed, hear_experts):
        call(by, loge)

    experts = sorted(loge.experts.values_list("pk", flat=True))
    assert heard == [(Loge.objects.get(pk=loge.pk).state, name, by, LATER), experts]
    assert len(experts) == 2


def test_territory_keeps_its_box_in_step_when_saved() -> None:
    territory = TerritoryFactory(radius_meters=1_000)
    narrow = territory.north - territory.south

    territory.radius_meters = 2_000
    territory.save()

    assert territory.north - territory.south == pytest.approx(2 * narrow)


# --- Roles that end, and those that share -------------------------------------------------------------------------

SOON = NOW + timedelta(days=14)


def test_interim_leads_the_loge_until_their_last_day(settings: Any) -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    ill = coordinator_of(loge)

    loges.appoint(by=team_member(), loge=loge, person=person, role="INTERIM", until=SOON, now=NOW)

    for instant, is_in_charge in ((NOW, True), (SOON - timedelta(seconds=1), True), (SOON, False)):
        settings.CLOCK_STANDS_AT = instant
        assert permissions.may(again(person), "publish_content", loge) is is_in_charge
        assert permissions.scope(Loge.objects.all(), again(person), "edit_content").exists() is is_in_charge
        assert (Actor.COORDINATOR in permissions.actors(again(person), loge)) is is_in_charge
        assert permissions.has_grants(again(person)) is is_in_charge
        assert permissions.may(again(ill), "publish_content", loge)
        leading = [member.person for member in queries.coordinators([loge.pk])[loge.pk]]
        assert (person in leading) is is_in_charge


@pytest.mark.parametrize(
    ("role", "until"), [("INTERIM", None), ("HELPING_EXPERT", None), ("INTERIM", NOW), ("COORDINATOR", SOON)]
)
def test_appoint_without_the_end_that_a_role_has_is_refused(role: str, until: Any) -> None:
    loge, person = LogeFactory(active=True), PersonFactory()

    with pytest.raises(EndNeeded):
        loges.appoint(by=None, loge=loge, person=person, role=role, until=until, now=NOW)

    assert not loge.memberships.exists()


def test_dated_role_may_be_given_again_once_it_ended() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    loges.appoint(by=None, loge=loge, person=person, role="INTERIM", until=SOON, now=NOW)

    with pytest.raises(AlreadyMember):
        loges.appoint(by=None, loge=loge, person=person, role="INTERIM", until=SOON + timedelta(days=9), now=NOW)
    loges.appoint(by=None, loge=loge, person=person, role="INTERIM", until=SOON + timedelta(days=9), now=SOON)

    assert loge.memberships.count() == 2


def test_role_that_lasts_longest_keeps_its_grants(settings: Any) -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    loges.appoint(by=None, loge=loge, person=person, role="CO_COORDINATOR", now=NOW)
    loges.appoint(by=None, loge=loge, person=person, role="INTERIM", until=SOON, now=NOW)

    settings.CLOCK_STANDS_AT = SOON
    assert permissions.may(again(person), "edit_content", loge)
    assert not permissions.may(again(person), "publish_content", loge)

    settings.CLOCK_STANDS_AT = NOW
    loges.dismiss(by=None, loge=loge, person=person, role="CO_COORDINATOR", now=NOW)
    assert permissions.may(again(person), "edit_content", loge)

    settings.CLOCK_STANDS_AT = SOON
    assert not permissions.may(again(person), "edit_content", loge)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_role_brings_its_grants_and_no_others(role: str) -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    until = SOON if ROLES[role].is_dated else None

    loges.appoint(by=None, loge=loge, person=person, role=role, until=until, now=NOW)

    assert grants(person, loge) == ROLES[role].permissions
    assert again(person).groups.exists() is bool(ROLES[role].permissions)


def test_renew_grants_gives_roles_what_they_bring_by_now() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    loges.appoint(by=None, loge=loge, person=person, role="COORDINATOR", now=NOW)
    left = grants(person, loge)
    LogeUserPermission.objects.filter(permission__codename="propose_handbook").delete()

    loges.renew_grants(now=NOW)

    assert grants(person, loge) == left
