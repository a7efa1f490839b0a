"""The answers to the questions that blocks hold, shared by the plain template and GraphQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.numbers import format_currency, format_percent

from loges import queries, recurrence
from loges.models import EventOccurrence, ExpertProfile
from loges.queries import MoneyPreview


def euros(cents: int) -> str:
    """An amount in cents as French text, e.g. "48,98 €"."""
    return format_currency(cents / 100, "EUR", locale="fr_FR")


def percent(basis_points: int) -> str:
    """A rate in basis points as French text, e.g. "8,35 %"."""
    return format_percent(basis_points / 10_000, locale="fr_FR", format="0.## %")


def loge_id_of(page: Any) -> int | None:
    """The loge that a page belongs to; None for the pages of the whole network."""
    return getattr(page, "loge_id", None)


def experts(page: Any, limit: int, *, with_portraits: bool = False) -> list[ExpertProfile]:
    """The published experts of the page's loge, or of the network; if asked, with their portraits at hand."""
    found = queries.experts(None)
    if with_portraits:
        found = found.select_related("portrait__picture").prefetch_related("portrait__picture__renditions")
    if (loge_id := loge_id_of(page)) is not None:
        found = found.filter(loge_id=loge_id)
    return list(found[:limit])


def occurrences(page: Any, limit: int, now: datetime) -> list[EventOccurrence]:
    """The next dates of the page's loge, or of the network."""
    loge_id = loge_id_of(page)
    return list(queries.occurrences(None, loge_ids=None if loge_id is None else [loge_id], since=now)[:limit])


def money_example(price_cents: int, now: datetime) -> MoneyPreview:
    """Where that price goes today, for an expert and a coordinator who don't charge VAT."""
    return queries.money_preview(price_cents, on=recurrence.local_day(now))


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of a breakdown, as shown: label and amount in French."""

    label: str
    amount: str


def money_lines(price_cents: int, now: datetime) -> list[MoneyLine]:
    """The breakdown as lines that add up to the price."""
    example = money_example(price_cents, now)
    shares, policy = example.breakdown, example.policy
    coordinator, openloge = percent(policy.coordinator_basis_points), percent(policy.openloge_basis_points)
    return [
        MoneyLine("L'expert reçoit", euros(shares.expert_payout)),
        MoneyLine(f"Le coordinateur de la loge ({coordinator} HT)", euros(shares.coordinator_payout)),
        MoneyLine(f"OpenLoge ({openloge} HT)", euros(shares.openloge_fee)),
        MoneyLine("TVA sur la part d'OpenLoge", euros(shares.openloge_fee_vat)),
    ]
