"""Rich text, and what it refers to."""

from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from cms import rich_text
from cms.addresses import path_of
from cms.content import Material
from graphql_api.types.documents import Document, document


@strawberry.type
class PageReference:
    """A page that is linked to; only pages that the reader may read are ever told."""

    title: str
    """The page's title."""
    path: str
    """The page's path, with slashes at both ends."""


def page_reference(page: Any) -> PageReference:
    """A page of the site as somebody links to it."""
    return PageReference(title=page.title, path=path_of(page) or "/")


RichTextReference = Annotated[
    PageReference | Document,
    strawberry.union("RichTextReference", description="What a link in a rich text leads to."),
]


@strawberry.type
class RichText:
    """Paragraphs, headings, lists and links, told in three ways."""

    source: strawberry.Private[str]
    material: strawberry.Private[Material]

    @strawberry.field
    def html(self) -> str:
        """HTML made of h2, h3, p, ul, ol, li, b, i, a and br alone. Links lead to what the reader may see."""
        return rich_text.html(self.source, self.material.resolve)

    @strawberry.field
    def text(self) -> str:
        """The words alone: a blank line between paragraphs, one line an item."""
        return rich_text.text(self.source)

    @strawberry.field
    def ast(self) -> JSON:
        """A list of nested nodes: `{type, children}`, where `type` is paragraph, heading-two, heading-three,
        bulleted-list, numbered-list, list-item, link or span; leaves are `{text, bold?, italic?}`. A link has its
        `href` and, where it leads to something of the site, the place of that in `references`.
        """
        return JSON(rich_text.tree(self.source, self.material.resolve, []))

    @strawberry.field
    def references(self) -> list[RichTextReference]:
        """The pages and documents that the text links to, as `ast` counts them."""
        referred: list[rich_text.Link] = []
        rich_text.tree(self.source, self.material.resolve, referred)
        return [self._reference(link) for link in referred]

    def _reference(self, link: rich_text.Link) -> PageReference | Document:
        if link.page is not None:
            return page_reference(self.material.pages[link.page])
        assert link.document is not None
        return document(self.material.documents[link.document])
