"""What the doors ask of search."""

from typing import Any

import pytest

from loges.geography import Point
from loges.models import ExpertProfile, Loge, Service
from search import vocabulary
from search.backends import FacetField
from search.models import ExpertEntry
from search.places import PlaceKind, PlaceName
from search.queries import BadInput, ExpertSearch, health, point, search_experts, suggest
from search.questions import served
from search.suggestions import SuggestionKind
from tests.factories import NOW, VerificationFactory, tell
from tests.search import town
from tests.search.evaluate import cases
from tests.search.town import Town, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]

CENTER = Point(45.7745, 4.8318)


@pytest.fixture
def here(empty_index: None) -> Town:
    return town.build()


@pytest.mark.parametrize("count", [0, 1, 50])
@pytest.mark.parametrize(
    ("values", "statements"),
    [
        ({"text": "ménage et repassage", "near": CENTER}, 9),
        ({"text": "astrolabe"}, 5),
        ({"services": ("menage",), "max_price_cents": 5_000, "order": "PRICE"}, 8),
        ({"loge": "lyon-croix-rousse", "languages": ("fr",), "services": ("menage",)}, 10),
        ({}, 5),
    ],
)
def test_search_costs_the_same_for_one_and_fifty(
    here: Town, count: int, values: dict[str, Any], statements: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        town.expert(here.lyon, "menage", "repassage", headline="Astrolabe")
    order = {"order": values["order"]} if "order" in values else {}
    search = ExpertSearch(**{name: value for name, value in values.items() if name != "order"})
    vocabulary.reading()

    with django_assert_max_num_queries(statements if count else statements + 10) as captured:
        answer = search_experts(search, first=100, **order)

    assert answer.total_count == len(answer.hits) == count
    assert count == 0 or len(captured) == statements


WEST = {"type": "Polygon", "coordinates": [[[4.7, 45.7], [4.83, 45.7], [4.83, 45.8], [4.7, 45.8], [4.7, 45.7]]]}


def test_area_counts_for_totals_and_facets_and_costs_one_statement_for_all(
    here: Town, django_assert_num_queries: Any
) -> None:
    for number in range(6):
        town.expert(here.lyon, "menage", area=WEST if number % 2 else None)
    search = ExpertSearch(near=CENTER)
    vocabulary.reading()

    with django_assert_num_queries(7):
        answer = search_experts(search)

    assert answer.total_count == len(answer.hits) == 3
    assert {facet.count for facet in answer.facets} == {3}
    assert search_experts(ExpertSearch(near=Point(45.7745, 4.82))).total_count == 6


def test_page_goes_on_when_somebody_drew_their_area_meanwhile(here: Town) -> None:
    some = [town.expert(here.lyon, "menage", area=WEST) for _ in range(3)]
    search = ExpertSearch(near=Point(45.7745, 4.82))
    begun = search_experts(search, first=2)
    ExpertProfile.objects.filter(pk=begun.hits[0].expert.pk).update(state="PAUSED")

    rest = search_experts(search, first=2, after=begun.hits[-1].cursor)

    assert {hit.expert for hit in (*begun.hits, *rest.hits)} == set(some)


def test_whoever_drew_where_they_come_to_is_not_offered_to_others(here: Town) -> None:
    town.expert(here.lyon, "menage", area=WEST)
    open_to_all = town.expert(here.lyon, "menage", latitude=45.9)

    help_ = search_experts(ExpertSearch(text="ménage", near=CENTER)).help

    assert help_ is not None
    assert [hit.expert for hit in help_.offers] == [open_to_all]


def test_hit_says_why(here: Town) -> None:
    zoe = town.expert(here.lyon, "menage", first_name="Zoé", rating_count=12, rating_sum=58)

    hit = search_experts(ExpertSearch(text="Zoé ménage", near=CENTER)).hits[0]

    assert hit.expert == zoe
    assert [service.slug for service in hit.matched_services] == ["menage"]
    assert hit.distance_meters == 200
    assert hit.why_here == [
        f"Propose «\u00a0{hit.matched_services[0].name}\u00a0»",
        "Son profil correspond à vos mots",
        "À moins de 200\u00a0m",
        "Noté 4,8 sur 5 (12 avis)",
    ]


@pytest.mark.parametrize(
    "text", ["ménage", "MENAGE", "du ménage", "Je cherche quelqu'un pour le ménage", "menagge", "femme de ménage"]
)
def test_search_whatever_the_spelling(here: Town, text: str) -> None:
    zoe = town.expert(here.lyon, "menage")
    town.expert(here.lyon, "garde-chien")

    assert found(text) == [zoe]


@pytest.mark.parametrize("text", ["Amélie", "amelie", "AMÉLIE", "amélie la trompettiste"])
def test_search_finds_people_by_name(here: Town, text: str) -> None:
    amelie = town.expert(here.lyon, "menage", first_name="Amélie", headline="Trompettiste")
    town.expert(here.lyon, "menage", first_name="Bruno")

    assert found(text) == [amelie]


def test_golden_searches_find_who_offers_it(here: Town) -> None:
    keepers = {slug: town.expert(here.lyon, slug) for slug in Service.objects.values_list("slug", flat=True)}
    first = among_three = 0

    for case in cases("golden"):
        wanted = {keepers[slug] for slug in case.expect}
        hits = found(case.query)
        first += bool(wanted & set(hits[:1]))
        among_three += bool(wanted & set(hits[:3]))

    assert (first >= 37, among_three) == (True, 38)


@pytest.mark.parametrize("text", ["qwertyuiop", "?!", "🧹", "\x00", "\ud800", "de la", "bonjour", "xx" * 500_000])
def test_search_of_nonsense_finds_nobody(here: Town, text: str) -> None:
    town.expert(here.lyon, "menage")

    answer = search_experts(ExpertSearch(text=text))

    assert (answer.hits, answer.total_count) == ([], 0)


@pytest.mark.parametrize("text", ["", "   "])
def test_search_without_a_text_finds_everybody(here: Town, text: str) -> None:
    zoe = town.expert(here.lyon, "menage")

    assert found(text) == [zoe]


HOSTILE = [
    "\x00",
    "\ud800",
    "💥",
    "' OR 1=1 --",
    '" NEAR("',
    "a' | 'b:*",
    "menage OR *",
    "-menage",
    "%",
    "x" * 1_000_000,
]


@pytest.mark.parametrize("value", HOSTILE)
def test_search_answers_whatever_is_sent(here: Town, value: str) -> None:
    town.expert(here.lyon, "menage")

    for search in (
        ExpertSearch(text=f"ménage {value}"),
        ExpertSearch(text=value),
        ExpertSearch(services=(value,)),
        ExpertSearch(family=value),
        ExpertSearch(loge=value),
        ExpertSearch(postcode=value),
        ExpertSearch(languages=(value,)),
    ):
        assert search_experts(search).total_count <= 1
    assert suggest(value) is not None
    with pytest.raises(BadInput):
        search_experts(ExpertSearch(), after=value)


@pytest.mark.parametrize(
    ("search", "page", "path"),
    [
        ({"near": CENTER, "radius_meters": 0}, {}, "radiusMeters"),
        ({"near": CENTER, "radius_meters": 100_001}, {}, "radiusMeters"),
        ({"radius_meters": 500}, {}, "radiusMeters"),
        ({"max_price_cents": -1}, {}, "maxPriceCents"),
        ({"max_price_cents": 2**40}, {}, "maxPriceCents"),
        ({"minimum_rating": 5.1}, {}, "minimumRating"),
        ({"minimum_rating": float("nan")}, {}, "minimumRating"),
        ({"unit": "CENTURY"}, {}, "unit"),
        ({"badges": ("\ud800",)}, {}, "badges"),
        ({"services": ("a",) * 51}, {}, "services"),
        ({}, {"first": 0}, "first"),
        ({}, {"first": 101}, "first"),
        ({}, {"order": "NEWEST"}, "order"),
        ({}, {"order": "DISTANCE"}, "order"),
        ({}, {"after": "abc"}, "after"),
    ],
)
def test_search_refuses_what_makes_no_sense(search: dict[str, Any], page: dict[str, Any], path: str) -> None:
    with pytest.raises(BadInput) as refused:
        search_experts(ExpertSearch(**search), **page)

    assert refused.value.path == path
    assert refused.value.code
    assert refused.value.message_fr.endswith(".")


@pytest.mark.parametrize(("latitude", "longitude"), [(123, 0), (0, 181), (float("nan"), 0)])
def test_point_off_the_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(BadInput):
        point(latitude, longitude)


def test_cursor_goes_on_where_the_page_ended(here: Town) -> None:
    people = [town.expert(here.lyon, "menage") for _ in range(3)]

    first = search_experts(ExpertSearch(text="ménage"), first=2)
    second = search_experts(ExpertSearch(text="ménage"), first=2, after=first.hits[-1].cursor)

    assert [hit.expert for hit in first.hits + second.hits] == people
    assert (first.has_next_page, second.has_next_page) == (True, False)


def test_understood_services_are_told_even_when_nobody_offers_them(here: Town) -> None:
    answer = search_experts(ExpertSearch(text="ménage"))

    assert (answer.hits, answer.total_count) == ([], 0)
    assert answer.understood_services[0].slug == "menage"


def test_question_back_searches_its_choices_meanwhile(here: Town) -> None:
    keeper = town.expert(here.lyon, "garde-cles")
    town.expert(here.lyon, "menage")

    answer = search_experts(ExpertSearch(text="clés"))

    assert answer.question is not None
    assert [service.slug for service in answer.question.choices] == ["garde-cles", "check-in", "portes-serrures"]
    assert [hit.expert for hit in answer.hits] == [keeper]


@pytest.mark.parametrize(
    "text", ["ménage Croix-Rousse", "ménage à Lyon", "ménage 69004", "ménage sur le Plateau", "à la Croix-Rousse"]
)
def test_place_in_the_words_filters(here: Town, text: str) -> None:
    zoe = town.expert(here.lyon, "menage")
    town.expert(here.lille, "menage")

    answer = search_experts(ExpertSearch(text=text))

    assert [hit.expert for hit in answer.hits] == [zoe]
    assert answer.places[0].loges == ("lyon-croix-rousse",)


@pytest.mark.parametrize(
    "explicit", [{"loge": "lille-wazemmes"}, {"near": Point(50.6252, 3.0486)}, {"postcode": "59000"}]
)
def test_place_given_holds_beside_the_one_in_the_words(here: Town, explicit: dict[str, Any]) -> None:
    town.expert(here.lyon, "menage")
    lille = town.expert(here.lille, "menage")

    answer = search_experts(ExpertSearch(text="ménage Croix-Rousse", **explicit))
    agreed = search_experts(ExpertSearch(text="ménage Lille", **explicit))

    assert answer.hits == []
    assert answer.places
    assert [hit.expert for hit in agreed.hits] == [lille]


@pytest.mark.parametrize("text", ["ménage Croix-Rousse", "Lyon", "ménage Lyon ou Lille"])
def test_loges_are_counted_within_the_place_in_the_words(here: Town, text: str) -> None:
    town.expert(here.lyon, "menage")
    town.expert(here.lille, "menage")
    everywhere = search_experts(ExpertSearch(text=text))
    counts = {facet.value: facet.count for facet in everywhere.facets if facet.field is FacetField.LOGE}

    for slug in ("lyon-croix-rousse", "lille-wazemmes"):
        chosen = search_experts(ExpertSearch(text=text, loge=slug))
        assert chosen.total_count == counts.get(slug, 0)


@pytest.mark.parametrize(
    ("places", "loges"),
    [
        ([("NEIGHBOURHOOD", "a"), ("CITY", "ab")], ("a",)),
        ([("CITY", "ab"), ("CITY", "c")], ("a", "b", "c")),
        ([("NEIGHBOURHOOD", "a"), ("NEIGHBOURHOOD", "c"), ("CITY", "ab")], ("a",)),
        ([("NEIGHBOURHOOD", "a"), ("CITY", "c")], ("a",)),
    ],
)
def test_places_narrow_each_other(places: list[tuple[str, str]], loges: tuple[str, ...]) -> None:
    named = tuple(PlaceName(PlaceKind(kind), "n", "n", tuple(slugs), 0, 0, 1) for kind, slugs in places)

    assert served(named) == loges


def test_withdrawn_profile_in_a_stale_index_stays_hidden(here: Town) -> None:
    zoe = town.expert(here.lyon, "menage")
    ExpertProfile.objects.filter(pk=zoe.pk).update(state="SUSPENDED")

    assert found("ménage") == []


def test_expired_badge_counts_until_its_last_day(here: Town) -> None:
    zoe = town.expert(here.lyon, "menage")
    VerificationFactory(expert=zoe, insured=True)
    tell(zoe)

    last_day = found(badges=("INSURED",), on=NOW.date().replace(month=12, day=31))
    next_year = found(badges=("INSURED",), on=NOW.date().replace(year=2027))

    assert (last_day, next_year) == ([zoe], [])


def test_ranking_criteria_say_what_counts(here: Town) -> None:
    relevance = search_experts(ExpertSearch(text="ménage", near=CENTER)).ranking_criteria
    price = search_experts(ExpertSearch(), order="PRICE").ranking_criteria

    assert len(relevance) == 5
    assert all(criteria[-1].startswith("Jamais la commission") for criteria in (relevance, price))


@pytest.mark.parametrize(
    ("typed", "kind", "label"),
    [
        ("repass", SuggestionKind.SERVICE, "Repassage"),
        ("croix", SuggestionKind.PLACE, "Croix-Rousse, Lyon"),
        ("Amél", SuggestionKind.EXPERT, "Amélie, Trompettiste"),
        ("femme de mén", SuggestionKind.PHRASE, "femme de ménage"),
    ],
)
def test_suggest_what_begins_so(here: Town, typed: str, kind: SuggestionKind, label: str) -> None:
    town.expert(here.lyon, "menage", first_name="Amélie", headline="Trompettiste")

    offered = suggest(typed)

    assert (kind, label) in [(one.kind, one.label) for one in offered]


def test_suggest_the_nearest_namesake_first(here: Town) -> None:
    lyon = town.expert(here.lyon, "menage", first_name="Amélie")
    lille = town.expert(here.lille, "menage", first_name="Amélie")

    offered = suggest("amelie", near=Point(50.62, 3.05))

    assert [one.expert for one in offered if one.kind is SuggestionKind.EXPERT] == [lille.slug, lyon.slug]


def test_suggest_costs_three_statements(here: Town, django_assert_num_queries: Any) -> None:
    town.expert(here.lyon, "menage", first_name="Amélie")
    vocabulary.reading()

    with django_assert_num_queries(3):
        suggest("amelie")


def test_suggest_hides_who_may_not_be_seen(here: Town) -> None:
    zoe = town.expert(here.lyon, "menage", first_name="Amélie")
    ExpertProfile.objects.filter(pk=zoe.pk).update(state="SUSPENDED")

    assert [one for one in suggest("amelie") if one.kind is SuggestionKind.EXPERT] == []


def test_vocabulary_is_kept_until_it_changes(here: Town, django_assert_num_queries: Any) -> None:
    first = vocabulary.reading()

    with django_assert_num_queries(1):
        second = vocabulary.reading()
    vocabulary.renew()

    assert second is first
    assert vocabulary.reading() is not first


def test_places_of_a_closed_loge_are_forgotten(here: Town) -> None:
    Loge.objects.filter(pk=here.lille.pk).update(state="CLOSED")

    names = {place.name for place in vocabulary.vocabulary().places}

    assert "Lyon" in names
    assert "Lille" not in names


def test_health_counts_the_experts(here: Town) -> None:
    town.expert(here.lyon, "menage")

    assert health() == {
        "backend": "database",
        "is_up": True,
        "is_degraded": False,
        "documents": 1,
        "waiting": 0,
        "waiting_since": None,
        "refused": 0,
        "vectors": 0,
        "detail": "",
    }


def test_an_index_of_an_earlier_version_finds_people_and_counts_nothing(here: Town) -> None:
    town.expert(here.lyon, "menage")
    ExpertEntry.objects.update(counted="LOGE\t1\t\nSERVICE\tmenage\t")

    found = search_experts(ExpertSearch())

    assert found.total_count == 1
    assert found.facets == []
