"""Pages of rows by keyset: a cursor holds the sort values of its row and the name of its query.

Reading page 1,000 costs what page 1 costs, and rows that come or go meanwhile shift nothing.
"""

import base64
import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar

from django.db.models import (
    Count,
    DateField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    Model,
    OneToOneField,
    Q,
    QuerySet,
    Window,
)
from django.db.models.functions import RowNumber

from graphql_api.errors import BadInput, Code

M = TypeVar("M", bound=Model)
MAX_FIRST = 100
"""How many rows a page may have."""
MAX_COUNT = 10_000
"""How far rows are counted: nobody pages further, and a longer count costs for nothing."""


@dataclass(frozen=True, slots=True)
class Order:
    """An ordering by fields that are never empty, the last one unique; "-" for descending, as in Django.

    `name` tells what is ordered; cursors carry it, so that one query's cursor is refused by another.
    """

    name: str
    fields: tuple[str, ...]

    @property
    def backward(self) -> tuple[str, ...]:
        """The same ordering from the end."""
        return tuple(field[1:] if field.startswith("-") else f"-{field}" for field in self.fields)

    def hash(self, arguments: tuple[object, ...]) -> str:
        """A short name for the query that these arguments make."""
        return sha256(repr((self.name, self.fields, arguments)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Slice:
    """Which page of a list: the `first` rows after a cursor, or the `last` ones before one."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def size(self) -> int:
        """How many rows at most. Raises BadInput unless one of `first` and `last` is given, 1 to MAX_FIRST."""
        if (self.first is None) == (self.last is None):
            raise BadInput("Donnez `first` ou `last`, l'un des deux.", ["first"])
        size = self.first if self.last is None else self.last
        if size is None or not 1 <= size <= MAX_FIRST:
            name = "first" if self.last is None else "last"
            raise BadInput(f"Demandez de 1 à {MAX_FIRST} éléments à la fois.", [name])
        return size

    @property
    def is_backward(self) -> bool:
        """Whether the rows are counted from the end."""
        return self.last is not None


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows with their cursors, whether others stand around them, and how to count them all."""

    rows: list[M]
    cursors: list[str]
    has_next: bool
    has_previous: bool
    count: Callable[[], int]


def page(queryset: QuerySet[M], order: Order, part: Slice, *, arguments: tuple[object, ...] = ()) -> Page[M]:
    """One page of a queryset. One statement, one more when counted (to MAX_COUNT)."""
    size, name = part.size, order.hash(arguments)
    way = order.backward if part.is_backward else order.fields
    found = list(_between(queryset, order, part, name).order_by(*way)[: size + 1])
    return _page(found, order, part, name, lambda: queryset.order_by()[:MAX_COUNT].count())


def pages(
    queryset: QuerySet[M],
    order: Order,
    part: Slice,
    *,
    group: str,
    owners: Iterable[Hashable],
    arguments: tuple[object, ...] = (),
    count: Callable[[Any], int] | None = None,
) -> dict[Any, Page[M]]:
    """One page for each of several owners; `group` is the path to what names the owner.

    One statement for all, one more when counted, unless `count` knows how many an owner has.
    """
    size, wanted, name = part.size, list(owners), order.hash(arguments)
    way = order.backward if part.is_backward else order.fields
    mine = queryset.filter(**{f"{group}__in": wanted}).annotate(owner_key=F(group))
    ranked = _between(mine, order, part, name).annotate(
        rank=Window(RowNumber(), partition_by=[F("owner_key")], order_by=list(way))
    )
    found: dict[Any, list[M]] = {key: [] for key in wanted}
    for row in ranked.filter(rank__lte=size + 1).order_by(*way):
        found[row.owner_key].append(row)
    counts: dict[Any, int] = {}

    def counted(owner: Any) -> int:
        if not counts:
            totals = mine.order_by().values("owner_key").annotate(total=Count("pk")).values_list("owner_key", "total")
            counts.update(dict.fromkeys(wanted, 0) | dict(totals))
        return min(counts[owner], MAX_COUNT)

    return {
        key: _page(rows, order, part, name, lambda key=key: (count or counted)(key))  # type: ignore[misc]
        for key, rows in found.items()
    }


def listed(
    ids: Sequence[int],
    read: Callable[[Sequence[int]], list[Any]],
    name: str,
    part: Slice,
    *,
    arguments: tuple[object, ...] = (),
) -> Page[Any]:
    """One page of a list that is ranked already, as ids; `read` makes rows of those that are shown."""
    size, query = part.size, Order(name, ("pk",)).hash(arguments)
    begin = _place(ids, part.after, "after", query) + 1 if part.after is not None else 0
    end = _place(ids, part.before, "before", query) if part.before is not None else len(ids)
    if part.is_backward:
        begin = max(begin, end - size)
    else:
        end = min(end, begin + size)
    shown = list(ids[begin:end])
    rows = {row.pk: row for row in read(shown)}
    kept = [pk for pk in shown if pk in rows]
    cursors = [_encode(query, [pk]) for pk in kept]
    return Page([rows[pk] for pk in kept], cursors, end < len(ids), begin > 0, lambda: len(ids))


def _place(ids: Sequence[int], cursor: str, argument: str, query: str) -> int:
    """Where the row of a cursor stands; a row that left the list meanwhile ends the page."""
    (pk,) = _decode(cursor, argument, query, [IntegerField()])
    return list(ids).index(pk) if pk in ids else len(ids)


def _page(found: list[M], order: Order, part: Slice, name: str, count: Callable[[], int]) -> Page[M]:
    rows, has_more = found[: part.size], len(found) > part.size
    if part.is_backward:
        rows.reverse()
    cursors = [_encode(name, [_value(row, field) for field in order.fields]) for row in rows]
    has_next, has_previous = has_more, part.after is not None
    if part.is_backward:
        has_next, has_previous = part.before is not None, has_more
    return Page(rows, cursors, has_next, has_previous, count)


def _value(row: Model, field: str) -> Any:
    value: Any = row
    for name in field.lstrip("-").split("__"):
        value = getattr(value, name)
    return value.isoformat() if isinstance(value, date) else value


def _encode(name: str, values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps([name, *values], ensure_ascii=False).encode()).decode()


def _decode(cursor: str, argument: str, name: str, columns: list[Field[Any, Any]]) -> list[Any]:
    """The sort values in a cursor; only one that this very list gave is taken."""
    try:
        _, *values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        typed = [_typed(column, value) for column, value in zip(columns, values, strict=True)]
        is_mine = _encode(name, values) == cursor
    except (ValueError, TypeError, OverflowError, RecursionError):
        is_mine = False
    if not is_mine:
        raise BadInput("Ce curseur ne vient pas de cette liste.", [argument], Code.BAD_CURSOR)
    return typed


def _typed(column: Field[Any, Any], value: Any) -> Any:
    """A sort value as its column holds it. Raises ValueError, TypeError or OverflowError where it can't be one."""
    if isinstance(column, DateTimeField):
        found = datetime.fromisoformat(value)
        if found.tzinfo is None:
            raise ValueError("an instant without its zone")
        return found.astimezone(UTC)
    if isinstance(column, DateField):
        return date.fromisoformat(value)
    if isinstance(column, IntegerField | OneToOneField):
        if type(value) is not int or abs(value) >= 2**63:
            raise TypeError("not a key")
    elif "\0" in str.encode(value).decode():  # neither it nor half characters could be compared
        raise ValueError("not a text")
    return value


def _between(queryset: QuerySet[M], order: Order, part: Slice, name: str) -> QuerySet[M]:
    """The rows beyond `after` and on this side of `before`."""
    for argument, cursor, way in (("after", part.after, order.fields), ("before", part.before, order.backward)):
        if cursor is not None:
            columns = [_column(queryset, field) for field in order.fields]
            queryset = _beyond(queryset, way, _decode(cursor, argument, name, columns))
    return queryset


def _column(queryset: QuerySet[Any], field: str) -> Any:
    meta, column = queryset.model._meta, field.lstrip("-")
    return meta.pk if column == "pk" else meta.get_field(column)


def _beyond(queryset: QuerySet[M], fields: tuple[str, ...], values: list[Any]) -> QuerySet[M]:
    beyond, same = Q(), Q()
    for field, value in zip(fields, values, strict=True):
        column, way = field.lstrip("-"), "lt" if field.startswith("-") else "gt"
        beyond |= same & Q(**{f"{column}__{way}": value})
        same &= Q(**{column: value})
    first, way = fields[0].lstrip("-"), "lte" if fields[0].startswith("-") else "gte"
    # Implied by the rest; said so that an index range is read instead of the whole list.
    return queryset.filter(Q(**{f"{first}__{way}": values[0]}) & beyond)
