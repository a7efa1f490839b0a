"""The demo's pages, written and published as an editor would."""

from datetime import datetime, time
from html import escape
from typing import Any

from wagtail.models import Page

from cms.demo.album import Album
from cms.demo.bodies import Rows, fill
from cms.models import (
    BlogIndexPage,
    BlogPostPage,
    EditorialPage,
    EventPage,
    EventPageSpeaker,
    HandbookChapterPage,
    HandbookIndexPage,
    HandbookPartPage,
    HomePage,
    LogeIndexPage,
    LogeNewsPage,
    LogePage,
)
from loges import permissions, recurrence
from loges.actions import events as event_actions
from loges.models import EventOccurrence, ExpertProfile, Loge


def _publish(page: Page) -> None:
    page.save_revision(clean=False).publish(skip_permission_checks=True)


def network(home: HomePage, data: dict[str, Any], album: Album) -> None:
    """The front page and the network's own pages."""
    album.open(None)
    hero = data["home"]["hero"]
    home.title, home.summary = data["home"]["title"], " ".join(hero["lines"])
    home.search_description, home.cover = data["home"]["seo_description"], album.scene(hero["picture"])
    for index in (LogeIndexPage.objects.get(), BlogIndexPage.objects.get()):
        index.summary, index.show_in_menus = data["indexes"][index.slug], True
        _publish(index)
    pages = []
    for row in data["pages"]:
        page = EditorialPage(title=row["title"], slug=row["slug"], summary=row["intro"])
        page.show_in_menus, page.cover = row["in_menu"], album.scene(row.get("cover"))
        pages.append(home.add_child(instance=page))
    # Their bodies lead to one another.
    fill(home, [{"type": "rich_text", "html": f"<h2>{escape(hero['title'])}</h2>"}, *data["home"]["body"]], album)
    _publish(home)
    for page, row in zip(pages, data["pages"], strict=True):
        fill(page, row["body"], album)
        _publish(page)


def loge(page: LogePage, row: dict[str, Any], album: Album) -> None:
    """Write a loge's page as a draft; opening the loge publishes it."""
    page.tagline, page.adapted_services_note = row["tagline"], row["adapted_services_note"]
    page.cover = album.scene(row["cover"])
    page.summary = row["tagline"]
    story = "".join(f"<p>{escape(text)}</p>" for text in row["presentation"])
    lead, press = row["coordinator"], [_press(article) for article in row["press"]]
    fill(
        page,
        [
            {"type": "rich_text", "html": story},
            *_if(row["gallery"], type="gallery", heading="La loge en images", images=row["gallery"]),
            {"type": "experts", "heading": "L'équipe", "limit": 12},
            {"type": "quote", "quote": lead["quote"], "author": lead["first_name"]},
            {"type": "events", "heading": "Prochains rendez-vous", "limit": 3},
            *_if(row["tips"], type="tips", tips=row["tips"]),
            *_if(row["place"], type="place", **row["place"] or {}),
            *_if(row["partners"], type="partners", partners=row["partners"], shared_partners=row["shared_partners"]),
            *_if(press, type="press", links=press),
            *_if(row["questions"], type="faq", heading="Bon à savoir", shared_items=row["questions"]),
        ],
        album,
    )
    page.save_revision(clean=False)


def _if(asked: Any, **block: Any) -> Rows:
    return [block] if asked else []


def _press(row: dict[str, Any]) -> dict[str, Any]:
    return {"title": row["title"], "outlet": row["source"], "url": row["url"], "on": row["published_on"]}


def news(rows: list[dict[str, Any]], album: Album) -> None:
    """What is new in the loges."""
    for row in rows:
        page = LogeNewsPage(
            title=row["title"], slug=row["slug"], summary=row["summary"], published_on=row["published_on"]
        )
        fill(page, row["body"], album)
        LogePage.objects.get(loge__slug=row["loge"]).add_child(instance=page)
        _publish(page)


def blog(rows: list[dict[str, Any]], album: Album) -> None:
    """The posts of the blog."""
    index = BlogIndexPage.objects.get()
    for row in rows:
        page = BlogPostPage(
            title=row["title"], slug=row["slug"], summary=row["intro"], published_on=row["published_on"]
        )
        page.authors, page.tags = ", ".join(row["authors"]), ", ".join(row["tags"])
        page.cover = album.scene(row.get("cover"))
        fill(page, row["body"], album)
        index.add_child(instance=page)
        _publish(page)


def handbook(parts: list[dict[str, Any]], album: Album) -> None:
    """The handbook: parts and chapters."""
    album.open(None)
    index = HandbookIndexPage.objects.get()
    for row in parts:
        part = HandbookPartPage(title=row["title"], slug=row["slug"], stages=row["stages"])
        index.add_child(instance=part)
        _publish(part)
        for chapter in row["chapters"]:
            page = HandbookChapterPage(title=chapter["title"], slug=chapter["slug"], summary=chapter["summary"])
            page.checklist = "\n".join(chapter["checklist"])
            body = chapter["body"]
            fill(page, [{"type": "rich_text", "html": body}] if isinstance(body, str) else body, album)
            part.add_child(instance=page)
            _publish(page)


def events(rows: list[dict[str, Any]], album: Album) -> None:
    """The events; those of loges that aren't open yet stay drafts, as they would for their coordinators."""
    for row in rows:
        parent = LogePage.objects.select_related("loge").get(loge__slug=row["loge"])
        album.open(parent.loge)
        page = EventPage(
            title=row["title"],
            slug=row["slug"],
            theme=row["theme"],
            summary=row["summary"],
            starts_on=row["starts_on"],
            starts_at_time=time.fromisoformat(row["time"]),
            duration_minutes=row["minutes"],
            recurrence=row["recurrence"] or "",
            until_on=row["until"],
            venue_name=row["venue_name"],
            venue_kind=row["venue_kind"],
            address=row["address"],
            capacity=row["capacity"],
            accessibility="\n".join(row["accessibility"]),
            live=False,
        )
        page.cover = album.scene(row["cover"])
        fill(page, [{"type": "rich_text", "html": "".join(f"<p>{escape(text)}</p>" for text in row["body"])}], album)
        page.speakers = [_speaker(speaker, parent) for speaker in row["speakers"]]
        parent.add_child(instance=page)
        page.save_revision(clean=False)
        if parent.loge.state in permissions.LOGES_WITH_A_PAGE:
            _publish(page)
            _adjust(page, row)


def _speaker(row: dict[str, Any], parent: LogePage) -> EventPageSpeaker:
    if "expert" in row:
        expert = ExpertProfile.objects.get(loge_id=parent.loge_id, slug=row["expert"])
        return EventPageSpeaker(expert=expert, topic=row.get("topic", ""))
    return EventPageSpeaker(resident_first_name=row["first_name"], topic=row.get("topic", ""))


def _adjust(page: EventPage, row: dict[str, Any]) -> None:
    """Move and cancel single dates, as the coordinator did."""
    loge = Loge.objects.get(page=page.get_parent().pk)
    dates = EventOccurrence.objects.filter(event__loge=loge, event__slug=page.slug)
    coordinator = loge.memberships.get(role="COORDINATOR", ends_at__isnull=True).person
    for change in row["moved"]:
        starts_at: datetime = recurrence.instant(change["to_date"], time.fromisoformat(change["to_time"]))
        occurrence = dates.get(planned_on=change["date"])
        decided = recurrence.instant(min(change["date"], change["to_date"]), time())
        event_actions.move(
            by=coordinator, occurrence=occurrence, starts_at=starts_at, note=change["reason"], now=decided
        )
    for change in row["cancelled"]:
        occurrence = dates.get(planned_on=change["date"])
        decided = recurrence.instant(change["date"], time(9))
        event_actions.cancel(by=coordinator, occurrence=occurrence, note=change["reason"], now=decided)
