"""The blocks of a body as types, made from the definitions of `cms.blocks`: a new block needs nothing here.

A name means one type and one thing in every block, so that clients may ask it of several kinds in one fragment.
Texts, lists and truths are never null: a draft's empty field is "", [] or false. Everything else may be null.
"""

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_
from types import GenericAlias
from typing import Annotated, Any, NamedTuple

import strawberry
from wagtail import blocks as wagtail_blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms import content
from cms.block_tree import BODY, items, raw_blocks
from cms.blocks.domain import DomainBlock
from cms.blocks.media import PartnerBlock
from cms.blocks.text import FaqItemBlock
from cms.content import Material
from cms.models import FaqEntry, Partner
from graphql_api.batch import for_each
from graphql_api.context import Context
from graphql_api.types.block_answers import ANSWERS, Asked
from graphql_api.types.documents import Document, document
from graphql_api.types.images import Image, image
from graphql_api.types.rich_text import PageReference, RichText, page_reference

MEANINGS = {
    "heading": "What is written above; may be empty.",
    "level": "h2 or h3.",
    "text": "The words, with their links.",
    "quote": "What was said, without quotation marks.",
    "author": "Who said it; may be empty.",
    "items": "Questions and answers: the page's own, then those that the network shares.",
    "question": "The question.",
    "answer": "The answer.",
    "steps": "The steps, in order.",
    "title": "What it is called.",
    "entries": "The points, in order.",
    "image": "The picture, described for people who don't see it; null where there is none to be seen.",
    "images": "The pictures, in order.",
    "caption": "What is written below; may be empty.",
    "label": "The words to click on.",
    "page": "The page of the site that it leads to; null where it leads elsewhere, or to none that may be read.",
    "url": "An address outside the site; may be empty.",
    "style": "primary or secondary.",
    "document": "The file; null where there is none to be seen.",
    "tips": "What is recommended, in order.",
    "name": "What it is called.",
    "address": "The postal address; may be empty.",
    "directions": "How to get there; may be empty.",
    "latitude": "Degrees north (WGS 84); null where it isn't told.",
    "longitude": "Degrees east (WGS 84); null where it isn't told.",
    "links": "The articles, in order.",
    "outlet": "The newspaper, radio or site.",
    "on": "The day it appeared; null where it isn't told.",
    "partners": "Those the loge works with: the page's own, then the network's.",
    "kind": "Who they are: café, school, association...; may be empty.",
}
"""What a name means, in every block that has it."""

SHARED: dict[Any, Any] = {FaqEntry: FaqItemBlock(), Partner: PartnerBlock()}
"""Texts that pages share -> the block whose shape they have."""


@strawberry.interface
class Block:
    """A piece of a page. Ask `__typename` and spread on the kinds you show; skip those you don't know."""

    id: strawberry.ID
    """Stays the same while the block does."""


class _Shape(NamedTuple):
    """How a definition is told: its type, and how a stored value becomes one."""

    type: Any
    make: Callable[[Any, Material], Any]


def _simple(block: Any) -> _Shape | None:
    """The shape of what is no structure."""
    stream = wagtail_blocks
    shapes: list[tuple[type, Any, Callable[[Any, Material], Any]]] = [
        (stream.RichTextBlock, RichText, lambda value, found: RichText(source=value or "", material=found)),
        (ImageChooserBlock, Image | None, lambda value, found: _image(found.pictures.get(value or 0))),
        (DocumentChooserBlock, Document | None, lambda value, found: _document(found.documents.get(value or 0))),
        (
            wagtail_blocks.PageChooserBlock,
            PageReference | None,
            lambda value, found: _page(found.pages.get(value or 0)),
        ),
        (stream.BooleanBlock, bool, lambda value, found: bool(value)),
        (stream.IntegerBlock, int | None, lambda value, found: value),
        (stream.FloatBlock, float | None, lambda value, found: value),
        (stream.DateBlock, date | None, lambda value, found: date.fromisoformat(value) if value else None),
    ]
    return next((_Shape(told, make) for kind, told, make in shapes if isinstance(block, kind)), None)


def _image(row: Any, alt: str | None = None) -> Image | None:
    return image(row, alt) if row else None


def _document(row: Any) -> Document | None:
    return document(row) if row else None


def _page(row: Any) -> PageReference | None:
    return page_reference(row) if row else None


def _shape(block: Any) -> _Shape:
    if simple := _simple(block):
        return simple
    if isinstance(block, SnippetChooserBlock):
        return _snippet(block)
    if isinstance(block, wagtail_blocks.ListBlock):
        inner = _shape(block.child_block)
        bare = inner.type.__args__[0] if type(None) in getattr(inner.type, "__args__", ()) else inner.type
        return _Shape(list[bare], lambda value, found: _made(inner, items(value), found))  # type: ignore[valid-type]
    if isinstance(block, wagtail_blocks.StructBlock):
        return _nested(block)
    return _Shape(str, lambda value, found: str(value or ""))


def _made(inner: _Shape, values: list[Any], found: Material) -> list[Any]:
    return [made for value in values if (made := inner.make(value, found)) is not None]


def _snippet(block: Any) -> _Shape:
    """A shared text, in the shape of the block that pages have for it."""
    shape = _shape(SHARED[block.target_model])

    def make(value: Any, found: Material) -> Any:
        row = found.snippets.get(block.target_model, {}).get(value or 0)
        if row is None:
            return None
        return shape.make(
            {name: row.serializable_value(name) for name in SHARED[block.target_model].child_blocks}, found
        )

    return _Shape(shape.type, make)


_structures: dict[type, "_Structure"] = {}


def _nested(block: Any) -> _Shape:
    """A structure inside a block: FaqItemBlock is told as FaqItem."""
    kind = type(block)
    if kind not in _structures:
        _structures[kind] = _Structure(kind.__name__.removesuffix("Block"), block)
    structure = _structures[kind]
    return _Shape(structure.type, lambda value, found: structure.type(**structure.values(value or {}, found)))


class _Structure:
    """A structure as a type. A picture carries its `alt`; what is `shared_` stands after the page's own."""

    def __init__(self, name: str, block: Any, bases: tuple[type, ...] = (), **more: Any) -> None:
        told = {"heading": block.child_blocks["heading"]} if isinstance(block, DomainBlock) else block.child_blocks
        self.fields = {
            field: _shape(child)
            for field, child in told.items()
            if field != "alt" and not field.startswith("shared_")
        }
        self.shared = {field: _shape(child) for field, child in told.items() if field.startswith("shared_")}
        self.type = _type(name, type(block).__doc__, bases, self.fields, more)

    def values(self, value: dict[str, Any], found: Material) -> dict[str, Any]:
        """What the fields hold, from a structure as stored."""
        made = {field: shape.make(value.get(field), found) for field, shape in self.fields.items()}
        if made.get("image") is not None and value.get("alt"):
            made["image"] = _image(found.pictures[value["image"]], value["alt"])
        for field, shape in self.shared.items():
            made[field.removeprefix("shared_")] += shape.make(value.get(field), found)
        return made


def _type(
    name: str, doc: str | None, bases: tuple[type, ...], fields: dict[str, _Shape], more: dict[str, Any]
) -> Any:
    annotations = {field: shape.type for field, shape in fields.items()} | more.pop("__annotations__", {})
    described = {field: strawberry.field(description=MEANINGS[field]) for field in fields}
    namespace = {**described, **more, "__annotations__": annotations, "__doc__": doc, "__module__": __name__}
    return strawberry.type(type(name, bases, namespace))


class _Kind(NamedTuple):
    """A kind of block: its type, and what it holds of a stored value."""

    type: Any
    values: Callable[[Any, Material], dict[str, Any]]


def _kind(name: str, block: Any) -> _Kind:
    told = "".join(part.title() for part in name.split("_")) + "Block"
    if isinstance(block, wagtail_blocks.RichTextBlock):
        text = _shape(block)
        made = _type(told, type(block).__doc__, (Block,), {"text": text}, {})
        return _Kind(made, lambda value, found: {"text": text.make(value, found)})
    more: dict[str, Any] = {}
    if isinstance(block, DomainBlock):
        more = {**ANSWERS[name], "__annotations__": {"asked": strawberry.Private[Asked]}}
    structure = _Structure(told, block, (Block,), **more)
    return _Kind(structure.type, lambda value, found: structure.values(value or {}, found))


KINDS = {name: _kind(name, block) for name, block in BODY.child_blocks.items()}
"""Block name -> its type."""

BodyBlock: Any = Annotated[
    reduce(or_, (kind.type for kind in KINDS.values())),
    strawberry.union("BodyBlock", description="The kinds of blocks that a page is made of."),
]
BodyBlocks: Any = GenericAlias(list, (BodyBlock,))
"""A list of them."""


def material(page: Any, context: Context) -> Material:
    """What a page and its peers refer to, read once for all of them."""

    def load(pages: list[Any]) -> dict[int, Material]:
        found = content.load((page.body for page in pages), context.person)
        return {page.pk: found for page in pages}

    return for_each(page, "material", load)


def blocks(page: Any, context: Context) -> list[Any]:
    """The blocks of a page's body, typed."""
    found, made = material(page, context), []
    for block_id, name, value in raw_blocks(page.body):
        if kind := KINDS.get(name):
            values = kind.values(value, found)
            if name in ANSWERS:
                values["asked"] = Asked(page, value or {})
            made.append(kind.type(id=strawberry.ID(block_id), **values))
    return made
