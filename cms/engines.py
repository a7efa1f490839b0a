"""What search engines ask first: which pages there are, and where not to look."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_of
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms import queries
from cms.addresses import path_of

PAGES_EACH = 5_000
"""How many pages one part of the map holds; `?p=2` is the next."""


class PublicPages(Sitemap[Page]):
    """The pages that anybody may read and that don't hide from engines, in the order of the tree."""

    limit = PAGES_EACH

    def items(self) -> QuerySet[Page]:
        """The pages."""
        return queries.for_engines()

    def location(self, item: Page) -> str:
        """The page's path."""
        return path_of(item) or "/"

    def lastmod(self, item: Page) -> datetime | None:
        """When it was published last."""
        found: datetime | None = item.last_published_at
        return found

    def get_domain(self, site: Any = None) -> str:
        """Where readers find the pages: on the frontend, where there is one."""
        return urlsplit(settings.FRONTEND_URL or settings.BASE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        """As in all addresses of pages."""
        return urlsplit(settings.FRONTEND_URL or settings.BASE_URL).scheme


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The map of the site (sitemaps.org). Two statements."""
    answer = sitemap_of(request, {"pages": PublicPages()})
    del answer["X-Robots-Tag"]
    return answer


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where engines shouldn't look (RFC 9309), and where the map is."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /graphql/", ""]
    lines += [f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
