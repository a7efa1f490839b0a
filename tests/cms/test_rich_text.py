"""Rich text as readers get it: links to public pages, nothing else that refers to the site's insides."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms import content, rich_text
from cms.models import HandbookIndexPage
from tests.factories.pages import (
    EditorialPageFactory,
    EventPageFactory,
    HandbookChapterPageFactory,
    LogePageFactory,
)

pytestmark = pytest.mark.django_db


def link(page: Page | int, words: str = "ici") -> str:
    return f'<a linktype="page" id="{page if isinstance(page, int) else page.pk}">{words}</a>'


def shown(source: str) -> str:
    return rich_text.html(source, content.load([], None, texts=[source]).resolve)


def test_link_to_a_public_page_leads_there() -> None:
    page = LogePageFactory(slug="aligre")

    found = shown(f"<p>Voir {link(page)}.</p>")

    assert found == '<p>Voir <a href="/loges/aligre/">ici</a>.</p>'


def test_link_leads_to_the_frontend_where_there_is_one(settings: Any) -> None:
    page = LogePageFactory(slug="aligre")
    settings.FRONTEND_URL = "https://www.exemple.fr"

    found = shown(link(page))

    assert found == '<a href="https://www.exemple.fr/loges/aligre/">ici</a>'


def test_link_to_a_draft_becomes_words() -> None:
    draft = EventPageFactory()

    found = shown(f"<p>Voir {link(draft)}.</p>")

    assert found == "<p>Voir ici.</p>"


def test_link_to_a_page_taken_off_becomes_words() -> None:
    page = EditorialPageFactory()
    source = link(page)
    before = shown(source)

    page.unpublish()

    assert "href" in before
    assert shown(source) == "ici"


@pytest.mark.parametrize(
    "kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS]
)
def test_link_to_a_restricted_page_becomes_words(kind: str) -> None:
    page = LogePageFactory()
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="secret")

    assert shown(link(page)) == "ici"


def test_link_to_a_page_below_a_restricted_one_becomes_words() -> None:
    page = EventPageFactory(live=True)
    before = shown(link(page))

    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)

    assert "href" in before
    assert shown(link(page)) == "ici"


def test_link_into_the_handbook_becomes_words() -> None:
    chapter = HandbookChapterPageFactory()

    found = shown(link(HandbookIndexPage.objects.get()) + link(chapter, "là"))

    assert found == "icilà"


def test_link_to_a_page_that_is_gone_becomes_words() -> None:
    page = EditorialPageFactory()
    source = link(page)
    page.delete()

    assert shown(source) == "ici"
    assert shown(link(999_999_999)) == "ici"


def test_link_without_a_number_becomes_words() -> None:
    assert shown('<p><a linktype="page">ici</a></p>') == "<p>ici</p>"


def test_documents_and_embeds_are_dropped() -> None:
    source = (
        '<p>Avant <a linktype="document" id="1">le papier</a> après</p>'
        '<embed embedtype="image" id="1" format="left" alt="Une table"/>'
        '<embed embedtype="media" url="https://video.example/1"/><p>Fin</p>'
    )

    assert shown(source) == "<p>Avant le papier après</p><p>Fin</p>"


def test_links_to_elsewhere_stay() -> None:
    source = '<p><a href="https://exemple.fr/?a=1&amp;b=2">là-bas</a> <a href="mailto:b@exemple.fr">écrire</a></p>'

    assert shown(source) == source


def test_markup_inside_links_is_kept() -> None:
    public, draft = LogePageFactory(slug="aligre"), EditorialPageFactory(live=False)

    found = shown(f"<p><b>{link(draft, '<i>un</i> deux')}</b> {link(public, '<b>trois</b>')}</p>")

    assert found == '<p><b><i>un</i></b><b> deux</b> <a href="/loges/aligre/"><b>trois</b></a></p>'


def test_dead_link_beside_a_live_one_keeps_the_live_one() -> None:
    public, draft = LogePageFactory(slug="aligre"), EditorialPageFactory(live=False)

    found = shown(f"{link(draft, 'un')} {link(public, 'deux')} {link(draft, 'trois')}")

    assert found == 'un <a href="/loges/aligre/">deux</a> trois'


def test_attributes_in_any_order_are_understood() -> None:
    page = LogePageFactory(slug="aligre")

    found = shown(f'<a id="{page.pk}" linktype="page">ici</a>')

    assert found == '<a href="/loges/aligre/">ici</a>'


def test_keys_of_the_editor_are_left_out() -> None:
    assert shown('<p data-block-key="abc12">Bonjour</p>') == "<p>Bonjour</p>"


def test_text_that_looks_like_a_link_stays_text() -> None:
    source = '<p>&lt;a linktype="page" id="1"&gt;</p>'

    assert shown(source) == source


def test_fifty_links_cost_as_much_as_one() -> None:
    pages = [EditorialPageFactory() for _ in range(50)]
    shown(link(pages[0]))  # what is kept per process is kept by now
    costs = []

    for some in (pages[:1], pages):
        with CaptureQueriesContext(connection) as queries:
            found = shown("".join(link(page) for page in some))
        assert found.count("href=") == len(some)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 2


def test_no_link_costs_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        shown('<p>Rien du tout, sauf <a href="https://exemple.fr">là-bas</a>.</p>')


def test_link_to_a_page_that_expired_becomes_words() -> None:
    page = EditorialPageFactory(live=False, expired=True, expire_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert shown(link(page)) == "ici"
