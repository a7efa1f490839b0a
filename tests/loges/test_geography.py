"""Distances and territories: known values, and what must hold anywhere on earth."""

import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from loges.geography import (
    BORDER_TOLERANCE_M,
    EARTH_RADIUS_M,
    NotOnEarth,
    Point,
    distance_band_m,
    distance_m,
    snap,
    squared_chord,
)
from loges.outlines import BORDER_DEGREES, NotAPolygon, Outline, TooManyCorners, polygon_of
from loges.shapes import Shape, overlap

DEMO = Path(__file__).resolve().parents[2] / "cms" / "demo" / "content" / "loges.yaml"
HALF_WAY_ROUND_M = math.pi * EARTH_RADIUS_M
PARIS, LYON = Point(48.8566, 2.3522), Point(45.7640, 4.8357)

latitudes = st.floats(-90, 90) | st.sampled_from([-90.0, -89.999, 0.0, 89.999, 90.0])
longitudes = st.floats(-180, 180) | st.sampled_from([-180.0, -179.999, 0.0, 179.999, 180.0])
points = st.builds(Point, latitudes, longitudes)
radii = st.integers(50, 50_000)


def square(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def nested(depth: int) -> Any:
    found: Any = [0, 0]
    for _ in range(depth):
        found = [found]
    return found


def away(start: Point, meters: float, bearing: float) -> Point:
    """The point that lies `meters` from `start` along a bearing in radians; exact beside the poles, too."""
    angle = meters / EARTH_RADIUS_M
    latitude, longitude = math.radians(start.latitude), math.radians(start.longitude)
    north = (
        -math.sin(latitude) * math.cos(longitude),
        -math.sin(latitude) * math.sin(longitude),
        math.cos(latitude),
    )
    east = (-math.sin(longitude), math.cos(longitude), 0.0)
    x, y, z = (
        here * math.cos(angle) + math.sin(angle) * (up * math.cos(bearing) + right * math.sin(bearing))
        for here, up, right in zip(start.vector, north, east, strict=True)
    )
    return Point(math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)))


def haversine_m(a: Point, b: Point) -> float:
    """The same distance by the text-book formula: another way to the same number."""
    one, two = math.radians(a.latitude), math.radians(b.latitude)
    half = (
        math.sin((two - one) / 2) ** 2
        + math.cos(one) * math.cos(two) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


@pytest.mark.parametrize(
    ("a", "b", "expected", "within"),
    [
        (PARIS, LYON, 392_000, 1_000),
        (PARIS, Point(48.8530, 2.3499), 434, 5),
        (Point(0, 0), Point(0, 1), HALF_WAY_ROUND_M / 180, 0.01),
        (Point(0, 0), Point(1, 0), HALF_WAY_ROUND_M / 180, 0.01),
        (Point(60, 10), Point(60, 11), HALF_WAY_ROUND_M / 360, 5),
        (Point(0, 179.5), Point(0, -179.5), HALF_WAY_ROUND_M / 180, 0.01),
        (Point(90, 0), Point(90, 120), 0, 0.001),
        (Point(0, 0), Point(0, 180), HALF_WAY_ROUND_M, 0.001),
        (Point(90, 0), Point(-90, 0), HALF_WAY_ROUND_M, 0.001),
        (Point(48.5, 2.5), Point(-48.5, -177.5), HALF_WAY_ROUND_M, 1),
    ],
    ids=["Paris-Lyon", "Paris", "equator", "meridian", "north", "date line", "pole", "around", "poles", "antipodes"],
)
def test_distance_of_a_known_pair(a: Point, b: Point, expected: float, within: float) -> None:
    assert distance_m(a, b) == pytest.approx(expected, abs=within)


@given(points)
def test_distance_to_oneself_is_nothing(point: Point) -> None:
    assert distance_m(point, point) == 0


@given(points, points)
def test_distance_is_the_same_both_ways_and_never_beyond_half_way_round(a: Point, b: Point) -> None:
    there = distance_m(a, b)

    assert there == distance_m(b, a)
    assert 0 <= there <= HALF_WAY_ROUND_M * (1 + 1e-12)


@given(points, st.floats(0, 1_000_000), st.floats(0, 2 * math.pi))
def test_distance_agrees_with_a_walk_of_known_length(start: Point, meters: float, bearing: float) -> None:
    end = away(start, meters, bearing)

    assert distance_m(start, end) == pytest.approx(meters, abs=0.01)
    assert distance_m(start, end) == pytest.approx(haversine_m(start, end), abs=0.01)


@given(points, points)
def test_vectors_are_on_the_unit_sphere_and_their_chord_tells_the_distance(a: Point, b: Point) -> None:
    between = math.dist(a.vector, b.vector) ** 2

    assert math.hypot(*a.vector) == pytest.approx(1)
    assert squared_chord(distance_m(a, b)) == pytest.approx(between, abs=1e-12)


@given(st.floats(0, HALF_WAY_ROUND_M), st.floats(0, HALF_WAY_ROUND_M))
def test_squared_chord_grows_with_the_distance(one: float, other: float) -> None:
    nearer, farther = sorted((one, other))

    assert squared_chord(nearer) <= squared_chord(farther)


def test_squared_chord_beyond_half_way_round_is_the_whole_diameter() -> None:
    assert squared_chord(0) == 0
    assert squared_chord(HALF_WAY_ROUND_M * 3) == pytest.approx(4)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (123, 0),
        (-90.0001, 0),
        (0, 180.0001),
        (0, -181),
        (math.nan, 0),
        (0, math.nan),
        (math.inf, 0),
        (0, -math.inf),
        (10**400, 0),
        ("48.85", 2.35),
        (48.85, None),
        (True, 2.35),
    ],
)
def test_point_refuses_what_is_not_on_earth(latitude: Any, longitude: Any) -> None:
    with pytest.raises(NotOnEarth):
        Point(latitude, longitude)


@given(points, radii, st.floats(0, 1.2), st.floats(0, 2 * math.pi))
@example(Point(90, 0), 50_000, 1.0, 0.0)
@example(Point(-89.9, 10), 50_000, 1.0, math.pi)
@example(Point(0, 180), 50, 1.0, math.pi / 2)
@example(Point(45, -180), 900, 0.0, 0.0)
@example(Point(89.4, 0), 50_000, 1.0, math.pi / 2)
def test_box_never_leaves_out_a_point_of_the_circle(center: Point, radius: int, part: float, bearing: float) -> None:
    shape = Shape(center, radius)
    point = away(center, radius * part, bearing)

    south, north, west, east = shape.box

    inside_the_box = south <= point.latitude <= north and west <= point.longitude <= east
    assert inside_the_box or not shape.contains(point)


@pytest.mark.parametrize("latitude", [-88.5, -80, 60, 85, 88.5])
def test_box_holds_the_widest_points_of_a_circle_far_north(latitude: float) -> None:
    """The widest points lie nearer to the pole than the centre, where degrees are narrower."""
    shape = Shape(Point(latitude, 0), 50_000)
    _, _, west, east = shape.box

    border = [away(shape.center, 50_000, math.radians(bearing)).longitude for bearing in range(360)]

    assert west <= min(border)
    assert max(border) <= east
    assert east - west < 360, "it is no pole yet"


def test_box_is_no_larger_than_needed_in_town() -> None:
    south, north, west, east = Shape(PARIS, 1_000).box

    assert distance_m(Point(south, PARIS.longitude), Point(north, PARIS.longitude)) == pytest.approx(2_000, rel=0.01)
    assert distance_m(Point(PARIS.latitude, west), Point(PARIS.latitude, east)) == pytest.approx(2_000, rel=0.01)


def test_box_across_the_date_line_holds_every_longitude() -> None:
    assert Shape(Point(-17, 179.999), 5_000).box[2:] == (-180, 180)


@given(st.floats(-80, 80), st.floats(-170, 170), radii, st.floats(0, 2 * math.pi))
def test_circle_holds_its_border_and_nothing_beyond(
    latitude: float, longitude: float, radius: int, bearing: float
) -> None:
    shape = Shape(Point(latitude, longitude), radius)

    on_it = away(shape.center, radius, bearing)
    beyond = away(shape.center, radius + 2 * BORDER_TOLERANCE_M, bearing)

    assert shape.contains(on_it)
    assert not shape.contains(beyond)


def test_polygon_holds_its_border_and_corners_but_not_its_hole() -> None:
    shape = Shape(PARIS, 500, polygon(square(0, 0, 4, 4), square(1, 1, 3, 3)))

    assert shape.contains(Point(0, 2))
    assert shape.contains(Point(4, 4))
    assert shape.contains(Point(1, 2)), "the border of the hole belongs to the territory"
    assert shape.contains(Point(0.5, 0.5))
    assert not shape.contains(Point(2, 2))
    assert not shape.contains(Point(4.000_001, 2))


def test_polygon_wins_over_the_circle() -> None:
    shape = Shape(PARIS, 1_000, polygon(square(2.36, 48.85, 2.37, 48.86)))

    assert not shape.contains(PARIS)
    assert shape.contains(Point(48.855, 2.365))
    assert shape.box == (48.85, 48.86, 2.36, 2.37)


@pytest.mark.parametrize(
    ("center", "radius", "expected"),
    [
        (Point(0.5, 0.5), 50, True),
        (Point(0.5, 1.001), 200, True),
        (Point(0.5, 1.001), 100, False),
        (Point(-0.001, 0.5), 100, False),
        (Point(45, 90), 50_000, False),
    ],
)
def test_centre_is_within_the_radius_of_the_outline(center: Point, radius: int, expected: bool) -> None:
    assert Shape(center, radius, polygon(square(0, 0, 1, 1))).is_centred is expected
    assert Shape(center, radius).is_centred, "a circle has its own"


def test_multipolygon_holds_each_of_its_parts() -> None:
    parts = {"type": "MultiPolygon", "coordinates": [[square(0, 0, 1, 1)], [square(2, 2, 3, 3)]]}
    shape = Shape(PARIS, 500, parts)

    assert shape.contains(Point(0.5, 0.5))
    assert shape.contains(Point(2.5, 2.5))
    assert not shape.contains(Point(1.5, 1.5))
    assert shape.box == (0, 3, 0, 3)


@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")  # numpy's word on NaN
@pytest.mark.parametrize(
    "geojson",
    [
        pytest.param(None, id="nothing"),
        pytest.param([], id="a list"),
        pytest.param("POLYGON ((0 0, 1 0, 1 1, 0 0))", id="WKT"),
        pytest.param({}, id="an empty object"),
        pytest.param({"type": "Point", "coordinates": [1, 2]}, id="a point"),
        pytest.param({"type": "Feature", "geometry": polygon(square(0, 0, 1, 1))}, id="a feature"),
        pytest.param({"type": ["Polygon"], "coordinates": []}, id="a type that is a list"),
        pytest.param({"type": "Polygon"}, id="no coordinates"),
        pytest.param({"type": "Polygon", "coordinates": None}, id="null coordinates"),
        pytest.param({"type": "Polygon", "coordinates": 5}, id="a number of coordinates"),
        pytest.param({"type": "Polygon", "coordinates": "abc"}, id="words"),
        pytest.param({"type": "Polygon", "coordinates": {"a": 1}}, id="an object of coordinates"),
        pytest.param(polygon(), id="no ring"),
        pytest.param(polygon([]), id="an empty ring"),
        pytest.param(polygon([[0, 0], [1, 1]]), id="two positions"),
        pytest.param(polygon(square(0, 0, 1, 1)[:-1]), id="a ring that isn't closed"),
        pytest.param(polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]), id="an hourglass"),
        pytest.param(polygon([[0, 0], [1, 0], [2, 0], [0, 0]]), id="a line"),
        pytest.param(polygon([[0, 0]] * 4), id="a spot"),
        pytest.param(polygon([[0], [1], [2], [0]]), id="positions without latitude"),
        pytest.param(polygon([[None, None], [1, 1], [1, 0], [None, None]]), id="null positions"),
        pytest.param(polygon([["0", "0"], ["1", "0"], ["1", "1"], ["0", "0"]]), id="numbers in quotes"),
        pytest.param(polygon([["a", "b"], [1, 1], [1, 0], ["a", "b"]]), id="letters"),
        pytest.param(polygon([[0, 0], [1, math.nan], [1, 1], [0, 0]]), id="NaN"),
        pytest.param(polygon([[0, 0], [math.inf, 1], [1, 1], [0, 0]]), id="infinity"),
        pytest.param(polygon([[10**400, 0], [1, 0], [1, 1], [10**400, 0]]), id="too large for a float"),
        pytest.param(polygon(nested(900)), id="lists in lists"),
        pytest.param(polygon(square(0, 0, 200, 1)), id="beyond the date line"),
        pytest.param(polygon(square(48, 91, 49, 92)), id="beyond the pole"),
        pytest.param(polygon(square(0, 0, 1, 1), square(5, 5, 6, 6)), id="a hole outside"),
        pytest.param({"type": "MultiPolygon", "coordinates": []}, id="no part"),
        pytest.param({"type": "MultiPolygon", "coordinates": [square(0, 0, 1, 1)]}, id="a part too flat"),
        pytest.param(
            {"type": "MultiPolygon", "coordinates": [[square(0, 0, 2, 2)], [square(1, 1, 3, 3)]]}, id="parts overlap"
        ),
    ],
)
def test_polygon_refuses_bad_geojson(geojson: Any) -> None:
    with pytest.raises(NotAPolygon):
        polygon_of(geojson)


@given(points)
def test_snap_tells_no_more_than_a_cell_of_200_meters(point: Point) -> None:
    told = snap(point)

    assert distance_m(point, told) <= 100 * math.sqrt(2) + 2, "half the diagonal, and the rounding of the answer"
    assert snap(told) == told, "who asks again learns nothing new"


def test_snap_gives_neighbours_of_one_cell_the_same_place() -> None:
    told = {
        snap(Point(48.8566 + north * 1e-4, 2.3522 + east * 1e-4))
        for north in range(-12, 13)
        for east in range(-12, 13)
    }

    assert len(told) <= 9, "a square of 270 m by 180 m touches at most nine cells"
    assert min(distance_m(a, b) for a in told for b in told if a != b) == pytest.approx(200, abs=2)


@pytest.mark.parametrize(
    ("meters", "expected"),
    [
        (0, 200),
        (200, 200),
        (200.01, 500),
        (999, 1_000),
        (1_001, 2_000),
        (19_999.9, 20_000),
        (100_000, 100_000),
        (100_001, 200_000),
        (391_499, 400_000),
    ],
)
def test_distance_is_told_in_bands(meters: float, expected: int) -> None:
    assert distance_band_m(meters) == expected


@given(st.floats(0, HALF_WAY_ROUND_M))
def test_band_is_never_below_the_distance(meters: float) -> None:
    assert distance_band_m(meters) >= meters


def demo_test_points() -> list[Any]:
    rows = yaml.safe_load(DEMO.read_text(encoding="utf-8"))["loges"]
    return [
        pytest.param(row, test_point, id=f"{row['slug']}: {test_point['name']}")
        for row in rows
        for test_point in row["test_points"]
    ]


@pytest.mark.parametrize(("loge", "test_point"), demo_test_points())
def test_territory_of_the_demo_holds_its_test_point_or_not(loge: dict[str, Any], test_point: dict[str, Any]) -> None:
    center = Point(loge["latitude"], loge["longitude"])
    shape = Shape(center, loge["radius_m"], loge["territory_polygon"])

    assert shape.contains(Point(test_point["latitude"], test_point["longitude"])) is test_point["inside"]
    assert shape.contains(center)


def lens(radius: float, apart: float) -> float:
    """How much of a disc another of the same size covers on a plane."""
    share = apart / (2 * radius)
    return 2 / math.pi * (math.acos(share) - share * math.sqrt(1 - share * share)) if share < 1 else 0.0


@pytest.mark.parametrize(("radius", "tolerance"), [(50, 0.001), (900, 0.001), (5_000, 0.002), (50_000, 0.01)])
@pytest.mark.parametrize("latitude", [-21.1, 0, 43.3, 60.0])
@pytest.mark.parametrize("bearing", [0, 0.7, math.pi / 2])
@pytest.mark.parametrize("apart", [0.0, 0.3, 1.0, 1.7, 1.99, 2.01])
def test_circles_overlap_as_on_a_plane(
    radius: int, tolerance: float, latitude: float, bearing: float, apart: float
) -> None:
    one = Point(latitude, 179.999)
    other = away(one, apart * radius, bearing)

    found = overlap(Shape(one, radius), Shape(other, radius))

    assert found == pytest.approx(lens(radius, apart * radius), abs=tolerance)


def test_overlap_is_of_the_smaller_territory() -> None:
    small = Shape(LYON, 300)
    wide = Shape(LYON, 900, polygon(square(4.8, 45.7, LYON.longitude, 45.8)))

    assert overlap(small, wide) == pytest.approx(0.5, abs=1e-6)
    assert overlap(wide, small) == pytest.approx(0.5, abs=1e-6)
    assert overlap(wide, wide) == pytest.approx(1)
    assert overlap(small, Shape(LYON, 9_000)) == pytest.approx(1)
    assert overlap(small, Shape(PARIS, 900)) == 0


def test_territories_that_touch_share_nothing() -> None:
    west, east = square(4.8, 45.7, 4.9, 45.8), square(4.9, 45.7, 5.0, 45.8)

    assert overlap(Shape(LYON, 900, polygon(west)), Shape(LYON, 900, polygon(east))) == 0


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=3, max_size=9))
def test_border_of_an_outline_lies_inside_its_wider_self(corners: list[tuple[float, float]]) -> None:
    drawn = polygon([list(corner) for corner in (*corners, corners[0])])
    try:
        outline = Outline.of(drawn, at_most=100)
    except NotAPolygon:
        return

    wider = outline.with_border()

    assert wider.shape.covers(outline.shape)
    assert wider.shape.boundary.distance(outline.shape) >= 0.9 * BORDER_DEGREES
    assert sum(len(ring) - 1 for part in wider.polygons for ring in part) <= 2 * len(corners) + 2


def test_corners_are_counted_before_anything_else() -> None:
    line = [[0.0, 0.0]] * 102

    with pytest.raises(TooManyCorners):
        Outline.of(polygon(line), at_most=100)
    with pytest.raises(TooManyCorners):
        Outline.of({"type": "MultiPolygon", "coordinates": [[line[:60]], [line[:60]]]}, at_most=100)
