"""Reads of what editors publish: live, public pages only. Each says what it costs."""

from collections.abc import Iterable

from cms.models import BlogPostPage, EventPage, ExpertPortrait, HomePage, LogePage, Picture


def home_page() -> HomePage | None:
    """The network's front page, if it is public. Two statements."""
    return HomePage.objects.live().public().select_related("cover").first()


def loge_pages(loge_ids: Iterable[int]) -> dict[int, LogePage]:
    """The public pages of those loges, by loge. Two statements."""
    pages = LogePage.objects.live().public().filter(loge_id__in=list(loge_ids)).select_related("cover")
    return {page.loge_id: page for page in pages}


def event_pages(event_ids: Iterable[int]) -> dict[int, EventPage]:
    """The public pages of those events, by event. Two statements."""
    pages = EventPage.objects.live().public().filter(event_id__in=list(event_ids)).select_related("cover")
    return {page.event_id: page for page in pages}


def portraits(person_ids: Iterable[int]) -> dict[int, Picture]:
    """The portraits of those people, by person. One statement."""
    rows = ExpertPortrait.objects.filter(expert__person_id__in=list(person_ids))
    return {row.expert.person_id: row.picture for row in rows.select_related("picture", "expert")}


def latest_posts(limit: int) -> list[BlogPostPage]:
    """The newest public posts of the blog. Two statements."""
    return list(BlogPostPage.objects.live().public().order_by("-published_on", "-pk")[:limit])
