"""Loges: the neighbourhoods' teams."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

import strawberry
import strawberry_django
from strawberry import Parent, auto, relay

from cms import calendar, feeds, icalendars
from cms import queries as cms_queries
from graphql_api.batch import for_each, for_peers, together
from graphql_api.context import Info
from graphql_api.enums import LogeState
from graphql_api.guard import Guarded
from graphql_api.paging import Order, Slice
from graphql_api.relay import After, Before, CountedConnection, First, Last, nested
from graphql_api.types.events import OCCURRENCES_EARLIEST_FIRST, EventOccurrence, Since, Until, moment
from graphql_api.types.experts import (
    REVIEWS_NEWEST_FIRST,
    ExpertProfile,
    Rating,
    Review,
    photos,
    rating,
)
from graphql_api.types.images import Image
from graphql_api.types.pages import LogeNewsPage, LogePage
from graphql_api.types.places import Territory
from graphql_api.types.services import Service
from loges import models, permissions, queries

EXPERTS_LONGEST_THERE_FIRST = Order("experts", ("pk",))
NEWS_NEWEST_FIRST = Order("news", ("-published_on", "-pk"))


@strawberry.type
class Coordinator:
    """Who leads a loge."""

    first_name: str
    """The first name."""
    initial: str
    """The first letter of the last name."""
    quote: str | None
    """A sentence of theirs."""
    photo: Image | None
    """The portrait; show the initials where there is none."""


@strawberry.type
class AskedService:
    """Something that residents looked for and didn't find in a loge. Nobody is told who."""

    service: Service | None
    """The service that was understood; null where the words are no service's."""
    words: str
    """The service's name, or the words as they were typed."""
    count: int
    """How often it was looked for."""
    last_on: date
    """The last day."""

    @classmethod
    def of(cls, asked: queries.Asked) -> "AskedService":
        """As the domain tells it."""
        return cls(service=asked.service, words=asked.words, count=asked.count, last_on=asked.last_on)  # type: ignore[arg-type]


@strawberry_django.type(models.Loge)
class Loge(Guarded, relay.Node):
    """A neighbourhood's team of about ten experts, led by a coordinator.

    Before it opens, a loge tells its name, place, state and coordinator; `page` is null and its lists are empty.
    """

    slug: auto
    """The name in addresses."""
    name: auto
    """The name."""
    city: auto
    """The city."""
    neighbourhood: auto
    """The neighbourhood."""
    target_experts: auto
    """How many experts the loge aims at."""

    @strawberry.field
    def state(self, root: Parent[models.Loge]) -> LogeState:
        """Where it stands: only an ACTIVE loge takes missions."""
        return LogeState[root.state]

    @strawberry.field
    def state_message(self, root: Parent[models.Loge]) -> str | None:
        """What it tells residents meanwhile, e.g. during a pause."""
        return root.state_message or None

    @strawberry.field
    def opened_at(self, root: Parent[models.Loge]) -> datetime | None:
        """When it opened."""
        return root.opened_at

    @strawberry.field
    def paused_until_on(self, root: Parent[models.Loge]) -> date | None:
        """The day it expects to be back from a pause."""
        return root.paused_until_on

    @strawberry.field
    def path(self, root: Parent[models.Loge]) -> str:
        """The page's path, with slashes at both ends."""
        return f"/loges/{root.slug}/"

    @strawberry.field(graphql_type=Territory)
    def territory(self, root: Parent[models.Loge]) -> models.Territory:
        """Where it is at home."""
        return root.territory

    @strawberry.field(graphql_type=LogePage | None)
    def page(self, info: Info, root: Parent[models.Loge]) -> Any:
        """What the coordinator wrote; none before the loge opens."""

        def load(rows: list[models.Loge]) -> dict[int, Any]:
            open_ids = [row.pk for row in rows if row.state in permissions.LOGES_WITH_A_PAGE]
            found = cms_queries.loge_pages(open_ids, info.context.person)
            together(found.values())
            return found

        return for_peers(root, "page", load)

    @strawberry.field
    def calendar_url(self, root: Parent[models.Loge]) -> str:
        """The iCalendar file of all its events, absolute: for phones and computers to subscribe to."""
        return icalendars.loge_address(root)

    @strawberry.field
    def news_feed_url(self, root: Parent[models.Loge]) -> str:
        """The RSS feed of its news, absolute."""
        return feeds.news_address(root)

    @strawberry.field(graphql_type=CountedConnection[LogeNewsPage])
    def news(
        self,
        info: Info,
        root: Parent[models.Loge],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> CountedConnection[LogeNewsPage]:
        """What is new in the loge, newest first."""
        found: CountedConnection[LogeNewsPage] = nested(
            root,
            lambda: cms_queries.news(info.context.person),
            NEWS_NEWEST_FIRST,
            Slice(first, after, last, before),
            group="news_loge_id",
        )
        return found

    @strawberry.field
    def coordinators(self, info: Info, root: Parent[models.Loge]) -> list[Coordinator]:
        """Who leads it now."""

        def load(rows: list[models.Loge]) -> dict[int, list[Coordinator]]:
            found = queries.coordinators(row.pk for row in rows)
            members = [member for members in found.values() for member in members]
            faces = photos({member.pk: member.person_id for member in members}, info)
            return {
                pk: [
                    Coordinator(
                        first_name=member.person.first_name,
                        initial=member.person.initial,
                        quote=member.quote or None,
                        photo=faces.get(member.pk),
                    )
                    for member in members
                ]
                for pk, members in found.items()
            }

        return for_each(root, "coordinators", load)

    @strawberry.field(graphql_type=CountedConnection[ExpertProfile])
    def experts(
        self,
        info: Info,
        root: Parent[models.Loge],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> CountedConnection[ExpertProfile]:
        """The published experts, those who came first first."""

        found: CountedConnection[ExpertProfile] = nested(
            root,
            lambda: queries.experts(info.context.person),
            EXPERTS_LONGEST_THERE_FIRST,
            Slice(first, after, last, before),
            group="loge_id",
            count=lambda loge: figures_of(loge, info).experts,
        )
        return found

    @strawberry.field
    def expert_count(self, info: Info, root: Parent[models.Loge]) -> int:
        """How many experts are published."""
        return figures_of(root, info).experts

    @strawberry.field
    def rating(self, info: Info, root: Parent[models.Loge]) -> Rating | None:
        """What the reviews of all its experts add up to; none before the first."""
        figures = figures_of(root, info)
        return rating(figures.rating_count, figures.rating_sum)

    @strawberry.field(graphql_type=list[Service])
    def services(self, info: Info, root: Parent[models.Loge]) -> list[models.Service]:
        """The services that its published experts offer, in the taxonomy's order."""

        def load(rows: list[models.Loge]) -> dict[int, list[models.Service]]:
            found = queries.services_of_loges([row.pk for row in rows], info.context.person)
            together(service for services in found.values() for service in services)
            return found

        return for_each(root, "services", load)

    @strawberry.field(graphql_type=CountedConnection[Review])
    def reviews(
        self,
        info: Info,
        root: Parent[models.Loge],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> CountedConnection[Review]:
        """The published reviews of its experts, newest first."""
        found: CountedConnection[Review] = nested(
            root,
            lambda: queries.reviews_with_expert(info.context.person),
            REVIEWS_NEWEST_FIRST,
            Slice(first, after, last, before),
            group="expert__loge_id",
        )
        return found

    @strawberry.field(graphql_type=CountedConnection[EventOccurrence])
    def events(
        self,
        info: Info,
        root: Parent[models.Loge],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        since: Since = None,
        until: Until = None,
    ) -> CountedConnection[EventOccurrence]:
        """The dates of its events, earliest first; without `from`, those that are not over yet."""
        since, until = moment(since, "from"), moment(until, "to")
        begin = since or info.context.now

        found: CountedConnection[EventOccurrence] = nested(
            root,
            lambda: calendar.occurrences(info.context.person, since=begin, until=until),
            OCCURRENCES_EARLIEST_FIRST,
            Slice(first, after, last, before),
            group="event__loge_id",
            arguments=(since, until),
        )
        return found

    @strawberry.field
    def asked_without_expert(self, info: Info, root: Parent[models.Loge]) -> list[AskedService] | None:
        """What residents looked for here in the last 90 days and nobody offers, the most wanted first: ten at most.

        Null for everybody but those who keep its team.
        """
        if not info.context.may("manage_experts", root.pk):
            return None
        since = info.context.today - timedelta(days=queries.ASKED_DAYS)

        def load(rows: list[models.Loge]) -> dict[int, list[AskedService]]:
            asked = queries.asked_without_expert(rows, since=since)
            return {pk: [AskedService.of(one) for one in found] for pk, found in asked.items()}

        return for_each(root, "asked_without_expert", load)


def figures_of(root: models.Loge, info: Info) -> queries.LogeFigures:
    """The figures of a loge, read for all its peers at once."""
    return for_each(root, "figures", lambda rows: queries.loge_figures((row.pk for row in rows), info.context.person))


@strawberry.type
class NearbyLoge:
    """A loge and how far its centre is."""

    loge: Loge
    """The loge."""
    distance_meters: int
    """The distance band from the point to the centre of its territory, told by its upper bound in metres."""


@strawberry.type
class Coverage:
    """Which loges serve a point."""

    loge: Annotated["Loge", strawberry.lazy("graphql_api.types.loges")] | None
    """The loge at home there, if one is open."""
    loges: list[Loge]
    """All the open loges at home there."""
    preparing: list[Loge]
    """The loges being prepared there."""
    neighbours: list[NearbyLoge]
    """The nearest other open loges."""
