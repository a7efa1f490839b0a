"""Relay's shapes: connections with their count, and nodes found again by their global id."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import strawberry
from strawberry import relay
from strawberry.relay.types import NodeType

from graphql_api.batch import together
from graphql_api.paging import Page

First = Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="The cursor after which to go on, from the same list.")]

N = TypeVar("N")


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


def connections(pages: dict[int, Page[Any]]) -> dict[int, Any]:
    """Pages of several owners as connections; the rows of all of them are read together from here on."""
    made = {pk: connection(page) for pk, page in pages.items()}
    together(row for page in pages.values() for row in page.rows)
    return made
