"""How much one operation may ask for: counted with the variables that came, refused before anything is slow."""

import time
from typing import Any

import pytest
from django.test import Client
from graphql import get_introspection_query

from graphql_api import limits
from tests.contracts.test_operations import NAMES, OPERATIONS
from tests.graphql_api.site import Ask, Refusal

LOGE = 'loge(slug: "x")'
TITLES = "edges { node { name } }"

pytestmark = pytest.mark.django_db


def send(query: str, **variables: Any) -> Any:
    body = {"query": query, "variables": variables}
    return Client().post("/graphql/", body, content_type="application/json").json()


def requested(query: str, **variables: Any) -> int:
    """The points that a query is counted with, answered or not."""
    return send(query, **variables)["extensions"]["cost"]["requested"]


@pytest.mark.parametrize("name", NAMES)
def test_contract_is_well_within_the_limit(name: str) -> None:
    document = (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")

    cost = send(document)["extensions"]["cost"]

    assert cost["requested"] * 2 <= cost["limit"]


def test_answer_tells_its_cost() -> None:
    cost = send("{ loges(first: 5) { edges { node { name city } } } }")["extensions"]["cost"]

    # One read; the field itself; five times edges, node and two values.
    assert cost == {
        "requested": 200 + 1 + 5 * (1 + 1 + 2),
        "limit": limits.MAX_COST,
        "depth": 4,
        "maxDepth": limits.MAX_DEPTH,
    }


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query($n: Int!) { loges(first: $n) { %s } }", {"n": 5}),
        ("query($n: Int! = 5) { loges(first: $n) { %s } }", {}),
        ("query($n: Int! = 100) { loges(first: $n) { %s } }", {"n": 5}),
        ("query($n: Int!) { ...F } fragment F on Query { loges(first: $n) { %s } }", {"n": 5}),
    ],
)
def test_page_size_in_a_variable_is_counted_with_its_value(query: str, variables: dict[str, int]) -> None:
    assert requested(query % TITLES, **variables) == requested(f"{{ loges(first: 5) {{ {TITLES} }} }}")


@pytest.mark.parametrize("last", ["last: 5", "last: $n"])
def test_page_from_the_end_is_counted_as_one_from_the_beginning(last: str) -> None:
    query = f"query($n: Int) {{ loges({last}) {{ {TITLES} }} }}"

    assert requested(query, n=5) == requested(f"{{ loges(first: 5) {{ {TITLES} }} }}")


def test_list_without_a_size_costs_a_read_and_eight_rows() -> None:
    without = requested(f"{{ {LOGE} {{ name }} }}")

    assert requested(f"{{ {LOGE} {{ name coordinators {{ quote }} }} }}") == without + 200 + 1 + 8


@pytest.mark.parametrize("size", ["10000000000", "9" * 5_000, "101", "1000", "$n"])
def test_size_beyond_the_largest_page_is_counted_as_the_largest(size: str) -> None:
    query = f"query($n: Int) {{ loges(first: {size}) {{ {TITLES} }} }}"

    assert requested(query, n=10**30) == requested(f"{{ loges(first: 100) {{ {TITLES} }} }}")


@pytest.mark.parametrize("value", ["x", 3.5, [], {}, True, None])
def test_size_of_the_wrong_type_is_refused(refusal: Refusal, value: Any) -> None:
    error = refusal(f"query($n: Int!) {{ loges(first: $n) {{ {TITLES} }} }}", n=value)

    assert error["extensions"]["code"] == "BAD_QUERY"


def test_whole_number_written_with_a_point_is_counted_as_the_largest_page() -> None:
    query = f"query($n: Int!) {{ loges(first: $n) {{ {TITLES} }} }}"

    assert requested(query, n=5.0) == requested(query, n=100)


def test_page_without_a_size_is_counted_with_its_default() -> None:
    query = "{ searchExperts(input: {}%s) { edges { node { whyHere } } } }"

    assert requested(query % "") == requested(query % ", first: 20")


def test_only_the_operation_that_runs_is_counted() -> None:
    query = f"query A {{ {LOGE} {{ name }} }} query B {{ loges(first: 100) {{ {TITLES} }} }}"
    body = {"query": query, "operationName": "A"}

    answer = Client().post("/graphql/", body, content_type="application/json").json()

    assert answer["extensions"]["cost"]["requested"] == requested(f"{{ {LOGE} {{ name }} }}")


TOO_DEAR = {
    "nested lists": "{ loges(first: 100) { edges { node { experts(first: 100) { edges { node { reviews(first: 100) "
    "{ edges { node { text } } } } } } } } } }",
    "aliases of a root field": "{ " + " ".join(f"a{n}: {LOGE} {{ name }}" for n in range(150)) + " }",
    "aliases of a list": f"{{ {LOGE} {{ "
    + " ".join(f"a{n}: experts(first: {n + 1}) {{ edges {{ node {{ slug }} }} }}" for n in range(99))
    + " } }",
    "introspection": "{ " + " ".join(f"a{n}: __schema {{ types {{ ...T }} }}" for n in range(40)) + " } "
    "fragment T on __Type { name fields { name args { name type { name } } type { name } } enumValues { name } }",
    "fragments": f"{{ {LOGE} {{ ...f0 }} }} "
    + " ".join(f"fragment f{n} on Loge {{ ...f{n + 1} ...f{n + 1} }}" for n in range(25))
    + " fragment f25 on Loge { name }",
}


@pytest.mark.parametrize("query", TOO_DEAR.values(), ids=TOO_DEAR)
def test_operation_that_asks_for_too_much_is_refused_with_its_figures(query: str) -> None:
    answer = send(query)

    (error,) = answer["errors"]
    figures = answer["extensions"]["cost"]
    assert error["extensions"]["code"] == "TOO_EXPENSIVE"
    assert {name: error["extensions"][name] for name in figures} == figures
    assert figures["requested"] > figures["limit"]
    assert error["message"].startswith("Cette requête demande trop à la fois (")


def test_variable_alone_makes_the_difference(ask: Ask, refusal: Refusal) -> None:
    query = """query($n: Int!) {
      loges(first: $n) { edges { node { experts(first: $n) { edges { node { slug headline } } } } } }
    }"""

    assert ask(query, n=10) == {"loges": {"edges": []}}
    assert refusal(query, n=100)["extensions"]["code"] == "TOO_EXPENSIVE"


def test_operation_that_is_too_deep_is_refused(refusal: Refusal) -> None:
    nested = "name"
    for _ in range(6):
        nested = f"experts(first: 1) {{ edges {{ node {{ loge {{ {nested} }} }} }} }}"

    error = refusal(f"{{ {LOGE} {{ {nested} }} }}")

    assert error["message"] == "Cette requête est trop profonde (20 niveaux au plus)."
    assert (error["extensions"]["code"], error["extensions"]["depth"]) == ("TOO_EXPENSIVE", 26)


def test_introspection_of_tools_is_answered(ask: Ask) -> None:
    query = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
    )

    assert len(ask(query)["__schema"]["types"]) < 160, "more types than cost.INTROSPECTED counts"


def test_many_small_values_are_answered(ask: Ask) -> None:
    assert len(ask("{ " + " ".join(f"a{n}: __typename" for n in range(900)) + " }")) == 900


def chain(length: int) -> str:
    return "".join(f"fragment f{n} on Query {{ ...f{n + 1} }} " for n in range(length)) + (
        f"fragment f{length} on Query {{ __typename }} {{ ...f0 }}"
    )


def dense(count: int) -> str:
    """Fragments that each spread all later ones."""
    spreads = {n: " ".join(f"...f{m}" for m in range(n + 1, count)) for n in range(count)}
    return "{ ...f0 } " + " ".join(f"fragment f{n} on Query {{ __typename {spreads[n]} }}" for n in range(count))


HOSTILE = {
    "642 bytes of doubling fragments": "{...A}"
    + "".join(f"fragment {chr(65 + n)} on Query{{...{chr(66 + n)} ...{chr(66 + n)}}}" for n in range(20))
    + "fragment U on Query{__typename}",
    "dense fragments": dense(40),
    "chain of fragments": chain(90),
    "longer chain of fragments": chain(350),
    "circle": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
    "circles": "{ ...f0 } "
    + " ".join(f"fragment f{n} on Query {{ {' '.join(f'...f{m}' for m in range(30))} }}" for n in range(30)),
    "aliases": "{ " + " ".join(f"a{n}: __typename" for n in range(3_000)) + " }",
    "aliases in an object": f"{{ {LOGE} {{ " + " ".join(f"a{n}: name" for n in range(900)) + " } }",
    "one field again and again": "{ " + f"{LOGE} {{ name }} " * 250 + "}",
    "one list again and again": "{ " + "loges(first: 1) { totalCount } " * 270 + "}",
    "one value again and again": "{ " + "__typename " * 2_900 + "}",
    "unknown fields": "{ " + "nonsense " * 2_900 + "}",
    "inline fragments": f"{{ {LOGE} {{ " + "... on Loge { " * 190 + "name" + " }" * 190 + " } }",
    "inline fragments side by side": f"{{ {LOGE} {{ " + "... on Loge { name } " * 450 + "} }",
    "braces": "{ a" * 1_400 + " }" * 1_400,
    "lists": "{ loges(first: " + "[" * 1_400 + "]" * 1_400 + ") { totalCount } }",
    "types of types": "{ __schema { types " + "{ fields { type " * 9 + "{ name }" + " } }" * 9 + " } }",
    "types of types by name": '{ __type(name: "Loge") '
    + "{ possibleTypes { interfaces " * 6
    + "{ name }"
    + " } }" * 6
    + " }",
    "huge number": "{ loges(first: " + "9" * 20_000 + ") { totalCount } }",
    "directives": "{ __typename " + "@include(if: true) " * 350 + "}",
    "unknown directives": "{ __typename " + "@a " * 1_400 + "}",
    "variables": "query(" + " ".join(f"$v{n}: Int" for n in range(700)) + ") { __typename }",
    "arguments": "{ loges(" + "first: 1 " * 700 + ") { totalCount } }",
    "operations": " ".join(f"query q{n} {{ __typename }}" for n in range(500)),
    "megabyte of comment": "{ __typename } #" + "x" * 1_000_000,
    "megabyte of text": '{ loge(slug: "' + "x" * 1_000_000 + '") { name } }',
    "megabyte of fields": "{ " + "name " * 200_000 + "}",
    "megabyte of lines": "{ __typename " + "\n" * 1_000_000 + "}",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_hostile_document_is_answered_or_refused_soon(query: str) -> None:
    began = time.monotonic()

    answer = send(query)

    # Half a second is what we measure against; the doors stay far apart so that a busy machine breaks nothing.
    assert time.monotonic() - began < 5
    codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
    assert codes <= {"BAD_QUERY", "TOO_EXPENSIVE"}


@pytest.mark.parametrize(
    "name",
    [
        "642 bytes of doubling fragments",
        "longer chain of fragments",
        "aliases",
        "braces",
        "types of types",
        "one field again and again",
        "megabyte of comment",
        "megabyte of fields",
    ],
)
def test_hostile_document_meets_a_limit(name: str) -> None:
    codes = {error["extensions"]["code"] for error in send(HOSTILE[name])["errors"]}

    assert codes == {"TOO_EXPENSIVE"}


def test_document_of_too_many_tokens_is_not_read_to_its_end(refusal: Refusal) -> None:
    error = refusal("{ " + "__typename " * 3_000 + "}")

    assert error["extensions"]["code"] == "TOO_EXPENSIVE"
    assert error["extensions"]["detail"].startswith("Document contains more than 3000 tokens.")


def test_what_is_left_out_is_counted_all_the_same() -> None:
    query = "{ loges(first: 9) @skip(if: true) { totalCount } }"

    assert requested(query) == requested(query.replace("@skip(if: true)", ""))
