"""What tests of the GraphQL room stand on: a clock that stands at NOW, the site's skeleton, a way to ask."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import HomePage
from search import fulltext
from tests.factories import NOW, CommissionPolicyFactory
from tests.graphql_api.site import Ask, Cost, Refusal


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> None:
    settings.CLOCK_STANDS_AT = NOW


@pytest.fixture
def ask(client: Client, db: None) -> Ask:
    """Send an operation; answer its data, which must have come without errors."""

    def asked(query: str, **variables: Any) -> dict[str, Any]:
        answer = _answer(client, query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return asked


@pytest.fixture
def refusal(client: Client, db: None) -> Refusal:
    """Send an operation; answer its one error."""

    def asked(query: str, **variables: Any) -> dict[str, Any]:
        (error,) = _answer(client, query, variables)["errors"]
        return error

    return asked


@pytest.fixture
def cost(ask: Ask) -> Cost:
    """Send an operation twice; answer how many SQL statements the second took: what is kept is kept by then."""

    def counted(query: str, **variables: Any) -> int:
        ask(query, **variables)
        with CaptureQueriesContext(connection) as statements:
            ask(query, **variables)
        return len(statements)

    return counted


@pytest.fixture
def home_page(db: None) -> HomePage:
    """The front page."""
    return HomePage.objects.get()


@pytest.fixture
def policy(db: None) -> Any:
    """The rule of sharing in force."""
    return CommissionPolicyFactory()


@pytest.fixture
def empty_index(db: None) -> None:
    """No word of the full text is left by tests whose transactions were real."""
    fulltext.clear()


def _answer(client: Client, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps({"query": query, "variables": variables}, default=str)
    response = client.post("/graphql/", body, content_type="application/json")
    assert response.status_code == 200, response.content
    return response.json()
