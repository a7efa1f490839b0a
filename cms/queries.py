"""Reads of what editors publish: live pages that the reader may see. Each says what it costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Length, Substr
from wagtail.models import Page, Site, get_page_models
from wagtail.search.backends import get_search_backend

from cms import page_restrictions, page_words, restrictions
from cms.addresses import path_of
from cms.models import (
    BadgeText,
    BlogPostPage,
    CharterVersion,
    EventPage,
    ExpertPortrait,
    HandbookIndexPage,
    HandbookProposalPage,
    HomePage,
    LogeNewsPage,
    LogePage,
    Picture,
    SiteTexts,
)
from cms.models.base import SitePage
from loges import permissions
from loges import queries as domain
from loges.permissions import Viewer

MENU_DEPTH = 2
"""How many levels a menu has below the home page."""


def readable(pages: QuerySet[Any], person: Viewer) -> QuerySet[Any]:
    """The published pages among these that the person may read: no restriction on them or above them keeps them out.

    The restrictions are asked in the same statement. The pages are marked.
    """
    found = pages.filter(~Exists(page_restrictions.unmet(OuterRef("path"), person)), live=True)
    return permissions.marked(found, "pages")


def public(pages: QuerySet[Any]) -> QuerySet[Any]:
    """The published pages among these that anybody may read."""
    return readable(pages, None)


def for_engines() -> QuerySet[Page]:
    """The published pages that anybody may read and that search engines may list, in the order of the tree."""
    found = public(Page.objects.filter(depth__gt=1))
    for model in get_page_models():
        if issubclass(model, SitePage):
            found = found.exclude(pk__in=model._default_manager.filter(is_hidden_from_engines=True).values("pk"))
    return found.order_by("path")


def specific(pages: Iterable[Page], person: Viewer) -> list[Any]:
    """Those of these pages that the person may read, as what they are, in their order.

    One statement for each type among them.
    """
    rows = list(pages)
    found: dict[int, Any] = {}
    for model in {row.cached_content_type.model_class() for row in rows}:
        if model is not None:
            mine = [row.pk for row in rows if row.cached_content_type.model_class() is model]
            found |= {page.pk: page for page in pages_of(model, person).filter(pk__in=mine)}
    return [found[row.pk] for row in rows if row.pk in found]


def with_pictures(pages: QuerySet[Any], person: Viewer) -> QuerySet[Any]:
    """Pages with the pictures of their own row, each told whether it is hidden from this person."""

    def is_hidden(field: str) -> Exists:
        return Exists(restrictions.hidden_collections(person).filter(pk=OuterRef(f"{field}__collection_id")))

    shown = pages.select_related("cover", "share_image")
    return shown.annotate(cover_is_hidden=is_hidden("cover"), share_image_is_hidden=is_hidden("share_image"))


def pages_of(model: type[Page], person: Viewer) -> QuerySet[Any]:
    """The pages of one kind that the person may read."""
    return with_pictures(readable(model._default_manager.all(), person), person)


def home_page(person: Viewer) -> HomePage | None:
    """The network's front page, for those who may read it. One statement."""
    return pages_of(HomePage, person).first()


def handbook(person: Viewer) -> HandbookIndexPage | None:
    """The cover of the handbook, for those it is open to. One statement."""
    return pages_of(HandbookIndexPage, person).first()


def handbook_credits(chapter_ids: Iterable[int]) -> dict[int, list[HandbookProposalPage]]:
    """What was proposed and became part of those chapters, by chapter, the first first. One statement.

    Of whoever proposed twice, only the first.
    """
    found: dict[int, list[HandbookProposalPage]] = {pk: [] for pk in chapter_ids}
    merged = HandbookProposalPage.objects.filter(chapter_id__in=found, merged_at__isnull=False)
    for proposal in merged.select_related("owner", "loge").order_by("merged_at", "pk"):
        credited = found[proposal.chapter_id]
        if proposal.credit not in {known.credit for known in credited}:
            credited.append(proposal)
    return found


def loge_pages(loge_ids: Iterable[int], person: Viewer) -> dict[int, LogePage]:
    """The pages of those loges that the person may read, by loge. One statement."""
    return {page.loge_id: page for page in pages_of(LogePage, person).filter(loge_id__in=list(loge_ids))}


def event_pages(event_ids: Iterable[int], person: Viewer) -> dict[int, EventPage]:
    """The pages of those events that the person may read, by event. One statement."""
    return {page.event_id: page for page in pages_of(EventPage, person).filter(event_id__in=list(event_ids))}


def portraits(person_ids: Iterable[int], person: Viewer = None) -> dict[int, Picture]:
    """The portraits of those people, by person, that the one who asks may see. One statement."""
    rows = ExpertPortrait.objects.filter(expert__person_id__in=list(person_ids)).exclude(expert__state="LEFT")
    rows = rows.exclude(picture__collection__in=restrictions.hidden_collections(person))
    return {row.expert.person_id: row.picture for row in rows.select_related("picture", "expert")}


def blog_posts(person: Viewer, *, tag: str | None = None, loge: str | None = None) -> QuerySet[BlogPostPage]:
    """The posts of the blog that may be read; if asked, with one tag, or about one loge (slug)."""
    found = pages_of(BlogPostPage, person).filter(published_on__isnull=False)
    if tag is not None:
        found = found.filter(pk__in=_tagged(tag))
    if loge is not None:
        found = found.filter(loge__in=domain.loges(person).filter(slug=loge))
    return found


def _tagged(tag: str) -> list[int]:
    """The posts that carry a tag. They are few: all are read, for not every database finds É by é. One statement."""
    wanted = tag.strip().casefold()
    rows = BlogPostPage.objects.only("tags").exclude(tags="")
    return [row.pk for row in rows if wanted in {name.casefold() for name in row.tag_names}]


def link_targets(ids: Iterable[int], person: Viewer) -> dict[int, Page]:
    """Those of these pages that the person may read, by id. One statement, none for no ids."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {page.pk: page for page in readable(Page.objects.filter(pk__in=wanted), person) if path_of(page)}


def children(person: Viewer) -> QuerySet[Page]:
    """The pages that may be read, in the order of the tree, each told by the path above it (`path_above`)."""
    above = Substr("path", Value(1), Length("path") - Page.steplen, output_field=CharField())
    return readable(Page.objects.annotate(path_above=above), person).order_by("path")


def ancestors(pages: Sequence[Page]) -> dict[int, list[Page]]:
    """The pages above each of these, from the home page down. One statement for all."""
    steps = {
        page.pk: [page.path[:end] for end in range(2 * page.steplen, len(page.path), page.steplen)] for page in pages
    }
    wanted = {path for paths in steps.values() for path in paths}
    found = {page.path: page for page in Page.objects.filter(path__in=wanted, live=True)} if wanted else {}
    return {pk: [found[path] for path in paths if path in found] for pk, paths in steps.items()}


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page of the menu, and those below it."""

    page: Page
    children: list["MenuItem"]


def menu(person: Viewer) -> list[MenuItem]:
    """The pages to show in menus that the person may read, two levels below the home page. One statement."""
    deepest = 2 + MENU_DEPTH
    pages = list(
        readable(Page.objects.filter(show_in_menus=True, depth__gt=2, depth__lte=deepest), person).order_by("path")
    )
    made = {page.path: MenuItem(page, []) for page in pages}
    top = []
    for path, item in made.items():
        above = made.get(path[: -Page.steplen])
        if above:
            above.children.append(item)
        elif item.page.depth == 3:
            top.append(item)
    return top


def badge_texts() -> dict[str, BadgeText]:
    """What the team wrote about badges, by kind. One statement."""
    return {row.kind: row for row in BadgeText.objects.all()}


def charter(on: date) -> CharterVersion | None:
    """The charter in force that day. One statement."""
    return CharterVersion.objects.filter(valid_from_on__lte=on).order_by("-valid_from_on").first()


def site_texts() -> SiteTexts:
    """What the team set for the site, or the defaults. One statement."""
    found = SiteTexts.objects.filter(site__is_default_site=True).first()
    return found or SiteTexts(site=Site(is_default_site=True))


SEARCHED_AT_MOST = 500
"""How many pages one search finds, best first."""


def pages_about(text: str, person: Viewer) -> list[int]:
    """The pages that hold these words and that the person may read, best first, by id. One statement.

    Only words are looked for, the first twenty, whatever their accents. What the person may not read takes nobody's
    place.
    """
    words = page_words.asked(text)
    if not words:
        return []
    # The full text accepts filters on indexed columns only: rights come in as a query on the key.
    theirs = Page.objects.filter(pk__in=readable(Page.objects.all(), person).values("pk"))
    hits = get_search_backend().search(words, theirs, operator="and")[:SEARCHED_AT_MOST]
    return [page.pk for page in hits]


def pages_in_order(ids: Sequence[int], person: Viewer) -> list[Any]:
    """These pages as what they are, in that order. One statement, and one for each type among them."""
    found = Page.objects.in_bulk(list(ids))
    return specific((found[pk] for pk in ids if pk in found), person)


def news(person: Viewer) -> QuerySet[LogeNewsPage]:
    """The news of loges that may be read, each told its loge's id (`news_loge_id`)."""
    above = Substr(OuterRef("path"), Value(1), Length(OuterRef("path")) - Page.steplen, output_field=CharField())
    loge = LogePage.objects.annotate(wanted=above).filter(path=F("wanted")).values("loge_id")[:1]
    rows = pages_of(LogeNewsPage, person).filter(published_on__isnull=False)
    return rows.annotate(news_loge_id=Subquery(loge))
