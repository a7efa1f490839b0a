"""Places named in a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.places import Gazetteer, PlaceKind, PlaceName
from search.words import content_words, tokens

SERVICE_WORDS = frozenset(
    tokens("couturière plombier baby sitter ménage technicien orange tondre jardin plantes arroser gare")
)


def place(kind: PlaceKind, name: str) -> PlaceName:
    """Return a place of that kind and name, wherever it is."""
    return PlaceName(kind, name, name, ("une-loge",), 48.85, 2.35, 900)


PLACES = (
    place(PlaceKind.LOGE, "La loge d'Aligre"),
    place(PlaceKind.LOGE, "La loge de la Croix-Rousse"),
    place(PlaceKind.NEIGHBOURHOOD, "Croix-Rousse"),
    place(PlaceKind.NEIGHBOURHOOD, "Le Panier"),
    place(PlaceKind.NEIGHBOURHOOD, "Jardin des Plantes"),
    place(PlaceKind.POSTCODE, "75012"),
    place(PlaceKind.POSTCODE, "69001"),
    place(PlaceKind.CITY, "Lille"),
    place(PlaceKind.CITY, "Lyon"),
    place(PlaceKind.CITY, "Orange"),
    place(PlaceKind.CITY, "Saint-Étienne"),
)
GAZETTEER = Gazetteer(PLACES, SERVICE_WORDS.__contains__)


@pytest.mark.parametrize(
    ("query", "words", "names"),
    [
        ("couturière Croix-Rousse", ["couturiere"], ["La loge de la Croix-Rousse", "Croix-Rousse"]),
        ("couturiere croix rousse", ["couturiere"], ["La loge de la Croix-Rousse", "Croix-Rousse"]),
        ("plombier 75012", ["plombier"], ["75012"]),
        ("plombier Paris 12", ["plombier"], ["75012"]),
        ("plombier dans le 12e arrondissement", ["plombier"], ["75012"]),
        ("ménage Lyon 1er", ["menage"], ["69001"]),
        ("baby-sitter près de la gare à Lille", ["baby", "sitter"], ["Lille"]),
        ("baby-sitter à Lille près du métro Gambetta", ["baby", "sitter"], ["Lille"]),
        ("ménage du quartier du Panier", ["menage"], ["Le Panier"]),
        ("ménage à la loge d'Aligre", ["menage"], ["La loge d'Aligre"]),
        ("St Etienne : ménage", ["menage"], ["Saint-Étienne"]),
        ("ménage à Lyon, Croix-Rousse", ["menage"], ["La loge de la Croix-Rousse", "Croix-Rousse", "Lyon"]),
        ("plombier à Orange", ["plombier"], ["Orange"]),
        ("arroser près du Jardin des Plantes", ["arroser"], ["Jardin des Plantes"]),
        ("Lille", [], ["Lille"]),
    ],
)
def test_take_out_of_a_query_with_places(query: str, words: list[str], names: list[str]) -> None:
    placed = GAZETTEER.take_out(tokens(query))

    assert content_words(list(placed.words)) == words
    assert [place.name for place in placed.places] == names


@pytest.mark.parametrize(
    "query",
    [
        "technicien Orange",
        "tondre le jardin",
        "arroser le jardin des plantes",
        "un banc à la gare",
        "près de la gare",
        "croix",
        "",
    ],
)
def test_take_out_of_a_query_without_places(query: str) -> None:
    placed = GAZETTEER.take_out(tokens(query))

    assert list(placed.words) == tokens(query)
    assert placed.places == ()


@given(st.text(max_size=400))
def test_take_out_of_anything(text: str) -> None:
    words = tokens(text)

    placed = GAZETTEER.take_out(words)

    assert len(placed.words) <= len(words)
