"""The calendar as readers may see it: an event is told to nobody to whom its own page is closed or not published.

The domain knows no pages, so whoever shows events to readers asks here. The rule is part of the same statement.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cms import page_restrictions
from loges import queries
from loges.models import Event, EventOccurrence
from loges.permissions import Viewer


def events(person: Viewer) -> QuerySet[Event]:
    """The events that the person may see, with their loge."""
    return queries.events(person).filter(_is_told("page", person))


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
    return found.filter(_is_told("event__page", person))


def _is_told(page: str, person: Viewer) -> Q:
    """Whether the event's page, by that name in the query, is neither unpublished nor closed to the person."""
    is_closed = Exists(page_restrictions.unmet(OuterRef(f"{page}__path"), person))
    return ~Q(**{f"{page}__live": False}) & ~Q(is_closed)
