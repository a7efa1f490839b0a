"""What an operation uses of a schema, as schema coordinates: `Loge.name`, `Loge.events(first:)`, `ImageSize.CARD`."""

from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    GraphQLType,
    InlineFragmentNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_abstract_type,
    is_enum_type,
    is_input_object_type,
    visit,
)


def uses(schema: GraphQLSchema, document: DocumentNode) -> dict[str, set[str]]:
    """What each operation of a valid document uses, by the operation's name.

    Besides coordinates there is `<type> in <type>` for each pair of types that are spread upon one another: it holds
    only as long as the one is a member of the other.
    """
    found = {}
    for operation in visit(document, _Inliner(document)).definitions:
        if isinstance(operation, OperationDefinitionNode):
            info = TypeInfo(schema)
            collector = _Collector(schema, info)
            visit(operation, TypeInfoVisitor(info, collector))
            found[operation.name.value if operation.name else "(unnamed)"] = collector.found
    return found


def membership(member: str, whole: str) -> str:
    """How it is said that an operation needs a type to be one of a union or an interface."""
    return f"{member} in {whole}"


class _Inliner(Visitor):
    """Puts each fragment where it is spread, so that what is around it is seen."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        self.fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    def enter_fragment_spread(self, node: Any, *_: Any) -> InlineFragmentNode:
        fragment = self.fragments[node.name.value]
        return InlineFragmentNode(
            type_condition=fragment.type_condition, directives=node.directives, selection_set=fragment.selection_set
        )


class _Collector(Visitor):
    """Gathers the coordinates while TypeInfo says where one is."""

    def __init__(self, schema: GraphQLSchema, info: TypeInfo) -> None:
        super().__init__()
        self.schema, self.info = schema, info
        self.found: set[str] = set()
        self.around: list[list[Any]] = []
        """For each open selection set its type, and before it those of the spreads around it, up to the field."""
        self.fields: list[set[str]] = []
        self.given: set[str] = set()

    def enter_selection_set(self, _node: Any, _key: Any, parent: Any, *_: Any) -> None:
        here = self.info.get_parent_type()
        assert here is not None, "the document doesn't fit the schema"
        outer = self.around[-1] if isinstance(parent, InlineFragmentNode) else []
        for other in outer:
            self.found |= {membership(here.name, other.name), membership(other.name, here.name)}
        self.found.add(here.name)
        self.around.append([*outer, here])

    def leave_selection_set(self, *_: Any) -> None:
        self.around.pop()

    def enter_field(self, node: Any, *_: Any) -> None:
        """A field is one of the type it is written on, and of each type that may stand there."""
        here = self.around[-1][-1]
        owners = {here.name} | set.intersection(*map(self._possible, self.around[-1]))
        self.fields.append({f"{owner}.{node.name.value}" for owner in owners})
        self.found |= self.fields[-1]
        self._name(self.info.get_type())

    def leave_field(self, *_: Any) -> None:
        self.fields.pop()

    def enter_directive(self, node: Any, *_: Any) -> None:
        self.found.add(f"@{node.name.value}")

    def enter_argument(self, node: Any, *_: Any) -> None:
        directive = self.info.get_directive()
        owners = {f"@{directive.name}"} if directive else self.fields[-1]
        self.found |= {f"{owner}({node.name.value}:)" for owner in owners}
        self._name(self.info.get_input_type())

    def enter_object_field(self, node: Any, *_: Any) -> None:
        self.found.add(f"{get_named_type(self.info.get_parent_input_type())}.{node.name.value}")
        self._name(self.info.get_input_type())

    def enter_enum_value(self, node: Any, *_: Any) -> None:
        self.found.add(f"{get_named_type(self.info.get_input_type())}.{node.value}")

    def enter_variable_definition(self, *_: Any) -> None:
        self._give(self.info.get_input_type())

    def _possible(self, kind: Any) -> set[str]:
        return {one.name for one in self.schema.get_possible_types(kind)} if is_abstract_type(kind) else {kind.name}

    def _name(self, kind: GraphQLType | None) -> None:
        self.found.add(str(get_named_type(kind)))

    def _give(self, kind: GraphQLType | None) -> None:
        """What comes in a variable may be any value of its enum, any field of its input."""
        named = get_named_type(kind)
        self._name(named)
        if is_enum_type(named):
            self.found |= {f"{named}.{value}" for value in named.values}
        elif is_input_object_type(named) and named.name not in self.given:
            self.given.add(named.name)
            self.found |= {f"{named}.{field}" for field in named.fields}
            for field in named.fields.values():
                self._give(field.type)
