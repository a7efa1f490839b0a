"""The search engine that is always there: index rows in Django's own database, written with what they describe."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q

from loges.geography import Point, distance_band_m, distance_m
from search import facets, fulltext
from search.backends import (
    TOTAL_CAP,
    TURN_STEP,
    TURNS,
    ExpertHits,
    ExpertQuery,
    Health,
    Hit,
    RebuildReport,
    cursor,
    free_on,
    position,
    turn_at,
    turn_of,
)
from search.conditions import found, sort_key
from search.documents import BATCH, ExpertDocument
from search.models import ExpertEntry, ExpertEntryService, ExpertEntryTerm, ExpertRevision

Row = tuple[int, float, float, float, float]
"""A row of a page: expert id, latitude, longitude, what their words count, sort key."""


class DatabaseSearch:
    """Finds experts with SQL: FTS5 on SQLite, tsvector on PostgreSQL, the rest is the same on both."""

    name = "database"

    def search(self, query: ExpertQuery) -> ExpertHits:
        """Find a page of experts. At most seven statements: the page, the services that match, the numbers (two, and
        one more for each of: chosen loges, chosen languages, filters on offers).

        A text that gave neither services nor words costs none. Raises ForeignCursor.
        """
        begin = position(query)
        if query.has_text and not (query.asked or query.words):
            return ExpertHits()
        rows = _page(query, begin)
        matched = _matched(query, [row[0] for row in rows[: query.first]])
        total, counts = facets.counted(query)
        return ExpertHits(
            hits=tuple(_hit(query, row, matched) for row in rows[: query.first]),
            total=min(total, TOTAL_CAP),
            is_total_capped=total > TOTAL_CAP,
            facets=counts,
            has_next_page=len(rows) > query.first,
        )

    @transaction.atomic
    def upsert(self, documents: Iterable[ExpertDocument]) -> None:
        """Write documents in place of those known; one with an older revision is left out.

        Ten statements for up to some forty experts (SQLite bounds the parameters of one).
        """
        for batch in _batches(documents):
            newest = {one.expert_id: one for one in sorted(batch, key=lambda one: one.revision)}
            known = dict(ExpertEntry.objects.filter(pk__in=newest).values_list("pk", "revision"))
            _write([one for pk, one in sorted(newest.items()) if one.revision >= known.get(pk, 0)])

    @transaction.atomic
    def delete(self, ids: Iterable[int], *, at: Mapping[int, int] | None = None) -> None:
        """Forget experts; unknown ones are no error. `at`: the revisions at which they were gone; newer ones stay.

        Four statements, one more with `at`, none without ids.
        """
        gone = list(ids)
        if at:
            known = dict(ExpertEntry.objects.filter(pk__in=gone).values_list("pk", "revision"))
            gone = [pk for pk in gone if known.get(pk, 0) <= at.get(pk, known.get(pk, 0))]
        if gone:
            _forget_parts(gone)
            fulltext.remove(gone)
            ExpertEntry.objects.filter(pk__in=gone)._raw_delete(ExpertEntry.objects.db)

    @transaction.atomic
    def rebuild(
        self, documents: Iterable[ExpertDocument], progress: Callable[[int], None] | None = None
    ) -> RebuildReport:
        """Replace everything by these documents, read lazily; `progress` hears how many are done.

        Writers wait until it is over, so that none of their news is lost; readers see the old rows meanwhile.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as locking:
                locking.execute(f"LOCK TABLE {ExpertRevision._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        before, after = ExpertEntry.objects.count(), 0
        fulltext.clear()
        for model in (ExpertEntryTerm, ExpertEntryService, ExpertEntry):
            model._default_manager.all()._raw_delete(model._default_manager.db)
        for batch in _batches(documents):
            _write(batch)
            after += len(batch)
            if progress:
                progress(after)
        return RebuildReport(before=before, after=after)

    def revisions(self) -> Iterator[tuple[int, int]]:
        """All (expert id, revision) known, by id."""
        yield from ExpertEntry.objects.order_by("pk").values_list("pk", "revision").iterator()

    def health(self) -> Health:
        """How many experts are known, or why that can't be told. One statement."""
        try:
            return Health(backend=self.name, is_up=True, documents=ExpertEntry.objects.count())
        except DatabaseError as error:
            return Health(backend=self.name, is_up=False, documents=0, detail=type(error).__name__)


def _page(query: ExpertQuery, begin: tuple[float, int] | None) -> list[Row]:
    """The rows of a page and, where there is one, the first of the next."""
    source, key = found(query, is_weighed=True), sort_key(query)
    said = "a.said" if query.has_text else "0.0"
    turn = f"(e.expert_id * {TURN_STEP} + {turn_of(query)}) %% {TURNS}" if query.on else "0"
    sql = (
        f"SELECT e.expert_id, e.latitude, e.longitude, {said} AS said, {key.sql} AS sort_key, {turn} AS turn "
        f"{source.sql}"
    )
    params = key.params + source.params
    after = ""
    if begin is not None:
        after = "WHERE sort_key > %s OR (sort_key = %s AND (turn > %s OR (turn = %s AND expert_id > %s)))"
        at = turn_at(query, begin[1])
        params += (begin[0], begin[0], at, at, begin[1])
    page = f"SELECT * FROM ({sql}) r {after} ORDER BY sort_key, turn, expert_id LIMIT %s"
    with connection.cursor() as reading:
        reading.execute(page, (*params, query.first + 1))
        return [
            (int(pk), latitude, longitude, said, key) for pk, latitude, longitude, said, key, _ in reading.fetchall()
        ]


def _matched(query: ExpertQuery, ids: list[int]) -> dict[int, list[str]]:
    """The services for which experts were found, best first. One statement, none when services play no part."""
    wanted = Q(slug__in=query.asked)
    if query.services or query.families:
        chosen = Q(slug__in=query.services) if query.services else Q()
        wanted |= (chosen & Q(family__in=query.families)) if query.families else chosen
    elif not query.asked:
        return {}
    matched: dict[int, list[str]] = {pk: [] for pk in ids}
    rows = ExpertEntryService.objects.filter(wanted, entry_id__in=ids).order_by("pk")
    for expert_id, slug in rows.values_list("entry_id", "slug"):
        matched[expert_id].append(slug)
    ranks = {slug: rank for rank, slug in enumerate((*query.asked, *query.services))}
    for slugs in matched.values():
        slugs.sort(key=lambda slug: ranks.get(slug, len(ranks)))
    return matched


def _hit(query: ExpertQuery, row: Row, matched: dict[int, list[str]]) -> Hit:
    """A row as a hit; how far is told in bands, from the snapped position."""
    expert_id, latitude, longitude, said, key = row
    band = None
    if query.near is not None:
        band = distance_band_m(distance_m(query.near, Point(latitude, longitude)))
    return Hit(
        expert_id,
        tuple(matched.get(expert_id, ())),
        float(said) > 0,
        band,
        free_on(query, key),
        cursor(query, key, expert_id),
    )


def _batches(documents: Iterable[ExpertDocument]) -> Iterator[list[ExpertDocument]]:
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _forget_parts(ids: list[int]) -> None:
    """Forget services and terms; nothing listens to their deletion, so the rows needn't be read first."""
    for model in (ExpertEntryService, ExpertEntryTerm):
        rows = model._default_manager.filter(entry_id__in=ids)
        rows._raw_delete(rows.db)


def _write(batch: list[ExpertDocument]) -> None:
    """Write the rows of a batch in place of those known."""
    _forget_parts([one.expert_id for one in batch])
    letters = facets.lettered(batch)
    entries = [_entry(one, letters[one.expert_id]) for one in batch]
    fields = [field.name for field in ExpertEntry._meta.fields if not field.primary_key]
    ExpertEntry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["expert"], update_fields=fields)
    ExpertEntryService.objects.bulk_create(service for one in batch for service in _services(one))
    ExpertEntryTerm.objects.bulk_create(term for one in batch for term in _terms(one))
    fulltext.put([fulltext.Text(one.expert_id, one.strong, one.weak) for one in batch])


def _entry(document: ExpertDocument, letters: str) -> ExpertEntry:
    x, y, z = document.position.vector
    return ExpertEntry(
        expert_id=document.expert_id,
        revision=document.revision,
        loge_id=document.loge_id,
        first_name=document.first_name,
        latitude=document.position.latitude,
        longitude=document.position.longitude,
        x=x,
        y=y,
        z=z,
        has_area=document.has_area,
        price_min_cents=document.price_min_cents,
        rating=document.rating,
        rating_bayes=document.rating_bayes,
        rating_count=document.rating_count,
        counted=letters,
        weekdays=sum(1 << weekday for weekday in document.weekdays),
        has_dates=bool(document.opened_on or document.closed_on),
    )


def _services(document: ExpertDocument) -> Iterator[ExpertEntryService]:
    for offer in document.offers:
        yield ExpertEntryService(
            entry_id=document.expert_id,
            service_id=offer.service_id,
            slug=offer.slug,
            family=offer.family,
            name=offer.name,
            price_cents=offer.price_cents,
            unit=offer.unit,
        )


def _terms(document: ExpertDocument) -> Iterator[ExpertEntryTerm]:
    field = ExpertEntryTerm.Field
    listed = (
        (field.LANGUAGE, document.languages),
        (field.POSTCODE, document.postcodes),
        (field.OPENED, (day.isoformat() for day in document.opened_on)),
        (field.CLOSED, (day.isoformat() for day in document.closed_on)),
    )
    for name, values in listed:
        for value in values:
            yield ExpertEntryTerm(entry_id=document.expert_id, field=name, value=value)
    for badge in document.badges:
        yield ExpertEntryTerm(
            entry_id=document.expert_id, field=field.BADGE, value=badge.kind, expires_on=badge.expires_on
        )


def names_like(words: list[str], *, near: Point | None, limit: int) -> list[int]:
    """The ids of experts whose first name begins with the words, the nearest first. One statement.

    None for less than two letters: too many would do.
    """
    begun = " ".join(words)
    if len(begun) < 2:
        return []
    rows = ExpertEntry.objects.filter(first_name__startswith=begun).order_by("first_name", "pk")
    if near is not None:
        x, y, z = (F(axis) - cell for axis, cell in zip("xyz", near.vector, strict=True))
        nearness = x * x + y * y + z * z
        rows = rows.order_by(nearness, "first_name", "pk")
    return list(rows.values_list("pk", flat=True)[:limit])
