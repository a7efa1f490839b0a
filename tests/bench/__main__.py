"""Loads the demo into a test database and prints the times: run by `make bench`."""

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openloge.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpRequest  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from graphql_api.context import Context  # noqa: E402
from graphql_api.schema import schema  # noqa: E402
from search import queries as search  # noqa: E402
from search.queries import ExpertSearch  # noqa: E402
from tests.bench import plain  # noqa: E402
from tests.demo import NOW, loaded_demo  # noqa: E402

ROUNDS, CALLS = 15, 20
SEARCHES = {
    "text": ExpertSearch(text="mon robinet goutte"),
    "text and place in words": ExpertSearch(text="couturière Croix-Rousse"),
    "near": ExpertSearch(near=search.point(48.849, 2.378)),
    "browse all": ExpertSearch(),
}


def graphql() -> Any:
    """The benchmark's query through the schema."""
    answer = schema.execute_sync(
        plain.QUERY, {"slug": "paris-aligre"}, context_value=Context(request=HttpRequest(), now=NOW)
    )
    assert answer.errors is None, answer.errors
    return answer.data


def by_hand() -> Any:
    """The same by hand."""
    return plain.answer("paris-aligre", NOW)


def milliseconds(call: Callable[[], Any]) -> float:
    """The mean time of one call, over a few."""
    began = time.perf_counter()
    for _ in range(CALLS):
        call()
    return (time.perf_counter() - began) / CALLS * 1000


def compare() -> None:
    """The loge page: GraphQL beside the hand-written view, interleaved, answers compared first."""
    assert _plain(graphql()) == by_hand(), "the two sides must answer the same"
    pairs = [(milliseconds(graphql), milliseconds(by_hand)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(mine / other for mine, other in pairs)
    print(f"\nloge page, {connection.vendor}: median of {ROUNDS} interleaved rounds of {CALLS}")
    print(f"  GraphQL                {ours:7.2f} ms")
    print(f"  by hand                {theirs:7.2f} ms")
    print(f"  GraphQL / by hand      {ratio:7.2f}")


def _plain(value: Any) -> Any:
    """Instants as GraphQL prints them."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def searches() -> None:
    """The search: p50 and p95 over the demo's experts."""
    print(f"\nsearch, {connection.vendor}, the demo's 25 experts: p50 and p95 of 200")
    for name, asked in SEARCHES.items():
        times = []
        for _ in range(200):
            began = time.perf_counter()
            search.search_experts(asked)
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        print(f"  {name:<26} {times[100]:7.2f} ms {times[190]:7.2f} ms")


if __name__ == "__main__":
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with loaded_demo():
            compare()
            searches()
    finally:
        teardown_databases(databases, verbosity=0)
