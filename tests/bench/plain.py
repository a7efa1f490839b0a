"""The same JSON as the benchmark's GraphQL query, as a competent Django view would write it by hand."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Prefetch

from loges.models import EventOccurrence, ExpertProfile, Loge, Offer

QUERY = """query Bench($slug: String!) {
  loge(slug: $slug) {
    name
    city
    experts(first: 50) {
      edges {
        node {
          firstName
          headline
          rating { average count }
          offers { title unit price { cents } service { slug name } }
        }
      }
    }
    events(first: 5) { edges { node { startsAt event { title venueName } } } }
  }
}"""


def answer(slug: str, now: datetime) -> Any:
    """The loge, its experts with offers and rating, and its next five dates. Four statements."""
    loge = Loge.objects.exclude(state="CLOSED").get(slug=slug)
    experts = (
        ExpertProfile.objects.filter(loge=loge, state="PUBLISHED")
        .select_related("person")
        .prefetch_related(Prefetch("offers", Offer.objects.select_related("service").order_by("position", "pk")))
        .order_by("pk")[:50]
    )
    dates = (
        EventOccurrence.objects.filter(event__loge=loge, event__is_published=True, ends_at__gt=now)
        .select_related("event")
        .order_by("starts_at", "pk")[:5]
    )
    return {
        "loge": {
            "name": loge.name,
            "city": loge.city,
            "experts": {"edges": [{"node": _expert(expert)} for expert in experts]},
            "events": {"edges": [{"node": _date(date)} for date in dates]},
        }
    }


def _expert(expert: ExpertProfile) -> Any:
    rating = {"average": expert.rating, "count": expert.rating_count} if expert.rating_count else None
    return {
        "firstName": expert.person.first_name,
        "headline": expert.headline,
        "rating": rating,
        "offers": [_offer(offer) for offer in expert.offers.all()],
    }


def _offer(offer: Offer) -> Any:
    return {
        "title": offer.title or offer.service.name,
        "unit": offer.unit,
        "price": None if offer.price_cents is None else {"cents": offer.price_cents},
        "service": {"slug": offer.service.slug, "name": offer.service.name},
    }


def _date(date: EventOccurrence) -> Any:
    return {
        "startsAt": date.starts_at.astimezone(UTC).isoformat(),
        "event": {"title": date.event.title, "venueName": date.event.venue_name},
    }
