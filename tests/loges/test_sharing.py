"""The sharing of one payment: nine cases worked out by hand, and what must hold for every other amount."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loges.sharing import BASIS_POINTS, MAX_CENTS, Breakdown, NotShareable, Rates, give_back, half_up, share

FOUNDERS = Rates()

# Total and VAT rates of expert and coordinator (OpenLoge's is 20 %), then, in cents: turnover excl. VAT and VAT of
# the expert, fee and VAT of the coordinator, fee and VAT of OpenLoge, payout of the expert.
CASES = {
    "A-franchise": (6000, 0, 0, (6000, 0, 501, 0, 501, 100, 4898)),
    "B-coordinateur-tva": (6000, 0, 2000, (6000, 0, 501, 100, 501, 100, 4798)),
    "C-tout-tva": (12000, 2000, 2000, (10000, 2000, 835, 167, 835, 167, 9996)),
    "D-demi-centime": (5000, 0, 0, (5000, 0, 418, 0, 418, 84, 4080)),
    "E-dix-pour-cent": (1100, 1000, 0, (1000, 100, 84, 0, 84, 17, 915)),
    "F-un-centime": (1, 0, 0, (1, 0, 0, 0, 0, 0, 1)),
    "G-sept-centimes": (7, 0, 0, (7, 0, 1, 0, 1, 0, 5)),
    "H-grand-montant": (123457, 2000, 2000, (102881, 20576, 8591, 1718, 8591, 1718, 102839)),
    "I-coordinateur-expert": (4000, 0, 0, (4000, 0, 334, 0, 334, 67, 3265)),
}

cents = st.integers(0, MAX_CENTS) | st.integers(0, 2_000)
vat = st.sampled_from([0, 210, 550, 1_000, 2_000]) | st.integers(0, 2_500)
fees = st.just(835) | st.integers(0, 2_000)
policies = st.builds(
    Rates, coordinator_fee=fees, openloge_fee=fees, expert_vat=vat, coordinator_vat=vat, openloge_vat=vat
)


@st.composite
def any_rates(draw: st.DrawFn) -> Rates:
    """Rates up to the very bound that is accepted, beyond what any policy in the database may say."""
    rate = st.integers(0, BASIS_POINTS)
    try:
        return Rates(**{name: draw(rate) for name in Rates.__slots__})
    except NotShareable:
        assume(False)
        raise


def parties(breakdown: Breakdown) -> tuple[int, int, int]:
    return breakdown.expert_payout, breakdown.coordinator_payout, breakdown.openloge_payout


@pytest.mark.parametrize(("total", "expert_vat", "coordinator_vat", "expected"), CASES.values(), ids=CASES)
def test_share_of_a_case_worked_out_by_hand(
    total: int, expert_vat: int, coordinator_vat: int, expected: tuple[int, ...]
) -> None:
    rates = Rates(expert_vat=expert_vat, coordinator_vat=coordinator_vat)

    found = share(total, rates)

    assert expected == (
        found.turnover_excl_vat,
        found.expert_vat,
        found.coordinator_fee,
        found.coordinator_fee_vat,
        found.openloge_fee,
        found.openloge_fee_vat,
        found.expert_payout,
    )


def test_share_when_the_coordinator_is_the_expert() -> None:
    found = share(4000, FOUNDERS)

    assert found.expert_payout + found.coordinator_payout == 3265 + 334
    assert found.openloge_payout == 401


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(0, 3, 0), (1, 3, 0), (1, 2, 1), (2, 3, 1), (3, 2, 2), (5, 2, 3), (4175, 10, 418), (41749, 100, 417)],
)
def test_half_up_rounds_halves_upwards(numerator: int, denominator: int, expected: int) -> None:
    assert half_up(numerator, denominator) == expected


@given(cents, cents, policies | any_rates())
def test_shares_add_up_to_what_was_paid(total: int, tip: int, rates: Rates) -> None:
    found = share(total, rates, tip=tip)

    assert sum(parties(found)) == total + tip
    assert found.turnover_excl_vat + found.expert_vat == total


@given(cents | st.integers(0, 40), policies | any_rates())
def test_shares_leave_nobody_in_debt(total: int, rates: Rates) -> None:
    found = share(total, rates)

    assert min(parties(found)) >= 0
    assert min(found.expert_vat, found.coordinator_fee_vat, found.openloge_fee_vat, found.turnover_excl_vat) >= 0


def test_shares_leave_nobody_in_debt_at_the_dearest_policy_on_small_amounts() -> None:
    """What the database accepts at most: 20 % each, 25 % VAT each, exactly half of the price."""
    dearest = Rates(coordinator_fee=2_000, openloge_fee=2_000, coordinator_vat=2_500, openloge_vat=2_500)

    lowest = min(share(total, dearest).expert_payout for total in range(2_000))

    assert lowest == 0


@given(cents, policies)
def test_each_fee_is_within_half_a_cent_of_the_exact_share(total: int, rates: Rates) -> None:
    found = share(total, rates)

    half = Fraction(1, 2)
    base = Fraction(total * BASIS_POINTS, BASIS_POINTS + rates.expert_vat)
    assert abs(found.turnover_excl_vat - base) <= half
    for base_cents, rate, got in (
        (found.turnover_excl_vat, rates.coordinator_fee, found.coordinator_fee),
        (found.turnover_excl_vat, rates.openloge_fee, found.openloge_fee),
        (found.coordinator_fee, rates.coordinator_vat, found.coordinator_fee_vat),
        (found.openloge_fee, rates.openloge_vat, found.openloge_fee_vat),
    ):
        error = got - Fraction(base_cents * rate, BASIS_POINTS)
        assert -half < error <= half, "halves are rounded upwards"


@given(cents, st.integers(0, 10_000), policies | any_rates())
def test_fees_never_fall_when_the_price_rises(total: int, more: int, rates: Rates) -> None:
    higher = min(total + more, MAX_CENTS)

    before, after = share(total, rates), share(higher, rates)

    assert after.turnover_excl_vat >= before.turnover_excl_vat
    assert after.coordinator_payout >= before.coordinator_payout
    assert after.openloge_payout >= before.openloge_payout


@given(st.integers(0, MAX_CENTS - 100), policies)
def test_expert_never_earns_less_when_the_price_rises_by_a_euro(total: int, rates: Rates) -> None:
    before, after = share(total, rates), share(total + 100, rates)

    assert after.expert_payout > before.expert_payout


def test_expert_may_earn_a_cent_less_when_the_price_rises_by_one() -> None:
    """Known and accepted: both fees begin at six cents, and they can't begin by halves."""
    assert share(5, FOUNDERS).expert_payout == 5
    assert share(6, FOUNDERS).expert_payout == 4


@given(cents, cents, policies)
def test_tip_goes_wholly_to_the_expert(total: int, tip: int, rates: Rates) -> None:
    without, with_tip = share(total, rates), share(total, rates, tip=tip)

    assert with_tip.expert_payout == without.expert_payout + tip
    assert with_tip.coordinator_payout == without.coordinator_payout
    assert with_tip.openloge_payout == without.openloge_payout
    assert with_tip.expert_vat == without.expert_vat


@given(cents, st.lists(st.integers(0, 5_000), max_size=8), policies)
def test_refunds_in_steps_give_back_what_one_refund_does(total: int, steps: list[int], rates: Rates) -> None:
    remaining, given_back = total, [0, 0, 0]
    for step in steps:
        refund = min(step, remaining)
        part = give_back(remaining, refund, rates)
        assert part.expert + part.coordinator + part.openloge == refund
        given_back = [
            sum(pair) for pair in zip(given_back, (part.expert, part.coordinator, part.openloge), strict=True)
        ]
        remaining -= refund

    at_once = give_back(total, total - remaining, rates)

    assert given_back == [at_once.expert, at_once.coordinator, at_once.openloge]


@given(cents, st.integers(0, MAX_CENTS), policies)
def test_full_refund_in_two_steps_leaves_nobody_a_cent(total: int, first: int, rates: Rates) -> None:
    first = min(first, total)

    one, two = give_back(total, first, rates), give_back(total - first, total - first, rates)

    expected = parties(share(total, rates))
    assert (one.expert + two.expert, one.coordinator + two.coordinator, one.openloge + two.openloge) == expected


@given(st.integers(100, MAX_CENTS), st.data(), policies)
def test_refund_of_a_euro_or_more_asks_every_party_for_no_less_than_nothing(
    total: int, data: st.DataObject, rates: Rates
) -> None:
    refund = data.draw(st.integers(100, total))

    found = give_back(total, refund, rates)

    assert min(found.expert, found.coordinator, found.openloge) >= 0


@pytest.mark.parametrize("amount", [-1, MAX_CENTS + 1, 1.0, 12.5, float("nan"), True, False, "100", None])
def test_share_refuses_an_amount(amount: object) -> None:
    with pytest.raises(NotShareable):
        share(amount, FOUNDERS)  # type: ignore[arg-type]
    with pytest.raises(NotShareable):
        share(1_000, FOUNDERS, tip=amount)  # type: ignore[arg-type]


def test_share_of_the_least_and_the_most() -> None:
    assert parties(share(0, FOUNDERS)) == (0, 0, 0)
    assert sum(parties(share(MAX_CENTS, FOUNDERS, tip=MAX_CENTS))) == 2 * MAX_CENTS


@pytest.mark.parametrize("refund", [-1, 1_001, 1.0, True, "1", None, float("nan")])
def test_refund_refuses_an_amount(refund: object) -> None:
    with pytest.raises(NotShareable):
        give_back(1_000, refund, FOUNDERS)  # type: ignore[arg-type]


@pytest.mark.parametrize("remaining", [-1, MAX_CENTS + 1, 1_000.0, True, "1000", None])
def test_refund_refuses_what_remains(remaining: object) -> None:
    with pytest.raises(NotShareable):
        give_back(remaining, 0, FOUNDERS)  # type: ignore[arg-type]


@pytest.mark.parametrize("rate", [-1, BASIS_POINTS + 1, 8.35, True, "835", None])
@pytest.mark.parametrize("name", Rates.__slots__)
def test_rates_refuse_what_is_no_rate(name: str, rate: object) -> None:
    with pytest.raises(NotShareable, match=name):
        Rates(**{name: rate})  # type: ignore[arg-type]


def test_rates_refuse_fees_that_eat_more_than_half() -> None:
    Rates(coordinator_fee=2_500, openloge_fee=2_500, openloge_vat=0)

    with pytest.raises(NotShareable, match="half"):
        Rates(coordinator_fee=2_500, openloge_fee=2_501, openloge_vat=0)
    with pytest.raises(NotShareable, match="half"):
        Rates(coordinator_fee=2_500, openloge_fee=2_500, openloge_vat=1)
