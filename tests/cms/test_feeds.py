"""Feeds as a feed reader reads them, the map of the site, and the word to robots."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cms.models import BlogIndexPage, EditorialPage, EventPage, LogePage
from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    HandbookChapterPageFactory,
    LogeNewsPageFactory,
    LogePageFactory,
)

pytestmark = pytest.mark.django_db


def feed(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code == 200
    found = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def closed(page: Page) -> Page:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def body(html: str) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "value": html}]


def test_blog_feed_tells_posts_newest_first() -> None:
    BlogPostPageFactory(title="Le deuxième", slug="deux", published_on=date(2026, 2, 2), authors="Maëlle, Simon")
    BlogPostPageFactory(
        title="Un & premier <jour>",
        published_on=date(2026, 1, 5),
        summary="Bonjour.",
        body=body("<p>Du <b>pain</b></p>"),
    )

    found = feed("/feeds/blog.xml")

    assert [entry.title for entry in found.entries] == ["Le deuxième", "Un & premier <jour>"]
    assert found.entries[0].link == "http://127.0.0.1:8000/blog/deux/"
    assert found.entries[0].author == "Maëlle, Simon"
    assert found.entries[0].published_parsed[:3] == (2026, 2, 2)
    assert found.entries[1].description == "<p>Bonjour.</p><p>Du <b>pain</b></p>"
    assert found.feed.language == "fr"
    assert found.feed.link == "http://127.0.0.1:8000/blog/"


def test_entry_is_the_same_after_its_page_is_renamed() -> None:
    post = BlogPostPageFactory()
    before = feed("/feeds/blog.xml").entries[0].id
    post.slug = "autrement"
    post.save()

    after = feed("/feeds/blog.xml").entries[0]

    assert after.id == before
    assert after.link.endswith("/blog/autrement/")


def test_feeds_tell_nothing_that_is_not_for_everybody() -> None:
    secret = closed(EditorialPageFactory(title="Réservé"))
    BlogPostPageFactory(title="Brouillon", live=False)
    closed(BlogPostPageFactory(title="Entre nous"))
    BlogPostPageFactory(title="Public", body=body(f'<p><a linktype="page" id="{secret.pk}">lire</a></p>'))

    found = feed("/feeds/blog.xml")

    assert [entry.title for entry in found.entries] == ["Public"]
    assert found.entries[0].description == "<p>lire</p>"


def test_blog_that_is_closed_has_no_feed() -> None:
    BlogPostPageFactory()
    closed(BlogIndexPage.objects.get())

    assert Client().get("/feeds/blog.xml").status_code == 404


def test_empty_blog_has_an_empty_feed() -> None:
    assert feed("/feeds/blog.xml").entries == []


@pytest.mark.parametrize("number", [1, 12])
def test_feed_costs_the_same_for_one_post_and_for_many(django_assert_num_queries: Any, number: int) -> None:
    target = EditorialPageFactory()
    for _ in range(number):
        BlogPostPageFactory(body=body(f'<p><a linktype="page" id="{target.pk}">lire</a></p>'))
    feed("/feeds/blog.xml")

    with django_assert_num_queries(3):
        feed("/feeds/blog.xml")


def test_news_feed_tells_the_news_of_one_loge() -> None:
    mine, other = LogePageFactory(), LogePageFactory()
    LogeNewsPageFactory(parent=mine, title="On ouvre")
    LogeNewsPageFactory(parent=other, title="Ailleurs")

    found = feed(f"/feeds/{mine.loge.slug}.xml")

    assert [entry.title for entry in found.entries] == ["On ouvre"]


def test_news_feed_tells_nothing_that_is_not_for_everybody() -> None:
    page = LogePageFactory()
    secret = closed(EditorialPageFactory())
    LogeNewsPageFactory(parent=page, title="Brouillon", live=False)
    closed(LogeNewsPageFactory(parent=page, title="Entre nous"))
    LogeNewsPageFactory(
        parent=page, title="Public", body=body(f'<p><a linktype="page" id="{secret.pk}">lire</a></p>')
    )

    found = feed(f"/feeds/{page.loge.slug}.xml")

    assert [(entry.title, entry.description) for entry in found.entries] == [("Public", "<p>lire</p>")]


def test_news_feed_of_a_loge_that_is_not_public_is_not_found() -> None:
    draft, private = LogePageFactory(live=False), closed(LogePageFactory())

    codes = [Client().get(f"/feeds/{slug}.xml").status_code for slug in (draft.slug, private.slug, "inconnue")]

    assert codes == [404, 404, 404]


def test_feed_that_did_not_change_is_not_sent_again() -> None:
    BlogPostPageFactory()
    first = Client().get("/feeds/blog.xml")

    again = Client().get("/feeds/blog.xml", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


def mapped() -> list[str]:
    answer = Client().get("/sitemap.xml")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return [str(row.text) for row in ElementTree.fromstring(answer.content).iter(f"{space}loc")]


def test_map_lists_public_pages_once() -> None:
    post, page = BlogPostPageFactory(slug="un"), LogePageFactory(slug="aligre")

    found = mapped()

    assert {f"http://127.0.0.1:8000{path}" for path in ("/", "/blog/un/", "/loges/aligre/")} <= set(found)
    assert len(found) == len(set(found))
    assert post.live
    assert page.live


def test_map_leaves_out_what_is_hidden() -> None:
    EditorialPageFactory(slug="brouillon", live=False)
    EditorialPageFactory(slug="cache", is_hidden_from_engines=True)
    closed(EditorialPageFactory(slug="entre-nous"))
    HandbookChapterPageFactory(slug="chapitre")

    found = " ".join(mapped())

    assert not any(word in found for word in ("brouillon", "cache", "entre-nous", "chapitre", "cahier"))


def test_map_leads_to_the_frontend_where_there_is_one(settings: Any) -> None:
    settings.FRONTEND_URL = "https://www.exemple.fr"
    EditorialPageFactory(slug="charte-locale")

    assert "https://www.exemple.fr/charte-locale/" in mapped()


def test_map_costs_the_same_for_few_pages_and_for_many(django_assert_num_queries: Any) -> None:
    EditorialPageFactory()
    mapped()
    with django_assert_num_queries(2):
        mapped()
    EditorialPageFactory.create_batch(20)

    with django_assert_num_queries(2):
        mapped()


def test_robots_are_told_where_the_map_is() -> None:
    answer = Client().get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in answer.text.splitlines()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in answer.text.splitlines()


def test_every_type_of_page_may_hide_from_engines_or_is_public() -> None:
    assert all(hasattr(model, "is_hidden_from_engines") for model in (EditorialPage, LogePage, EventPage))
