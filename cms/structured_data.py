"""What pages say to machines, in the words of schema.org: each function makes one JSON-LD object.

Every address is absolute. Nothing is told here that the page itself doesn't show.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings

from cms.addresses import full_address_of
from cms.models import SiteTexts
from loges import permissions, recurrence
from loges.models import Event, EventOccurrence, Loge
from loges.queries import LogeFigures

Thing = dict[str, Any]

_STATUS = {"CANCELLED": "EventCancelled", "POSTPONED": "EventPostponed"}


def absolute(address: str) -> str:
    """An address on this server, with the server's name."""
    return urljoin(f"{settings.BASE_URL}/", address)


def home() -> str:
    """Where the site begins."""
    return f"{settings.FRONTEND_URL or settings.BASE_URL}/"


def _thing(kind: str, **properties: Any) -> Thing:
    """An object without what is unknown."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value not in (None, "", [])}}


def organization(texts: SiteTexts) -> Thing:
    """The network."""
    social = [texts.instagram_url, texts.facebook_url, texts.linkedin_url, texts.mastodon_url]
    return _thing(
        "Organization",
        **{"@id": f"{home()}#organization"},
        name="OpenLoge",
        url=home(),
        email=texts.contact_email,
        telephone=texts.contact_phone,
        address=texts.contact_address,
        sameAs=[address for address in social if address],
    )


def website() -> Thing:
    """The site as a whole."""
    publisher = {"@id": f"{home()}#organization"}
    return _thing(
        "WebSite", **{"@id": f"{home()}#website"}, name="OpenLoge", url=home(), inLanguage="fr", publisher=publisher
    )


def breadcrumbs(above: Sequence[Any], page: Any) -> Thing:
    """The way from the home page down to this one."""
    steps = [*above, page]
    return _thing(
        "BreadcrumbList",
        itemListElement=[
            _thing("ListItem", position=place, name=step.title, item=full_address_of(step))
            for place, step in enumerate(steps, start=1)
        ],
    )


def local_business(loge: Loge, page: Any, image: str | None, figures: LogeFigures) -> Thing:
    """A loge: a team at home in a territory (circle: metres), and what residents say of its experts."""
    territory = loge.territory
    circle = _thing(
        "GeoCircle",
        geoMidpoint=_thing("GeoCoordinates", latitude=territory.latitude, longitude=territory.longitude),
        geoRadius=territory.radius_meters,
    )
    rating = None
    if figures.rating_count:
        average = round(figures.rating_sum / figures.rating_count, 2)
        rating = _thing(
            "AggregateRating", ratingValue=average, ratingCount=figures.rating_count, bestRating=5, worstRating=1
        )
    return _thing(
        "LocalBusiness",
        **{"@id": f"{full_address_of(page)}#loge"},
        name=loge.name,
        url=full_address_of(page),
        description=page.tagline or page.summary,
        image=image,
        address=_thing(
            "PostalAddress",
            addressLocality=loge.city,
            postalCode=territory.postcodes[0] if territory.postcodes else "",
            addressCountry="FR",
        ),
        areaServed=circle,
        parentOrganization={"@id": f"{home()}#organization"},
        aggregateRating=rating,
    )


def event(event: Event, row: EventOccurrence, page: Any, loge_page: Any, image: str | None) -> Thing:
    """One date of an event that the loge of the page above it holds. The address of a home is never told."""
    is_online = event.venue_kind == Event.VenueKind.ONLINE
    address = "" if permissions.needed_to_read("address", event) else event.address
    place = _thing("Place", name=event.venue_name, address=address or event.loge.city)
    usual = recurrence.instant(row.planned_on, event.starts_at_time)
    is_rescheduled = row.is_moved and row.state not in _STATUS and row.starts_at != usual
    return _thing(
        "Event",
        name=event.title,
        url=full_address_of(page),
        description=event.summary,
        image=image,
        startDate=_local(row.starts_at),
        endDate=_local(row.ends_at),
        previousStartDate=_local(usual) if is_rescheduled else None,
        eventStatus="https://schema.org/"
        + ("EventRescheduled" if is_rescheduled else _STATUS.get(row.state, "EventScheduled")),
        eventAttendanceMode=f"https://schema.org/{'Online' if is_online else 'Offline'}EventAttendanceMode",
        location=_thing("VirtualLocation", url=full_address_of(page)) if is_online else place,
        maximumAttendeeCapacity=event.capacity,
        organizer=_thing("Organization", name=event.loge.name, url=full_address_of(loge_page)),
    )


def article(kind: str, page: Any, image: str | None, authors: Sequence[str]) -> Thing:
    """A post or a piece of news. `kind` is BlogPosting or NewsArticle."""
    return _thing(
        kind,
        headline=page.title,
        url=full_address_of(page),
        description=page.summary,
        image=image,
        datePublished=page.published_on.isoformat() if page.published_on else None,
        dateModified=_local(page.last_published_at) if page.last_published_at else None,
        author=[_thing("Person", name=name) for name in authors] or {"@id": f"{home()}#organization"},
        publisher={"@id": f"{home()}#organization"},
        inLanguage="fr",
    )


def faq_page(questions: Sequence[tuple[str, str]]) -> Thing:
    """Questions and their answers (HTML)."""
    return _thing(
        "FAQPage",
        mainEntity=[
            _thing("Question", name=question, acceptedAnswer=_thing("Answer", text=answer))
            for question, answer in questions
        ],
    )


def _local(at: datetime) -> str:
    return at.astimezone(recurrence.PARIS).isoformat()
