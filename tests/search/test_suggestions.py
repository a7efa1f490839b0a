"""What is offered while someone types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.places import PlaceKind, PlaceName
from search.suggestions import Suggester, Suggestion, SuggestionKind
from tests.search.evaluate import reference_vocabulary

CROIX_ROUSSE = PlaceName(
    PlaceKind.NEIGHBOURHOOD, "Croix-Rousse", "Croix-Rousse, Lyon", ("lyon-croix-rousse",), 45.774, 4.832, 900
)
SUGGESTER = Suggester(reference_vocabulary((CROIX_ROUSSE,)))


def test_suggest_a_service_by_the_start_of_its_name() -> None:
    offered = SUGGESTER.suggest("repass")

    assert offered[0] == Suggestion(SuggestionKind.SERVICE, "Repassage", "repassage")


@pytest.mark.parametrize("typed", ["femme de mén", "FEMME DE MEN", "femme men"])
def test_suggest_a_phrase_by_its_last_word(typed: str) -> None:
    offered = SUGGESTER.suggest(typed)

    assert offered[0] == Suggestion(SuggestionKind.PHRASE, "femme de ménage", "menage")


@pytest.mark.parametrize("typed", ["croix", "Croix-Rou", "couturière croix r"])
def test_suggest_a_place(typed: str) -> None:
    offered = SUGGESTER.suggest(typed)

    assert Suggestion(SuggestionKind.PLACE, "Croix-Rousse, Lyon", loges=("lyon-croix-rousse",)) in offered


def test_suggest_names_before_phrases() -> None:
    offered = SUGGESTER.suggest("m", limit=30)

    assert offered
    kinds = [suggestion.kind for suggestion in offered]
    assert kinds == sorted(kinds, key=[SuggestionKind.SERVICE, SuggestionKind.PLACE, SuggestionKind.PHRASE].index)


def test_suggest_a_service_once_unless_another_word_answers() -> None:
    offered = SUGGESTER.suggest("repass", limit=30)

    services = [suggestion.service for suggestion in offered]
    assert services.count("repassage") == 1


@pytest.mark.parametrize("typed", ["", "   ", "?", "zzzz", "\x00"])
def test_suggest_nothing(typed: str) -> None:
    offered = SUGGESTER.suggest(typed)

    assert offered == ()


@given(st.text(max_size=100), st.integers(-1, 5))
def test_suggest_for_anything(typed: str, limit: int) -> None:
    offered = SUGGESTER.suggest(typed, limit)

    assert len(offered) <= max(limit, 0)
    assert len(set(offered)) == len(offered)
