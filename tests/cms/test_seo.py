"""What engines and social networks are told of pages: true, complete, and nothing private."""

import json
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from pyld import jsonld
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from cms import queries, seo
from cms.models import EventPage, LogePage, SiteTexts
from loges.actions import events
from loges.models import Event
from tests.cms.conftest import Place
from tests.cms.desk import soup
from tests.factories import NOW, ExpertProfileFactory
from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    EventPageFactory,
    FaqEntryFactory,
    HandbookChapterPageFactory,
    HomePageFactory,
    LogeNewsPageFactory,
    LogePageFactory,
    PictureFactory,
)

pytestmark = pytest.mark.django_db


def told(page: Page) -> seo.Seo:
    """What is told of a page to a stranger."""
    (row,) = queries.with_pictures(type(page)._default_manager.filter(pk=page.pk), None)
    (found,) = seo.seo_of([row], None, NOW)
    return found


def _schema_org(address: str, options: Any) -> dict[str, Any]:
    """The context of schema.org as far as it matters here, without asking for it over the network."""
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": {"@vocab": "https://schema.org/"}}}


def things(page: Page, kind: str) -> list[dict[str, Any]]:
    """The schema.org objects of one type on a page, as a reader of the HTML finds them."""
    answer = Client().get(page.url)
    scripts = soup(answer).find_all("script", type="application/ld+json")
    found = [json.loads(script.string) for script in scripts]
    assert {thing["@context"] for thing in found} == {"https://schema.org"}
    for thing in found:
        (read,) = jsonld.expand(thing, {"documentLoader": _schema_org})  # a processor understands every word of it
        assert read["@type"] == [f"https://schema.org/{thing['@type']}"]
        assert len(read) == len(thing) - ("@context" in thing)
    return [thing for thing in found if thing["@type"] == kind]


def head(page: Page) -> dict[str, str]:
    """The meta elements of a page, by name."""
    document = soup(Client().get(page.url))
    metas = {meta.get("name") or meta.get("property"): meta.get("content") for meta in document.find_all("meta")}
    canonical = document.find("link", rel="canonical")
    return {**metas, "title": document.title.text, "canonical": canonical["href"] if canonical else ""}


def test_title_and_description_are_those_for_engines_else_those_for_people() -> None:
    plain = EditorialPageFactory(title="Charte", summary="Ce que nous promettons.")
    written = EditorialPageFactory(
        title="Charte", summary="Ce que nous promettons.", seo_title="La charte", search_description="Nos promesses."
    )

    assert (told(plain).title, told(plain).description) == ("Charte", "Ce que nous promettons.")
    assert (told(written).title, told(written).description) == ("La charte", "Nos promesses.")


def test_head_of_a_page_says_it_all() -> None:
    page = EditorialPageFactory(
        title="Charte « locale »",
        slug="charte",
        summary='Dire "bonjour".',
        cover=PictureFactory(description="La place"),
    )

    found = head(page)

    assert found["title"] == "Charte « locale » · OpenLoge"
    assert found["description"] == found["og:description"] == 'Dire "bonjour".'
    assert found["canonical"] == found["og:url"] == "http://127.0.0.1:8000/charte/"
    assert found["robots"] == "index, follow"
    assert found["og:type"] == "website"
    assert found["og:image"].startswith("http://127.0.0.1:8000/media/pictures/")
    assert found["og:image"].endswith("share-1200.jpg")
    assert found["og:image:alt"] == "La place"


def test_canonical_address_is_on_the_frontend_where_there_is_one(settings: Any) -> None:
    settings.FRONTEND_URL = "https://www.exemple.fr"
    page = EditorialPageFactory(slug="charte")

    assert told(page).canonical_url == "https://www.exemple.fr/charte/"


def test_picture_to_share_is_the_pages_own_then_its_cover_then_the_sites() -> None:
    own, cover, sites = PictureFactory(), PictureFactory(), PictureFactory()
    SiteTexts.objects.create(site=Site.objects.get(), share_image=sites)

    assert told(EditorialPageFactory(share_image=own, cover=cover)).picture == own
    assert told(EditorialPageFactory(cover=cover)).picture == cover
    assert told(EditorialPageFactory()).picture == sites


def test_picture_of_a_private_collection_is_never_shared() -> None:
    collection = Collection.get_first_root_node().add_child(name="Privé")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    hidden = PictureFactory(collection=collection)
    SiteTexts.objects.create(site=Site.objects.get(), share_image=hidden)
    page = EditorialPageFactory(share_image=hidden, cover=hidden)

    assert told(page).picture is None
    assert "og:image" not in head(page)


def test_page_that_hides_or_is_private_asks_not_to_be_listed() -> None:
    hidden, private = EditorialPageFactory(is_hidden_from_engines=True), HandbookChapterPageFactory()

    assert told(hidden).robots == told(private).robots == "noindex, nofollow"
    assert told(hidden).json_ld == told(private).json_ld == []


def test_words_of_editors_cannot_end_a_script() -> None:
    page = EditorialPageFactory(title="</script><script>alert(1)</script>")

    answer = Client().get(page.url)

    assert "<script>alert" not in answer.text
    assert things(page, "BreadcrumbList")[0]["itemListElement"][-1]["name"] == page.title


def test_home_page_tells_the_organisation_and_the_site() -> None:
    page = HomePageFactory()
    SiteTexts.objects.create(
        site=Site.objects.get(), contact_email="bonjour@openloge.example", mastodon_url="https://social.example/@loge"
    )

    (organisation,), (site,) = things(page, "Organization"), things(page, "WebSite")

    assert organisation["email"] == "bonjour@openloge.example"
    assert organisation["sameAs"] == ["https://social.example/@loge"]
    assert "telephone" not in organisation
    assert site["publisher"] == {"@id": organisation["@id"]}


def test_breadcrumbs_lead_from_the_home_page_to_the_page() -> None:
    page = LogePageFactory(title="Loge d'Aligre", slug="aligre")

    (found,) = things(page, "BreadcrumbList")

    assert [step["position"] for step in found["itemListElement"]] == [1, 2, 3]
    assert [step["item"] for step in found["itemListElement"]] == [
        f"http://127.0.0.1:8000{path}" for path in ("/", "/loges/", "/loges/aligre/")
    ]


def test_loge_is_a_local_business_with_its_territory_and_its_rating() -> None:
    page = LogePageFactory(tagline="On se dit bonjour.")
    ExpertProfileFactory(loge=page.loge, published=True, rating_count=3, rating_sum=14)

    (found,) = things(page, "LocalBusiness")

    territory = page.loge.territory
    assert found["name"] == page.loge.name
    assert found["description"] == "On se dit bonjour."
    assert found["areaServed"]["geoRadius"] == territory.radius_meters
    assert found["areaServed"]["geoMidpoint"]["latitude"] == territory.latitude
    assert found["address"]["addressLocality"] == page.loge.city
    assert found["aggregateRating"]["ratingValue"] == 4.67
    assert found["aggregateRating"]["ratingCount"] == 3


def test_loge_without_reviews_has_no_rating() -> None:
    (found,) = things(LogePageFactory(), "LocalBusiness")

    assert "aggregateRating" not in found


@pytest.fixture
def published(here: Place) -> Callable[..., EventPage]:
    def publish(**fields: Any) -> EventPage:
        given = {"starts_on": date(2026, 3, 5), "starts_at_time": time(19), "recurrence": "FREQ=MONTHLY;BYDAY=1TH"}
        page = EventPageFactory(parent=here.page, title="Café", slug="cafe", **{**given, **fields})
        page.save_revision().publish()
        return EventPage.objects.get(pk=page.pk)

    return publish


def test_event_tells_its_next_dates(published: Callable[..., EventPage], here: Place) -> None:
    page = published(address="3 place d'Aligre", capacity=12)

    found = things(page, "Event")

    assert [thing["startDate"] for thing in found[:2]] == ["2026-03-05T19:00:00+01:00", "2026-04-02T19:00:00+02:00"]
    assert {thing["eventStatus"] for thing in found} == {"https://schema.org/EventScheduled"}
    assert found[0]["location"] == {"@type": "Place", "name": page.venue_name, "address": "3 place d'Aligre"}
    assert found[0]["organizer"]["name"] == here.loge.name
    assert found[0]["maximumAttendeeCapacity"] == 12


@pytest.mark.parametrize("host", ["", "https://www.exemple.fr"])
def test_event_names_the_address_of_its_loge(
    published: Callable[..., EventPage], here: Place, settings: Any, host: str
) -> None:
    settings.FRONTEND_URL = host
    page = published()

    (found, *_) = things(page, "Event")

    assert found["organizer"]["url"] == told(here.page).canonical_url
    assert found["organizer"]["url"].startswith(host or settings.BASE_URL)


def test_event_tells_moved_and_cancelled_dates(published: Callable[..., EventPage], here: Place) -> None:
    page = published()
    march, april = Event.objects.get(page=page).occurrences.order_by("planned_on")[:2]
    events.cancel(by=here.person, occurrence=march, note="Pont", now=NOW)
    events.move(by=here.person, occurrence=april, starts_at=april.starts_at + timedelta(days=1), now=NOW)

    first, second = things(page, "Event")[:2]

    assert first["eventStatus"] == "https://schema.org/EventCancelled"
    assert second["eventStatus"] == "https://schema.org/EventRescheduled"
    assert second["previousStartDate"] == "2026-04-02T19:00:00+02:00"
    assert second["startDate"] == "2026-04-03T19:00:00+02:00"


def test_address_of_a_home_is_not_told(published: Callable[..., EventPage]) -> None:
    page = published(venue_kind="HOME", venue_name="Chez Nadia", address="3 rue Secrète")

    text = Client().get(page.url).text

    assert "3 rue Secrète" not in text
    assert things(page, "Event")[0]["location"]["address"] == "Aligre"


def test_event_online_has_no_place(published: Callable[..., EventPage]) -> None:
    (first, *_) = things(published(venue_kind="ONLINE", venue_name="En visio"), "Event")

    assert first["location"]["@type"] == "VirtualLocation"
    assert first["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


def test_post_is_an_article_with_its_authors() -> None:
    page = BlogPostPageFactory(title="Réparer", published_on=date(2026, 1, 5), authors="Maëlle, Simon")

    (found,) = things(page, "BlogPosting")

    assert found["headline"] == "Réparer"
    assert found["datePublished"] == "2026-01-05"
    assert [author["name"] for author in found["author"]] == ["Maëlle", "Simon"]
    assert head(page)["og:type"] == "article"


def test_news_is_an_article_of_the_network() -> None:
    (found,) = things(LogeNewsPageFactory(), "NewsArticle")

    assert found["author"] == found["publisher"]


def test_questions_of_the_page_and_of_the_network_are_told_once() -> None:
    shared = FaqEntryFactory(question="Faut-il payer ?", answer="<p>Non.</p>")
    secret = HandbookChapterPageFactory()
    own = {"question": "Et l'été ?", "answer": f'<p><a linktype="page" id="{secret.pk}">Ouvert</a>.</p>'}
    body = [
        {"type": "faq", "value": {"heading": "", "items": [own], "shared_items": [shared.pk, 999_999]}},
        {"type": "faq", "value": {"heading": "", "items": [{"question": "", "answer": ""}], "shared_items": []}},
    ]

    (found,) = things(EditorialPageFactory(body=body), "FAQPage")

    assert [row["name"] for row in found["mainEntity"]] == ["Et l'été ?", "Faut-il payer ?"]
    assert [row["acceptedAnswer"]["text"] for row in found["mainEntity"]] == ["<p>Ouvert.</p>", "<p>Non.</p>"]


@pytest.mark.parametrize("number", [1, 12])
def test_statements_do_not_grow_with_the_pages(number: int, django_assert_num_queries: Any) -> None:
    entry = FaqEntryFactory()
    body = [{"type": "faq", "value": {"heading": "", "items": [], "shared_items": [entry.pk]}}]
    for _ in range(number):
        LogePageFactory(body=body, cover=PictureFactory())
    rows = list(queries.pages_of(LogePage, None))

    with django_assert_num_queries(7):
        found = seo.seo_of(rows, None, NOW)

    assert len(found) == number


def test_restricted_page_seen_by_a_member_is_not_for_engines(here: Place) -> None:
    page = EditorialPageFactory()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    document = soup(here.client.get(page.url))

    assert document.find("meta", attrs={"name": "robots"})["content"] == "noindex, nofollow"
