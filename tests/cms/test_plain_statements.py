"""The SQL of plain pages doesn't grow with the experts, children, links and pictures that they show."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    CommissionPolicyFactory,
    EventFactory,
    EventOccurrenceFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
)
from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    ExpertPortraitFactory,
    LogeNewsPageFactory,
    PictureFactory,
)
from tests.graphql_api import site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shared() -> None:
    CommissionPolicyFactory()


def picture() -> Any:
    """A picture small enough to be made a hundred times."""
    return PictureFactory(drawn_width=40, drawn_height=30)


def cost(path: str) -> int:
    """How many statements a page takes for a stranger, once what is kept is kept."""
    client = Client()
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as statements:
        client.get(path)
    return len(statements)


def test_loge_page_costs_the_same_for_one_expert_and_for_a_hundred() -> None:
    face = picture()
    for slug, number in (("petite", 1), ("grande", 100)):
        loge = LogeFactory(active=True, slug=slug)
        LogeMembershipFactory(loge=loge, coordinator=True)
        event = EventFactory(loge=loge)
        page = site.loge_page(loge, ("experts", {"limit": 50}), ("events", {"limit": 20}), ("services", {}))
        for _ in range(number):
            ExpertPortraitFactory(expert=ExpertProfileFactory(loge=loge, published=True), picture=face)
        for _ in range(min(number, 20)):
            EventOccurrenceFactory(event=event)
            LogeNewsPageFactory(parent=page, cover=face)

    costs = [cost(f"/loges/{slug}/") for slug in ("petite", "grande")]

    assert costs[0] == costs[1]
    assert Client().get("/loges/grande/").text.count('class="face"') == 50


@pytest.mark.parametrize(
    ("factory", "path", "shown"), [(BlogPostPageFactory, "/blog/", 20), (EditorialPageFactory, "/", 18)]
)
def test_list_costs_the_same_for_twelve_children_and_for_a_hundred_and_twenty(
    factory: Any, path: str, shown: int
) -> None:
    cover = picture()
    for _ in range(12):
        factory(cover=cover)
    few = cost(path)

    for _ in range(108):
        factory(cover=cover)

    assert cost(path) == few
    assert Client().get(path).text.count('class="thumb"') == shown


def test_body_costs_the_same_for_one_link_and_picture_and_for_fifty() -> None:
    pages, pictures = [EditorialPageFactory() for _ in range(50)], [picture() for _ in range(50)]
    costs = []

    for number in (0, 1, 50):
        figures = [("image", {"image": row.pk, "alt": "x", "caption": ""}) for row in pictures[:number]]
        site.home(*map(site.link, pages[:number]), *figures)
        costs.append(cost("/"))

    assert costs[1] == costs[2]
    assert costs[1] <= costs[0] + 4
