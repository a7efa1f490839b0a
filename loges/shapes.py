"""Territories, circles or outlines: what they hold and what two of them share. Pure functions, metres and degrees."""

import math
from dataclasses import dataclass
from typing import Any

from shapely.affinity import affine_transform
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from loges.geography import BORDER_TOLERANCE_M, EARTH_RADIUS_M, Point, distance_m
from loges.outlines import polygon_of

CIRCLE_CORNERS = 128
"""How many corners a circle has where areas are compared."""


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
