"""Search: who is found, why, and how the words were understood."""

from datetime import date
from typing import Annotated, Any

import strawberry
from strawberry import relay
from strawberry.scalars import JSON

from graphql_api.batch import together
from graphql_api.context import Info
from graphql_api.enums import BadgeCode, PriceUnit
from graphql_api.types.experts import ExpertProfile
from graphql_api.types.loges import Loge, NearbyLoge
from graphql_api.types.places import GeoPointInput
from graphql_api.types.services import Service
from loges import queries as domain
from loges.permissions import Viewer
from search import queries
from search import suggestions as suggesting
from search.backends import FacetField, Order
from search.dead_ends import WayKind
from search.places import PlaceKind
from search.suggestions import SuggestionKind

strawberry.enum(FacetField, name="FacetField", description="What results are counted by.")
strawberry.enum(Order, name="ExpertOrder", description="In which order experts are listed; ties by id.")
strawberry.enum(SuggestionKind, name="SuggestionKind", description="What a suggestion leads to.")
strawberry.enum(WayKind, name="WayKind", description="What somebody who found nobody may do.")
strawberry.enum(PlaceKind, name="PlaceKind", description="What kind of place a name stands for.")


@strawberry.input
class ExpertSearchInput:
    """What is looked for, and where. All that is given must hold."""

    text: str | None = None
    """What a resident types, in French, as they would say it; places in the words are understood, too."""
    services: list[str] | None = None
    """Only experts who offer one of these services, by slug."""
    family: str | None = None
    """Only experts who offer a service of this family, by slug."""
    near: GeoPointInput | None = None
    """Around this point."""
    radius_meters: int | None = None
    """How far from `near` at most, in metres, 1 to 100,000; 5,000 unless said."""
    within: JSON | None = None
    """Only inside this outline or on its border: a GeoJSON Polygon or MultiPolygon, at most 100 corners in all."""
    loge: str | None = None
    """Only this loge's experts, by slug."""
    postcode: str | None = None
    """Only experts of the loges that touch this postcode."""
    max_price_cents: int | None = None
    """Only offers up to this price, in cents; those on proposal are left out."""
    unit: PriceUnit | None = None
    """Only offers priced by this unit."""
    minimum_rating: float | None = None
    """Only experts whose reviews' mean is at least this, 0 to 5."""
    languages: list[str] | None = None
    """Only experts who speak one of these languages (ISO 639-1)."""
    badges: list[BadgeCode] | None = None
    """Only experts of whom all of this was checked."""
    free_on: date | None = None
    """Only experts who are free that day, today or within a year; hours are agreed with them."""

    def search(self, on: date) -> queries.ExpertSearch:
        """The input as the search's own question; badges must hold on that day."""
        return queries.ExpertSearch(
            text=self.text or "",
            services=tuple(self.services or ()),
            family=self.family,
            near=self.near.point(["input", "near"]) if self.near else None,
            radius_meters=self.radius_meters,
            within=queries.outline(self.within, path="within") if self.within is not None else None,
            loge=self.loge,
            postcode=self.postcode,
            max_price_cents=self.max_price_cents,
            unit=self.unit.value if self.unit else None,
            minimum_rating=self.minimum_rating,
            languages=tuple(self.languages or ()),
            badges=tuple(badge.value for badge in self.badges or ()),
            free_on=self.free_on,
            on=on,
        )


@strawberry.type
class UnderstoodPlace:
    """A place that was read in the words."""

    kind: PlaceKind
    """What kind of place it is."""
    label: str
    """The place's name, in French."""


@strawberry.type
class Correction:
    """A word that was read otherwise than typed."""

    typed: str
    """As typed."""
    read: str
    """As read."""


@strawberry.type
class Question:
    """What to ask back when words may mean several services."""

    text: str
    """The question, in French."""
    choices: list[Service]
    """The services to choose between; search again with the chosen one in `services`."""


@strawberry.type
class Understanding:
    """How the words were understood: always told, even where nobody offers the service yet."""

    services: list[Service]
    """The services asked for, most likely first."""
    places: list[UnderstoodPlace]
    """The places named."""
    corrections: list[Correction]
    """The words read otherwise than typed: say so."""
    question: Question | None
    """What to ask back, if anything."""
    ignored: list[str]
    """The words, as typed, that say nothing of the service understood: tell that they play no part."""


@strawberry.type
class FacetValue:
    """How many results there would be with one more choice."""

    value: str
    """The value to give back in the input."""
    count: int
    """How many experts."""
    field: strawberry.Private[FacetField]
    name: strawberry.Private[str]

    @strawberry.field
    def label(self, info: Info) -> str:
        """The value in French; a badge in the team's own words."""
        written = info.context.badge_texts.get(self.value) if self.field is FacetField.BADGE else None
        return written.label if written else self.name


@strawberry.type
class Facet:
    """Results counted by one field. A choice among services doesn't shrink the services' own counts."""

    field: FacetField
    """What is counted by."""
    values: list[FacetValue]
    """The values that occur, most frequent first."""


@strawberry.type
class ExpertHit:
    """An expert who was found, and why."""

    expert: ExpertProfile
    """The expert."""
    matched_services: list[Service]
    """The services asked for that they offer."""
    distance_meters: int | None
    """How far they are from `near`: a band, told by its upper bound in metres, since homes are nobody's business."""
    why_here: list[str]
    """Why they were found, in French."""
    highlights: list[str]
    """Sentences of theirs that hold words of the search, as safe HTML: the words in mark, all else escaped."""
    free_on: date | None
    """A day on which they are free: the one asked for or, where the soonest come first, the first one."""


@strawberry.type
class Way:
    """Something that somebody who found nobody may do."""

    kind: WayKind
    """What it is."""
    label: str
    """What to write on it, in French."""
    url: str | None
    """Where it leads: a page, a feed, an e-mail address; null where the frontend knows best."""


@strawberry.type
class NoResultHelp:
    """What to offer where nobody was found, or where no loge serves the place yet: never a dead end."""

    text: str
    """What to say, in French; empty where there is nothing to add."""
    nearest_loges: list[NearbyLoge]
    """The loges that serve the place, at 0 metres, then the nearest others."""
    neighbour_offers: list[ExpertHit]
    """Experts of elsewhere who offer what was asked for, at most three, the nearest first."""
    ways: list[Way]
    """What one may do now."""


@strawberry.type
class ExpertHitEdge:
    """An expert found, with the cursor to go on from."""

    cursor: str
    """Where this result stands."""
    node: ExpertHit
    """The result."""


@strawberry.type
class ExpertSearchResult:
    """A page of experts found."""

    edges: list[ExpertHitEdge]
    """The results, best first."""
    page_info: relay.PageInfo
    """Whether there is more."""
    total_count: int
    """How many there are on all pages, up to 10,000."""
    is_total_capped: bool
    """Whether there are more than `totalCount` tells."""
    is_degraded: bool
    """Whether another engine stood in for the one that should have answered: results hold, they may come slower."""
    facets: list[Facet]
    """The results counted by service, family, loge, language and badge."""
    understanding: Understanding
    """How the words were understood."""
    help: NoResultHelp | None
    """What to offer where nobody was found, or where no loge serves the place; null where there is no need."""
    ranking_criteria: list[str]
    """What the order depends on, in French: show it (art. L111-7 of the code de la consommation)."""


@strawberry.type
class Suggestion:
    """What a resident may be about to type."""

    kind: SuggestionKind
    """What it leads to."""
    label: str
    """What to show, in French."""
    service: Service | None
    """The service that it leads to."""
    expert: ExpertProfile | None
    """The expert that it leads to."""
    loge: Loge | None
    """The loge that it leads to, or belongs to."""


Text = Annotated[str, strawberry.argument(description="What is being typed.")]
SearchInput = Annotated[ExpertSearchInput, strawberry.argument(description="What is looked for, and where.")]


def result(found: queries.ExpertResults, *, is_later: bool) -> ExpertSearchResult:
    """The search's answer in the schema's shape; `is_later`: not the first page."""
    others = found.help.offers if found.help else []
    together(hit.expert for hit in (*found.hits, *others))
    together(loge for loge, _ in (found.help.loges if found.help else ()))
    matched = (service for hit in (*found.hits, *others) for service in hit.matched_services)
    together({service.pk: service for service in (*found.understood_services, *matched)}.values())
    edges = [ExpertHitEdge(cursor=hit.cursor, node=_hit(hit)) for hit in found.hits]
    return ExpertSearchResult(
        edges=edges,
        page_info=relay.PageInfo(
            has_next_page=found.has_next_page,
            has_previous_page=is_later,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        total_count=found.total_count,
        is_total_capped=found.is_total_capped,
        is_degraded=found.is_degraded,
        facets=_facets(found),
        understanding=_understanding(found),
        ranking_criteria=found.ranking_criteria,
        help=_help(found.help) if found.help else None,
    )


def _hit(hit: queries.ExpertHit) -> ExpertHit:
    return ExpertHit(
        expert=hit.expert,  # type: ignore[arg-type]
        matched_services=hit.matched_services,  # type: ignore[arg-type]
        distance_meters=hit.distance_meters,
        why_here=hit.why_here,
        highlights=hit.highlights,
        free_on=hit.free_on,
    )


def _help(found: queries.Help) -> NoResultHelp:
    return NoResultHelp(
        text=found.text,
        nearest_loges=[NearbyLoge(loge=loge, distance_meters=meters) for loge, meters in found.loges],  # type: ignore[arg-type]
        neighbour_offers=[_hit(hit) for hit in found.offers],
        ways=[Way(kind=way.kind, label=way.label, url=way.url) for way in found.ways],
    )


def suggestions(found: list[suggesting.Suggestion], person: Viewer) -> list[Suggestion]:
    """The search's suggestions in the schema's shape. At most three statements."""
    services = together(domain.services_in_order(dict.fromkeys(one.service for one in found if one.service)))
    loges = together(domain.loges_in_order(dict.fromkeys(slug for one in found for slug in one.loges), person))
    named = [(one.loges[0], one.expert) for one in found if one.expert]
    experts = together(domain.experts_named(named, person)) if named else []
    service_of: dict[str | None, Any] = {service.slug: service for service in services}
    loge_of: dict[str, Any] = {loge.slug: loge for loge in loges}
    expert_of: dict[Any, Any] = {(expert.loge.slug, expert.slug): expert for expert in experts}
    return [
        Suggestion(
            kind=one.kind,
            label=one.label,
            service=service_of.get(one.service),
            expert=expert_of.get((one.loges[0], one.expert)) if one.expert else None,
            loge=loge_of.get(one.loges[0]) if len(one.loges) == 1 else None,
        )
        for one in found
    ]


def _facets(found: queries.ExpertResults) -> list[Facet]:
    made: dict[FacetField, Facet] = {}
    for facet in found.facets:
        entry = made.setdefault(facet.field, Facet(field=facet.field, values=[]))
        entry.values.append(FacetValue(value=facet.value, count=facet.count, field=facet.field, name=facet.label))
    return list(made.values())


def _understanding(found: queries.ExpertResults) -> Understanding:
    question = found.question
    return Understanding(
        services=found.understood_services,  # type: ignore[arg-type]
        places=[UnderstoodPlace(kind=place.kind, label=place.label) for place in found.places],
        corrections=[Correction(typed=one.typed, read=one.read) for one in found.corrections],
        question=Question(text=question.text, choices=question.choices) if question else None,  # type: ignore[arg-type]
        ignored=list(found.understanding.ignored),
    )
