"""What a query means, as Elasticsearch's JSON: which experts, how well, in which order. Pure: nothing is asked here.

Filters, facets and totals are those of `search.conditions`, to the expert. The distribution that tests run on has no
scripts, and large clusters often forbid them; so each order is a score that queries and functions can make, or a
field. What differs from the database by that is told in `search.elastic`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, repeat
from typing import Any

from loges.geography import BORDER_TOLERANCE_M, Point
from search.backends import DAYS_AHEAD, TOTAL_CAP, TURNS, ExpertQuery, FacetField, Order, turn_at, turn_of
from search.conditions import ASKED_WEIGHTS, FAR_SHARE, HALF_WAY_M, ON_PROPOSAL, SAID_WEIGHT, UNRATED_SHARE
from search.fulltext import lexeme

Json = dict[str, Any]

FOR_EVER = date.max.isoformat()
"""The last day of a badge that holds for ever."""

SAID = "said"
"""The name of the query that an expert's own words fulfil."""

STORED_TO_M = 0.011
"""How far from its point in metres a stored position may be: coordinates are kept in 32 bits."""

NEAR_WAVES = (
    (0.00123654924, 0.000458975387),
    (0.00436750474, 0.00302306791),
    (0.0126563068, 0.0109408641),
    (0.0327602484, 0.0327483857),
    (0.0754431364, 0.087639427),
    (0.150977812, 0.216017679),
    (0.24543866, 0.49919229),
    (0.280266025, 1.09604054),
    (0.168366398, 2.31924495),
    (0.0284830164, 4.87970201),
)
"""Pairs (w, t) such that the sum of w exp(-t u) is 1 / (1 + u), within six millionths, for u from 0 to 2,500.

u is the squared distance in units of HALF_WAY_M. Elasticsearch has the bell curve, but not that slope."""

_PRICE_SCALE = 2**24  # a score is a 32-bit number: up to here, in cents, it tells all prices apart


def body(
    query: ExpertQuery, *, loge_ids: Mapping[str, int] | None = None, begin: tuple[float, int] | None = None
) -> Json:
    """The search for a page and the first hit after it. `loge_ids`: those of the loges that the query names, by slug.

    `begin`: the sort key and id after which the page begins.
    """
    loge_ids = loge_ids or {}
    chosen = _Chosen(query, loge_ids)
    asked = {
        "query": _scored(query, loge_ids),
        "aggs": {field.value: _facet(query, field, chosen) for field in FacetField},
        "sort": _sort(query),
        "size": query.first + 1,
        "track_total_hits": TOTAL_CAP,
        "_source": ["offers.slug", "offers.family", "position"],
    }
    if filters := chosen.filters():
        asked["post_filter"] = _all(filters)
    if begin is not None:
        asked["search_after"] = _after(query, *begin)
    return asked


def sort_key(query: ExpertQuery, value: float) -> float:
    """The sort key that the database would give a hit with that first sort value; `_first_value` is the way back."""
    match query.order:
        case Order.RELEVANCE:
            return -round(value * 1e9)
        case Order.DISTANCE:
            return value * value
        case Order.RATING:
            return -value
        case Order.PRICE:
            return round((1 - value) * _PRICE_SCALE) if value else ON_PROPOSAL
        case Order.SOONEST:
            return DAYS_AHEAD + 1 - round(value)


def _first_value(query: ExpertQuery, key: float) -> float:
    """The first sort value of the hit with that sort key."""
    match query.order:
        case Order.RELEVANCE:
            return -key / 1e9
        case Order.DISTANCE:
            return math.sqrt(max(key, 0))  # of a square, exactly what was squared
        case Order.RATING:
            return -key
        case Order.PRICE:
            return 1 - key / _PRICE_SCALE if key < _PRICE_SCALE else 0
        case Order.SOONEST:
            return DAYS_AHEAD + 1 - key


def _sort(query: ExpertQuery) -> list[Json]:
    """What hits are sorted by: the order asked for, whose turn it is, the id."""
    sort: list[Json] = []
    if query.order is Order.DISTANCE:
        sort.append({"_geo_distance": {"position": _point(query.near or Point(0, 0)), "order": "asc", "unit": "m"}})
    elif query.order is Order.RATING:
        sort.append({"rating_bayes": "desc"})
    else:
        sort.append({"_score": "desc"})
    if query.on:
        part = {"range": {"turns.at": {"gte": TURNS - turn_of(query)}}}
        sort.append({"turns.at": {"order": "asc", "mode": "min", "nested": {"path": "turns", "filter": part}}})
    return [*sort, {"expert_id": "asc"}]


def _after(query: ExpertQuery, key: float, expert_id: int) -> list[float]:
    """The sort values of the hit with that sort key and id."""
    turn = [turn_at(query, expert_id) + TURNS - turn_of(query)] if query.on else []
    return [_first_value(query, key), *turn, expert_id]


def turns(base: int) -> list[int]:
    """Where an expert stands on the circle of turns, gone round twice.

    A day's order is the stretch of it that begins at that day, so that no script has to compute it.
    """
    return [base, base + TURNS]


# --- Who is found, and how well -----------------------------------------------------------------


def _scored(query: ExpertQuery, loge_ids: Mapping[str, int]) -> Json:
    """The experts found, the filters that facets leave out aside, scored as the order needs."""
    filters = list(_filters(query, loge_ids))
    text = _text(query) if query.has_text else None
    if query.order is Order.RELEVANCE:
        found = {"bool": {"filter": filters, "must": [text or {"match_all": {}}]}}
        return _near(query.near, _rated(found)) if query.near else _rated(found)
    if text:
        filters.append(text)
    if query.order is Order.PRICE:
        # Without a filter one of the prices would have to match, and those on proposal would be lost.
        return {"bool": {"filter": filters or [_all([])], "should": _prices(query)}}
    if query.order is Order.SOONEST:
        return _soonest(query, _all(filters))
    return _all(filters)


def _text(query: ExpertQuery) -> Json:
    """Those who offer what was asked for, scored by the best of it, or say all the words, strongly or not."""
    ways: list[Json] = []
    if query.asked:
        weights = chain(ASKED_WEIGHTS, repeat(ASKED_WEIGHTS[-1]))
        offers = [
            _constant(_offers([_term("offers.slug", slug), *_bargain(query)]), weight)
            for slug, weight in zip(query.asked, weights, strict=False)
        ]
        ways.append({"dis_max": {"queries": offers}})
    if query.words:
        ways.append(_constant(_words("words", query.words), SAID_WEIGHT, name=SAID))
        ways.append(_constant(_words("strong", query.words), SAID_WEIGHT))
    return {"bool": {"should": ways, "minimum_should_match": 1}}


def _words(field: str, words: Iterable[str]) -> Json:
    """All the words are in the field."""
    return {"match": {field: {"query": " ".join(map(lexeme, words)), "operator": "and"}}}


def _rated(found: Json) -> Json:
    """A score times UNRATED_SHARE at a rating of 1, 1 at a rating of 5, and evenly between."""
    evenly = {"linear": {"rating_bayes": {"origin": 5, "scale": 4, "decay": UNRATED_SHARE}}}
    return {"function_score": {"query": found, "functions": [evenly], "boost_mode": "multiply"}}


def _near(near: Point, found: Json) -> Json:
    """A score times FAR_SHARE + (1 - FAR_SHARE) / (1 + (distance / HALF_WAY_M)²)."""
    waves = [
        {
            "gauss": {
                "position": {
                    "origin": _point(near),
                    "scale": f"{HALF_WAY_M / math.sqrt(steepness):.9f}m",
                    "decay": math.exp(-1),
                }
            },
            "weight": (1 - FAR_SHARE) * weight,
        }
        for weight, steepness in NEAR_WAVES
    ]
    functions = [{"weight": FAR_SHARE}, *waves]
    return {"function_score": {"query": found, "functions": functions, "score_mode": "sum", "boost_mode": "multiply"}}


def _prices(query: ExpertQuery) -> list[Json]:
    """Scores by the cheapest offer that fits and, where a service was asked for and is offered, is of it."""
    if not query.asked:
        return [_cheapest(_fits(query))]
    asked = {"terms": {"offers.slug": list(query.asked)}}
    prices = [_cheapest([*_fits(query), asked])]
    if query.words:
        offered = _offers([asked, *_bargain(query)])
        prices.append({"bool": {"must_not": [offered], "must": [_cheapest(_fits(query))]}})
    return prices


def _cheapest(offers: list[Json]) -> Json:
    """A score of 1 for what is free, less by a share of _PRICE_SCALE for each cent; none for those on proposal."""
    cheaply = {"linear": {"offers.price_cents": {"origin": 0, "scale": _PRICE_SCALE // 2, "decay": 0.5}}}
    priced = _all([*offers, {"exists": {"field": "offers.price_cents"}}])
    scored = {"function_score": {"query": priced, "functions": [cheaply], "boost_mode": "replace"}}
    return {"nested": {"path": "offers", "score_mode": "max", "query": scored}}


def _soonest(query: ExpertQuery, found: Json) -> Json:
    """A score of DAYS_AHEAD + 1 for who is free at once, one less for each day; 1 for who isn't for so long."""
    today = query.on or date.min
    days = [
        {"filter": _free(today + timedelta(days=ahead)), "weight": DAYS_AHEAD + 1 - ahead}
        for ahead in range(DAYS_AHEAD)
    ]
    return {"function_score": {"query": found, "functions": days, "score_mode": "first", "boost_mode": "replace"}}


# --- Filters --------------------------------------------------------------------------------------


def _filters(query: ExpertQuery, loge_ids: Mapping[str, int]) -> Iterable[Json]:
    """What an expert must be, whatever a facet leaves out."""
    if query.near is not None:
        within = f"{query.radius_meters + BORDER_TOLERANCE_M + STORED_TO_M:.3f}m"
        yield {"geo_distance": {"distance": within, "position": _point(query.near)}}
        coming = {"terms": {"expert_id": list(query.coming)}}
        yield {"bool": {"should": [{"bool": {"must_not": [_term("has_area", True)]}}, coming]}}
    if query.within is not None:
        yield {"geo_shape": {"position": {"shape": query.within.with_border().geojson}}}
    if query.places is not None:
        yield _loges(query.places, loge_ids)
    if query.postcode is not None:
        yield _term("postcodes", query.postcode)
    if query.minimum_rating is not None:
        yield {"range": {"rating": {"gte": query.minimum_rating}}}
    for kind in query.badges:
        yield {"nested": {"path": "badges", "query": _all([_term("badges.kind", kind), *_holds(query)])}}
    if query.free_on is not None:
        yield _free(query.free_on)
    if wanted := _bargain(query):
        yield _offers(wanted)


def _bargain(query: ExpertQuery) -> list[Json]:
    """The price and unit that an offer must have."""
    wanted: list[Json] = []
    if query.max_price_cents is not None:
        wanted.append({"range": {"offers.price_cents": {"lte": query.max_price_cents}}})
    if query.unit is not None:
        wanted.append(_term("offers.unit", query.unit))
    return wanted


def _fits(query: ExpertQuery, *, without: FacetField | None = None) -> list[Json]:
    """What ONE offer must fit; nothing when the query says nothing of offers."""
    wanted = _bargain(query)
    if query.services and without is not FacetField.SERVICE:
        wanted.append({"terms": {"offers.slug": list(query.services)}})
    if query.families and without is not FacetField.FAMILY:
        wanted.append({"terms": {"offers.family": list(query.families)}})
    return wanted


def _free(day: date) -> Json:
    """The expert is free that day: by the week, unless it is closed, or because it is opened."""
    text = day.isoformat()
    weekly = {"bool": {"filter": [_term("weekdays", day.weekday())], "must_not": [_term("closed_on", text)]}}
    return {"bool": {"should": [_term("opened_on", text), weekly]}}


def _holds(query: ExpertQuery) -> list[Json]:
    """What makes a badge hold on the query's day, if it has one."""
    return [{"range": {"badges.expires_on": {"gte": query.on.isoformat()}}}] if query.on else []


# --- Facets ---------------------------------------------------------------------------------------


class _Chosen:
    """The filters that facets leave out, one at a time: services, families, loges, languages."""

    def __init__(self, query: ExpertQuery, loge_ids: Mapping[str, int]) -> None:
        self._query, self._loge_ids = query, loge_ids

    def filters(self, *, without: FacetField | None = None) -> list[Json]:
        """All of them but one. For facets of offers, what offers must fit is left to the facet."""
        query = self._query
        filters: list[Json] = []
        if (query.services or query.families) and without not in (FacetField.SERVICE, FacetField.FAMILY):
            filters.append(_offers(_fits(query)))
        if query.loges is not None and without is not FacetField.LOGE:
            filters.append(_loges(query.loges, self._loge_ids))
        if query.languages and without is not FacetField.LANGUAGE:
            filters.append({"terms": {"languages": list(query.languages)}})
        return filters


def _facet(query: ExpertQuery, field: FacetField, chosen: _Chosen) -> Json:
    """How many of the experts found there are with each value, the field's own filter left out."""
    wanted = _fits(query, without=field)
    match field:
        case FacetField.SERVICE:
            counted = _counts("services") if not wanted else _counts("offers.slug", wanted)
        case FacetField.FAMILY:
            counted = _counts("families") if not wanted else _counts("offers.family", wanted, is_once=False)
        case FacetField.BADGE:
            counted = _counts("badges.kind", _holds(query))
        case FacetField.LOGE:
            counted = _counts("loge_id")
        case FacetField.LANGUAGE:
            counted = _counts("languages")
    return {"filter": _all(chosen.filters(without=field)), "aggs": counted}


def _counts(field: str, wanted: list[Json] | None = None, *, is_once: bool = True) -> Json:
    """Experts counted by a field, or by that of nested documents that are as wanted.

    `is_once`: no two of an expert's nested documents have the same value, so that counting them will do.
    """
    values: Json = {"terms": {"field": field, "size": TOTAL_CAP}}
    if not is_once:
        values["aggs"] = {"experts": {"reverse_nested": {}}}
    if wanted is None:
        return {"values": values}
    fitting = {"fitting": {"filter": _all(wanted), "aggs": {"values": values}}}
    return {"inside": {"nested": {"path": field.partition(".")[0]}, "aggs": fitting}}


# --- Words of the language -------------------------------------------------------------------------


def _all(filters: list[Json]) -> Json:
    return {"bool": {"filter": filters}} if filters else {"match_all": {}}


def _loges(slugs: Sequence[str], loge_ids: Mapping[str, int]) -> Json:
    """Somebody is of one of these loges; unknown ones are nobody's."""
    return {"terms": {"loge_id": [loge_ids[slug] for slug in slugs if slug in loge_ids]}}


def _offers(wanted: list[Json]) -> Json:
    """ONE offer is all that is wanted."""
    return {"nested": {"path": "offers", "query": _all(wanted)}}


def _term(field: str, value: object) -> Json:
    return {"term": {field: value}}


def _constant(wanted: Json, boost: float, **named: str) -> Json:
    told = {f"_{key}": value for key, value in named.items()}
    return {"constant_score": {"filter": wanted, "boost": boost, **told}}


def _point(point: Point) -> Json:
    return {"lat": point.latitude, "lon": point.longitude}
