"""What waits for an answer of the team: told on its desk, and answered there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4.element import Tag
from django.urls import reverse

from loges.actions import experts, loges, reviews
from loges.models import Loge, Person, Review, Territory
from tests.cms.conftest import Place
from tests.cms.desk import at_desk, soup
from tests.factories import NOW, ExpertProfileFactory, PersonFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(team_editor: Person) -> Callable[[], Tag]:
    """The panel as somebody of the team sees it."""

    def look() -> Tag:
        found = soup(at_desk(team_editor).get(reverse("wagtailadmin_home"))).select_one(
            "[aria-labelledby=desk-waiting]"
        )
        assert found is not None
        return found

    return look


def words(tag: Tag) -> str:
    return " ".join(tag.text.split())


def answer_url(review: Review, name: str) -> str:
    return reverse("life:change", args=["avis", review.pk, name])


@pytest.fixture
def reported(here: Place) -> Review:
    """A review that somebody reported."""
    expert = ExpertProfileFactory(loge=here.loge, published=True)
    review: Review = ReviewFactory(
        expert=expert, state="PUBLISHED", published_at=NOW, text="Jamais venu.", author_first_name="Gilles"
    )
    return reviews.report(by=PersonFactory(), review=review, reason="Ce n'était pas moi.", now=NOW)


def test_nothing_waits_and_the_panel_says_so(here: Place, panel: Callable[[], Tag]) -> None:
    assert "Rien n'attend" in words(panel())


def test_loge_that_asks_to_open_is_told_with_its_age_and_the_ways_to_answer(
    make_place: Callable[..., Place], panel: Callable[[], Tag], settings: Any
) -> None:
    place = make_place("zola", is_open=False)
    loges.sign_charter(by=place.person, membership=place.loge.memberships.get(), on=NOW.date())
    loges.request_opening(by=place.person, loge=place.loge, now=NOW)
    settings.CLOCK_STANDS_AT = NOW + timedelta(days=3)

    found = panel()

    assert "Loge de Zola, Zola, depuis le 2 mars 2026" in words(found)
    assert "Rien ne manque à la liste d'ouverture." in words(found)
    assert [link["href"] for link in found.find_all("a")] == [
        reverse("wagtailadmin_pages:edit", args=[place.page.pk]),
        reverse("loges:members", args=[place.loge.pk]),
        reverse("life:change", args=["loge", place.loge.pk, "send_back"]),
        reverse("life:change", args=["loge", place.loge.pk, "open"]),
    ]


def test_loge_that_would_share_too_much_is_told_where_its_opening_is_decided(
    here: Place, make_place: Callable[..., Place], panel: Callable[[], Tag], team_editor: Person
) -> None:
    place = make_place("zola", is_open=False)
    Territory.objects.filter(loge=place.loge).update(latitude=here.loge.territory.latitude)
    Territory.objects.get(loge=place.loge).save()
    loges.sign_charter(by=place.person, membership=place.loge.memberships.get(), on=NOW.date())
    loges.request_opening(by=place.person, loge=place.loge, now=NOW)
    told = "Le territoire de « Loge de Aligre » est en partie le même : 100 % du plus petit des deux."
    assert told in words(panel())

    answer = at_desk(team_editor).post(reverse("life:change", args=["loge", place.loge.pk, "open"]))

    assert answer.status_code == 200
    assert told in words(soup(answer).select_one("[role=alert]"))
    assert Loge.objects.get(pk=place.loge.pk).state == "PENDING_OPENING"


def test_longest_waiting_comes_first(make_place: Callable[..., Place], panel: Callable[[], Tag]) -> None:
    for days, slug in enumerate(("aube", "zola", "midi")):
        place = make_place(slug, is_open=False)
        loges.sign_charter(by=place.person, membership=place.loge.memberships.get(), on=NOW.date())
        loges.request_opening(by=place.person, loge=place.loge, now=NOW - timedelta(days=days))

    names = [name.text.split(",")[1].strip() for name in panel().find_all("strong")]

    assert names == ["Midi", "Zola", "Aube"]


def test_reported_review_is_told_with_its_reason_and_kept(
    reported: Review, panel: Callable[[], Tag], team_editor: Person
) -> None:
    found = words(panel())
    assert "Gilles écrit : « Jamais venu. »" in found
    assert "Signalée parce que : Ce n'était pas moi." in found

    client = at_desk(team_editor)
    refused = client.post(answer_url(reported, "keep"), {"reason": ""})
    client.post(answer_url(reported, "keep"), {"reason": "Les deux ont été entendus."})

    assert refused.status_code == 200
    reported.refresh_from_db()
    assert reported.state == "PUBLISHED"
    assert "Rien n'attend" in words(panel())


def test_reported_review_is_taken_down(reported: Review, team_editor: Person) -> None:
    assert "pour de bon" in at_desk(team_editor).get(answer_url(reported, "reject")).text

    at_desk(team_editor).post(answer_url(reported, "reject"), {"reason": "Insulte."})

    reported.refresh_from_db()
    assert (reported.state, reported.expert.rating_count) == ("REJECTED", 0)


def test_review_of_ones_own_loge_is_decided_by_somebody_else(
    here: Place, reported: Review, team_editor: Person
) -> None:
    loges.appoint(by=None, loge=here.loge, person=team_editor, role="COORDINATOR", now=NOW)

    answer = at_desk(team_editor).post(answer_url(reported, "reject"), {"reason": "Insulte."})

    assert "demandez à quelqu'un d'autre de l'équipe" in words(soup(answer))
    reported.refresh_from_db()
    assert reported.state == "REPORTED"


@pytest.mark.parametrize("name", ["keep", "reject"])
def test_coordinator_decides_no_review(here: Place, reported: Review, name: str) -> None:
    assert here.client.get(answer_url(reported, name)).status_code == 404
    assert here.client.post(answer_url(reported, name), {"reason": "x"}).status_code == 404
    assert "Ce qui attend une réponse" not in here.client.get(reverse("wagtailadmin_home")).text


def test_profile_is_told_once_it_waits_for_two_weeks(here: Place, panel: Callable[[], Tag], settings: Any) -> None:
    expert = ExpertProfileFactory(loge=here.loge, state="DRAFT")
    experts.submit(by=expert.person, expert=expert, now=NOW)
    settings.CLOCK_STANDS_AT = NOW + timedelta(days=13)
    assert "Rien n'attend" in words(panel())

    settings.CLOCK_STANDS_AT = NOW + timedelta(days=14)

    assert f"{expert.person}, Loge de Aligre, depuis le 2 mars 2026" in words(panel())
    assert f"À relire par : {here.person}." in words(panel())
