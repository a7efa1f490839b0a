"""Points and distances on the earth: pure functions, metres and degrees (WGS 84).

One formula for every engine: the great circle on a sphere of EARTH_RADIUS_M.
"""

import math
from dataclasses import dataclass
from typing import Any

EARTH_RADIUS_M = 6_371_008.771_4
"""Mean earth radius in metres (IUGG), the one that search engines use, too."""

BORDER_TOLERANCE_M = 0.01
"""What rounding may add to a distance: a point within a centimetre of a border is on it."""

DISTANCE_BANDS_M = (200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Upper bounds of the bands in which distances are told; beyond the last, multiples of it.

Exact distances from points of one's choice would give a home away by trilateration.
"""


class NotOnEarth(ValueError):
    """A latitude beyond ±90 degrees, a longitude beyond ±180, or something that is no number."""


def is_number(value: Any) -> bool:
    """Whether a value is a number; `True` is none here."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth, in decimal degrees. Raises NotOnEarth."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        is_numbers = all(is_number(value) for value in (self.latitude, self.longitude))
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
