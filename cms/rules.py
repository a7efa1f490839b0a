"""What the rule book says of pages, pictures, documents and shared texts. Read once, when the room is ready.

Deleting a draft is to `discard` it; what is published is deleted by who may publish. What no action names is refused:
nobody moves pages of a loge, or deletes those that the site stands on.
"""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr

from cms.models import (
    BadgeText,
    BlogIndexPage,
    BlogPostPage,
    CharterVersion,
    Document,
    EditorialPage,
    EventPage,
    FaqEntry,
    FlyerTemplate,
    HandbookChapterPage,
    HandbookIndexPage,
    HandbookPartPage,
    HandbookProposalIndexPage,
    HandbookProposalPage,
    HomePage,
    LogeCollection,
    LogeIndexPage,
    LogeNewsPage,
    LogePage,
    Partner,
    Picture,
)
from loges.permissions import LOGES_AT_WORK, LOGES_WITH_A_PAGE, Rule, register

WRITES = "edit_content"
BEGINS = Rule(WRITES, LOGES_AT_WORK)
PUBLISHES = Rule("publish_content", LOGES_WITH_A_PAGE)
OF_TEAM = Rule("publish_content", LOGES_WITH_A_PAGE, for_team=True)


def _below_loge_page(ids: QuerySet[Any, Any]) -> Q:
    """A page right below the page of one of these loges."""
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - LogePage.steplen)
    return Q(Exists(LogePage.objects.alias(above=above).filter(loge__in=ids, path=F("above"))))


def _in_collection(ids: QuerySet[Any, Any]) -> Q:
    """A file in the collection of one of these loges, or in one below it."""
    at = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    theirs = LogeCollection.objects.alias(at=at).filter(loge__in=ids, at__startswith=F("collection__path"))
    return Q(Exists(theirs))


_Rules = dict[str, str | Rule]

_PAGE: _Rules = {"edit": WRITES, "publish": PUBLISHES, "hide": OF_TEAM, "lock": Rule(WRITES, for_team=True)}
_MADE_BY_HAND: _Rules = {"discard": WRITES, "delete": PUBLISHES, "unpublish": PUBLISHES}

register(LogePage, {**_PAGE, "add": BEGINS, "unpublish": OF_TEAM}, "loge_id")
register(EventPage, _PAGE | _MADE_BY_HAND, _below_loge_page)
register(LogeNewsPage, _PAGE | _MADE_BY_HAND, _below_loge_page)

_FILES: _Rules = dict.fromkeys(("add", "choose", "edit", "delete"), WRITES)

register(LogeCollection, _FILES, "loge_id")
register(Picture, _FILES, _in_collection)
register(Document, _FILES, _in_collection)

# The network's own: no loge's grant reaches them.
_OF_NETWORK: _Rules = {
    "edit": WRITES,
    "lock": WRITES,
    **dict.fromkeys(("publish", "hide", "unpublish"), "publish_content"),
}
_GOES: _Rules = {"discard": WRITES, "delete": "publish_content"}

for index in (HomePage, BlogIndexPage, HandbookIndexPage):
    register(index, _OF_NETWORK | {"add": WRITES})
register(LogeIndexPage, _OF_NETWORK)  # loges are made with their pages
register(HandbookPartPage, _OF_NETWORK | _GOES | {"add": WRITES})
register(HandbookProposalIndexPage, {"edit": WRITES, "lock": WRITES})
register(HandbookProposalPage, {"propose": "propose_handbook", "decide": "keep_handbook"}, "loge_id")
for leaf in (EditorialPage, BlogPostPage, HandbookChapterPage):
    register(leaf, _OF_NETWORK | _GOES)
for text in (FaqEntry, Partner, BadgeText, CharterVersion, FlyerTemplate):
    register(text, {"write": f"cms.change_{text._meta.model_name}"})
