"""A coordinator's screens are in French to the last word."""

import gettext
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.urls import reverse
from django.utils import timezone

import cms
from cms import french
from loges.models import Person
from tests.cms.conftest import Place
from tests.cms.desk import EVENT, add_event_url, at_desk, edit_url, errors_of, send
from tests.factories.pages import EventPageFactory

pytestmark = pytest.mark.django_db

LOCALE = Path(cms.__file__).parent / "locale" / "fr" / "LC_MESSAGES"
ENGLISH = {"Any", "Body", "Email address", "Link text", "None", "Phone number", "Root", "Subject"}
SCREENS: dict[str, Callable[[Place], str]] = {
    "search": lambda place: reverse("wagtailadmin_pages:search") + "?q=loge",
    "explorer": lambda place: reverse("wagtailadmin_explore", args=[place.page.pk]),
    "loge": lambda place: edit_url(place.page),
    "page": lambda place: reverse("wagtailadmin_choose_page"),
    "external link": lambda place: reverse("wagtailadmin_choose_page_external_link"),
    "email link": lambda place: reverse("wagtailadmin_choose_page_email_link"),
    "anchor link": lambda place: reverse("wagtailadmin_choose_page_anchor_link"),
    "phone link": lambda place: reverse("wagtailadmin_choose_page_phone_link"),
}


def shown(answer: Any) -> Iterator[str]:
    """The texts that an answer shows: a page, or the window that a script puts over one."""
    is_window = answer["Content-Type"].startswith("application/json")
    document = BeautifulSoup(answer.json()["html"] if is_window else answer.content, "html.parser")
    for text in document.find_all(string=True):
        if type(text) is NavigableString and not text.find_parent(hidden=True):
            yield " ".join(text.split())


@pytest.mark.parametrize("screen", SCREENS)
def test_screen_of_a_coordinator_has_no_english_left(here: Place, screen: str) -> None:
    EventPageFactory(parent=here.page, title="La loge en fête").save_revision()

    texts = set(shown(here.client.get(SCREENS[screen](here))))

    assert len(texts) > 3
    assert texts & ENGLISH == set()
    assert not [text for text in texts if "Status" in text or text.endswith(" None")]


@pytest.mark.parametrize("screen", ["wagtailimages:add", "wagtaildocs:add"])
def test_collections_of_the_team_are_named_in_french(here: Place, team_editor: Person, screen: str) -> None:
    texts = list(shown(at_desk(team_editor).get(reverse(screen))))

    assert [text for text in texts if "Réseau" in text]
    assert not [text for text in texts if "Root" in text]


@pytest.mark.parametrize("screen", ["edit", "copy"])
def test_address_of_a_page_is_not_called_a_slug(here: Place, screen: str) -> None:
    page = EventPageFactory(parent=here.page)
    page.save_revision()

    answer = here.client.get(reverse(f"wagtailadmin_pages:{screen}", args=[page.pk]))

    assert not [text for text in shown(answer) if "slug" in text.lower() and "{" not in text]


def test_address_that_is_taken_is_told_in_words(here: Place) -> None:
    for _ in range(2):
        answer = send(here.client, add_event_url(here.page), "publish", **EVENT)

    assert "Une autre page a déjà l'adresse" in " ".join(errors_of(answer)["slug"])


def test_search_says_how_many_it_found(here: Place) -> None:
    EventPageFactory(parent=here.page, title="Fête").save_revision()

    assert "1-1 sur 1" in set(shown(here.client.get(reverse("wagtailadmin_pages:search") + "?q=fête")))


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_words_are_compiled_as_they_are_written(domain: str) -> None:
    with (LOCALE / f"{domain}.po").open("rb") as written, (LOCALE / f"{domain}.mo").open("rb") as compiled:
        messages = [message for message in read_po(written) if message.id]
        read = gettext.GNUTranslations(compiled)

    assert messages
    for message in messages:
        if message.pluralizable:
            given: Any = tuple(read.ngettext(*message.id, number) for number in (1, 1_000_000, 2))
        else:
            given = read.gettext(message.id)
        assert given == message.string, f"pybabel compile -d cms/locale -D {domain} -l fr"


def test_words_of_scripts_are_in_french(client: Any) -> None:
    catalogue = client.get(reverse("wagtailadmin_javascript_catalog")).text

    assert '"%(num)s min"' in catalogue
    assert "mins" not in catalogue


def test_times_are_told_in_french() -> None:
    assert naturaltime(timezone.now() - timedelta(seconds=4)) == "il y a 4\xa0secondes"


def test_adding_is_offered_without_guessing_a_gender(here: Place) -> None:
    screen = here.client.get(add_event_url(here.page)).text

    assert "Ajouter\xa0: jour sans événement" in screen
    assert "Ajouter un(e)" not in screen


def test_fields_named_in_french_are_still_there() -> None:
    named = {name for form in french.FORMS for name in form.base_fields}

    assert set(french.LABELS) <= named
