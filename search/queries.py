"""What the doors ask of search: experts, suggestions, health. The index ranks, the database decides who is shown."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from loges import queries
from loges.actions import demand
from loges.geography import Point
from loges.models import ExpertProfile, Loge, Service
from loges.permissions import Viewer
from search import dead_ends, highlights, outbox, reasons, vectors, vocabulary
from search.backends import ExpertHits, ExpertQuery, Facet, ForeignCursor, Hit, Order, Unavailable
from search.database import names_like
from search.dead_ends import Way
from search.engine import embedded, engine
from search.places import PlaceName
from search.questions import BadInput, ExpertSearch, check, check_first, outline, point, question
from search.spelling import Correction
from search.suggestions import Suggestion, SuggestionKind
from search.understanding import Understanding
from search.words import tokens

__all__ = [
    "BadInput",
    "ExpertHit",
    "ExpertResults",
    "ExpertSearch",
    "Unavailable",
    "health",
    "outline",
    "point",
    "search_experts",
    "suggest",
]

MAX_NAMES = 3
"""Experts suggested by name at a time."""


@dataclass(frozen=True, slots=True)
class ExpertHit:
    """An expert found: by which services, how far (a band's upper bound in metres), why, in French.

    `highlights` are sentences of theirs that hold words of the query, as HTML; `free_on` a day when they are free.
    """

    expert: ExpertProfile
    matched_services: list[Service]
    distance_meters: int | None
    why_here: list[str]
    highlights: list[str]
    free_on: date | None
    cursor: str


@dataclass(frozen=True, slots=True)
class QuestionBack:
    """A question in French, and the services to choose from."""

    text: str
    choices: list[Service]


@dataclass(frozen=True, slots=True)
class Help:
    """What to offer somebody who found nobody, or whose place no loge serves: words, loges, experts, ways on.

    `loges` come with how far they are (a band, in metres; 0 for those that serve the place).
    """

    text: str
    loges: list[tuple[Loge, int]]
    offers: list[ExpertHit]
    ways: list[Way]


@dataclass(frozen=True, slots=True)
class ExpertResults:
    """A page of experts and what is to be said of it. `total_count` counts up to 10,000.

    `understood_services` are there also when nobody offers them; `question` asks back, and then its choices were
    searched for.
    """

    hits: list[ExpertHit]
    total_count: int
    is_total_capped: bool
    facets: list[Facet]
    has_next_page: bool
    has_previous_page: bool
    is_degraded: bool
    understanding: Understanding
    understood_services: list[Service]
    question: QuestionBack | None
    places: list[PlaceName]
    corrections: list[Correction]
    ranking_criteria: list[str]
    help: Help | None


def search_experts(
    search: ExpertSearch,
    *,
    order: str = Order.RELEVANCE,
    first: int = 20,
    after: str | None = None,
    person: Viewer = None,
) -> ExpertResults:
    """The experts that a resident looks for. At most eleven statements, whatever the number of results.

    One for the vocabulary's token (more after a change), four for the backend and up to three more by the filters,
    one for experts, one for services. With a server, one to know whether it is behind. With a point, one more to
    know who comes there and one to know who serves it; where nobody is found, eleven more at most, to count the miss
    and to offer what there is. Raises BadInput, and Unavailable where nobody stands in for a server that fails.
    """
    wanted = check(search, order, first)
    understood = vocabulary.reading().understander.understand(search.text)
    query = question(search, understood, order=wanted, first=first, after=after)
    try:
        found = engine().search(query)
    except ForeignCursor as error:
        raise BadInput(
            "FOREIGN_CURSOR", "after", "Cette suite de résultats appartient à une autre recherche."
        ) from error
    services = _services(understood, found)
    back = understood.question
    return ExpertResults(
        help=_help(search, understood, query, found, person),
        hits=_hydrated(query, found.hits, services, person),
        total_count=found.total,
        is_total_capped=found.is_total_capped,
        facets=list(found.facets),
        has_next_page=found.has_next_page,
        has_previous_page=False,
        is_degraded=found.is_degraded,
        understanding=understood,
        understood_services=_in_order(understood.services, services),
        question=QuestionBack(back.text, _in_order(back.choices, services)) if back else None,
        places=list(understood.places),
        corrections=list(understood.corrections),
        ranking_criteria=reasons.criteria(query),
    )


def _help(
    search: ExpertSearch, understood: Understanding, query: ExpertQuery, found: ExpertHits, person: Viewer
) -> Help | None:
    """What to offer beside the hits: something as soon as there are none, or nobody serves the place."""
    if query.after is not None or (found.total and not (query.near and dead_ends.is_outside(query.near, person))):
        return None
    named = understood.places or (vocabulary.reading().understander.places(query.postcode) if query.postcode else ())
    place = dead_ends.where(query, named, person)
    if not found.total and search.on and understood.words:
        meant = query.there[0] if query.there and len(query.there) == 1 else ""
        demand.record(
            by=None, words=understood.words, service=next(iter(understood.services), ""), loge=meant, on=search.on
        )
    wider = dead_ends.elsewhere(query, place)
    again = embedded() if found.is_degraded else engine()  # who didn't answer isn't waited for twice
    others = again.search(wider) if not found.total and (wider.asked or wider.services) else ExpertHits()
    services = _services(understood, others, query.services)
    asked = _in_order((*query.services, *query.asked), services)
    return Help(
        text=dead_ends.said(understood.text, asked, place, query, found=found.total, others=others.total),
        loges=place.loges if place else [],
        offers=_hydrated(wider, others.hits, services, person),
        ways=dead_ends.ways(asked, place, person),
    )


def _services(understood: Understanding, found: ExpertHits, chosen: tuple[str, ...] = ()) -> dict[str, Service]:
    """Every service that the answer speaks of, by slug. One statement, none when there is no such service."""
    choices = understood.question.choices if understood.question else ()
    matched = (slug for hit in found.hits for slug in hit.matched)
    slugs = dict.fromkeys((*understood.services, *choices, *matched, *chosen))
    return {service.slug: service for service in queries.services_in_order(slugs)}


def _in_order(slugs: tuple[str, ...], services: dict[str, Service]) -> list[Service]:
    return [services[slug] for slug in slugs if slug in services]


def _hydrated(
    query: ExpertQuery, hits: tuple[Hit, ...], services: dict[str, Service], person: Viewer
) -> list[ExpertHit]:
    """The hits with their experts; whoever may not be seen any more is left out. One statement."""
    by_id = {hit.expert_id: hit for hit in hits}
    return [
        ExpertHit(
            expert=expert,
            matched_services=(matched := _in_order(by_id[expert.pk].matched, services)),
            distance_meters=by_id[expert.pk].distance_meters,
            why_here=reasons.why_here(expert, matched, by_id[expert.pk]),
            highlights=_highlights(expert, query) if by_id[expert.pk].is_said else [],
            free_on=by_id[expert.pk].free_on,
            cursor=by_id[expert.pk].cursor,
        )
        for expert in queries.experts_in_order(list(by_id), person)
    ]


def _highlights(expert: ExpertProfile, query: ExpertQuery) -> list[str]:
    return highlights.marked(f"{expert.headline}\n{expert.presentation}", query.words)


def suggest(text: str, *, near: Point | None = None, first: int = 8, person: Viewer = None) -> list[Suggestion]:
    """What to offer while somebody types: services, places, experts by first name, phrases. Three statements.

    Raises BadInput.
    """
    check_first(first)
    offered = vocabulary.reading().suggester.suggest(text, first, near)
    experts = queries.experts_in_order(names_like(tokens(text), near=near, limit=MAX_NAMES), person)
    named = [
        Suggestion(
            SuggestionKind.EXPERT,
            f"{expert.person.first_name}, {expert.headline}",
            loges=(expert.loge.slug,),
            expert=expert.slug,
        )
        for expert in experts
    ]
    before = [row for row in offered if row.kind is not SuggestionKind.PHRASE]
    after = [row for row in offered if row.kind is SuggestionKind.PHRASE]
    return [*before, *named, *after][:first]


def health() -> dict[str, Any]:
    """How search is: backend, `is_up`, experts in the index, `detail` when something is wrong.

    `is_degraded`: the database stands in for a server that doesn't answer or is behind. `waiting`: of how many
    experts the server is still to be told, the first of them since `waiting_since`; `refused`: how many it was told
    of in vain.
    `vectors`: how many French words are known by meaning; none where `manage.py search_vectors` wasn't run.
    One statement; with a server three.
    """
    state, meaning = engine().health(), vectors.installed()
    left = outbox.backlog() if settings.SEARCH_URL else outbox.Backlog()
    is_behind = bool(settings.SEARCH_URL) and outbox.is_behind()
    return {
        "backend": state.backend,
        "is_up": state.is_up,
        "is_degraded": (is_behind or not state.is_up) and bool(settings.SEARCH_URL) and settings.SEARCH_FALLBACK,
        "documents": state.documents,
        "waiting": left.waiting,
        "waiting_since": left.since,
        "refused": left.dead,
        "vectors": meaning.words if meaning else 0,
        "detail": state.detail,
    }
