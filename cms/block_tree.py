"""Bodies of blocks as stored, walked along the definitions of `cms.blocks`: a new block needs nothing here."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import ListBlock, PageChooserBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms import rich_text
from cms.blocks import Body

BODY = Body()
"""The definitions that every body follows."""


def raw_blocks(body: Any) -> Iterator[tuple[str, str, Any]]:
    """The blocks of a body as stored: (id, block name, raw value), without reading anything else."""
    for block in body.raw_data:
        yield str(block.get("id") or ""), str(block["type"]), block["value"]


def items(value: Any) -> list[Any]:
    """The values of a list as stored: each stands beside its id, or alone."""
    return [item["value"] if isinstance(item, dict) and "value" in item else item for item in value or []]


def leaves(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """The simple values of a stored value, each with its definition."""
    if isinstance(block, StreamBlock):
        for child in value or []:
            if definition := block.child_blocks.get(child["type"]):
                yield from leaves(definition, child["value"])
    elif isinstance(block, ListBlock):
        for item in items(value):
            yield from leaves(block.child_block, item)
    elif isinstance(block, StructBlock):
        for name, definition in block.child_blocks.items():
            yield from leaves(definition, (value or {}).get(name))
    elif value not in (None, ""):
        yield block, value


def references(body: Any) -> dict[type, set[int]]:
    """The pictures, documents and pages that a body names, by kind of chooser; the links of its texts count."""
    found: dict[type, set[int]] = {ImageChooserBlock: set(), DocumentChooserBlock: set(), PageChooserBlock: set()}
    for block, value in leaves(BODY, body.raw_data if body else []):
        if isinstance(block, RichTextBlock):
            links = rich_text.links(value)
            found[PageChooserBlock] |= links.pages
            found[DocumentChooserBlock] |= links.documents
        elif type(block) in found:
            found[type(block)].add(int(value))
    return found
