"""What blocks that hold a question answer: asked once for all the pages that are read together."""

from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from cms import domain_blocks
from cms.block_tree import raw_blocks
from graphql_api.batch import for_each, together
from graphql_api.context import Info
from graphql_api.types.money import MoneyBreakdown, breakdown

_Expert = Annotated["ExpertProfile", strawberry.lazy("graphql_api.types.experts")]  # type: ignore[name-defined]  # noqa: F821
_Occurrence = Annotated["EventOccurrence", strawberry.lazy("graphql_api.types.events")]  # type: ignore[name-defined]  # noqa: F821
_Service = Annotated["Service", strawberry.lazy("graphql_api.types.services")]  # type: ignore[name-defined]  # noqa: F821


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as stored, and the page it stands on."""

    page: Any
    value: dict[str, Any]


def _questions(pages: list[Any], name: str) -> list[dict[str, Any]]:
    """The questions of one kind on these pages."""
    return [value or {} for page in pages for _, kind, value in raw_blocks(page.body) if kind == name]


def _most(pages: list[Any], name: str, default: int) -> int:
    """The longest answer that these pages ask for."""
    return max(value.get("limit") or default for value in _questions(pages, name))


def _by_page(pages: list[Any], answers: list[list[Any]]) -> dict[int, list[Any]]:
    together({row.pk: row for answer in answers for row in answer}.values())
    return {page.pk: answer for page, answer in zip(pages, answers, strict=True)}


def _experts(root: Any, info: Info) -> list[Any]:
    """The published experts, those who came first first."""
    asked: Asked = root.asked
    family = asked.value.get("family")

    def load(pages: list[Any]) -> dict[int, list[Any]]:
        return _by_page(pages, domain_blocks.experts(pages, _most(pages, "experts", 12), family))

    return for_each(asked.page, ("experts block", family), load)[: asked.value.get("limit") or 12]


def _occurrences(root: Any, info: Info) -> list[Any]:
    """The next dates, earliest first."""
    asked: Asked = root.asked

    def load(pages: list[Any]) -> dict[int, list[Any]]:
        most = _most(pages, "events", 3)
        return _by_page(pages, domain_blocks.occurrences(pages, most, info.context.now, info.context.person))

    return for_each(asked.page, "events block", load)[: asked.value.get("limit") or 3]


def _services(root: Any, info: Info) -> list[Any]:
    """The services of the page's loge, or all there are, in the taxonomy's order."""
    return for_each(root.asked.page, "services block", lambda pages: _by_page(pages, domain_blocks.services(pages)))


def _example(root: Any, info: Info) -> MoneyBreakdown:
    """The example, under the rules in force."""
    asked: Asked = root.asked

    def load(pages: list[Any]) -> dict[int, Any]:
        prices = {value.get("price_cents") or 6000 for value in _questions(pages, "money")}
        examples = domain_blocks.money_examples(prices, info.context.now)
        return {page.pk: examples for page in pages}

    examples = for_each(asked.page, "money block", load)
    return breakdown(examples[asked.value.get("price_cents") or 6000])


ANSWERS: dict[str, dict[str, Any]] = {
    "experts": {"experts": strawberry.field(resolver=_experts, graphql_type=list[_Expert])},
    "events": {"occurrences": strawberry.field(resolver=_occurrences, graphql_type=list[_Occurrence])},
    "services": {"services": strawberry.field(resolver=_services, graphql_type=list[_Service])},
    "money": {"example": strawberry.field(resolver=_example)},
}
"""Block name -> the fields that answer its question."""
