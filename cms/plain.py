"""The pages as this server shows them itself: what stands around a page's own words. A frontend does it better."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as Portion
from django.core.paginator import Paginator
from django.http import HttpRequest

from cms import calendar, content, feeds, icalendars, images, queries, restrictions, seo, structured_data
from cms.content import Material
from cms.models import BlogIndexPage, EventPage, HandbookChapterPage, LogeIndexPage, LogeNewsPage, LogePage, SiteTexts
from cms.models.base import SitePage
from cms.queries import MenuItem
from loges import clock
from loges import queries as domain
from loges.models import Event, EventOccurrence, EventSpeaker, Loge, LogeMembership
from loges.permissions import Viewer

EACH = 20
"""How many pages a list shows at once."""
DATES = 6
"""How many dates are shown beside a loge or an event."""
NEWS = 5
"""How many pieces of news are shown on a loge's page."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a reader may subscribe to: its French name, media type and absolute address."""

    title: str
    mime_type: str
    url: str


@dataclass(frozen=True, slots=True)
class LogeFacts:
    """What the domain knows of a page's loge."""

    loge: Loge
    coordinators: list[LogeMembership]
    rating: float | None
    rating_count: int
    dates: list[EventOccurrence]
    news: list[LogeNewsPage]


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What the domain knows of a page's event."""

    event: Event
    dates: list[EventOccurrence]
    speakers: list[EventSpeaker]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that the template shows beside the page's own fields."""

    seo: seo.Seo
    share_address: str | None
    texts: SiteTexts
    menu: list[MenuItem]
    breadcrumbs: list[Any]
    children: Portion[Any] | None
    material: Material
    loge: LogeFacts | None = None
    event: EventFacts | None = None
    feeds: list[Feed] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)


def surroundings(page: SitePage, request: HttpRequest) -> Surroundings:
    """What stands around a page, or around a draft under preview, for whoever asks."""
    person, now = getattr(request, "user", None), clock.now()
    hidden = hidden_collections(request)
    for name in ("cover", "share_image"):
        picture = getattr(page, name)
        setattr(page, f"{name}_is_hidden", bool(picture and picture.collection_id in hidden))
    (told,) = seo.seo_of([page], person, now)
    texts = queries.site_texts()
    loge, event = _loge(page, person), _event(page, person)
    return Surroundings(
        seo=told,
        share_address=structured_data.absolute(images.widest(told.picture, "SHARE").url) if told.picture else None,
        texts=texts,
        menu=queries.menu(person),
        breadcrumbs=queries.ancestors([page]).get(page.pk, []),
        children=_children(page, person, request.GET.get("page")),
        material=content.load([page.body], person, texts=[texts.commission_text]),
        loge=loge,
        event=event,
        feeds=_feeds(page, loge, event),
        credits=_credits(page),
    )


def _credits(page: Any) -> list[str]:
    """Whom a chapter of the handbook thanks."""
    if not isinstance(page, HandbookChapterPage) or not page.pk:
        return []
    return [proposal.credit for proposal in queries.handbook_credits([page.pk])[page.pk]]


def hidden_collections(request: Any) -> frozenset[int]:
    """The collections that the reader may not look into, read once for a request."""
    kept: frozenset[int] | None = getattr(request, "hidden_collections", None)
    if kept is None:
        passed = restrictions.passed(request) if request else frozenset()
        hidden = restrictions.hidden_collections(getattr(request, "user", None), passed)
        kept = frozenset(hidden.values_list("pk", flat=True))
        if request is not None:
            request.hidden_collections = kept
    return kept


def _children(page: Any, person: Viewer, number: str | None) -> Portion[Any] | None:
    """The pages below this one that the reader may see, a few at a time; a loge's are told with the loge."""
    if isinstance(page, LogePage) or not page.pk:
        return None
    if isinstance(page, BlogIndexPage):
        rows: Any = queries.blog_posts(person).order_by("-published_on", "-pk")
    elif isinstance(page, LogeIndexPage):
        rows = queries.pages_of(LogePage, person).order_by("title", "pk")
    else:
        below = queries.children(person).filter(path_above=page.path)
        portion: Portion[Any] = Paginator(below, EACH).get_page(number)
        portion.object_list = queries.specific(portion.object_list, person)
        return portion
    return Paginator(rows, EACH).get_page(number)


def _loge(page: Any, person: Viewer) -> LogeFacts | None:
    found = domain.loges(person).filter(pk=page.loge_id).first() if isinstance(page, LogePage) else None
    if found is None:
        return None
    figures = domain.loge_figures([found.pk], person)[found.pk]
    has_dates = any(block.block_type == "events" for block in page.body)
    dates = [] if has_dates else list(calendar.occurrences(person, since=clock.now(), loge_ids=[found.pk])[:DATES])
    return LogeFacts(
        loge=found,
        coordinators=domain.coordinators([found.pk])[found.pk],
        rating=figures.rating_sum / figures.rating_count if figures.rating_count else None,
        rating_count=figures.rating_count,
        dates=dates,
        news=list(queries.news(person).filter(news_loge_id=found.pk).order_by("-published_on", "-pk")[:NEWS]),
    )


def _event(page: Any, person: Viewer) -> EventFacts | None:
    is_planned = isinstance(page, EventPage) and page.event_id
    found = calendar.events(person).filter(pk=page.event_id).first() if is_planned else None
    if found is None:
        return None
    dates = calendar.occurrences(person, since=clock.now()).filter(event=found)[:DATES]
    return EventFacts(found, list(dates), domain.speakers([found.pk], person)[found.pk])


def _feeds(page: Any, loge: LogeFacts | None, event: EventFacts | None) -> list[Feed]:
    found = []
    if isinstance(page, BlogIndexPage):
        found.append(Feed("Les articles du blog", "application/rss+xml", feeds.blog_address()))
    if loge:
        found.append(Feed("L'agenda de la loge", "text/calendar", icalendars.loge_address(loge.loge)))
        found.append(Feed("Les nouvelles de la loge", "application/rss+xml", feeds.news_address(loge.loge)))
    if event:
        found.append(Feed("Cet événement", "text/calendar", icalendars.event_address(event.event)))
    return found
