"""Documents to download."""

from datetime import datetime
from typing import Any

import strawberry

from cms import documents


@strawberry.type
class Document:
    """A file to download."""

    title: str
    """Its title."""
    filename: str
    """The name of the file."""
    size_bytes: int
    """Its size, in bytes."""
    mime_type: str
    """What kind of file it is, e.g. `application/pdf`."""
    url: str
    """Where it is, from the root of this server. Of a document that isn't public, it holds for ten minutes."""
    updated_at: datetime
    """When the file came."""


def document(row: Any) -> Document:
    """A document in the schema's shape; `row` comes from `cms.restrictions.visible_documents`, which asked."""
    return Document(
        title=row.title,
        filename=row.filename,
        size_bytes=row.file_size or 0,
        mime_type=row.content_type,
        url=documents.address(row, is_private=row.is_private),
        updated_at=row.updated_at,
    )
