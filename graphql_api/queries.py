"""What may be asked: the root fields of the schema."""

from typing import Annotated, Any

import strawberry
from strawberry import relay

from cms import calendar
from cms import models as cms_models
from cms import queries as cms_queries
from graphql_api.batch import together
from graphql_api.context import Info
from graphql_api.errors import BadInput
from graphql_api.paging import Order, Slice, listed, page
from graphql_api.relay import After, Before, CountedConnection, First, HowMany, Last, connection, parse_id
from graphql_api.types.events import OCCURRENCES_EARLIEST_FIRST, Event, EventOccurrence, Since, Until, moment
from graphql_api.types.experts import ExpertProfile, Offer, Review
from graphql_api.types.loges import Coverage, Loge, NearbyLoge
from graphql_api.types.money import MoneyBreakdown, breakdown
from graphql_api.types.pages import BlogPostPage, HandbookIndexPage, HomePage, Page
from graphql_api.types.places import GeoPointInput
from graphql_api.types.routes import PAGES, Route, Site, route, site
from graphql_api.types.search import (
    ExpertSearchResult,
    SearchInput,
    Suggestion,
    Text,
    result,
    suggestions,
)
from graphql_api.types.services import Service, ServiceFamily
from loges import models, queries
from loges.geography import distance_band_m
from search import queries as search_queries
from search.backends import Order as SearchOrder

LOGES_BY_CITY = Order("loges", ("city", "name", "pk"))
POSTS_NEWEST_FIRST = Order("posts", ("-published_on", "-pk"))
LogeSlug = Annotated[str, strawberry.argument(description="The loge's slug, e.g. « paris-aligre ».")]
Slug = Annotated[str, strawberry.argument(description="The slug, as in addresses.")]
Near = Annotated[GeoPointInput, strawberry.argument(description="Where, in degrees.")]

NODES: dict[str, Any] = {
    "Loge": lambda person: queries.loges(person),
    "ExpertProfile": lambda person: queries.experts(person),
    "Offer": lambda person: queries.offers(person),
    "Review": lambda person: queries.reviews(person),
    "Event": lambda person: calendar.events(person),
    "EventOccurrence": lambda person: calendar.occurrences(person),
    "Service": lambda person: queries.services(),
    "ServiceFamily": lambda person: queries.service_families(),
}
"""Type name -> the rows of it that a person may find again by id."""


def _pages_of(kind: type) -> Any:
    return lambda person: cms_queries.pages_of(getattr(cms_models, kind.__name__), person)


NODES |= {kind.__name__: _pages_of(kind) for kind in PAGES}


@strawberry.type
class Query:
    """Everything that may be asked."""

    @strawberry.field
    def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The global id of anything that has one.")],
    ) -> relay.Node | None:
        """What has this id, if it is public; nothing tells apart what is hidden and what isn't there."""
        type_name, pk = parse_id(id)
        if type_name not in NODES:
            return None
        found: relay.Node | None = NODES[type_name](info.context.person).filter(pk=pk).first()
        return found

    @strawberry.field(graphql_type=HomePage | None)
    def home_page(self, info: Info) -> Any:
        """The front page of the network."""
        return cms_queries.home_page(info.context.person)

    @strawberry.field(graphql_type=Route | None)
    def route(
        self,
        info: Info,
        path: Annotated[str, strawberry.argument(description="A path of the site, e.g. « /loges/paris-aligre/ ».")],
    ) -> Any:
        """What is at a path: a page, another address, nothing any more, a closed door; null where nothing was."""
        return route(path, info.context)

    @strawberry.field
    def site(self, info: Info) -> Site:
        """What holds for the whole site, its menu included."""
        return site(info.context)

    @strawberry.field(graphql_type=CountedConnection[BlogPostPage])
    def blog_posts(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        tag: Annotated[str | None, strawberry.argument(description="Only posts with this theme.")] = None,
        loge: Annotated[str | None, strawberry.argument(description="Only posts about this loge, by slug.")] = None,
    ) -> CountedConnection[BlogPostPage]:
        """The posts of the blog, newest first."""
        rows = cms_queries.blog_posts(
            info.context.person, tag=None if tag is None else _text(tag), loge=None if loge is None else _slug(loge)
        )
        part = Slice(first, after, last, before)
        found: CountedConnection[BlogPostPage] = connection(
            page(rows, POSTS_NEWEST_FIRST, part, arguments=(tag, loge))
        )
        return found

    @strawberry.field(graphql_type=HandbookIndexPage | None)
    def handbook(self, info: Info) -> Any:
        """The handbook of good practices, for coordinators and the team; null for everybody else."""
        return cms_queries.handbook(info.context.person)

    @strawberry.field(graphql_type=CountedConnection[Page])
    def search_content(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="What to look for, in French.")],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> CountedConnection[Page]:
        """The pages that hold these words and that the reader may see, best first. Experts: see `searchExperts`."""
        person = info.context.person
        ids = cms_queries.pages_about(_text(text), person)
        part = Slice(first, after, last, before)
        found: CountedConnection[Page] = connection(
            listed(ids, lambda shown: cms_queries.pages_in_order(shown, person), "content", part, arguments=(text,))
        )
        return found

    @strawberry.field(graphql_type=Loge | None)
    def loge(self, info: Info, slug: LogeSlug) -> models.Loge | None:
        """A loge by its slug; closed loges are gone."""
        return queries.loge(_slug(slug), info.context.person)

    @strawberry.field(graphql_type=CountedConnection[Loge])
    def loges(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> CountedConnection[Loge]:
        """The loges of the network, city by city."""
        part = Slice(first, after, last, before)
        found: CountedConnection[Loge] = connection(page(queries.loges(info.context.person), LOGES_BY_CITY, part))
        return found

    @strawberry.field
    def coverage(self, info: Info, near: Near) -> Coverage:
        """Which loges serve a point."""
        found = queries.coverage(near.point(["near"]), info.context.person)
        together([*found.loges, *found.preparing, *(loge for loge, _ in found.neighbours)])
        nearby: list[Any] = [
            NearbyLoge(loge=loge, distance_meters=distance_band_m(meters))  # type: ignore[arg-type]
            for loge, meters in found.neighbours
        ]
        at_home: Any = found.loges
        preparing: Any = found.preparing
        return Coverage(loge=at_home[0] if at_home else None, loges=at_home, preparing=preparing, neighbours=nearby)

    @strawberry.field(graphql_type=list[ServiceFamily])
    def service_families(self) -> list[models.ServiceFamily]:
        """The taxonomy: families and their services."""
        return together(queries.service_families())

    @strawberry.field(graphql_type=ExpertProfile | None)
    def expert(self, info: Info, loge: LogeSlug, slug: Slug) -> models.ExpertProfile | None:
        """An expert by loge and slug."""
        return queries.expert(_slug(loge), _slug(slug), info.context.person)

    @strawberry.field(graphql_type=CountedConnection[EventOccurrence])
    def events(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        loge: Annotated[str | None, strawberry.argument(description="Only this loge's, by slug.")] = None,
        near: Annotated[
            GeoPointInput | None, strawberry.argument(description="Only those of the loges that serve this point.")
        ] = None,
        since: Since = None,
        until: Until = None,
    ) -> CountedConnection[EventOccurrence]:
        """The calendar: dates of events, earliest first; without `from`, those that are not over yet."""
        person, loge_ids = info.context.person, None
        since, until = moment(since, "from"), moment(until, "to")
        if near is not None:
            loge_ids = [found.pk for found in queries.loges_at(near.point(["near"]), person)]
        if since and until and until <= since:
            raise BadInput("La fin de la période vient avant son début.", ["to"])
        rows = calendar.occurrences(
            person,
            loge_slug=None if loge is None else _slug(loge),
            loge_ids=loge_ids,
            since=since or info.context.now,
            until=until,
        )
        point = (near.latitude, near.longitude) if near else None
        arguments = (loge, point, since, until)
        found: CountedConnection[EventOccurrence] = connection(
            page(rows, OCCURRENCES_EARLIEST_FIRST, Slice(first, after, last, before), arguments=arguments)
        )
        return found

    @strawberry.field(graphql_type=Event | None)
    def event(self, info: Info, loge: LogeSlug, slug: Slug) -> models.Event | None:
        """An event by loge and slug."""
        return calendar.events(info.context.person).filter(loge__slug=_slug(loge), slug=_slug(slug)).first()

    @strawberry.field
    def search_experts(
        self,
        info: Info,
        input: SearchInput,
        order_by: Annotated[SearchOrder, strawberry.argument(description="In which order.")] = SearchOrder.RELEVANCE,
        first: HowMany = 20,
        after: After = None,
    ) -> ExpertSearchResult:
        """The experts who can help, by skill and neighbourhood."""
        found = search_queries.search_experts(
            input.search(info.context.today), order=order_by, first=first, after=after, person=info.context.person
        )
        return result(found, is_later=after is not None)

    @strawberry.field
    def suggest(
        self,
        info: Info,
        text: Text,
        near: Annotated[
            GeoPointInput | None, strawberry.argument(description="Where the person is: what is near comes first.")
        ] = None,
        first: HowMany = 8,
    ) -> list[Suggestion]:
        """What a resident may be about to type: services, loges, experts."""
        point = near.point(["near"]) if near else None
        person = info.context.person
        return suggestions(search_queries.suggest(text, near=point, first=first, person=person), person)

    @strawberry.field
    def money_preview(
        self,
        info: Info,
        price_cents: Annotated[
            int, strawberry.argument(description="What the resident would pay, VAT included, in cents.")
        ],
        offer: Annotated[
            strawberry.ID | None,
            strawberry.argument(
                description="The offer it would be paid for: its expert's and coordinator's VAT count."
            ),
        ] = None,
        loge: Annotated[
            str | None, strawberry.argument(description="The loge, by slug: its coordinator's VAT counts.")
        ] = None,
    ) -> MoneyBreakdown:
        """Where every cent of a price would go."""
        person, found_offer, found_loge = info.context.person, None, None
        if offer is not None:
            found_offer = _offer(offer, info)
        if loge is not None:
            found_loge = queries.loge(_slug(loge), person)
            if found_loge is None:
                raise BadInput("Cette loge n'existe pas.", ["loge"])
        preview = queries.money_preview(price_cents, on=info.context.today, offer=found_offer, loge=found_loge)
        return breakdown(preview)


def _text(given: str) -> str:
    """Words to look for; what no database could compare is left out."""
    return given.replace("\0", " ").encode("utf-8", "ignore").decode()


def _slug(given: str) -> str:
    """A slug to look up; what can't be one, and no database could compare, becomes one that nothing has."""
    return given if given.isascii() and given.isprintable() else ""


def _offer(wanted: strawberry.ID, info: Info) -> models.Offer:
    type_name, pk = parse_id(wanted)
    found = None
    if type_name == "Offer":
        found = queries.offers(info.context.person).select_related("expert").filter(pk=pk).first()
    if found is None:
        raise BadInput("Cette offre n'existe pas.", ["offer"])
    return found


TYPES = [Service, ServiceFamily, Loge, ExpertProfile, Offer, Review, Event, EventOccurrence, *PAGES]
"""The types that are only reached through interfaces."""
