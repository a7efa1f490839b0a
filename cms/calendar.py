"""The calendar as readers may see it: an event is told to nobody to whom its own page is closed or not published.

The domain knows no pages, so whoever shows events to readers asks here. The rule is part of the same statement.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from cms import page_restrictions
from loges import permissions, queries
from loges.models import Event, EventOccurrence
from loges.permissions import Viewer

M = TypeVar("M", bound=Model)
PAGES: dict[type[Model], str] = {Event: "page", EventOccurrence: "event__page"}
"""How a query reaches the page of an event, and of a date."""


def events(person: Viewer) -> QuerySet[Event]:
    """The events that the person may see, with their loge."""
    return told(queries.events(person), person)


def occurrences(
    person: Viewer,
    *,
    loge_slug: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    loge_ids: Iterable[int] | None = None,
) -> QuerySet[EventOccurrence]:
    """The dates that the person may see, as `loges.queries.occurrences` finds them."""
    found = queries.occurrences(person, loge_slug=loge_slug, since=since, until=until, loge_ids=loge_ids)
    return told(found, person)


def told(queryset: QuerySet[M], person: Viewer) -> QuerySet[M]:
    """Those of these visible events or dates whose page is neither unpublished nor closed to the person; marked."""
    page = PAGES[queryset.model]
    is_closed = Exists(page_restrictions.unmet(OuterRef(f"{page}__path"), person))
    return permissions.marked(queryset.exclude(**{f"{page}__live": False}).exclude(is_closed), "calendar")
