"""The blog: what a post tells, by theme, by loge, newest first, forward and backward."""

from datetime import timedelta
from typing import Any

import pytest

from cms.models import BlogPostPage
from tests.factories import TODAY, LogeFactory
from tests.factories.pages import BlogPostPageFactory, PictureFactory
from tests.graphql_api.site import Ask, Refusal, global_id, nodes

pytestmark = pytest.mark.django_db

POSTS = """query($first: Int, $after: String, $last: Int, $before: String, $tag: String, $loge: String) {
  blogPosts(first: $first, after: $after, last: $last, before: $before, tag: $tag, loge: $loge) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { title } }
  }
}"""


def titles(ask: Ask, **asked: Any) -> list[str]:
    """The titles of the posts found, all on one page."""
    found = ask(POSTS, first=100, **asked)["blogPosts"]
    assert found["totalCount"] == len(found["edges"])
    return [node["title"] for node in nodes(found)]


def test_post_answers_its_own_fields(ask: Ask) -> None:
    loge = LogeFactory(active=True, slug="aligre")
    post = BlogPostPageFactory(
        title="Une loge ouvre",
        slug="une-loge-ouvre",
        summary="À Aligre.",
        loge=loge,
        authors="Maëlle, Jean-Noël",
        tags="Ouverture, Été",
        cover=PictureFactory(square=True, description="Une porte"),
    )
    query = """{ blogPosts(first: 1) { edges { node {
      id title path url summary publishedOn authors tags loge { slug } cover { alt } breadcrumbs { title path }
    } } } }"""

    (found,) = nodes(ask(query)["blogPosts"])

    assert found.pop("url").endswith("/blog/une-loge-ouvre/")
    assert found == {
        "id": global_id(post),
        "title": "Une loge ouvre",
        "path": "/blog/une-loge-ouvre/",
        "summary": "À Aligre.",
        "publishedOn": TODAY.isoformat(),
        "authors": ["Maëlle", "Jean-Noël"],
        "tags": ["Ouverture", "Été"],
        "loge": {"slug": "aligre"},
        "cover": {"alt": "Une porte"},
        "breadcrumbs": [{"title": "OpenLoge", "path": "/"}, {"title": "Le blog", "path": "/blog/"}],
    }


def test_post_about_no_loge_or_a_closed_one_tells_none(ask: Ask) -> None:
    BlogPostPageFactory(loge=LogeFactory(closed=True))
    BlogPostPageFactory()

    found = nodes(ask("{ blogPosts(first: 9) { edges { node { loge { slug } authors tags } } } }")["blogPosts"])

    assert [post["loge"] for post in found] == [None, None]


def test_closed_loge_is_not_found_out_by_its_posts(ask: Ask) -> None:
    loge = LogeFactory(closed=True, slug="fermee")
    BlogPostPageFactory(loge=loge, title="adieu")

    assert titles(ask, loge="fermee") == []
    assert titles(ask) == ["adieu"]


def test_posts_come_newest_first_and_those_of_a_day_last_written_first(ask: Ask) -> None:
    for title, days in (("avant-hier", 2), ("aujourd'hui", 0), ("hier, d'abord", 1), ("hier, puis", 1)):
        BlogPostPageFactory(title=title, published_on=TODAY - timedelta(days=days))

    assert titles(ask) == ["aujourd'hui", "hier, puis", "hier, d'abord", "avant-hier"]


def test_post_without_a_day_is_left_out(ask: Ask) -> None:
    BlogPostPageFactory()
    BlogPostPage.objects.update(published_on=None)  # as rows of long ago may be: the editors' form insists

    assert titles(ask) == []


@pytest.mark.parametrize("asked", ["Été", "été", "ÉTÉ", " été "])
def test_theme_is_found_whatever_its_capitals_and_accents(ask: Ask, asked: str) -> None:
    BlogPostPageFactory(title="oui", tags="Voisins, Été")
    BlogPostPageFactory(title="non", tags="Étéhéré, Ete")

    assert titles(ask, tag=asked) == ["oui"]


@pytest.mark.parametrize(
    "asked", ["", " ", "%", "_t_", "voisin", "Voisins, Été", "\0", "é\0té", "\ud800", "'; --", "x" * 5_000]
)
def test_theme_that_no_post_has_finds_none(ask: Ask, asked: str) -> None:
    BlogPostPageFactory(tags="Voisins, Été")
    BlogPostPageFactory(tags="")

    assert titles(ask, tag=asked) == []


def test_posts_about_one_loge_are_its_own(ask: Ask) -> None:
    aligre, panier = LogeFactory(active=True, slug="aligre"), LogeFactory(active=True, slug="panier")
    BlogPostPageFactory(title="réseau", tags="Été")
    BlogPostPageFactory(title="panier", tags="Été", loge=panier)
    BlogPostPageFactory(title="aligre", tags="Été", loge=aligre)
    BlogPostPageFactory(title="aligre encore", loge=aligre)

    assert titles(ask, loge="aligre") == ["aligre encore", "aligre"]
    assert titles(ask, loge="aligre", tag="été") == ["aligre"]
    assert [titles(ask, loge=slug) for slug in ("", "inconnue", "\0", "é", "aligre/")] == [[], [], [], [], []]


def paged(ask: Ask, size: int, **asked: Any) -> list[list[str]]:
    """The titles page by page, forward when `first` is asked, else backward."""
    way, beyond, edge, more = ("first", "after", "endCursor", "hasNextPage")
    if asked.pop("is_backward"):
        way, beyond, edge, more = ("last", "before", "startCursor", "hasPreviousPage")
    pages, cursor, has_more = [], None, True
    while has_more:
        found = ask(POSTS, **asked, **{way: size, beyond: cursor})["blogPosts"]
        pages.append([node["title"] for node in nodes(found)])
        cursor, has_more = found["pageInfo"][edge], found["pageInfo"][more]
    return pages


def test_posts_are_paged_both_ways(ask: Ask) -> None:
    for number in range(5):
        BlogPostPageFactory(title=str(number), published_on=TODAY + timedelta(days=number // 2), tags="Été")
        BlogPostPageFactory(title="autre", published_on=TODAY + timedelta(days=number // 2))

    assert paged(ask, 2, tag="été", is_backward=False) == [["4", "3"], ["2", "1"], ["0"]]
    assert paged(ask, 2, tag="été", is_backward=True) == [["1", "0"], ["3", "2"], ["4"]]


def test_page_of_posts_is_the_same_when_one_is_written_or_goes_meanwhile(ask: Ask) -> None:
    for number in range(4):
        BlogPostPageFactory(title=str(number), published_on=TODAY + timedelta(days=number))
    cursor = ask(POSTS, first=2)["blogPosts"]["pageInfo"]["endCursor"]

    BlogPostPageFactory(title="neuf", published_on=TODAY + timedelta(days=9))
    BlogPostPage.objects.get(title="2").unpublish()

    assert [node["title"] for node in nodes(ask(POSTS, first=2, after=cursor)["blogPosts"])] == ["1", "0"]


def test_cursor_of_another_theme_or_loge_is_refused(ask: Ask, refusal: Refusal) -> None:
    BlogPostPageFactory(tags="Été", loge=LogeFactory(active=True, slug="aligre"))
    cursor = ask(POSTS, first=1, tag="Été")["blogPosts"]["pageInfo"]["endCursor"]

    for asked in ({}, {"tag": "Hiver"}, {"loge": "aligre"}, {"tag": "Été", "loge": "aligre"}):
        assert refusal(POSTS, first=1, after=cursor, **asked)["extensions"]["code"] == "BAD_CURSOR"
