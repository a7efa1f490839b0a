"""The schema as frontends read it: described throughout, committed, bounded, and mergeable in every block."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    parse,
    validate,
)

from cms.blocks import Body
from graphql_api.schema import build, schema
from graphql_api.types import routes
from graphql_api.types.blocks import KINDS

CONTRACTS = Path(__file__).resolve().parents[2] / "frontend_contracts"
TYPES = {name: kind for name, kind in schema._schema.type_map.items() if not name.startswith("__")}
BUILT_IN = {"String", "Int", "Float", "Boolean", "ID"}
UNBOUNDED = {
    # Few by nature, and all of them are shown: the taxonomy, a loge's team, an expert's own short lists.
    ("Query", "serviceFamilies"),
    ("ServiceFamily", "services"),
    ("Question", "choices"),
    ("Understanding", "services"),
    ("ExpertHit", "matchedServices"),
    ("Loge", "coordinators"),
    ("Loge", "askedWithoutExpert"),
    ("Loge", "services"),
    ("ExpertProfile", "offers"),
    ("ExpertProfile", "badges"),
    ("Event", "speakers"),
    ("Coverage", "loges"),
    ("Coverage", "preparing"),
    # Bounded in themselves: three nearest, as many as the editor said (50 and 20 at most), three parties.
    ("Coverage", "neighbours"),
    ("MoneyBreakdown", "shares"),
    ("Page", "body"),
    ("Page", "breadcrumbs"),
    ("Event", "body"),
    ("ImageSources", "formats"),
    # What one text, and the site's menu, hold.
    ("RichText", "references"),
    ("Site", "menu"),
    ("MenuItem", "children"),
    ("Understanding", "places"),
    ("Understanding", "corrections"),
    ("ExpertSearchResult", "facets"),
    ("NoResultHelp", "nearestLoges"),
    ("NoResultHelp", "neighbourOffers"),
    ("NoResultHelp", "ways"),
    ("Facet", "values"),
}
"""Lists without an argument that bounds them: those that can't grow with the network."""
PAGES = {page.__name__ for page in routes.PAGES}
OF_BLOCKS = {kind.type.__name__ for kind in KINDS.values()}


def _of_fields(kind: Any) -> dict[str, Any]:
    has_fields = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
    return kind.fields if isinstance(kind, has_fields) else {}


def test_everything_is_described() -> None:
    bare = [name for name, kind in TYPES.items() if name not in BUILT_IN and not kind.description]
    for name, kind in TYPES.items():
        for field_name, field in _of_fields(kind).items():
            if not field.description:
                bare.append(f"{name}.{field_name}")
            for argument, given in getattr(field, "args", {}).items():
                if not given.description:
                    bare.append(f"{name}.{field_name}({argument})")
        if isinstance(kind, GraphQLEnumType):
            bare += [f"{name}.{value}" for value, told in kind.values.items() if not told.description]

    assert bare == []


def test_committed_schema_is_what_the_code_makes() -> None:
    committed = (CONTRACTS / "schema.graphql").read_text(encoding="utf-8")

    assert committed.strip() == schema.as_str().strip()


def test_schema_is_built_again_the_same() -> None:
    assert build().as_str() == schema.as_str()


@pytest.mark.parametrize("path", sorted((CONTRACTS / "operations").glob("*.graphql")), ids=lambda path: path.stem)
def test_operations_of_frontends_fit_the_schema(path: Path) -> None:
    assert validate(schema._schema, parse(path.read_text(encoding="utf-8"))) == []


def test_field_of_one_name_means_one_type_in_every_block() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for block in schema._schema.get_possible_types(TYPES["Block"]):
        for name, field in block.fields.items():
            meanings[name].add(str(field.type))

    assert {name: kinds for name, kinds in meanings.items() if len(kinds) > 1} == {}


def test_blocks_are_all_in_the_schema_and_found_by_the_editor_s_blocks() -> None:
    published = {block.name for block in schema._schema.get_possible_types(TYPES["Block"])}

    assert published == {kind.type.__name__ for kind in KINDS.values()}
    assert set(KINDS) == set(Body().child_blocks)
    assert {block.name for block in TYPES["BodyBlock"].types} == published


def test_required_parts_of_blocks_are_those_that_a_draft_can_lack_safely() -> None:
    # The breakdown is computed, never written; an empty rich text is one.
    safe = {"String", "Boolean", "ID", "MoneyBreakdown", "RichText"}
    wrong = []
    for block in schema._schema.get_possible_types(TYPES["Block"]):
        for name, field in block.fields.items():
            if isinstance(field.type, GraphQLNonNull) and not isinstance(field.type.of_type, GraphQLList):
                wrong += [f"{block.name}.{name}"] if field.type.of_type.name not in safe else []

    assert wrong == []


def _is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList)


def test_lists_of_rows_are_bounded_or_known_to_be_short() -> None:
    rows = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
    found = {
        (name, field_name)
        for name, kind in TYPES.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        for field_name, field in kind.fields.items()
        if _is_list(field)
        and isinstance(get_named_type(field.type), rows)
        and field_name != "edges"
        and "first" not in field.args
        and name not in PAGES  # told once, of the interface
        and name not in OF_BLOCKS  # what one block of one page holds
    }

    assert found == UNBOUNDED


def test_connections_are_all_paged_both_ways() -> None:
    found = {
        tuple(field.args[name].type.name for name in ("first", "after", "last", "before"))
        for kind in TYPES.values()
        for field in _of_fields(kind).values()
        if str(get_named_type(field.type)).endswith("Connection")
    }

    assert found == {("Int", "String", "Int", "String")}


def test_lists_hold_no_nulls() -> None:
    loose = [
        f"{name}.{field_name}: {field.type}"
        for name, kind in TYPES.items()
        for field_name, field in _of_fields(kind).items()
        if "]" in str(field.type) and "!]" not in str(field.type)
    ]

    assert loose == []


def test_schema_has_queries_only() -> None:
    assert schema._schema.mutation_type is None
    assert schema._schema.subscription_type is None
