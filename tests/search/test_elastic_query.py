"""The JSON that Elasticsearch is asked with, and the index it is asked of: no server is needed.

Misspelt parameters would pass unseen, so every change of a word shows in `elastic/*.json`.
With OPENLOGE_WRITE_CONTRACTS=1 the files are written, to be read in the diff.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from loges.geography import Point
from loges.outlines import Outline
from search.backends import ExpertQuery, Order
from search.elastic import MAPPING, SETTINGS
from search.elastic_query import NEAR_WAVES, body, sort_key

GOLDEN = Path(__file__).parent / "elastic"
EVERYTHING = ExpertQuery(
    has_text=True,
    asked=("menage", "repassage"),
    words=("rose", "мария"),
    services=("menage",),
    families=("maison",),
    near=Point(45.7745, 4.8318),
    coming=(3, 7),
    loges=("pente", "quai"),
    places=("plateau", "quai", "ailleurs"),
    postcode="69001",
    max_price_cents=2_500,
    unit="HOUR",
    minimum_rating=4.0,
    languages=("en", "pt"),
    badges=("INSURED",),
    free_on=date(2026, 3, 4),
    on=date(2026, 3, 2),
)
SQUARE = [[4.8, 45.7], [4.9, 45.7], [4.9, 45.8], [4.8, 45.8], [4.8, 45.7]]
QUERIES = {
    "within": body(ExpertQuery(within=Outline.of({"type": "Polygon", "coordinates": [SQUARE]}, at_most=100))),
    "browse": body(ExpertQuery()),
    "everything": body(EVERYTHING, loge_ids={"pente": 1, "plateau": 2, "quai": 3}),
    "next-page": body(ExpertQuery(on=date(2026, 3, 2), order=Order.RATING), begin=(-4.5, 77)),
    "distance": body(ExpertQuery(near=Point(45.7745, 4.8318), order=Order.DISTANCE)),
    "price": body(ExpertQuery(has_text=True, asked=("menage",), words=("rose",), order=Order.PRICE)),
    "soonest": body(ExpertQuery(on=date(2026, 3, 2), order=Order.SOONEST)),
}


def laid_out(value: Any, margin: str = "") -> str:
    """JSON in which whatever fits into a line is one."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(margin) + len(line) < 116 or not isinstance(value, dict | list):
        return line
    inner = margin + "  "
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + laid_out(one, inner) for one in value) + f"\n{margin}]"
    rows = (f"{inner}{json.dumps(key)}: {laid_out(one, inner)}" for key, one in sorted(value.items()))
    return "{\n" + ",\n".join(rows) + f"\n{margin}}}"


@pytest.mark.parametrize("name", [*QUERIES, "index"])
def test_json_is_what_was_agreed(name: str) -> None:
    asked: dict[str, Any] = QUERIES.get(name) or {"mappings": MAPPING, "settings": SETTINGS}
    told = laid_out(asked) + "\n"
    file = GOLDEN / f"{name}.json"
    if os.environ.get("OPENLOGE_WRITE_CONTRACTS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")

    assert told == file.read_text(encoding="utf-8")


def test_nothing_but_what_is_listed_gets_into_the_index() -> None:
    assert MAPPING["dynamic"] == "strict"
    assert set(MAPPING["properties"]).isdisjoint(
        {"name", "first_name", "last_name", "email", "phone", "address", "city"}
    )


def test_every_analyzer_is_one_that_splits_at_blanks_alone() -> None:
    texts = {name: field for name, field in MAPPING["properties"].items() if field["type"] == "text"}

    assert set(texts) == {"strong", "words"}
    assert {field["analyzer"] for field in texts.values()} == {"whitespace"}


def test_waves_add_up_to_the_slope_of_nearness() -> None:
    squares = np.concatenate([[0], np.geomspace(1e-5, 2_500, 20_000)])

    sums = sum(weight * np.exp(-steepness * squares) for weight, steepness in NEAR_WAVES)

    assert np.abs(sums - 1 / (1 + squares)).max() < 6e-6


@pytest.mark.parametrize(
    ("order", "values"),
    [
        (Order.RELEVANCE, [0.87654323, 0.07, 1.4]),
        (Order.DISTANCE, [0.0, 1_234.567_890_123, 99_999.999_999]),
        (Order.RATING, [4.285714, 1.0]),
        (Order.PRICE, [1.0, 1 - 2_000 / 2**24, 0]),
        (Order.SOONEST, [29, 2, 1]),
    ],
)
def test_page_begins_where_the_one_before_ended(order: Order, values: list[float]) -> None:
    query = ExpertQuery(order=order, near=Point(45, 4), on=date(2026, 3, 2))
    is_score = order not in (Order.DISTANCE, Order.RATING)

    for value in values:
        begun = body(query, begin=(sort_key(query, value), 7))["search_after"][0]

        assert (np.float32(begun) == np.float32(value)) if is_score else begun == value
