"""Joins what two people made of one text, each unaware of the other: what only one of them changed is taken.

Pure. A text is given three times: as it was when one of them began (`base`), as the other left it (`theirs`), and as
the first would have it (`ours`). Blocks are known again by their ids; within a rich text and a checklist the pieces
(a paragraph, a point of a list, a line) are compared by what they say. Libraries for merging lines hold neighbours
that were changed by two people for a conflict; a chapter has few paragraphs, and they are all neighbours.
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)

_EDITORS_KEYS = re.compile(r' data-block-key="[^"]*"')
"""What the rich text editor writes into its paragraphs whenever they are saved: no change of the text."""

_BETWEEN_TAGS = re.compile(r">\s+<")
"""Blanks between the elements of a rich text, which its editor drops."""

_PIECES = re.compile(r"</?[uo]l\b[^>]*>|<(p|h[1-6]|li|blockquote)\b.*?</\1>|<(?:hr|embed)\b[^>]*/?>", re.S)
"""The pieces of a rich text: paragraphs, headings, points of lists, and where lists begin and end."""


class Conflict(Exception):
    """Both changed the same thing differently; `places` are the names of the fields."""

    def __init__(self, places: Sequence[str] = ()) -> None:
        super().__init__(", ".join(places))
        self.places = list(places)


def merge(
    base: Mapping[str, Any], theirs: Mapping[str, Any], ours: Mapping[str, Any], *, insist: bool = False
) -> dict[str, Any]:
    """The text with both changes, by field.

    A field is a string, a list of lines, or a list of blocks as Wagtail stores them: `{"type", "value", "id"}`.
    Who `insist`s has ours wherever both changed the same; else that raises Conflict.
    """
    merged, places = {}, []
    for name in ours:
        try:
            merged[name] = _Merging(insist).values(base.get(name), theirs[name], ours[name])
        except Conflict:
            places.append(name)
    if places:
        raise Conflict(places)
    return merged


class _Merging:
    """One merge, of whatever values there are; `insist` as in `merge`."""

    def __init__(self, insist: bool) -> None:
        self.insist = insist

    def values(self, base: Any, theirs: Any, ours: Any) -> Any:
        then, there, here = (_essence(value) for value in (base, theirs, ours))
        if here in (there, then):
            return theirs
        if there == then:
            return ours
        return self._changed_twice(base, theirs, ours)

    def _changed_twice(self, base: Any, theirs: Any, ours: Any) -> Any:
        three = (base, theirs, ours)
        if all(isinstance(value, dict) for value in three) and base.keys() == theirs.keys() == ours.keys():
            return {name: self.values(base[name], theirs[name], ours[name]) for name in ours}
        if all(isinstance(value, list) for value in three):
            has_ids = any(isinstance(part, dict) and "id" in part for value in three for part in value)
            return self._parts(base, theirs, ours) if has_ids else self._pieces(base, theirs, ours)
        if all(isinstance(value, str) and _is_rich_text(value) for value in three):
            pieces = ([found[0] for found in _PIECES.finditer(_essence(value))] for value in three)
            merged = self._pieces(*pieces)
            return "".join(merged) if _is_whole(merged) else self._give_in(ours)
        return self._give_in(ours)

    def _give_in(self, ours: Any) -> Any:
        if self.insist:
            return ours
        raise Conflict

    def _parts(self, base: list[Any], theirs: list[Any], ours: list[Any]) -> list[Any]:
        """Blocks, each known by its id; one that is gone is None."""
        then, there, here = ({part["id"]: part for part in parts} for parts in (base, theirs, ours))
        parts = {key: self.values(then.get(key), there.get(key), here.get(key)) for key in {**then, **there, **here}}
        order = self._order(list(then), list(there), list(here))
        return [parts[key] for key in order if parts[key] is not None]

    def _order(self, then: list[K], there: list[K], here: list[K]) -> list[K]:
        """The order of whoever moved parts; what the other added stands behind what it followed there."""
        moved_there, moved_here = (_is_moved(then, order) for order in (there, here))
        if moved_there and moved_here and _is_moved(there, here):
            self._give_in(here)
        order, other = (list(here), there) if moved_here else (list(there), here)
        for number, key in enumerate(other):
            if key not in order:
                before = [known for known in other[:number] if known in order]
                order.insert(order.index(before[-1]) + 1 if before else 0, key)
        return order

    def _pieces(self, base: list[str], theirs: list[str], ours: list[str]) -> list[str]:
        """Pieces known by what they say. Two that were added at the same place are both kept, theirs first."""
        there, here = _changes(base, theirs), _changes(base, ours)
        for start, end, said in list(here):
            twice = [one for one in there if one == (start, end, said) or (one[0] < end and start < one[1])]
            if any(one != (start, end, said) for one in twice) and not self.insist:
                raise Conflict
            there = [one for one in there if one not in twice]
        merged, at = [], 0
        for start, end, said in sorted([*there, *here], key=lambda change: change[:2]):
            merged += [*base[at:start], *said]
            at = max(at, end)
        return [*merged, *base[at:]]


_Change = tuple[int, int, list[str]]
"""The pieces of the base from a number up to another are replaced by these; none are where both are the same."""


def _changes(base: list[str], after: list[str]) -> list[_Change]:
    """What was changed, one by one where as many pieces stand as stood."""
    found: list[_Change] = []
    for kind, start, end, first, last in SequenceMatcher(None, base, after, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - first:
            found += [(start + n, start + n + 1, [after[first + n]]) for n in range(end - start)]
        elif kind == "delete":
            found += [(number, number + 1, []) for number in range(start, end)]
        elif kind != "equal":
            found.append((start, end, after[first:last]))
    return found


def _is_whole(pieces: list[str]) -> bool:
    """Whether the points of lists, and nothing else, stand within lists that begin and end."""
    depth = 0
    for piece in pieces:
        if piece.startswith(("<ul", "<ol")):
            depth += 1
        elif piece.startswith("</"):
            depth -= 1
        elif piece.startswith("<li") != (depth > 0):
            return False
    return depth == 0


def _is_moved(before: list[K], after: list[K]) -> bool:
    """Whether what both hold stands in another order."""
    return [key for key in before if key in after] != [key for key in after if key in before]


def _is_rich_text(value: str) -> bool:
    """Whether a text is made of pieces and nothing else."""
    return bool(value) and not _PIECES.sub("", _essence(value)).strip()


def _essence(value: Any) -> Any:
    """A value without what its editor alone needs."""
    if isinstance(value, str):
        return _BETWEEN_TAGS.sub("><", _EDITORS_KEYS.sub("", value)).strip()
    if isinstance(value, dict):
        return {name: _essence(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_essence(inner) for inner in value]
    return value
