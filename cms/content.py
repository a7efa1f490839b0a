"""What a body of blocks needs from elsewhere, read once for any number of pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cms import rich_text
from cms.models import Picture


@dataclass(frozen=True, slots=True)
class Material:
    """The pictures and the link targets that some bodies refer to."""

    pictures: dict[int, Picture]
    paths: dict[int, str]

    def html(self, source: str) -> str:
        """A rich text of these bodies as HTML whose links lead to public pages only."""
        return rich_text.html(source, self.paths)


def raw_blocks(body: Any) -> Iterator[tuple[str, str, Any]]:
    """The blocks of a body as stored: (id, block name, raw value), without reading anything else."""
    for block in body.raw_data:
        yield str(block.get("id") or ""), str(block["type"]), block["value"]


def load(bodies: Iterable[Any]) -> Material:
    """Read what these bodies refer to. One statement if there are pictures, one if there are links to pages."""
    pictures: set[int] = set()
    sources: list[str] = []
    for body in bodies:
        for _, name, value in raw_blocks(body):
            if name == "image" and value.get("picture"):
                pictures.add(int(value["picture"]))
            elif name == "rich_text":
                sources.append(value or "")
            elif name == "steps":
                sources += [_step(step)["text"] or "" for step in value.get("steps") or []]
    return Material(
        pictures={row.pk: row for row in Picture.objects.filter(pk__in=pictures)} if pictures else {},
        paths=rich_text.public_paths(rich_text.page_ids(*sources)),
    )


def _step(stored: Any) -> dict[str, str]:
    """A step as stored: list items carry their value beside an id."""
    value: dict[str, str] = stored.get("value", stored)
    return value


def steps(value: Any) -> list[dict[str, str]]:
    """The steps of a stored steps block, each with `title` and `text`."""
    return [_step(step) for step in value.get("steps") or []]
