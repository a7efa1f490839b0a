"""Why somebody is found, and why in this order: French sentences, the same for every backend."""

from babel.dates import format_date

from loges.models import ExpertProfile, Service
from search.backends import ExpertQuery, Hit, Order

_NBSP = "\u00a0"


def why_here(expert: ExpertProfile, matched: list[Service], hit: Hit) -> list[str]:
    """What made this expert found: services, words, nearness, rating."""
    told = [f"Propose «{_NBSP}{service.name}{_NBSP}»" for service in matched]
    if hit.is_said:
        told.append("Son profil correspond à vos mots")
    if hit.distance_meters is not None:
        told.append(f"À moins de {distance(hit.distance_meters)}")
    if hit.free_on is not None:
        told.append(f"Libre {format_date(hit.free_on, 'EEEE d MMMM', locale='fr')}")
    if expert.rating is not None:
        rating = f"{round(expert.rating, 1):.1f}".replace(".", ",").removesuffix(",0")
        told.append(f"Noté {rating} sur 5 ({expert.rating_count} avis)")
    return told


def distance(meters: int) -> str:
    """A distance in round figures: "500 m", "2 km"."""
    return f"{meters}{_NBSP}m" if meters < 1_000 else f"{meters // 1_000}{_NBSP}km"


def criteria(query: ExpertQuery) -> list[str]:
    """By what results are ranked, the weightiest first."""
    match query.order:
        case Order.DISTANCE:
            ranked = ["La proximité, à 200 m près"]
        case Order.RATING:
            ranked = ["La note moyenne, tempérée tant que les avis sont peu nombreux"]
        case Order.PRICE:
            ranked = ["Le prix de l'offre la moins chère qui convient, puis les services sur proposition"]
        case Order.SOONEST:
            ranked = ["Le premier jour libre, d'après l'agenda de chacun"]
        case Order.RELEVANCE:
            ranked = ["Les services et les mots demandés"] if query.has_text else []
            ranked.append("La note moyenne, tempérée tant que les avis sont peu nombreux")
            ranked += ["La proximité, à 200 m près"] if query.near is not None else []
    return [*ranked, "À égalité, chacun son tour", "Jamais la commission, jamais de placement payant"]
