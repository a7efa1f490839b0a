"""GraphQL over HTTP: which requests are read, who sees the explorer, and that nothing hostile is a crash."""

import json
import logging
import time
from typing import Any

import pytest
from django.test import Client

from tests.factories import EventFactory, EventOccurrenceFactory, ExpertProfileFactory, LogeFactory, PersonFactory

URL = "/graphql/"
QUERY = "{ loges(first: 1) { totalCount } }"
EMPTY = {"data": {"loges": {"totalCount": 0}}}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No log of hostile documents: half characters in it could not be passed on to whoever runs the tests."""
    monkeypatch.setattr(logging.getLogger("strawberry.execution"), "disabled", True)


def post(body: Any, content_type: str = "application/json", client: Client | None = None) -> Any:
    """Send a body, as JSON unless it is text or bytes already."""
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    return (client or Client()).post(URL, raw, content_type=content_type)


def test_query_by_post_is_answered() -> None:
    response = post({"query": QUERY})

    assert (response.status_code, response.json()) == (200, EMPTY)
    assert response["Content-Type"].startswith("application/json")


def test_query_by_get_is_answered(client: Client) -> None:
    query = "query($first: Int!) { loges(first: $first) { totalCount } }"

    response = client.get(URL, {"query": query, "variables": '{"first": 1}'})

    assert (response.status_code, response.json()) == (200, EMPTY)


def test_query_by_post_needs_no_csrf_token() -> None:
    assert post({"query": QUERY}, client=Client(enforce_csrf_checks=True)).status_code == 200


def test_operation_is_chosen_by_its_name() -> None:
    query = "query A { loges(first: 1) { totalCount } } query B { b: loges(first: 1) { totalCount } }"

    response = post({"query": query, "operationName": "B"})

    assert response.json() == {"data": {"b": {"totalCount": 0}}}


def test_mutation_by_get_is_refused(client: Client) -> None:
    response = client.get(URL, {"query": "mutation { loges }"})

    assert (response.status_code, response.content) == (400, b"mutations are not allowed when using GET")


def test_subscription_by_get_is_not_in_the_schema(client: Client) -> None:
    response = client.get(URL, {"query": "subscription { loges }"})

    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_QUERY"


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
def test_mutation_or_subscription_by_post_is_not_in_the_schema(kind: str) -> None:
    (error,) = post({"query": f"{kind} {{ loges }}"}).json()["errors"]

    assert error["extensions"]["code"] == "BAD_QUERY"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    response = getattr(client, method)(URL)

    assert response.status_code == 405


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "text/plain",
        "text/plain; application/json",
        "multipart/form-data; boundary=application/json",
        "",
    ],
)
def test_body_that_another_site_could_send_is_not_read(content_type: str) -> None:
    response = post({"query": QUERY}, content_type)

    assert response.status_code == 400
    assert b"totalCount" not in response.content


def test_form_is_not_read(client: Client) -> None:
    form = {"query": QUERY, "operations": json.dumps({"query": QUERY}), "map": "{}"}

    response = client.post(URL, form)

    assert response.status_code == 400
    assert b"totalCount" not in response.content


@pytest.mark.parametrize("accept", ["text/event-stream", 'multipart/mixed; subscriptionSpec="1.0"'])
def test_stream_that_is_asked_for_is_no_crash(client: Client, accept: str) -> None:
    response = client.post(
        URL, json.dumps({"query": QUERY}), content_type="application/json", headers={"accept": accept}
    )

    assert response.status_code in (200, 400)


def test_batch_is_refused() -> None:
    for batch in ([{"query": QUERY}], [{"query": QUERY}] * 100, [], [1]):
        response = post(batch)
        assert response.status_code == 400
        assert b"totalCount" not in response.content


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

    assert response.json() == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


@pytest.mark.parametrize(
    "document",
    [
        "{ " + "a " * 20_000 + "}",
        "{ " + "a: loges(first: 1) { totalCount } " * 2_500 + "}",
        "{ loges(first: 1, after: " + "[" * 20_000 + ") { totalCount } }",
        "".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(2_500)) + "{ ...f0 }",
    ],
    ids=["fields", "aliases", "lists", "fragments"],
)
def test_document_of_20_000_tokens_is_refused_fast(document: str) -> None:
    begin = time.perf_counter()
    (error,) = post({"query": document}).json()["errors"]
    took = time.perf_counter() - begin

    assert error["extensions"]["code"] == "BAD_QUERY"
    assert took < 2


def test_document_as_long_as_allowed_is_answered() -> None:
    document = "{ " + " ".join(f"a{n}: __typename" for n in range(900)) + " }"

    assert len(post({"query": document}).json()["data"]) == 900


def test_fragments_that_double_at_each_step_are_no_burden() -> None:
    spreads = "".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(25))
    document = f"{{ ...f0 }} {spreads} fragment f25 on Query {{ __typename }}"
    begin = time.perf_counter()

    response = post({"query": document})

    assert response.status_code == 200
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
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
        b'{"query": "{ __typename }", "extensions": 5}',
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


@pytest.mark.parametrize("name", [5, [], {}, True, "x", "\0", "\ud800"])
def test_operation_name_that_makes_no_sense_is_no_crash(name: Any) -> None:
    response = post({"query": "query A { __typename }", "operationName": name})

    assert response.status_code in (200, 400)


@pytest.mark.parametrize("variables", ["{", "5", "null", '"x"', "[" * 2_000, "\xff", "NaN"])
def test_variables_by_get_that_make_no_sense_are_no_crash(client: Client, variables: str) -> None:
    response = client.get(URL, {"query": "{ __typename }", "variables": variables})

    assert response.status_code in (200, 400)


def test_body_of_many_megabytes_is_refused() -> None:
    response = post({"query": "{ __typename }", "variables": {"x": "a" * 3_000_000}})

    assert response.status_code == 400


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
        assert error["extensions"]["code"] == "BAD_QUERY"


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00"])
def test_instant_beyond_the_calendar_is_refused(instant: str) -> None:
    query = "query($x: DateTime!) { events(first: 1, from: $x) { totalCount } }"

    (error,) = post({"query": query, "variables": {"x": instant}}).json()["errors"]

    assert (error["extensions"]["code"], error["extensions"]["argument"]) == ("BAD_INPUT", ["from"])


def test_answer_with_a_lone_surrogate_is_sound_json() -> None:
    response = post({"query": '{ a: nonsense(x: "\ud83d") }'})

    assert response.status_code == 200
    json.loads(response.content.decode("utf-8"))
