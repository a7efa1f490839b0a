"""A coordinator's page of the team among 100,000 experts: what asking for rights costs."""

import statistics
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from loges import permissions
from loges.models import ExpertProfile, Loge, Person
from tests.bench.times import milliseconds, told
from tests.factories import LogeMembershipFactory

PAGE = 20
ROUNDS = 50
"""How often each is called: the query that nobody guards is slow."""

Call = Callable[[], list[Any]]


def network(loges: int, experts: int, now: datetime) -> list[Loge]:
    """So many active loges with so many published experts each, written in bulk."""
    first = Loge.objects.count()
    made = Loge.objects.bulk_create(
        Loge(slug=f"reseau-{n}", name=f"Réseau {n}", city="Lyon", neighbourhood=f"Quartier {n}", state="ACTIVE",
             opened_at=now, created_at=now)
        for n in range(first, first + loges)
    )  # fmt: skip
    for batch in (made[start : start + 50] for start in range(0, loges, 50)):
        people = Person.objects.bulk_create(
            Person(
                email=f"{loge.slug}-{n}@example.org", first_name=f"Prénom {n * 7 % 26}", password="!", joined_at=now
            )
            for loge in batch
            for n in range(experts)
        )
        ExpertProfile.objects.bulk_create(
            ExpertProfile(
                person=person,
                loge=batch[n // experts],
                slug=f"profil-{n}",
                headline="Un coup de main",
                languages=["fr"],
                latitude=45.77,
                longitude=4.83,
                state="PUBLISHED",
                published_at=now,
                created_at=now,
            )
            for n, person in enumerate(people)
        )
    return made


def page(experts: QuerySet[ExpertProfile]) -> list[ExpertProfile]:
    """A page of a team as the desk lists it."""
    listed = experts.select_related("person", "loge").annotate(offers_count=Count("offers"))
    return list(listed.order_by("person__first_name", "pk")[:PAGE])


def guarded_page(person: Person) -> list[ExpertProfile]:
    """The same of those that a person keeps: one who comes anew, whose permissions nobody knows yet."""
    fresh = Person.objects.get(pk=person.pk)
    return page(permissions.scope(ExpertProfile.objects.exclude(state="LEFT"), fresh, "edit"))


def statements(call: Callable[[], Any]) -> int:
    """How many statements a call takes."""
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


def run(loge: Loge) -> None:
    """Print the times of each way in turns, for the coordinator of one loge of a network."""
    person = LogeMembershipFactory(coordinator=True, loge=loge).person
    print(f"\nrights among {ExpertProfile.objects.count():,} experts in {Loge.objects.count():,} loges")
    all_experts = ExpertProfile.objects.exclude(state="LEFT")
    hundred = list(all_experts.filter(loge=loge)[:50]) + list(all_experts.exclude(loge=loge)[:50])
    ways: dict[str, Call] = {
        "page of 20, guarded": lambda: guarded_page(person),
        "the same rows, filtered by hand": lambda: page(all_experts.filter(loge=loge)),
        "page of 20 of everybody, unguarded": lambda: page(all_experts),
        "100 times may()": lambda: [permissions.may(person, "edit", expert) for expert in hundred],
        "100 checks in one scope()": lambda: list(
            permissions.scope(all_experts.filter(pk__in=[one.pk for one in hundred]), person, "edit")
        ),
    }
    answers = [call() for call in ways.values()]
    if answers[0] != answers[1] or not sum(answers[3]) == len(answers[4]) == 50:
        raise SystemExit("the ways answer differently")
    counts = [statements(call) for call in ways.values()]
    rounds = [[milliseconds(call) for call in ways.values()] for _ in range(ROUNDS)]
    for number, name in enumerate(ways):
        print(f"  {name:36} {told([row[number] for row in rounds])}   {counts[number]:3} statements")
    print(f"  guarded / by hand     {statistics.median(row[0] / row[1] for row in rounds):.2f}")
    print(f"  guarded / unguarded   {statistics.median(row[0] / row[2] for row in rounds):.2f}")
