"""Places of France where no loge is: recognised, told, and searched around."""

from datetime import date
from typing import Any

import pytest

from loges.geography import distance_m
from search import towns
from search.places import Gazetteer, PlaceKind
from search.queries import ExpertResults, ExpertSearch, search_experts
from search.words import capitalised, content_words, tokens, word_set
from tests.search import town
from tests.search.town import Town

SERVICE_WORDS = word_set("plombier menage garde vitre rideau pret saint couture")
FRANCE = Gazetteer([], SERVICE_WORDS.__contains__, *towns.of_france())


def placed(query: str) -> tuple[list[str], list[str]]:
    """What is left of a query, and its places' labels."""
    found = FRANCE.take_out(tokens(query), capitalised(query))
    return content_words(list(found.words)), [place.label for place in found.places]


@pytest.mark.parametrize(
    ("query", "words", "labels"),
    [
        ("plombier Brest", ["plombier"], ["Brest"]),
        ("plombier à brest", ["plombier"], ["Brest"]),
        ("ménage St-Etienne", ["menage"], ["Saint-Étienne"]),
        ("ménage au Havre", ["menage"], ["Le Havre"]),
        ("plombier 29200", ["plombier"], ["29200"]),
        ("plombier Paris 13e", ["plombier"], ["75013"]),
        ("garde d'enfants Villeneuve-d'Ascq", ["garde", "enfants"], ["Villeneuve-d'Ascq"]),
        ("plombier Saint-Denis", ["plombier"], ["Saint-Denis (93)", "Saint-Denis (974)"]),
        ("rideau à Orange", ["rideau"], ["Orange"]),
        ("rideau Orange", ["rideau"], ["Orange"]),
        ("plombier près de la gare de Brest", ["plombier"], ["Brest"]),
        ("Brest", [], ["Brest"]),
    ],
)
def test_towns_and_postcodes_are_taken_out(query: str, words: list[str], labels: list[str]) -> None:
    assert placed(query) == (words, labels)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("rideau orange", ["rideau", "orange"]),
        ("RIDEAU ORANGE", ["rideau", "orange"]),
        ("Orange rideau", ["orange", "rideau"]),
        ("dans tous les sens", ["sens"]),
        ("quelqu'un qui vienne garder", ["vienne", "garder"]),
        ("la vitre du salon", ["vitre", "salon"]),
        ("accompagner à l'hôpital", ["accompagner", "hopital"]),
        ("une lampe de 99999 lumens", ["lampe", "99999", "lumens"]),
        ("plombier près de la gare Saint-Lazare", ["plombier"]),
    ],
)
def test_words_that_are_towns_only_to_some_stay_words(query: str, words: list[str]) -> None:
    assert placed(query) == (words, [])


def test_a_place_of_a_loge_comes_before_the_town_of_its_name() -> None:
    (brest,) = FRANCE.find("Brest")
    ours = type(brest)(PlaceKind.CITY, "Brest", "Brest", ("brest-recouvrance",), 48.38, -4.49, 1_000)

    gazetteer = Gazetteer([ours], SERVICE_WORDS.__contains__, *towns.of_france())

    assert gazetteer.find("brest") == (ours,)


def test_every_place_is_in_france_and_near_its_postcode() -> None:
    named = towns.of_france().named
    (brest,), (postcode,) = named["brest",], named["29200",]

    assert distance_m(brest.point, postcode.point) < 5_000
    assert all(not place.loges for several in named.values() for place in several)
    assert all(-22 < place.latitude < 52 and -64 < place.longitude < 56 for (place, *_) in named.values())


@pytest.fixture
def here(db: None, empty_index: None) -> Town:
    return town.build()


def asked(text: str = "", **values: Any) -> ExpertResults:
    return search_experts(ExpertSearch(text=text, on=date(2026, 3, 2), **values))


@pytest.mark.django_db
def test_a_town_without_loge_gets_nobody_from_elsewhere_and_the_nearest_loge(here: Town) -> None:
    town.expert(here.lyon, "petite-plomberie")

    for text, place in (("plombier Brest", "Brest"), ("plombier 29200", "29200")):
        found = asked(text)

        assert found.total_count == 0
        assert [known.label for known in found.places] == [place]
        assert found.help is not None
        assert f"Aucune loge ne couvre encore {place}." in found.help.text
        assert found.help.loges[0][0] == here.lille
        assert found.help.loges[0][1] == 600_000


@pytest.mark.django_db
def test_experts_around_a_town_without_loge_are_found_and_told_to_be_of_elsewhere(here: Town) -> None:
    near = town.expert(here.lyon, "petite-plomberie", latitude=45.7745, longitude=4.8318)

    found = asked("plombier Villeurbanne")

    assert [hit.expert for hit in found.hits] == [near]
    assert found.hits[0].distance_meters == 5_000
    assert found.help is not None
    assert found.help.text.startswith("Aucune loge ne couvre encore Villeurbanne. La plus proche")


@pytest.mark.django_db
def test_a_filter_by_an_unserved_postcode_tells_the_nearest_loge(here: Town) -> None:
    town.expert(here.lyon, "menage")

    found = asked("ménage", postcode="29200")

    assert found.total_count == 0
    assert found.help is not None
    assert "29200" in found.help.text
    assert found.help.loges[0][0] == here.lille
