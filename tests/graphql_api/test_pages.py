"""Pages: what each type tells, the tree around it, its children page by page, the menu of the site."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cms.models import BlogIndexPage, HandbookIndexPage, HomePage, LogeIndexPage
from graphql_api.paging import MAX_COUNT
from graphql_api.types.routes import PAGES
from tests.factories import TODAY, EventFactory, LogeFactory
from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    EventPageFactory,
    HandbookChapterPageFactory,
    HandbookPartPageFactory,
    LogeNewsPageFactory,
    LogePageFactory,
    PictureFactory,
)
from tests.graphql_api import site
from tests.graphql_api.hidden import KINDS, hide, log_in
from tests.graphql_api.site import Ask, Refusal, global_id, nodes

pytestmark = pytest.mark.django_db

NODE = """query($id: ID!) { node(id: $id) {
  __typename id
  ... on Page {
    title path url summary cover { alt } body { __typename } firstPublishedAt lastPublishedAt
    breadcrumbs { title path }
  }
  ... on LogePage { tagline adaptedServicesNote loge { slug } }
  ... on LogeNewsPage { publishedOn }
  ... on EventPage { event { slug } }
  ... on BlogPostPage { day: publishedOn authors tags about: loge { slug } }
  ... on HandbookChapterPage { checklist legalReviewOn }
} }"""


def _chapter(level: int) -> Callable[[], Page]:
    def write() -> Page:
        part = HandbookPartPageFactory(title="Ouvrir", slug="ouvrir")
        chapter = HandbookChapterPageFactory(
            parent=part, title="Les clés", slug="cles", checklist="Une\nDeux", legal_review_on=date(2026, 1, 15)
        )
        PageViewRestriction.objects.all().delete()
        return [HandbookIndexPage.objects.get(), part, chapter][level]

    return write


HOME = {"title": "OpenLoge", "path": "/"}
LOGES = {"title": "Les loges", "path": "/loges/"}
ALIGRE = {"title": "Aligre", "path": "/loges/aligre/"}
BOOK = {"title": "Le cahier de bonnes pratiques", "path": "/cahier/"}
TYPES: dict[str, tuple[Callable[[], Page], str, list[dict[str, str]], dict[str, Any]]] = {
    "HomePage": (HomePage.objects.get, "/", [], {}),
    "EditorialPage": (lambda: EditorialPageFactory(slug="charte"), "/charte/", [HOME], {}),
    "LogeIndexPage": (lambda: LogeIndexPage.objects.get(), "/loges/", [HOME], {}),
    "LogePage": (
        lambda: LogePageFactory(
            loge__slug="aligre", tagline="Bonjour", adapted_services_note="Beaucoup d'escaliers", title="Aligre"
        ),
        "/loges/aligre/",
        [HOME, LOGES],
        {"tagline": "Bonjour", "adaptedServicesNote": "Beaucoup d'escaliers", "loge": {"slug": "aligre"}},
    ),
    "LogeNewsPage": (
        lambda: LogeNewsPageFactory(parent=LogePageFactory(loge__slug="aligre", title="Aligre"), slug="merci"),
        "/loges/aligre/merci/",
        [HOME, LOGES, ALIGRE],
        {"publishedOn": TODAY.isoformat()},
    ),
    "EventPage": (
        lambda: site.event_page(
            EventFactory(loge=LogePageFactory(loge__slug="aligre", title="Aligre").loge, slug="cafe")
        ),
        "/loges/aligre/cafe/",
        [HOME, LOGES, ALIGRE],
        {"event": {"slug": "cafe"}},
    ),
    "BlogIndexPage": (lambda: BlogIndexPage.objects.get(), "/blog/", [HOME], {}),
    "BlogPostPage": (
        lambda: BlogPostPageFactory(slug="ete", tags="Été, Voisins", loge=LogeFactory(active=True, slug="panier")),
        "/blog/ete/",
        [HOME, {"title": "Le blog", "path": "/blog/"}],
        {
            "day": TODAY.isoformat(),
            "authors": ["Maëlle"],
            "tags": ["Été", "Voisins"],
            "about": {"slug": "panier"},
        },
    ),
    "HandbookIndexPage": (_chapter(0), "/cahier/", [HOME], {}),
    "HandbookPartPage": (_chapter(1), "/cahier/ouvrir/", [HOME, BOOK], {}),
    "HandbookChapterPage": (
        _chapter(2),
        "/cahier/ouvrir/cles/",
        [HOME, BOOK, {"title": "Ouvrir", "path": "/cahier/ouvrir/"}],
        {"checklist": ["Une", "Deux"], "legalReviewOn": "2026-01-15"},
    ),
}
"""Type -> how to write a page of it, its path, the pages above it, and its own fields."""


def test_every_type_of_page_is_tried() -> None:
    assert set(TYPES) == {kind.__name__ for kind in PAGES}


@pytest.mark.parametrize("kind", TYPES)
def test_page_tells_its_own_fields_and_where_it_stands(ask: Ask, settings: Any, kind: str) -> None:
    settings.FRONTEND_URL = "https://openloge.example"
    write, path, above, own = TYPES[kind]
    page = site.fill(write(), ("quote", {"quote": "Bonjour", "author": ""}))
    page.summary, page.cover = "Deux phrases.", PictureFactory(square=True, description="Une porte")
    page.save()

    found = ask(NODE, id=global_id(page))["node"]

    assert found == {
        "__typename": kind,
        "id": global_id(page),
        "title": page.title,
        "path": path,
        "url": f"https://openloge.example{path}",
        "summary": "Deux phrases.",
        "cover": {"alt": "Une porte"},
        "body": [{"__typename": "QuoteBlock"}],
        "firstPublishedAt": None,
        "lastPublishedAt": None,
        "breadcrumbs": above,
        **own,
    }


def test_page_without_anything_is_told_empty(ask: Ask) -> None:
    page = EditorialPageFactory()

    found = ask(NODE, id=global_id(page))["node"]

    assert (found["summary"], found["cover"], found["body"]) == ("", None, [])


def test_page_tells_when_it_was_published(ask: Ask) -> None:
    page = EditorialPageFactory()
    page.save_revision().publish()
    page.refresh_from_db()

    found = ask(NODE, id=global_id(page))["node"]

    assert found["firstPublishedAt"] == page.first_published_at.isoformat()
    assert found["lastPublishedAt"] == page.last_published_at.isoformat()


@pytest.mark.parametrize("trait", ["closed", "withdrawn"])
def test_page_of_an_event_that_is_not_in_the_calendar_tells_none(ask: Ask, trait: str) -> None:
    event = EventFactory(withdrawn=True) if trait == "withdrawn" else EventFactory(loge=LogeFactory(closed=True))

    found = ask(NODE, id=global_id(site.event_page(event)))["node"]

    assert found["event"] is None


# --- Children -------------------------------------------------------------------------------------

CHILDREN = """query($path: String!, $first: Int, $after: String, $last: Int, $before: String) {
  route(path: $path) { ... on Page { children(first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { __typename title } }
  } } }
}"""


def children(ask: Ask, path: str, **part: Any) -> dict[str, Any]:
    """The children of the page at a path, one page of them."""
    found: dict[str, Any] = ask(CHILDREN, path=path, **(part or {"first": 100}))["route"]["children"]
    return found


def titles(connection: dict[str, Any]) -> list[str]:
    return [node["title"] for node in nodes(connection)]


def test_children_come_in_the_order_of_the_tree_as_what_they_are(ask: Ask) -> None:
    page = LogePageFactory(loge__slug="aligre")
    LogeNewsPageFactory(parent=page, title="b")
    EventPageFactory(parent=page, title="c", live=True)
    last = LogeNewsPageFactory(parent=page, title="a")
    before = nodes(children(ask, "/loges/aligre/"))

    last.move(page, pos="first-child")

    assert before == [
        {"__typename": "LogeNewsPage", "title": "b"},
        {"__typename": "EventPage", "title": "c"},
        {"__typename": "LogeNewsPage", "title": "a"},
    ]
    assert titles(children(ask, "/loges/aligre/")) == ["a", "b", "c"]


def test_children_are_those_right_below(ask: Ask) -> None:
    LogeNewsPageFactory(parent=LogePageFactory(title="Aligre"))

    assert titles(children(ask, "/loges/")) == ["Aligre"]
    assert titles(children(ask, "/blog/")) == []


def test_children_are_paged_both_ways(ask: Ask) -> None:
    for number in range(5):
        BlogPostPageFactory(title=str(number))

    for way, beyond, edge, more, expected in (
        ("first", "after", "endCursor", "hasNextPage", [["0", "1"], ["2", "3"], ["4"]]),
        ("last", "before", "startCursor", "hasPreviousPage", [["3", "4"], ["1", "2"], ["0"]]),
    ):
        pages: list[list[str]] = []
        cursor, has_more = None, True
        while has_more:
            found = children(ask, "/blog/", **{way: 2, beyond: cursor})
            pages.append(titles(found))
            assert found["totalCount"] == 5
            cursor, has_more = found["pageInfo"][edge], found["pageInfo"][more]

        assert pages == expected


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_child_is_left_out_of_pages_and_counts(ask: Ask, client: Client, kind: str) -> None:
    BlogPostPageFactory(title="avant")
    hidden = BlogPostPageFactory(title="caché", live=kind != "draft")
    BlogPostPageFactory(title="après")

    for person, is_welcome in hide(kind, hidden).each():
        log_in(client, person)
        found = ask(CHILDREN, path="/blog/", first=2)["route"].get("children")

        assert ("caché" in str(found)) == is_welcome, person
        if found:
            assert found["totalCount"] == (3 if is_welcome else 2), person
            assert titles(found) == (["avant", "caché"] if is_welcome else ["avant", "après"]), person


def test_count_of_children_stops_at_the_most_that_is_counted(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphql_api.paging.MAX_COUNT", 2)
    for _ in range(3):
        BlogPostPageFactory()

    found = children(ask, "/blog/", first=1)

    assert MAX_COUNT == 10_000
    assert found["totalCount"] == 2


@pytest.mark.parametrize("size", [{}, {"first": 0}, {"first": 101}, {"last": 0}, {"first": 1, "last": 1}])
def test_page_of_children_has_a_size_within_bounds(refusal: Refusal, size: dict[str, int]) -> None:
    assert refusal(CHILDREN, path="/blog/", **size)["extensions"]["code"] == "BAD_INPUT"


def test_cursor_of_another_list_is_refused(ask: Ask, refusal: Refusal) -> None:
    BlogPostPageFactory()
    cursor = ask("{ blogPosts(first: 1) { edges { cursor } } }")["blogPosts"]["edges"][0]["cursor"]

    assert refusal(CHILDREN, path="/blog/", first=1, after=cursor)["extensions"]["code"] == "BAD_CURSOR"


# --- The menu -------------------------------------------------------------------------------------

MENU = "{ site { menu { page { title path } children { page { title path } children { page { title } } } } } }"


def menu(ask: Ask) -> list[Any]:
    """The menu as titles: a text, or a text and those below it."""
    found = ask(MENU)["site"]["menu"]
    assert all(below["children"] == [] for item in found for below in item["children"])
    return [
        (item["page"]["title"], [below["page"]["title"] for below in item["children"]])
        if item["children"]
        else item["page"]["title"]
        for item in found
    ]


def _in_menu(page: Page) -> Page:
    page.show_in_menus = True
    page.save()
    return page


def test_menu_has_two_levels_in_the_order_of_the_tree(ask: Ask) -> None:
    _in_menu(LogeIndexPage.objects.get())
    loge = LogePageFactory(title="Aligre", show_in_menus=True)
    LogeNewsPageFactory(parent=loge, title="Trop bas", show_in_menus=True)
    EditorialPageFactory(title="La charte", show_in_menus=True)
    EditorialPageFactory(title="Pas au menu")

    assert menu(ask) == [("Les loges", ["Aligre"]), "La charte"]


def test_page_whose_parent_is_not_in_the_menu_is_not_either(ask: Ask) -> None:
    LogePageFactory(title="Aligre", show_in_menus=True)

    assert menu(ask) == []


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_page_and_those_below_it_are_in_the_menu_of_those_it_is_open_to_alone(
    ask: Ask, client: Client, kind: str
) -> None:
    index = _in_menu(BlogIndexPage.objects.get())
    BlogPostPageFactory(title="Article", show_in_menus=True)
    EditorialPageFactory(title="La charte", show_in_menus=True)
    whole = menu(ask)
    if kind == "draft":
        index.live = False
        index.save()

    for person, is_welcome in hide(kind, index).each():
        log_in(client, person)
        shown = menu(ask)

        is_all_closed = "below" in kind or "above" in kind
        assert whole == [("Le blog", ["Article"]), "La charte"]
        assert shown == (whole if is_welcome else shown if is_all_closed else ["La charte"]), person
        assert is_welcome or "Le blog" not in str(shown), person
        assert is_welcome or "Article" not in str(shown), person


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_page_below_one_of_the_menu_leaves_its_parent_alone(ask: Ask, kind: str) -> None:
    _in_menu(BlogIndexPage.objects.get())
    page = BlogPostPageFactory(title="Article", show_in_menus=True, live=kind != "draft")

    hide(kind, page)

    assert menu(ask) == ([] if "below" in kind or "above" in kind else ["Le blog"])
