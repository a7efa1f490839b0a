"""Errors as clients meet them: one closed list of codes, a path, French words, and no word of a crash."""

import logging
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from graphql import GraphQLError
from psycopg.errors import QueryCanceled

from graphql_api import errors
from graphql_api.errors import Code
from loges import queries
from tests.factories import CommissionPolicyFactory, ExpertProfileFactory, LogeFactory
from tests.graphql_api.site import Ask, Refusal

SEARCH = """query($input: ExpertSearchInput!, $orderBy: ExpertOrder! = RELEVANCE, $first: Int, $after: String) {
  searchExperts(input: $input, orderBy: $orderBy, first: $first, after: $after) { totalCount }
}"""
MONEY = """query($price: Int!, $offer: ID, $loge: String) {
  moneyPreview(priceCents: $price, offer: $offer, loge: $loge) { policyVersion }
}"""
LYON = {"latitude": 45.77, "longitude": 4.83}
NOT_ON_EARTH = "Ce point n'est pas sur terre : latitude de -90 à 90, longitude de -180 à 180."


def search(**values: Any) -> tuple[str, dict[str, Any]]:
    """A search with this input, which asks for ten at most unless said."""
    around = {name: values.pop(name) for name in ("orderBy", "first", "after") if name in values}
    return SEARCH, {"first": 10, **around, "input": values}


BAD_INPUT = {
    "latitude": (
        "query { coverage(near: {latitude: 123, longitude: 0}) { loge { slug } } }",
        {},
        ["near"],
        NOT_ON_EARTH,
    ),
    "longitude": (
        "query { events(first: 1, near: {latitude: 0, longitude: 181}) { totalCount } }",
        {},
        ["near"],
        NOT_ON_EARTH,
    ),
    "point of a suggestion": (
        '{ suggest(text: "a", near: {latitude: -91, longitude: 0}) { label } }',
        {},
        ["near"],
        NOT_ON_EARTH,
    ),
    "point of a search": (*search(near={"latitude": 123, "longitude": 0}), ["input", "near"], NOT_ON_EARTH),
    "radius 0": (*search(near=LYON, radiusMeters=0), ["input", "radiusMeters"], "Le rayon va de 1 m à 100 km."),
    "radius too wide": (
        *search(near=LYON, radiusMeters=100_001),
        ["input", "radiusMeters"],
        "Le rayon va de 1 m à 100 km.",
    ),
    "radius around nothing": (*search(radiusMeters=10), ["input", "radiusMeters"], "Un rayon demande un lieu."),
    "negative price": (
        *search(maxPriceCents=-1),
        ["input", "maxPriceCents"],
        "Un prix ne peut être négatif ni démesuré.",
    ),
    "rating above 5": (*search(minimumRating=5.01), ["input", "minimumRating"], "Une note va de 0 à 5."),
    "too many values": (*search(services=["x"] * 51), ["input", "services"], "Pas plus de 50 valeurs à la fois."),
    "distance from nothing": (*search(orderBy="DISTANCE"), ["orderBy"], "Pour trier par distance, indiquez un lieu."),
    "no results asked for": (*search(first=0), ["first"], "Demandez de 1 à 100 résultats à la fois."),
    "too many suggestions": (
        '{ suggest(text: "a", first: 101) { label } }',
        {},
        ["first"],
        "Demandez de 1 à 100 résultats à la fois.",
    ),
    "no loges asked for": (
        "{ loges(first: 0) { totalCount } }",
        {},
        ["first"],
        "Demandez de 1 à 100 éléments à la fois.",
    ),
    "price too large to share": (
        MONEY,
        {"price": 100_000_001},
        ["priceCents"],
        "Ce montant ne peut pas être réparti.",
    ),
    "price below nothing": (MONEY, {"price": -1}, ["priceCents"], "Ce montant ne peut pas être réparti."),
    "no such offer": (MONEY, {"price": 1, "offer": "x"}, ["offer"], "Cette offre n'existe pas."),
    "no such loge": (MONEY, {"price": 1, "loge": "x"}, ["loge"], "Cette loge n'existe pas."),
}


@pytest.mark.parametrize(("query", "variables", "argument", "message"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_argument_out_of_bounds_is_told_with_its_path_in_french(
    refusal: Refusal, policy: None, query: str, variables: dict[str, Any], argument: list[str], message: str
) -> None:
    error = refusal(query, **variables)

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", argument)
    assert error["message"] == message
    assert len(error["path"]) == 1


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ('{ loges(first: 1, after: "x") { totalCount } }', {}),
        search(after="x"),
    ],
)
def test_cursor_from_nowhere_is_told(refusal: Refusal, query: str, variables: dict[str, Any]) -> None:
    error = refusal(query, **variables)

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_CURSOR", ["after"])
    assert error["message"].startswith("C")


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{", {}),
        ("{ nonsense }", {}),
        ('{ loges(first: "x") { totalCount } }', {}),
        ("{ loges(first: 99999999999) { totalCount } }", {}),
        ("query($x: Int!) { loges(first: $x) { totalCount } }", {}),
        ("query($x: Int!) { loges(first: $x) { totalCount } }", {"x": "1"}),
        ("query($x: Nonsense!) { loges(first: $x) { totalCount } }", {"x": 1}),
        ('{ events(first: 1, from: "demain") { totalCount } }', {}),
        ("query($x: DateTime) { events(first: 1, from: $x) { totalCount } }", {"x": "demain"}),
        ("query($x: DateTime) { events(first: 1, from: $x) { totalCount } }", {"x": 5}),
        search(orderBy="NEWEST"),
        search(badges=["CUTE"]),
        search(unit="YEAR"),
        search(nonsense=1),
        ('{ loge(slug: "x") { ...Missing } }', {}),
    ],
)
def test_document_that_does_not_fit_the_schema_is_told(
    refusal: Refusal, caplog: pytest.LogCaptureFixture, query: str, variables: dict[str, Any]
) -> None:
    error = refusal(query, **variables)

    assert error["extensions"]["code"] == "BAD_QUERY"
    assert error["message"]
    assert not [record for record in caplog.records if record.name == "graphql_api.errors"]


KINDS = {
    "syntax": ("{", "Le document GraphQL contient une faute de syntaxe."),
    "field": ("{ nonsense }", "Le document demande un champ qui n'existe pas."),
    "argument": ("{ homePage(x: 1) { title } }", "Le document donne un argument qui n'existe pas."),
    "type": ("query($x: Nonsense) { __typename }", "Le document nomme un type qui n'existe pas."),
    "missing argument": ("{ loge { name } }", "Un argument obligatoire manque."),
    "no fields": ("{ homePage }", "Les sous-champs demandés ne conviennent pas au champ."),
    "fields of a value": (
        '{ loge(slug: "x") { name { x } } }',
        "Les sous-champs demandés ne conviennent pas au champ.",
    ),
    "conflict": (
        "{ homePage { a: title a: summary } }",
        "Deux champs de même nom se contredisent : donnez-leur des alias.",
    ),
    "variable": ("{ loges(first: $x) { totalCount } }", "Une variable ne convient pas."),
    "variable's value": ("query($x: Int!) { loges(first: $x) { totalCount } }", "Une variable ne convient pas."),
    "fragment": ("{ ...Missing }", "Un fragment ne convient pas."),
    "directive": ("{ __typename @nonsense }", "Une directive ne convient pas."),
    "operation": ("mutation { x }", "L'opération demandée n'est pas claire ou n'existe pas."),
    "value": ('{ loges(first: "x") { totalCount } }', "Une valeur ne convient pas."),
    "huge value": ("{ loges(first: %s) { totalCount } }" % ("9" * 5_000), "Une valeur ne convient pas."),
    "choice": ("{ searchExperts(input: {}, orderBy: NEWEST) { totalCount } }", "Une valeur ne convient pas."),
    "other": ('{ loge(slug: "x", slug: "y") { name } }', "Le document ne correspond pas au schéma."),
}


@pytest.mark.parametrize(("query", "message"), KINDS.values(), ids=KINDS)
def test_document_is_refused_in_french_with_the_parser_s_own_words(client: Any, query: str, message: str) -> None:
    answer = client.post("/graphql/", {"query": query}, content_type="application/json").json()

    found = [error for error in answer["errors"] if error["message"] == message]
    assert found, answer["errors"]
    assert found[0]["extensions"]["code"] == "BAD_QUERY"
    assert found[0]["extensions"]["detail"].isascii()
    assert len(found[0]["extensions"]["detail"]) <= 503
    assert query == "mutation { x }" or found[0]["locations"]


@pytest.mark.parametrize(
    ("value", "way"),
    [
        ({"maxPriceCents": 2**31}, ["input", "maxPriceCents"]),
        ({"freeOn": "hier"}, ["input", "freeOn"]),
        ({"badges": ["CUTE"]}, ["input", "badges", "0"]),
        ({"near": {"latitude": "x", "longitude": 2}}, ["input", "near", "latitude"]),
        ({"text": {"a": " at 'b';"}}, ["input", "text"]),
        (None, ["input"]),
        ("x", ["input"]),
    ],
)
def test_variable_that_does_not_fit_is_named(refusal: Refusal, value: Any, way: list[str]) -> None:
    query = "query($input: ExpertSearchInput!) { searchExperts(input: $input) { totalCount } }"

    assert refusal(query, input=value)["extensions"]["variable"] == way


def test_faults_beyond_a_hundred_are_not_told(client: Any, db: None) -> None:
    answer = client.post(
        "/graphql/", {"query": "{ " + "nonsense " * 200 + "}"}, content_type="application/json"
    ).json()

    assert len(answer["errors"]) == 101
    assert answer["errors"][-1]["message"] == "Le document contient trop de fautes pour les dire toutes."


def test_value_that_does_not_fit_its_type_is_a_fault_of_ours(
    refusal: Refusal, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    loge = LogeFactory(active=True)
    loge.target_experts = 2**40
    monkeypatch.setattr(queries, "loge", lambda *_: loge)

    error = refusal('{ loge(slug: "x") { targetExperts } }')

    assert (error["extensions"]["code"], error["path"]) == ("INTERNAL", ["loge", "targetExperts"])
    assert "32-bit" in caplog.text


def test_statement_that_takes_too_long_is_told_as_such(refusal: Refusal, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(*_: object) -> None:
        raise OperationalError("canceling statement due to statement timeout") from QueryCanceled()

    monkeypatch.setattr(queries, "loge", wait)

    error = refusal('{ loge(slug: "x") { slug } }')

    assert error["extensions"]["code"] == "UNAVAILABLE"
    assert error["message"] == "La réponse prend trop de temps en ce moment. Réessayez plus tard."


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has a limit of its own")
def test_statement_that_postgresql_cancels_is_the_one_we_know(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        with pytest.raises(OperationalError) as cancelled:
            cursor.execute("SELECT pg_sleep(5)")

    told = errors.told(GraphQLError("", path=["loge"], original_error=cancelled.value), "x")

    assert told.extensions == {"code": "UNAVAILABLE", "requestId": "x"}


def test_money_before_any_policy_is_unavailable(refusal: Refusal) -> None:
    error = refusal(MONEY, price=100)

    assert error["extensions"]["code"] == "UNAVAILABLE"
    assert (error["message"], error["path"]) == (
        "Aucune règle de partage n'est encore en vigueur.",
        ["moneyPreview"],
    )


def test_money_before_the_first_policy_is_in_force_is_unavailable(refusal: Refusal) -> None:
    CommissionPolicyFactory(valid_from_on="2026-03-03")

    assert refusal(MONEY, price=100)["extensions"]["code"] == "UNAVAILABLE"


def test_crash_is_masked_and_logged_with_the_request_s_name(
    refusal: Refusal, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("mot de passe 1234")

    monkeypatch.setattr(queries, "loge", crash)

    with caplog.at_level(logging.ERROR):
        error = refusal('{ seen: loge(slug: "x") { slug } }')

    assert error["extensions"]["code"] == "INTERNAL"
    assert (error["message"], error["path"]) == ("Une erreur est survenue de notre côté.", ["seen"])
    assert "1234" not in str(error)
    (record,) = [record for record in caplog.records if record.name == "graphql_api.errors"]
    assert error["extensions"]["requestId"] in record.getMessage()
    assert record.exc_info
    assert "1234" in str(record.exc_info[1])


def test_crash_deep_in_an_answer_leaves_the_rest(client: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    loge = ExpertProfileFactory(published=True).loge

    def crash(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(queries, "loge_figures", crash)
    query = f'{{ loge(slug: "{loge.slug}") {{ slug rating {{ count }} }} }}'

    answer = client.post("/graphql/", {"query": query}, content_type="application/json").json()

    assert answer["data"] == {"loge": {"slug": loge.slug, "rating": None}}
    assert [error["path"] for error in answer["errors"]] == [["loge", "rating"]]


def test_errors_of_one_answer_share_the_request_s_name(client: Any, db: None) -> None:
    query = "{ a: loges(first: 0) { totalCount } b: loges(first: 101) { totalCount } }"

    def ids() -> list[str]:
        answer = client.post("/graphql/", {"query": query}, content_type="application/json").json()
        return [error["extensions"]["requestId"] for error in answer["errors"]]

    first, second = ids(), ids()

    assert len({*first}) == 1
    assert not {*first} & {*second}


def test_codes_are_all_provoked_by_some_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))

    missing = [code for code in Code if f'"{code}"' not in tests]

    assert missing == []


def test_page_goes_on_beside_a_refused_one(ask: Ask, client: Any) -> None:
    LogeFactory(slug="aligre")
    query = '{ loge(slug: "aligre") { slug bad: experts(first: 0) { totalCount } } }'

    answer = client.post("/graphql/", {"query": query}, content_type="application/json").json()

    assert answer["errors"][0]["path"] == ["loge", "bad"]
    assert answer["data"] == {"loge": None}
