"""What search engines and social networks are told of pages, for any number of pages at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page

from cms import calendar, content, images, queries, restrictions, rich_text, structured_data
from cms.addresses import full_address_of
from cms.block_tree import items, raw_blocks
from cms.content import Material
from cms.models import BlogPostPage, EventPage, FaqEntry, LogeNewsPage, LogePage, Picture, SiteTexts
from cms.models.base import SitePage
from cms.structured_data import Thing
from loges import queries as domain
from loges.models import Event, EventOccurrence, Loge
from loges.permissions import Viewer
from loges.queries import LogeFigures

DATES_TOLD = 10
"""How many dates of an event are told to engines: the next ones."""


@dataclass(frozen=True, slots=True)
class Seo:
    """What a page says of itself. `robots` is for the meta element of that name; `kind` is OpenGraph's og:type."""

    title: str
    description: str
    canonical_url: str
    robots: str
    kind: str
    picture: Picture | None
    json_ld: list[Thing]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for all the pages."""

    texts: SiteTexts
    share_image: Picture | None
    public: frozenset[int]
    above: dict[int, list[Page]]
    loges: dict[int, Loge]
    figures: dict[int, LogeFigures]
    events: dict[int, Event]
    dates: dict[int, list[EventOccurrence]]
    material: Material


def seo_of(pages: Sequence[SitePage], person: Viewer, now: datetime) -> list[Seo]:
    """What these pages are to say, in their order. At most ten statements, whatever the number of pages.

    The pages come from `cms.queries`: they know which of their pictures the person may see.
    """
    known = _read(pages, person, now)
    return [_told(page, known) for page in pages]


def _read(pages: Sequence[Any], person: Viewer, now: datetime) -> _Known:
    loge_ids = {page.loge_id for page in pages if isinstance(page, LogePage)}
    event_ids = {page.event_id for page in pages if isinstance(page, EventPage) and page.event_id}
    loges = {row.pk: row for row in domain.loges(None).filter(pk__in=loge_ids)} if loge_ids else {}
    events = {row.pk: row for row in calendar.events(None).filter(pk__in=event_ids)} if event_ids else {}
    dates: dict[int, list[EventOccurrence]] = {pk: [] for pk in events}
    for row in calendar.occurrences(None, since=now).filter(event__in=events) if events else []:
        dates[row.event_id].append(row)
    texts = queries.site_texts()
    chosen = restrictions.visible_pictures([texts.share_image_id] if texts.share_image_id else [], person)
    public = queries.public(Page.objects.filter(pk__in=[page.pk for page in pages if page.pk]))
    return _Known(
        texts=texts,
        share_image=next(iter(chosen.values()), None),
        public=frozenset(public.values_list("pk", flat=True)),
        above=queries.ancestors(pages),
        loges=loges,
        figures=domain.loge_figures(loge_ids, None) if loge_ids else {},
        events=events,
        dates=dates,
        material=content.load((page.body for page in pages), None, only="faq"),
    )


def _told(page: Any, known: _Known) -> Seo:
    is_listed = page.pk in known.public and not page.is_hidden_from_engines
    is_article = isinstance(page, BlogPostPage | LogeNewsPage)
    return Seo(
        title=page.seo_title or page.title,
        description=page.search_description or page.summary or getattr(page, "tagline", ""),
        canonical_url=full_address_of(page) or "",
        robots="index, follow" if is_listed else "noindex, nofollow",
        kind="article" if is_article else "website",
        picture=_picture(page, known),
        json_ld=_json_ld(page, known) if is_listed else [],
    )


def _picture(page: Any, known: _Known) -> Picture | None:
    if page.share_image and not page.share_image_is_hidden:
        found: Picture = page.share_image
        return found
    return page.cover if page.cover and not page.cover_is_hidden else known.share_image


def _json_ld(page: Any, known: _Known) -> list[Thing]:
    picture = _picture(page, known)
    image = structured_data.absolute(images.widest(picture, "SHARE").url) if picture else None
    above = known.above.get(page.pk, [])
    things = [structured_data.organization(known.texts)]
    if above:
        things.append(structured_data.breadcrumbs(above, page))
    else:
        things.append(structured_data.website())
    if isinstance(page, LogePage) and (loge := known.loges.get(page.loge_id)):
        figures = known.figures.get(page.loge_id, LogeFigures())
        things.append(structured_data.local_business(loge, page, image, figures))
    if isinstance(page, EventPage) and above and page.event_id in known.events:
        event, dates = known.events[page.event_id], known.dates[page.event_id][:DATES_TOLD]
        things += [structured_data.event(event, row, page, above[-1], image) for row in dates]
    if isinstance(page, BlogPostPage):
        things.append(structured_data.article("BlogPosting", page, image, page.author_names))
    if isinstance(page, LogeNewsPage):
        things.append(structured_data.article("NewsArticle", page, image, []))
    if questions := _questions(page, known.material):
        things.append(structured_data.faq_page(questions))
    return [{"@context": "https://schema.org", **thing} for thing in things]


def _questions(page: Any, material: Material) -> list[tuple[str, str]]:
    """The questions on a page and their answers, its own and the network's."""
    found = []
    for _, name, value in raw_blocks(page.body):
        if name != "faq":
            continue
        found += [(item["question"], item["answer"]) for item in items(value.get("items"))]
        shared = (material.snippets.get(FaqEntry, {}).get(pk) for pk in items(value.get("shared_items")))
        found += [(entry.question, entry.answer) for entry in shared if entry]
    return [(question, rich_text.html(answer, material.resolve)) for question, answer in found if question and answer]
