"""Where somebody lives is on no page, in no calendar, in nothing that engines read, and found by no search."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms import queries
from cms.models import EventPage
from tests.cms.conftest import Place
from tests.factories import PersonFactory
from tests.factories.pages import EventPageFactory

pytestmark = pytest.mark.django_db
ADDRESS = "17 ruelle Introuvable"

DOORS: dict[str, Callable[[Client], str]] = {
    "page": lambda client: client.get("/loges/aligre/cafe/").text,
    "calendar of the event": lambda client: client.get("/calendars/aligre/cafe.ics").text,
    "calendar of the loge": lambda client: client.get("/calendars/aligre.ics").text,
    "GraphQL for engines": lambda client: (
        client.get("/graphql/", {"query": '{ event(loge: "aligre", slug: "cafe") { page { seo { jsonLd } } } }'}).text
    ),
}
"""What everybody reads at one address, and where the address of a café stands."""
OTHERS = ("/", "/loges/", "/loges/aligre/", "/feeds/aligre.xml", "/sitemap.xml")


@pytest.fixture
def published(here: Place) -> Callable[[str], EventPage]:
    """Publishes an event in that kind of place."""

    def publish(kind: str) -> EventPage:
        page = EventPageFactory(parent=here.page, slug="cafe", venue_kind=kind, address=ADDRESS)
        page.save_revision().publish()
        return EventPage.objects.get(pk=page.pk)

    return publish


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize("kind", ["CAFE", "HOME"])
def test_address_of_a_home_is_told_nowhere_that_of_a_cafe_is(
    published: Callable[[str], EventPage], here: Place, door: Callable[[Client], str], kind: str
) -> None:
    published(kind)
    resident = Client()
    resident.force_login(PersonFactory(), backend="django.contrib.auth.backends.ModelBackend")

    for reader in (Client(), resident, here.client):
        assert (ADDRESS in door(reader)) is (kind == "CAFE")


@pytest.mark.parametrize("path", OTHERS)
def test_other_pages_tell_no_address_of_a_home(published: Callable[[str], EventPage], path: str) -> None:
    published("HOME")

    assert ADDRESS not in Client().get(path).text


def test_address_of_a_home_is_found_by_no_search(published: Callable[[str], EventPage]) -> None:
    page = published("HOME")

    assert queries.pages_about("Introuvable", None) == []
    assert page.pk in queries.pages_about(page.title, None)


def test_preview_shows_no_address_of_a_home(published: Callable[[str], EventPage]) -> None:
    page = published("HOME")
    page.venue_kind = "CAFE"

    assert page.public_address == ADDRESS
    page.venue_kind = "HOME"
    assert page.public_address == ""
