"""Reads of what editors publish: live, public pages only. Each says what it costs."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

from cms.models import BlogPostPage, EventPage, ExpertPortrait, HomePage, LogePage, Picture


def public(pages: QuerySet[Any]) -> QuerySet[Any]:
    """The published pages among these that anybody may read: no restriction on them or above them.

    The restrictions are asked in the same statement.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(below=path).filter(below__startswith=F("page__path"))
    return pages.filter(~Exists(above), live=True)


def home_page() -> HomePage | None:
    """The network's front page, if it is public. One statement."""
    return public(HomePage.objects.all()).select_related("cover").first()


def loge_pages(loge_ids: Iterable[int]) -> dict[int, LogePage]:
    """The public pages of those loges, by loge. One statement."""
    pages = public(LogePage.objects.all()).filter(loge_id__in=list(loge_ids)).select_related("cover")
    return {page.loge_id: page for page in pages}


def event_pages(event_ids: Iterable[int]) -> dict[int, EventPage]:
    """The public pages of those events, by event. One statement."""
    pages = public(EventPage.objects.all()).filter(event_id__in=list(event_ids)).select_related("cover")
    return {page.event_id: page for page in pages}


def portraits(person_ids: Iterable[int]) -> dict[int, Picture]:
    """The portraits of those people, by person. One statement."""
    rows = ExpertPortrait.objects.filter(expert__person_id__in=list(person_ids)).exclude(expert__state="LEFT")
    return {row.expert.person_id: row.picture for row in rows.select_related("picture", "expert")}


def latest_posts(limit: int) -> list[BlogPostPage]:
    """The newest public posts of the blog. One statement."""
    return list(public(BlogPostPage.objects.all()).order_by("-published_on", "-pk")[:limit])
