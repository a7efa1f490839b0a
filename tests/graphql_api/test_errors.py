"""Errors as clients meet them: one closed list of codes, a path, French words, and no word of a crash."""

import logging
from typing import Any

import pytest

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
        ("query($x: Float!) { coverage(near: {latitude: $x, longitude: 0}) { loge { slug } } }", {"x": float("nan")}),
        ("query($x: Float!) { coverage(near: {latitude: $x, longitude: 0}) { loge { slug } } }", {"x": float("inf")}),
        search(orderBy="NEWEST"),
        search(badges=["CUTE"]),
        search(unit="YEAR"),
        search(nonsense=1),
        ('{ loge(slug: "x") { ...Missing } }', {}),
        ("{ a" + " { a" * 900 + " }" * 900 + " }", {}),
        ("{ loges(first: " + "[" * 1_400 + "]" * 1_400 + ") { totalCount } }", {}),
    ],
)
def test_document_that_does_not_fit_the_schema_is_told(
    refusal: Refusal, caplog: pytest.LogCaptureFixture, query: str, variables: dict[str, Any]
) -> None:
    error = refusal(query, **variables)

    assert error["extensions"]["code"] == "BAD_QUERY"
    assert error["message"]
    assert not [record for record in caplog.records if record.name == "graphql_api.errors"]


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


def test_codes_are_all_reached_by_these_tests() -> None:
    reached = {"BAD_INPUT", "BAD_CURSOR", "BAD_QUERY", "UNAVAILABLE", "INTERNAL"}

    assert reached == set(Code)


def test_page_goes_on_beside_a_refused_one(ask: Ask, client: Any) -> None:
    LogeFactory(slug="aligre")
    query = '{ loge(slug: "aligre") { slug bad: experts(first: 0) { totalCount } } }'

    answer = client.post("/graphql/", {"query": query}, content_type="application/json").json()

    assert answer["errors"][0]["path"] == ["loge", "bad"]
    assert answer["data"] == {"loge": None}
