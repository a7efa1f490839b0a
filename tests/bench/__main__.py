"""Loads the demo and a town into a test database and prints the times: run by `make bench`."""

import difflib
import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openloge.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from graphql_api.schema import schema  # noqa: E402
from graphql_api.views import ApiView  # noqa: E402
from search import queries as search  # noqa: E402
from search.queries import ExpertSearch  # noqa: E402
from tests.bench import town  # noqa: E402
from tests.bench.pairs import PAIRS, Pair  # noqa: E402
from tests.demo import NOW, loaded_demo  # noqa: E402

CALLS = 200
SEARCHES = {
    "text": ExpertSearch(text="mon robinet goutte"),
    "text and place in words": ExpertSearch(text="couturière Croix-Rousse"),
    "near": ExpertSearch(near=search.point(48.849, 2.378)),
    "browse all": ExpertSearch(),
}
REQUESTS = RequestFactory()

view = ApiView.as_view(schema=schema)


def graphql(pair: Pair) -> HttpResponse:
    """The operation through the endpoint's view, from the JSON that came to the JSON that goes."""
    body = json.dumps({"query": pair.query, "variables": pair.variables})
    return view(REQUESTS.post("/graphql/", body, content_type="application/json"))


def by_hand(pair: Pair) -> HttpResponse:
    """The same by hand."""
    response: HttpResponse = pair.by_hand(REQUESTS.get("/"), **pair.variables)
    return response


def milliseconds(call: Callable[[], Any]) -> float:
    """The time of one call."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1_000


def told(times: list[float]) -> str:
    """The median and the 95th percentile."""
    times = sorted(times)
    return f"p50 {statistics.median(times):7.2f} ms   p95 {times[int(len(times) * 0.95)]:7.2f} ms"


def compare(pair: Pair) -> None:
    """Both sides of a pair, interleaved; their answers are compared first."""
    sides = (graphql, by_hand)
    mine, theirs = (_lines(side(pair)) for side in sides)
    if difference := "\n".join(difflib.unified_diff(theirs, mine, "by hand", "GraphQL", lineterm="", n=2)):
        raise SystemExit(f"\n{pair.name}: the two sides answer differently\n{difference}")
    statements = []
    for side in sides:
        with CaptureQueriesContext(connection) as queries:
            side(pair)
        statements.append(len(queries))
    rounds = [[milliseconds(lambda side=side: side(pair)) for side in sides] for _ in range(CALLS)]  # type: ignore[misc]
    ours, plain = ([times[number] for times in rounds] for number in (0, 1))
    print(f"\n{pair.name} ({len(by_hand(pair).content):,} bytes)")
    print(f"  GraphQL   {told(ours)}   {statements[0]:2} statements")
    print(f"  by hand   {told(plain)}   {statements[1]:2} statements")
    print(f"  ratio     {statistics.median(mine / other for mine, other in rounds):.2f}")


def _lines(response: HttpResponse) -> list[str]:
    answer = json.loads(response.content)
    if response.status_code != 200 or "errors" in answer:
        raise SystemExit(response.content.decode())
    return json.dumps(answer.get("data", answer), ensure_ascii=False, indent=1, sort_keys=True).splitlines()


def searches() -> None:
    """The search: p50 and p95 over the demo's experts."""
    print(f"\nsearch, the demo's 25 experts: p50 and p95 of {CALLS}")
    for name, asked in SEARCHES.items():
        times = [milliseconds(lambda asked=asked: search.search_experts(asked)) for _ in range(CALLS)]  # type: ignore[misc]
        print(f"  {name:<26} {told(times)}")


def main() -> None:
    """The search on the demo alone, then the pairs beside a town."""
    print(f"{connection.vendor}; {CALLS} calls each, the two sides of a pair in turns")
    searches()
    town.build(NOW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\nbeside the demo, {town.SIZE}")
    for pair in PAIRS:
        compare(pair)


if __name__ == "__main__":
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with loaded_demo(with_pictures=True):
            main()
    finally:
        teardown_databases(databases, verbosity=0)
