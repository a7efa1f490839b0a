"""Rich text read once into a tree, and told from it as HTML, as plain text, or as a portable tree.

Only what editors may write survives; links lead where `resolve` says, and become plain text where it says nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Any, NamedTuple

_BLOCKS = {
    "p": "paragraph",
    "h2": "heading-two",
    "h3": "heading-three",
    "ul": "bulleted-list",
    "ol": "numbered-list",
    "li": "list-item",
}
_TAGS = {kind: tag for tag, kind in _BLOCKS.items()}
_MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
_SILENT = {"script", "style", "template"}
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "/", "#")


class Link(NamedTuple):
    """Where a link leads: to a page or a document of the site, by id, or to an address."""

    page: int | None = None
    document: int | None = None
    href: str = ""


class Text(NamedTuple):
    """Some words and how they are set."""

    text: str
    marks: frozenset[str]


@dataclass(slots=True)
class Node:
    """A paragraph, heading, list, list item or link, and what is in it."""

    kind: str
    children: list["Node | Text"] = field(default_factory=list)
    link: Link | None = None


Resolve = Callable[[Link], str | None]
"""Says the address that a link leads to; none where it leads nowhere that may be seen."""


class Links(NamedTuple):
    """The pages and documents that a rich text links to."""

    pages: frozenset[int]
    documents: frozenset[int]


class _Reader(HTMLParser):
    """Builds the tree; unknown tags are passed through, their words kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.open: list[Node] = [self.root]
        self.marks: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self._enter(Node(_BLOCKS[tag]))
        elif tag == "a":
            self._enter(Node("link", link=_link(dict(attrs))))
        elif tag in _MARKS:
            self.marks.append(_MARKS[tag])
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _MARKS and _MARKS[tag] in self.marks:
            self.marks.reverse()
            self.marks.remove(_MARKS[tag])
            self.marks.reverse()
        elif (kind := _BLOCKS.get(tag) or ("link" if tag == "a" else "")) in {node.kind for node in self.open[1:]}:
            while self.open.pop().kind != kind:
                pass

    def handle_data(self, data: str) -> None:
        inside = self.open[-1]
        before = inside.children[-1] if inside.children else None
        is_between_blocks = inside.kind in {"bulleted-list", "numbered-list"} or (
            inside.kind == "root" and (before is None or (isinstance(before, Node) and before.link is None))
        )
        if not self.silent and (data.strip() or not is_between_blocks):
            inside.children.append(Text(data, frozenset(self.marks)))

    def _enter(self, node: Node) -> None:
        self.open[-1].children.append(node)
        self.open.append(node)


def _link(attributes: dict[str, str | None]) -> Link:
    kind, number = attributes.get("linktype") or "", attributes.get("id") or ""
    if kind in {"page", "document"}:
        is_id = number.isascii() and number.isdigit() and len(number) <= 18
        if not is_id:
            return Link()
        return Link(page=int(number)) if kind == "page" else Link(document=int(number))
    href = (attributes.get("href") or "").strip()
    return Link(href=href if href.lower().startswith(_SCHEMES) and not kind else "")


@lru_cache(maxsize=1024)
def read(source: str) -> Node:
    """The tree of a rich text as stored. Shared between calls: never change it."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return reader.root


@lru_cache(maxsize=1024)
def links(source: str) -> Links:
    """What a rich text links to on the site."""
    found = [node.link for node in _all(read(source)) if node.link]
    return Links(
        frozenset(link.page for link in found if link.page is not None),
        frozenset(link.document for link in found if link.document is not None),
    )


def _all(node: Node) -> list[Node]:
    below = [found for child in node.children if isinstance(child, Node) for found in _all(child)]
    return [node, *below]


def html(source: str, resolve: Resolve) -> str:
    """The rich text as HTML: p, h2, h3, ul, ol, li, b, i, a, br."""
    return "".join(_html(child, resolve) for child in read(source).children)


def _html(node: Node | Text, resolve: Resolve) -> str:
    if isinstance(node, Text):
        words = escape(node.text, quote=False).replace("\n", "<br>")
        for mark, tag in (("italic", "i"), ("bold", "b")):
            words = f"<{tag}>{words}</{tag}>" if mark in node.marks else words
        return words
    inside = "".join(_html(child, resolve) for child in node.children)
    if node.link is not None:
        href = resolve(node.link)
        return f'<a href="{escape(href)}">{inside}</a>' if href else inside
    return f"<{_TAGS[node.kind]}>{inside}</{_TAGS[node.kind]}>"


def text(source: str) -> str:
    """The words alone: a blank line between paragraphs, one line an item."""
    blocks = [_text(child) for child in read(source).children]
    return "\n\n".join(block for block in blocks if block)


def _text(node: Node | Text) -> str:
    if isinstance(node, Text):
        return node.text
    is_list = node.kind in {"bulleted-list", "numbered-list"}
    return ("\n" if is_list else "").join(_text(child) for child in node.children).strip()


def tree(source: str, resolve: Resolve, referred: list[Link]) -> list[dict[str, Any]]:
    """The rich text as nested nodes: `{type, children}`, leaves `{text, bold?, italic?}`, links with their `href`.

    Links to the site's own pages and documents are added to `referred`; their node's `reference` is the place there.
    """
    return [_tree(child, resolve, referred) for child in read(source).children]


def _tree(node: Node | Text, resolve: Resolve, referred: list[Link]) -> dict[str, Any]:
    if isinstance(node, Text):
        return {"text": node.text, **dict.fromkeys(sorted(node.marks), True)}
    children = [_tree(child, resolve, referred) for child in node.children]
    if node.link is None:
        return {"type": node.kind, "children": children}
    href = resolve(node.link)
    if href is None:
        return {"type": "span", "children": children}
    made: dict[str, Any] = {"type": "link", "href": href, "children": children}
    if not node.link.href:
        if node.link not in referred:
            referred.append(node.link)
        made["reference"] = referred.index(node.link)
    return made
