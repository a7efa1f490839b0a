"""What a query means, as SQL that SQLite and PostgreSQL read alike: which experts, how well, in which order.

Only fixed text goes into the SQL; whatever comes from a query is a parameter.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from loges.geography import BORDER_TOLERANCE_M, EARTH_RADIUS_M, Point, squared_chord
from loges.outlines import Outline
from loges.shapes import Shape
from search import fulltext
from search.backends import DAYS_AHEAD, ExpertQuery, FacetField, Order
from search.fulltext import Clause
from search.models import ExpertEntryTerm

Field = ExpertEntryTerm.Field

ASKED_WEIGHTS = (1.0, 0.66, 0.5, 0.42, 0.36)
"""What offering the best understood service counts, the second, and so on; the last also for all after it."""

SAID_WEIGHT = 0.2
"""What it counts when the expert's full text holds all the words, and again when name and headline do."""

UNRATED_SHARE = 0.7
"""How much of an expert's relevance doesn't hang on the rating."""

FAR_SHARE = 0.5
"""How much of an expert's relevance is left very far away."""

HALF_WAY_M = 2_000
"""The distance in metres at which half of the rest is left."""

ON_PROPOSAL = 2_000_000_000
"""The sort key of those without a price."""

_PRECISION = 1_000_000_000  # relevance is compared on nine digits, so that ties don't hang on rounding


def joined(clauses: Iterable[Clause], by: str) -> Clause:
    """Some clauses as one, their parameters in order."""
    parts = list(clauses)
    return Clause(by.join(part.sql for part in parts), tuple(cell for part in parts for cell in part.params))


def one_of(column: str, values: Iterable[object]) -> Clause:
    """A column holds one of the values; none of none."""
    cells = tuple(values)
    return Clause(f"{column} IN ({', '.join(['%s'] * len(cells))})", cells) if cells else Clause("1 = 0")


def found(
    query: ExpertQuery, *, without: FacetField | None = None, offers: bool = True, is_weighed: bool = False
) -> Clause:
    """FROM and WHERE of the experts found, entries `e`; with a text, `is_weighed` joins `a` (offered, said).

    `without` leaves one filter out, `offers=False` all those that an offer must fit.
    """
    source = Clause("FROM search_expertentry e")
    filters = list(_filters(query, without))
    if query.has_text and is_weighed:
        asked = _asked(query)
        source = Clause(f"{source.sql} JOIN ({asked.sql}) a ON a.expert_id = e.expert_id", asked.params)
    elif query.has_text:
        filters.append(_answering(query))
    if offers and (fitting := fits(query, without=without)):
        inside = joined(fitting, " AND ")
        filters.append(
            _is_in(Clause(f"SELECT s.entry_id FROM search_expertentryservice s WHERE {inside.sql}", inside.params))
        )
    if not filters:
        return source
    where = joined(filters, " AND ")
    return Clause(f"{source.sql} WHERE {where.sql}", source.params + where.params)


def fits(query: ExpertQuery, *, without: FacetField | None = None) -> list[Clause]:
    """What ONE offer `s` must fit; nothing when the query says nothing of offers."""
    wanted = _bargain(query)
    if query.services and without is not FacetField.SERVICE:
        wanted.append(one_of("s.slug", query.services))
    if query.families and without is not FacetField.FAMILY:
        wanted.append(one_of("s.family", query.families))
    return wanted


def _bargain(query: ExpertQuery) -> list[Clause]:
    """The price and unit that an offer `s` must have."""
    wanted = []
    if query.max_price_cents is not None:
        wanted.append(Clause("s.price_cents <= %s", (query.max_price_cents,)))
    if query.unit is not None:
        wanted.append(Clause("s.unit = %s", (query.unit,)))
    return wanted


def _answering(query: ExpertQuery) -> Clause:
    """An expert answers the text, however well: `_asked` without the weighing, which costs as much again."""
    inside = joined([one_of("s.slug", query.asked), *_bargain(query)], " AND ")
    parts = [Clause(f"SELECT s.entry_id FROM search_expertentryservice s WHERE {inside.sql}", inside.params)]
    if query.words:
        matching = fulltext.matching(query.words, strongly=False)
        parts.append(Clause(f"SELECT m.expert_id FROM ({matching.sql}) m", matching.params))
    return _is_in(joined(parts, " UNION ALL "))


def _asked(query: ExpertQuery) -> Clause:
    """Experts who answer the text: `offered` for the best service they offer, `said` for their words."""
    parts = []
    if query.asked:
        inside = joined([one_of("s.slug", query.asked), *_bargain(query)], " AND ")
        weight = _weight(query.asked)
        parts.append(
            Clause(
                f"SELECT s.entry_id AS expert_id, {weight.sql} AS offered, 0.0 AS said "
                f"FROM search_expertentryservice s WHERE {inside.sql}",
                weight.params + inside.params,
            )
        )
    for strongly in (False, True) if query.words else ():
        matching = fulltext.matching(query.words, strongly=strongly)
        said = SAID_WEIGHT * (1 + strongly)
        parts.append(
            Clause(f"SELECT m.expert_id, 0.0 AS offered, {said} AS said FROM ({matching.sql}) m", matching.params)
        )
    if not parts:
        parts = [Clause("SELECT 0 AS expert_id, 0.0 AS offered, 0.0 AS said WHERE 1 = 0")]
    union = joined(parts, " UNION ALL ")
    sums = "expert_id, MAX(offered) AS offered, MAX(said) AS said"
    return Clause(f"SELECT {sums} FROM ({union.sql}) t GROUP BY expert_id", union.params)


def _weight(asked: tuple[str, ...]) -> Clause:
    """How much the service of an offer `s` counts, by its rank among those asked for."""
    last = ASKED_WEIGHTS[-1]
    ranked = list(zip(asked, ASKED_WEIGHTS, strict=False))
    whens = " ".join(f"WHEN %s THEN {weight}" for _, weight in ranked)
    return Clause(f"CASE s.slug {whens} ELSE {last} END", tuple(slug for slug, _ in ranked))


def _filters(query: ExpertQuery, without: FacetField | None) -> Iterable[Clause]:
    """What an expert must be, offers aside."""
    if query.near is not None:
        yield from _around(query.near, query.radius_meters)
        coming = one_of("e.expert_id", query.coming)
        yield Clause(f"(NOT e.has_area OR {coming.sql})", coming.params)
    if query.within is not None:
        yield from _inside(query.within.with_border())
    loges = query.places if without is FacetField.LOGE else query.there
    if loges is not None:
        slugs = one_of("slug", loges)
        yield Clause(f"e.loge_id IN (SELECT id FROM loges_loge WHERE {slugs.sql})", slugs.params)
    if query.postcode is not None:
        yield _has(Field.POSTCODE, [query.postcode])
    if query.minimum_rating is not None:
        yield Clause("e.rating >= %s", (query.minimum_rating,))
    if query.languages and without is not FacetField.LANGUAGE:
        yield _has(Field.LANGUAGE, query.languages)
    for badge in query.badges:
        yield _has(Field.BADGE, [badge], query)
    if query.free_on is not None:
        yield _free(query.free_on)


def _inside(outline: Outline) -> Iterable[Clause]:
    """A ray to the east crosses an odd number of edges; the box first, because an index knows it."""
    yield _in_box(outline.box)
    crossings = joined((_crossing(*edge) for edge in outline.edges), " + ")
    yield Clause(f"({crossings.sql}) %% 2 = 1", crossings.params)


def _crossing(south: float, at_south: float, north: float, at_north: float) -> Clause:
    """1 where a ray to the east crosses the edge between two points (latitude, longitude), else 0."""
    return Clause(
        "CASE WHEN e.latitude >= %s AND e.latitude < %s "
        "AND (e.longitude - %s) * %s < (e.latitude - %s) * %s THEN 1 ELSE 0 END",
        (south, north, at_south, north - south, south, at_north - at_south),
    )


def _in_box(box: tuple[float, float, float, float]) -> Clause:
    """Between south and north, west and east."""
    return Clause("e.latitude BETWEEN %s AND %s AND e.longitude BETWEEN %s AND %s", box)


def _around(near: Point, radius_meters: int) -> Iterable[Clause]:
    """Within the radius or on the border; the box first, because an index knows it."""
    yield _in_box(Shape(near, radius_meters + 1).box)
    chord = _squared_chord_to(near)
    yield Clause(f"{chord.sql} <= %s", (*chord.params, squared_chord(radius_meters + BORDER_TOLERANCE_M)))


def _has(field: str, values: Iterable[str], query: ExpertQuery | None = None) -> Clause:
    """The expert has one of the values in a field; badges must hold on the query's day."""
    inside = [one_of("t.field", [field]), one_of("t.value", values), *(holds(query) if query else [])]
    where = joined(inside, " AND ")
    return _is_in(Clause(f"SELECT t.entry_id FROM search_expertentryterm t WHERE {where.sql}", where.params))


def _free(day: date) -> Clause:
    """The expert `e` is free that day. The terms are looked up for those alone who have dates against their week."""
    is_dated = (
        "SELECT 1 FROM search_expertentryterm t WHERE t.entry_id = e.expert_id AND t.field = %s AND t.value = %s"
    )
    bit, text = 1 << day.weekday(), day.isoformat()
    return Clause(
        f"(((e.weekdays & {bit}) <> 0 AND (NOT e.has_dates OR NOT EXISTS ({is_dated}))) "
        f"OR (e.has_dates AND EXISTS ({is_dated})))",
        (Field.CLOSED, text, Field.OPENED, text),
    )


def holds(query: ExpertQuery) -> list[Clause]:
    """What makes a term `t` hold on the query's day, if it has one."""
    return [] if query.on is None else [Clause("(t.expires_on IS NULL OR t.expires_on >= %s)", (query.on,))]


def _is_in(select: Clause) -> Clause:
    return Clause(f"e.expert_id IN ({select.sql})", select.params)


def _squared_chord_to(near: Point) -> Clause:
    """The squared straight-line distance on the unit sphere between a point and an entry `e`."""
    along = (f"(e.{axis} - %s) * (e.{axis} - %s)" for axis in "xyz")
    return Clause(f"({' + '.join(along)})", tuple(cell for axis in near.vector for cell in (axis, axis)))


def sort_key(query: ExpertQuery) -> Clause:
    """The number by which experts `e` are sorted, smallest first."""
    match query.order:
        case Order.RELEVANCE:
            score = _relevance(query)
            return Clause(f"CAST(ROUND(-{_PRECISION}.0 * {score.sql}) AS BIGINT)", score.params)
        case Order.DISTANCE:
            chord = _squared_chord_to(query.near or Point(0, 0))
            return Clause(f"CAST(ROUND({chord.sql} * {EARTH_RADIUS_M**2}) AS BIGINT)", chord.params)
        case Order.RATING:
            return Clause("-e.rating_bayes")
        case Order.PRICE:
            return _price(query)
        case Order.SOONEST:
            days = [_free((query.on or date.min) + timedelta(days=ahead)) for ahead in range(DAYS_AHEAD)]
            whens = joined((Clause(f"WHEN {day.sql} THEN {n}", day.params) for n, day in enumerate(days)), " ")
            return Clause(f"CASE {whens.sql} ELSE {DAYS_AHEAD} END", whens.params)


def _relevance(query: ExpertQuery) -> Clause:
    """What was asked for x rating x nearness, each between 0 and about 1. Arithmetic only: SQLite may lack exp()."""
    rating = f"({UNRATED_SHARE} + {1 - UNRATED_SHARE:.3f} * (e.rating_bayes - 1.0) / 4.0)"
    factors = [Clause("(a.offered + a.said)" if query.has_text else "1.0"), Clause(rating)]
    if query.near is not None:
        chord = _squared_chord_to(query.near)
        steepness = (EARTH_RADIUS_M / HALF_WAY_M) ** 2
        nearness = f"({FAR_SHARE} + {1 - FAR_SHARE:.3f} / (1.0 + {steepness} * {chord.sql}))"
        factors.append(Clause(nearness, chord.params))
    return joined(factors, " * ")


def _price(query: ExpertQuery) -> Clause:
    """The price of the cheapest offer that fits and, where a service was asked for and is offered, is of it."""
    fitting = fits(query)
    if query.has_text and query.asked:
        asked = one_of("s.slug", query.asked)
        fitting.append(Clause(f"(a.offered = 0 OR {asked.sql})", asked.params))
    if not fitting:
        return Clause(f"COALESCE(e.price_min_cents, {ON_PROPOSAL})")
    where = joined([Clause("s.entry_id = e.expert_id"), *fitting], " AND ")
    cheapest = f"SELECT MIN(s.price_cents) FROM search_expertentryservice s WHERE {where.sql}"
    return Clause(f"COALESCE(({cheapest}), {ON_PROPOSAL})", where.params)
