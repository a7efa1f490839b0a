"""A breaking change of the schema is told by the operations that it breaks, by those exactly."""

from pathlib import Path

import pytest
from graphql import build_schema, parse
from graphql.utilities import BreakingChangeType, DangerousChangeType, find_schema_changes

from tests.contracts.breaking import CONTRACTS, Change, compare, is_announced, main, read, report, touches
from tests.contracts.uses import uses

SCHEMA = """
directive @quiet(level: Int) on FIELD
directive @loud on FIELD

type Query {
  page(path: String, size: Int): Page
  loge(slug: String!): LogePage
  search(input: Search!, sort: Sort = NEAR): [Found!]!
  photo(size: Size): String
  old: Old @deprecated(reason: "Ask `page`; goes on 2027-06-01.")
}

interface Page { title: String!, cover(size: Size): String }
type LogePage implements Page { title: String!, cover(size: Size): String, city: String!, state: State! }
type BlogPage implements Page { title: String!, cover(size: Size): String, body: [Block!]! }

union Block = Text | Quote | Steps
type Text { html: String! }
type Quote { quote: String!, author: String }
type Steps { steps: [String!]! }

union Found = LogePage | BlogPage

input Search { text: String, unit: Unit, near: Point, other: Search }
input Point { latitude: Float!, longitude: Float! }
enum Unit { HOUR, FLAT }
enum Sort { NEAR, CHEAP }
enum Size { CARD, WIDE }
enum State { OPEN }
type Old { word: String, sort: Sort @deprecated(reason: "Unused; goes on 2027-06-01.") }
"""

OPERATIONS = {
    "Titles": 'query Titles { page(path: "/") { title } }',
    "City": """
        query City($slug: String!) { loge(slug: $slug) { ...Cover city state } }
        fragment Cover on Page { cover(size: WIDE) }
    """,
    "Body": """
        query Body { page { ... on BlogPage { body { __typename ...Bits } } } }
        fragment Bits on Block { ... on Text { html } ...Saying }
        fragment Saying on Quote { quote @quiet(level: 1) }
    """,
    "Find": "query Find($input: Search!) { search(input: $input) { ... on Page { title } } }",
    "FindCheap": """
        query FindCheap {
          search(input: {near: {latitude: 1.5, longitude: 2}}, sort: CHEAP) { ... on LogePage { city } }
        }
    """,
    "Photo": "query Photo($size: Size) { photo(size: $size) }",
    "Word": "query Word { old { word } }",
}


def changes(old: str, new: str, schema: str = SCHEMA) -> list[Change]:
    assert old in schema, "the test's own change doesn't fit"
    return compare(build_schema(schema), build_schema(schema.replace(old, new)), map(parse, OPERATIONS.values()))


def broken(old: str, new: str) -> dict[str, tuple[str, ...]]:
    return {change.told: change.operations for change in changes(old, new) if change.is_refused}


def test_operations_use_what_they_say() -> None:
    [(name, found)] = uses(build_schema(SCHEMA), parse(OPERATIONS["City"])).items()

    assert name == "City"
    assert found == {
        "Query", "Query.loge", "Query.loge(slug:)", "String", "LogePage", "LogePage.city", "LogePage.state", "State",
        "Page",
        "Page in LogePage", "LogePage in Page",
        "Page.cover", "LogePage.cover", "Page.cover(size:)", "LogePage.cover(size:)", "Size", "Size.WIDE",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told", "operations"),
    [
        ("city: String!", "town: String!", "Field LogePage.city was removed.", ("City", "FindCheap")),
        ("word: String,", "", "Field Old.word was removed.", ("Word",)),
        ("author: String", "", "Field Quote.author was removed.", ()),
        ("photo(size: Size)", "photo(format: Size)", "Argument Query.photo(size:) was removed.", ("Photo",)),
        ("page(path: String,", "page(", "Argument Query.page(path:) was removed.", ("Titles",)),
        (
            "page(path: String, size: Int)",
            "page(path: String, size: Int!)",
            "Argument Query.page(size:) has changed type from Int to Int!.",
            ("Body", "Titles"),
        ),
        (
            "photo(size: Size)",
            "photo(size: Size, id: ID!)",
            "A required argument Query.photo(id:) was added.",
            ("Photo",),
        ),
        (
            "quote: String!",
            "quote: String",
            "Field Quote.quote changed type from String! to String.",
            ("Body",),
        ),
        ("CARD, WIDE", "CARD", "Enum value Size.WIDE was removed.", ("City", "Photo")),
        ("NEAR, CHEAP", "NEAR", "Enum value Sort.CHEAP was removed.", ("FindCheap",)),
        ("HOUR, FLAT", "FLAT", "Enum value Unit.HOUR was removed.", ("Find",)),
        ("Text | Quote | Steps", "Text | Steps", "Quote was removed from union type Block.", ("Body",)),
        ("Text | Quote | Steps", "Text | Quote", "Steps was removed from union type Block.", ()),
        ("LogePage | BlogPage", "BlogPage", "LogePage was removed from union type Found.", ("FindCheap",)),
        (
            "BlogPage implements Page",
            "BlogPage",
            "BlogPage no longer implements interface Page.",
            ("Body",),
        ),
        (
            "enum State { OPEN }",
            "scalar State",
            "State changed from an Enum type to a Scalar type.",
            ("City",),
        ),
        ("{ text: String,", "{", "Field Search.text was removed.", ("Find",)),
        (
            "latitude: Float!",
            "latitude: Float!, floor: Int!",
            "A required field Point.floor was added.",
            ("Find", "FindCheap"),
        ),
        (", longitude: Float!", "", "Field Point.longitude was removed.", ("Find", "FindCheap")),
        (
            "near: Point,",
            "near: Point!,",
            "Field Search.near changed type from Point to Point!.",
            ("Find", "FindCheap"),
        ),
        ("@quiet(level: Int)", "@quiet", "Argument @quiet(level:) was removed.", ("Body",)),
        ("directive @quiet(level: Int) on FIELD", "", "Directive @quiet was removed.", ("Body",)),
        ("directive @loud on FIELD", "", "Directive @loud was removed.", ()),
    ],
)
def test_breaking_change_names_the_operations_that_use_what_it_touches(
    old: str, new: str, told: str, operations: tuple[str, ...]
) -> None:
    found = broken(old, new)

    assert found == {told: operations}


def test_field_of_an_interface_is_one_of_each_type_that_may_stand_there() -> None:
    found = broken("title: String!", "title: String")

    assert found == {
        "Field BlogPage.title changed type from String! to String.": ("Find", "Titles"),
        "Field LogePage.title changed type from String! to String.": ("Find", "Titles"),
        "Field Page.title changed type from String! to String.": ("Find", "Titles"),
    }


def test_field_of_an_interface_is_none_of_a_type_that_cannot_stand_there() -> None:
    found = broken("cover(size: Size): String, body", "cover(size: Size): Int, body")

    assert found == {"Field BlogPage.cover changed type from String to Int.": ()}  # City asks a LogePage for it


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("city: String!", 'city: String! @deprecated(reason: "Ask `town`; goes on 2027-06-01.")'),
        ("city: String!", "city: String!, town: String!"),
        ("path: String,", "path: String, draft: Boolean,"),
        ("HOUR, FLAT", "HOUR, FLAT, VISIT"),
        ("type Steps {", "input Later { at: Int }\ntype Steps {"),
        ("Text | Quote | Steps", "Text | Quote | Steps | Old"),
        ("author: String", "author: String!"),
        ("loge(slug: String!)", "loge(slug: String)"),
    ],
)
def test_deprecation_or_addition_breaks_nothing(old: str, new: str) -> None:
    assert broken(old, new) == {}


def test_dangerous_change_is_told_but_refuses_nothing() -> None:
    [change] = changes("HOUR, FLAT", "HOUR, FLAT, VISIT")

    assert change == Change("Enum value Unit.VISIT was added.", ("Find",), is_breaking=False)
    assert "used by: Find" in report([change])


def test_removal_after_a_deprecation_is_refused_only_where_an_operation_uses_it() -> None:
    unused = changes(', sort: Sort @deprecated(reason: "Unused; goes on 2027-06-01.")', "")
    used = changes('  old: Old @deprecated(reason: "Ask `page`; goes on 2027-06-01.")\n', "")

    assert [(change.told, change.is_refused) for change in unused] == [("Field Old.sort was removed.", False)]
    assert [(change.told, change.operations) for change in used if change.is_refused] == [
        ("Field Query.old was removed.", ("Word",))
    ]


def test_deprecated_field_may_go_but_not_change() -> None:
    found = broken("sort: Sort @deprecated", "sort: Int @deprecated")

    assert found == {"Field Old.sort changed type from Sort to Int.": ()}


def test_type_that_only_deprecated_fields_led_to_may_go_with_them() -> None:
    old = build_schema(SCHEMA)
    new = build_schema(SCHEMA.replace("  old: Old", "  #").split("type Old")[0])

    found = compare(old, new, [])

    assert {change.told: change.is_refused for change in found if change.is_breaking} == {
        "Field Query.old was removed.": False,
        "Old was removed.": False,
    }


@pytest.mark.parametrize(
    ("name", "announced"),
    [("Deprecated", True), ("InUnion", False), ("OfInterface", False), ("Taken", False), ("Lost", False)],
)
def test_type_is_announced_when_every_way_to_it_is_deprecated(name: str, announced: bool) -> None:
    schema = build_schema("""
        type Query {
          deprecated: Deprecated @deprecated
          inUnion: InUnion @deprecated
          ofInterface: OfInterface @deprecated
          taken: Taken @deprecated
          union: Union
          interface: Interface
          take(taken: Taken): Int
        }
        type Deprecated { x: Int }
        type InUnion { x: Int }
        union Union = InUnion
        interface Interface { x: Int }
        type OfInterface implements Interface { x: Int }
        enum Taken { X }
        type Lost { x: Int }
    """)

    assert is_announced(schema, name) is announced


def test_report_is_read_by_a_person() -> None:
    found = changes("city: String!", "town: String!") + changes("HOUR, FLAT", "HOUR, FLAT, VISIT")

    assert report(found) == (
        "BREAKS what the last release promised (1):\n"
        "  Field LogePage.city was removed.\n"
        "      breaks: City, FindCheap\n"
        "\n"
        "Worth a look: breaks only whom it surprises (1):\n"
        "  Enum value Unit.VISIT was added.\n"
        "      used by: Find"
    )


def test_every_sort_of_change_points_at_something() -> None:
    old = build_schema("""
        directive @gone on FIELD
        directive @there(a: Int, b: Int) repeatable on FIELD | QUERY
        type Query { f(a: Int, b: Int, d: Int = 1): String, u: U, n: N, e: E, g(i: I): String, t: Gone, k: K }
        union U = A | B
        interface N { x: Int }
        type A implements N { x: Int }
        type B { x: Int }
        type Gone { x: Int }
        type K { x: Int }
        enum E { ONE, TWO }
        input I { a: Int, b: Int, d: Int = 1 }
    """)
    new = build_schema("""
        directive @there(b: String, c: Int!) on FIELD
        type Query { f(b: String, c: Int!, o: Int, d: Int = 2): Int, u: U, n: N, e: E, g(i: I): String, k: K }
        union U = A | C
        interface N { x: Int }
        type A { x: Int }
        type B implements N { x: Int }
        type C { x: Int }
        scalar K
        enum E { ONE, THREE }
        input I { b: String, c: Int!, o: Int, d: Int = 2 }
    """)

    found = [
        change
        for change in find_schema_changes(old, new)
        if isinstance(change.type, BreakingChangeType | DangerousChangeType)
    ]

    assert {change.type for change in found} == {*BreakingChangeType, *DangerousChangeType}
    assert {touches(change, new) for change in found} == {
        "@gone", "@there", "@there(a:)", "@there(b:)", "Gone", "K", "B in U", "U", "A in N", "N", "E.TWO", "E",
        "I", "I.a", "I.b", "I.d", "Query.f", "Query.t", "Query.f(a:)", "Query.f(b:)", "Query.f(d:)",
    }  # fmt: skip


# --- Our own contracts ---------------------------------------------------------------------------


def test_own_operations_break_nothing_beside_their_own_schema() -> None:
    schema, documents = read(CONTRACTS)

    assert compare(schema, schema, documents) == []
    assert {name for document in documents for name in uses(schema, document)} == {
        path.stem for path in (CONTRACTS / "operations").glob("*.graphql")
    }


def test_own_schema_without_the_neighbours_breaks_the_coverage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = (CONTRACTS / "schema.graphql").read_text(encoding="utf-8")
    assert "  neighbours: [" in schema
    (tmp_path / "schema.graphql").write_text(schema.replace("  neighbours: [", "  near: ["), encoding="utf-8")

    status = main(released=CONTRACTS, contracts=tmp_path)

    assert status == 1
    assert "  Field Coverage.neighbours was removed.\n      breaks: Coverage\n" in capsys.readouterr().out


def test_unchanged_schema_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(released=CONTRACTS, contracts=CONTRACTS) == 0
    assert capsys.readouterr().out == "Nothing that the last release promised has changed.\n"


def test_schema_is_free_until_one_is_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(released=tmp_path / "released", contracts=tmp_path) == 0
    assert capsys.readouterr().out == "No schema is released yet: no change can break one.\n"
