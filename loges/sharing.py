"""How one payment is shared, to the cent: pure arithmetic on integer cents and basis points.

Source: founders' texts (8.35 % HT to the coordinator, 8.35 % HT to OpenLoge, the rest to the expert)
and the decision that the base is the expert's turnover excluding VAT. No float, no clock, no database.
"""

from dataclasses import dataclass

BASIS_POINTS = 10_000
"""Basis points in a whole: 835 of them are 8.35 %."""

MAX_CENTS = 100_000_000
"""The largest price that is shared, one million euros: a bound against mistyped figures, not a rule."""


class NotShareable(ValueError):
    """An amount or a rate that can't be shared: negative, too large, or not a whole number."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one sharing, all in basis points.

    `coordinator_fee` and `openloge_fee` apply to turnover excluding VAT; the `*_vat` are the VAT rates of
    the three parties: 0 for somebody who doesn't charge VAT (franchise en base).
    """

    coordinator_fee: int = 835
    openloge_fee: int = 835
    expert_vat: int = 0
    coordinator_vat: int = 0
    openloge_vat: int = 2_000

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= BASIS_POINTS:
                raise NotShareable(f"{name} must be between 0 and {BASIS_POINTS} basis points, not {value!r}")
        with_vat = self.coordinator_fee * (BASIS_POINTS + self.coordinator_vat) + self.openloge_fee * (
            BASIS_POINTS + self.openloge_vat
        )
        # Below half, roundings of a few cents can never eat more than the price itself.
        if 2 * with_vat > BASIS_POINTS * BASIS_POINTS:
            raise NotShareable("the two fees with their VAT exceed half the price")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Where the money of one price goes, in cents; the three parties' amounts always add up to `total + tip`."""

    total: int
    tip: int
    turnover_excl_vat: int
    expert_vat: int
    coordinator_fee: int
    coordinator_fee_vat: int
    openloge_fee: int
    openloge_fee_vat: int

    @property
    def coordinator_payout(self) -> int:
        """What the coordinator receives: the fee and the VAT on it."""
        return self.coordinator_fee + self.coordinator_fee_vat

    @property
    def openloge_payout(self) -> int:
        """What OpenLoge receives: the fee and the VAT on it."""
        return self.openloge_fee + self.openloge_fee_vat

    @property
    def expert_payout(self) -> int:
        """What the expert receives: the rest, tip included; a liable expert owes `expert_vat` out of it."""
        return self.total + self.tip - self.coordinator_payout - self.openloge_payout


@dataclass(frozen=True, slots=True)
class GiveBack:
    """What each party gives back in a refund, in cents; they add up to the refund."""

    expert: int
    coordinator: int
    openloge: int


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded to the nearest whole, halves upwards (both must be >= 0)."""
    return (2 * numerator + denominator) // (2 * denominator)


def share(total: int, rates: Rates, *, tip: int = 0) -> Breakdown:
    """Share `total` cents (VAT included, paid by the resident) and `tip` cents by `rates`.

    Each fee is rounded half up to the cent; the expert takes the rest, so nothing is lost or created.
    Raises NotShareable for an amount that is no whole number of cents between 0 and MAX_CENTS.
    """
    for amount in (total, tip):
        if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= MAX_CENTS:
            raise NotShareable(f"{amount!r} is not a number of cents between 0 and {MAX_CENTS}")
    base = half_up(total * BASIS_POINTS, BASIS_POINTS + rates.expert_vat) if rates.expert_vat else total
    coordinator_fee = half_up(base * rates.coordinator_fee, BASIS_POINTS)
    openloge_fee = half_up(base * rates.openloge_fee, BASIS_POINTS)
    return Breakdown(
        total=total,
        tip=tip,
        turnover_excl_vat=base,
        expert_vat=total - base,
        coordinator_fee=coordinator_fee,
        coordinator_fee_vat=half_up(coordinator_fee * rates.coordinator_vat, BASIS_POINTS),
        openloge_fee=openloge_fee,
        openloge_fee_vat=half_up(openloge_fee * rates.openloge_vat, BASIS_POINTS),
    )


def give_back(remaining: int, refund: int, rates: Rates) -> GiveBack:
    """Who gives back what when `refund` of the `remaining` (not yet refunded) cents go back to the resident.

    Each party gives the difference of its share before and after: exact, whatever the steps, and every
    party is back to nothing once all is refunded. Raises NotShareable if more than `remaining` is asked.
    """
    before = share(remaining, rates)
    if isinstance(refund, bool) or not isinstance(refund, int) or not 0 <= refund <= remaining:
        raise NotShareable(f"{refund!r} cents can't be refunded out of {remaining}")
    after = share(remaining - refund, rates)
    return GiveBack(
        expert=before.expert_payout - after.expert_payout,
        coordinator=before.coordinator_payout - after.coordinator_payout,
        openloge=before.openloge_payout - after.openloge_payout,
    )
