"""The demo's pages, written and published as an editor would."""

from datetime import datetime, time
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.demo.album import Album
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
    LogePage,
)
from cms.models.base import SitePage
from loges import permissions, recurrence
from loges.actions import events as event_actions
from loges.models import EventOccurrence, ExpertProfile, Loge

Blocks = list[tuple[str, Any]]


def _body(rows: list[dict[str, Any]], album: Album) -> Blocks:
    """Blocks as written in the demo's files, as the editor keeps them."""
    found: Blocks = []
    for row in rows:
        kind = row["type"]
        if kind == "rich_text":
            found.append((kind, row["html"]))
        elif kind == "quote":
            found.append((kind, {"quote": row["text"], "author": row.get("author") or ""}))
        elif kind == "steps":
            told = ({"title": step["title"], "text": f"<p>{escape(step['text'])}</p>"} for step in row["steps"])
            steps = [{"type": "item", "value": step} for step in told]
            found.append((kind, {"heading": row.get("title") or "", "steps": steps}))
        elif kind == "money":
            found.append((kind, {"heading": "Où va l'argent ?", "price_cents": row["price_cents"]}))
        elif kind == "image" and (picture := album.scene(row["picture"])):
            found.append((kind, {"image": picture.pk, "alt": row["alt"], "caption": row.get("caption") or ""}))
    return found


def _fill(page: SitePage, blocks: Blocks) -> None:
    """Give a page its body; blocks and steps get ids that are the same on every machine."""
    raw = []
    for number, (kind, value) in enumerate(blocks):
        for place, item in enumerate(value.get("steps") or []) if isinstance(value, dict) else []:
            item["id"] = _id(page, number, place)
        raw.append({"type": kind, "value": value, "id": _id(page, number)})
    page.body = StreamValue(page.body.stream_block, raw, is_lazy=True)


def _id(page: SitePage, *numbers: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"openloge:{type(page).__name__}:{page.slug}:{numbers}"))


def _publish(page: Page) -> None:
    page.save_revision(clean=False).publish(skip_permission_checks=True)


def network(home: HomePage, data: dict[str, Any], album: Album) -> None:
    """The front page and the network's own pages."""
    album.open(None)
    hero = data["home"]["hero"]
    home.title, home.summary = data["home"]["title"], " ".join(hero["lines"])
    home.search_description, home.cover = data["home"]["seo_description"], album.scene(hero["picture"])
    _fill(home, [("rich_text", f"<h2>{escape(hero['title'])}</h2>"), *_body(data["home"]["body"], album)])
    _publish(home)
    for row in data["pages"]:
        page = EditorialPage(title=row["title"], slug=row["slug"], summary=row["intro"], show_in_menus=True)
        page.cover = album.scene(row.get("cover"))
        _fill(page, _body(row["body"], album))
        home.add_child(instance=page)
        _publish(page)


def loge(page: LogePage, row: dict[str, Any], album: Album) -> None:
    """Write a loge's page as a draft; opening the loge publishes it."""
    page.tagline, page.adapted_services_note = row["tagline"], row["adapted_services_note"]
    page.cover = album.scene(row["cover"])
    page.summary = row["tagline"]
    story = "".join(f"<p>{escape(text)}</p>" for text in row["presentation"])
    tips = "".join(f"<li><b>{escape(tip['title'])}.</b> {escape(tip['text'])}</li>" for tip in row["tips"])
    blocks: Blocks = [("rich_text", story), ("experts", {"heading": "L'équipe", "limit": 12})]
    blocks.append(("quote", {"quote": row["coordinator"]["quote"], "author": row["coordinator"]["first_name"]}))
    blocks.append(("events", {"heading": "Prochains rendez-vous", "limit": 3}))
    if tips:
        blocks.append(("rich_text", f"<h2>Les bons tuyaux de la loge</h2><ul>{tips}</ul>"))
    _fill(page, blocks)
    page.save_revision(clean=False)


def blog(rows: list[dict[str, Any]], album: Album) -> None:
    """The posts of the blog."""
    index = BlogIndexPage.objects.get()
    for row in rows:
        page = BlogPostPage(
            title=row["title"], slug=row["slug"], summary=row["intro"], published_on=row["published_on"]
        )
        page.authors, page.tags = ", ".join(row["authors"]), ", ".join(row["tags"])
        page.cover = album.scene(row.get("cover"))
        _fill(page, _body(row["body"], album))
        index.add_child(instance=page)
        _publish(page)


def handbook(parts: list[dict[str, Any]]) -> None:
    """The handbook: parts and chapters."""
    index = HandbookIndexPage.objects.get()
    for row in parts:
        part = HandbookPartPage(title=row["title"], slug=row["slug"])
        index.add_child(instance=part)
        _publish(part)
        for chapter in row["chapters"]:
            page = HandbookChapterPage(title=chapter["title"], slug=chapter["slug"], summary=chapter["summary"])
            page.checklist = "\n".join(chapter["checklist"])
            _fill(page, [("rich_text", chapter["body"])])
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
        _fill(page, [("rich_text", "".join(f"<p>{escape(text)}</p>" for text in row["body"]))])
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
        event_actions.move(by=coordinator, occurrence=occurrence, starts_at=starts_at, note=change["reason"])
    for change in row["cancelled"]:
        occurrence = dates.get(planned_on=change["date"])
        decided = recurrence.instant(change["date"], time(9))
        event_actions.cancel(by=coordinator, occurrence=occurrence, note=change["reason"], now=decided)
