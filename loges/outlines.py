"""Polygons on the earth, from GeoJSON and as values: pure functions, degrees (WGS 84). A border counts as inside."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from shapely import errors, transform
from shapely.geometry import MultiPolygon, box
from shapely.geometry import shape as shapely_shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from loges.geography import Point, distance_m, is_number

EARTH = box(-180, -90, 180, 90)
"""Everything that has a position, in degrees."""

CORNERS = 500
"""How many corners the outline of a territory or of an expert's area may have: each answer about them holds it."""

BORDER_DEGREES = 0.000_001_234_5
"""How far beyond an outline still counts as on its border: 14 cm at most.

Wide enough for engines that store 32 bits, and no round number: those are positions, and corners.
"""


class NotAPolygon(ValueError):
    """A GeoJSON value that isn't one valid, closed Polygon or MultiPolygon on earth; `told` says so in French."""

    told = "Ce n'est pas un contour\u00a0: un Polygon ou MultiPolygon fermé, qui ne se croise pas."


class TooManyCorners(ValueError):
    """An outline with more corners than allowed; `told` says so in French."""

    def __init__(self, at_most: int) -> None:
        super().__init__(at_most)
        self.told = f"Ce contour est trop détaillé\u00a0: {at_most} coins au plus."


def polygon_of(geojson: Any) -> BaseGeometry:
    """The GeoJSON Polygon or MultiPolygon (positions as [longitude, latitude]). Raises NotAPolygon."""
    if not isinstance(geojson, dict) or geojson.get("type") not in ("Polygon", "MultiPolygon"):
        raise NotAPolygon("a GeoJSON object of type Polygon or MultiPolygon is expected")
    try:
        polygon = shapely_shape(geojson)
        is_strict = all(_is_closed(ring) for ring in _rings(geojson))
    except (
        errors.ShapelyError,
        ArithmeticError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        raise NotAPolygon(str(error)) from error
    if not is_strict:
        raise NotAPolygon("each ring must end where it begins, and positions must be numbers")
    if polygon.is_empty or not polygon.is_valid:
        raise NotAPolygon("the outline is empty or crosses itself")
    west, south, east, north = polygon.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise NotAPolygon("the outline leaves the earth: positions are [longitude, latitude]")
    return polygon


def check_corners(geojson: Any, at_most: int) -> None:
    """Refuse an outline with too many corners, before anything looks at it. Raises TooManyCorners, NotAPolygon."""
    try:
        count = sum(max(0, len(ring) - 1) for ring in _rings(geojson))
    except (TypeError, LookupError) as error:
        raise NotAPolygon(str(error)) from error
    if count > at_most:
        raise TooManyCorners(at_most)


def check_outline(geojson: Any) -> None:
    """Refuse what draws no outline, or one with more than CORNERS. Raises NotAPolygon, TooManyCorners."""
    check_corners(geojson, CORNERS)
    polygon_of(geojson)


def circle_around(geojson: Any) -> tuple[Point, int]:
    """The middle of an outline, and the radius in metres, 50 at least, that reaches all of it. Raises NotAPolygon."""
    west, south, east, north = polygon_of(geojson).bounds
    center = Point((south + north) / 2, (west + east) / 2)
    corners = (Point(latitude, longitude) for latitude in (south, north) for longitude in (west, east))
    return center, max(50, math.ceil(max(distance_m(center, corner) for corner in corners)))


def _rings(geojson: dict[str, Any]) -> Iterator[list[list[float]]]:
    coordinates = geojson["coordinates"]
    for rings in coordinates if geojson["type"] == "MultiPolygon" else [coordinates]:
        yield from rings or []


def _is_closed(ring: list[list[float]]) -> bool:
    """Whether a ring is what RFC 7946 wants; shapely closes open rings and reads words as numbers by itself."""
    return not ring or (ring[0] == ring[-1] and all(is_number(value) for position in ring for value in position))


Ring = tuple[tuple[float, float], ...]
"""A closed line of (longitude, latitude)."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Polygons as values, in degrees: rings of each, its border first, then its holes. Edges are straight in degrees.

    Inside is where a ray crosses an odd number of edges: true of holes and of several polygons alike.
    """

    polygons: tuple[tuple[Ring, ...], ...]

    @classmethod
    def of(cls, geojson: Any, *, at_most: int) -> "Outline":
        """What a GeoJSON value draws, to a billionth of a degree, with so many corners at most.

        Raises NotAPolygon, also where it is thinner than that, and TooManyCorners.
        """
        check_corners(geojson, at_most)
        shape = transform(polygon_of(geojson), lambda positions: positions.round(9))
        if not shape.is_valid:
            raise NotAPolygon("the outline is too thin")
        return cls._of(shape)

    @classmethod
    def _of(cls, shape: BaseGeometry) -> "Outline":
        parts = getattr(shape, "geoms", [shape])
        rings = ((part.exterior, *part.interiors) for part in map(orient, parts))
        return cls(tuple(tuple(tuple((x, y) for x, y, *_ in ring.coords) for ring in part) for part in rings))

    @property
    def geojson(self) -> dict[str, Any]:
        """The outline as a GeoJSON MultiPolygon, wound as RFC 7946 says."""
        return {"type": "MultiPolygon", "coordinates": self.polygons}

    @property
    def shape(self) -> BaseGeometry:
        """The outline as shapely sees it."""
        return MultiPolygon([(border, holes) for border, *holes in self.polygons])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Its bounding box (south, north, west, east)."""
        west, south, east, north = self.shape.bounds
        return south, north, west, east

    @property
    def middle(self) -> Point:
        """The middle of its bounding box."""
        south, north, west, east = self.box
        return Point((south + north) / 2, (west + east) / 2)

    @property
    def edges(self) -> Iterator[tuple[float, float, float, float]]:
        """The edges that aren't level, from their southern end to the northern: latitude, longitude of each."""
        for ring in chain.from_iterable(self.polygons):
            for (x, y), (next_x, next_y) in pairwise(ring):
                if y != next_y:
                    yield (y, x, next_y, next_x) if y < next_y else (next_y, next_x, y, x)

    def with_border(self) -> "Outline":
        """The outline a little wider, so that rounding can't put its border outside: by BORDER_DEGREES."""
        wider = self.shape.buffer(BORDER_DEGREES, join_style="mitre", mitre_limit=2)
        return self._of(wider.intersection(EARTH))
