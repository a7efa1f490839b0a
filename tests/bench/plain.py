"""The same JSON as the operations of `pairs`, as competent Django views would write it by hand."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, Sum
from django.http import HttpRequest, JsonResponse

from cms import queries, rich_text
from cms.block_tree import raw_blocks
from cms.domain_blocks import euros
from cms.images import widest
from cms.models import EventPage, LogePage, Picture
from loges import clock, recurrence
from loges.models import (
    Event,
    EventOccurrence,
    ExpertProfile,
    Loge,
    LogeMembership,
    Offer,
    Review,
    Service,
    Verification,
)

OPEN = ("ACTIVE", "PAUSED")
OFFERS = Prefetch("offers", Offer.objects.select_related("service").order_by("position", "pk"))
REVIEWS = Review.objects.filter(state__in=("PUBLISHED", "REPORTED")).order_by("-published_at", "-pk")


def loge_page(request: HttpRequest, slug: str) -> JsonResponse:
    """A loge with its page, team, last reviews and next dates. Twelve statements."""
    now = clock.now()
    loge = Loge.objects.exclude(state="CLOSED").get(slug=slug)
    page = queries.public(LogePage.objects.filter(loge=loge)).select_related("cover").first()
    team = ExpertProfile.objects.filter(loge=loge, state="PUBLISHED")
    figures = team.aggregate(experts=Count("pk"), count=Sum("rating_count"), total=Sum("rating_sum"))
    in_charge = LogeMembership.objects.filter(loge=loge, role="COORDINATOR", ends_at=None).select_related("person")
    coordinators = list(in_charge.order_by("starts_at", "pk"))
    experts = list(
        team.select_related("person").prefetch_related(OFFERS, _badges_on(now)).order_by("pk")[:12]  # two more
    )
    people = {row.person_id for row in [*coordinators, *experts]}
    photos = queries.portraits(people)
    services = Service.objects.filter(offers__expert__in=team).order_by("position", "pk").distinct()
    reviews = REVIEWS.filter(expert__in=team).select_related("expert__person")[:3]
    dates = (
        EventOccurrence.objects.filter(event__loge=loge, event__is_published=True, ends_at__gt=now)
        .select_related("event")
        .order_by("starts_at", "pk")[:3]
    )
    dates = list(dates)
    pages = queries.public(EventPage.objects.filter(event__in={date.event_id for date in dates}))
    covers = {page.event_id: page.cover for page in pages.select_related("cover")}
    coordinating = {row.person_id for row in coordinators}
    return _answer(
        {
            "loge": {
                "slug": loge.slug,
                "name": loge.name,
                "state": loge.state,
                "stateMessage": loge.state_message or None,
                "city": loge.city,
                "neighbourhood": loge.neighbourhood,
                "path": f"/loges/{loge.slug}/",
                "expertCount": figures["experts"],
                "page": _page(page) if page else None,
                "coordinators": [
                    {**_name(row.person), "quote": row.quote or None, "photo": _photo(photos.get(row.person_id))}
                    for row in coordinators
                ],
                "services": [{"slug": service.slug, "name": service.name} for service in services],
                "rating": _rating(figures["count"] or 0, figures["total"] or 0),
                "experts": _edges(
                    {
                        "slug": expert.slug,
                        "path": f"/loges/{loge.slug}/experts/{expert.slug}/",
                        **_name(expert.person),
                        "headline": expert.headline,
                        "isCoordinator": expert.person_id in coordinating,
                        "photo": _photo(photos.get(expert.person_id)),
                        "rating": _rating(expert.rating_count, expert.rating_sum),
                        "badges": [
                            {"code": check.kind, "label": check.get_kind_display()}
                            for check in expert.verifications.all()
                        ],
                        "offers": [_offer(offer, with_cents=False) for offer in expert.offers.all()],
                    }
                    for expert in experts
                ),
                "reviews": _edges(
                    {
                        "authorFirstName": review.author_first_name,
                        "rating": review.rating,
                        "text": review.text,
                        "experienceOn": review.experience_on,
                        "reply": review.reply or None,
                        "expert": {"slug": review.expert.slug, "firstName": review.expert.person.first_name},
                    }
                    for review in reviews
                ),
                "events": _edges(
                    {
                        "state": date.state,
                        "startsAt": _instant(date.starts_at),
                        "endsAt": _instant(date.ends_at),
                        "note": date.note or None,
                        "event": {
                            "title": date.event.title,
                            "summary": date.event.summary,
                            "path": f"/loges/{loge.slug}/{date.event.slug}/",
                            "venueName": date.event.venue_name,
                            "venueKind": date.event.venue_kind,
                            "cover": _photo(covers.get(date.event_id), "CARD"),
                        },
                    }
                    for date in dates
                ),
            }
        }
    )


def experts(request: HttpRequest, slug: str) -> JsonResponse:
    """Fifty experts of a loge with badges, offers and their three newest reviews. Five statements."""
    loge = Loge.objects.exclude(state="CLOSED").get(slug=slug)
    rows = (
        ExpertProfile.objects.filter(loge=loge, state="PUBLISHED")
        .select_related("person")
        .prefetch_related(OFFERS, _badges_on(clock.now()), Prefetch("reviews", REVIEWS[:3], to_attr="newest"))
        .order_by("pk")[:50]
    )
    return _answer(
        {
            "loge": {
                "experts": _edges(
                    {
                        "slug": expert.slug,
                        "path": f"/loges/{loge.slug}/experts/{expert.slug}/",
                        **_name(expert.person),
                        "headline": expert.headline,
                        "languages": expert.languages,
                        "rating": _rating(expert.rating_count, expert.rating_sum),
                        "badges": [
                            {
                                "code": check.kind,
                                "label": check.get_kind_display(),
                                "checkedOn": check.checked_on,
                                "expiresOn": check.expires_on,
                            }
                            for check in expert.verifications.all()
                        ],
                        "offers": [_offer(offer, with_cents=True) for offer in expert.offers.all()],
                        "reviews": _edges(
                            {
                                "authorFirstName": review.author_first_name,
                                "rating": review.rating,
                                "text": review.text,
                                "experienceOn": review.experience_on,
                                "publishedAt": _instant(review.published_at),
                                "reply": review.reply or None,
                            }
                            for review in expert.newest
                        ),
                    }
                    for expert in rows
                )
            }
        }
    )


def events(request: HttpRequest) -> JsonResponse:
    """The next twenty dates of the network with their event, loge and its first three dates. Two statements."""
    first_dates = EventOccurrence.objects.order_by("starts_at", "pk")[:3]
    rows = (
        EventOccurrence.objects.filter(event__is_published=True, event__loge__state__in=OPEN, ends_at__gt=clock.now())
        .select_related("event__loge")
        .prefetch_related(Prefetch("event__occurrences", first_dates, to_attr="first_dates"))
        .order_by("starts_at", "pk")[:20]
    )
    return _answer(
        {
            "events": _edges(
                {
                    "state": date.state,
                    "startsAt": _instant(date.starts_at),
                    "endsAt": _instant(date.ends_at),
                    "isMoved": date.is_moved,
                    "note": date.note or None,
                    "event": _event(date.event),
                }
                for date in rows
            )
        }
    )


def _answer(data: Any) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _edges(nodes: Any) -> Any:
    return {"edges": [{"node": node} for node in nodes]}


def _badges_on(now: datetime) -> Prefetch:
    day = recurrence.local_day(now)
    holding = Q(expires_on=None) | Q(expires_on__gte=day)
    return Prefetch("verifications", Verification.objects.filter(holding, checked_on__lte=day).order_by("kind"))


def _page(page: LogePage) -> Any:
    return {
        "title": page.title,
        "tagline": page.tagline,
        "cover": _photo(page.cover, "WIDE"),
        "body": [_block(kind, value) for _, kind, value in raw_blocks(page.body)],
    }


def _block(kind: str, value: Any) -> Any:
    if kind == "rich_text":
        return {"__typename": "RichTextBlock", "text": {"html": rich_text.html(value, lambda link: link.href)}}
    if kind == "quote":
        return {"__typename": "QuoteBlock", "quote": value["quote"], "author": value["author"]}
    words = kind.split("_")
    return {"__typename": "".join(word.capitalize() for word in words) + "Block"}


def _photo(picture: Picture | None, size: str = "SQUARE") -> Any:
    return {"alt": picture.description or picture.title, "url": widest(picture, size).url} if picture else None


def _name(person: Any) -> Any:
    return {"firstName": person.first_name, "initial": person.initial}


def _rating(count: int, total: int) -> Any:
    return {"average": round(total / count, 2), "count": count} if count else None


def _offer(offer: Offer, *, with_cents: bool) -> Any:
    price = None
    if offer.price_cents is not None:
        price = {"cents": offer.price_cents} if with_cents else {}
        price["formatted"] = euros(offer.price_cents)
    return {
        "title": offer.title or offer.service.name,
        "unit": offer.unit,
        "price": price,
        "service": {"slug": offer.service.slug, "name": offer.service.name},
    }


def _event(event: Event) -> Any:
    return {
        "title": event.title,
        "summary": event.summary,
        "theme": event.theme,
        "path": f"/loges/{event.loge.slug}/{event.slug}/",
        "venueName": event.venue_name,
        "venueKind": event.venue_kind,
        "address": (event.address or None) if event.venue_kind != "HOME" else None,
        "capacity": event.capacity,
        "recurrenceLabel": recurrence.in_words(event.recurrence),
        "loge": {"slug": event.loge.slug, "name": event.loge.name, "city": event.loge.city},
        "occurrences": _edges(
            {"state": date.state, "startsAt": _instant(date.starts_at)} for date in event.first_dates
        ),
    }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
