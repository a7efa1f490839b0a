"""Made-up experts, and in plain Python what a backend must answer about them: the oracle of conformance."""

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta

from shapely.geometry import Point as ShapelyPoint

from loges.geography import BORDER_TOLERANCE_M, Point, distance_m, snap
from loges.outlines import Outline
from search.backends import ExpertQuery, FacetField, Order
from search.documents import Badge, ExpertDocument, OfferedService
from tests.factories import LogeFactory, ServiceFactory, ServiceFamilyFactory

CENTER = Point(45.7745, 4.8318)
FAMILIES = {"maison": ("menage", "repassage"), "jardin": ("tonte", "haie", "potager"), "cours": ("piano", "anglais")}
UNITS = ("HOUR", "FLAT", "VISIT")
LANGUAGES = ("fr", "en", "ar", "pt")
BADGES = ("CHARTER", "INSURED", "IDENTITY")
WORDS = ("rose", "chien", "patient", "escalier", "bouquet", "marche")
DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class World:
    """The rows that documents point at: ids of loges and services by slug."""

    loges: dict[str, int]
    services: dict[str, int]


def world() -> World:
    """Write three loges and seven services of three families."""
    loges = {slug: LogeFactory(active=True, slug=slug).pk for slug in ("pente", "plateau", "quai")}
    services = {
        slug: ServiceFactory(
            slug=slug, name=slug.title(), family=ServiceFamilyFactory(slug=family, name=family.title())
        ).pk
        for family, slugs in FAMILIES.items()
        for slug in slugs
    }
    return World(loges, services)


def document(expert_id: int, here: World, **changes: object) -> ExpertDocument:
    """A plain expert at the centre, with what a test cares about changed; `services`: slug -> price or None."""
    prices: dict[str, int | None] = changes.pop("services", {"menage": 2_000})  # type: ignore[assignment]
    unit = changes.pop("unit", "HOUR")
    family_of = {slug: family for family, slugs in FAMILIES.items() for slug in slugs}
    values: dict[str, object] = {
        "revision": 1,
        "loge": "pente",
        "city": "Lyon",
        "postcodes": ("69001",),
        "first_name": "zoe",
        "position": snap(CENTER),
        "has_area": False,
        "rating_sum": 0,
        "rating_count": 0,
        "languages": ("fr",),
        "badges": (),
        "weekdays": (),
        "opened_on": (),
        "closed_on": (),
        "strong": ("zoe",),
        "weak": (),
        "offers": tuple(
            OfferedService(here.services[slug], slug, family_of[slug], slug.title(), str(unit), price)
            for slug, price in prices.items()
        ),
        **changes,
    }
    return ExpertDocument(expert_id=expert_id, loge_id=here.loges[str(values["loge"])], **values)  # type: ignore[arg-type]


def population(here: World, seed: int, size: int = 60) -> list[ExpertDocument]:
    """Random experts around the centre, the same for the same seed."""
    dice = random.Random(seed)
    return [_somebody(dice, here, expert_id) for expert_id in range(1, size + 1)]


def _somebody(dice: random.Random, here: World, expert_id: int) -> ExpertDocument:
    loge = dice.choice(list(here.loges))
    count = dice.choice([0, 0, 1, 4, 30])
    return document(
        expert_id,
        here,
        loge=loge,
        postcodes=({"pente": "69001", "plateau": "69004", "quai": "69002"}[loge],),
        position=snap(Point(CENTER.latitude + dice.gauss(0, 0.03), CENTER.longitude + dice.gauss(0, 0.04))),
        has_area=dice.random() < 0.3,
        rating_count=count,
        rating_sum=sum(dice.randint(3, 5) for _ in range(count)),
        services={
            slug: dice.choice([None, 1_500, 2_000, 3_500])
            for slug in dice.sample(sorted(here.services), dice.randint(0, 4))
        },
        unit=dice.choice(UNITS),
        languages=tuple(dice.sample(LANGUAGES, dice.randint(0, 3))),
        badges=tuple(
            Badge(kind, dice.choice([None, DAY, date(2026, 3, 1)]))
            for kind in dice.sample(BADGES, dice.randint(0, 3))
        ),
        **_days(dice),
        strong=tuple(dice.sample(WORDS, dice.randint(0, 2))),
        weak=tuple(dice.sample(WORDS, dice.randint(0, 3))),
    )


def _days(dice: random.Random) -> dict[str, object]:
    """Weekdays, and days of the next weeks that differ from them."""
    weekdays = tuple(sorted(dice.sample(range(7), dice.choice([0, 1, 2, 5]))))
    dated = [DAY + timedelta(days=n) for n in dice.sample(range(40), dice.choice([0, 0, 3, 12]))]
    return {
        "weekdays": weekdays,
        "opened_on": tuple(day for day in dated if day.weekday() not in weekdays),
        "closed_on": tuple(day for day in dated if day.weekday() in weekdays),
    }


def questions(here: World, seed: int, size: int = 25) -> list[ExpertQuery]:
    """Random queries of every sort."""
    dice = random.Random(seed)
    return [_question(dice, here) for _ in range(size)]


def _question(dice: random.Random, here: World) -> ExpertQuery:
    def some(values: object, most: int) -> tuple[str, ...]:
        return tuple(dice.sample(sorted(values), dice.randint(1, most))) if dice.random() < 0.25 else ()  # type: ignore[call-overload]

    has_text = dice.random() < 0.5
    near = dice.choice([None, CENTER, Point(45.75, 4.85)])
    return ExpertQuery(
        has_text=has_text,
        asked=tuple(dice.sample(sorted(here.services), dice.randint(0, 3))) if has_text else (),
        words=tuple(dice.sample(WORDS, dice.randint(0, 2))) if has_text else (),
        services=some(here.services, 2),
        families=some(FAMILIES, 1),
        near=near,
        radius_meters=dice.choice([500, 2_000, 5_000, 100_000]),
        coming=tuple(dice.sample(range(1, 61), 30)) if near else (),
        within=_outline(dice) if dice.random() < 0.4 else None,
        loges=dice.choice([None, None, None, ("pente",), ("pente", "quai"), ()]),
        places=dice.choice([None, None, None, ("quai",), ("pente", "plateau", "ailleurs"), ()]),
        postcode=dice.choice([None, None, None, "69004"]),
        max_price_cents=dice.choice([None, None, 1_500, 2_500]),
        unit=dice.choice([None, None, *UNITS]),
        minimum_rating=dice.choice([None, None, None, 4.0]),
        languages=some(LANGUAGES, 2),
        badges=some(BADGES, 2),
        free_on=dice.choice([None, None, DAY + timedelta(days=dice.randint(0, 40))]),
        on=(on := dice.choice([None, DAY])),
        order=dice.choice([order for order in Order if _is_possible(order, near, on)]),
        first=100,
    )


def _outline(dice: random.Random) -> Outline:
    """A star with dents around the centre, with or without a hole, and sometimes a square island in the north."""

    def star(corners: int, least: float, most: float) -> list[list[float]]:
        angles = [2 * math.pi * n / corners for n in range(corners)]
        reach = [dice.uniform(least, most) for _ in angles]
        ring = [
            [CENTER.longitude + far * math.cos(angle), CENTER.latitude + far * math.sin(angle)]
            for angle, far in zip(angles, reach, strict=True)
        ]
        return [*ring, ring[0]]

    holes = [star(dice.randint(3, 8), 0.003, 0.01)] if dice.random() < 0.5 else []
    polygons = [[star(dice.randint(4, 40), 0.025, 0.06), *holes]]
    if dice.random() < 0.5:
        west, south = CENTER.longitude - 0.05, CENTER.latitude + 0.0601
        north, east = south + 0.03, west + 0.1
        polygons.append([[[west, south], [east, south], [east, north], [west, north], [west, south]]])
    return Outline.of({"type": "MultiPolygon", "coordinates": polygons}, at_most=100)


def _is_possible(order: Order, near: Point | None, on: date | None) -> bool:
    return not (order is Order.DISTANCE and near is None) and not (order is Order.SOONEST and on is None)


# --- The oracle ----------------------------------------------------------------------------------


def bargains(query: ExpertQuery, one: ExpertDocument) -> list[OfferedService]:
    """The offers at a fitting unit and price."""
    return [
        offer
        for offer in one.offers
        if (query.unit is None or offer.unit == query.unit)
        and (
            query.max_price_cents is None
            or (offer.price_cents is not None and offer.price_cents <= query.max_price_cents)
        )
    ]


def fitting(query: ExpertQuery, one: ExpertDocument) -> list[OfferedService]:
    """The offers that fit everything said of offers."""
    return [
        offer
        for offer in bargains(query, one)
        if (not query.services or offer.slug in query.services)
        and (not query.families or offer.family in query.families)
    ]


def offered(query: ExpertQuery, one: ExpertDocument) -> list[int]:
    """The ranks of the services asked for that the expert offers."""
    slugs = {offer.slug for offer in bargains(query, one)}
    return [rank for rank, slug in enumerate(query.asked) if slug in slugs]


def says(query: ExpertQuery, words: tuple[str, ...]) -> bool:
    """Whether all the words of the query, and there are some, are among these."""
    return bool(query.words) and set(query.words) <= set(words)


def holding(query: ExpertQuery, one: ExpertDocument) -> set[str]:
    """The badges that hold on the query's day."""
    return {
        badge.kind
        for badge in one.badges
        if query.on is None or badge.expires_on is None or badge.expires_on >= query.on
    }


def is_found(query: ExpertQuery, one: ExpertDocument) -> bool:
    """Whether an expert answers a query."""
    is_about_offers = query.services or query.families or query.unit or query.max_price_cents is not None
    return (
        (not query.has_text or bool(offered(query, one)) or says(query, one.strong + one.weak))
        and (query.near is None or distance_m(query.near, one.position) <= query.radius_meters + BORDER_TOLERANCE_M)
        and (query.near is None or not one.has_area or one.expert_id in query.coming)
        and (query.within is None or is_within(query.within, one.position))
        and (query.loges is None or one.loge in query.loges)
        and (query.places is None or one.loge in query.places)
        and (query.postcode is None or query.postcode in one.postcodes)
        and (query.minimum_rating is None or (one.rating is not None and one.rating >= query.minimum_rating))
        and (not query.languages or bool(set(query.languages) & set(one.languages)))
        and set(query.badges) <= holding(query, one)
        and (query.free_on is None or is_free(one, query.free_on))
        and (not is_about_offers or bool(fitting(query, one)))
    )


def is_within(outline: Outline, position: Point) -> bool:
    """Whether a position is inside an outline, on its border or a millionth of a degree from it."""
    return bool(outline.shape.distance(ShapelyPoint(position.longitude, position.latitude)) <= 1e-6)


def is_free(one: ExpertDocument, day: date) -> bool:
    """Whether an expert is free that day."""
    return day in one.opened_on or (day.weekday() in one.weekdays and day not in one.closed_on)


def soonest(query: ExpertQuery, one: ExpertDocument) -> int:
    """How many days from the query's day an expert is free first, within four weeks."""
    assert query.on is not None
    return next((n for n in range(28) if is_free(one, query.on + timedelta(days=n))), 28)


def values(query: ExpertQuery, field: FacetField, one: ExpertDocument) -> set[str]:
    """The values of an expert in a facet."""
    match field:
        case FacetField.SERVICE:
            return {offer.slug for offer in one.offers}
        case FacetField.FAMILY:
            return {offer.family for offer in one.offers}
        case FacetField.LOGE:
            return {one.loge}
        case FacetField.LANGUAGE:
            return set(one.languages)
        case FacetField.BADGE:
            return holding(query, one)


def sort_key(query: ExpertQuery, one: ExpertDocument) -> tuple[float, int, int]:
    """Where an expert stands in the order asked for; equals take turns."""
    turn = (one.expert_id * 40_503 + query.on.toordinal() * 30_011 % 65_521) % 65_521 if query.on else 0
    return _key(query, one), turn, one.expert_id


def _key(query: ExpertQuery, one: ExpertDocument) -> float:
    match query.order:
        case Order.DISTANCE:
            assert query.near is not None
            return round(distance_m(query.near, one.position), 2)
        case Order.RATING:
            return -one.rating_bayes
        case Order.PRICE:
            return cheapest(query, one)
        case Order.SOONEST:
            return soonest(query, one)
        case Order.RELEVANCE:
            return -round(relevance(query, one), 9)


def cheapest(query: ExpertQuery, one: ExpertDocument) -> float:
    """The price of the cheapest offer that fits and, if any asked for is offered, is one of those."""
    wanted = fitting(query, one)
    if query.has_text and offered(query, one):
        wanted = [offer for offer in wanted if offer.slug in query.asked]
    return min((offer.price_cents for offer in wanted if offer.price_cents is not None), default=2_000_000_000)


def relevance(query: ExpertQuery, one: ExpertDocument) -> float:
    """What was asked for, times rating, times nearness."""
    text = 1.0
    if query.has_text:
        ranks = offered(query, one)
        text = (1.0, 0.66, 0.5, 0.42, 0.36)[min(ranks)] if ranks else 0.0
        text += 0.2 * (says(query, one.strong + one.weak) + says(query, one.strong))
    rating = 0.7 + 0.3 * (one.rating_bayes - 1) / 4
    nearness = 1.0
    if query.near is not None:
        x, y, z = (a - b for a, b in zip(query.near.vector, one.position.vector, strict=True))
        nearness = 0.5 + 0.5 / (1 + (6_371_008.7714 / 2_000) ** 2 * (x * x + y * y + z * z))
    return text * rating * nearness
