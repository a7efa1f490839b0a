"""What is at a path: a page, another address, nothing any more, a closed door, nothing ever."""

from typing import Any

import pytest
from django.test import Client, TestCase
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import BlogIndexPage, HandbookIndexPage
from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    EventPageFactory,
    HandbookChapterPageFactory,
    HandbookPartPageFactory,
    LogePageFactory,
)
from tests.graphql_api.hidden import behind, log_in
from tests.graphql_api.site import Ask, Cost

pytestmark = pytest.mark.django_db

ROUTE = """query($path: String!) { route(path: $path) {
  __typename
  ... on Page { title path }
  ... on Redirect { location isPermanent }
  ... on Gone { gone: path }
  ... on Restricted { closed: path restriction }
} }"""


def at(ask: Ask, path: str) -> dict[str, Any] | None:
    """What is at a path."""
    return ask(ROUTE, path=path)["route"]


def published(page: Page, **changes: Any) -> Page:
    """Publish a page as an editor does, after some changes; redirections are made after the commit."""
    page = page.specific_class.objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def moved(location: str, *, is_permanent: bool = True) -> dict[str, Any]:
    return {"__typename": "Redirect", "location": location, "isPermanent": is_permanent}


def gone(path: str) -> dict[str, Any]:
    return {"__typename": "Gone", "gone": path}


# --- A page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/charte/",
        "/charte",
        "/charte/?utm_source=lettre&x=%00",
        "/charte#bas",
        "/%63harte/",
        "/charte/?" + "x" * 900,
    ],
)
def test_page_is_found_however_its_path_is_written(ask: Ask, path: str) -> None:
    EditorialPageFactory(title="La charte", slug="charte")

    assert at(ask, path) == {"__typename": "EditorialPage", "title": "La charte", "path": "/charte/"}


@pytest.mark.parametrize("path", ["/", "/?x=1", "/#"])
def test_home_page_is_at_the_root(ask: Ask, path: str) -> None:
    assert at(ask, path) == {"__typename": "HomePage", "title": "OpenLoge", "path": "/"}


def test_page_deep_in_the_tree_is_found_as_what_it_is(ask: Ask) -> None:
    page = EventPageFactory(slug="cafe", live=True, parent=LogePageFactory(loge__slug="aligre"), title="Café")

    assert at(ask, "/loges/aligre/cafe/") == {
        "__typename": "EventPage",
        "title": page.title,
        "path": "/loges/aligre/cafe/",
    }


def test_accents_in_a_path_are_read_plain_and_encoded(ask: Ask, settings: Any) -> None:
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = True
    EditorialPageFactory(title="Été", slug="été")

    assert (
        at(ask, "/été/")
        == at(ask, "/%C3%A9t%C3%A9")
        == {
            "__typename": "EditorialPage",
            "title": "Été",
            "path": "/%C3%A9t%C3%A9/",
        }
    )


def test_page_that_comes_back_is_found_again(ask: Ask) -> None:
    page = published(EditorialPageFactory(title="La charte", slug="charte"))
    page.unpublish()
    before = at(ask, "/charte/")

    published(page)

    assert before == gone("/charte/")
    assert at(ask, "/charte/") == {"__typename": "EditorialPage", "title": "La charte", "path": "/charte/"}


# --- Moved ----------------------------------------------------------------------------------------


def test_page_with_a_new_slug_is_found_from_its_old_path(ask: Ask) -> None:
    page = published(BlogPostPageFactory(slug="avant"))

    published(page, slug="apres")

    for path in ("/blog/avant/", "/blog/avant", "/blog/avant/?utm_source=lettre", "/blog/%61vant/"):
        assert at(ask, path) == moved("/blog/apres/"), path
    assert at(ask, "/blog/apres/")["__typename"] == "BlogPostPage"


def test_page_renamed_twice_is_found_from_both_old_paths(ask: Ask) -> None:
    page = published(BlogPostPageFactory(slug="un"))

    published(published(page, slug="deux"), slug="trois")

    assert [at(ask, f"/blog/{slug}/") for slug in ("un", "deux")] == [moved("/blog/trois/")] * 2


def test_pages_below_a_page_with_a_new_slug_are_found_from_their_old_paths(ask: Ask) -> None:
    published(BlogPostPageFactory(slug="article"))

    published(BlogIndexPage.objects.get(), slug="journal")

    assert at(ask, "/blog/") == moved("/journal/")
    assert at(ask, "/blog/article/") == moved("/journal/article/")


def test_page_and_those_below_it_that_move_in_the_tree_are_found_from_their_old_paths(ask: Ask) -> None:
    here, there = HandbookPartPageFactory(slug="ici"), HandbookPartPageFactory(slug="la-bas")
    chapter = published(HandbookChapterPageFactory(parent=here, slug="cles"))
    HandbookIndexPage.objects.get().view_restrictions.all().delete()

    chapter.move(there, pos="last-child")

    assert at(ask, "/cahier/ici/cles/") == moved("/cahier/la-bas/cles/")


def test_another_page_at_the_old_path_comes_first(ask: Ask) -> None:
    published(published(BlogPostPageFactory(slug="avant")), slug="apres")

    BlogPostPageFactory(slug="avant", title="Nouvel article")

    assert at(ask, "/blog/avant/")["title"] == "Nouvel article"


@pytest.mark.parametrize("is_permanent", [True, False])
def test_redirection_to_an_address_outside_says_whether_it_is_for_good(ask: Ask, is_permanent: bool) -> None:
    Redirect.objects.create(old_path="/presse", redirect_link="https://example.org/", is_permanent=is_permanent)

    assert at(ask, "/presse/") == moved("https://example.org/", is_permanent=is_permanent)


def test_redirection_to_a_draft_says_gone(ask: Ask) -> None:
    Redirect.objects.create(old_path="/presse", redirect_page=EditorialPageFactory(live=False))

    assert at(ask, "/presse/") == gone("/presse/")


def test_redirection_to_a_restricted_page_leads_there_for_its_readers_alone(ask: Ask, client: Client) -> None:
    page = published(published(BlogPostPageFactory(slug="avant")), slug="apres")
    readers = behind("group", page)

    for person, is_welcome in readers.each():
        log_in(client, person)
        assert at(ask, "/blog/avant/") == (moved("/blog/apres/") if is_welcome else gone("/blog/avant/")), person


# --- Gone, and never there ------------------------------------------------------------------------


def test_page_that_was_deleted_is_gone_with_those_below_it(ask: Ask) -> None:
    post = published(BlogPostPageFactory(slug="article"))
    published(post.get_parent())

    Page.objects.get(pk=post.get_parent().pk).delete()

    assert at(ask, "/blog/article/") == gone("/blog/article/")
    assert at(ask, "/blog/") == gone("/blog/")


def test_page_that_was_renamed_and_deleted_is_gone_from_both_paths(ask: Ask) -> None:
    page = published(published(BlogPostPageFactory(slug="avant")), slug="apres")

    page.delete()

    assert [at(ask, f"/blog/{slug}/") for slug in ("avant", "apres")] == [gone("/blog/avant/"), gone("/blog/apres/")]


def test_page_that_took_the_path_of_a_deleted_one_is_found_from_there_when_it_is_renamed(ask: Ask) -> None:
    published(BlogPostPageFactory(slug="avant")).delete()

    published(published(BlogPostPageFactory(slug="avant")), slug="apres")

    assert at(ask, "/blog/avant/") == moved("/blog/apres/")


def test_draft_was_never_there_whether_it_stays_or_is_deleted(ask: Ask) -> None:
    draft = EditorialPageFactory(slug="brouillon", live=False)
    before = at(ask, "/brouillon/")

    draft.delete()

    assert (before, at(ask, "/brouillon/")) == (None, None)


def test_path_that_a_draft_would_have_still_leads_where_it_led(ask: Ask) -> None:
    published(published(BlogPostPageFactory(slug="avant", title="Article")), slug="apres")

    BlogPostPageFactory(slug="avant", live=False)

    assert at(ask, "/blog/avant/") == moved("/blog/apres/")


SILLY = [
    "",
    " ",
    "charte",
    "charte/",
    "//",
    "///",
    "//example.org/",
    "//[",
    "//[::1",
    "//example.org/presse",
    "/%2f%2fexample.org/presse",
    "/%2fexample.org/presse",
    "//user:pass@example.org:port/",
    "/[",
    "/]",
    "/\\",
    "/..",
    "/../../etc/passwd",
    "/blog//",
    "//blog/",
    "/inconnue/",
    "/Blog/",
    "/accueil/",
    "/blog/%",
    "/blog/%zz/",
    "/blog/%ff/",
    "/%c3%28/",
    "/%00/",
    "/\0",
    "/blog/\0/",
    "/%ed%a0%80/",
    "/\ud800/",
    "/\u202e/",
    "/été/",
    "/é" * 400,
    "/🏠/",
    "/;x=1",
    "/blog;x=1/",
    "/%2f/",
    "/%2e%2e/",
    "/blog\n/inconnue",
    "http://localhost/blog/",
    "javascript:alert(1)",
    "/" + "a" * 2_000,
    "/" + "a/" * 1_000,
    "/" + "%61" * 700,
    "/%25%25%25/",
    "/' OR 1=1 --/",
    "/%_/",
    "/_/",
]


@pytest.mark.parametrize("path", SILLY)
def test_path_that_leads_nowhere_is_null(ask: Ask, path: str) -> None:
    EditorialPageFactory(slug="charte")
    Redirect.objects.create(old_path="/presse", redirect_link="https://example.org/")

    assert at(ask, path) is None


# --- Restricted, and what it costs ----------------------------------------------------------------


def test_closed_page_says_where_and_by_what(ask: Ask) -> None:
    behind("password", EditorialPageFactory(slug="charte"))

    assert at(ask, "/charte") == {"__typename": "Restricted", "closed": "/charte/", "restriction": "PASSWORD"}


def test_what_is_at_a_path_costs_at_most_three_statements(cost: Cost) -> None:
    published(published(BlogPostPageFactory(slug="avant")), slug="apres")
    published(EditorialPageFactory(slug="parti")).unpublish()
    behind("log-in", EditorialPageFactory(slug="charte"))

    costs = {path: cost(ROUTE, path=path) for path in ("/blog/apres/", "/blog/avant/", "/parti/", "/charte/", "/x/")}

    assert costs == {"/blog/apres/": 3, "/blog/avant/": 3, "/parti/": 3, "/charte/": 2, "/x/": 2}
