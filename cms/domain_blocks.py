"""The answers to the questions that blocks hold, shared by the plain template and GraphQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.numbers import format_currency

from loges import queries, recurrence
from loges.models import EventOccurrence, ExpertProfile
from loges.queries import MoneyPreview


def euros(cents: int) -> str:
    """An amount in cents as French text, e.g. "48,98 €"."""
    return format_currency(cents / 100, "EUR", locale="fr_FR")


def loge_id_of(page: Any) -> int | None:
    """The loge that a page belongs to; None for the pages of the whole network."""
    return getattr(page, "loge_id", None)


def experts(page: Any, limit: int) -> list[ExpertProfile]:
    """The published experts of the page's loge, or of the network."""
    found = queries.experts(None)
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
    shares = money_example(price_cents, now).breakdown
    return [
        MoneyLine("L'expert reçoit", euros(shares.expert_payout)),
        MoneyLine("Le coordinateur de la loge (8,35 % HT)", euros(shares.coordinator_payout)),
        MoneyLine("OpenLoge (8,35 % HT)", euros(shares.openloge_fee)),
        MoneyLine("TVA sur la part d'OpenLoge", euros(shares.openloge_fee_vat)),
    ]
