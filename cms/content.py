"""What bodies of blocks need from elsewhere, read once for any number of pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from wagtail.blocks import PageChooserBlock, RichTextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from cms import documents, queries, restrictions, rich_text
from cms.addresses import address_of
from cms.block_tree import BODY, leaves
from cms.models import Picture
from cms.rich_text import Link
from loges.permissions import Viewer


@dataclass(frozen=True, slots=True)
class Material:
    """The pictures, documents, pages and shared texts that some bodies refer to, if they may be seen."""

    pictures: dict[int, Picture]
    documents: dict[int, Any]
    pages: dict[int, Page]
    snippets: dict[type[Model], dict[int, Any]]

    def resolve(self, link: Link) -> str | None:
        """Where a link of these bodies leads; none where it leads to nothing that may be seen."""
        if link.page is not None:
            page = self.pages.get(link.page)
            return address_of(page) if page else None
        if link.document is not None:
            document = self.documents.get(link.document)
            return documents.address(document, is_private=document.is_private) if document else None
        return link.href or None


def load(bodies: Iterable[Any], person: Viewer, *, texts: Iterable[str] = (), only: str = "") -> Material:
    """Read what these bodies and rich texts refer to: a statement or two for each kind of thing there is.

    `only` names the one kind of block that matters in the bodies.
    """
    wanted: dict[type, set[int]] = {ImageChooserBlock: set(), DocumentChooserBlock: set(), PageChooserBlock: set()}
    snippets: dict[type[Model], set[int]] = {}
    for body in bodies:
        raw = [block for block in body.raw_data if not only or block["type"] == only]
        for block, value in leaves(BODY, raw):
            if isinstance(block, RichTextBlock):
                _add_links(value, wanted)
            elif isinstance(block, SnippetChooserBlock):
                snippets.setdefault(block.target_model, set()).add(int(value))
            else:
                wanted.get(type(block), set()).add(value)
    for text in texts:
        _add_links(text, wanted)
    return _read(wanted, snippets, person)


def _add_links(source: str, wanted: dict[type, set[int]]) -> None:
    links = rich_text.links(source)
    wanted[PageChooserBlock] |= links.pages
    wanted[DocumentChooserBlock] |= links.documents


def _read(wanted: dict[type, set[int]], snippets: dict[type[Model], set[int]], person: Viewer) -> Material:
    found = {model: model._default_manager.in_bulk(list(ids)) for model, ids in snippets.items()}
    for rows in found.values():
        for row in rows.values():
            _add_row(row, wanted)
    return Material(
        pictures=restrictions.visible_pictures(wanted[ImageChooserBlock], person),
        documents=restrictions.visible_documents(wanted[DocumentChooserBlock], person),
        pages=queries.link_targets(wanted[PageChooserBlock], person),
        snippets=found,
    )


def _add_row(row: Any, wanted: dict[type, set[int]]) -> None:
    """What a shared text refers to in its turn."""
    if picture := getattr(row, "image_id", None):
        wanted[ImageChooserBlock].add(picture)
    if source := getattr(row, "answer", ""):
        _add_links(source, wanted)
