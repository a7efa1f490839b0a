"""How much one operation may ask for: refused before the document is checked against the schema."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode
from graphql.validation.rules import overlapping_fields_can_be_merged
from strawberry.extensions import SchemaExtension

from graphql_api import cost

MAX_COST = 25_000
"""Points that an operation may cost: half a second of work at worst; the dearest contract costs less than half."""

MAX_DEPTH = 20
"""How deep fields may be nested; the deepest contract has 8, introspection 15."""

MAX_TOKENS = 3_000
"""How long a document may be, in tokens: the longest contract has some 700."""

MAX_CHARACTERS = 50_000
"""How long its text may be, comments included: what is kept of documents stays small."""

CACHED_DOCUMENTS = 64
"""Documents kept parsed and checked; the largest takes some 2 MB."""

# Comparing every two fields of one name is quadratic; graphql-core stops at this many steps (a tenth of a second).
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 100_000


class TooExpensive(Exception):
    """An operation that asks for too much; `figures` tell what it asks and what is allowed."""

    def __init__(self, message: str, figures: dict[str, int]) -> None:
        super().__init__(message)
        self.message, self.figures = message, figures


class Limits(SchemaExtension):
    """Counts what the chosen operation costs, refuses what is too dear, and tells the figures in the answer."""

    figures: dict[str, int] | None = None

    def on_operation(self) -> Iterator[None]:
        """Have the parser stop at MAX_TOKENS."""
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield

    def on_parse(self) -> Iterator[None]:
        """Refuse a document that is too long to be read."""
        if len(self.execution_context.query or "") > MAX_CHARACTERS:
            raise TooExpensive(f"Ce document est trop long ({MAX_CHARACTERS} caractères au plus).", {})
        yield

    def on_validate(self) -> Iterator[None]:
        """Count before graphql-core's own rules run: some take long on what is refused here."""
        self._check(self._operation())
        yield

    def get_results(self) -> dict[str, Any]:
        """The part of the answer's extensions."""
        return {"cost": self.figures} if self.figures else {}

    def _operation(self) -> OperationDefinitionNode:
        """The operation that is meant. Raises GraphQLError where several are and none is named."""
        context = self.execution_context
        assert context.graphql_document
        found = [node for node in context.graphql_document.definitions if isinstance(node, OperationDefinitionNode)]
        # Strawberry takes the first of several where no name came.
        if len(found) > 1 and context._provided_operation_name is None:
            raise GraphQLError("Must provide operation name if query contains multiple operations.")
        return next(node for node in found if (node.name.value if node.name else None) == context.operation_name)

    def _check(self, operation: OperationDefinitionNode) -> None:
        context = self.execution_context
        assert context.graphql_document
        try:
            found = cost.of_operation(
                context.schema._schema, context.graphql_document, operation, context.variables or {}
            )
        except cost.NestedTooDeep:
            raise TooExpensive("Cette requête emboîte trop de sélections et de fragments.", {}) from None
        points = found.points
        figures = {"requested": points, "limit": MAX_COST, "depth": found.depth, "maxDepth": MAX_DEPTH}
        self.figures = figures
        if points > MAX_COST:
            raise TooExpensive(
                f"Cette requête demande trop à la fois ({points} points, {MAX_COST} au plus).", figures
            )
        if found.depth > MAX_DEPTH:
            raise TooExpensive(f"Cette requête est trop profonde ({MAX_DEPTH} niveaux au plus).", figures)
