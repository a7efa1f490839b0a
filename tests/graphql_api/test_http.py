"""GraphQL over HTTP: which requests are read, who sees the explorer, and that nothing hostile is a crash."""

import json
from typing import Any

import pytest
from django.test import Client

from graphql_api.schema import schema
from tests.factories import EventFactory, EventOccurrenceFactory, ExpertProfileFactory, LogeFactory, PersonFactory

URL = "/graphql/"
QUERY = "{ loges(first: 1) { totalCount } }"
EMPTY = {"data": {"loges": {"totalCount": 0}}}

pytestmark = pytest.mark.django_db


def post(body: Any, content_type: str = "application/json", client: Client | None = None, **headers: str) -> Any:
    """Send a body, as JSON unless it is text or bytes already."""
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return (client or Client()).post(URL, raw, content_type=content_type, headers=headers)


def answer(response: Any) -> Any:
    """The body without what it tells of its cost."""
    return {name: value for name, value in response.json().items() if name != "extensions"}


def refusal(response: Any) -> dict[str, Any]:
    """The one error of a request that was no GraphQL over HTTP, in the shape that all errors have."""
    assert set(response.json()) == {"errors"}
    (error,) = response.json()["errors"]
    assert set(error["extensions"]) == {"code", "requestId", "detail"}
    assert (error["extensions"]["code"], error["extensions"]["requestId"]) == (
        "BAD_REQUEST",
        response["X-Request-Id"],
    )
    return error


def test_query_by_post_is_answered() -> None:
    response = post({"query": QUERY})

    assert (response.status_code, answer(response)) == (200, EMPTY)
    assert response["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/json, application/graphql-response+json", "application/json"),
        (
            "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
            "application/graphql-response+json",
        ),
        ("application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json"),
        ("application/*", "application/json"),
        ("*/*", "application/json"),
        ("text/html;q=0.9, */*;q=0.1", "application/json"),
    ],
)
def test_answer_has_the_type_that_the_client_prefers(accept: str, kind: str) -> None:
    response = post({"query": QUERY}, accept=accept)

    assert (response.status_code, answer(response)) == (200, EMPTY)
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert "Accept" in response["Vary"]


@pytest.mark.parametrize("accept", ["text/plain", "application/xml", "text/event-stream", "nonsense", ""])
def test_client_that_accepts_no_json_is_refused(accept: str) -> None:
    response = post({"query": QUERY}, accept=accept)

    assert response.status_code == 406
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert refusal(response)["message"] == "Cette adresse répond en JSON."


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{"},
        {"query": "{ nonsense }"},
        {"query": "query($x: ID!) { node(id: $x) { id } }", "variables": {"x": None}},
        {"query": "query A { __typename } query B { __typename }"},
        {"query": "query A { __typename }", "operationName": "B"},
        {"query": "{ " + "a: __typename " * 2_000 + "}"},
    ],
    ids=["syntax", "schema", "variables", "unnamed", "unknown", "limit"],
)
@pytest.mark.parametrize(("kind", "status"), [("application/json", 200), ("application/graphql-response+json", 400)])
def test_document_that_is_refused_has_no_data(body: dict[str, Any], kind: str, status: int) -> None:
    response = post(body, accept=kind)

    assert response.status_code == status
    assert "data" not in response.json()
    assert response.json()["errors"][0]["extensions"]["code"] in ("BAD_QUERY", "TOO_EXPENSIVE")


@pytest.mark.parametrize("kind", ["application/json", "application/graphql-response+json"])
def test_field_that_is_refused_leaves_the_status(kind: str) -> None:
    response = post({"query": "{ loges(first: 0) { totalCount } }"}, accept=kind)

    assert response.status_code == 200
    assert response.json()["data"] is None


def test_crash_outside_all_fields_is_masked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("mot de passe 1234")

    monkeypatch.setattr(schema, "execute_sync", crash)

    response = post({"query": QUERY})

    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    assert b"1234" not in response.content
    assert response["X-Request-Id"] in caplog.text


def test_answers_name_their_request() -> None:
    first, second = post({"query": QUERY}), post({"query": QUERY})

    assert len(first["X-Request-Id"]) == 32
    assert first["X-Request-Id"] != second["X-Request-Id"]


def test_query_by_get_is_answered(client: Client) -> None:
    query = "query($first: Int!) { loges(first: $first) { totalCount } }"

    response = client.get(URL, {"query": query, "variables": '{"first": 1}', "extensions": "{}"})

    assert (response.status_code, answer(response)) == (200, EMPTY)


def test_query_by_post_needs_no_csrf_token() -> None:
    assert post({"query": QUERY}, client=Client(enforce_csrf_checks=True)).status_code == 200


def test_operation_is_chosen_by_its_name() -> None:
    query = "query A { loges(first: 1) { totalCount } } query B { b: loges(first: 1) { totalCount } }"

    response = post({"query": query, "operationName": "B"})

    assert answer(response) == {"data": {"b": {"totalCount": 0}}}


def test_operation_must_be_named_where_there_are_several() -> None:
    (error,) = post({"query": "query A { __typename } query B { __typename }"}).json()["errors"]

    assert error["extensions"]["code"] == "BAD_QUERY"
    assert "Must provide operation name" in error["extensions"]["detail"]


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
def test_operation_that_does_not_read_is_refused_by_get(client: Client, kind: str) -> None:
    response = client.get(URL, {"query": f"{kind} {{ __typename }}"})

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert refusal(response)["message"] == "GET ne sert qu'à lire : envoyez cette opération par POST."


def test_mutation_is_refused_by_get_where_it_is_the_named_one(client: Client) -> None:
    document = {"query": "query A { __typename } mutation B { __typename }", "operationName": "B"}

    assert client.get(URL, document).status_code == 405


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
def test_mutation_or_subscription_by_post_is_not_in_the_schema(kind: str) -> None:
    (error,) = post({"query": f"{kind} {{ loges }}"}).json()["errors"]

    assert error["extensions"]["code"] == "BAD_QUERY"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    response = getattr(client, method)(URL)

    assert (response.status_code, response["Allow"]) == (405, "GET, POST")
    assert method == "head" or refusal(response)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "text/plain",
        "text/plain; application/json",
        "multipart/form-data; boundary=application/json",
        "application/json; charset=utf-16",
        "application/graphql",
        "",
    ],
)
def test_body_that_another_site_could_send_is_not_read(content_type: str) -> None:
    response = post({"query": QUERY}, content_type)

    assert response.status_code == 415
    assert refusal(response)["message"] == "Le corps d'une requête est du JSON en UTF-8."


def test_form_is_not_read_whoever_s_cookies_come_along(client: Client) -> None:
    client.force_login(PersonFactory(team=True), "django.contrib.auth.backends.ModelBackend")
    form = {"query": QUERY, "operations": json.dumps({"query": QUERY}), "map": "{}"}

    response = client.post(URL, form)

    assert response.status_code == 415
    assert b"totalCount" not in response.content


def test_batch_is_refused() -> None:
    for batch in ([{"query": QUERY}], [{"query": QUERY}] * 100, [], [1]):
        response = post(batch)
        assert response.status_code == 400
        assert "batches are not supported" in refusal(response)["extensions"]["detail"]


def explorer(client: Client) -> bool:
    """Whether a browser that comes by is shown the explorer."""
    response = client.get(URL, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    shown = response.status_code == 200 and b"graphiql" in response.content.lower()
    assert shown or response.status_code == 400
    return shown


def test_explorer_is_closed_to_strangers(client: Client) -> None:
    assert not explorer(client)


def test_explorer_is_closed_to_residents_and_experts(client: Client) -> None:
    client.force_login(ExpertProfileFactory(published=True).person, "django.contrib.auth.backends.ModelBackend")

    assert not explorer(client)


def test_explorer_is_open_to_the_team(client: Client) -> None:
    client.force_login(PersonFactory(team=True), "django.contrib.auth.backends.ModelBackend")

    assert explorer(client)


@pytest.mark.parametrize("setting", ["DEMO", "DEBUG"])
def test_explorer_is_open_to_all_in_demo_and_debug_mode(client: Client, settings: Any, setting: str) -> None:
    setattr(settings, setting, True)

    assert explorer(client)


def test_schema_may_be_read_by_frontends() -> None:
    response = post({"query": "{ __schema { queryType { name } } }"})

    assert answer(response) == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"null",
        b"5",
        b'"query"',
        b"true",
        b"{}",
        b'{"query": null}',
        b'{"query": ""}',
        b'{"query": 5}',
        b'{"query": ["a"]}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": "x"}',
        b'{"query": "{ __typename }", "variables": {"x": NaN}}',
        b'{"query": "{ __typename }", "variables": {"x": -Infinity}}',
        b'{"query": "{ __typename }", "variables": {"x": ' + b"9" * 5_000 + b"}}",
        b'{"query": "{ __typename }", "extensions": 5}',
        b'{"query": "{ __typename }", "operationName": 5}',
        b'{"query": "{ __typename }", "operationName": {}}',
        b'{"query": "\xff"}',
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"query": "{ __typename }", "variables": {"x": ' + b"[" * 50_000,
    ],
)
def test_body_that_makes_no_sense_is_refused(body: bytes) -> None:
    response = post(body)

    assert response.status_code == 400
    assert refusal(response)["message"] == "Cette requête n'est pas du GraphQL sur HTTP bien formé."


@pytest.mark.parametrize("name", ["", "x", "\0", "\ud800"])
def test_operation_that_is_not_there_is_told(name: str) -> None:
    (error,) = post({"query": "query A { __typename }", "operationName": name}).json()["errors"]

    assert error["message"] == "L'opération demandée n'est pas claire ou n'existe pas."


@pytest.mark.parametrize("name", ["variables", "extensions"])
@pytest.mark.parametrize("text", ["", "{", "5", "[]", '"x"', "[" * 2_000, "\xff", "NaN"])
def test_parameter_in_the_address_that_makes_no_sense_is_refused(client: Client, name: str, text: str) -> None:
    response = client.get(URL, {"query": "{ __typename }", name: text})

    assert response.status_code == 400
    assert refusal(response)


@pytest.mark.parametrize("query", [{}, {"query": ""}])
def test_address_without_a_query_is_refused(client: Client, query: dict[str, str]) -> None:
    response = client.get(URL, query)

    assert response.status_code == 400
    assert refusal(response)


def test_address_with_too_many_parameters_is_refused(client: Client) -> None:
    response = client.get(f"{URL}?" + "&".join(["a=1"] * 10_001))

    assert response.status_code == 400
    assert refusal(response)


def test_body_of_many_megabytes_is_refused() -> None:
    response = post({"query": "{ __typename }", "variables": {"x": "a" * 3_000_000}})

    assert response.status_code == 413
    assert refusal(response)["message"] == "Cette requête est trop longue."


HOSTILE = {
    "null byte": "a\0b",
    "null bytes": "\0" * 100,
    "emoji": "🧑‍🔧🪴",
    "lone surrogate": "\ud83d",
    "surrogates the wrong way round": "\udc00\ud800",
    "control characters": "\x01\x1b[31m\x7f\x9f",
    "right to left": "\u202eabc\u2066",
    "combining": "e" + "\u0301" * 500,
    "quotes": "'; DROP TABLE loges_loge; --\"",
    "operators": 'a* OR "b" NEAR/2 - ^ & | ! <-> : ( )',
    "wild cards": "%_\\%",
    "spaces": " \t\n\u00a0\u2003",
    "long": "aé" * 350_000,
    "many words": "jardin " * 140_000,
    "one long word": "x" * 1_000_000,
    "empty": "",
}
ASKED: dict[str, str] = {
    "loge": "query($x: String!) { loge(slug: $x) { slug } }",
    "expert": "query($x: String!) { expert(loge: $x, slug: $x) { slug } }",
    "event": "query($x: String!) { event(loge: $x, slug: $x) { slug } }",
    "calendar": "query($x: String!) { events(first: 1, loge: $x) { totalCount } }",
    "node": "query($x: ID!) { node(id: $x) { id } }",
    "text": """query($x: String!) {
      searchExperts(input: {text: $x}) { totalCount understanding { places { label } } }
    }""",
    "filters": """query($x: String!) {
      searchExperts(input: {services: [$x], family: $x, loge: $x, postcode: $x, languages: [$x]}) { totalCount }
    }""",
    "suggestions": "query($x: String!) { suggest(text: $x) { label } }",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("query", ASKED.values(), ids=ASKED)
def test_hostile_text_gets_an_answer(query: str, text: str) -> None:
    EventOccurrenceFactory(event=EventFactory(loge=LogeFactory(active=True)))

    response = post({"query": query, "variables": {"x": text}})

    assert response.status_code == 200
    assert "errors" not in response.json(), response.json()["errors"]


REFUSED: dict[str, str] = {
    "cursor": "query($x: String!) { loges(first: 1, after: $x) { totalCount } }",
    "cursor of a search": "query($x: String!) { searchExperts(input: {}, after: $x) { totalCount } }",
    "offer": "query($x: ID!) { moneyPreview(priceCents: 1, offer: $x) { policyVersion } }",
    "loge": "query($x: String!) { moneyPreview(priceCents: 1, loge: $x) { policyVersion } }",
    "instant": "query($x: DateTime!) { events(first: 1, from: $x) { totalCount } }",
    "number": "query($x: Int!) { loges(first: $x) { totalCount } }",
    "choice": "query($x: ExpertOrder!) { searchExperts(input: {}, orderBy: $x) { totalCount } }",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED)
def test_hostile_text_where_it_fits_nothing_gets_a_clear_error(query: str, text: str) -> None:
    response = post({"query": query, "variables": {"x": text}})

    assert response.status_code == 200
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] in ("BAD_INPUT", "BAD_CURSOR", "BAD_QUERY")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_document_gets_an_answer_or_a_clear_error(text: str) -> None:
    response = post({"query": "{ __typename " + text + " }"})

    assert response.status_code == 200
    for error in response.json().get("errors", []):
        assert error["extensions"]["code"] in ("BAD_QUERY", "TOO_EXPENSIVE")


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00"])
def test_instant_beyond_the_calendar_is_refused(instant: str) -> None:
    query = "query($x: DateTime!) { events(first: 1, from: $x) { totalCount } }"

    (error,) = post({"query": query, "variables": {"x": instant}}).json()["errors"]

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", ["from"])


def test_answer_with_a_lone_surrogate_is_sound_json() -> None:
    response = post({"query": '{ a: nonsense(x: "\ud83d") }'})

    assert response.status_code == 200
    json.loads(response.content.decode("utf-8"))
