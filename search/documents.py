"""What search may know of an expert: an allow-list of what is public, with the position snapped to a grid.

Never in here: telephone numbers, e-mail addresses (also those that people write into their presentation), the
last name, the address, the exact position.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from loges import queries
from loges.availability import Dated, Window, free
from loges.geography import Point, snap
from loges.models import AvailabilityException, AvailabilityRule, ExpertProfile, Offer, Verification
from search.fulltext import lexeme
from search.models import ExpertRevision
from search.words import STOP_WORDS, all_tokens, stem

PRIOR_RATING = 4.0
"""The rating that somebody without any is taken to have."""

PRIOR_COUNT = 5
"""How many ratings that belief is worth."""

BATCH = 200
"""How many experts are read or written at a time."""

_MAX_CHARACTERS = 20_000
_ADDRESS = re.compile(r"\S+@\S+")
_NUMBER = re.compile(r"(?:\+|00)?\d(?:[\s.,/()\u2010-\u2015-]*\d){7,}")


@dataclass(frozen=True, slots=True)
class OfferedService:
    """A service that an expert offers; the price in cents, None on proposal."""

    service_id: int
    slug: str
    family: str
    name: str
    unit: str
    price_cents: int | None


@dataclass(frozen=True, slots=True)
class Badge:
    """A check that holds until its last day, None: for ever."""

    kind: str
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class ExpertDocument:
    """An expert as search knows them.

    `position` is snapped. `has_area`: where they come to is drawn. They are free on the `weekdays` (0 is Monday) but
    not `closed_on`, and when `opened_on`: days, since hours are agreed with the expert. `strong` words come from name
    and headline, `weak` ones from slug, presentation and service names, all as stems. `revision` grows with every
    change.
    """

    expert_id: int
    revision: int
    loge_id: int
    loge: str
    city: str
    postcodes: tuple[str, ...]
    first_name: str
    position: Point
    has_area: bool
    rating_sum: int
    rating_count: int
    offers: tuple[OfferedService, ...]
    languages: tuple[str, ...]
    badges: tuple[Badge, ...]
    weekdays: tuple[int, ...]
    opened_on: tuple[date, ...]
    closed_on: tuple[date, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]

    @property
    def rating(self) -> float | None:
        """The mean rating as shown, None before the first."""
        return round(self.rating_sum / self.rating_count, 2) if self.rating_count else None

    @property
    def rating_bayes(self) -> float:
        """The mean rating, drawn towards PRIOR_RATING as long as there are few; always set."""
        return round((self.rating_sum + PRIOR_RATING * PRIOR_COUNT) / (self.rating_count + PRIOR_COUNT), 6)

    @property
    def price_min_cents(self) -> int | None:
        """The price of the cheapest offer that has one."""
        return min((offer.price_cents for offer in self.offers if offer.price_cents is not None), default=None)


def documents(ids: Iterable[int]) -> list[ExpertDocument]:
    """The documents of those among the experts who may be found, by id. Six statements whatever the number.

    There is none for who may not be found. A document is never older than its revision.
    """
    wanted = sorted(set(ids))
    # First: what is read after a revision is at least as new as that.
    revisions = dict(ExpertRevision.objects.filter(expert_id__in=wanted).values_list("expert_id", "number"))
    found = findable().filter(pk__in=wanted)
    offers: dict[int, list[Offer]] = {}
    for offer in queries.offers(None).filter(expert_id__in=wanted):
        offers.setdefault(offer.expert_id, []).append(offer)
    checks: dict[int, list[Verification]] = {}
    for check in Verification.objects.filter(expert_id__in=wanted).order_by("kind"):
        checks.setdefault(check.expert_id, []).append(check)
    times = _times(wanted)
    return [
        _document(
            expert,
            offers.get(expert.pk, []),
            checks.get(expert.pk, []),
            times.get(expert.pk, Times()),
            revisions.get(expert.pk, 0),
        )
        for expert in found
    ]


def findable() -> QuerySet[ExpertProfile]:
    """The experts who may be found: the published ones of active loges."""
    return queries.experts(None).filter(loge__state="ACTIVE")


def every_document() -> Iterator[ExpertDocument]:
    """The documents of all experts who may be found, read BATCH by BATCH, by id."""
    last = 0
    while ids := list(ExpertProfile.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield from documents(ids)
        last = ids[-1]


@dataclass(slots=True)
class Times:
    """When an expert says to be free."""

    weekly: list[tuple[int, Window]] = field(default_factory=list)
    dated: list[Dated] = field(default_factory=list)

    def days(self) -> tuple[tuple[int, ...], tuple[date, ...], tuple[date, ...]]:
        """The weekdays, the days opened beside them and those of them that are wholly closed."""
        weekdays = tuple(sorted({weekday for weekday, _ in self.weekly}))
        is_free = {day: bool(free(self.weekly, self.dated, day)) for day in sorted({row.on for row in self.dated})}
        opened = tuple(day for day, is_open in is_free.items() if is_open and day.weekday() not in weekdays)
        closed = tuple(day for day, is_open in is_free.items() if not is_open and day.weekday() in weekdays)
        return weekdays, opened, closed


def _times(ids: list[int]) -> dict[int, Times]:
    """When experts say to be free, by expert. Two statements."""
    found: dict[int, Times] = {}
    for rule in AvailabilityRule.objects.filter(expert_id__in=ids):
        found.setdefault(rule.expert_id, Times()).weekly.append((rule.weekday, (rule.starts, rule.ends)))
    for row in AvailabilityException.objects.filter(expert_id__in=ids):
        found.setdefault(row.expert_id, Times()).dated.append(Dated(row.on, row.starts, row.ends, row.is_open))
    return found


def _document(
    expert: ExpertProfile, offers: list[Offer], checks: list[Verification], times: Times, revision: int
) -> ExpertDocument:
    """Put together what is public about one expert."""
    hidden = frozenset(_stems(expert.person.last_name))
    services = tuple(_offered(offer) for offer in offers)
    weekdays, opened_on, closed_on = times.days()
    return ExpertDocument(
        expert_id=expert.pk,
        revision=revision,
        loge_id=expert.loge_id,
        loge=expert.loge.slug,
        city=expert.loge.city,
        postcodes=_values(expert.loge.territory.postcodes),
        first_name=" ".join(all_tokens(without_contacts(expert.person.first_name)))[:80],
        position=snap(Point(expert.latitude, expert.longitude)),
        has_area=bool(expert.area),
        rating_sum=expert.rating_sum,
        rating_count=expert.rating_count,
        offers=services,
        languages=_values(code.lower() for code in expert.languages if isinstance(code, str)),
        badges=tuple(Badge(check.kind, check.expires_on) for check in checks),
        weekdays=weekdays,
        opened_on=opened_on,
        closed_on=closed_on,
        strong=_words(f"{expert.person.first_name}\n{expert.headline}", hidden),
        weak=(
            *_words(f"{expert.slug}\n{expert.presentation}", hidden),
            *_words("\n".join(offer.name for offer in services), frozenset()),
        ),
    )


def _offered(offer: Offer) -> OfferedService:
    """What is public about one offer."""
    service = offer.service
    return OfferedService(service.pk, service.slug, service.family.slug, service.name, offer.unit, offer.price_cents)


def without_contacts(text: str) -> str:
    """A free text without the e-mail addresses and telephone numbers in it."""
    return _NUMBER.sub(" ", _ADDRESS.sub(" ", text[:_MAX_CHARACTERS]))


def _words(text: str, hidden: frozenset[str]) -> tuple[str, ...]:
    """The lexemes of the words that carry meaning in a free text, each once, without the hidden ones."""
    return tuple(dict.fromkeys(lexeme(root) for root in _stems(without_contacts(text)) if root not in hidden))


def _stems(text: str) -> Iterator[str]:
    """The stems of the words of a text that carry meaning."""
    return (stem(word) for word in all_tokens(text) if word not in STOP_WORDS)


def _values(texts: Iterable[str]) -> tuple[str, ...]:
    """Short codes, each once, in order."""
    return tuple(dict.fromkeys(str(text)[:16] for text in texts))
