"""What an operation may cost, counted in one walk over its document before anything is read.

Every value costs one point, times the rows of the lists around it; every read costs READ points on top. Each fragment
is counted once, however often it is spread, so that the count takes time in proportion to the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

READ = 200
"""Points of a root field, a field with arguments and a list: a statement or several each, whatever they answer."""

MAX_ROWS = 100
"""Rows of a page: the most it can be, and counted so where its size can't be told."""

ROWS_OF_LIST = 8
"""Rows counted for a list that has no page size: offers, badges, services."""

INTROSPECTED = {"types": 160, "fields": 8, "args": 2, "enumValues": 6, "inputFields": 6, "directives": 8}
"""Rows of the lists that describe the schema, about as many as it has; 2 for the others."""

INTROSPECTION_DISCOUNT = 10
"""So much less does a value cost that comes from the schema itself."""

MAX_NESTING = 100
"""How deep selections may be nested, fragments included: what the count walks through without exhausting Python."""

CAP = 10**9
"""Nothing is told to cost more: beyond it only the refusal matters."""


class NestedTooDeep(Exception):
    """Selections and fragments are nested deeper than MAX_NESTING."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a selection asks for at most: values, reads, and levels of fields."""

    values: int = 0
    reads: int = 0
    depth: int = 0

    @property
    def points(self) -> int:
        """Everything in one number."""
        return min(self.values + READ * self.reads, CAP)


def of_operation(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> Cost:
    """The cost of one operation, with the values of its variables as they came. Raises NestedTooDeep."""
    root = schema.get_root_type(operation.operation)
    return _Count(schema, document, _sizes(operation, variables)).of(operation.selection_set, root, 0)


def _sizes(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, int | None]:
    """What each variable stands for as a size of pages; whatever is no whole number may be as large as can be."""
    sizes: dict[str, int | None] = {}
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        if name not in variables:
            sizes[name] = _size(definition.default_value, {})
        elif (value := variables[name]) is not None:
            sizes[name] = _bounded(value) if isinstance(value, int) else MAX_ROWS
    return sizes


def _size(node: Any, variables: Mapping[str, int | None]) -> int | None:
    """The page size that a value in the document stands for; None where it gives none."""
    if isinstance(node, IntValueNode):
        return MAX_ROWS if len(node.value) > 3 else _bounded(int(node.value))
    return variables.get(node.name.value) if isinstance(node, VariableNode) else None


def _bounded(size: int) -> int:
    return min(max(size, 1), MAX_ROWS)


class _Count:
    """The costs of selections; a fragment always has the same, wherever it is spread."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, sizes: Mapping[str, int | None]) -> None:
        self.schema, self.sizes = schema, sizes
        self.roots = (schema.query_type, schema.mutation_type)
        self.fragments = {
            found.name.value: found for found in document.definitions if isinstance(found, FragmentDefinitionNode)
        }
        self.known: dict[str, Cost] = {}

    def of(self, selections: SelectionSetNode, parent: Any, level: int) -> Cost:
        if level > MAX_NESTING:
            raise NestedTooDeep
        values = reads = depth = 0
        for selection in selections.selections:
            found = self._selection(selection, parent, level + 1)
            values, reads = min(values + found.values, CAP), min(reads + found.reads, CAP)
            depth = max(depth, found.depth)
        return Cost(values, reads, depth)

    def _selection(self, node: Any, parent: Any, level: int) -> Cost:
        if isinstance(node, FieldNode):
            return self._field(node, parent, level)
        if isinstance(node, InlineFragmentNode):
            return self.of(node.selection_set, self._condition(node) or parent, level)
        return self._spread(node, level)

    def _spread(self, node: FragmentSpreadNode, level: int) -> Cost:
        name = node.name.value
        if name not in self.known:
            self.known[name] = Cost()  # a circle is refused by another rule; here it costs nothing
            if fragment := self.fragments.get(name):
                self.known[name] = self.of(fragment.selection_set, self._condition(fragment), level)
        return self.known[name]

    def _condition(self, node: InlineFragmentNode | FragmentDefinitionNode) -> Any:
        return self.schema.get_type(node.type_condition.name.value) if node.type_condition else None

    def _field(self, node: FieldNode, parent: Any, level: int) -> Cost:
        field = self.schema.get_field(parent, node.name.value) if hasattr(parent, "fields") else None
        if field is None or node.selection_set is None:
            return Cost(values=1, depth=1)
        below = self.of(node.selection_set, get_named_type(field.type), level)
        if node.name.value.startswith("__"):
            return Cost(1 + below.values // INTROSPECTION_DISCOUNT, 0, 1 + below.depth)
        rows = self._rows(node, field, parent)
        is_list = rows > 1 and not parent.name.startswith("__")
        is_read = is_list or parent in self.roots or bool(node.arguments)
        values = min(1 + rows * below.values, CAP)
        return Cost(values, is_read + below.reads, 1 + below.depth)

    def _rows(self, node: FieldNode, field: GraphQLField, parent: Any) -> int:
        """How many rows a field stands for."""
        if "first" in field.args:
            given = [argument for argument in node.arguments or () if argument.name.value in ("first", "last")]
            sizes = [size for argument in given if (size := _size(argument.value, self.sizes)) is not None]
            default = field.args["first"].default_value
            return max(sizes, default=default if isinstance(default, int) else MAX_ROWS)
        bare = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        if not isinstance(bare, GraphQLList) or get_named_type(field.type).name.endswith("Edge"):
            return 1
        return INTROSPECTED.get(node.name.value, 2) if parent.name.startswith("__") else ROWS_OF_LIST
