"""Somebody who finds nobody: what is said and offered, and what is counted."""

from datetime import date, timedelta
from typing import Any

import pytest

from cms.models import SiteTexts
from loges.geography import Point
from loges.models import AvailabilityRule, SearchMiss
from search.backends import Order
from search.dead_ends import WayKind
from search.queries import BadInput, ExpertResults, ExpertSearch, search_experts
from tests.factories import LogeFactory, tell
from tests.search import town
from tests.search.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]

TODAY = date(2026, 3, 2)
CROIX_ROUSSE, BREST = Point(45.7745, 4.8318), Point(48.39, -4.49)


@pytest.fixture
def here(db: None) -> Town:
    return town.build()


def asked(text: str = "", **values: Any) -> ExpertResults:
    return search_experts(ExpertSearch(text=text, on=TODAY, **values))


def misses() -> list[tuple[str, str, str, int]]:
    return list(SearchMiss.objects.order_by("pk").values_list("words", "service", "loge", "count"))


def test_somebody_found_needs_no_help(here: Town) -> None:
    town.expert(here.lyon, "menage")

    for found in (asked("ménage"), asked("ménage à Lyon"), asked("ménage", near=CROIX_ROUSSE), asked()):
        assert found.total_count == 1
        assert found.help is None
    assert misses() == []


def test_service_that_nobody_offers_here_is_offered_elsewhere(here: Town) -> None:
    suburb = LogeFactory(active=True, slug="villeurbanne", territory__latitude=45.77, territory__longitude=4.89)
    neighbour = town.expert(suburb, "repassage", latitude=45.77, longitude=4.89)
    town.expert(here.lille, "repassage")  # too far to come
    town.expert(here.lyon, "menage")

    found = asked("repassage à la Croix-Rousse")

    assert found.total_count == 0
    assert found.help is not None
    assert "Personne ne propose encore" in found.help.text
    assert "Repassage" in found.help.text
    assert [hit.expert for hit in found.help.offers] == [neighbour]
    assert found.help.offers[0].distance_meters is not None
    assert [loge.slug for loge, _ in found.help.loges] == ["lyon-croix-rousse", "villeurbanne", "lille-wazemmes"]
    assert found.help.loges[0][1] == 0
    assert [way.kind for way in found.help.ways] == [WayKind.FOLLOW_AREA]
    assert misses() == [("repassage", "repassage", "lyon-croix-rousse", 1)]


def test_place_that_no_loge_serves_is_told_with_the_nearest(here: Town) -> None:
    far = town.expert(here.lyon, "menage")

    found = asked("ménage", near=BREST)

    assert found.help is not None
    assert "Aucune loge ne couvre encore ce lieu." in found.help.text
    assert "La plus proche" in found.help.text
    assert [hit.expert for hit in found.help.offers] == []  # further than a search goes
    assert asked("ménage", near=Point(45.9, 4.83)).help.offers[0].expert == far  # type: ignore[union-attr]


def test_place_that_no_loge_serves_is_told_beside_those_found(here: Town) -> None:
    town.expert(here.lyon, "menage")

    found = asked("ménage", near=Point(45.7, 4.83), radius_meters=100_000)

    assert found.total_count == 1
    assert found.help is not None
    assert found.help.text.startswith("Aucune loge ne couvre encore ce lieu.")
    assert misses() == []


def test_loge_that_is_being_prepared_is_told(here: Town) -> None:
    LogeFactory(name="Loge du Port", territory__latitude=BREST.latitude, territory__longitude=BREST.longitude)

    found = asked("ménage", near=BREST)

    assert found.help is not None
    assert "Une loge se prépare ici" in found.help.text


def test_words_that_mean_nothing_are_told_and_counted(here: Town) -> None:
    SiteTexts.objects.create(site_id=1, contact_email="bonjour@openloge.example")

    found = asked("xyzzy plugh")

    assert found.help is not None
    assert "xyzzy plugh" in found.help.text
    assert [way.kind for way in found.help.ways] == [WayKind.OTHER_WORDS, WayKind.ASK_COORDINATOR]
    assert found.help.ways[1].url == "mailto:bonjour@openloge.example"
    assert misses() == [("xyzzy plugh", "", "", 1)]


def test_question_back_without_anybody_says_what_is_missing(here: Town) -> None:
    found = asked("clés à Lille")

    assert found.question is not None
    assert found.help is not None
    assert "Personne ne propose encore" in found.help.text
    assert "trouvé" not in found.help.text
    assert WayKind.OTHER_WORDS not in {way.kind for way in found.help.ways}


def test_misses_are_counted_by_day(here: Town) -> None:
    for _ in range(3):
        asked("xyzzy plugh")
    search_experts(ExpertSearch(text="xyzzy plugh", on=TODAY + timedelta(days=1)))

    assert [row[3] for row in misses()] == [3, 1]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "06 12 34 56 78", "de la", "0612345678 zz9"])
def test_nothing_and_numbers_are_not_counted(here: Town, text: str) -> None:
    asked(text)

    assert misses() == []


def test_later_pages_count_and_offer_nothing(here: Town) -> None:
    for _ in range(3):
        town.expert(here.lyon, "menage")
    first = search_experts(ExpertSearch(text="ménage", on=TODAY), first=2)

    later = search_experts(ExpertSearch(text="ménage", on=TODAY), first=2, after=first.hits[-1].cursor)

    assert later.help is None


def test_day_on_which_nobody_is_free_offers_the_others(here: Town) -> None:
    free = town.expert(here.lyon, "menage")

    found = asked("ménage à Lyon", free_on=TODAY)

    assert found.total_count == 0
    assert found.help is not None
    assert [hit.expert for hit in found.help.offers] == [free]


@pytest.mark.parametrize("days", [-1, 367])
def test_day_that_is_past_or_far_is_refused(here: Town, days: int) -> None:
    with pytest.raises(BadInput) as refused:
        asked(free_on=TODAY + timedelta(days=days))

    assert refused.value.path == "freeOn"


def test_soonest_come_first(here: Town) -> None:
    rules = {"zoe": [], "lea": [2], "max": [0, 3]}
    for slug, weekdays in rules.items():
        expert = town.expert(here.lyon, "menage", slug=slug)
        for weekday in weekdays:
            AvailabilityRule.objects.create(expert=expert, weekday=weekday, starts="09:00", ends="12:00")
        tell(expert)

    found = search_experts(ExpertSearch(text="ménage", on=TODAY + timedelta(days=1)), order=Order.SOONEST)

    assert [(hit.expert.slug, hit.free_on) for hit in found.hits] == [
        ("lea", date(2026, 3, 4)),
        ("max", date(2026, 3, 5)),
        ("zoe", None),
    ]
    assert "Libre mercredi 4 mars" in found.hits[0].why_here


def test_highlights_show_the_words_that_were_said(here: Town) -> None:
    town.expert(here.lyon, "menage", presentation="Je joue de la trompette. Et je ris.", headline="Voisine")

    (hit,) = asked("trompette").hits

    assert hit.highlights == ["Je joue de la <mark>trompette</mark>."]
