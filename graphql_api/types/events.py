"""Events and their dates."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
import strawberry_django
from django.utils import timezone
from strawberry import Parent, auto, relay

from cms import calendar, icalendars
from cms import queries as cms_queries
from graphql_api.batch import for_each, for_peers, related, together
from graphql_api.context import Info
from graphql_api.enums import EventOccurrenceState, VenueKind
from graphql_api.errors import BadInput
from graphql_api.guard import Guarded
from graphql_api.paging import Order, Slice
from graphql_api.relay import After, Before, CountedConnection, First, Last, nested
from graphql_api.types.blocks import BodyBlocks, blocks
from graphql_api.types.experts import ExpertProfile, LogeRef
from graphql_api.types.images import Image
from graphql_api.types.pages import EventPage, cover
from loges import models, queries, recurrence

if TYPE_CHECKING:
    from cms import models as cms_models

OCCURRENCES_EARLIEST_FIRST = Order("occurrences", ("starts_at", "pk"))
Since = Annotated[
    datetime | None, strawberry.argument(name="from", description="Only dates that end after this instant.")
]
Until = Annotated[
    datetime | None, strawberry.argument(name="to", description="Only dates that begin before this instant.")
]


def moment(given: datetime | None, argument: str) -> datetime | None:
    """An instant that somebody gave; without a zone it is local time (Europe/Paris). Raises BadInput."""
    if given is None:
        return None
    found = timezone.make_aware(given) if timezone.is_naive(given) else given
    try:
        found.astimezone(UTC)  # as databases compare it
    except OverflowError as error:
        raise BadInput("Cet instant est hors du calendrier.", [argument]) from error
    return found


@strawberry.type
class EventSpeaker:
    """Somebody who speaks at an event."""

    first_name: str
    """The first name."""
    topic: str
    """What they speak about; may be empty."""
    expert: Annotated["ExpertProfile", strawberry.lazy("graphql_api.types.experts")] | None
    """The expert's profile; none for a resident who shares what they know."""


@strawberry_django.type(models.Event)
class Event(Guarded, relay.Node):
    """An event of a loge, with all its dates."""

    slug: auto
    """The name in addresses, unique in its loge."""
    title: auto
    """The title."""
    summary: auto
    """Two sentences about it; may be empty."""
    theme: auto
    """The theme; may be empty."""
    duration_minutes: auto
    """How long it lasts, in minutes."""
    venue_name: auto
    """Where it takes place."""
    capacity: auto
    """How many places there are; none for no limit."""

    @strawberry.field
    def path(self, root: Parent[models.Event]) -> str:
        """The page's path, with slashes at both ends."""
        return f"/loges/{root.loge.slug}/{root.slug}/"

    @strawberry.field(graphql_type=LogeRef)
    def loge(self, root: Parent[models.Event]) -> models.Loge:
        """The loge that invites."""
        found: models.Loge = related(root, "loge")
        return found

    @strawberry.field
    def venue_kind(self, root: Parent[models.Event]) -> VenueKind:
        """What kind of place it is."""
        return VenueKind[root.venue_kind]

    @strawberry.field
    def address(self, info: Info, root: Parent[models.Event]) -> str | None:
        """The address; that of somebody's home is told to those alone who write the loge's events."""
        return (root.address or None) if info.context.may_read("address", root) else None

    @strawberry.field
    def accessibility(self, root: Parent[models.Event]) -> list[str]:
        """What to know for people who need a step-free way, a loop, a seat..., in French."""
        return [str(line) for line in root.accessibility]

    @strawberry.field
    def recurrence(self, root: Parent[models.Event]) -> str | None:
        """The rule of its dates (RFC 5545 RRULE); none for a single date."""
        return root.recurrence or None

    @strawberry.field
    def recurrence_label(self, root: Parent[models.Event]) -> str:
        """The rule in French words, e.g. « chaque premier jeudi du mois »."""
        return recurrence.in_words(root.recurrence)

    @strawberry.field
    def speakers(self, info: Info, root: Parent[models.Event]) -> list[EventSpeaker]:
        """Who speaks."""

        def load(rows: list[models.Event]) -> dict[int, list[EventSpeaker]]:
            found = queries.speakers([row.pk for row in rows], info.context.person)
            together(speaker.expert for speakers in found.values() for speaker in speakers if speaker.expert)
            return {pk: [_speaker(speaker) for speaker in speakers] for pk, speakers in found.items()}

        return for_each(root, "speakers", load)

    @strawberry.field
    def cover(self, info: Info, root: Parent[models.Event]) -> Image | None:
        """The picture above the page."""
        page = _page(root, info)
        return cover(page) if page else None

    @strawberry.field(graphql_type=BodyBlocks)
    def body(self, info: Info, root: Parent[models.Event]) -> list[Any]:
        """What the coordinator wrote about it."""
        page = _page(root, info)
        return blocks(page, info.context) if page else []

    @strawberry.field(graphql_type=EventPage | None)
    def page(self, info: Info, root: Parent[models.Event]) -> Any:
        """Its page, with what search engines and social networks want to know; null where it isn't public."""
        return _page(root, info)

    @strawberry.field
    def calendar_url(self, root: Parent[models.Event]) -> str:
        """Its iCalendar file, absolute: for phones and computers to subscribe to."""
        return icalendars.event_address(root)

    @strawberry.field
    def exceptions(self, root: Parent[models.Event]) -> list[date]:
        """The days that the rule gives and on which nothing takes place."""
        return sorted(root.days_without)

    @strawberry.field(
        graphql_type=CountedConnection[Annotated["EventOccurrence", strawberry.lazy("graphql_api.types.events")]]
    )
    def occurrences(
        self,
        info: Info,
        root: Parent[models.Event],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        since: Since = None,
        until: Until = None,
    ) -> "CountedConnection[EventOccurrence]":
        """Its dates, earliest first."""
        since, until = moment(since, "from"), moment(until, "to")

        found: CountedConnection[EventOccurrence] = nested(
            root,
            lambda: calendar.occurrences(info.context.person, since=since, until=until),
            OCCURRENCES_EARLIEST_FIRST,
            Slice(first, after, last, before),
            group="event_id",
            arguments=(since, until),
        )
        return found


@strawberry_django.type(models.EventOccurrence)
class EventOccurrence(Guarded, relay.Node):
    """One date of an event."""

    starts_at: auto
    """When it begins."""
    ends_at: auto
    """When it ends."""
    is_moved: auto
    """Whether it was moved away from the usual day or hour."""

    @strawberry.field(graphql_type=Event)
    def event(self, root: Parent[models.EventOccurrence]) -> models.Event:
        """The event it is a date of."""
        found: models.Event = related(root, "event")
        return found

    @strawberry.field
    def state(self, root: Parent[models.EventOccurrence]) -> EventOccurrenceState:
        """What became of it; a cancelled date stays visible."""
        return EventOccurrenceState[root.state]

    @strawberry.field
    def note(self, root: Parent[models.EventOccurrence]) -> str | None:
        """Why it was moved or cancelled, in French."""
        return root.note or None


def _speaker(speaker: models.EventSpeaker) -> EventSpeaker:
    name = speaker.expert.person.first_name if speaker.expert else speaker.resident_first_name
    return EventSpeaker(first_name=name, topic=speaker.topic, expert=speaker.expert)  # type: ignore[arg-type]


def _page(root: models.Event, info: Info) -> "cms_models.EventPage | None":
    """The event's public page, read once for all its peers."""

    def load(rows: list[models.Event]) -> dict[int, Any]:
        found = cms_queries.event_pages((row.pk for row in rows), info.context.person)
        together(found.values())
        return found

    return for_peers(root, "page", load)
