"""Files to download."""

from typing import Any

import strawberry


@strawberry.type
class Document:
    """A file to download."""

    title: str
    """What it is, in French."""
    url: str
    """Where to download it."""


def document(row: Any) -> Document:
    """A document of the site in the schema's shape."""
    return Document(title=row.title, url=row.url)
