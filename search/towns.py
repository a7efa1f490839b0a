"""The towns and postcodes of France, so that a place without a loge is known for a place.

Read from `search/reference` (its README tells where from): 6,189 postcodes and 2,221 towns of 5,000 people or more.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from search.places import ByName, Name, PlaceKind, PlaceName, by_name, place_tokens

POSTCODE_RADIUS_M, TOWN_RADIUS_M = 5_000, 10_000
"""How far around such a place experts are looked for, in metres."""

_REFERENCE = Path(__file__).parent / "reference"


class Towns(NamedTuple):
    """Places without loges, by name, and the names that are words of everyday French, too ("Tours", "Orange")."""

    named: ByName
    everyday: frozenset[Name]


@cache
def of_france() -> Towns:
    """All of them, read once per process."""
    towns = list(_rows("towns.csv"))
    homonyms = Counter(row["name"] for row in towns)
    places = [
        _place(
            PlaceKind.CITY,
            row,
            row["name"],
            f"{row['name']} ({row['department']})" if homonyms[row["name"]] > 1 else row["name"],
            TOWN_RADIUS_M,
        )
        for row in towns
    ]
    places += [
        _place(PlaceKind.POSTCODE, row, row["postcode"], row["postcode"], POSTCODE_RADIUS_M)
        for row in _rows("postcodes.csv")
    ]
    everyday = frozenset(place_tokens(row["name"]) for row in towns if row["is_everyday_word"] == "1")
    return Towns(by_name(places), everyday)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_REFERENCE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _place(kind: PlaceKind, row: dict[str, str], name: str, label: str, radius_meters: int) -> PlaceName:
    return PlaceName(kind, name, label, (), float(row["latitude"]), float(row["longitude"]), radius_meters)
