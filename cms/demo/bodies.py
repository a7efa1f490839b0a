"""The bodies of the demo's pages: what its files write, turned into what the editor keeps.

A block is written with the names of its fields in `cms.blocks`; a rich text has `html`. Pictures are named by their
scene, pages by their path, documents and shared texts by what they are called.
"""

import re
from datetime import date
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.blocks import ChooserBlock, ListBlock, PageChooserBlock, RichTextBlock, StreamValue, StructBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from cms.block_tree import BODY
from cms.demo.album import Album, EmptyAlbum
from cms.models import Document
from cms.models.base import SitePage

Rows = list[dict[str, Any]]

_NEEDS_PICTURES = {"image", "gallery"}
_LINK = re.compile(r'<a (page|document)="([^"]+)">')


_BETWEEN_TAGS = re.compile(r">\s+<")


def fill(page: SitePage, rows: Rows, album: Album) -> None:
    """Give a page its body; blocks and the items of lists get ids that are the same on every machine."""
    kept = [row for row in rows if not (isinstance(album, EmptyAlbum) and row["type"] in _NEEDS_PICTURES)]
    raw = []
    for number, row in enumerate(kept):
        place = f"openloge:{type(page).__name__}:{page.slug}:{number}"
        written = row["html"] if row["type"] == "rich_text" else row
        value = _kept(BODY.child_blocks[row["type"]], written, place, album)
        raw.append({"type": row["type"], "value": value, "id": block_id(place)})
    page.body = StreamValue(page.body.stream_block, raw, is_lazy=True)


def _kept(block: Any, written: Any, place: str, album: Album) -> Any:
    """A value as the editor keeps it; what isn't written has its usual value."""
    if isinstance(block, StructBlock):
        return {
            name: _kept(child, written[name], f"{place}:{name}", album)
            if written.get(name) is not None
            else child.get_prep_value(child.get_default())
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, ListBlock):
        places = [f"{place}:{number}" for number in range(len(written))]
        values = [_kept(block.child_block, item, at, album) for item, at in zip(written, places, strict=True)]
        return [
            {"type": "item", "value": value, "id": block_id(at)} for value, at in zip(values, places, strict=True)
        ]
    if isinstance(block, RichTextBlock):
        return rich_text(written)
    if isinstance(block, ChooserBlock):
        return _chosen(block, written, album)
    return written.isoformat() if isinstance(written, date) else written


def rich_text(written: str) -> str:
    """HTML as the editor keeps it: plain words become a paragraph, links know pages and documents by id."""
    html = (
        _BETWEEN_TAGS.sub("><", written.strip())
        if written.lstrip().startswith("<")
        else f"<p>{escape(written, quote=False)}</p>"
    )
    return _LINK.sub(lambda found: f'<a linktype="{found[1]}" id="{_linked(found[1], found[2])}">', html)


def _linked(kind: str, name: str) -> int:
    return _page(name) if kind == "page" else Document.objects.get(title=name).pk


def _page(path: str) -> int:
    return Page.objects.only("pk").get(url_path=f"/accueil{path}").pk


def _chosen(block: Any, name: str, album: Album) -> int | None:
    if isinstance(block, ImageChooserBlock):
        picture = album.scene(name)
        return picture.pk if picture else None
    if isinstance(block, PageChooserBlock):
        return _page(name)
    known = {str(row): row.pk for row in block.model_class.objects.all()}
    return known[name]


def block_id(place: str) -> str:
    """An id for what stands at a place, the same on every machine."""
    return str(uuid5(NAMESPACE_URL, place))
