"""The calendar as readers may see it: an event is told to nobody to whom its own page is closed.

The domain knows no pages, so whoever shows events to readers asks here. The rule is part of the same statement.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from cms import page_restrictions
from loges import queries
from loges.models import Event, EventOccurrence
from loges.permissions import Viewer


def events(person: Viewer) -> QuerySet[Event]:
    """The events that the person may see, with their loge."""
    return queries.events(person).filter(~Exists(page_restrictions.unmet(OuterRef("page__path"), person)))


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
    return found.filter(~Exists(page_restrictions.unmet(OuterRef("event__page__path"), person)))
