"""What editors compose: blocks, and the pages that hold them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from cms import content, domain_blocks
from cms import queries as cms_queries
from cms.content import Material
from graphql_api.batch import for_each, together
from graphql_api.context import Context
from graphql_api.types.images import Image, image
from graphql_api.types.money import MoneyBreakdown, breakdown

if TYPE_CHECKING:
    from graphql_api.types.events import EventOccurrence
    from graphql_api.types.experts import ExpertProfile


@strawberry.interface
class Block:
    """A piece of a page. Ask `__typename` and spread on the kinds you show; skip those you don't know."""

    id: strawberry.ID
    """Stays the same while the block does."""


@strawberry.type
class RichTextBlock(Block):
    """Paragraphs, headings, lists and links."""

    html: str
    """HTML: h2, h3, p, ul, ol, li, b, i, a, br. Links lead to public pages only."""


@strawberry.type
class ImageBlock(Block):
    """A picture in the text."""

    image: Image | None
    """The picture, with the description given here."""
    caption: str | None
    """What is written below it."""


@strawberry.type
class QuoteBlock(Block):
    """What somebody said."""

    quote: str
    """The words."""
    author: str | None
    """Who said them."""


@strawberry.type
class Step:
    """One of several steps."""

    title: str
    """What to do."""
    html: str
    """How, as HTML."""


@strawberry.type
class StepsBlock(Block):
    """Numbered steps."""

    heading: str | None
    """What is written above."""
    steps: list[Step]
    """The steps, in order."""


@strawberry.type
class ExpertsBlock(Block):
    """The experts of the page's loge, or of the network."""

    heading: str | None
    """What is written above."""
    experts: list[Annotated["ExpertProfile", strawberry.lazy("graphql_api.types.experts")]]
    """The published experts."""


@strawberry.type
class EventsBlock(Block):
    """The next dates of the page's loge, or of the network."""

    heading: str | None
    """What is written above."""
    occurrences: list[Annotated["EventOccurrence", strawberry.lazy("graphql_api.types.events")]]
    """The next dates, earliest first."""


@strawberry.type
class MoneyBlock(Block):
    """A live example of where the money goes."""

    heading: str | None
    """What is written above."""
    example: MoneyBreakdown
    """The example, under the rules in force."""


class PageMaterial:
    """Pages whose bodies' references were read together."""

    @staticmethod
    def of_events(event_ids: Iterable[int]) -> dict[int, Any]:
        """The public pages of those events, by event."""
        found = cms_queries.event_pages(event_ids)
        together(found.values())
        return found

    @staticmethod
    def of_loges(loge_ids: Iterable[int]) -> dict[int, Any]:
        """The public pages of those loges, by loge."""
        found = cms_queries.loge_pages(loge_ids)
        together(found.values())
        return found


class _Material:
    """What a page refers to, in the schema's shapes."""

    def __init__(self, found: Material) -> None:
        self.found = found

    def picture(self, picture_id: Any, alt: str | None = None) -> Image | None:
        """A picture by id."""
        row = self.found.pictures.get(int(picture_id)) if picture_id else None
        return image(row, alt) if row else None


def material(page: Any) -> _Material:
    """What a page and its peers refer to. At most two statements for all of them."""

    def load(pages: list[Any]) -> dict[int, _Material]:
        found = _Material(content.load(page.body for page in pages))
        return {page.pk: found for page in pages}

    return for_each(page, "material", load)


def cover(page: Any) -> Image | None:
    """The picture above a page, which was read with it."""
    return image(page.cover) if page.cover else None


def blocks(page: Any, context: Context) -> list[Block]:
    """The blocks of a page's body; kinds that aren't published here are left out."""
    refers, made = material(page), []
    for block_id, name, value in content.raw_blocks(page.body):
        if maker := _MAKERS.get(name):
            made.append(maker(strawberry.ID(block_id), value, refers, page, context))
    return made


def _rich_text(block_id: strawberry.ID, value: Any, refers: _Material, page: Any, context: Context) -> Block:
    return RichTextBlock(id=block_id, html=refers.found.html(value or ""))


def _image(block_id: strawberry.ID, value: Any, refers: _Material, page: Any, context: Context) -> Block:
    picture = refers.picture(value.get("picture"), value.get("alt"))
    return ImageBlock(id=block_id, image=picture, caption=value.get("caption") or None)


def _quote(block_id: strawberry.ID, value: Any, refers: _Material, page: Any, context: Context) -> Block:
    return QuoteBlock(id=block_id, quote=value.get("quote") or "", author=value.get("author") or None)


def _steps(block_id: strawberry.ID, value: Any, refers: _Material, page: Any, context: Context) -> Block:
    steps = [
        Step(title=step.get("title") or "", html=refers.found.html(step.get("text") or ""))
        for step in content.steps(value)
    ]
    return StepsBlock(id=block_id, heading=value.get("heading") or None, steps=steps)


def _experts(block_id: strawberry.ID, value: Any, refers: _Material, page: Any, context: Context) -> Block:
    found: Any = together(domain_blocks.experts(page, value.get("limit") or 12))
    return ExpertsBlock(id=block_id, heading=value.get("heading") or None, experts=found)


def _events(block_id: strawberry.ID, value: Any, refers: _Material, page: Any, context: Context) -> Block:
    found: Any = together(domain_blocks.occurrences(page, value.get("limit") or 3, context.now))
    return EventsBlock(id=block_id, heading=value.get("heading") or None, occurrences=found)


def _money(block_id: strawberry.ID, value: Any, refers: _Material, page: Any, context: Context) -> Block:
    example = breakdown(domain_blocks.money_example(value.get("price_cents") or 6000, context.now))
    return MoneyBlock(id=block_id, heading=value.get("heading") or None, example=example)


_MAKERS = {
    "rich_text": _rich_text,
    "image": _image,
    "quote": _quote,
    "steps": _steps,
    "experts": _experts,
    "events": _events,
    "money": _money,
}


@strawberry.type
class HomePage:
    """The front page of the network."""

    title: str
    """The title."""
    summary: str
    """Two sentences about the network; may be empty."""
    cover: Image | None
    """The picture above the page."""
    body: list[Block]
    """What the team wrote."""


@strawberry.type
class LogePageContent:
    """What the coordinator wrote on the loge's page."""

    title: str
    """The title."""
    tagline: str
    """The loge in one sentence; may be empty."""
    summary: str
    """Two sentences about the loge; may be empty."""
    adapted_services_note: str
    """What is particular about the neighbourhood; may be empty."""
    cover: Image | None
    """The picture above the page."""
    body: list[Block]
    """The blocks of the page."""
