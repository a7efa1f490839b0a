"""The content types: pages, pictures, and what links them to the domain."""

from cms.models.collections import LogeCollection
from cms.models.documents import Document
from cms.models.editorial import BlogIndexPage, BlogPostPage, EditorialPage, HomePage
from cms.models.handbook import HandbookChapterPage, HandbookIndexPage, HandbookPartPage
from cms.models.images import ExpertPortrait, Picture, PictureRendition
from cms.models.loge_pages import (
    EventPage,
    EventPageException,
    EventPageSpeaker,
    LogeIndexPage,
    LogeNewsPage,
    LogePage,
)
from cms.models.proposals import HandbookProposalIndexPage, HandbookProposalPage, HandbookReview
from cms.models.site import SiteTexts
from cms.models.snippets import BadgeText, CharterVersion, FaqEntry, FlyerTemplate, Partner

__all__ = [
    "BadgeText",
    "BlogIndexPage",
    "BlogPostPage",
    "CharterVersion",
    "Document",
    "EditorialPage",
    "EventPage",
    "EventPageException",
    "EventPageSpeaker",
    "ExpertPortrait",
    "FaqEntry",
    "FlyerTemplate",
    "HandbookChapterPage",
    "HandbookIndexPage",
    "HandbookPartPage",
    "HandbookProposalIndexPage",
    "HandbookProposalPage",
    "HandbookReview",
    "HomePage",
    "LogeCollection",
    "LogeIndexPage",
    "LogeNewsPage",
    "LogePage",
    "Partner",
    "Picture",
    "PictureRendition",
    "SiteTexts",
]
