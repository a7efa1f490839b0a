"""Amounts, and where every euro goes."""

import strawberry

from cms.domain_blocks import euros
from graphql_api.enums import Currency, ShareKind
from loges.queries import MoneyPreview


@strawberry.type
class Money:
    """An amount of money."""

    cents: int
    """The amount in cents, exact."""

    @strawberry.field
    def currency(self) -> Currency:
        """Always euros."""
        return Currency.EUR

    @strawberry.field
    def formatted(self) -> str:
        """The amount as shown in French, e.g. « 48,98 € »."""
        return euros(self.cents)


@strawberry.type
class MoneyShare:
    """What one party receives out of a price."""

    kind: ShareKind
    """Who receives it."""
    payee_label: str
    """Who receives it, in French words."""
    excl_vat: Money
    """The share without VAT."""
    vat: Money
    """The VAT inside the share, which this party passes on to the State."""
    incl_vat: Money
    """What this party receives in all; the shares' sums add up to the price."""
    rate_basis_points: int | None
    """The rate of the fee, in hundredths of a percent of the turnover without VAT; none for the expert."""


@strawberry.type
class MoneyBreakdown:
    """Where the money of one price goes: the shares always add up to the total, to the cent."""

    total: Money
    """What the resident pays, VAT included. Nothing is added to it."""
    turnover_excl_vat: Money
    """The expert's turnover without VAT: the base of both fees."""
    shares: list[MoneyShare]
    """Expert, coordinator, OpenLoge, in this order."""
    policy_version: str
    """The version of the sharing rules that was applied."""
    coordinator_is_expert: bool
    """Whether the coordinator renders the service and so receives two of the shares."""


def breakdown(preview: MoneyPreview) -> MoneyBreakdown:
    """A preview of the domain in the schema's shape."""
    found, policy = preview.breakdown, preview.policy

    def share(kind: ShareKind, label: str, paid: int, vat: int, rate: int | None) -> MoneyShare:
        return MoneyShare(
            kind=kind,
            payee_label=label,
            excl_vat=Money(cents=paid - vat),
            vat=Money(cents=vat),
            incl_vat=Money(cents=paid),
            rate_basis_points=rate,
        )

    coordinator, openloge = policy.coordinator_basis_points, policy.openloge_basis_points
    return MoneyBreakdown(
        total=Money(cents=found.total),
        turnover_excl_vat=Money(cents=found.turnover_excl_vat),
        shares=[
            share(ShareKind.EXPERT, "L'expert", found.expert_payout, found.expert_vat, None),
            share(
                ShareKind.COORDINATOR,
                "Le coordinateur de la loge",
                found.coordinator_payout,
                found.coordinator_fee_vat,
                coordinator,
            ),
            share(ShareKind.OPENLOGE, "OpenLoge", found.openloge_payout, found.openloge_fee_vat, openloge),
        ],
        policy_version=policy.version,
        coordinator_is_expert=preview.is_coordinator_the_expert,
    )
