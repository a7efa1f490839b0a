"""The plain pages that this server renders itself: sound HTML for every type of page, and nothing private."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as project
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from cms import page_restrictions
from cms.block_tree import BODY
from cms.models import (
    BlogIndexPage,
    BlogPostPage,
    EditorialPage,
    EventPage,
    HandbookChapterPage,
    HandbookIndexPage,
    HandbookPartPage,
    HomePage,
    LogeIndexPage,
    LogeNewsPage,
    LogePage,
    PictureRendition,
)
from loges.models import Person
from tests.cms.desk import at_desk, soup
from tests.demo import NOW, loaded_demo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo_media")]

PUBLIC = [HomePage, EditorialPage, LogeIndexPage, LogePage, LogeNewsPage, EventPage, BlogIndexPage, BlogPostPage]
PRIVATE = [HandbookIndexPage, HandbookPartPage, HandbookChapterPage]
COORDINATOR, EDITOR = "maelle@aligre.openloge.example", "simon@equipe.openloge.example"


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), loaded_demo(with_pictures=True):
        yield str(project.MEDIA_ROOT)


@pytest.fixture
def _demo_media(_demo: str, settings: Any) -> None:
    settings.MEDIA_ROOT, settings.CLOCK_STANDS_AT, settings.ROOT_URLCONF = _demo, NOW, "tests.cms.urls"


@pytest.fixture
def _clock() -> None:
    """The demo's clock, not that of the other tests."""


def coordinator() -> Person:
    return Person.objects.filter(groups__name=page_restrictions.COORDINATORS_GROUP).earliest("pk")


def is_login(address: str) -> bool:
    return address.startswith((reverse("wagtailcore_login"), reverse("wagtailadmin_login")))


def check_page(page: Page, document: BeautifulSoup, media: str) -> None:
    assert document.html is not None
    assert document.html["lang"] == "fr"
    assert document.title is not None
    assert document.title.text.removesuffix(" · OpenLoge").strip()
    assert [heading.text for heading in document.find_all("h1")] == [page.title]
    for image in document.find_all("img"):
        assert image.has_attr("alt"), image
        assert Path(media, image["src"].removeprefix("/media/")).is_file(), image
    ids = [tag["id"] for tag in document.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert "{{" not in document.text
    assert "{%" not in document.text


@pytest.mark.parametrize("page_type", PUBLIC)
def test_public_page_is_sound(page_type: type[Page], settings: Any) -> None:
    pages = list(page_type.objects.live())

    answers = [(page, Client().get(page.url)) for page in pages]

    assert pages
    for page, answer in answers:
        assert answer.status_code == 200, page
        check_page(page, soup(answer), settings.MEDIA_ROOT)


@pytest.mark.parametrize("page_type", PRIVATE)
def test_handbook_page_is_sound_for_coordinators(page_type: type[Page], settings: Any) -> None:
    pages = list(page_type.objects.live())
    client = at_desk(coordinator())

    answers = [(page, client.get(page.url)) for page in pages]

    assert pages
    for page, answer in answers:
        assert answer.status_code == 200, page
        check_page(page, soup(answer), settings.MEDIA_ROOT)


def test_chapter_about_blocks_shows_something_of_every_kind() -> None:
    page = HandbookChapterPage.objects.get(slug="les-blocs-par-l-exemple")

    shown = soup(at_desk(coordinator()).get(page.url))

    sections = {kind: shown.select(f"section.block-{kind}") for kind in BODY.child_blocks}
    assert all(sections[kind] for kind in BODY.child_blocks), sections
    assert all(section.text.strip() for found in sections.values() for section in found)
    assert len(sections["gallery"][0].find_all("img")) == 3
    assert len(sections["partners"][0].find_all("li")) == 4
    assert len(sections["faq"][0].find_all("details")) == 4
    assert [button.a["href"] for button in sections["call_to_action"] if button.a] == [
        "/comment-ca-marche/",
        "https://mairie.example/agenda/",
    ]


def test_leaflet_of_the_chapter_is_handed_out() -> None:
    page = HandbookChapterPage.objects.get(slug="les-blocs-par-l-exemple")
    client = at_desk(coordinator())
    shown = soup(client.get(page.url))
    button, link = shown.select_one(".block-download a"), shown.find("a", string="la liste de relecture")

    answer = client.get(str(button["href"]) if button else "")

    assert button is not None
    assert link is not None
    assert button["href"] == link["href"]
    assert b"".join(answer).startswith(b"%PDF-")


def test_foot_of_the_page_calls_and_writes_to_the_team() -> None:
    page = EditorialPage.objects.live().first()
    assert page is not None

    links = [link["href"] for link in soup(Client().get(page.url)).select("footer address a")]

    assert links == ["mailto:bonjour@openloge.example", "tel:0199004835"]


@pytest.mark.parametrize("page_type", PRIVATE)
def test_handbook_sends_strangers_to_log_in(page_type: type[Page]) -> None:
    page = page_type.objects.live().first()
    assert page is not None

    answer = Client().get(page.url, follow=True)

    assert is_login(answer.redirect_chain[0][0])
    assert answer.status_code == 200
    assert soup(answer).html["lang"] == "fr"
    assert "Mot de passe" in answer.text
    assert page.title not in answer.text


def test_handbook_is_closed_to_residents_and_experts() -> None:
    page = HandbookChapterPage.objects.live().first()
    assert page is not None
    members = Person.objects.filter(is_staff=False).exclude(groups__name=page_restrictions.COORDINATORS_GROUP)
    persons = [members.filter(memberships__isnull=True).first(), members.filter(memberships__role="EXPERT").first()]

    answers = [at_desk(person).get(page.url) for person in persons]

    assert None not in persons
    assert all(answer.status_code == 302 and is_login(answer["Location"]) for answer in answers)


def test_handbook_is_open_to_the_team() -> None:
    page = HandbookChapterPage.objects.live().first()
    assert page is not None

    answer = at_desk(Person.objects.get(email=EDITOR)).get(page.url)

    assert answer.status_code == 200


@pytest.mark.parametrize("page_type", [*PUBLIC, *PRIVATE])
def test_preview_works_for_every_type_of_page(page_type: type[Page], settings: Any) -> None:
    page = page_type.objects.first()
    assert page is not None
    draft = page.get_latest_revision_as_object()
    draft.title = "Vu d'avance"

    answer = draft.make_preview_request()

    assert answer.status_code == 200
    assert "Vu d'avance" in BeautifulSoup(answer.content, "html.parser").h1.text
    assert page_type.objects.get(pk=page.pk).title != "Vu d'avance"


def test_pages_are_read_without_making_a_picture() -> None:
    before = set(Path(project.MEDIA_ROOT).rglob("*.*"))

    for page in Page.objects.live().public().specific():
        if page.depth > 1:
            Client().get(page.url)

    assert before
    assert set(Path(project.MEDIA_ROOT).rglob("*.*")) == before
    assert not PictureRendition.objects.exists()


def test_draft_is_not_found() -> None:
    drafts = [page for page in [*LogePage.objects.not_live(), *EventPage.objects.not_live()] if page.url]

    answers = [Client().get(page.url) for page in drafts]

    assert drafts
    assert {answer.status_code for answer in answers} == {404}


def test_lists_name_no_draft() -> None:
    listed = Client().get(LogeIndexPage.objects.get().url).text
    drafts = LogePage.objects.not_live()

    assert drafts.exists()
    assert all(page.title not in listed for page in drafts)


def test_lists_name_no_page_that_is_closed_to_the_reader() -> None:
    post = BlogPostPage.objects.live().first()
    assert post is not None
    PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)
    reader = Person.objects.filter(is_staff=False).first()

    listed = [at_desk(person).get(post.get_parent().url).text for person in (None, reader)]

    assert [post.title in text for text in listed] == [False, True]


def test_live_links_lead_to_the_frontend_where_there_is_one(settings: Any) -> None:
    page = LogePage.objects.live().first()
    assert page is not None
    path = page.url
    settings.FRONTEND_URL = "https://www.exemple.fr"

    shown = soup(at_desk(Person.objects.get(email=EDITOR)).get(reverse("wagtailadmin_pages:edit", args=[page.pk])))

    assert path == f"/loges/{page.slug}/"
    assert page.url == page.full_url == f"https://www.exemple.fr{path}"
    assert shown.find("a", href=f"https://www.exemple.fr{path}") is not None


def test_full_links_lead_to_this_server_where_there_is_no_frontend(settings: Any) -> None:
    settings.BASE_URL = "https://openloge.example"
    page = EventPage.objects.live().first()
    assert page is not None

    links = (page.url, page.full_url)

    assert links[0].startswith("/loges/")
    assert links[1] == f"https://openloge.example{links[0]}"


def test_home_event_hides_its_address() -> None:
    page = EventPage.objects.live().first()
    assert page is not None
    page.venue_kind, page.address = "HOME", "3 rue Secrète"
    page.save()

    at_home = Client().get(page.url).text
    EventPage.objects.filter(pk=page.pk).update(venue_kind="CAFE")
    in_cafe = Client().get(page.url).text

    assert "3 rue Secrète" not in at_home
    assert "3 rue Secrète" in in_cafe


def test_loge_page_shows_its_own_team_and_dates_alone() -> None:
    page = LogePage.objects.live().get(loge__slug="paris-aligre")
    other = LogePage.objects.live().get(loge__slug="lyon-croix-rousse")

    text = soup(Client().get(page.url)).text

    assert all(expert.headline in text for expert in page.loge.experts.filter(state="PUBLISHED")[:5])
    assert all(expert.headline not in text for expert in other.loge.experts.filter(state="PUBLISHED"))
