"""How much one document may ask for: counted before anything is read, in one walk over the document.

Every field costs one point, times the rows of the lists around it. Each fragment is counted once, however often it is
spread, so that the count takes time in proportion to the document.
"""

from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationRule,
    get_named_type,
)

MAX_COST = 50_000
"""Points that a document may cost; the dearest contract costs some 3,000."""

MAX_DEPTH = 20
"""How deep fields may be nested; the deepest contract has 8."""

ROWS_UNKNOWN = 100
"""Rows of a page whose size comes by a variable: the most it can be."""

ROWS_OF_LIST = 8
"""Rows counted for a list that has no page size: offers, badges, services."""


class CostLimit(ValidationRule):
    """Refuses a document that asks for more than MAX_COST or nests deeper than MAX_DEPTH."""

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: Any) -> None:
        """Count an operation with all its fragments."""
        root = self.context.schema.get_root_type(node.operation)
        if root is None:
            return
        cost, depth = _Count(self.context).of(node.selection_set, root)
        if cost > MAX_COST:
            text = f"Cette requête demande trop à la fois ({min(cost, 10**9)} points, {MAX_COST} au plus)."
            self.report_error(GraphQLError(text, node))
        elif depth > MAX_DEPTH:
            self.report_error(GraphQLError(f"Cette requête est trop profonde ({MAX_DEPTH} niveaux au plus).", node))


class _Count:
    """The cost and the depth of selections, each fragment counted once for each type it is spread on."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.known: dict[tuple[str, str], tuple[int, int]] = {}

    def of(self, selections: SelectionSetNode, parent: Any) -> tuple[int, int]:
        cost = depth = 0
        for selection in selections.selections:
            found = self._selection(selection, parent)
            cost, depth = min(cost + found[0], 10**12), max(depth, found[1])
        return cost, depth

    def _selection(self, node: Any, parent: Any) -> tuple[int, int]:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, InlineFragmentNode):
            named = node.type_condition and self.context.schema.get_type(node.type_condition.name.value)
            return self.of(node.selection_set, named or parent)
        if isinstance(node, FragmentSpreadNode):
            return self._spread(node.name.value, parent)
        return 0, 0

    def _spread(self, name: str, parent: Any) -> tuple[int, int]:
        key = (name, parent.name)
        if key not in self.known:
            self.known[key] = (0, 0)  # a circle is refused by another rule; here it costs nothing
            fragment: FragmentDefinitionNode | None = self.context.get_fragment(name)
            if fragment is not None:
                named = self.context.schema.get_type(fragment.type_condition.name.value)
                self.known[key] = self.of(fragment.selection_set, named or parent)
        return self.known[key]

    def _field(self, node: FieldNode, parent: Any) -> tuple[int, int]:
        fields = parent.fields if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else {}
        field: GraphQLField | None = fields.get(node.name.value)
        if field is None or node.selection_set is None:
            return 1, 1
        cost, depth = self.of(node.selection_set, get_named_type(field.type))
        return min(1 + _rows(node, field) * cost, 10**12), depth + 1


def _rows(node: FieldNode, field: GraphQLField) -> int:
    """How many rows a field stands for."""
    if "first" in field.args:
        given = next((argument.value for argument in node.arguments or () if argument.name.value == "first"), None)
        default = field.args["first"].default_value
        if given is None:
            return default if isinstance(default, int) else ROWS_UNKNOWN
        return min(int(given.value), ROWS_UNKNOWN) if isinstance(given, IntValueNode) else ROWS_UNKNOWN
    bare = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    is_page = getattr(get_named_type(field.type), "name", "").endswith("Edge")
    return ROWS_OF_LIST if isinstance(bare, GraphQLList) and not is_page else 1
