"""Loads the demo and a town into a test database and prints the times: run by `make bench`."""

import difflib
import json
import os
import statistics
import sys
import time
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openloge.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from graphql_api.schema import schema  # noqa: E402
from graphql_api.views import ApiView  # noqa: E402
from tests.bench import rights, searching, table, town  # noqa: E402
from tests.bench.database import throwaway  # noqa: E402
from tests.bench.pairs import PAIRS, Pair  # noqa: E402
from tests.bench.times import CALLS, milliseconds, told  # noqa: E402
from tests.demo import NOW, loaded_demo  # noqa: E402

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
    rounds = [[milliseconds(partial(side, pair)) for side in sides] for _ in range(CALLS)]
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


def main(*, with_elasticsearch: bool) -> None:
    """The pairs and the search beside a town, then search and rights in a network of ten times as many.

    No pairs on another database than SQLite.
    """
    print(f"{connection.vendor}; {CALLS} calls each, the two sides of a pair in turns")
    town.build(NOW)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\nbeside the demo, {town.SIZE}")
    for pair in PAIRS if connection.vendor == "sqlite" else ():
        compare(pair)
    figures = searching.run(with_elasticsearch=with_elasticsearch)
    began = time.perf_counter()
    loges = town.build(NOW, loges=900, experts=100, reviews=0, dates=0)
    print(f"\n{len(loges) * 100:,} experts more in {len(loges)} loges, made in {time.perf_counter() - began:.0f} s")
    figures += searching.run(with_elasticsearch=with_elasticsearch)
    rights.run(loges[len(loges) // 2])
    table.keep(connection.vendor, figures)


if __name__ == "__main__":
    with throwaway(), loaded_demo(with_pictures=connection.vendor == "sqlite", is_kept=True):
        main(with_elasticsearch="--database-only" not in sys.argv)
