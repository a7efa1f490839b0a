"""What to offer somebody who found nobody: what is near, what others offer, whom to follow and whom to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from django.utils.formats import date_format

from cms import feeds
from cms import queries as pages
from cms.addresses import full_address_of
from loges import queries
from loges.geography import Point, distance_band_m
from loges.models import Loge, Service
from loges.permissions import LOGES_WITH_A_PAGE, Viewer
from loges.queries import Coverage
from search.backends import ExpertQuery, Order
from search.places import PlaceName
from search.questions import MAX_RADIUS_M, coming_to
from search.reasons import distance

OFFERS = 3
"""How many experts of elsewhere are offered."""

_NBSP = "\u00a0"


class WayKind(StrEnum):
    """What somebody who found nobody may do."""

    OTHER_WORDS = "OTHER_WORDS"  # say it otherwise, or choose among the services
    SEE_LOGE = "SEE_LOGE"  # look at the nearest loge's page
    FOLLOW_AREA = "FOLLOW_AREA"  # subscribe to the nearest loge's news
    ASK_COORDINATOR = "ASK_COORDINATOR"  # write to those who know the neighbourhood


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: what it is called, in French, and where it leads, if anywhere."""

    kind: WayKind
    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """The place that a search is about: its point, its French name if it has one, and the loges around."""

    point: Point
    label: str
    coverage: Coverage

    @property
    def loges(self) -> list[tuple[Loge, int]]:
        """The loges that serve the place, then the nearest others, with how far they are (a band, in metres)."""
        home = [(loge, 0) for loge in self.coverage.loges]
        return home + [(loge, distance_band_m(meters)) for loge, meters in self.coverage.neighbours]

    @property
    def is_outside(self) -> bool:
        """Whether no loge serves the place yet."""
        return not self.coverage.loges


def is_outside(near: Point, person: Viewer) -> bool:
    """Whether no loge serves a point yet. One statement, by bounding boxes first."""
    return not any(loge.state in LOGES_WITH_A_PAGE for loge in queries.loges_at(near, person))


def where(query: ExpertQuery, places: Sequence[PlaceName], person: Viewer) -> Where | None:
    """The place that a search is about: `near`, the first place in its words, the loge asked for, or the middle of
    the outline searched within.

    One statement, one more for a loge; none without a place.
    """
    point, label = query.near, ""
    if places and point in (None, places[0].point):
        point, label = places[0].point, places[0].label
    if point is None and query.there and (loge := queries.loge(query.there[0], person)):
        point, label = loge.territory.shape.center, loge.name
    if point is None and query.within is not None:
        point = query.within.middle
    return Where(point, label, queries.coverage(point, person)) if point else None


def elsewhere(query: ExpertQuery, place: Where | None) -> ExpertQuery:
    """The same question at whatever price: who offers that at all, within a hundred kilometres, the nearest first.

    Whoever drew where they come to isn't offered to others. One statement where the place isn't that of the query.
    """
    is_same = place is not None and place.point == query.near
    return ExpertQuery(
        has_text=query.has_text,
        asked=query.asked,
        words=query.words,
        services=query.services,
        near=place.point if place else None,
        radius_meters=MAX_RADIUS_M,
        coming=query.coming if is_same else coming_to(place.point if place else None),
        on=query.on,
        order=Order.DISTANCE if place else Order.RELEVANCE,
        first=OFFERS,
    )


def _named(loge: Loge) -> str:
    """A loge's name inside a sentence: « la loge d'Aligre »."""
    begins = loge.name.startswith(("La ", "Le ", "Les ", "L'"))
    return loge.name[0].lower() + loge.name[1:] if begins else loge.name


def said(
    text: str, services: Sequence[Service], place: Where | None, query: ExpertQuery, *, found: int, others: int
) -> str:
    """What to tell, in French: what isn't there, and what is. `found` here, `others` by `elsewhere`."""
    told = []
    if not found and not services and text.strip():
        told.append(f"Nous n'avons pas trouvé «{_NBSP}{text.strip()[:80]}{_NBSP}».")
    elif not found:
        told.append(_nobody(services, place, query, others))
    if place and place.coverage.preparing and place.is_outside:
        told.append(f"Une loge se prépare ici{_NBSP}: {_named(place.coverage.preparing[0])}.")
    elif place and place.is_outside:
        told.append(f"Aucune loge ne couvre encore {place.label or 'ce lieu'}.")
    if place and place.is_outside and place.loges:
        loge, meters = place.loges[0]
        told.append(f"La plus proche{_NBSP}: {_named(loge)}, à moins de {distance(meters)}.")
    return " ".join(told)


def _nobody(services: Sequence[Service], place: Where | None, query: ExpertQuery, others: int) -> str:
    """Why nobody was found: the loge pauses, something else was asked for, or nobody offers that."""
    what = f"«{_NBSP}{services[0].name}{_NBSP}»" if services else "ce que vous cherchez"
    here = f" ({place.label})" if place and place.label else ""
    if place and (home := place.coverage.loges) and all(loge.state == "PAUSED" for loge in home):
        until = home[0].paused_until_on
        again = f" jusqu'au {date_format(until, 'j F Y')}" if until else ""
        return f"{_capital(_named(home[0]))} est en pause{again}."
    if not _has_terms(query):
        return f"Personne ne propose encore {what}{' ici' if place else ''}{here}."
    rest = (
        f" Sans cela, {others} {'personnes le proposent' if others > 1 else 'personne le propose'}." if others else ""
    )
    if query.free_on:
        return f"Personne n'est libre le {date_format(query.free_on, 'j F')} pour {what}{here}.{rest}"
    return f"Personne ne répond à tous vos critères pour {what}{here}.{rest}"


def _has_terms(query: ExpertQuery) -> bool:
    """Whether more was asked for than a service and a place."""
    return bool(
        query.max_price_cents is not None
        or query.unit
        or query.minimum_rating
        or query.languages
        or query.badges
        or query.free_on
        or query.families
        or query.within
        or (query.asked and query.services)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def ways(services: Sequence[Service], place: Where | None, person: Viewer) -> list[Way]:
    """What one may do now. At most two statements."""
    found = [] if services else [Way(WayKind.OTHER_WORDS, "Le dire autrement, ou choisir parmi les services")]
    if place and place.loges:
        loge = place.loges[0][0]
        page = pages.loge_pages([loge.pk], person).get(loge.pk)
        if page:
            found.append(Way(WayKind.SEE_LOGE, f"Voir {_named(loge)}", full_address_of(page)))
        found.append(Way(WayKind.FOLLOW_AREA, f"Suivre les nouvelles de {_named(loge)}", feeds.news_address(loge)))
    contact = pages.site_texts().contact_email
    if contact:
        about = f"?subject={quote(place.loges[0][0].name)}" if place and place.loges else ""
        whom = "Demander au coordinateur, par OpenLoge" if about else "Demander à OpenLoge"
        found.append(Way(WayKind.ASK_COORDINATOR, whom, f"mailto:{contact}{about}"))
    return found
