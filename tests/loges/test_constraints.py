"""What the database itself refuses, behind the models' backs: one bad row for every constraint."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, Model, UniqueConstraint

from loges.models import BusinessIdentity, Territory, VocabularyVersion
from tests.factories import (
    NOW,
    AmbiguousChoiceFactory,
    AvailabilityExceptionFactory,
    AvailabilityRuleFactory,
    BusinessIdentityFactory,
    CommissionPolicyFactory,
    EventFactory,
    EventOccurrenceFactory,
    EventSpeakerFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    PersonFactory,
    ReviewFactory,
    SearchMissFactory,
    ServiceFactory,
    ServicePhraseFactory,
    TerritoryFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


# Constraint -> how to make a sound row, and the changes that make it a bad one.
CHECKS: dict[str, tuple[Callable[[], Model], list[dict[str, Any]]]] = {
    "loge_state_is_known": (LogeFactory, [{"state": "HAUNTED"}, {"state": ""}]),
    "loge_active_was_opened": (LogeFactory, [{"state": "ACTIVE"}]),
    "territory_is_on_earth": (
        TerritoryFactory,
        [{"latitude": 90.01}, {"latitude": -123}, {"longitude": 180.01}, {"longitude": -181}],
    ),
    "territory_radius_is_sensible": (TerritoryFactory, [{"radius_meters": 49}, {"radius_meters": 50_001}]),
    "membership_ends_no_earlier_than_it_starts": (
        lambda: LogeMembershipFactory(starts_at=NOW),
        [{"ends_at": NOW - timedelta(seconds=1)}],
    ),
    "expert_state_is_known": (ExpertProfileFactory, [{"state": "FAMOUS"}]),
    "expert_rating_adds_up": (
        ExpertProfileFactory,
        [
            {"rating_count": 0, "rating_sum": 1},
            {"rating_count": 1, "rating_sum": 0},
            {"rating_count": 2, "rating_sum": 11},
        ],
    ),
    "expert_published_has_a_date": (ExpertProfileFactory, [{"state": "PUBLISHED"}]),
    "expert_is_on_earth": (ExpertProfileFactory, [{"latitude": 91}, {"longitude": -180.5}]),
    "offer_price_fits_unit": (
        OfferFactory,
        [{"unit": "QUOTE"}, {"price_cents": 0}, {"price_cents": 1_000_001}, {"price_cents": None}],
    ),
    "verification_expires_after_check": (VerificationFactory, [{"expires_on": date(2020, 1, 1)}]),
    "availability_ends_later": (AvailabilityRuleFactory, [{"ends": time(9)}, {"ends": time(8)}]),
    "availability_weekday_is_known": (AvailabilityRuleFactory, [{"weekday": 7}]),
    "availability_exception_ends_later": (AvailabilityExceptionFactory, [{"ends": time(9)}]),
    "review_rating_1_to_5": (ReviewFactory, [{"rating": 0}, {"rating": 6}]),
    "review_state_is_known": (ReviewFactory, [{"state": "VIRAL"}]),
    "review_published_has_a_date": (ReviewFactory, [{"state": "PUBLISHED"}, {"state": "REPORTED"}]),
    "event_duration_is_sensible": (
        EventFactory,
        [{"duration_minutes": 0}, {"duration_minutes": 60 * 24 * 14 + 1}],
    ),
    "occurrence_ends_after_it_starts": (
        EventOccurrenceFactory,
        [{"ends_at": F("starts_at")}, {"ends_at": NOW - timedelta(1)}],
    ),
    "occurrence_state_is_known": (EventOccurrenceFactory, [{"state": "RAINY"}]),
    "speaker_is_an_expert_or_a_resident": (EventSpeakerFactory, [{"resident_first_name": ""}]),
    "business_vat_rate_fits_regime": (
        BusinessIdentityFactory,
        [
            {"vat_basis_points": 2_000},
            {"vat_regime": "LIABLE"},
            {"vat_regime": "LIABLE", "vat_basis_points": 2_501},
            {"vat_regime": "EXEMPT"},
        ],
    ),
    "policy_shares_leave_most_to_the_expert": (
        CommissionPolicyFactory,
        [
            {"coordinator_basis_points": 2_001},
            {"openloge_basis_points": 2_001},
            {"openloge_vat_basis_points": 2_501},
        ],
    ),
    "person_has_a_first_name": (PersonFactory, [{"first_name": ""}]),
    "service_advised_prices_in_order": (
        ServiceFactory,
        [{"advised_min_cents": 2, "advised_max_cents": 1}, {"advised_min_cents": 1}, {"advised_max_cents": 1}],
    ),
    "phrase_is_not_empty": (ServicePhraseFactory, [{"text": ""}]),
}


def told(change: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in change.items())


def bad_rows() -> list[Any]:
    return [
        pytest.param(
            name,
            make,
            change,
            id=f"{name}: {told(change)}",
        )
        for name, (make, changes) in CHECKS.items()
        for change in changes
    ]


def refused(name: str, write: Callable[[], Any]) -> None:
    """Both databases name the check that refused."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


@pytest.mark.parametrize(("name", "make", "change"), bad_rows())
def test_check_refuses_a_bad_row(name: str, make: Callable[[], Model], change: dict[str, Any]) -> None:
    row = make()
    rows = type(row)._default_manager.filter(pk=row.pk)

    refused(name, lambda: rows.update(**change))

    assert rows.exists(), "the transaction is still usable"


def test_speaker_is_never_an_expert_and_a_resident_at_once() -> None:
    speaker = EventSpeakerFactory()
    expert = ExpertProfileFactory(published=True)

    refused(
        "speaker_is_an_expert_or_a_resident",
        lambda: type(speaker).objects.filter(pk=speaker.pk).update(expert=expert),
    )


def test_vocabulary_version_is_one_row() -> None:
    refused("vocabulary_version_is_one_row", lambda: VocabularyVersion.objects.bulk_create([VocabularyVersion(id=2)]))


# Constraint -> two sound rows, and what of the first makes the second one row too many.
UNIQUES: dict[str, tuple[Callable[[], tuple[Model, Model]], tuple[str, ...]]] = {
    "expert_slug_unique_in_loge": (
        lambda: (one := ExpertProfileFactory(), ExpertProfileFactory(loge=one.loge)),
        ("slug",),
    ),
    "expert_has_one_home_loge_at_a_time": (lambda: (ExpertProfileFactory(), ExpertProfileFactory()), ("person_id",)),
    "offer_once_per_service": (lambda: (one := OfferFactory(), OfferFactory(expert=one.expert)), ("service_id",)),
    "verification_once_per_kind": (
        lambda: (one := VerificationFactory(), VerificationFactory(expert=one.expert, kind="MET")),
        ("kind",),
    ),
    "search_miss_once_a_day": (lambda: (SearchMissFactory(), SearchMissFactory()), ("words",)),
    "membership_one_open_per_role": (
        lambda: (one := LogeMembershipFactory(), LogeMembershipFactory(loge=one.loge)),
        ("person_id",),
    ),
    "event_slug_unique_in_loge": (lambda: (one := EventFactory(), EventFactory(loge=one.loge)), ("slug",)),
    "occurrence_once_per_planned_day": (
        lambda: (one := EventOccurrenceFactory(), EventOccurrenceFactory(event=one.event)),
        ("planned_on",),
    ),
    "phrase_once_per_service": (
        lambda: (one := ServicePhraseFactory(), ServicePhraseFactory(service=one.service)),
        ("text",),
    ),
    "ambiguous_choice_once": (
        lambda: (one := AmbiguousChoiceFactory(), AmbiguousChoiceFactory(term=one.term)),
        ("service_id",),
    ),
    "person_email_unique_whatever_the_case": (lambda: (PersonFactory(), PersonFactory()), ("email",)),
}


@pytest.mark.parametrize("name", UNIQUES)
def test_unique_refuses_one_row_too_many(name: str) -> None:
    make, fields = UNIQUES[name]
    one, other = make()
    rows = type(other)._default_manager.filter(pk=other.pk)

    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        rows.update(**{field: getattr(one, field) for field in fields})

    assert rows.exists()


def test_email_in_another_case_is_one_row_too_many() -> None:
    one, other = PersonFactory(), PersonFactory()

    with pytest.raises(IntegrityError, match="person_email_unique_whatever_the_case"), transaction.atomic():
        type(other).objects.filter(pk=other.pk).update(email=one.email.upper())


def test_membership_of_the_same_role_may_follow_an_ended_one() -> None:
    former = LogeMembershipFactory(ended=True)

    assert LogeMembershipFactory(loge=former.loge, person=former.person).pk


def test_who_left_a_loge_may_join_another() -> None:
    former = ExpertProfileFactory(state="LEFT")

    assert ExpertProfileFactory(person=former.person).pk


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (LogeFactory, "slug"),
        (ServiceFactory, "slug"),
        (CommissionPolicyFactory, "version"),
        (CommissionPolicyFactory, "valid_from_on"),
    ],
)
def test_unique_field_refuses_a_second_row(make: Any, field: str) -> None:
    one = make()
    spare = {"version": "other", "valid_from_on": date(2020, 1, 1)} if make is CommissionPolicyFactory else {}
    other = make(**spare)

    with pytest.raises(IntegrityError), transaction.atomic():
        type(other)._default_manager.filter(pk=other.pk).update(**{field: getattr(one, field)})


@pytest.mark.parametrize(
    ("first", "copy"),
    [
        (TerritoryFactory, lambda one: Territory(loge=one.loge, latitude=0, longitude=0, radius_meters=500)),
        (BusinessIdentityFactory, lambda one: BusinessIdentity(person=one.person, legal_status="COMPANY")),
    ],
)
def test_one_to_one_refuses_a_second_row(first: Any, copy: Callable[[Any], Model]) -> None:
    one = first()

    with pytest.raises(IntegrityError), transaction.atomic():
        copy(one).save()


def test_every_constraint_of_the_room_has_its_bad_row() -> None:
    named = [row for model in apps.get_app_config("loges").get_models() for row in model._meta.constraints]
    checks = {row.name for row in named if isinstance(row, CheckConstraint)}
    uniques = {row.name for row in named if isinstance(row, UniqueConstraint)}

    assert checks == CHECKS.keys() | {"vocabulary_version_is_one_row"}
    assert uniques == UNIQUES.keys()
