"""What every search engine of this house answers, in the same words: the Protocol, its questions and answers.

Understanding, suggestions and hydration stay outside: a backend ranks ids, the database decides who is shown.

What a query means, for every backend:

- All filters hold together. `families`, `loges`, `places`, `languages` and `services` hold alternatives; `badges`
  must all hold, on the day `on` (without it, expired badges count, too).
- ONE offer must fit everything said of offers: `services`, `families`, `unit`, `max_price_cents`. An understood
  service counts only when the expert offers it at a fitting unit and price.
- With a text (`has_text`): experts who offer one of `asked` or whose full text holds all of `words`.
  A text that gave neither finds nobody. Without one: everybody.
- `near`: within `radius_meters` of the snapped position; a border counts as inside. Those who drew where they come to
  (`has_area`) must be `coming` there, too.
- `within`: the snapped position is inside the outline, on its border or within `outlines.BORDER_DEGREES` of it.
- `free_on`: only those who are free that day.
- Equals take turns: with a day (`on`), those with the same sort key are listed from another one of them on each day.
- Facets: how many experts would be found with that value chosen. Alternatives leave their own filter out; `places`,
  the loges of a place that was written in words, is the filter of none.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from loges.geography import Point
from loges.outlines import Outline
from search.documents import ExpertDocument

DEFAULT_RADIUS_M = 5_000
"""How far around `near` experts are looked for, in metres, unless the query says."""

TOTAL_CAP = 10_000
"""Results are counted up to here."""


class ForeignCursor(ValueError):
    """A cursor that this query never gave: of another query, made up, or damaged."""


class Unavailable(Exception):
    """The engine can't answer, or refuses to write: it is down, too slow, full, or has no index."""


class ReadOnly(Unavailable):
    """The engine answers, but takes no writes: it is full, or has no index yet."""


class NothingKept(Exception):
    """There is no earlier index to go back to."""


class Refused(Exception):
    """The engine answers and has written the others, but never takes these documents; `reasons` by expert id."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__("; ".join(f"{pk}: {reason}" for pk, reason in reasons.items())[:1_000])
        self.reasons = dict(reasons)


class Order(StrEnum):
    """In which order experts are listed; equals take turns from day to day."""

    RELEVANCE = "RELEVANCE"  # what was asked for, times the damped rating, times nearness
    DISTANCE = "DISTANCE"  # nearest first; needs `near`
    RATING = "RATING"  # best Bayesian rating first
    PRICE = "PRICE"  # cheapest fitting offer first; those on proposal last
    SOONEST = "SOONEST"  # free soonest first, counted in days from today


class FacetField(StrEnum):
    """What results are counted by."""

    SERVICE = "SERVICE"  # a service that is offered, by slug
    FAMILY = "FAMILY"  # a family of services that are offered, by slug
    LOGE = "LOGE"  # the expert's loge, by slug
    LANGUAGE = "LANGUAGE"  # a language that is spoken, by ISO 639-1 code
    BADGE = "BADGE"  # a check that holds, by kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertQuery:
    """A question to a backend; see the module for what it means. `asked`: slugs of services, best first.

    `coming`: ids of those whose own area covers `near`, as the domain knows it; no part of what is asked.
    """

    has_text: bool = False
    asked: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    near: Point | None = None
    radius_meters: int = DEFAULT_RADIUS_M
    coming: tuple[int, ...] = ()
    within: Outline | None = None
    loges: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    postcode: str | None = None
    max_price_cents: int | None = None
    unit: str | None = None
    minimum_rating: float | None = None
    languages: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    free_on: date | None = None
    on: date | None = None
    order: Order = Order.RELEVANCE
    first: int = 20
    after: str | None = None

    @property
    def there(self) -> tuple[str, ...] | None:
        """The loges, by slug, that `loges` and `places` leave; None for all."""
        if self.loges is None or self.places is None:
            return self.places if self.loges is None else self.loges
        return tuple(slug for slug in self.loges if slug in self.places)

    @property
    def fingerprint(self) -> str:
        """A short hash of what is asked, the page aside: cursors carry it."""
        rest = repr(replace(self, first=0, after=None, coming=()))
        return hashlib.sha256(rest.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Facet:
    """How many experts there are with one value of a field. Labels are French."""

    field: FacetField
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One expert found: the services that made them found, how far (a band's upper bound, metres), the cursor.

    `is_said`: their own words hold all the words of the query. `free_on`: the day asked for, or the first day when
    the soonest come first; unknown otherwise.
    """

    expert_id: int
    matched: tuple[str, ...]
    is_said: bool
    distance_meters: int | None
    free_on: date | None
    cursor: str


@dataclass(frozen=True, slots=True)
class ExpertHits:
    """A page of experts found; `total` counts up to TOTAL_CAP. `is_degraded`: another engine stood in."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_total_capped: bool = False
    facets: tuple[Facet, ...] = ()
    has_next_page: bool = False
    is_degraded: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """How a backend is: whether it answers, how many experts it knows, and what is wrong, if anything."""

    backend: str
    is_up: bool
    documents: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did: how many documents there were before and are now, and whom the engine refused, why."""

    before: int
    after: int
    refused: Mapping[int, str] = field(default_factory=dict)


class ExpertSearchBackend(Protocol):
    """An engine that finds experts. Everything but `health` raises Unavailable where it can't be asked."""

    name: str

    def search(self, query: ExpertQuery) -> ExpertHits:
        """Find a page of experts. Raises ForeignCursor."""

    def upsert(self, documents: Iterable[ExpertDocument]) -> None:
        """Write documents in place of those known; one with an older revision is left out. Raises Refused."""

    def delete(self, ids: Iterable[int], *, at: Mapping[int, int] | None = None) -> None:
        """Forget experts; unknown ones are no error. `at`: the revisions at which they were gone; newer ones stay."""

    def rebuild(
        self, documents: Iterable[ExpertDocument], progress: Callable[[int], None] | None = None
    ) -> RebuildReport:
        """Replace everything by these documents, read lazily; `progress` hears how many are done."""

    def revisions(self) -> Iterator[tuple[int, int]]:
        """All (expert id, revision) known, by id: what a check for drift compares."""

    def health(self) -> Health:
        """How the engine is."""


TURNS = 65_521
"""How many turns there are: a prime, so that every expert has their own for a long time."""
TURN_STEP = 40_503
"""How far apart the turns of neighbours by id are."""
DAYS_AHEAD = 28
"""How many days ahead somebody who is free is looked for; after that, all are as late."""


def turn_of(query: ExpertQuery) -> int:
    """What the day adds to everybody's turn."""
    return query.on.toordinal() * 30_011 % TURNS if query.on else 0


def turn_at(query: ExpertQuery, expert_id: int) -> int:
    """Where an expert stands among equals that day, the lowest first; all alike without a day."""
    return (expert_id * TURN_STEP + turn_of(query)) % TURNS if query.on else 0


def free_on(query: ExpertQuery, key: float) -> date | None:
    """The day on which a hit with that sort key is free, as far as the query tells."""
    if query.free_on is None and query.order is Order.SOONEST and query.on and key < DAYS_AHEAD:
        return query.on + timedelta(days=int(key))
    return query.free_on


def cursor(query: ExpertQuery, key: float, expert_id: int) -> str:
    """An opaque cursor: where the hit with that sort key stands in the answers to this query."""
    packed = json.dumps([query.fingerprint, key, expert_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def position(query: ExpertQuery) -> tuple[float, int] | None:
    """The sort key and id after which a page begins, None for the first page. Raises ForeignCursor."""
    if query.after is None:
        return None
    try:
        padded = query.after[:400].encode("ascii") + b"==="
        fingerprint, key, expert_id = json.loads(base64.b64decode(padded, altchars=b"-_"))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise ForeignCursor("not a cursor") from error
    is_number = type(key) in (int, float) and abs(key) < 2**53  # false for infinities and NaN, too
    if fingerprint != query.fingerprint or not is_number or type(expert_id) is not int or not 0 < expert_id < 2**63:
        raise ForeignCursor("a cursor of another query")
    return key, expert_id
