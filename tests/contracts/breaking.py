"""Which operations of frontends a change of the schema breaks: what was released beside what is there now.

`make check` runs it; `make release-schema` writes what was released. Nothing released, nothing to break.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLArgument,
    GraphQLInputField,
    GraphQLSchema,
    build_schema,
    get_named_type,
    is_required_argument,
    is_required_input_field,
    parse,
    resolve_schema_coordinate,
)
from graphql.utilities import BreakingChangeType, DangerousChangeType, find_schema_changes

from tests.contracts.uses import membership, uses

CONTRACTS = Path(__file__).resolve().parents[2] / "frontend_contracts"
RELEASED = CONTRACTS / "released"

_OF_A_WHOLE = re.compile(r"(\w+)(?: was (?:removed from|added to) union type | no longer implements interface )(\w+)")
_INTO_AN_INTERFACE = re.compile(r"(?P<whole>\w+) added to interfaces implemented by (?P<member>\w+)")
_MEMBER = re.compile(r"@\w+(?:\(\w+:\))?|\w+\.\w+(?:\(\w+:\))?")
_TYPE = re.compile(r"(?:Standard scalar )?(\w+)")


@dataclass(frozen=True)
class Change:
    """A change that may break something, and the operations that use what it touches."""

    told: str
    operations: tuple[str, ...]
    is_breaking: bool
    is_announced: bool = False
    """Whether what was removed had been deprecated in the release."""

    @property
    def is_refused(self) -> bool:
        """Whether it breaks a promise: announced removals of what none of ours uses don't."""
        return self.is_breaking and (bool(self.operations) or not self.is_announced)


def compare(old: GraphQLSchema, new: GraphQLSchema, documents: Iterable[DocumentNode]) -> list[Change]:
    """What changed between two schemas, told by the operations of the old one; what breaks comes first."""
    used = {name: what for document in documents for name, what in uses(old, document).items()}
    changes = [
        Change(
            told=change.description,
            operations=tuple(sorted(name for name, what in used.items() if touched in what)),
            is_breaking=isinstance(change.type, BreakingChangeType),
            is_announced="REMOVED" in change.type.name and is_announced(old, touched),
        )
        for change in find_schema_changes(old, new)
        if isinstance(change.type, BreakingChangeType | DangerousChangeType)
        for touched in [touches(change, new)]
    ]
    return sorted(changes, key=lambda change: (not change.is_breaking, change.told))


def touches(change: Any, new: GraphQLSchema) -> str:
    """The coordinate, or the membership, that whoever is concerned by a change has to use."""
    if found := _OF_A_WHOLE.match(change.description):
        member, whole = found.groups()
        return whole if "ADDED" in change.type.name else membership(member, whole)
    if found := _INTO_AN_INTERFACE.match(change.description):
        return found["whole"]
    if found := _MEMBER.search(change.description):
        concerns_all = "ADDED" in change.type.name or (
            "CHANGED_KIND" in change.type.name and _is_required(_part(new, found[0]))
        )
        return _container(found[0]) if concerns_all else found[0]
    found = _TYPE.match(change.description)
    assert found is not None
    return found[1]


def is_announced(old: GraphQLSchema, touched: str) -> bool:
    """Whether a part of a schema was deprecated; a type is when all that led to it was."""
    if " in " in touched or touched.startswith("@"):
        return False
    if "." in touched:
        return _part(old, touched).deprecation_reason is not None
    ways = list(_ways_to(old, touched))
    return bool(ways) and all(way is not None and way.deprecation_reason is not None for way in ways)


def _container(coordinate: str) -> str:
    """`T.f` of `T.f(a:)`, `T` of `T.f`: used by whoever a new part concerns."""
    return coordinate.rpartition("(")[0] or coordinate.rpartition(".")[0]


def _is_required(part: Any) -> bool:
    """Whether it is an argument or an input field that everybody has to give."""
    return (isinstance(part, GraphQLArgument) and is_required_argument(part)) or (
        isinstance(part, GraphQLInputField) and is_required_input_field(part)
    )


def _part(schema: GraphQLSchema, coordinate: str) -> Any:
    """The field, argument, input field or enum value at a coordinate."""
    return resolve_schema_coordinate(schema, coordinate)[-2]  # type: ignore[index]


def _ways_to(schema: GraphQLSchema, name: str) -> Iterator[Any]:
    """The fields and arguments that lead to a type; None for a union or an interface: those can't be deprecated."""
    for kind in schema.type_map.values():
        for field in getattr(kind, "fields", {}).values():
            ways = [field, *getattr(field, "args", {}).values()]
            yield from (way for way in ways if get_named_type(way.type).name == name)
        if name in {member.name for member in getattr(kind, "types", ())}:
            yield None
    if getattr(schema.type_map[name], "interfaces", ()):
        yield None


def report(changes: list[Change]) -> str:
    """The changes as a person reads them; empty when there is none."""
    refused = [change for change in changes if change.is_refused]
    announced = [change for change in changes if change.is_breaking and not change.is_refused]
    dangerous = [change for change in changes if not change.is_breaking]
    parts = [
        _told("BREAKS what the last release promised", refused, "breaks"),
        _told("Removed after a deprecation", announced, "used by"),
        _told("Worth a look: breaks only whom it surprises", dangerous, "used by"),
    ]
    return "\n\n".join(part for part in parts if part)


def _told(title: str, changes: list[Change], verb: str) -> str:
    lines = [f"  {change.told}\n      {verb}: {', '.join(change.operations) or 'none of ours'}" for change in changes]
    return "\n".join([f"{title} ({len(lines)}):", *lines]) if lines else ""


def read(folder: Path) -> tuple[GraphQLSchema, list[DocumentNode]]:
    """The schema and the operations of a folder."""
    schema = build_schema((folder / "schema.graphql").read_text(encoding="utf-8"))
    paths = sorted((folder / "operations").glob("*.graphql"))
    return schema, [parse(path.read_text(encoding="utf-8")) for path in paths]


def main(released: Path = RELEASED, contracts: Path = CONTRACTS) -> int:
    """Print what changed since the release; 1 when something breaks, else 0."""
    if not released.exists():
        print("No schema is released yet: no change can break one.")
        return 0
    old, documents = read(released)
    new, _ = read(contracts)
    changes = compare(old, new, documents)
    print(report(changes) or "Nothing that the last release promised has changed.")
    if any(change.is_refused for change in changes):
        print("\nKeep the old beside the new, with a deprecation: see CONTRIBUTING.md, GraphQL.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
