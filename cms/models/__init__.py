"""The content types: pages, pictures, and what links them to the domain."""

from cms.models.editorial import BlogIndexPage, BlogPostPage, EditorialPage, HomePage
from cms.models.handbook import HandbookChapterPage, HandbookIndexPage, HandbookPartPage
from cms.models.images import ExpertPortrait, Picture, PictureRendition
from cms.models.loge_pages import EventPage, EventPageSpeaker, LogeCollection, LogeIndexPage, LogePage

__all__ = [
    "BlogIndexPage",
    "BlogPostPage",
    "EditorialPage",
    "EventPage",
    "EventPageSpeaker",
    "ExpertPortrait",
    "HandbookChapterPage",
    "HandbookIndexPage",
    "HandbookPartPage",
    "HomePage",
    "LogeCollection",
    "LogeIndexPage",
    "LogePage",
    "Picture",
    "PictureRendition",
]
