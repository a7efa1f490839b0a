"""How well queries are understood, in figures: the searches of search_sets.yaml against an understander."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from search.understanding import AmbiguousWords, PlaceName, ServiceWords, Understander, Vocabulary

_ROOT = Path(__file__).resolve().parents[2]
_TAXONOMY = _ROOT / "loges" / "reference" / "taxonomy.yaml"
_OWN = Path(__file__).with_name("search_sets.yaml")
_UNSEEN = Path(__file__).with_name("unseen_sets.yaml")

OWN = ("golden", "misspellings", "tune", "check")
"""Sets that came with the vocabulary; `tune` alone is tuned on."""
_KINDS = ("plain", "colloquial", "misspelt", "foreign", "nonsense")
UNSEEN = (*_KINDS, "negation", *(f"second_{kind}" for kind in _KINDS))
"""Sets by two people who had seen nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """A search and the slugs of the services of which one must come out; none when a loge cannot help."""

    query: str
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A search whose service is not the first, and what came out instead."""

    query: str
    expect: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over a set of searches; the shares are between 0 and 1.

    `asked` counts the searches a loge can help with, `foreign` the others; `not_first` and `missed` list the
    searches whose service is not the first, or not among the first three.
    """

    asked: int
    first: int
    among_three: int
    foreign: int
    foreign_answered: int
    not_first: tuple[Miss, ...]
    missed: tuple[Miss, ...]
    answered_foreign: tuple[Miss, ...]

    @property
    def hit_at_1(self) -> float:
        """Share of the searches whose service comes first."""
        return self.first / self.asked if self.asked else 0.0

    @property
    def hit_at_3(self) -> float:
        """Share of the searches whose service is among the first three."""
        return self.among_three / self.asked if self.asked else 0.0


def evaluate(understander: Understander, cases: Iterable[Case]) -> Figures:
    """Return the figures of an understander on some cases.

    The order of the choices counts where it asks back; a foreign search is answered when services come out.
    """
    asked = foreign = 0
    not_first: list[Miss] = []
    missed: list[Miss] = []
    answered: list[Miss] = []
    for case in cases:
        understood = understander.understand(case.query)
        found = understood.question.choices if understood.question else understood.services
        miss = Miss(case.query, case.expect, found)
        if not case.expect:
            foreign += 1
            answered += [miss] if understood.services else []
            continue
        asked += 1
        not_first += [] if set(found[:1]) & set(case.expect) else [miss]
        missed += [] if set(found[:3]) & set(case.expect) else [miss]
    return Figures(
        asked=asked,
        first=asked - len(not_first),
        among_three=asked - len(missed),
        foreign=foreign,
        foreign_answered=len(answered),
        not_first=tuple(not_first),
        missed=tuple(missed),
        answered_foreign=tuple(answered),
    )


@cache
def cases(name: str) -> tuple[Case, ...]:
    """Return a set of searches, one of OWN or UNSEEN."""
    with (_OWN if name in OWN else _UNSEEN).open(encoding="utf-8") as file:
        rows = yaml.safe_load(file)[name]
    return tuple(Case(row["query"], tuple(row["expect"])) for row in rows)


@cache
def reference_vocabulary(places: tuple[PlaceName, ...] = ()) -> Vocabulary:
    """Return the vocabulary of the project's own taxonomy, with the places given."""
    with _TAXONOMY.open(encoding="utf-8") as file:
        taxonomy = yaml.safe_load(file)
    return Vocabulary(
        version=taxonomy["version"],
        services=tuple(
            ServiceWords(row["slug"], row["name"], (row["name"], *row["synonyms"], *row["phrases"]))
            for row in taxonomy["services"]
        ),
        ambiguous=tuple(
            AmbiguousWords(row["term"], row["question"], tuple(row["services"]))
            for row in taxonomy["ambiguous_terms"]
        ),
        not_us=tuple(taxonomy["not_us"]),
        places=places,
    )
