"""Pages of rows by keyset: a cursor holds the sort values of its row and the name of its query.

Reading page 1,000 costs what page 1 costs, and rows that come or go meanwhile shift nothing.
"""

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar

from django.db.models import Count, DateTimeField, F, Field, IntegerField, Model, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from graphql_api.errors import BadInput, Code

M = TypeVar("M", bound=Model)
MAX_FIRST = 100


@dataclass(frozen=True, slots=True)
class Order:
    """An ordering by fields that are never empty, the last one unique; "-" for descending, as in Django.

    `name` tells what is ordered; cursors carry it, so that one query's cursor is refused by another.
    """

    name: str
    fields: tuple[str, ...]

    def hash(self, arguments: tuple[object, ...]) -> str:
        """A short name for the query that these arguments make."""
        return sha256(repr((self.name, self.fields, arguments)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows with their cursors, whether more follow, and how to count them all."""

    rows: list[M]
    cursors: list[str]
    has_next: bool
    has_previous: bool
    count: Callable[[], int]


def check_first(first: int) -> None:
    """Refuse a page size that is not 1 to MAX_FIRST."""
    if not 1 <= first <= MAX_FIRST:
        raise BadInput(f"Demandez de 1 à {MAX_FIRST} éléments à la fois.", ["first"])


def page(
    queryset: QuerySet[M], order: Order, *, first: int, after: str | None, arguments: tuple[object, ...] = ()
) -> Page[M]:
    """One page of a queryset. One statement, one more when counted."""
    check_first(first)
    name = order.hash(arguments)
    found = list(_after(queryset, order, after, name).order_by(*order.fields)[: first + 1])
    return _page(found, order, first, after, name, lambda: queryset.order_by().count())


def pages(
    queryset: QuerySet[M],
    order: Order,
    *,
    group: str,
    ids: Iterable[int],
    first: int,
    after: str | None,
    arguments: tuple[object, ...] = (),
    count: Callable[[int], int] | None = None,
) -> dict[int, Page[M]]:
    """One page for each of several owners; `group` is the path to the owner's id.

    One statement for all, one more when counted, unless `count` knows how many an owner has.
    """
    check_first(first)
    owners, name = list(ids), order.hash(arguments)
    mine = queryset.filter(**{f"{group}__in": owners}).annotate(owner_id=F(group))
    ranked = _after(mine, order, after, name).annotate(
        rank=Window(RowNumber(), partition_by=[F("owner_id")], order_by=list(order.fields))
    )
    found: dict[int, list[M]] = {pk: [] for pk in owners}
    for row in ranked.filter(rank__lte=first + 1).order_by(*order.fields):
        found[row.owner_id].append(row)
    counts: dict[int, int] = {}

    def counted(owner: int) -> int:
        if not counts:
            totals = mine.order_by().values("owner_id").annotate(total=Count("pk")).values_list("owner_id", "total")
            counts.update(dict.fromkeys(owners, 0) | dict(totals))
        return counts[owner]

    return {
        pk: _page(rows, order, first, after, name, lambda pk=pk: (count or counted)(pk))  # type: ignore[misc]
        for pk, rows in found.items()
    }


def _page(
    found: list[M], order: Order, first: int, after: str | None, name: str, count: Callable[[], int]
) -> Page[M]:
    rows = found[:first]
    cursors = [_encode(name, [_value(row, field) for field in order.fields]) for row in rows]
    return Page(rows, cursors, len(found) > first, after is not None, count)


def _value(row: Model, field: str) -> Any:
    value: Any = row
    for name in field.lstrip("-").split("__"):
        value = getattr(value, name)
    return value.isoformat() if isinstance(value, datetime) else value


def _encode(name: str, values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps([name, *values], ensure_ascii=False).encode()).decode()


def _decode(cursor: str, name: str, columns: list[Field[Any, Any]]) -> list[Any]:
    """The sort values in a cursor; only one that this very list gave is taken."""
    try:
        _, *values = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        typed = [_typed(column, value) for column, value in zip(columns, values, strict=True)]
        is_mine = _encode(name, values) == cursor
    except (ValueError, TypeError, OverflowError, RecursionError):
        is_mine = False
    if not is_mine:
        raise BadInput("Ce curseur ne vient pas de cette liste.", ["after"], Code.BAD_CURSOR)
    return typed


def _typed(column: Field[Any, Any], value: Any) -> Any:
    """A sort value as its column holds it. Raises ValueError, TypeError or OverflowError where it can't be one."""
    if isinstance(column, DateTimeField):
        found = datetime.fromisoformat(value)
        if found.tzinfo is None:
            raise ValueError("an instant without its zone")
        return found.astimezone(UTC)
    if isinstance(column, IntegerField):
        if type(value) is not int or abs(value) >= 2**63:
            raise TypeError("not a key")
    elif "\0" in str.encode(value).decode():  # neither it nor half characters could be compared
        raise ValueError("not a text")
    return value


def _after(queryset: QuerySet[M], order: Order, after: str | None, name: str) -> QuerySet[M]:
    if after is None:
        return queryset
    meta = queryset.model._meta
    names = [field.lstrip("-") for field in order.fields]
    columns: list[Any] = [meta.pk if column == "pk" else meta.get_field(column) for column in names]
    values = _decode(after, name, columns)
    beyond, same = Q(), Q()
    for field, value in zip(order.fields, values, strict=True):
        column, way = field.lstrip("-"), "lt" if field.startswith("-") else "gt"
        beyond |= same & Q(**{f"{column}__{way}": value})
        same &= Q(**{column: value})
    first, way = order.fields[0].lstrip("-"), "lte" if order.fields[0].startswith("-") else "gte"
    # Implied by the rest; said so that an index range is read instead of the whole list.
    return queryset.filter(Q(**{f"{first}__{way}": values[0]}) & beyond)
