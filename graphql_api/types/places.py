"""Points and territories."""

from typing import cast

import strawberry
import strawberry_django
from strawberry import Parent, auto
from strawberry.scalars import JSON

from graphql_api.errors import BadInput
from graphql_api.guard import Guarded
from loges import models
from loges.geography import NotOnEarth, Point
from loges.shapes import Shape


@strawberry.input
class GeoPointInput:
    """A point on earth (WGS 84)."""

    latitude: float
    """Degrees north, -90 to 90."""
    longitude: float
    """Degrees east, -180 to 180."""

    def point(self, path: list[str]) -> Point:
        """The point as the domain's value; `path` names the argument in an error."""
        try:
            return Point(self.latitude, self.longitude)
        except NotOnEarth as error:
            raise BadInput(
                "Ce point n'est pas sur terre : latitude de -90 à 90, longitude de -180 à 180.", path
            ) from error


@strawberry.type
class GeoPoint:
    """A point on earth (WGS 84), in degrees."""

    latitude: float
    """Degrees north."""
    longitude: float
    """Degrees east."""


@strawberry_django.type(models.Territory)
class Territory(Guarded):
    """Where a loge is at home."""

    radius_meters: auto
    """Radius of the circle around the centre, in metres."""

    @strawberry.field
    def center(self, root: Parent[models.Territory]) -> GeoPoint:
        """The middle of the neighbourhood."""
        return GeoPoint(latitude=root.latitude, longitude=root.longitude)

    @strawberry.field
    def geojson(self, root: Parent[models.Territory]) -> JSON | None:
        """The outline as a GeoJSON Polygon or MultiPolygon, where one is drawn; it wins over the circle."""
        return cast("JSON | None", root.polygon)

    @strawberry.field
    def postcodes(self, root: Parent[models.Territory]) -> list[str]:
        """The postcodes it touches."""
        return [str(code) for code in root.postcodes]

    @strawberry.field
    def insee_codes(self, root: Parent[models.Territory]) -> list[str]:
        """The INSEE codes of its municipalities or arrondissements."""
        return [str(code) for code in root.insee_codes]


@strawberry.type
class Area:
    """Where an expert comes to: the outline drawn for them, else the territory of their loge."""

    is_own: bool
    """Whether it was drawn for this expert; searches `near` then find them inside it alone."""
    center: GeoPoint
    """Its middle."""
    radius_meters: int
    """Radius of the circle around the middle, in metres; it holds an outline of the expert's own wholly."""
    geojson: JSON | None
    """The outline as a GeoJSON Polygon or MultiPolygon, where one is drawn; it wins over the circle."""


def area(shape: Shape, *, is_own: bool) -> Area:
    """An area in the schema's shape."""
    return Area(
        is_own=is_own,
        center=GeoPoint(latitude=shape.center.latitude, longitude=shape.center.longitude),
        radius_meters=shape.radius_meters,
        geojson=shape.polygon or None,
    )
