"""Expert profiles: begun, written together, published with papers, paused, suspended and left."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from loges import queries, signals
from loges.actions import experts, loges
from loges.actions.experts import DatedWindow, NotPublishable, OfferTerms, WeeklyWindow
from loges.geography import Point
from loges.models import PRESENTATION_LENGTH, ExpertProfile, Loge, Offer, Person, TransitionLog, Verification
from loges.permissions import NotAllowed
from tests.factories import (
    NOW,
    TODAY,
    AvailabilityRuleFactory,
    BusinessIdentityFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    PersonFactory,
    ServiceFactory,
    VerificationFactory,
)
from tests.loges.cast import coordinator_of, team_member

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)


def create(loge: Loge, **changes: Any) -> ExpertProfile:
    terms: dict[str, Any] = {
        "by": coordinator_of(loge),
        "loge": loge,
        "slug": "samir",
        "headline": "Bricoleur patient",
        "presentation": "Je protège le sol.",
        "languages": ["fr", "ar"],
        "position": Point(45.7745, 4.8318),
        "now": NOW,
    }
    return experts.create(**({"person": PersonFactory()} | terms | changes))


# --- Begun -----------------------------------------------------------------------------------------------------


def test_create_begins_a_draft_and_makes_the_person_a_member() -> None:
    loge, person = LogeFactory(active=True), PersonFactory()
    by = coordinator_of(loge)

    expert = create(loge, by=by, person=person)

    expert.refresh_from_db()
    assert (expert.state, expert.created_at, expert.published_at) == ("DRAFT", NOW, None)
    assert (expert.latitude, expert.longitude) == (45.7745, 4.8318)
    membership = loge.memberships.get(person=person)
    assert (membership.role, membership.starts_at, membership.ends_at) == ("EXPERT", NOW, None)
    row = TransitionLog.objects.get(machine="ExpertProfile", object_id=expert.pk)
    assert (row.transition, row.to_state, row.actor, row.at) == ("create", "DRAFT", by, NOW)


def test_create_for_a_coordinator_adds_the_second_role() -> None:
    loge = LogeFactory(active=True)
    by = coordinator_of(loge)

    create(loge, by=by, person=by)

    assert set(loge.memberships.filter(person=by).values_list("role", flat=True)) == {"COORDINATOR", "EXPERT"}


def test_create_for_a_member_keeps_the_membership() -> None:
    membership = LogeMembershipFactory()

    create(membership.loge, person=membership.person)

    assert list(membership.loge.memberships.filter(person=membership.person)) == [membership]


def test_create_a_second_profile_of_one_person_is_refused() -> None:
    expert = ExpertProfileFactory()

    with pytest.raises(ValidationError) as refusal:
        create(LogeFactory(active=True), person=expert.person)

    assert refusal.value.messages == ["Cette personne a déjà un profil dans une loge."]


@pytest.mark.parametrize(("field", "value"), [("slug", "pas un slug"), ("slug", ""), ("headline", "")])
def test_create_with_a_bad_field_leaves_nothing(field: str, value: str) -> None:
    loge = LogeFactory(active=True)

    with pytest.raises(ValidationError) as refusal:
        create(loge, **{field: value})

    assert list(refusal.value.message_dict) == [field]
    assert not ExpertProfile.objects.exists()
    assert not loge.memberships.filter(role="EXPERT").exists()


def test_create_by_a_coordinator_of_another_loge_is_refused() -> None:
    loge = LogeFactory(active=True)

    for stranger in (coordinator_of(LogeFactory(active=True)), PersonFactory(), AnonymousUser()):
        with pytest.raises(NotAllowed):
            create(loge, by=stranger)


# --- Written ---------------------------------------------------------------------------------------------------


def test_edit_by_the_expert_and_the_coordinator() -> None:
    expert = ExpertProfileFactory(published=True)

    experts.edit(by=expert.person, expert=expert, changes={"headline": "Un"})
    experts.edit(by=coordinator_of(expert.loge), expert=expert, changes={"presentation": "Deux", "latitude": 45.0})

    expert.refresh_from_db()
    assert (expert.headline, expert.presentation, expert.latitude) == ("Un", "Deux", 45.0)


def test_edit_by_others_is_refused() -> None:
    expert = ExpertProfileFactory(published=True)
    colleague = ExpertProfileFactory(loge=expert.loge, published=True).person
    strangers = [colleague, PersonFactory(), PersonFactory(team=True), AnonymousUser()]

    for stranger in [*strangers, coordinator_of(LogeFactory(active=True))]:
        with pytest.raises(NotAllowed):
            experts.edit(by=stranger, expert=expert, changes={"headline": "Volé"})

    expert.refresh_from_db()
    assert expert.headline != "Volé"


@pytest.mark.parametrize("field", ["state", "person", "loge", "slug", "rating_sum", "published_at", "id"])
def test_edit_of_what_is_not_editable_is_refused(field: str) -> None:
    expert = ExpertProfileFactory()

    with pytest.raises(ValueError, match=field):
        experts.edit(by=expert.person, expert=expert, changes={"headline": "Volé", field: "PUBLISHED"})

    expert.refresh_from_db()
    assert (expert.state, expert.headline) == ("DRAFT", "Un coup de main entre voisins")


@pytest.mark.parametrize(
    "changes", [{"headline": ""}, {"headline": "x" * 121}, {"latitude": 123}, {"longitude": None}]
)
def test_edit_with_a_bad_value_is_refused(changes: dict[str, Any]) -> None:
    expert = ExpertProfileFactory()
    before = ExpertProfile.objects.values().get(pk=expert.pk)

    with pytest.raises(ValidationError):
        experts.edit(by=expert.person, expert=expert, changes=changes)

    assert ExpertProfile.objects.values().get(pk=expert.pk) == before


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """An outline with four corners."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


AREA = box(4.82, 45.76, 4.84, 45.78)
"""Around the loge of the factory."""


def test_area_is_drawn_changed_and_taken_back() -> None:
    expert = ExpertProfileFactory(published=True)
    assert expert.reach == expert.loge.territory.shape

    experts.edit(by=expert.person, expert=expert, changes={"area": AREA})
    expert.refresh_from_db()
    assert expert.reach.polygon == AREA
    assert (expert.area_south, expert.area_north, expert.area_west, expert.area_east) == (45.76, 45.78, 4.82, 4.84)
    assert queries.experts_coming_to(Point(45.77, 4.83)) == [expert.pk]

    experts.edit(by=expert.person, expert=expert, changes={"area": None})
    expert.refresh_from_db()
    assert (expert.area, expert.area_south) == (None, None)
    assert expert.reach == expert.loge.territory.shape


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("carré", "Ce n'est pas un contour"),
        ({}, "Ce n'est pas un contour"),
        ({"type": "Point", "coordinates": [4.83, 45.77]}, "Ce n'est pas un contour"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "Ce n'est pas un contour"),
        ({"type": "Polygon", "coordinates": [[[4.83, 45.77]] * 502]}, "500 coins au plus"),
        (box(2.3, 48.8, 2.4, 48.9), "à plus de 30 km du territoire de la loge"),
        (box(5.24, 45.7, 5.3, 45.8), "à plus de 30 km du territoire de la loge"),
    ],
)
def test_area_that_makes_no_sense_is_refused_and_the_old_one_stays(area: Any, told: str) -> None:
    expert = ExpertProfileFactory(published=True)
    experts.edit(by=expert.person, expert=expert, changes={"area": AREA})

    with pytest.raises(ValidationError) as refusal:
        experts.edit(by=expert.person, expert=expert, changes={"area": area})

    assert told in refusal.value.message_dict["area"][0].replace("\u00a0", " ")
    assert ExpertProfile.objects.get(pk=expert.pk).area == AREA


def test_area_that_begins_within_thirty_kilometres_is_taken() -> None:
    expert = ExpertProfileFactory(published=True)

    experts.edit(by=expert.person, expert=expert, changes={"area": box(5.22, 45.7, 5.3, 45.8)})

    assert ExpertProfile.objects.get(pk=expert.pk).area_west == 5.22


def test_experts_come_where_their_area_covers_the_point_or_ends() -> None:
    hole = {
        "type": "Polygon",
        "coordinates": [*AREA["coordinates"], *box(4.825, 45.765, 4.835, 45.775)["coordinates"]],
    }
    whole, ring = ExpertProfileFactory(published=True, area=AREA), ExpertProfileFactory(published=True, area=hole)
    ExpertProfileFactory(published=True)
    ExpertProfileFactory(paused=True, area=AREA)

    def coming(latitude: float, longitude: float) -> list[int]:
        return queries.experts_coming_to(Point(latitude, longitude))

    assert coming(45.77, 4.83) == [whole.pk]
    assert coming(45.762, 4.83) == coming(45.78, 4.82) == coming(45.775, 4.83) == [whole.pk, ring.pk]
    assert coming(45.780_001, 4.82) == coming(48.8, 2.3) == []


def test_set_offers_replaces_them_and_keeps_the_identity_of_the_same_service() -> None:
    expert = ExpertProfileFactory(published=True)
    kept, gone = OfferFactory(expert=expert), OfferFactory(expert=expert)
    new = ServiceFactory()
    other = OfferFactory()

    experts.set_offers(
        by=expert.person,
        expert=expert,
        offers=[
            OfferTerms(new, "QUOTE", None, title="Sur mesure"),
            OfferTerms(kept.service, "VISIT", 4_000, minimum_minutes=30),
        ],
    )

    rows = Offer.objects.filter(expert=expert).order_by("position")
    assert [(row.service, row.unit, row.price_cents) for row in rows] == [
        (new, "QUOTE", None),
        (kept.service, "VISIT", 4_000),
    ]
    assert rows[1].pk == kept.pk
    assert rows[1].minimum_minutes == 30
    assert not Offer.objects.filter(pk=gone.pk).exists()
    assert Offer.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("unit", "cents"),
    [
        ("HOUR", None),
        ("HOUR", 0),
        ("HOUR", 1_000_001),
        ("QUOTE", 100),
        ("?", 1),
    ],
)
def test_set_offers_with_a_bad_price_keeps_the_old_ones(unit: str, cents: int | None) -> None:
    expert = ExpertProfileFactory()
    before = OfferFactory(expert=expert)

    with pytest.raises(ValidationError):
        experts.set_offers(by=expert.person, expert=expert, offers=[OfferTerms(ServiceFactory(), unit, cents)])

    assert list(Offer.objects.filter(expert=expert)) == [before]


def test_set_offers_of_somebody_else_is_refused() -> None:
    expert = ExpertProfileFactory()
    OfferFactory(expert=expert)

    with pytest.raises(NotAllowed):
        experts.set_offers(by=PersonFactory(), expert=expert, offers=[])

    assert Offer.objects.filter(expert=expert).count() == 1


def test_set_availability_replaces_it() -> None:
    expert = ExpertProfileFactory()
    AvailabilityRuleFactory(expert=expert)
    elsewhere = AvailabilityRuleFactory()

    experts.set_availability(
        by=expert.person,
        expert=expert,
        weekly=[WeeklyWindow(3, time(14), time(18)), WeeklyWindow(5, time(9), time(12))],
        dated=[DatedWindow(date(2026, 12, 24), time(9), time(12), is_open=True)],
    )

    weekly = expert.availability_rules.order_by("weekday").values_list("weekday", "starts", "ends")
    dated = expert.availability_exceptions.values_list("on", "starts", "ends", "is_open")
    assert list(weekly) == [(3, time(14), time(18)), (5, time(9), time(12))]
    assert list(dated) == [(date(2026, 12, 24), time(9), time(12), True)]
    elsewhere.refresh_from_db()


@pytest.mark.parametrize("window", [WeeklyWindow(7, time(9), time(12)), WeeklyWindow(0, time(12), time(12))])
def test_set_availability_with_a_bad_window_keeps_the_old_one(window: WeeklyWindow) -> None:
    expert = ExpertProfileFactory()
    before = AvailabilityRuleFactory(expert=expert)

    with pytest.raises(ValidationError):
        experts.set_availability(by=expert.person, expert=expert, weekly=[window], dated=[])

    assert list(expert.availability_rules.all()) == [before]


def test_verify_writes_who_checked_and_a_newer_check_replaces_it() -> None:
    expert = ExpertProfileFactory()
    by = coordinator_of(expert.loge)
    terms: dict[str, Any] = {"by": by, "expert": expert, "kind": "INSURED", "checker_role": "COORDINATOR"}

    first = experts.verify(**terms, checked_on=date(2026, 1, 10), expires_on=date(2026, 12, 31), now=NOW)
    second = experts.verify(**terms, checked_on=date(2026, 2, 10), expires_on=date(2027, 1, 31), now=NOW)

    row = Verification.objects.get(expert=expert)
    assert first.pk == second.pk == row.pk
    assert (row.checked_on, row.expires_on, row.checked_by, row.checker_role) == (
        date(2026, 2, 10),
        date(2027, 1, 31),
        by,
        "COORDINATOR",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "HONEST"},
        {"checker_role": "NOBODY"},
        {"expires_on": TODAY - timedelta(days=1)},
        {"expires_on": None},
        {"expires_on": date(2101, 1, 1)},
        {"checked_on": TODAY + timedelta(days=1)},
        {"checked_on": date(1999, 12, 31)},
        {"checked_on": date(1, 1, 1)},
    ],
)
def test_verify_of_nonsense_is_refused(change: dict[str, Any]) -> None:
    expert = ExpertProfileFactory()
    terms = {"kind": "INSURED", "checker_role": "COORDINATOR", "checked_on": TODAY, "expires_on": date(2027, 1, 1)}

    with pytest.raises(ValidationError):
        experts.verify(by=coordinator_of(expert.loge), expert=expert, now=NOW, **(terms | change))

    assert not Verification.objects.exists()


def test_verify_oneself_is_refused() -> None:
    expert = ExpertProfileFactory()

    with pytest.raises(NotAllowed):
        experts.verify(
            by=expert.person, expert=expert, kind="DIPLOMA", checker_role="EXPERT", checked_on=TODAY, now=NOW
        )


@pytest.mark.parametrize("action", [experts.edit, experts.suggest])
def test_presentation_has_an_end(action: Any) -> None:
    expert = ExpertProfileFactory(presentation="Avant")
    by, long = coordinator_of(expert.loge), {"headline": "Couture", "presentation": "x" * (PRESENTATION_LENGTH + 1)}
    said: dict[str, Any] = {"changes": long} if action is experts.edit else {**long, "now": NOW}

    with pytest.raises(ValidationError, match="5000 caractères au plus"):
        action(by=by, expert=expert, **said)

    expert.refresh_from_db()
    assert (expert.state, expert.presentation) == ("DRAFT", "Avant")


# --- Published, paused, suspended, left ------------------------------------------------------------------------


def test_publish_without_papers_tells_all_that_is_missing() -> None:
    expert = ExpertProfileFactory(submitted=True)

    with pytest.raises(NotPublishable) as refusal:
        experts.publish(by=coordinator_of(expert.loge), expert=expert, now=NOW)

    assert refusal.value.missing == [
        "La charte n'est pas signée.",
        "Le profil n'a pas encore d'offre.",
        "Le statut professionnel n'est pas renseigné.",
    ]
    expert.refresh_from_db()
    assert expert.state == "AWAITING_COORDINATOR"


@pytest.mark.parametrize("missing", ["charte", "offre", "statut"])
def test_publish_without_one_paper_tells_which(missing: str) -> None:
    expert = ExpertProfileFactory(submitted=True)
    VerificationFactory(expert=expert, kind="MET" if missing == "charte" else "CHARTER")
    OfferFactory(**({} if missing == "offre" else {"expert": expert}))
    BusinessIdentityFactory(**({} if missing == "statut" else {"person": expert.person}))

    with pytest.raises(NotPublishable, match=missing) as refusal:
        experts.publish(by=coordinator_of(expert.loge), expert=expert, now=NOW)

    assert len(refusal.value.missing) == 1


def test_publish_dates_the_profile_and_shows_it() -> None:
    expert = ExpertProfileFactory(submitted=True, papers=True)
    assert not queries.experts(None).filter(pk=expert.pk).exists()

    experts.publish(by=coordinator_of(expert.loge), expert=expert, now=LATER)

    expert.refresh_from_db()
    assert (expert.state, expert.published_at) == ("PUBLISHED", LATER)
    assert queries.experts(None).filter(pk=expert.pk).exists()


def test_words_go_back_and_forth_until_the_expert_agrees() -> None:
    expert = ExpertProfileFactory(papers=True)
    coordinator = coordinator_of(expert.loge)

    experts.submit(by=expert.person, expert=expert, now=NOW)
    experts.suggest(by=coordinator, expert=expert, headline="Mieux dit", presentation="Autrement.", now=NOW)
    experts.amend(by=expert.person, expert=expert, now=NOW)
    experts.suggest(by=coordinator, expert=expert, headline="Bien dit", presentation="Ainsi.", now=NOW)
    experts.agree(by=expert.person, expert=expert, now=NOW)
    experts.publish(by=coordinator, expert=expert, now=NOW)

    expert.refresh_from_db()
    assert (expert.state, expert.headline, expert.presentation) == ("PUBLISHED", "Bien dit", "Ainsi.")
    log = TransitionLog.objects.filter(machine="ExpertProfile", object_id=expert.pk).order_by("pk")
    assert list(log.values_list("transition", "actor")) == [
        ("submit", expert.person.pk),
        ("suggest", coordinator.pk),
        ("amend", expert.person.pk),
        ("suggest", coordinator.pk),
        ("agree", expert.person.pk),
        ("publish", coordinator.pk),
    ]


def test_suggest_by_the_expert_changes_no_word() -> None:
    expert = ExpertProfileFactory()

    with pytest.raises(NotAllowed):
        experts.suggest(by=expert.person, expert=expert, headline="Volé", presentation="Volé", now=NOW)

    expert.refresh_from_db()
    assert expert.headline != "Volé"


@pytest.mark.parametrize("until_on", [TODAY - timedelta(days=1), date(1, 1, 1), date(2101, 1, 1), date.max])
def test_pause_until_a_day_that_makes_no_sense_is_refused(until_on: date) -> None:
    expert = ExpertProfileFactory(published=True)

    with pytest.raises(ValidationError, match="until_on"):
        experts.pause(by=expert.person, expert=expert, until_on=until_on, now=NOW)

    expert.refresh_from_db()
    assert expert.state == "PUBLISHED"


def test_pause_says_until_when_and_resume_forgets_it() -> None:
    expert = ExpertProfileFactory(published=True)

    experts.pause(by=expert.person, expert=expert, until_on=date(2026, 8, 31), now=NOW)
    expert.refresh_from_db()
    assert (expert.state, expert.vacation_until_on) == ("PAUSED", date(2026, 8, 31))

    experts.resume(by=expert.person, expert=expert, now=LATER)

    expert.refresh_from_db()
    assert (expert.state, expert.vacation_until_on) == ("PUBLISHED", None)


def test_suspend_keeps_the_reason() -> None:
    expert = ExpertProfileFactory(published=True)

    experts.suspend(by=None, expert=expert, reason="Assurance périmée", now=NOW)

    row = TransitionLog.objects.get(machine="ExpertProfile", object_id=expert.pk)
    assert (row.transition, row.note, row.actor) == ("suspend", "Assurance périmée", None)


@pytest.mark.parametrize(("suspended_by", "may"), [("coordinator", True), ("system", True), ("team", False)])
def test_reinstate_by_a_coordinator_lifts_no_suspension_of_the_team(suspended_by: str, may: bool) -> None:
    expert = ExpertProfileFactory(published=True)
    coordinator, team = coordinator_of(expert.loge), team_member()
    by = {"coordinator": coordinator, "team": team, "system": None}[suspended_by]
    experts.suspend(by=by, expert=expert, reason="À voir", now=NOW)

    if may:
        experts.reinstate(by=coordinator, expert=expert, now=LATER)
    else:
        with pytest.raises(NotAllowed):
            experts.reinstate(by=coordinator, expert=expert, now=LATER)
        experts.reinstate(by=team, expert=expert, now=LATER)

    expert.refresh_from_db()
    assert expert.state == "PUBLISHED"


def test_reinstate_looks_at_the_latest_suspension() -> None:
    expert = ExpertProfileFactory(published=True)
    coordinator, team = coordinator_of(expert.loge), team_member()
    experts.suspend(by=team, expert=expert, reason="Plainte", now=NOW)
    experts.reinstate(by=team, expert=expert, now=NOW)
    experts.suspend(by=coordinator, expert=expert, reason="Congés", now=NOW)

    experts.reinstate(by=coordinator, expert=expert, now=NOW)

    expert.refresh_from_db()
    assert expert.state == "PUBLISHED"


def test_leave_ends_the_membership_and_hides_the_profile() -> None:
    expert = ExpertProfileFactory(published=True)

    experts.leave(by=expert.person, expert=expert, now=LATER)

    expert.refresh_from_db()
    assert expert.state == "LEFT"
    assert expert.loge.memberships.get(person=expert.person).ends_at == LATER
    assert not queries.experts(None).exists()


def test_leave_as_expert_keeps_the_coordinator() -> None:
    expert = ExpertProfileFactory(published=True)
    LogeMembershipFactory(coordinator=True, loge=expert.loge, person=expert.person)

    experts.leave(by=expert.person, expert=expert, now=LATER)

    still = expert.loge.memberships.get(person=expert.person, ends_at=None)
    assert still.role == "COORDINATOR"


def test_leave_after_a_dismissal_still_takes_the_profile_down() -> None:
    expert = ExpertProfileFactory(published=True)
    loges.dismiss(by=None, loge=expert.loge, person=expert.person, role="EXPERT", now=NOW)

    experts.leave(by=expert.person, expert=expert, now=LATER)

    expert.refresh_from_db()
    assert expert.state == "LEFT"
    assert expert.loge.memberships.get(person=expert.person).ends_at == NOW


def changes_of(expert: ExpertProfile, by: Person) -> dict[str, Any]:
    coordinator = coordinator_of(expert.loge)
    return {
        "edit": lambda: experts.edit(by=by, expert=expert, changes={"headline": "Autre"}),
        "set_offers": lambda: experts.set_offers(by=by, expert=expert, offers=[]),
        "set_availability": lambda: experts.set_availability(by=by, expert=expert, weekly=[], dated=[]),
        "verify": lambda: experts.verify(
            by=coordinator, expert=expert, kind="MET", checker_role="COORDINATOR", checked_on=TODAY, now=NOW
        ),
        "pause": lambda: experts.pause(by=by, expert=expert, until_on=None, now=NOW),
        "suspend": lambda: experts.suspend(by=coordinator, expert=expert, reason="", now=NOW),
        "leave": lambda: experts.leave(by=by, expert=expert, now=LATER),
    }


@pytest.mark.parametrize("name", ["edit", "set_offers", "set_availability", "verify", "pause", "suspend", "leave"])
def test_change_of_an_expert_is_told_and_a_listener_that_fails_rolls_it_back(name: str) -> None:
    expert = ExpertProfileFactory(published=True, papers=True)
    AvailabilityRuleFactory(expert=expert)
    change = changes_of(expert, expert.person)[name]
    heard: list[Any] = []

    def picture() -> list[Any]:
        return [
            list(ExpertProfile.objects.values_list("state", "headline")),
            Offer.objects.count(),
            expert.availability_rules.count(),
            Verification.objects.count(),
            TransitionLog.objects.count(),
            expert.loge.memberships.filter(ends_at=None).count(),
        ]

    def refuse(ids: list[int], **kwargs: Any) -> None:
        heard.extend([ids, picture()])
        raise ConnectionError

    before = picture()
    signals.experts_changed.connect(refuse)
    try:
        with pytest.raises(ConnectionError):
            change()
    finally:
        signals.experts_changed.disconnect(refuse)

    assert heard[0] == [expert.pk]
    assert heard[1] != before, "the news comes after the write"
    assert picture() == before
