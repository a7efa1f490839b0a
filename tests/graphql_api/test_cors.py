"""Pages of other origins: who may read the API's answers, and send cookies along."""

import json
from typing import Any

import pytest
from django.test import Client

LISTED, UNLISTED = "https://www.openloge.example", "https://elsewhere.example"
ALLOW, CREDENTIALS = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _listed(settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = [LISTED]


def preflight(origin: str, address: str = "/graphql/") -> Any:
    headers = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    return Client().options(address, headers=headers)


def ask(origin: str, query: str = "{ __typename }") -> Any:
    body = json.dumps({"query": query})
    return Client().post("/graphql/", body, content_type="application/json", headers={"origin": origin})


def test_page_of_a_listed_origin_may_ask() -> None:
    response = preflight(LISTED)

    assert (response.status_code, response[ALLOW], response[CREDENTIALS]) == (200, LISTED, "true")
    assert "content-type" in response["Access-Control-Allow-Headers"]
    assert response["Access-Control-Allow-Methods"] == "GET, POST"


@pytest.mark.parametrize(
    "origin", [UNLISTED, "null", "http://www.openloge.example", f"{LISTED}:8443", f"{LISTED}.evil"]
)
def test_page_of_another_origin_may_not_ask(origin: str) -> None:
    response = preflight(origin)

    assert ALLOW not in response
    assert CREDENTIALS not in response


@pytest.mark.parametrize("query", ["{ __typename }", "{"])
def test_answer_and_refusal_may_be_read_with_the_request_s_name(query: str) -> None:
    response = ask(LISTED, query)

    assert (response[ALLOW], response[CREDENTIALS]) == (LISTED, "true")
    assert response["Access-Control-Expose-Headers"] == "X-Request-Id"
    assert {"Origin", "Accept"} <= {name.strip().capitalize() for name in response["Vary"].split(",")}


def test_answer_may_not_be_read_elsewhere() -> None:
    response = ask(UNLISTED)

    assert response.status_code == 200
    assert ALLOW not in response
    assert CREDENTIALS not in response


@pytest.mark.parametrize("address", ["/healthz", "/", "/admin/login/", "/graphql/more"])
def test_nothing_else_may_be_read_by_other_origins(address: str) -> None:
    asked, read = preflight(LISTED, address), Client().get(address, headers={"origin": LISTED})

    assert ALLOW not in asked
    assert ALLOW not in read
