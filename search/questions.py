"""A resident's search, checked and turned into a question to a backend.

Whatever is typed gets an answer; numbers that make no sense are refused with a French sentence.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from loges import queries
from loges.geography import NotOnEarth, Point
from loges.models import PriceUnit, Verification
from loges.outlines import NotAPolygon, Outline, TooManyCorners
from search.backends import DEFAULT_RADIUS_M, ExpertQuery, Order
from search.places import PlaceName
from search.understanding import Understanding
from search.words import clean, stem

MAX_RADIUS_M = 100_000
"""The widest search, in metres."""

MAX_FIRST = 100
"""The longest page."""

MAX_VALUES = 50
"""The most values of one filter."""

MAX_CORNERS = 100
"""The most corners of an outline to search within."""

MAX_DAYS = 366
"""How many days ahead one may ask who is free."""

_MAX_CENTS = 2**31 - 1


class BadInput(ValueError):
    """An argument that makes no sense: `code` for machines, `path` of the argument, `message_fr` for people."""

    def __init__(self, code: str, path: str, message_fr: str) -> None:
        super().__init__(f"{code} at {path}")
        self.code = code
        self.path = path
        self.message_fr = message_fr


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertSearch:
    """What a resident asks for.

    Slugs of services, family and loge; `radius_meters` around `near` (5 km unless said); `within` an outline; the
    price in cents.
    `free_on` is the day on which they must be free. `on` is today: badges must hold, equals take turns, the soonest
    are counted from it. Doors give it; without it, expired badges count, too.
    """

    text: str = ""
    services: tuple[str, ...] = ()
    family: str | None = None
    near: Point | None = None
    radius_meters: int | None = None
    within: Outline | None = None
    loge: str | None = None
    postcode: str | None = None
    max_price_cents: int | None = None
    unit: str | None = None
    minimum_rating: float | None = None
    languages: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    free_on: date | None = None
    on: date | None = None


def point(latitude: float, longitude: float, *, path: str = "near") -> Point:
    """A point that somebody typed or clicked. Raises BadInput when it isn't on earth."""
    try:
        return Point(latitude, longitude)
    except NotOnEarth as error:
        raise BadInput(
            "NOT_ON_EARTH", path, "Ce point n'est pas sur Terre : latitude de -90 à 90, longitude de -180 à 180."
        ) from error


def outline(geojson: Any, *, path: str = "within") -> Outline:
    """An outline that somebody drew or pasted, as GeoJSON. Raises BadInput when it is none, or too detailed."""
    try:
        return Outline.of(geojson, at_most=MAX_CORNERS)
    except NotAPolygon as error:
        raise BadInput("NOT_A_POLYGON", path, error.told) from error
    except TooManyCorners as error:
        raise BadInput("TOO_MANY_CORNERS", path, error.told) from error


def check(search: ExpertSearch, order: str, first: int) -> Order:
    """The order asked for, once everything makes sense. Raises BadInput."""
    check_first(first)
    _check_place(search)
    _check_offer(search)
    _check_day(search)
    for path, values in (("services", search.services), ("languages", search.languages), ("badges", search.badges)):
        if len(values) > MAX_VALUES:
            raise BadInput("TOO_MANY", path, f"Pas plus de {MAX_VALUES} valeurs à la fois.")
    if unknown := set(search.badges) - set(Verification.Kind.values):
        raise BadInput("UNKNOWN_BADGE", "badges", f"Badge inconnu : {clean(min(unknown))[:40]}.")
    try:
        wanted = Order(order)
    except ValueError as error:
        raise BadInput("UNKNOWN_ORDER", "order", "Ce tri n'existe pas.") from error
    if wanted is Order.DISTANCE and search.near is None:
        raise BadInput("NEAR_NEEDED", "order", "Pour trier par distance, indiquez un lieu.")
    return wanted


def check_first(first: int) -> None:
    """Refuse a page that is empty or too long. Raises BadInput."""
    if not 1 <= first <= MAX_FIRST:
        raise BadInput("OUT_OF_RANGE", "first", f"Demandez de 1 à {MAX_FIRST} résultats à la fois.")


def _check_place(search: ExpertSearch) -> None:
    if search.radius_meters is None:
        return
    if not 0 < search.radius_meters <= MAX_RADIUS_M:
        raise BadInput("OUT_OF_RANGE", "radiusMeters", "Le rayon va de 1 m à 100 km.")
    if search.near is None:
        raise BadInput("NEAR_NEEDED", "radiusMeters", "Un rayon demande un lieu.")


def _check_day(search: ExpertSearch) -> None:
    if search.free_on is None or search.on is None:
        return
    if not 0 <= (search.free_on - search.on).days <= MAX_DAYS:
        raise BadInput("OUT_OF_RANGE", "freeOn", f"Choisissez un jour à venir, d'ici {MAX_DAYS} jours au plus.")


def _check_offer(search: ExpertSearch) -> None:
    if search.max_price_cents is not None and not 0 <= search.max_price_cents <= _MAX_CENTS:
        raise BadInput("OUT_OF_RANGE", "maxPriceCents", "Un prix ne peut être négatif ni démesuré.")
    if search.minimum_rating is not None and not 0 <= search.minimum_rating <= 5:
        raise BadInput("OUT_OF_RANGE", "minimumRating", "Une note va de 0 à 5.")
    if search.unit is not None and search.unit not in PriceUnit.values:
        raise BadInput("UNKNOWN_UNIT", "unit", "Cette unité de prix n'existe pas.")


def question(
    search: ExpertSearch, understood: Understanding, *, order: Order, first: int, after: str | None
) -> ExpertQuery:
    """The question to a backend. A question asked back counts as if all its choices were meant.

    Places in the words filter by their loges, beside whatever else is given; where they have none, by how far that
    place is. A text that is nothing but a place asks for whoever is there. One statement, none without a point.
    """
    asked = understood.question.choices if understood.question else understood.services
    words = tuple(dict.fromkeys(stem(word) for word in understood.words))
    near, radius_meters = search.near, search.radius_meters or DEFAULT_RADIUS_M
    places: tuple[str, ...] | None = None
    if understood.places:
        there = served(understood.places)
        if not there and near is None:
            near, radius_meters = understood.places[0].point, understood.places[0].radius_meters
        else:
            places = there
    return ExpertQuery(
        has_text=bool(search.text.strip()) and bool(asked or words or not understood.places),
        asked=asked,
        words=words,
        services=tuple(map(_plain, search.services)),
        families=(_plain(search.family),) if search.family is not None else (),
        near=near,
        radius_meters=radius_meters,
        coming=coming_to(near),
        within=search.within,
        loges=None if search.loge is None else (_plain(search.loge),),
        places=places,
        postcode=_plain(search.postcode) if search.postcode is not None else None,
        max_price_cents=search.max_price_cents,
        unit=search.unit,
        minimum_rating=search.minimum_rating,
        languages=tuple(_plain(code).lower() for code in search.languages),
        badges=search.badges,
        free_on=search.free_on,
        on=search.on,
        order=order,
        first=first,
        after=after,
    )


def coming_to(near: Point | None) -> tuple[int, ...]:
    """Those whose own area covers the point. One statement, none without a point."""
    return tuple(queries.experts_coming_to(near)) if near else ()


def served(places: tuple[PlaceName, ...]) -> tuple[str, ...]:
    """The loges meant by places: "Croix-Rousse, Lyon" is one in the other, "Lille ou Lyon" is either.

    The most precise kind of place counts; a wider one narrows it where they overlap (homonyms in two cities). None
    where the most precise has none: "Paris 75020" isn't all of Paris.
    """
    meant: set[str] = set()
    for kind in dict.fromkeys(place.kind for place in places):
        here = {slug for place in places if place.kind is kind for slug in place.loges}
        if not meant and not here:
            break
        meant = meant & here or meant or here
    return tuple(sorted(meant))


def _plain(value: str) -> str:
    """A slug or code as somebody sent it, in a form that any database can compare; an unknown one finds nobody."""
    return clean(value)[:100]
