"""The search fields of the admin take whatever somebody types."""

import pytest
from django.urls import reverse

from tests.cms.conftest import Place
from tests.factories.pages import EventPageFactory, PictureFactory

pytestmark = pytest.mark.django_db

DOORS = (
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "handbook:index",
)
TYPED = ('"', 'vélo "', '"-"', "l'été", "été OR", "%_", "*", "(", "\\")


@pytest.mark.parametrize("door", DOORS)
def test_search_takes_any_sign(here: Place, door: str) -> None:
    PictureFactory(collection=here.loge.collection.collection)

    answers = {typed: here.client.get(reverse(door), {"q": typed}).status_code for typed in TYPED}

    assert answers == dict.fromkeys(TYPED, 200)


@pytest.mark.parametrize("typed", ['"', '"fête"', 'fê"', '"-"'])
def test_search_of_the_explorer_takes_quotation_marks(here: Place, typed: str) -> None:
    EventPageFactory(parent=here.page, title="Fête").save_revision()

    answer = here.client.get(reverse("wagtailadmin_explore", args=[here.page.pk]), {"q": typed})

    assert answer.status_code == 200
    assert ("Fête" in answer.text) == ("f" in typed)
