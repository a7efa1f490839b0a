"""The numbers beside a page of results: the total and every facet.

Each entry holds one text with a letter for every value of its expert, so that the database only strings texts
together and counting is counting letters: several times faster than joining rows. Where one offer must fit service,
unit and price together, offers are joined.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from babel import Locale
from django.db import connection, models
from django.db.models.functions import Cast

from loges.models import Loge, Service, ServiceFamily, Verification
from search.backends import ExpertQuery, Facet, FacetField
from search.conditions import fits, found, joined, one_of
from search.documents import ExpertDocument
from search.fulltext import Clause
from search.models import CountedValue

_FIELDS = list(FacetField)
_OFFERED = (FacetField.SERVICE, FacetField.FAMILY)
_FIRST_LETTER = 0x10000
"""The letter of the value with id 0: above all letters that have a meaning, and above the surrogates."""

Value = tuple[str, str, str]
"""A field, a value, the last day on which it holds (ISO 8601, empty for ever)."""


def lettered(documents: Iterable[ExpertDocument]) -> dict[int, str]:
    """The values of experts that facets count, a letter for each, by expert id.

    One statement, two more when there are values that no expert had before.
    """
    values = {one.expert_id: list(dict.fromkeys(_values(one))) for one in documents}
    wanted = sorted({value for several in values.values() for value in several})
    ids = _ids(wanted)
    if missing := [value for value in wanted if value not in ids]:
        CountedValue.objects.bulk_create(
            [CountedValue(field=field, value=value, until=until) for field, value, until in missing],
            ignore_conflicts=True,  # another writer may be first
        )
        ids |= _ids(missing)
    return {pk: "".join(chr(_FIRST_LETTER + ids[value]) for value in several) for pk, several in values.items()}


def _values(document: ExpertDocument) -> Iterator[Value]:
    """The values of one expert, some more than once."""
    yield FacetField.LOGE, str(document.loge_id), ""
    for offer in document.offers:
        yield FacetField.SERVICE, offer.slug, ""
        yield FacetField.FAMILY, offer.family, ""
    for code in document.languages:
        yield FacetField.LANGUAGE, code, ""
    for badge in document.badges:
        yield FacetField.BADGE, badge.kind, badge.expires_on.isoformat() if badge.expires_on else ""


def _ids(values: Iterable[Value]) -> dict[Value, int]:
    """The ids of values that are known, and of some others perhaps. One statement."""
    rows = CountedValue.objects.filter(value__in={value for _, value, _ in values})
    return {
        (field, value, until): pk for pk, field, value, until in rows.values_list("pk", "field", "value", "until")
    }


def counted(query: ExpertQuery) -> tuple[int, tuple[Facet, ...]]:
    """The number of experts found, and the facets: by field, then most frequent first.

    Two statements, and one more for each of: chosen loges, chosen languages, filters on offers.
    """
    total, everywhere = _letters(found(query))
    tallies = dict.fromkeys(_FIELDS, everywhere)
    for field, chosen in ((FacetField.LOGE, query.loges is not None), (FacetField.LANGUAGE, bool(query.languages))):
        if chosen:
            _, tallies[field] = _letters(found(query, without=field))
    by_offer = _by_offer(query) if fits(query) else None
    counts: Counter[tuple[FacetField, str, str]] = Counter()
    on = query.on.isoformat() if query.on else ""
    for named in _named({pk for tally in tallies.values() for pk in tally}, by_offer or ()):
        if by_offer is not None and named.field in _OFFERED:
            count = by_offer[named.field, named.value]
        else:
            count = tallies[named.field].get(named.pk, 0)
        if count and not (named.until and named.until < on):
            counts[named.field, named.value, named.label] += count
    return total, _sorted(Facet(*told, count) for told, count in counts.items())


def labelled(counts: Mapping[tuple[FacetField, str], int]) -> tuple[Facet, ...]:
    """Facets of what another engine counted: loges by id, all else by the facet's value. One statement."""
    sources: tuple[tuple[FacetField, type[models.Model], models.Expression | models.F], ...] = (
        (FacetField.SERVICE, Service, models.F("slug")),
        (FacetField.FAMILY, ServiceFamily, models.F("slug")),
        (FacetField.LOGE, Loge, Cast("pk", models.CharField())),
    )
    first, *others = (
        model._default_manager.annotate(field=models.Value(field.value), key=key)
        .filter(key__in=[value for of, value in counts if of is field])
        .order_by()
        .values_list("field", "key", "slug", "name")
        for field, model, key in sources
    )
    named = {(FacetField(field), key): (slug, name) for field, key, slug, name in first.union(*others)}
    facets = []
    for (field, value), count in counts.items():
        slug, name = named.get((field, value), (value, value))
        if field is not FacetField.LOGE or (field, value) in named:
            facets.append(Facet(field, slug, _label(field, value, name), count))
    return _sorted(facets)


def _sorted(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """By field, then most frequent first."""
    return tuple(sorted(facets, key=lambda one: (_FIELDS.index(one.field), -one.count, one.label, one.value)))


def _letters(source: Clause) -> tuple[int, dict[int, int]]:
    """How many experts there are, and how many of them have each value, by its id. One statement.

    What an index of an earlier version left in place of letters counts nothing.
    """
    strung = "group_concat" if connection.vendor == "sqlite" else "string_agg"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*), {strung}(e.counted, '') {source.sql}", source.params)
        total, letters = cursor.fetchone()
    numbers = np.frombuffer((letters or "").encode("utf-32-le"), "<u4")
    tally = np.bincount(numbers[numbers >= _FIRST_LETTER] - np.uint32(_FIRST_LETTER))
    present = np.flatnonzero(tally)
    return total, dict(zip(present.tolist(), tally[present].tolist(), strict=True))


def _by_offer(query: ExpertQuery) -> Counter[tuple[FacetField, str]]:
    """Services and families among the offers that fit, each without its own filter. One statement."""
    wider = found(query, offers=False)
    services = _offers(query, FacetField.SERVICE)
    families = _offers(query, FacetField.FAMILY)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH wider AS MATERIALIZED (SELECT e.expert_id {wider.sql}) "
            f"SELECT '{FacetField.SERVICE}', s.slug, COUNT(*) FROM {services.sql} s GROUP BY s.slug UNION ALL "
            f"SELECT '{FacetField.FAMILY}', s.family, COUNT(DISTINCT s.entry_id) FROM {families.sql} s "
            "GROUP BY s.family",
            wider.params + services.params + families.params,
        )
        return Counter({(FacetField(field), value): count for field, value, count in cursor.fetchall()})


def _offers(query: ExpertQuery, without: FacetField) -> Clause:
    """The offers that fit, that filter aside, of experts who are found whatever they offer."""
    wanted = [*fits(query, without=without), Clause("s.entry_id IN (SELECT expert_id FROM wider)")]
    where = joined(wanted, " AND ")
    return Clause(f"(SELECT s.* FROM search_expertentryservice s WHERE {where.sql})", where.params)


class _Named(NamedTuple):
    """A value as facets show it: what to give back as a filter, and its French name."""

    pk: int
    field: FacetField
    value: str
    until: str
    label: str


def _named(ids: Collection[int], offered: Iterable[tuple[FacetField, str]]) -> Iterator[_Named]:
    """Values by id, and those of services and families that are offered; loges that are gone are left out.

    One statement.
    """
    slugs = {slug for _, slug in offered}
    if not ids and not slugs:
        return
    wanted = joined((one_of("v.id", ids), one_of("v.value", slugs)), " OR ")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.id, v.field, COALESCE(l.slug, v.value), v.until, COALESCE(s.name, f.name, l.name, v.value) "
            "FROM search_countedvalue v "
            f"LEFT JOIN loges_service s ON v.field = '{FacetField.SERVICE}' AND s.slug = v.value "
            f"LEFT JOIN loges_servicefamily f ON v.field = '{FacetField.FAMILY}' AND f.slug = v.value "
            "LEFT JOIN loges_loge l "
            f"ON l.id = CASE v.field WHEN '{FacetField.LOGE}' THEN CAST(v.value AS BIGINT) END "
            f"WHERE ({wanted.sql}) AND (v.field <> '{FacetField.LOGE}' OR l.id IS NOT NULL)",
            wanted.params,
        )
        for pk, field, value, until, name in cursor.fetchall():
            yield _Named(pk, FacetField(field), value, until, _label(FacetField(field), value, name))


def _label(field: FacetField, value: str, name: str) -> str:
    """The French name of a value: languages and badges have theirs outside the database."""
    if field is FacetField.LANGUAGE:
        return str(Locale("fr").languages.get(value, value))
    if field is FacetField.BADGE:
        return str(dict(Verification.Kind.choices).get(value, value))
    return name
