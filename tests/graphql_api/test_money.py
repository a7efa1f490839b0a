"""Where the money goes: shares that add up, the VAT of those concerned, offers that may be seen only."""

import pytest

from tests.factories import (
    BusinessIdentityFactory,
    CommissionPolicyFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
)
from tests.graphql_api.site import Ask, Refusal, global_id

MONEY = """query($priceCents: Int!, $offer: ID, $loge: String) {
  moneyPreview(priceCents: $priceCents, offer: $offer, loge: $loge) {
    total { cents formatted currency }
    turnoverExclVat { cents }
    policyVersion
    coordinatorIsExpert
    shares { kind payeeLabel rateBasisPoints exclVat { cents } vat { cents } inclVat { cents } }
  }
}"""


def test_money_in_general_follows_the_founders_rule(ask: Ask, policy: None) -> None:
    found = ask(MONEY, priceCents=6_000)["moneyPreview"]

    assert found["total"] == {"cents": 6_000, "formatted": "60,00\u00a0€", "currency": "EUR"}
    assert (found["policyVersion"], found["coordinatorIsExpert"]) == ("2026-01", False)
    assert found["turnoverExclVat"] == {"cents": 6_000}
    told = [
        (share["kind"], share["rateBasisPoints"], share["exclVat"]["cents"], share["vat"]["cents"])
        for share in found["shares"]
    ]
    assert told == [("EXPERT", None, 4_898, 0), ("COORDINATOR", 835, 501, 0), ("OPENLOGE", 835, 501, 100)]


@pytest.mark.parametrize("price", [0, 1, 7, 99, 4_999, 1_000_000, 100_000_000])
def test_money_shares_add_up_to_the_price(ask: Ask, policy: None, price: int) -> None:
    found = ask(MONEY, priceCents=price)["moneyPreview"]

    assert sum(share["inclVat"]["cents"] for share in found["shares"]) == price
    for share in found["shares"]:
        assert share["exclVat"]["cents"] + share["vat"]["cents"] == share["inclVat"]["cents"]


def test_money_of_an_offer_counts_the_vat_of_its_expert_and_coordinator(ask: Ask, policy: None) -> None:
    offer = OfferFactory(expert__published=True)
    coordinator = LogeMembershipFactory(loge=offer.expert.loge, coordinator=True).person
    BusinessIdentityFactory(person=offer.expert.person, liable=True)
    BusinessIdentityFactory(person=coordinator, liable=True)

    found = ask(MONEY, priceCents=12_000, offer=global_id(offer))["moneyPreview"]

    assert found["turnoverExclVat"] == {"cents": 10_000}
    told = [(share["exclVat"]["cents"], share["vat"]["cents"]) for share in found["shares"]]
    assert told == [(7_996, 2_000), (835, 167), (835, 167)]


def test_money_of_a_loge_counts_the_vat_of_its_coordinator(ask: Ask, policy: None) -> None:
    loge = LogeFactory(active=True, slug="aligre")
    BusinessIdentityFactory(person=LogeMembershipFactory(loge=loge, coordinator=True).person, liable=True)

    found = ask(MONEY, priceCents=6_000, loge="aligre")["moneyPreview"]

    assert [share["vat"]["cents"] for share in found["shares"]] == [0, 100, 100]


def test_money_says_when_coordinator_and_expert_are_the_same(ask: Ask, policy: None) -> None:
    offer = OfferFactory(expert__published=True)
    LogeMembershipFactory(loge=offer.expert.loge, person=offer.expert.person, coordinator=True)

    found = ask(MONEY, priceCents=6_000, offer=global_id(offer))["moneyPreview"]

    assert found["coordinatorIsExpert"] is True


def test_breakdown_of_an_offer_is_its_preview(ask: Ask, policy: None) -> None:
    offer = OfferFactory(expert__published=True, price_cents=6_000)
    query = """query($offer: ID!) {
      node(id: $offer) { ... on Offer { breakdown { shares { kind inclVat { cents } } } } }
      moneyPreview(priceCents: 6000, offer: $offer) { shares { kind inclVat { cents } } }
    }"""

    found = ask(query, offer=global_id(offer))

    assert found["node"]["breakdown"] == found["moneyPreview"]


@pytest.mark.parametrize("state", ["DRAFT", "PAUSED", "SUSPENDED", "LEFT"])
def test_money_of_an_offer_that_may_not_be_seen_is_refused(refusal: Refusal, policy: None, state: str) -> None:
    offer = OfferFactory(expert__state=state)

    error = refusal(MONEY, priceCents=6_000, offer=global_id(offer))

    assert (error["message"], error["extensions"]["argument"]) == ("Cette offre n'existe pas.", ["offer"])


def test_money_of_something_else_than_an_offer_is_refused(refusal: Refusal, policy: None) -> None:
    expert = ExpertProfileFactory(published=True)

    for wanted in (global_id(expert), "pas-un-identifiant", ""):
        error = refusal(MONEY, priceCents=6_000, offer=wanted)
        assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", ["offer"])


def test_money_of_a_closed_loge_is_refused(refusal: Refusal, policy: None) -> None:
    LogeFactory(closed=True, slug="fermee")

    error = refusal(MONEY, priceCents=6_000, loge="fermee")

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", ["loge"])


def test_money_follows_the_policy_in_force_that_day(ask: Ask, policy: None) -> None:
    CommissionPolicyFactory(version="demain", valid_from_on="2026-03-03", openloge_basis_points=1_000)

    found = ask(MONEY, priceCents=6_000)["moneyPreview"]

    assert found["policyVersion"] == "2026-01"
