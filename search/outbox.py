"""What a search server is still to be told: written with the change itself, taken away once the server has it.

A row names an expert and the revision that asked for it, no more: the document is built when it is sent, so that
what is sent is what is public by then. Several may send at once, and one thing twice: servers keep the newest
revision, and a row goes only if nobody has asked again meanwhile.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from search.backends import ExpertSearchBackend, Refused, Unavailable
from search.documents import BATCH, documents
from search.models import OutboxEntry

logger = logging.getLogger(__name__)

ATTEMPTS = 8
"""So often a document is offered that the server refuses; then it is left to somebody who looks (dead letter)."""

LONGEST_WAIT_S = 300
"""How long a refused document waits at most until it is offered again, in seconds."""


BEHIND_AFTER_S = 5
"""A server is behind when somebody waits to be told of for longer, in seconds."""


@dataclass(frozen=True, slots=True)
class Flushed:
    """How many experts the server was told of, how many it was told to forget, and how many it refused."""

    written: int = 0
    forgotten: int = 0
    refused: int = 0

    def __add__(self, other: "Flushed") -> "Flushed":
        return Flushed(self.written + other.written, self.forgotten + other.forgotten, self.refused + other.refused)

    def __bool__(self) -> bool:
        return self != Flushed()


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many experts wait, since when the first of them does, and how many are given up."""

    waiting: int = 0
    since: datetime | None = None
    dead: int = 0


def put(revisions: Mapping[int, int]) -> None:
    """Have experts told of, at these revisions. One statement, in the transaction of whoever changes them."""
    rows = [OutboxEntry(expert_id=pk, revision=number) for pk, number in sorted(revisions.items())]
    OutboxEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["expert_id"],
        update_fields=["revision", "attempts", "due_at", "refusal", "is_dead"],
    )


def flush(backend: ExpertSearchBackend, *, now: datetime, only: Collection[int] | None = None) -> Flushed:
    """Tell a server of up to BATCH of those who wait, the longest first. Raises Unavailable: then they wait on."""
    due = OutboxEntry.objects.filter(Q(due_at=None) | Q(due_at__lte=now), is_dead=False)
    if only is not None:
        due = due.filter(pk__in=only)
    asked = dict(due.order_by("since", "pk").values_list("pk", "revision")[:BATCH])
    found = documents(asked)
    gone = asked.keys() - {one.expert_id for one in found}
    refusals: Mapping[int, str] = {}
    try:
        if found:
            backend.upsert(found)
    except Refused as refused:
        refusals = refused.reasons
    if gone:
        backend.delete(sorted(gone), at=asked)
    told = [Q(pk=pk, revision__lte=revision) for pk, revision in asked.items() if pk not in refusals]
    if told:
        OutboxEntry.objects.filter(Q(*told, _connector=Q.OR)).delete()
    _put_off(refusals, now)
    return Flushed(len(found) - len(refusals), len(gone), len(refusals))


def flush_all(backend: ExpertSearchBackend, *, now: datetime) -> Flushed:
    """Tell a server of all who wait. Raises Unavailable: then the rest waits on."""
    done = Flushed()
    while batch := flush(backend, now=now):
        done += batch
    return done


def kick(backend: ExpertSearchBackend, ids: Collection[int]) -> None:
    """Tell a server of these now, if it answers, and of a batch of those who wait; else `search_sync` does."""
    try:
        flush(backend, now=timezone.now(), only=ids)
        flush(backend, now=timezone.now())
    except Unavailable as error:
        logger.warning("search is not told of %s changes yet: %s", len(ids), error)


def waiting() -> frozenset[int]:
    """The experts of whom a server is still to be told."""
    return frozenset(OutboxEntry.objects.filter(is_dead=False).values_list("pk", flat=True))


def is_behind() -> bool:
    """Whether a server answers without what was changed a while ago; refused documents keep nobody. One statement."""
    before = timezone.now() - timedelta(seconds=BEHIND_AFTER_S)
    return OutboxEntry.objects.filter(is_dead=False, attempts=0, since__lt=before).exists()


def backlog() -> Backlog:
    """Who waits. One statement."""
    is_waiting = Q(is_dead=False)
    found = OutboxEntry.objects.aggregate(
        waiting=Count("pk", filter=is_waiting),
        since=Min("since", filter=is_waiting),
        dead=Count("pk", filter=~is_waiting),
    )
    return Backlog(**found)


def revive() -> int:
    """Offer what was given up once more; how many there are."""
    dead = OutboxEntry.objects.filter(is_dead=True)
    return dead.update(is_dead=False, attempts=0, due_at=None)


def _put_off(refusals: Mapping[int, str], now: datetime) -> None:
    """Offer refused documents later, each time twice as late; give them up in the end."""
    rows = list(OutboxEntry.objects.filter(pk__in=refusals))
    for row in rows:
        row.attempts += 1
        row.due_at = now + timedelta(seconds=min(2**row.attempts, LONGEST_WAIT_S))
        row.refusal = refusals[row.pk][:300]
        row.is_dead = row.attempts >= ATTEMPTS
        if row.is_dead:
            logger.error("search refuses expert %s for good: %s", row.pk, row.refusal)
    OutboxEntry.objects.bulk_update(rows, ["attempts", "due_at", "refusal", "is_dead"])
