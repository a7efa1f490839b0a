"""The numbers beside a page of results: the total and every facet.

Each entry holds its own values in one text, so that counting is reading the texts of those found and counting words:
several times faster than joining rows. Where one offer must fit service, unit and price together, offers are joined.
"""

from collections import Counter
from collections.abc import Iterable

from babel import Locale
from django.db import connection

from loges.models import Verification
from search.backends import ExpertQuery, Facet, FacetField
from search.conditions import fits, found, joined, one_of
from search.documents import ExpertDocument
from search.fulltext import Clause

_FIELDS = list(FacetField)
_BETWEEN, _WITHIN = "\n", "\t"

Counts = Counter[tuple[FacetField, str]]


def packed(document: ExpertDocument) -> str:
    """The values of an expert that facets count: a line for each, the field first; a badge with its last day."""
    told = [(FacetField.LOGE, str(document.loge_id), "")]
    told += [(FacetField.SERVICE, slug, "") for slug in dict.fromkeys(offer.slug for offer in document.offers)]
    told += [(FacetField.FAMILY, slug, "") for slug in dict.fromkeys(offer.family for offer in document.offers)]
    told += [(FacetField.LANGUAGE, code, "") for code in document.languages]
    told += [
        (FacetField.BADGE, badge.kind, badge.expires_on.isoformat() if badge.expires_on else "")
        for badge in document.badges
    ]
    return _BETWEEN.join(_WITHIN.join(" ".join(cell.split()) for cell in line) for line in told)


def counted(query: ExpertQuery) -> tuple[int, tuple[Facet, ...]]:
    """The number of experts found, and the facets: by field, then most frequent first.

    Two statements, and one more for each of: chosen loges, chosen languages, filters on offers.
    """
    texts = _texts(found(query))
    counts = _among(query, texts, set(_FIELDS))
    for field, chosen in ((FacetField.LOGE, query.loges is not None), (FacetField.LANGUAGE, bool(query.languages))):
        if chosen:
            _replace(counts, field, _among(query, _texts(found(query, without=field)), {field}))
    if fits(query):
        by_offer = _by_offer(query)
        for field in (FacetField.SERVICE, FacetField.FAMILY):
            _replace(counts, field, by_offer)
    names = _names(counts)
    facets = [
        Facet(field, _value(field, value, names), _label(field, value, names), count)
        for (field, value), count in counts.items()
        if field is not FacetField.LOGE or (field, value) in names
    ]
    facets.sort(key=lambda facet: (_FIELDS.index(facet.field), -facet.count, facet.label, facet.value))
    return len(texts), tuple(facets)


def _texts(source: Clause) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.counted {source.sql}", source.params)
        return [text for (text,) in cursor.fetchall()]


def _among(query: ExpertQuery, texts: Iterable[str], fields: set[FacetField]) -> Counts:
    """How often each value of these fields occurs; badges must hold on the query's day."""
    on = query.on.isoformat() if query.on else ""
    found: Counts = Counter()
    for line, count in Counter(_BETWEEN.join(texts).split(_BETWEEN)).items():
        if line:
            name, value, until = line.split(_WITHIN)
            field = FacetField(name)
            if field in fields and not (until and on and until < on):
                found[field, value] += count
    return found


def _replace(counts: Counts, field: FacetField, by: Counts) -> None:
    """Put the counts of one field in place of those known."""
    for key in [key for key in counts if key[0] is field]:
        del counts[key]
    counts.update({key: count for key, count in by.items() if key[0] is field})


def _by_offer(query: ExpertQuery) -> Counts:
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


def _names(counts: Counts) -> dict[tuple[FacetField, str], tuple[str, str]]:
    """What loges, services and families are called: (value to give back, French name). One statement."""
    if not counts:
        return {}
    asked = {field: [value for name, value in counts if name is field] for field in _FIELDS}
    services = one_of("slug", asked[FacetField.SERVICE])
    families = one_of("slug", asked[FacetField.FAMILY])
    loges = one_of("id", [int(value) for value in asked[FacetField.LOGE]])
    selects = (
        Clause(
            f"SELECT '{FacetField.SERVICE}', slug, slug, name FROM loges_service WHERE {services.sql}",
            services.params,
        ),
        Clause(
            f"SELECT '{FacetField.FAMILY}', slug, slug, name FROM loges_servicefamily WHERE {families.sql}",
            families.params,
        ),
        Clause(
            f"SELECT '{FacetField.LOGE}', CAST(id AS VARCHAR(20)), slug, name FROM loges_loge WHERE {loges.sql}",
            loges.params,
        ),
    )
    union = joined(selects, " UNION ALL ")
    with connection.cursor() as cursor:
        cursor.execute(union.sql, union.params)
        return {(FacetField(field), key): (value, name) for field, key, value, name in cursor.fetchall()}


def _value(field: FacetField, value: str, names: dict[tuple[FacetField, str], tuple[str, str]]) -> str:
    return names[field, value][0] if field is FacetField.LOGE else value


def _label(field: FacetField, value: str, names: dict[tuple[FacetField, str], tuple[str, str]]) -> str:
    """The French name of a value: languages and badges have theirs outside the database."""
    if field is FacetField.LANGUAGE:
        return str(Locale("fr").languages.get(value, value))
    if field is FacetField.BADGE:
        return str(dict(Verification.Kind.choices).get(value, value))
    return names.get((field, value), (value, value))[1]
