"""Coverage: which loges are at home at a point, being prepared there, or near."""

import json

from tests.factories import LogeFactory
from tests.graphql_api.site import Ask

COVERAGE = """query($latitude: Float!, $longitude: Float!) {
  coverage(near: { latitude: $latitude, longitude: $longitude }) {
    loge { slug } loges { slug } preparing { slug } neighbours { distanceMeters loge { slug } }
  }
}"""


def test_coverage_tells_those_at_home_those_being_prepared_and_the_nearest(ask: Ask) -> None:
    LogeFactory(active=True, slug="ici")
    LogeFactory(paused=True, slug="en-pause", city="Paris")
    LogeFactory(slug="bientot")
    LogeFactory(pending=True, slug="demandee")
    for number in range(1, 5):
        LogeFactory(active=True, slug=f"voisine-{number}", territory__latitude=45.7745 + number / 50)

    found = ask(COVERAGE, latitude=45.7745, longitude=4.8318)["coverage"]

    assert found["loge"] == {"slug": "ici"}
    assert [loge["slug"] for loge in found["loges"]] == ["ici", "en-pause"]
    assert {loge["slug"] for loge in found["preparing"]} == {"bientot", "demandee"}
    assert [near["loge"]["slug"] for near in found["neighbours"]] == ["voisine-1", "voisine-2", "voisine-3"]
    assert [near["distanceMeters"] for near in found["neighbours"]] == [5_000, 5_000, 10_000]


def test_coverage_never_tells_of_closed_loges_or_of_far_ones_being_prepared(ask: Ask) -> None:
    LogeFactory(closed=True, slug="fermee")
    LogeFactory(closed=True, slug="fermee-a-cote", territory__latitude=45.8)
    LogeFactory(slug="bientot-a-cote", territory__latitude=45.8)

    found = ask(COVERAGE, latitude=45.7745, longitude=4.8318)

    assert json.loads(json.dumps(found["coverage"])) == {
        "loge": None,
        "loges": [],
        "preparing": [],
        "neighbours": [],
    }


def test_coverage_on_the_border_counts_as_inside(ask: Ask) -> None:
    square = [[4.0, 45.0], [5.0, 45.0], [5.0, 46.0], [4.0, 46.0], [4.0, 45.0]]
    LogeFactory(active=True, slug="carre", territory__polygon={"type": "Polygon", "coordinates": [square]})

    inside, outside = (ask(COVERAGE, latitude=latitude, longitude=4.5)["coverage"] for latitude in (46.0, 46.001))

    assert inside["loge"] == {"slug": "carre"}
    assert (outside["loge"], outside["neighbours"][0]["loge"]) == (None, {"slug": "carre"})


def test_coverage_at_the_poles_and_on_the_date_line_answers(ask: Ask) -> None:
    LogeFactory(active=True)

    for latitude, longitude in ((90, 0), (-90, 180), (0, -180), (-0.0, 179.999)):
        found = ask(COVERAGE, latitude=latitude, longitude=longitude)["coverage"]
        assert found["loge"] is None
