"""Whether an index knows what the database says, expert by expert, and how it is brought back to it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.utils import timezone

from search import indexing, outbox
from search.backends import ExpertSearchBackend
from search.documents import BATCH, findable
from search.engine import elastic, embedded
from search.models import ExpertRevision


@dataclass(slots=True)
class Drift:
    """The experts about whom an index is wrong, each with the revision to write them at.

    `missing` may be found but aren't in it, `stale` are in it at another revision, `extra` may not be found.
    `checked`: how many may be found.
    """

    missing: dict[int, int] = field(default_factory=dict)
    stale: dict[int, int] = field(default_factory=dict)
    extra: dict[int, int] = field(default_factory=dict)
    checked: int = 0

    @property
    def revisions(self) -> dict[int, int]:
        """All of them."""
        return self.missing | self.stale | self.extra


def drift(backend: ExpertSearchBackend, *, waiting: Collection[int] = ()) -> Drift:
    """Compare an index with the database, both read by id; those who wait to be told are left out.

    What is written meanwhile may show up as wrong. Raises Unavailable.
    """
    found = Drift()
    held = ((pk, revision, True) for pk, revision in backend.revisions())
    expected = ((pk, revision, False) for pk, revision in _expected())
    for pk, sides in groupby(merge(expected, held, key=itemgetter(0)), key=itemgetter(0)):
        revisions = {is_held: revision for _, revision, is_held in sides}
        found.checked += False in revisions
        if pk in waiting or revisions.get(True) == revisions.get(False):
            continue
        kind = found.extra if False not in revisions else found.missing if True not in revisions else found.stale
        kind[pk] = max(revisions.values())
    return found


def check() -> dict[str, Drift]:
    """What each index in use is wrong about, by its backend's name. Raises Unavailable.

    The database's own is written with what it describes: it drifts only when something is restored in part.
    """
    found = {embedded().name: drift(embedded())}
    if server := elastic():
        found[server.name] = drift(server, waiting=outbox.waiting())
    return found


@transaction.atomic
def repair(found: Iterable[Drift]) -> None:
    """Write again what indexes are wrong about; a server is told when the outbox is flushed.

    At revisions that none has seen: a restored database may be behind them.
    """
    newest: dict[int, int] = {}
    for pk, revision in (item for wrong in found for item in wrong.revisions.items()):
        newest[pk] = max(revision, newest.get(pk, 0))
    known = ExpertRevision.objects.filter(pk__in=newest).values_list("pk", "number")
    newest |= {pk: number for pk, number in known if number > newest[pk]}
    ExpertRevision.objects.bulk_create(
        [ExpertRevision(expert_id=pk, number=number) for pk, number in sorted(newest.items())],
        update_conflicts=True,
        unique_fields=["expert"],
        update_fields=["number"],
    )
    indexing.reindex(newest)


def rollback() -> None:
    """Let the server's index before its last rebuild answer again, and tell it what has changed since.

    Raises NothingKept, Unavailable.
    """
    if server := elastic():
        server.rollback()
        repair([drift(server)])
        outbox.flush_all(server, now=timezone.now())


def _expected() -> Iterator[tuple[int, int]]:
    """Who may be found, and at which revision, by id."""
    last = 0
    while ids := list(findable().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        known = dict(ExpertRevision.objects.filter(pk__in=ids).values_list("pk", "number"))
        yield from ((pk, known.get(pk, 0)) for pk in ids)
        last = ids[-1]
