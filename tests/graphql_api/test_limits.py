"""How much one document may ask for."""

import time

import pytest
from graphql import parse, validate

from graphql_api.limits import CostLimit
from graphql_api.schema import schema
from tests.contracts.test_operations import NAMES, OPERATIONS

LOGE = 'loge(slug: "x")'


def refusals(document: str) -> list[str]:
    return [error.message for error in validate(schema._schema, parse(document), (CostLimit,))]


@pytest.mark.parametrize("name", NAMES)
def test_contract_is_within_the_limit(name: str) -> None:
    document = (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")

    assert refusals(document) == []


@pytest.mark.parametrize(
    "document",
    [
        "{ loges(first: 100) { edges { node { experts(first: 100) { edges { node { reviews(first: 100) "
        "{ edges { node { text } } } } } } } } } }",
        "query ($n: Int!) { loges(first: $n) { edges { node { experts(first: $n) { edges { node "
        "{ firstName headline slug path initial languages presentation } } } } } } }",
        "{ "
        + " ".join(f"a{n}: loges(first: 100) {{ edges {{ node {{ name slug city state }} }} }}" for n in range(150))
        + " }",
    ],
)
def test_document_that_multiplies_lists_is_refused(document: str) -> None:
    found = refusals(document)

    assert len(found) == 1
    assert "demande trop à la fois" in found[0]


def test_document_that_is_too_deep_is_refused() -> None:
    nested = "name"
    for _ in range(6):
        nested = f"experts(first: 1) {{ edges {{ node {{ loge {{ {nested} }} }} }} }}"

    found = refusals(f"{{ {LOGE} {{ {nested} }} }}")

    assert found == ["Cette requête est trop profonde (20 niveaux au plus)."]


def test_nested_spreads_are_counted_once_each() -> None:
    fragments = " ".join(f"fragment f{n} on Loge {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40))
    document = f"{{ {LOGE} {{ ...f0 }} }} {fragments} fragment f40 on Loge {{ name }}"
    began = time.monotonic()

    found = refusals(document)

    assert len(found) == 1
    assert time.monotonic() - began < 5, "doubling at each of 40 steps would never end"


def test_circle_of_fragments_ends() -> None:
    document = f"{{ {LOGE} {{ ...a }} }} fragment a on Loge {{ ...b }} fragment b on Loge {{ ...a name }}"

    assert refusals(document) == []
