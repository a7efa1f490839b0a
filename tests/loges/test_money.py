"""Where the money of an offer goes: by whose VAT, under which policy, and what a new policy leaves alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from loges import queries
from loges.actions import money
from loges.models import CommissionPolicy, ExpertProfile, Loge, Offer, Person
from loges.permissions import NotAllowed
from loges.queries import NoPolicy
from loges.sharing import NotShareable, Rates, share
from tests.factories import (
    NOW,
    TODAY,
    BusinessIdentityFactory,
    CommissionPolicyFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    PersonFactory,
)
from tests.loges.cast import team_member

pytestmark = pytest.mark.django_db


def expert_of(loge: Loge, vat: int = 0, *, is_known: bool = True) -> ExpertProfile:
    expert = ExpertProfileFactory(loge=loge, published=True)
    if is_known:
        register_vat(expert.person, vat)
    return expert


def register_vat(person: Person, vat: int) -> None:
    BusinessIdentityFactory(person=person, vat_regime="LIABLE" if vat else "FRANCHISE", vat_basis_points=vat)


def loge_with_coordinator(vat: int = 0) -> Loge:
    loge = LogeFactory(active=True)
    register_vat(LogeMembershipFactory(coordinator=True, loge=loge).person, vat)
    return loge


def adopt(**changes: Any) -> CommissionPolicy:
    terms: dict[str, Any] = {
        "by": None,
        "version": "2027-1",
        "coordinator_basis_points": 1_000,
        "openloge_basis_points": 500,
        "valid_from_on": date(2027, 1, 1),
    }
    return money.adopt(**(terms | changes))


@pytest.mark.parametrize(
    ("expert_vat", "coordinator_vat", "cents", "expected"),
    [
        (0, 0, 6_000, (4_898, 501, 601)),
        (0, 2_000, 6_000, (4_798, 601, 601)),
        (2_000, 2_000, 12_000, (9_996, 1_002, 1_002)),
        (1_000, 0, 1_100, (915, 84, 101)),
    ],
)
def test_preview_of_an_offer_follows_the_vat_of_both(
    expert_vat: int, coordinator_vat: int, cents: int, expected: tuple[int, int, int]
) -> None:
    policy = CommissionPolicyFactory()
    expert = expert_of(loge_with_coordinator(coordinator_vat), expert_vat)
    offer = OfferFactory(expert=expert, price_cents=cents)

    preview = queries.money_preview(cents, on=TODAY, offer=offer)

    found = preview.breakdown
    assert (found.expert_payout, found.coordinator_payout, found.openloge_payout) == expected
    assert (preview.policy, preview.is_coordinator_the_expert) == (policy, False)


def test_preview_of_a_loge_asks_only_the_coordinator() -> None:
    CommissionPolicyFactory()

    preview = queries.money_preview(6_000, on=TODAY, loge=loge_with_coordinator(2_000))

    assert preview.breakdown == share(6_000, Rates(coordinator_vat=2_000))


def test_preview_in_general_charges_no_vat_but_openloges() -> None:
    CommissionPolicyFactory()

    preview = queries.money_preview(6_000, on=TODAY)

    assert preview.breakdown == share(6_000, Rates())
    assert not preview.is_coordinator_the_expert


def test_preview_of_somebody_whose_vat_is_unknown_charges_none() -> None:
    CommissionPolicyFactory()
    offer = OfferFactory(expert=expert_of(LogeFactory(active=True), is_known=False))

    preview = queries.money_preview(6_000, on=TODAY, offer=offer)

    assert preview.breakdown == share(6_000, Rates())


def test_preview_of_the_coordinators_own_offer_says_so() -> None:
    CommissionPolicyFactory()
    expert = expert_of(LogeFactory(active=True))
    LogeMembershipFactory(coordinator=True, loge=expert.loge, person=expert.person)

    preview = queries.money_preview(4_000, on=TODAY, offer=OfferFactory(expert=expert))

    assert preview.is_coordinator_the_expert
    assert preview.breakdown.expert_payout + preview.breakdown.coordinator_payout == 3_265 + 334


def test_preview_asks_the_coordinator_who_serves_longest_and_no_former_one() -> None:
    CommissionPolicyFactory()
    loge = LogeFactory(active=True)
    for vat, since, extra in ((2_000, 30, {"ended": True}), (1_000, 20, {}), (550, 10, {})):
        starts_at = NOW - timedelta(days=since)
        register_vat(LogeMembershipFactory(coordinator=True, loge=loge, starts_at=starts_at, **extra).person, vat)

    preview = queries.money_preview(6_000, on=TODAY, loge=loge)

    assert preview.breakdown == share(6_000, Rates(coordinator_vat=1_000))


def test_previews_agree_with_the_preview_of_each_offer() -> None:
    CommissionPolicyFactory()
    offers: list[Offer] = []
    for vat in (0, 550, 2_000):
        loge = loge_with_coordinator(vat)
        for expert in (expert_of(loge, 1_000), expert_of(loge), expert_of(loge, is_known=False)):
            offers += [OfferFactory(expert=expert, price_cents=cents) for cents in (1, 1_999, 123_457)]
    coordinator = expert_of(LogeFactory(active=True))
    LogeMembershipFactory(coordinator=True, loge=coordinator.loge, person=coordinator.person)
    offers.append(OfferFactory(expert=coordinator))

    found = queries.money_previews(offers, on=TODAY)

    assert found == {
        offer.pk: queries.money_preview(offer.price_cents or 0, on=TODAY, offer=offer) for offer in offers
    }


def test_previews_leave_out_offers_without_a_price() -> None:
    CommissionPolicyFactory()
    priced, on_quote = OfferFactory(), OfferFactory(on_quote=True)

    assert queries.money_previews([priced, on_quote], on=TODAY).keys() == {priced.pk}


def test_previews_of_nothing_need_no_policy() -> None:
    assert queries.money_previews([], on=TODAY) == {}
    assert queries.money_previews([OfferFactory(on_quote=True)], on=TODAY) == {}


@pytest.mark.parametrize("count", [1, 12])
def test_previews_cost_the_same_for_one_offer_and_many(count: int, django_assert_num_queries: Any) -> None:
    CommissionPolicyFactory()
    pks = [OfferFactory(expert=expert_of(loge_with_coordinator())).pk for _ in range(count)]
    offers = list(Offer.objects.filter(pk__in=pks))

    with django_assert_num_queries(4):
        found = queries.money_previews(offers, on=TODAY)

    assert len(found) == count


def test_preview_costs_at_most_four_statements(django_assert_max_num_queries: Any) -> None:
    CommissionPolicyFactory()
    offer = Offer.objects.get(pk=OfferFactory(expert=expert_of(loge_with_coordinator())).pk)

    with django_assert_max_num_queries(4):
        queries.money_preview(6_000, on=TODAY, offer=offer)


@pytest.mark.parametrize("cents", [-1, 100_000_001])
def test_preview_of_an_amount_that_is_none_is_refused(cents: int) -> None:
    CommissionPolicyFactory()

    with pytest.raises(NotShareable):
        queries.money_preview(cents, on=TODAY)


def test_policy_in_force_is_the_latest_that_has_begun() -> None:
    old = CommissionPolicyFactory(version="a", valid_from_on=date(2025, 1, 1))
    new = CommissionPolicyFactory(version="b", valid_from_on=date(2026, 7, 1))
    CommissionPolicyFactory(version="c", valid_from_on=date(2030, 1, 1))

    assert queries.policy_in_force(date(2025, 1, 1)) == old
    assert queries.policy_in_force(date(2026, 6, 30)) == old
    assert queries.policy_in_force(date(2026, 7, 1)) == new
    assert queries.policy_in_force(date(2029, 12, 31)) == new


def test_policy_before_the_first_is_refused() -> None:
    CommissionPolicyFactory(valid_from_on=date(2025, 1, 1))

    with pytest.raises(NoPolicy):
        queries.policy_in_force(date(2024, 12, 31))
    with pytest.raises(NoPolicy):
        queries.money_preview(100, on=date(2024, 12, 31))


def test_adopt_changes_the_shares_from_its_day_and_no_earlier_one() -> None:
    before = CommissionPolicyFactory()
    as_it_was = CommissionPolicy.objects.values().get(pk=before.pk)

    adopt()

    assert CommissionPolicy.objects.values().get(pk=before.pk) == as_it_was
    old = queries.money_preview(10_000, on=date(2026, 12, 31)).breakdown
    new = queries.money_preview(10_000, on=date(2027, 1, 1)).breakdown
    assert (old.coordinator_fee, old.openloge_fee) == (835, 835)
    assert (new.coordinator_fee, new.openloge_fee, new.openloge_fee_vat) == (1_000, 500, 100)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"coordinator_basis_points": 2_001}, "__all__"),
        ({"openloge_basis_points": 2_001}, "__all__"),
        ({"openloge_basis_points": -1}, "openloge_basis_points"),
        ({"version": ""}, "version"),
    ],
)
def test_adopt_of_nonsense_is_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        adopt(**change)

    assert list(refusal.value.message_dict) == [field]
    assert not CommissionPolicy.objects.exists()


@pytest.mark.parametrize("change", [{"version": "2028-1"}, {"valid_from_on": date(2028, 1, 1)}])
def test_adopt_of_a_version_or_a_day_that_is_taken_is_refused(change: dict[str, Any]) -> None:
    adopt()

    with pytest.raises(ValidationError):
        adopt(**change)

    assert CommissionPolicy.objects.count() == 1


def test_adopt_is_for_superusers() -> None:
    for stranger in (PersonFactory(), team_member(), PersonFactory(superuser=True, is_superuser=False)):
        with pytest.raises(NotAllowed):
            adopt(by=stranger)

    assert adopt(by=PersonFactory(superuser=True)).pk


def test_dearest_policy_that_the_database_accepts_can_be_shared() -> None:
    policy = CommissionPolicy(
        version="dearest",
        coordinator_basis_points=2_000,
        openloge_basis_points=2_000,
        openloge_vat_basis_points=2_500,
        valid_from_on=TODAY,
    )
    policy.full_clean()
    policy.save()

    rates = policy.rates(expert_vat=2_500, coordinator_vat=2_500)

    assert share(10_000, rates).expert_payout == 6_000
