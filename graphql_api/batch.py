"""Rows that were read together are answered together: one statement for all, however deep they are in an answer.

GraphQL resolves field by field, row by row. A row remembers the rows it came with (its peers); the first of them
that needs something related has it read for all. The number of statements depends on the query's shape alone.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)
V = TypeVar("V")

_ATTRIBUTE = "_read_together"


class _Batch:
    """Rows read together, and what was read for them since."""

    __slots__ = ("answers", "rows")

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows
        self.answers: dict[Hashable, Mapping[int, Any]] = {}


def together(rows: Iterable[M]) -> list[M]:
    """Make rows remember each other; answers them as a list."""
    found = list(rows)
    batch = _Batch(found)
    for row in found:
        setattr(row, _ATTRIBUTE, batch)
    return found


def has_peers(row: Model) -> bool:
    """Whether a row remembers those that it was read with."""
    return hasattr(row, _ATTRIBUTE)


def for_peers(root: M, key: Hashable, load: Callable[[list[M]], Mapping[int, V]]) -> V | None:
    """What `load` finds for `root` (by primary key); it is called once per `key` for all the peers of `root`."""
    batch: _Batch | None = getattr(root, _ATTRIBUTE, None)
    if batch is None:
        together([root])
        batch = getattr(root, _ATTRIBUTE)
    if key not in batch.answers:
        batch.answers[key] = load(batch.rows)
    answers: Mapping[int, V] = batch.answers[key]
    return answers.get(root.pk)


def for_each(root: M, key: Hashable, load: Callable[[list[M]], Mapping[int, V]]) -> V:
    """As `for_peers`, where every row has an answer."""
    found = for_peers(root, key, load)
    if found is None:
        raise LookupError(f"{key!r} has no answer for {root!r}")
    return found


def related(root: M, name: str) -> Any:
    """The object that a foreign key leads to (already joined), with its own peers made known."""

    def load(rows: list[M]) -> Mapping[int, Any]:
        targets = together([target for row in rows if (target := getattr(row, name)) is not None])
        by_id = {target.pk: target for target in targets}
        return {row.pk: by_id.get(getattr(row, f"{name}_id")) for row in rows}

    return for_peers(root, ("related", name), load)
