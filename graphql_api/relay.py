"""Relay's shapes: connections with their count, and nodes found again by their global id."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import strawberry
from django.db.models import Model, QuerySet
from strawberry import relay
from strawberry.relay.types import NodeType

from graphql_api.batch import for_each, together
from graphql_api.paging import Order, Page, pages

First = Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="The cursor after which to go on, from the same list.")]

M = TypeVar("M", bound=Model)


@strawberry.type(name="Connection")
class CountedConnection(relay.Connection[NodeType]):
    """A page of a list."""

    count: strawberry.Private[Callable[[], int]]

    @strawberry.field
    def total_count(self) -> int:
        """How many there are on all pages. Costs a statement: ask only if you show it."""
        return self.count()


def parse_id(global_id: str) -> tuple[str, int]:
    """The type name and the primary key in a global id; an id that isn't one stands for nothing: ("", 0)."""
    try:
        found = relay.GlobalID.from_id(global_id)
    except relay.GlobalIDValueError:
        return "", 0
    is_key = found.node_id.isascii() and found.node_id.isdigit() and len(found.node_id) <= 18
    return (found.type_name, int(found.node_id)) if is_key else ("", 0)


def connection(page: Page[Any]) -> Any:
    """A page as a connection; its rows are read together from here on."""
    rows = together(page.rows)
    return CountedConnection(
        edges=[relay.Edge(cursor=cursor, node=row) for cursor, row in zip(page.cursors, rows, strict=True)],
        page_info=relay.PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        ),
        count=page.count,
    )


def nested(
    root: M,
    queryset: QuerySet[Any],
    order: Order,
    *,
    group: str,
    first: int,
    after: str | None,
    arguments: tuple[object, ...] = (),
    count: Callable[[M], int] | None = None,
) -> Any:
    """One page of what belongs to `root` (by the path `group`), read in one statement for all its peers.

    `arguments` are those that made the queryset; `count` tells how many there are where that is known already.
    """

    def load(rows: list[M]) -> dict[int, Any]:
        owners = {row.pk: row for row in rows}
        found = pages(
            queryset,
            order,
            group=group,
            ids=owners,
            first=first,
            after=after,
            arguments=arguments,
            count=None if count is None else lambda pk: count(owners[pk]),
        )
        made = {pk: connection(page) for pk, page in found.items()}
        together(row for page in found.values() for row in page.rows)
        return made

    return for_each(root, (order.name, first, after, *arguments), load)
