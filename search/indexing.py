"""Keeps the index in step with the domain, in the transaction of whoever changes it."""

from collections.abc import Callable, Iterable
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q

from search import outbox, vocabulary
from search.backends import RebuildReport
from search.documents import BATCH, documents, every_document
from search.engine import elastic, embedded, engine
from search.models import ExpertEntryService, ExpertRevision


@transaction.atomic
def reindex(ids: Iterable[int]) -> None:
    """Write what is public about experts now, or forget those who may not be found any more.

    Batch by batch. Each expert's revision is counted up first: on PostgreSQL that makes a second writer of the same
    expert wait, and then read what the first has written. A search server hears of it after the commit.
    """
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        _count_up(batch)
        found = documents(batch)
        embedded().upsert(found)
        embedded().delete(sorted(set(batch) - {document.expert_id for document in found}))
        if settings.SEARCH_URL:
            outbox.put(dict(ExpertRevision.objects.filter(pk__in=batch).values_list("pk", "number")))
    if settings.SEARCH_URL and wanted:
        transaction.on_commit(partial(outbox.kick, engine(), wanted[:BATCH]), robust=True)


def _count_up(ids: list[int]) -> None:
    """Give experts their next revision, in the order of ids, so that two writers can't block each other."""
    table = ExpertRevision._meta.db_table
    rows = ", ".join(["(%s, 1)"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (expert_id, number) VALUES {rows} "
            f"ON CONFLICT (expert_id) DO UPDATE SET number = {table}.number + 1",
            ids,
        )


def reindex_renamed() -> None:
    """Write the experts again whose services have another name, slug or family than when they were indexed."""
    same = Q(slug=F("service__slug"), name=F("service__name"), family=F("service__family__slug"))
    reindex(ExpertEntryService.objects.filter(~same).values_list("entry_id", flat=True).distinct())


def rebuild(progress: Callable[[int], None] | None = None) -> RebuildReport:
    """Build the whole index again from the database; writers wait meanwhile, readers don't.

    Where a search server is in use, its index is built after the database's own: nobody waits for that one, what is
    written meanwhile goes to both its indexes.
    """
    vocabulary.renew()
    report = embedded().rebuild(every_document(), progress)
    server = elastic()
    return server.rebuild(every_document(), progress) if server else report
