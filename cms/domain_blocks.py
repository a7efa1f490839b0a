"""The answers to the questions that blocks hold, for any number of pages at once.

Shared by the plain template and GraphQL. Answers stand in the order of the pages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from babel.numbers import format_currency, format_percent
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from cms import calendar
from loges import queries, recurrence
from loges.models import EventOccurrence, ExpertProfile, Loge, Service
from loges.permissions import Viewer
from loges.queries import MoneyPreview


@lru_cache(maxsize=1_024)  # prices recur, and a page shows hundreds
def euros(cents: int) -> str:
    """An amount in cents as French text, e.g. "48,98 €"."""
    return format_currency(cents / 100, "EUR", locale="fr_FR")


def percent(basis_points: int) -> str:
    """A rate in basis points as French text, e.g. "8,35 %"."""
    return format_percent(basis_points / 10_000, locale="fr_FR", format="0.## %")


def loge_ids(pages: Sequence[Any]) -> list[int | None]:
    """The loge that each page speaks of: its own field's, or that of the page above; none for the network's pages.

    At most one statement.
    """
    above = {_above(page) for page in pages} - {""}
    known = dict(Loge.objects.filter(page__path__in=above).values_list("page__path", "pk")) if above else {}
    return [known.get(_above(page)) or (page.__dict__.get("loge_id") if page else None) for page in pages]


def _above(page: Any) -> str:
    """The path of the page above, where the page doesn't name its loge itself."""
    names_it = page is None or "loge_id" in page.__dict__
    return "" if names_it or not page.path else page.path[: -page.steplen]


def experts(
    pages: Sequence[Any], limit: int, family_id: int | None = None, *, with_portraits: bool = False
) -> list[list[ExpertProfile]]:
    """The published experts of each page's loge, or of the network; if asked, of one family of services.

    One statement for the loges, one for the network, one to know which loges.
    """
    found = queries.experts(None)
    if family_id is not None:
        found = found.filter(pk__in=queries.offers(None).filter(service__family_id=family_id).values("expert_id"))
    if with_portraits:
        found = found.select_related("portrait__picture")
    return _by_loge(loge_ids(pages), found, limit, "loge_id", "pk")


def occurrences(
    pages: Sequence[Any], limit: int, now: datetime, person: Viewer = None
) -> list[list[EventOccurrence]]:
    """The next dates of each page's loge, or of the network, earliest first. As many statements as `experts`.

    Those that the person may see; what anybody may without one.
    """
    found = calendar.occurrences(person, since=now)
    return _by_loge(loge_ids(pages), found, limit, "event__loge_id", "starts_at", "pk")


def services(pages: Sequence[Any]) -> list[list[Service]]:
    """The services of each page's loge; all there are for pages of the network. As many statements as `experts`."""
    ids = loge_ids(pages)
    of_loges = queries.services_of_loges({pk for pk in ids if pk}, None) if any(ids) else {}
    everywhere = list(queries.services()) if None in ids else []
    return [of_loges[pk] if pk else everywhere for pk in ids]


def _by_loge(ids: list[int | None], rows: QuerySet[Any], limit: int, group: str, *order: str) -> list[list[Any]]:
    found: dict[int | None, list[Any]] = {pk: [] for pk in ids}
    if wanted := {pk for pk in ids if pk}:
        rank = Window(RowNumber(), partition_by=[F(group)], order_by=list(order))
        ranked = rows.filter(**{f"{group}__in": wanted}).annotate(block_loge_id=F(group), block_rank=rank)
        for row in ranked.filter(block_rank__lte=limit).order_by(*order):
            found[row.block_loge_id].append(row)
    if None in found:
        found[None] = list(rows.order_by(*order)[:limit])
    return [found[pk] for pk in ids]


def money_examples(prices_cents: Iterable[int], now: datetime) -> dict[int, MoneyPreview]:
    """Where each price goes today, for an expert and a coordinator who don't charge VAT. One statement."""
    return queries.money_examples(prices_cents, on=recurrence.local_day(now))


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of a breakdown, as shown: label and amount in French."""

    label: str
    amount: str


def money_lines(price_cents: int, now: datetime) -> list[MoneyLine]:
    """The breakdown as lines that add up to the price."""
    example = money_examples([price_cents], now)[price_cents]
    shares, policy = example.breakdown, example.policy
    coordinator, openloge = percent(policy.coordinator_basis_points), percent(policy.openloge_basis_points)
    return [
        MoneyLine("L'expert reçoit", euros(shares.expert_payout)),
        MoneyLine(f"Le coordinateur de la loge ({coordinator} HT)", euros(shares.coordinator_payout)),
        MoneyLine(f"OpenLoge ({openloge} HT)", euros(shares.openloge_fee)),
        MoneyLine("TVA sur la part d'OpenLoge", euros(shares.openloge_fee_vat)),
    ]
