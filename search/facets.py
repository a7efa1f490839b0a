"""The numbers beside a page of results: the total and every facet, in one statement."""

from collections.abc import Iterator

from babel import Locale
from django.db import connection

from loges.models import Verification
from search.backends import ExpertQuery, Facet, FacetField
from search.conditions import Field, fits, found, holds, is_everything, joined, one_of
from search.fulltext import Clause

_TOTAL = "TOTAL"
_FIELDS = list(FacetField)


def counted(query: ExpertQuery) -> tuple[int, tuple[Facet, ...]]:
    """The number of experts found, and the facets: by field, then most frequent first. One statement."""
    branches = joined(_branches(query), " UNION ALL ")
    result = found(query)
    shared = f"WITH result AS MATERIALIZED (SELECT e.expert_id, e.loge_id {result.sql})"
    params = result.params
    if fits(query):
        wider = found(query, offers=False)
        shared += f", wider AS MATERIALIZED (SELECT e.expert_id {wider.sql})"
        params += wider.params
    with connection.cursor() as cursor:
        cursor.execute(f"{shared} {branches.sql}", params + branches.params)
        rows = cursor.fetchall()
    total = next(count for field, *_, count in rows if field == _TOTAL)
    facets = [
        Facet(FacetField(field), value, _label(FacetField(field), value, label), count)
        for field, value, label, count in rows
        if field != _TOTAL
    ]
    facets.sort(key=lambda facet: (_FIELDS.index(facet.field), -facet.count, facet.label, facet.value))
    return total, tuple(facets)


def _branches(query: ExpertQuery) -> Iterator[Clause]:
    """SELECTs of (field, value, label, count) over the experts found, each facet without its own filter."""
    yield Clause(f"SELECT '{_TOTAL}', '', '', COUNT(*) FROM result")
    yield _services(query)
    yield _families(query)
    yield _loges(query)
    languages = found(query, without=FacetField.LANGUAGE) if query.languages else None
    yield _terms(query, Field.LANGUAGE, languages)
    yield _terms(query, Field.BADGE, None)


def _offers(query: ExpertQuery, without: FacetField) -> Clause:
    """WHERE of the offers `s` that fit, of experts who are found whatever they offer."""
    wanted = fits(query, without=without)
    if not is_everything(query):
        among = "wider" if fits(query) else "result"
        wanted.append(Clause(f"s.entry_id IN (SELECT expert_id FROM {among})"))
    where = joined(wanted, " AND ")
    return Clause(f"WHERE {where.sql}", where.params) if wanted else Clause("")


def _services(query: ExpertQuery) -> Clause:
    where = _offers(query, FacetField.SERVICE)
    return Clause(
        f"SELECT '{FacetField.SERVICE}', s.slug, MIN(s.name), COUNT(*) "
        f"FROM search_expertentryservice s {where.sql} GROUP BY s.slug",
        where.params,
    )


def _families(query: ExpertQuery) -> Clause:
    where = _offers(query, FacetField.FAMILY)
    return Clause(
        f"SELECT '{FacetField.FAMILY}', d.family, MIN(f.name), COUNT(*) "
        f"FROM (SELECT DISTINCT s.family, s.entry_id FROM search_expertentryservice s {where.sql}) d "
        "JOIN loges_servicefamily f ON f.slug = d.family GROUP BY d.family",
        where.params,
    )


def _loges(query: ExpertQuery) -> Clause:
    experts = Clause("SELECT loge_id FROM result")
    if query.loges is not None:
        wider = found(query, without=FacetField.LOGE)
        experts = Clause(f"SELECT e.loge_id {wider.sql}", wider.params)
    return Clause(
        f"SELECT '{FacetField.LOGE}', l.slug, l.name, d.number FROM "
        f"(SELECT loge_id, COUNT(*) AS number FROM ({experts.sql}) r GROUP BY loge_id) d "
        "JOIN loges_loge l ON l.id = d.loge_id",
        experts.params,
    )


def _terms(query: ExpertQuery, field: Field, experts: Clause | None) -> Clause:
    """Languages or badges, of the experts found or, where given, of others."""
    wanted = [one_of("t.field", [field.value]), *holds(query)]
    if experts is not None:
        wanted.append(Clause(f"t.entry_id IN (SELECT e.expert_id {experts.sql})", experts.params))
    elif not is_everything(query) or fits(query):
        wanted.append(Clause("t.entry_id IN (SELECT expert_id FROM result)"))
    where = joined(wanted, " AND ")
    return Clause(
        f"SELECT '{field.value}', t.value, '', COUNT(*) FROM search_expertentryterm t "
        f"WHERE {where.sql} GROUP BY t.value",
        where.params,
    )


def _label(field: FacetField, value: str, label: str) -> str:
    """The French name of a value: languages and badges have theirs outside the database."""
    if field is FacetField.LANGUAGE:
        return str(Locale("fr").languages.get(value, value))
    if field is FacetField.BADGE:
        return str(dict(Verification.Kind.choices).get(value, value))
    return label
