"""Experts by every road: profile, offers, badges, reviews; nobody who isn't published, no last name, no address."""

import json
from datetime import timedelta

import pytest

from graphql_api.schema import schema
from loges import machines
from tests.factories import (
    TODAY,
    BusinessIdentityFactory,
    EventSpeakerFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    ReviewFactory,
    ServiceFactory,
    ServicePhraseFactory,
    VerificationFactory,
)
from tests.factories.pages import BadgeTextFactory
from tests.graphql_api import site
from tests.graphql_api.site import SECRET, Ask, Cost, global_id, nodes

EXPERT = """query($loge: String!, $slug: String!) {
  expert(loge: $loge, slug: $slug) {
    id slug firstName initial headline presentation languages legalStatus isCoordinator path
    loge { slug }
    photo { alt }
    rating { average count }
    badges { code label meaning checkedBy checkedOn expiresOn }
    offers {
      title description unit minimumMinutes
      price { cents currency }
      service { slug synonyms family { slug } }
    }
    reviews(first: 10) {
      totalCount edges { node { authorFirstName rating text experienceOn reply expert { slug } } }
    }
  }
}"""
HIDDEN = [state for state in machines.EXPERT_PROFILE.states if state != "PUBLISHED"]


AREA = """query { loges(first: 10) { edges { node { experts(first: 50) { edges { node {
  slug area { isOwn radiusMeters center { latitude longitude } geojson }
} } } } } } }"""


@pytest.mark.parametrize("count", [1, 9])
def test_area_is_the_experts_own_or_their_loges_whatever_their_number(ask: Ask, cost: Cost, count: int) -> None:
    square = {"type": "Polygon", "coordinates": [[[4.8, 45.7], [4.9, 45.7], [4.9, 45.8], [4.8, 45.8], [4.8, 45.7]]]}
    loge = LogeFactory(active=True, territory__polygon=None)
    for number in range(count):
        ExpertProfileFactory(loge=loge, published=True, slug=f"plain-{number}")
        ExpertProfileFactory(loge=loge, published=True, slug=f"own-{number}", area=square)

    told = {one["slug"]: one["area"] for one in nodes(nodes(ask(AREA)["loges"])[0]["experts"])}

    assert told["plain-0"] == {
        "isOwn": False,
        "radiusMeters": 900,
        "center": {"latitude": 45.7745, "longitude": 4.8318},
        "geojson": None,
    }
    own = told["own-0"]
    assert (own["isOwn"], own["geojson"], own["center"]) == (True, square, {"latitude": 45.75, "longitude": 4.85})
    assert 6_700 < own["radiusMeters"] < 6_900
    assert cost(AREA) == 2


def test_expert_answers_what_is_public(ask: Ask) -> None:
    expert = ExpertProfileFactory(
        published=True,
        slug="ines",
        loge__slug="aligre",
        person__first_name="Inès",
        person__last_name="Benali",
        headline="Couture",
        presentation="Je couds.",
        languages=["fr", "ar"],
        rating_count=2,
        rating_sum=9,
    )
    BusinessIdentityFactory(person=expert.person)
    VerificationFactory(expert=expert)
    service = ServiceFactory(slug="retouche", name="Retouche", family__slug="maison")
    ServicePhraseFactory(service=service, text="ourlet", synonym=True)
    OfferFactory(expert=expert, service=service, price_cents=1_800, minimum_minutes=30)
    ReviewFactory(expert=expert, published=True, author_first_name="Zoé", text="Bien", reply="Merci")

    found = ask(EXPERT, loge="aligre", slug="ines")["expert"]

    assert found == {
        "id": global_id(expert),
        "slug": "ines",
        "firstName": "Inès",
        "initial": "B",
        "headline": "Couture",
        "presentation": "Je couds.",
        "languages": ["fr", "ar"],
        "legalStatus": "MICRO_ENTREPRENEUR",
        "isCoordinator": False,
        "path": "/loges/aligre/experts/ines/",
        "loge": {"slug": "aligre"},
        "photo": None,
        "rating": {"average": 4.5, "count": 2},
        "badges": [
            {
                "code": "CHARTER",
                "label": "Charte signée",
                "meaning": "A signé la charte de la loge.",
                "checkedBy": "COORDINATOR",
                "checkedOn": "2026-03-02",
                "expiresOn": None,
            }
        ],
        "offers": [
            {
                "title": "Retouche",
                "description": "",
                "unit": "HOUR",
                "minimumMinutes": 30,
                "price": {"cents": 1_800, "currency": "EUR"},
                "service": {"slug": "retouche", "synonyms": ["ourlet"], "family": {"slug": "maison"}},
            }
        ],
        "reviews": {
            "totalCount": 1,
            "edges": [
                {
                    "node": {
                        "authorFirstName": "Zoé",
                        "rating": 5,
                        "text": "Bien",
                        "experienceOn": "2026-03-02",
                        "reply": "Merci",
                        "expert": {"slug": "ines"},
                    }
                }
            ],
        },
    }


@pytest.mark.parametrize("state", HIDDEN)
def test_expert_who_is_not_published_is_nowhere(ask: Ask, state: str) -> None:
    expert = ExpertProfileFactory(state=state, slug="cache", loge__slug="aligre", headline=SECRET)
    rows = [expert, OfferFactory(expert=expert), ReviewFactory(expert=expert, published=True)]
    site.loge_page(expert.loge, ("experts", {"heading": "", "limit": 12}))
    speaker = EventSpeakerFactory(expert=expert, resident_first_name="", topic=SECRET, event__loge=expert.loge)
    other_roads = """query($event: String!) {
      loge(slug: "aligre") { page { body { ... on ExpertsBlock { experts { headline } } } } }
      event(loge: "aligre", slug: $event) { speakers { topic expert { headline } } }
    }"""

    answer = ask(other_roads, event=speaker.event.slug)

    assert answer == {"loge": {"page": {"body": [{"experts": []}]}}, "event": {"speakers": []}}
    assert ask(EXPERT, loge="aligre", slug="cache")["expert"] is None
    for row in rows:
        assert ask("query($id: ID!) { node(id: $id) { id } }", id=global_id(row))["node"] is None


def test_expert_of_another_loge_is_not_found_there(ask: Ask) -> None:
    ExpertProfileFactory(published=True, slug="ines", loge__slug="aligre")
    LogeFactory(active=True, slug="panier")

    assert ask(EXPERT, loge="panier", slug="ines")["expert"] is None


def test_expert_who_coordinates_is_told_so_by_every_road(ask: Ask) -> None:
    expert = ExpertProfileFactory(published=True, slug="awa", loge__slug="aligre")
    LogeMembershipFactory(loge=expert.loge, person=expert.person, coordinator=True)
    review = ReviewFactory(expert=expert, published=True)
    query = """query($id: ID!) {
      expert(loge: "aligre", slug: "awa") { isCoordinator }
      node(id: $id) { ... on Review { expert { isCoordinator } } }
      loge(slug: "aligre") {
        experts(first: 1) { edges { node { isCoordinator } } }
        reviews(first: 1) { edges { node { expert { isCoordinator } } } }
      }
    }"""

    answer = ask(query, id=global_id(review))

    assert json.dumps(answer).count('"isCoordinator": true') == 4


@pytest.mark.parametrize("state", ["SEALED", "REJECTED", "WITHDRAWN"])
def test_review_that_is_not_public_is_not_in_the_profile(ask: Ask, state: str) -> None:
    expert = ExpertProfileFactory(published=True, slug="ines", loge__slug="aligre")
    hidden = ReviewFactory(expert=expert, state=state, text=SECRET)

    found = ask(EXPERT, loge="aligre", slug="ines")["expert"]

    assert found["reviews"] == {"totalCount": 0, "edges": []}
    assert ask("query($id: ID!) { node(id: $id) { id } }", id=global_id(hidden))["node"] is None


def test_badge_out_of_date_is_not_shown(ask: Ask) -> None:
    expert = ExpertProfileFactory(published=True, slug="ines", loge__slug="aligre")
    gone, checked = TODAY - timedelta(days=1), TODAY - timedelta(days=9)
    VerificationFactory(expert=expert, kind="INSURED", expires_on=gone, checked_on=checked)
    VerificationFactory(expert=expert, kind="MET", checked_on=TODAY + timedelta(days=1))
    VerificationFactory(expert=expert, kind="DIPLOMA", expires_on=TODAY)

    found = ask(EXPERT, loge="aligre", slug="ines")["expert"]

    assert [badge["code"] for badge in found["badges"]] == ["DIPLOMA"]


def test_badge_is_told_in_the_words_of_the_team(ask: Ask) -> None:
    expert = ExpertProfileFactory(published=True, slug="ines", loge__slug="aligre")
    VerificationFactory(expert=expert, kind="MET")
    VerificationFactory(expert=expert, kind="DIPLOMA")
    BadgeTextFactory(kind="MET", label="Vu en vrai", meaning="Une heure autour d'un café.")

    found = ask(EXPERT, loge="aligre", slug="ines")["expert"]

    assert {(badge["code"], badge["label"], badge["meaning"]) for badge in found["badges"]} == {
        ("MET", "Vu en vrai", "Une heure autour d'un café."),
        ("DIPLOMA", "Qualification vérifiée", "Diplôme ou attestation présenté à la loge."),
    }


def test_words_about_badges_cost_one_statement_wherever_badges_stand(cost: Cost, ask: Ask) -> None:
    for slug in ("aligre", "wazemmes"):
        loge = LogeFactory(active=True, slug=slug)
        for kind in ("MET", "DIPLOMA"):
            VerificationFactory(expert=ExpertProfileFactory(published=True, loge=loge), kind=kind)
    BadgeTextFactory(kind="MET")
    asked = """{ loges(first: 5) { edges { node { experts(first: 5) { edges { node { badges { %s } } } } } } }
      expert(loge: "%s", slug: "%s") { badges { %s } } }"""
    slug = ask('{ loge(slug: "aligre") { experts(first: 1) { edges { node { slug } } } } }')
    place = ("aligre", nodes(slug["loge"]["experts"])[0]["slug"])

    costs = [cost(asked % (fields, *place, fields)) for fields in ("code checkedOn", "label", "label meaning")]

    assert costs == [costs[0], costs[0] + 1, costs[0] + 1]


def test_words_about_badges_cost_nothing_where_there_is_no_badge(cost: Cost) -> None:
    ExpertProfileFactory(published=True, slug="ines", loge__slug="aligre")
    asked = '{ expert(loge: "aligre", slug: "ines") { badges { %s } } }'

    costs = [cost(asked % fields) for fields in ("code", "label meaning")]

    assert costs[0] == costs[1]


def test_offer_on_proposal_has_no_price(ask: Ask, policy: None) -> None:
    expert = ExpertProfileFactory(published=True, slug="ines", loge__slug="aligre")
    OfferFactory(expert=expert, on_quote=True)
    query = '{ expert(loge: "aligre", slug: "ines") { offers { unit price { cents } breakdown { policyVersion } } } }'

    found = ask(query)["expert"]

    assert found["offers"] == [{"unit": "QUOTE", "price": None, "breakdown": None}]


def test_offers_come_in_the_order_of_the_expert(ask: Ask) -> None:
    expert = ExpertProfileFactory(published=True, slug="ines", loge__slug="aligre")
    for position in (2, 0, 1):
        OfferFactory(expert=expert, position=position, title=f"{position}")

    found = ask(EXPERT, loge="aligre", slug="ines")["expert"]

    assert [offer["title"] for offer in found["offers"]] == ["0", "1", "2"]


def test_service_families_list_the_taxonomy(ask: Ask) -> None:
    second = ServiceFactory(slug="b", family__slug="maison", family__position=1, position=2)
    first = ServiceFactory(slug="a", family=second.family, position=1)
    other = ServiceFactory(slug="c", family__slug="jardin", family__position=0)

    found = ask("{ serviceFamilies { slug services { slug family { slug } unit sap legalNote } } }")[
        "serviceFamilies"
    ]

    assert [family["slug"] for family in found] == ["jardin", "maison"]
    assert [service["slug"] for family in found for service in family["services"]] == [
        other.slug,
        first.slug,
        second.slug,
    ]
    assert found[1]["services"][0] == {
        "slug": "a",
        "family": {"slug": "maison"},
        "unit": "HOUR",
        "sap": first.sap,
        "legalNote": None,
    }


def test_schema_has_no_private_field_of_a_person() -> None:
    told_of_the_site = (
        "contactEmail",
        "contactPhone",
        "e-mail address",
        "telephone number",
        "phones and computers",
        "asks for a password",
        "PASSWORD",
    )
    printed = schema.as_str()
    for words in told_of_the_site:
        printed = printed.replace(words, "")
    printed = printed.casefold()

    for word in ("lastname", "email", "phone", "password", "iban", "siret", "birth"):
        assert word not in printed
    profile = schema._schema.type_map["ExpertProfile"]
    assert not {"latitude", "longitude", "position", "person", "state", "identity"} & set(profile.fields)
