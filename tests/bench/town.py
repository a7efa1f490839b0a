"""A large network beside the demo: rows in bulk, so that a bad plan shows. No news is sent: search stays small."""

from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db.models import Model

from loges.models import (
    AvailabilityRule,
    Event,
    EventOccurrence,
    ExpertProfile,
    Loge,
    Offer,
    Review,
    Service,
    Verification,
)
from loges.models.people import Person
from tests.factories import EventFactory, LogeFactory, PersonFactory

LOGES, EXPERTS, REVIEWS, DATES = 200, 50, 4, 20
"""How many loges, experts of each, reviews of each expert, and dates of each loge's weekly event."""
CENTER = (45.77, 4.83)
ROWS, STEP = 20, 0.03
"""The loges stand in rows of so many, so many degrees apart: about three kilometres."""
FIRST_LOGE = "ville-0"
SIZE = f"{LOGES * EXPERTS:,} experts in {LOGES} loges, {LOGES * EXPERTS * REVIEWS:,} reviews, {LOGES * DATES:,} dates"


def build(
    now: datetime, *, loges: int = LOGES, experts: int = EXPERTS, reviews: int = REVIEWS, dates: int = DATES
) -> list[Loge]:
    """Write so many loges more, with so many experts each."""
    first = Loge.objects.filter(slug__startswith="ville-").count()
    made = [_loge(n) for n in range(first, first + loges)]
    services = list(Service.objects.order_by("pk")[:20])
    for start in range(0, loges, 100):
        _team(made[start : start + 100], first + start, experts, reviews, services, now)
    evenings: list[Event] = [EventFactory(loge=loge, recurrence="FREQ=WEEKLY") for loge in made] if dates else []
    _written(EventOccurrence, [_date(n, m, event, now) for m, event in enumerate(evenings) for n in range(dates)])
    return made


def _team(loges: list[Loge], first: int, size: int, reviews: int, services: list[Service], now: datetime) -> None:
    """Write the experts of some loges, the first of which stands at place `first`."""
    people = _written(Person, PersonFactory.build_batch(len(loges) * size))
    experts = _written(
        ExpertProfile,
        [
            _expert(first * size + n, person, loges[n // size], place=first + n // size, now=now)
            for n, person in enumerate(people)
        ],
    )
    _written(Offer, [offer for n, expert in enumerate(experts) for offer in _offers(n, expert, services)])
    _written(AvailabilityRule, [rule for n, expert in enumerate(experts) for rule in _times(n, expert)])
    _written(Verification, [check for expert in experts for check in _checks(expert, now)])
    _written(Review, [_review(n, expert, now) for n in range(reviews) for expert in experts])


def _loge(n: int) -> Loge:
    row, column = divmod(n, ROWS)
    latitude, longitude = CENTER[0] + STEP * row, CENTER[1] + STEP * column
    return LogeFactory(
        active=True,
        slug=f"ville-{n}",
        name=f"Loge du quartier {n}",
        neighbourhood=f"Quartier {n}",
        territory__latitude=latitude,
        territory__longitude=longitude,
        territory__postcodes=[f"{10_000 + n}"],
    )


def _times(n: int, expert: ExpertProfile) -> list[AvailabilityRule]:
    return [
        AvailabilityRule(expert=expert, weekday=(n + 2 * m) % 7, starts=time(9), ends=time(12)) for m in range(n % 4)
    ]


def _written(model: type[Model], rows: list[Any]) -> list[Any]:
    several = iter(rows)
    return [row for batch in iter(lambda: list(islice(several, 2_000)), []) for row in _in_bulk(model, batch)]


def _in_bulk(model: type[Model], rows: list[Any]) -> list[Any]:
    written: list[Any] = model._default_manager.bulk_create(rows)
    return written


def _expert(n: int, person: Person, loge: Loge, *, place: int, now: datetime) -> ExpertProfile:
    return ExpertProfile(
        person=person,
        loge=loge,
        slug=f"voisin-{n}",
        state="PUBLISHED",
        headline="Un coup de main entre voisins",
        presentation="Je répare, je couds, je garde, je porte. " * 5,
        languages=["fr", "en"][: n % 2 + 1],
        latitude=CENTER[0] + STEP * (place // ROWS) + 0.002 * (n % 7 - 3),
        longitude=CENTER[1] + STEP * (place % ROWS) + 0.002 * (n % 5 - 2),
        rating_count=REVIEWS,
        rating_sum=REVIEWS * 4 + n % 4,
        published_at=now,
        created_at=now,
    )


def _offers(n: int, expert: ExpertProfile, services: list[Service]) -> list[Offer]:
    return [
        Offer(expert=expert, service=services[(n + 7 * m) % len(services)], unit="HOUR", price_cents=2_000 + 50 * m)
        for m in range(3)
    ]


def _checks(expert: ExpertProfile, now: datetime) -> list[Verification]:
    day = now.date()
    kinds = [("CHARTER", None), ("INSURED", day + timedelta(days=30)), ("SAP", day - timedelta(days=1))]
    return [
        Verification(
            expert=expert, kind=kind, checker_role="TEAM", checked_on=day - timedelta(days=90), expires_on=expires
        )
        for kind, expires in kinds
    ]


def _review(n: int, expert: ExpertProfile, now: datetime) -> Review:
    return Review(
        expert=expert,
        author_first_name="Zoé",
        rating=4,
        text="Venue à l'heure, repartie avec le sourire ; je recommande à tout l'immeuble. " * 2,
        state="PUBLISHED",
        experience_on=now.date() - timedelta(days=n + 1),
        left_at=now - timedelta(days=n),
        published_at=now - timedelta(days=n, minutes=expert.pk % 1_000),
        reply="Merci !" if n % 2 else "",
    )


def _date(n: int, m: int, event: Event, now: datetime) -> EventOccurrence:
    begins = now + timedelta(days=7 * (n - 4), hours=m % 24, minutes=m)
    return EventOccurrence(
        event=event, planned_on=begins.date(), starts_at=begins, ends_at=begins + timedelta(minutes=90)
    )
