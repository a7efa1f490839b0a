"""Search and suggestions at the front door: who is found and why, and nobody who may not be seen."""

import json

import pytest
from django.test import Client

from loges import machines, signals
from loges.models import AvailabilityRule, Loge, Service, Verification
from tests.factories import ExpertProfileFactory, LogeFactory, OfferFactory, ReviewFactory, VerificationFactory, tell
from tests.factories.pages import BadgeTextFactory
from tests.graphql_api.site import SECRET, Ask, Cost, Refusal, nodes
from tests.search import town
from tests.search.town import Town

pytestmark = pytest.mark.usefixtures("empty_index")

SEARCH = """query($input: ExpertSearchInput!, $orderBy: ExpertOrder! = RELEVANCE, $first: Int! = 20, $after: String) {
  searchExperts(input: $input, orderBy: $orderBy, first: $first, after: $after) {
    totalCount isTotalCapped rankingCriteria
    understanding {
      services { slug } places { kind label } corrections { typed read } question { text choices { slug } }
    }
    facets { field values { value label count } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    help {
      text ways { kind label url } nearestLoges { distanceMeters loge { slug newsFeedUrl } }
      neighbourOffers { distanceMeters whyHere expert { slug } }
    }
    edges { cursor node {
      distanceMeters whyHere highlights freeOn matchedServices { slug } expert { slug headline }
    } }
  }
}"""
SUGGEST = """query($text: String!, $near: GeoPointInput, $first: Int! = 8) {
  suggest(text: $text, near: $near, first: $first) {
    kind label service { slug } expert { slug headline } loge { slug }
  }
}"""
HIDDEN = [state for state in machines.EXPERT_PROFILE.states if state != "PUBLISHED"]
CROIX_ROUSSE = {"latitude": 45.7745, "longitude": 4.8318}


@pytest.fixture
def lyon(db: None) -> Town:
    """A town with the whole taxonomy."""
    return town.build()


def test_search_finds_who_offers_what_is_asked_for(ask: Ask, lyon: Town) -> None:
    service = Service.objects.order_by("pk")[0]
    town.expert(lyon.lyon, service.slug, slug="zoe")
    town.expert(lyon.lille, service.slug, slug="lille")
    town.expert(lyon.lyon, Service.objects.order_by("pk")[1].slug, slug="autre")

    found = ask(SEARCH, input={"text": service.name, "near": CROIX_ROUSSE, "radiusMeters": 2_000})["searchExperts"]

    assert [hit["expert"]["slug"] for hit in nodes(found)] == ["zoe"]
    (hit,) = nodes(found)
    assert hit["matchedServices"] == [{"slug": service.slug}]
    assert hit["distanceMeters"] in (200, 500)
    assert hit["whyHere"]
    assert (found["totalCount"], found["isTotalCapped"]) == (1, False)
    assert found["understanding"]["services"][0] == {"slug": service.slug}
    assert found["rankingCriteria"]
    assert found["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": found["edges"][0]["cursor"],
        "endCursor": found["edges"][0]["cursor"],
    }


def test_search_counts_facets(ask: Ask, lyon: Town) -> None:
    first, second = Service.objects.order_by("pk")[:2]
    town.expert(lyon.lyon, first.slug, second.slug, languages=["fr", "ar"])
    town.expert(lyon.lyon, second.slug)

    found = ask(SEARCH, input={"loge": "lyon-croix-rousse"})["searchExperts"]

    facets = {facet["field"]: {row["value"]: row["count"] for row in facet["values"]} for facet in found["facets"]}
    assert facets["SERVICE"] == {first.slug: 1, second.slug: 2}
    assert facets["LANGUAGE"] == {"fr": 2, "ar": 1}
    assert facets["LOGE"] == {"lyon-croix-rousse": 2}


def test_search_names_badges_as_the_team_does(ask: Ask, lyon: Town) -> None:
    for kind in (Verification.Kind.IDENTITY, Verification.Kind.MET):
        expert = ExpertProfileFactory(loge=lyon.lyon, published=True)
        VerificationFactory(expert=expert, kind=kind)
        OfferFactory(expert=expert)
        tell(expert)
    BadgeTextFactory(kind=Verification.Kind.IDENTITY, label="Pièce d'identité vue")

    facets = {facet["field"]: facet["values"] for facet in ask(SEARCH, input={})["searchExperts"]["facets"]}

    assert {row["value"]: row["label"] for row in facets["BADGE"]} == {
        "IDENTITY": "Pièce d'identité vue",
        "MET": Verification.Kind.MET.label,
    }


def test_search_filters_hold_together(ask: Ask, lyon: Town) -> None:
    service = Service.objects.order_by("pk")[0]
    town.expert(lyon.lyon, service.slug, slug="cher", price_cents=9_000)
    town.expert(lyon.lyon, service.slug, slug="mal-note", rating_count=1, rating_sum=2)
    town.expert(lyon.lyon, service.slug, slug="bien", rating_count=1, rating_sum=5, languages=["ar"])
    wanted = {
        "services": [service.slug],
        "family": service.family.slug,
        "postcode": "69004",
        "maxPriceCents": 2_000,
        "unit": "HOUR",
        "minimumRating": 4.0,
        "languages": ["ar"],
    }

    found = ask(SEARCH, input=wanted)["searchExperts"]

    assert [hit["expert"]["slug"] for hit in nodes(found)] == ["bien"]


@pytest.mark.parametrize("order", ["RELEVANCE", "RATING", "PRICE", "DISTANCE"])
def test_search_in_every_order_answers_everybody_once(ask: Ask, lyon: Town, order: str) -> None:
    service = Service.objects.order_by("pk")[0]
    slugs = [town.expert(lyon.lyon, service.slug, price_cents=1_000 + n % 2).slug for n in range(7)]

    seen: list[str] = []
    after = None
    while True:
        found = ask(SEARCH, input={"near": CROIX_ROUSSE}, orderBy=order, first=3, after=after)["searchExperts"]
        seen += [hit["expert"]["slug"] for hit in nodes(found)]
        assert found["totalCount"] == 7
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            break

    assert sorted(seen) == sorted(slugs)


@pytest.mark.parametrize("state", HIDDEN)
def test_expert_who_is_not_published_leaves_no_trace_in_search(ask: Ask, lyon: Town, state: str) -> None:
    service = Service.objects.order_by("pk")[0]
    hidden = ExpertProfileFactory(
        loge=lyon.lyon, state=state, headline=SECRET, person__first_name="Zébulon", languages=["eo"]
    )
    OfferFactory(expert=hidden, service=service)
    tell(hidden)

    found = [ask(SEARCH, input=asked) for asked in ({}, {"text": SECRET}, {"services": [service.slug]})]
    suggested = ask(SUGGEST, text="zébu")

    assert [answer["searchExperts"]["totalCount"] for answer in found] == [0, 0, 0]
    helped = [answer["searchExperts"].pop("help") for answer in found]
    assert [row["neighbourOffers"] for row in helped] == [[], [], []]
    assert SECRET not in json.dumps([{**row, "text": ""} for row in helped])  # its text repeats what was typed
    told = json.dumps([found, suggested])
    assert SECRET not in told
    assert '"eo"' not in told
    assert not [row for row in suggested["suggest"] if row["kind"] == "EXPERT"]


@pytest.mark.parametrize("state", ["PAUSED", "SUSPENDED", "LEFT"])
def test_expert_whom_the_index_still_knows_is_not_shown(ask: Ask, lyon: Town, state: str) -> None:
    expert = town.expert(lyon.lyon, headline=SECRET, first_name="Zébulon")
    expert.state = state
    expert.save()

    found = [ask(SEARCH, input={}), ask(SUGGEST, text="zébu")]

    assert SECRET not in json.dumps(found)


@pytest.mark.parametrize("state", ["PAUSED", "CLOSED", "PREPARING"])
def test_experts_of_a_loge_that_takes_no_missions_are_not_found(ask: Ask, lyon: Town, state: str) -> None:
    expert = town.expert(lyon.lyon)
    Loge.objects.filter(pk=lyon.lyon.pk).update(state=state)
    tell(expert)

    found = ask(SEARCH, input={})["searchExperts"]

    assert (found["totalCount"], found["edges"]) == (0, [])


def test_closed_loge_is_in_no_suggestion_and_no_place(ask: Ask, lyon: Town) -> None:
    Loge.objects.filter(pk=lyon.lyon.pk).update(state="CLOSED")
    signals.loge_changed.send(Loge, loge=lyon.lyon, transition="close", by=None, now=None)

    suggested = ask(SUGGEST, text="croix-r")["suggest"]
    understood = ask(SEARCH, input={"text": "croix-rousse"})["searchExperts"]["understanding"]

    assert [row for row in suggested if row["kind"] == "PLACE"] == []
    assert understood["places"] == []


def test_suggestions_lead_to_services_places_and_experts(ask: Ask, lyon: Town) -> None:
    service = Service.objects.order_by("pk")[0]
    town.expert(lyon.lyon, service.slug, first_name="Zébulon", slug="zebulon", headline="Bricole")

    of_service = ask(SUGGEST, text=service.name)["suggest"]
    of_place = ask(SUGGEST, text="croix-r", near=CROIX_ROUSSE)["suggest"]
    of_expert = ask(SUGGEST, text="zébu")["suggest"]

    assert (of_service[0]["kind"], of_service[0]["service"]) == ("SERVICE", {"slug": service.slug})
    assert {"slug": "lyon-croix-rousse"} in [row["loge"] for row in of_place if row["kind"] == "PLACE"]
    assert [row for row in of_expert if row["kind"] == "EXPERT"] == [
        {
            "kind": "EXPERT",
            "label": "Zébulon, Bricole",
            "service": None,
            "expert": {"slug": "zebulon", "headline": "Bricole"},
            "loge": {"slug": "lyon-croix-rousse"},
        }
    ]


def test_suggestions_are_no_more_than_asked_for(ask: Ask, lyon: Town) -> None:
    assert len(ask(SUGGEST, text="a", first=2)["suggest"]) == 2
    assert ask(SUGGEST, text="  ")["suggest"] == []


def test_search_understands_what_nobody_offers(ask: Ask, lyon: Town) -> None:
    service = Service.objects.order_by("pk")[0]

    found = ask(SEARCH, input={"text": service.name})["searchExperts"]

    assert (found["edges"], found["understanding"]["services"][0]) == ([], {"slug": service.slug})


def test_search_never_tells_where_exactly_an_expert_is(ask: Ask, lyon: Town) -> None:
    town.expert(lyon.lyon, latitude=45.770123, longitude=4.830456)

    found = ask(SEARCH, input={"near": CROIX_ROUSSE})["searchExperts"]

    assert [hit["distanceMeters"] for hit in nodes(found)] == [500]


def test_reviews_nobody_may_read_are_not_searched(ask: Ask, lyon: Town) -> None:
    expert = town.expert(lyon.lyon)
    ReviewFactory(expert=expert, text=SECRET)
    tell(expert)

    found = ask(SEARCH, input={"text": SECRET})["searchExperts"]

    assert found["totalCount"] == 0


def test_place_of_a_loge_being_prepared_is_suggested_without_its_experts(ask: Ask, lyon: Town) -> None:
    loge = LogeFactory(slug="bientot", neighbourhood="Zanzibar")
    signals.loge_created.send(Loge, loge=loge, by=None)

    suggested = ask(SUGGEST, text="zanzi")["suggest"]

    assert {"slug": "bientot"} in [row["loge"] for row in suggested]


def test_search_that_finds_nobody_is_no_dead_end(ask: Ask, lyon: Town, cost: Cost) -> None:
    for n in range(3):
        suburb = LogeFactory(active=True, slug=f"banlieue-{n}", territory__latitude=45.8 + n / 100)
        town.expert(suburb, "repassage", slug=f"voisine-{n}", latitude=45.8 + n / 100)
    asked = {"text": "repassage", "loge": "lyon-croix-rousse"}

    found = ask(SEARCH, input=asked)["searchExperts"]

    assert found["totalCount"] == 0
    assert "Repassage" in found["help"]["text"]
    assert [row["expert"]["slug"] for row in found["help"]["neighbourOffers"]] == [f"voisine-{n}" for n in range(3)]
    assert found["help"]["nearestLoges"][0] == {
        "distanceMeters": 0,
        "loge": {
            "slug": "lyon-croix-rousse",
            "newsFeedUrl": found["help"]["nearestLoges"][0]["loge"]["newsFeedUrl"],
        },
    }
    assert {way["kind"] for way in found["help"]["ways"]} >= {"FOLLOW_AREA"}
    assert cost(SEARCH, input=asked) == cost(SEARCH, input={**asked, "text": "repassage de chemises"})


def test_search_costs_the_same_for_one_hit_and_for_twenty(ask: Ask, lyon: Town, cost: Cost) -> None:
    town.expert(lyon.lille, "menage")
    for _ in range(20):
        town.expert(lyon.lyon, "menage", "repassage", presentation="Je fais le ménage. Et le repassage.")

    costs = [
        cost(SEARCH, input={"text": "ménage", "loge": loge, "near": CROIX_ROUSSE, "radiusMeters": 100_000}, first=50)
        for loge in ("lyon-croix-rousse",)
    ]
    costs += [
        cost(SEARCH, input={"text": "ménage", "loge": loge}) for loge in ("lille-wazemmes", "lyon-croix-rousse")
    ]

    # the token; page, services and numbers; the numbers beside the chosen loge; experts; services; with a point, who
    # comes there and who serves it
    assert costs == [10, 8, 8]


def test_hits_tell_their_day_and_their_words(ask: Ask, lyon: Town) -> None:
    expert = town.expert(lyon.lyon, "menage", presentation="Je joue <b>du</b> banjo.")
    AvailabilityRule.objects.create(expert=expert, weekday=0, starts="09:00", ends="12:00")
    tell(expert)

    found = ask(SEARCH, input={"text": "banjo", "freeOn": "2026-03-02"})["searchExperts"]

    (hit,) = nodes(found)
    assert hit["freeOn"] == "2026-03-02"
    assert hit["highlights"] == ["Je joue &lt;b&gt;du&lt;/b&gt; <mark>banjo</mark>."]
    assert ask(SEARCH, input={"freeOn": "2026-03-03"})["searchExperts"]["totalCount"] == 0


@pytest.mark.parametrize("day", ["2026-03-01", "2027-12-31"])
def test_day_out_of_reach_is_refused(refusal: Refusal, lyon: Town, day: str) -> None:
    error = refusal(SEARCH, input={"freeOn": day})

    assert error["extensions"]["code"] == "BAD_INPUT"
    assert "freeOn" in json.dumps(error)


# --- Within an outline -------------------------------------------------------------------------------------------


def ring(*corners: tuple[float, float]) -> list[list[float]]:
    return [list(corner) for corner in (*corners, corners[0])]


def drawn(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


AROUND = drawn(ring((4.8, 45.75), (4.86, 45.75), (4.86, 45.8), (4.8, 45.8)))
"""Around la Croix-Rousse."""


def test_search_within_an_outline_finds_counts_and_pages(ask: Ask, lyon: Town) -> None:
    service = Service.objects.order_by("pk")[0].slug
    for number in range(3):
        town.expert(lyon.lyon, service, slug=f"dedans-{number}")
    town.expert(lyon.lyon, service, slug="dehors", latitude=45.81)
    town.expert(lyon.lille, service, slug="lille")

    found = ask(SEARCH, input={"within": AROUND}, first=2)["searchExperts"]
    rest = ask(SEARCH, input={"within": AROUND}, first=2, after=found["pageInfo"]["endCursor"])["searchExperts"]

    assert found["totalCount"] == rest["totalCount"] == 3
    slugs = {hit["expert"]["slug"] for page in (found, rest) for hit in nodes(page)}
    assert slugs == {"dedans-0", "dedans-1", "dedans-2"}
    assert {row["count"] for facet in found["facets"] for row in facet["values"]} == {3}


def test_outline_without_anybody_is_no_dead_end(ask: Ask, lyon: Town) -> None:
    town.expert(lyon.lyon, Service.objects.order_by("pk")[0].slug)
    sea = drawn(ring((-6, 45), (-5, 45), (-5, 46)))

    found = ask(SEARCH, input={"within": sea})["searchExperts"]

    assert found["totalCount"] == 0
    assert "Aucune loge ne couvre encore ce lieu." in found["help"]["text"]
    assert found["help"]["nearestLoges"]


@pytest.mark.parametrize(
    "within",
    [
        {},
        [],
        "Polygon",
        7,
        True,
        {"type": "Polygon"},
        {"type": "Point", "coordinates": [4.8, 45.7]},
        {"type": "Feature", "geometry": AROUND},
        drawn(),
        drawn([]),
        drawn(None),
        drawn("abc", 7),
        drawn(ring((4.8, 45.7), (4.9, 45.7))),
        drawn([[4.8, 45.7], [4.9, 45.7], [4.9, 45.8]]),
        drawn(ring((4.8, 45.7), (4.9, 45.8), (4.9, 45.7), (4.8, 45.8))),
        drawn(ring((1e308, 45.7), (-1e308, 45.7), (4.9, 1e308))),
        drawn(ring((181, 0), (182, 0), (182, 1))),
        drawn(ring((10**400, 0), (1, 0), (1, 1))),
        drawn([["4.8", "45.7"], ["4.9", "45.7"], ["4.9", "45.8"], ["4.8", "45.7"]]),
        drawn([[{}, []], [{}, []], [{}, []], [{}, []]]),
        {"type": "MultiPolygon", "coordinates": AROUND["coordinates"]},
        {"type": ["Polygon"], "coordinates": AROUND["coordinates"]},
        {"type": "MultiPolygon", "coordinates": [AROUND["coordinates"], AROUND["coordinates"]]},
    ],
)
def test_what_is_no_outline_is_refused(refusal: Refusal, lyon: Town, within: object) -> None:
    told = refusal(SEARCH, input={"within": within})

    assert told["extensions"]["code"] == "BAD_INPUT"
    assert told["extensions"]["argument"] == ["input", "within"]
    assert told["message"].startswith("Ce n'est pas un contour")


def test_outline_with_too_many_corners_is_refused(refusal: Refusal, lyon: Town) -> None:
    comb = [(4.8 + n / 1_000, 45.8 if n % 2 else 45.7) for n in range(101)]

    told = refusal(SEARCH, input={"within": drawn(ring(*comb[:100], (4.9, 45.6)))})

    assert told["extensions"]["code"] == "BAD_INPUT"
    assert told["message"] == "Ce contour est trop détaillé\u00a0: 100 coins au plus."


@pytest.mark.parametrize("deep", [30, 2_000, 100_000])
@pytest.mark.parametrize("is_literal", [False, True])
def test_outline_nested_deep_is_refused_like_any_other(
    client: Client, lyon: Town, deep: int, is_literal: bool
) -> None:
    nested = f"{'[' * deep}{']' * deep}"
    if is_literal:
        within = f'{{type: "Polygon", coordinates: {nested}}}'
        body = json.dumps({"query": f"{{ searchExperts(input: {{within: {within}}}) {{ totalCount }} }}"})
    else:
        variables = f'{{"input": {{"within": {{"type": "Polygon", "coordinates": {nested}}}}}}}'
        body = f'{{"query": {json.dumps(SEARCH)}, "variables": {variables}}}'

    answer = client.post("/graphql/", body, content_type="application/json")

    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] in {"BAD_INPUT", "BAD_QUERY", "BAD_REQUEST", "TOO_EXPENSIVE"}, error
