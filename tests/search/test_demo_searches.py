"""The whole search, from words to people, with the demo's loges and the vocabulary that every site begins with."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from loges.geography import Point
from loges.models import ExpertProfile
from search.queries import ExpertResults, ExpertSearch, search_experts, suggest
from search.suggestions import SuggestionKind
from tests import elastic
from tests.demo import NOW, loaded_demo
from tests.search.evaluate import cases

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), loaded_demo():
        yield


@pytest.fixture(
    scope="module", autouse=True, params=["database", pytest.param("elastic", marks=pytest.mark.elasticsearch)]
)
def _engine(_demo: None, request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Every test once on each engine."""
    if request.param == "database":
        yield
        return
    with django_db_blocker.unblock(), elastic.in_use():
        yield


def test_golden_searches_find_who_offers_it() -> None:
    for case in cases("golden"):
        offered = [{service.slug for service in hit.matched_services} for hit in asked(case.query).hits[:3]]

        assert any(slugs & set(case.expect) for slugs in offered), case.query


def asked(text: str = "", **values: Any) -> ExpertResults:
    return search_experts(ExpertSearch(text=text, on=TODAY, **values), first=100)


def loges_of(found: ExpertResults) -> set[str]:
    return {hit.expert.loge.slug for hit in found.hits}


def suggested_places() -> dict[str, tuple[str, ...]]:
    """Every place that is suggested while somebody types its first letters, and its loges."""
    begun = {place.name[:3] for place in asked("zzz").places} | {"par", "lyo", "lil", "str", "mar", "nan"}
    begun |= {"ali", "cro", "waz", "la ", "750", "690", "590", "mon", "pla", "bea", "dau", "kru", "pan"}
    rows = [row for text in sorted(begun) for row in suggest(text, first=20) if row.kind is SuggestionKind.PLACE]
    return {row.label: row.loges for row in rows}


def test_every_place_that_is_suggested_finds_whoever_is_there() -> None:
    found = suggested_places()

    assert len(found) > 20
    for label, loges in found.items():
        there = set(ExpertProfile.objects.filter(state="PUBLISHED", loge__state="ACTIVE", loge__slug__in=loges))
        for text in (label, label.lower(), f"à {label}"):
            assert {hit.expert for hit in asked(text).hits} == there, text


@pytest.mark.parametrize("city", ["Paris", "Lyon", "Lille"])
@pytest.mark.parametrize("said", ["ménage {}", "ménage à {}", "{} ménage", "MÉNAGE {}", "femme de ménage {}"])
def test_service_and_city_find_people_of_that_city_alone(city: str, said: str) -> None:
    found = asked(said.format(city))

    assert found.understanding.services[0] == "menage"
    assert found.question is None
    assert {hit.expert.loge.city for hit in found.hits} == {city}


@pytest.mark.parametrize(
    ("text", "read", "city"),
    [("plombier lile", "Lille", "Lille"), ("ménage croix rouse", "Croix-Rousse", "Lyon")],
)
def test_misspelt_place_of_a_loge_is_read_and_told(text: str, read: str, city: str) -> None:
    found = asked(text)

    assert [one.read for one in found.corrections] == [read]
    assert {hit.expert.loge.city for hit in found.hits} == {city}


def test_district_without_a_loge_is_not_the_whole_city() -> None:
    for text in ("ménage Paris 75020", "ménage Paris 20", "ménage 75020"):
        found = asked(text)

        assert found.help is not None
        assert "Aucune loge ne couvre encore 75020" in found.help.text


def test_all_that_is_given_holds_together() -> None:
    assert loges_of(asked("Aligre")) == {"paris-aligre"}
    assert asked("Aligre", loge="lyon-croix-rousse").total_count == 0
    assert asked("Croix-Rousse", loge="lyon-croix-rousse").total_count > 0
    assert asked("Aligre", postcode="69004").total_count == 0


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"free_on": date(2026, 11, 28)}, "Personne n'est libre le 28 novembre pour «\u00a0Ménage\u00a0»."),
        ({"max_price_cents": 1_000}, "Personne ne répond à tous vos critères pour «\u00a0Ménage\u00a0»."),
        ({"languages": ("pl",)}, "Personne ne répond à tous vos critères pour «\u00a0Ménage\u00a0»."),
        ({"family": "animaux"}, "Personne ne répond à tous vos critères pour «\u00a0Ménage\u00a0»."),
    ],
)
def test_nobody_within_the_terms_is_told_apart_from_nobody_at_all(values: dict[str, Any], told: str) -> None:
    found = asked("ménage", **values)

    assert found.total_count == 0
    assert found.help is not None
    assert found.help.text == f"{told} Sans cela, {asked('ménage').total_count} personnes le proposent."


def test_paused_loge_is_told_with_the_day_of_its_return() -> None:
    found = asked("peintre Krutenau")

    assert found.total_count == 0
    assert found.help is not None
    assert found.help.text == "La loge de la Krutenau est en pause jusqu'au 11 janvier 2027."


@pytest.mark.parametrize(
    ("text", "ignored"),
    [
        ("ménage Bruxelles", ("Bruxelles",)),
        ("plombier, Xyzzy !", ("Xyzzy",)),
        ("ménage Lyon", ()),
        ("plombier", ()),
        ("j'ai un miroir vraiment trop lourd que je voudrais accrocher au mur du salon", ()),
    ],
)
def test_words_that_play_no_part_are_told(text: str, ignored: tuple[str, ...]) -> None:
    assert asked(text).understanding.ignored == ignored


def test_ones_own_neighbourhood_says_nothing_of_a_service() -> None:
    assert asked("plombier dans mon quartier").understanding.services == asked("plombier").understanding.services


def test_service_chosen_in_vain_is_told_by_its_name() -> None:
    found = asked(services=("menage-location",), max_price_cents=1)

    assert found.help is not None
    assert "Ménage de location courte durée" in found.help.text


def test_suggested_places_begin_with_the_nearest() -> None:
    near_lille = [row.label for row in suggest("mar", near=Point(50.63, 3.06)) if row.kind is SuggestionKind.PLACE]
    near_paris = [row.label for row in suggest("mar", near=Point(48.85, 2.38)) if row.kind is SuggestionKind.PLACE]

    assert near_lille != near_paris
    assert "Lille" in near_lille[0]
