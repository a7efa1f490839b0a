"""Every operation of `frontend_contracts/operations` answers exactly what its JSON file promises, at its SQL cost."""

import difflib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from loges.models import Person
from search import vectors, vocabulary
from tests.demo import loaded_demo

OPERATIONS = Path(__file__).resolve().parents[2] / "frontend_contracts" / "operations"
NAMES = sorted(path.stem for path in OPERATIONS.glob("*.graphql"))
CASES = [
    (name, number)
    for name in NAMES
    for number in range(len(json.loads((OPERATIONS / f"{name}.json").read_text(encoding="utf-8"))["cases"]))
]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo")]


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), loaded_demo(with_pictures=True):
        yield


@pytest.mark.parametrize(("name", "number"), CASES, ids=[f"{name}-{number}" for name, number in CASES])
def test_operation_answers_as_promised(name: str, number: int) -> None:
    document = (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")
    path = OPERATIONS / f"{name}.json"
    contract = json.loads(path.read_text(encoding="utf-8"))
    case = contract["cases"][number]

    client = _client(case.get("as", ""))
    _ask(client, document, case["variables"])  # what is kept per process is kept by now
    with CaptureQueriesContext(connection) as queries:
        answer = _ask(client, document, case["variables"])

    if os.environ.get("OPENLOGE_WRITE_CONTRACTS"):
        case["sql"], case["answer"] = len(queries), answer
        path.write_text(json.dumps(contract, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert _difference(case["answer"], answer) == ""
    assert len(queries) == case["sql"], "\n".join(query["sql"] for query in queries.captured_queries)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(("Search", "Suggest"))])
def test_search_answers_as_promised_with_word_vectors_too(name: str, settings: Any) -> None:
    file = settings.BASE_DIR / "var" / "french-vectors.npz"
    if not file.is_file():
        pytest.skip("the word vectors are not distilled: make var/french-vectors.npz")
    settings.SEARCH_VECTORS = str(file)
    with _read_anew():
        for number in [number for known, number in CASES if known == name]:
            test_operation_answers_as_promised(name, number)


@contextmanager
def _read_anew() -> Iterator[None]:
    """Vectors and vocabulary are read again, now and afterwards."""
    try:
        _forget()
        yield
    finally:
        _forget()


def _forget() -> None:
    vectors.installed.cache_clear()
    vocabulary._kept = None


def _client(reader: str) -> Client:
    """The browser of somebody of the demo, by e-mail address; of a stranger without one."""
    client = Client()
    if reader:
        client.force_login(Person.objects.get(email=reader), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _ask(client: Client, document: str, variables: dict[str, Any]) -> Any:
    body = json.dumps({"query": document, "variables": variables})
    answer = client.post("/graphql/", body, content_type="application/json").json()
    for error in answer.get("errors", []):
        error["extensions"].pop("requestId")  # new for each request
    return answer


def _difference(promised: Any, answered: Any) -> str:
    before, after = (
        json.dumps(side, ensure_ascii=False, indent=1, sort_keys=True).splitlines() for side in (promised, answered)
    )
    return "\n".join(difflib.unified_diff(before, after, "promised", "answered", lineterm=""))
