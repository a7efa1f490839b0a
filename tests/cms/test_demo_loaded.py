"""The demo as it stands when it is loaded: complete, and sound in every row."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.models import Page

from cms import queries
from cms.demo.cast import cast
from cms.demo.load import is_loaded
from cms.models import (
    BadgeText,
    BlogPostPage,
    CharterVersion,
    Document,
    EventPage,
    FaqEntry,
    FlyerTemplate,
    HandbookChapterPage,
    HandbookPartPage,
    LogeNewsPage,
    LogePage,
    Partner,
    Picture,
    SiteTexts,
)
from loges.models import (
    Event,
    EventOccurrence,
    ExpertProfile,
    Loge,
    LogeMembership,
    Offer,
    Person,
    Review,
    Service,
    Verification,
)
from tests.demo import NOW, loaded_demo

SHARED = (FaqEntry, Partner, BadgeText, CharterVersion, FlyerTemplate, SiteTexts, Document)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo")]


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), loaded_demo():
        yield


@pytest.fixture
def _clock(settings: Any) -> None:
    settings.CLOCK_STANDS_AT = NOW


def test_counts_are_as_promised() -> None:
    found = {
        "loges": Counter(Loge.objects.values_list("state", flat=True)),
        "experts": ExpertProfile.objects.count(),
        "services": Service.objects.count(),
        "events": EventPage.objects.count(),
        "published events": EventPage.objects.live().count(),
        "parts": HandbookPartPage.objects.live().count(),
        "chapters": HandbookChapterPage.objects.live().count(),
        "posts": BlogPostPage.objects.live().count(),
        "news": LogeNewsPage.objects.live().count(),
        "reviews": Review.objects.count(),
        "questions": FaqEntry.objects.count(),
        "partners": Partner.objects.count(),
        "flyers": FlyerTemplate.objects.count(),
        "documents": Document.objects.count(),
    }

    assert found == {
        "loges": {"ACTIVE": 3, "PENDING_OPENING": 1, "PREPARING": 1, "PAUSED": 1, "CLOSED": 1},
        "experts": 33,
        "services": 48,
        "events": 11,
        "published events": 9,
        "parts": 6,
        "chapters": 15,
        "posts": 6,
        "news": 8,
        "reviews": 44,
        "questions": 6,
        "partners": 3,
        "flyers": 2,
        "documents": 1,
    }


def test_pages_are_live_where_their_loge_is_open() -> None:
    live = dict(LogePage.objects.values_list("loge__state", "live").distinct())

    assert live == {
        "ACTIVE": True,
        "PAUSED": True,
        "CLOSED": False,
        "PENDING_OPENING": False,
        "PREPARING": False,
    }
    assert Event.objects.filter(is_published=True).count() == 9


def test_blocks_would_be_accepted_from_an_editor() -> None:
    for page in Page.objects.filter(depth__gt=1).specific():
        body = page.get_latest_revision_as_object().body

        assert len(body.stream_block.clean(body)) == len(body)


def test_menu_leads_to_the_loges_the_blog_and_three_pages() -> None:
    items = queries.menu(None)

    assert [(item.page.title, item.children) for item in items] == [
        ("Les loges", []),
        ("Le blog", []),
        ("Devenir coordinateur de loge", []),
        ("Comment ça marche", []),
        ("Où va l'argent", []),
    ]


def test_every_badge_has_words_of_the_team() -> None:
    assert set(queries.badge_texts()) == set(Verification.Kind.values)


def test_charter_is_in_force_since_before_anybody_signed_it() -> None:
    signed = Verification.objects.filter(kind="CHARTER").earliest("checked_on").checked_on

    charter = queries.charter(signed)

    assert charter is not None
    assert charter == queries.charter(NOW.date())
    assert "Nous prenons soin des personnes" in charter.text


def test_site_has_its_settings() -> None:
    texts = queries.site_texts()

    assert texts.pk is not None
    assert SiteTexts.objects.count() == 1
    assert texts.contact_email == "bonjour@openloge.example"
    assert 'linktype="page"' in texts.commission_text


def test_moved_and_cancelled_dates_are_there() -> None:
    assert EventOccurrence.objects.filter(is_moved=True).exists()
    assert EventOccurrence.objects.filter(state="CANCELLED").exclude(note="").exists()


def test_tree_is_sound() -> None:
    problems = Page.find_problems()

    assert problems == ([], [], [], [], [])


def test_all_rows_are_sound() -> None:
    for model in (Loge, ExpertProfile, Offer, Review, Event, EventOccurrence, LogeMembership, *SHARED):
        for row in model.objects.all():
            row.full_clean()


def test_pages_can_be_saved_again_as_they_are() -> None:
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()


def test_without_pictures_there_is_none() -> None:
    assert not Picture.objects.exists()


def test_cast_is_the_team_and_one_coordinator_for_each_loge() -> None:
    people = cast()

    assert len(people) == 2 + 7
    assert [person.role for person in people[:2]] == [
        "équipe OpenLoge, tous les droits",
        "équipe OpenLoge, rédaction",
    ]
    assert all(person.email.endswith(".openloge.example") for person in people)


def test_nobody_has_a_password() -> None:
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_demo_knows_that_it_is_loaded() -> None:
    assert is_loaded()


def test_only_the_administrator_has_all_rights() -> None:
    assert Person.objects.filter(is_superuser=True).values_list("email", flat=True).get() == cast()[0].email
