"""Maps without tiles: a territory, its neighbours and a scale, drawn as SVG from our own numbers. North is up."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from loges import queries
from loges.geography import distance_m
from loges.models import Loge
from loges.shapes import Shape

WIDTH, HEIGHT = 600, 400
"""The map's own units."""

ROOM = 1.5
"""How much wider than what it shows a map is."""

IN_SIGHT_M = 60_000
"""How far from a territory its neighbours are told, in metres."""


@dataclass(frozen=True, slots=True)
class Place:
    """A territory with its name."""

    name: str
    shape: Shape

    @property
    def told(self) -> dict[str, Any]:
        """What the script of the form needs to draw it."""
        center = [self.shape.center.longitude, self.shape.center.latitude]
        return {
            "name": self.name,
            "center": center,
            "radius": self.shape.radius_meters,
            "outline": self.shape.polygon or None,
        }


def places(person: Any, *, but: Loge | None = None) -> list[Place]:
    """The territories of the loges that a person may see, one of them aside. One statement."""
    return [
        Place(loge.name, loge.territory.shape)
        for loge in queries.loges(person)
        if loge != but and hasattr(loge, "territory")
    ]


def near(home: Shape, others: Iterable[Place]) -> list[Place]:
    """Those of the territories that are in sight of one."""
    return [one for one in others if distance_m(home.center, one.shape.center) < IN_SIGHT_M + home.radius_meters]


def drawn(home: Place, others: Iterable[Place] = ()) -> SafeString:
    """A picture of a territory: its outline, its circle, the neighbours with their names, a scale in metres."""
    circle = Shape(home.shape.center, home.shape.radius_meters)
    shapes = [home.shape.on_plane(circle.center), circle.on_plane(circle.center)]
    bounds = [shape.bounds for shape in shapes]
    west, south = (min(one[side] for one in bounds) for side in (0, 1))
    east, north = (max(one[side] for one in bounds) for side in (2, 3))
    scale = min(WIDTH / (east - west), HEIGHT / (north - south)) / ROOM
    middle = ((west + east) / 2, (south + north) / 2)

    def path(shape: BaseGeometry) -> str:
        parts = (part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon))
        rings = (ring for part in parts for ring in (part.exterior, *part.interiors))
        return "".join(f"M{'L'.join(' '.join(at(*corner)) for corner in ring.coords)}Z" for ring in rings)

    def at(x: float, y: float, *rest: float) -> tuple[str, str]:
        return f"{WIDTH / 2 + (x - middle[0]) * scale:.1f}", f"{HEIGHT / 2 - (y - middle[1]) * scale:.1f}"

    around = []
    x, y, across, up = *middle, WIDTH / 2 / scale, HEIGHT / 2 / scale
    sight = box(x - across, y - up, x + across, y + up)
    for one in near(home.shape, others):
        shape = one.shape.on_plane(circle.center).intersection(sight)
        if shape.is_empty:
            continue
        left, top = at(*shape.centroid.coords[0])
        around.append({"name": one.name, "path": path(shape), "x": left, "y": top})
    bar_m = round_length(WIDTH / 4 / scale)
    context = {
        "name": home.name,
        "outline": path(shapes[0]) if home.shape.polygon else "",
        "circle": path(shapes[1]),
        "around": around,
        "bar": f"{bar_m * scale:.1f}",
        "bar_told": f"{bar_m} m" if bar_m < 1_000 else f"{bar_m // 1_000} km",
        "width": WIDTH,
        "height": HEIGHT,
    }
    return render_to_string("cms/widgets/map.svg", context)


def round_length(most_m: float) -> int:
    """The longest length of 1, 2 or 5 times a power of ten that isn't longer, in metres; 1 at least."""
    power = 10 ** floor(log10(max(most_m, 1)))
    return int(next(power * step for step in (5, 2, 1) if power * step <= max(most_m, 1)))
