"""What is new, for feed readers (RSS 2.0): the blog, and the news of one loge. Only what anybody may read."""

from dataclasses import dataclass
from datetime import datetime, time
from html import escape
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page, require_safe

from cms import content, queries, rich_text
from cms.addresses import full_address_of
from cms.block_tree import raw_blocks
from cms.models import BlogIndexPage, LogePage
from loges import queries as loges
from loges import recurrence
from loges.models import Loge

NEWEST = 30
"""How many entries a feed holds."""
KEPT_SECONDS = 900
"""How long readers may keep a feed without asking again."""


def blog_address() -> str:
    """Where the blog's feed is, absolute."""
    return f"{settings.BASE_URL}{reverse('blog_feed')}"


def news_address(loge: Loge) -> str:
    """Where the feed of a loge's news is, absolute."""
    return f"{settings.BASE_URL}{reverse('news_feed', args=[loge.slug])}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as feed readers show it."""

    page: Any
    html: str


def entries(pages: QuerySet[Any]) -> list[Entry]:
    """The newest of these pages, their summary and paragraphs told as HTML. At most three statements."""
    rows = list(pages.order_by("-published_on", "-pk")[:NEWEST])
    paragraphs = {page.pk: [text for _, name, text in raw_blocks(page.body) if name == "rich_text"] for page in rows}
    material = content.load([], None, texts=(text for texts in paragraphs.values() for text in texts))
    found = []
    for page in rows:
        told = [f"<p>{escape(page.summary)}</p>"] if page.summary else []
        told += [rich_text.html(text, material.resolve) for text in paragraphs[page.pk]]
        found.append(Entry(page, "".join(told)))
    return found


@method_decorator([require_safe, conditional_page], name="__call__")
class _PagesFeed(Feed[Entry, Any]):
    """Pages with a date. Links in it are absolute: readers show it elsewhere."""

    language = "fr"
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The feed as XML, which may be kept for a while."""
        answer = super().__call__(request, *args, **kwargs)
        patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
        return answer

    def item_title(self, item: Entry) -> str:
        """The page's title."""
        return str(item.page.title)

    def item_link(self, item: Entry) -> str:
        """The page's canonical address."""
        return full_address_of(item.page) or settings.BASE_URL

    def item_guid(self, item: Entry) -> str:
        """What stays when the page is renamed or moved."""
        return f"{settings.BASE_URL}/#page-{item.page.pk}"

    def item_description(self, item: Entry) -> str:
        """Its text."""
        return item.html

    def item_pubdate(self, item: Entry) -> datetime:
        """The day that is shown beside it, as an instant: noon in Paris."""
        return recurrence.instant(item.page.published_on, time(12))

    def item_updateddate(self, item: Entry) -> Any:
        """When it was published last."""
        return item.page.last_published_at


class BlogFeed(_PagesFeed):
    """The newest posts of the blog."""

    def get_object(self, request: HttpRequest) -> BlogIndexPage:
        """The blog, if anybody may read it; else 404."""
        blog = queries.pages_of(BlogIndexPage, None).first()
        if blog is None:
            raise Http404
        found: BlogIndexPage = blog
        return found

    def title(self, blog: BlogIndexPage) -> str:
        """The blog's title."""
        return f"{blog.title} · OpenLoge"

    def description(self, blog: BlogIndexPage) -> str:
        """What the blog is about."""
        return blog.summary or "Ce qui se passe dans les loges."

    def link(self, blog: BlogIndexPage) -> str:
        """The blog's page."""
        return full_address_of(blog) or settings.BASE_URL

    def feed_url(self, blog: BlogIndexPage) -> str:
        """This feed."""
        return blog_address()

    def items(self, blog: BlogIndexPage) -> list[Entry]:
        """The newest posts."""
        return entries(queries.blog_posts(None))

    def item_author_name(self, item: Entry) -> str | None:
        """Who signs it."""
        return ", ".join(item.page.author_names) or None

    def item_categories(self, item: Entry) -> list[str]:
        """Its themes."""
        return list(item.page.tag_names)


class NewsFeed(_PagesFeed):
    """The news of a loge, newest first."""

    def get_object(self, request: HttpRequest, loge_slug: str) -> LogePage:
        """The loge's page, if anybody may read it; else 404."""
        loge = loges.loge(loge_slug, None)
        page = queries.loge_pages([loge.pk], None).get(loge.pk) if loge else None
        if page is None:
            raise Http404
        return page

    def title(self, page: LogePage) -> str:
        """The loge's name."""
        return f"{page.title} · OpenLoge"

    def description(self, page: LogePage) -> str:
        """The loge in a sentence."""
        return page.tagline or page.summary or "Les nouvelles de la loge."

    def link(self, page: LogePage) -> str:
        """The loge's page."""
        return full_address_of(page) or settings.BASE_URL

    def feed_url(self, page: LogePage) -> str:
        """This feed."""
        return news_address(page.loge)

    def items(self, page: LogePage) -> list[Entry]:
        """The newest news."""
        return entries(queries.news(None).filter(news_loge_id=page.loge_id))
