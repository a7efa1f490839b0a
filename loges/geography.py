"""Points, distances and territories on the earth: pure functions, metres and degrees (WGS 84).

One formula for every engine: the great circle on a sphere of EARTH_RADIUS_M. A border counts as inside.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from shapely import errors, transform
from shapely.affinity import affine_transform
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import shape as shapely_shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

EARTH = box(-180, -90, 180, 90)
"""Everything that has a position, in degrees."""

EARTH_RADIUS_M = 6_371_008.771_4
"""Mean earth radius in metres (IUGG), the one that search engines use, too."""

BORDER_TOLERANCE_M = 0.01
"""What rounding may add to a distance: a point within a centimetre of a border is on it."""

CIRCLE_CORNERS = 128
"""How many corners a circle has where areas are compared."""

BORDER_DEGREES = 0.000_001_234_5
"""How far beyond an outline still counts as on its border: 14 cm at most.

Wide enough for engines that store 32 bits, and no round number: those are positions, and corners.
"""

DISTANCE_BANDS_M = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Upper bounds of the bands in which distances are told; beyond the last, multiples of it.

Exact distances from points of one's choice would give a home away by trilateration.
"""


class NotOnEarth(ValueError):
    """A latitude beyond ±90 degrees, a longitude beyond ±180, or something that is no number."""


class NotAPolygon(ValueError):
    """A GeoJSON value that isn't one valid, closed Polygon or MultiPolygon on earth; `told` says so in French."""

    told = "Ce n'est pas un contour\u00a0: un Polygon ou MultiPolygon fermé, qui ne se croise pas."


class TooManyCorners(ValueError):
    """An outline with more corners than allowed; `told` says so in French."""

    def __init__(self, at_most: int) -> None:
        super().__init__(at_most)
        self.told = f"Ce contour est trop détaillé\u00a0: {at_most} coins au plus."


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, in decimal degrees. Raises NotOnEarth."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        is_numbers = all(_is_number(value) for value in (self.latitude, self.longitude))
        # NaN and infinities fail both comparisons.
        if not is_numbers or not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise NotOnEarth(f"latitude {self.latitude!r}, longitude {self.longitude!r}")

    @property
    def vector(self) -> tuple[float, float, float]:
        """The point on the unit sphere: distances between vectors need no trigonometry in SQL."""
        latitude, longitude = math.radians(self.latitude), math.radians(self.longitude)
        flat = math.cos(latitude)
        return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)


def distance_m(a: Point, b: Point) -> float:
    """The great-circle distance between two points, in metres."""
    chord = math.dist(a.vector, b.vector)
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, chord / 2))


def squared_chord(meters: float) -> float:
    """The squared straight-line distance on the unit sphere that is `meters` along its surface."""
    return (2 * math.sin(min(meters / EARTH_RADIUS_M, math.pi) / 2)) ** 2


def distance_band_m(meters: float) -> int:
    """The band that a distance falls in, told by its upper bound in metres."""
    for bound in DISTANCE_BANDS_M:
        if meters <= bound:
            return bound
    last = DISTANCE_BANDS_M[-1]
    return math.ceil(meters / last) * last


def snap(point: Point, grid_m: int = 200) -> Point:
    """The centre of the `grid_m` cell that holds `point`: what may be told of where somebody lives."""
    step = math.degrees(grid_m / EARTH_RADIUS_M)
    latitude = (math.floor(point.latitude / step) + 0.5) * step
    along = step / max(math.cos(math.radians(latitude)), 0.01)
    longitude = (math.floor(point.longitude / along) + 0.5) * along
    return Point(min(max(round(latitude, 5), -90), 90), min(max(round(longitude, 5), -180), 180))


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
    return not ring or (ring[0] == ring[-1] and all(_is_number(value) for position in ring for value in position))


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


@dataclass(frozen=True, slots=True)
class Shape:
    """A territory: the circle around `center`, or the GeoJSON polygon where one is drawn."""

    center: Point
    radius_meters: int
    polygon: Any = None

    def contains(self, point: Point) -> bool:
        """Whether the point is inside or on the border."""
        if self.polygon:
            return bool(polygon_of(self.polygon).covers(ShapelyPoint(point.longitude, point.latitude)))
        return distance_m(self.center, point) <= self.radius_meters + BORDER_TOLERANCE_M

    @property
    def is_centred(self) -> bool:
        """Whether the centre is within the radius of the outline's box, if one is drawn."""
        south, north, west, east = self.box
        nearest = Point(min(max(self.center.latitude, south), north), min(max(self.center.longitude, west), east))
        return distance_m(self.center, nearest) <= self.radius_meters + BORDER_TOLERANCE_M

    @property
    def box(self) -> tuple[float, float, float, float]:
        """A bounding box (south, north, west, east), never too small."""
        if self.polygon:
            west, south, east, north = polygon_of(self.polygon).bounds
            return south, north, west, east
        # A thousandth more than the radius, so that rounding can't leave the border outside.
        degrees = math.degrees(1.001 * self.radius_meters / EARTH_RADIUS_M)
        south, north = max(-90.0, self.center.latitude - degrees), min(90.0, self.center.latitude + degrees)
        narrowest = math.cos(math.radians(max(abs(south), abs(north))))
        if narrowest < 0.01:  # beside a pole every longitude is near
            return south, north, -180.0, 180.0
        across = degrees / narrowest
        west, east = self.center.longitude - across, self.center.longitude + across
        if west < -180 or east > 180:  # across the date line
            return south, north, -180.0, 180.0
        return south, north, west, east

    def on_plane(self, origin: Point) -> BaseGeometry:
        """The territory in metres east and north of `origin`, as far as cos(latitude) at `origin` tells.

        A circle becomes a polygon of CIRCLE_CORNERS on it, 0.04 % smaller.
        """
        north_m = math.radians(EARTH_RADIUS_M)
        east_m = north_m * math.cos(math.radians(origin.latitude))
        turned = 360 * round((origin.longitude - self.center.longitude) / 360)  # beyond the date line
        if self.polygon:
            moved = (-(origin.longitude - turned) * east_m, -origin.latitude * north_m)
            return affine_transform(polygon_of(self.polygon), [east_m, 0, 0, north_m, *moved])
        east = (self.center.longitude + turned - origin.longitude) * east_m
        north = (self.center.latitude - origin.latitude) * north_m
        angles = (2 * math.pi * corner / CIRCLE_CORNERS for corner in range(CIRCLE_CORNERS))
        reach = self.radius_meters
        return Polygon((east + reach * math.cos(angle), north + reach * math.sin(angle)) for angle in angles)


def overlap(a: Shape, b: Shape) -> float:
    """How much of the smaller of two territories the other covers, from 0 to 1.

    Measured on a plane that touches the earth halfway between the centres: within a hundredth for two circles of at
    most 50 km up to the 60th parallel, a thousandth for neighbourhoods. Raises NotAPolygon.
    """
    turned = 360 * round((a.center.longitude - b.center.longitude) / 360)
    longitude = (a.center.longitude + b.center.longitude + turned) / 2
    halfway = Point((a.center.latitude + b.center.latitude) / 2, (longitude + 180) % 360 - 180)
    one, other = a.on_plane(halfway), b.on_plane(halfway)
    smaller = min(one.area, other.area)
    return min(1.0, one.intersection(other).area / smaller) if smaller else 0.0
