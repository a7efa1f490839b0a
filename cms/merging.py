"""Joins what two people made of one text, each unaware of the other: what only one of them changed is taken.

Pure. A text is given three times: as it was when one of them began (`base`), as the other left it (`theirs`), and as
the first would have it (`ours`).
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)

_EDITORS_KEYS = re.compile(r' data-block-key="[^"]*"')
"""What the rich text editor writes into its paragraphs whenever they are saved: no change of the text."""


_BETWEEN_TAGS = re.compile(r">\s+<")
"""Blanks between the elements of a rich text, which its editor drops."""


class Conflict(Exception):
    """Both changed the same thing differently; `places` are the names of the fields."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(", ".join(places))
        self.places = list(places)


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """The text with both changes, by field: strings are joined whole, lists by their parts.

    A part of a list is a line, or a block as Wagtail stores it: `{"type", "value", "id"}`, known again by its id.
    Raises Conflict.
    """
    merged, places = {}, []
    for name in ours:
        try:
            if isinstance(ours[name], list):
                merged[name] = _lists(base.get(name, []), theirs[name], ours[name])
            else:
                merged[name] = _values(base.get(name), theirs[name], ours[name])
        except Conflict:
            places.append(name)
    if places:
        raise Conflict(places)
    return merged


def _values(base: Any, theirs: Any, ours: Any) -> Any:
    then, there, here = (_essence(value) for value in (base, theirs, ours))
    if here in (there, then):
        return theirs
    if there == then:
        return ours
    raise Conflict([])


def _lists(base: list[Any], theirs: list[Any], ours: list[Any]) -> list[Any]:
    then, there, here = (_by_key(parts) for parts in (base, theirs, ours))
    parts = {key: _values(then.get(key), there.get(key), here.get(key)) for key in {**then, **there, **here}}
    order = _order(list(then), list(there), list(here))
    return [parts[key] for key in order if parts[key] is not None]


def _order(then: list[K], there: list[K], here: list[K]) -> list[K]:
    """The order of whoever moved parts; what the other added stands behind what it followed there."""
    moved_there, moved_here = (_is_moved(then, order) for order in (there, here))
    if moved_there and moved_here and _is_moved(there, here):
        raise Conflict([])
    order, other = (list(here), there) if moved_here else (list(there), here)
    for number, key in enumerate(other):
        if key not in order:
            before = [known for known in other[:number] if known in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, key)
    return order


def _is_moved(before: list[K], after: list[K]) -> bool:
    """Whether what both hold stands in another order."""
    return [key for key in before if key in after] != [key for key in after if key in before]


def _by_key(parts: list[Any]) -> dict[Hashable, Any]:
    """The parts by what they are known by; the same line twice is two parts."""
    found: dict[Hashable, Any] = {}
    for part in parts:
        name = part["id"] if isinstance(part, dict) else part
        times = sum(key[0] == name for key in found if isinstance(key, tuple))
        found[(name, times)] = part
    return found


def _essence(value: Any) -> Any:
    """A value without what its editor alone needs."""
    if isinstance(value, str):
        return _BETWEEN_TAGS.sub("><", _EDITORS_KEYS.sub("", value)).strip()
    if isinstance(value, dict):
        return {name: _essence(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_essence(inner) for inner in value]
    return value
