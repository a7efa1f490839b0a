"""The expert's last word: a message with a link, a page that shows what is proposed, an answer that counts."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms import profile_answers
from loges.models import ExpertProfile
from tests.cms.conftest import Place
from tests.cms.desk import soup
from tests.factories import ExpertProfileFactory

pytestmark = pytest.mark.django_db

WORDS = {"headline": "Bien dit", "presentation": "Ainsi."}


@pytest.fixture
def proposed(
    here: Place, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> tuple[ExpertProfile, str]:
    """A profile that the coordinator proposed by the button, and where its expert answers."""
    expert = ExpertProfileFactory(loge=here.loge)
    with django_capture_on_commit_callbacks(execute=True):
        here.client.post(reverse("life:change", args=["profil", expert.pk, "suggest"]), WORDS)
    expert.refresh_from_db()
    assert expert.state == "AWAITING_EXPERT"
    assert mailoutbox[-1].to == [expert.person.email]
    found = re.search(r"/profils/\S+", mailoutbox[-1].body)
    assert found
    return expert, found[0]


def test_expert_agrees_with_what_is_proposed(here: Place, proposed: tuple[ExpertProfile, str]) -> None:
    expert, link = proposed
    client = Client()

    shown = client.get(link)
    after = client.post(link, {**WORDS, "agree": "1"}, follow=True)

    assert "Bien dit" in shown.text
    assert shown["Cache-Control"] == "private, no-store"
    expert.refresh_from_db()
    assert (expert.state, expert.headline) == ("AWAITING_COORDINATOR", "Bien dit")
    assert profile_answers.ANSWERED["AWAITING_COORDINATOR"].split(",")[0] in after.text.replace("&#x27;", "'")
    desk = soup(here.client.get(reverse("team:profile", args=[expert.pk])))
    assert "Publier" in desk.find("main").text


def test_expert_changes_words_and_agrees(proposed: tuple[ExpertProfile, str]) -> None:
    expert, link = proposed

    Client().post(link, {"headline": "Mieux dit", "presentation": "Autrement.", "agree": "1"})

    expert.refresh_from_db()
    assert (expert.state, expert.headline, expert.presentation) == (
        "AWAITING_COORDINATOR",
        "Mieux dit",
        "Autrement.",
    )


def test_expert_gives_the_words_back(proposed: tuple[ExpertProfile, str]) -> None:
    expert, link = proposed

    Client().post(link, {"headline": "", "presentation": "", "amend": "1"})

    expert.refresh_from_db()
    assert (expert.state, expert.headline) == ("DRAFT", "Bien dit")


@pytest.mark.parametrize("headline", ["", "x" * 121])
def test_answer_that_can_not_be_kept_is_told(proposed: tuple[ExpertProfile, str], headline: str) -> None:
    expert, link = proposed

    shown = Client().post(link, {"headline": headline, "presentation": "Mes mots", "agree": "1"})

    expert.refresh_from_db()
    assert soup(shown).find(role="alert")
    assert "Mes mots" in shown.text
    assert (expert.state, expert.headline) == ("AWAITING_EXPERT", "Bien dit")


def test_coordinator_takes_the_words_back_and_the_link_answers_nothing(
    here: Place, proposed: tuple[ExpertProfile, str]
) -> None:
    expert, link = proposed
    desk = here.client.get(reverse("team:profile", args=[expert.pk]))
    button = reverse("life:change", args=["profil", expert.pk, "take_back"])
    assert button in desk.text

    here.client.post(button)
    Client().post(link, {**WORDS, "headline": "Trop tard", "agree": "1"})

    assert "a repris ce texte" in Client().get(link).text
    expert.refresh_from_db()
    assert (expert.state, expert.headline) == ("DRAFT", "Bien dit")


def test_link_that_is_old_says_so(proposed: tuple[ExpertProfile, str], monkeypatch: pytest.MonkeyPatch) -> None:
    _, link = proposed
    monkeypatch.setattr(profile_answers, "SIGNED_FOR_DAYS", -1)

    shown = Client().get(link)

    assert shown.status_code == 410
    assert "trente jours" in shown.text


@pytest.mark.parametrize("signature", ["12", "12:x:y", "12:1abcde:zzzz"])
def test_link_that_nobody_signed_is_no_page(proposed: tuple[ExpertProfile, str], signature: str) -> None:
    assert Client().get(reverse("profile_answer", args=[signature])).status_code == 404


def test_link_of_a_closed_account_is_no_page(proposed: tuple[ExpertProfile, str]) -> None:
    expert, link = proposed
    expert.person.is_active = False
    expert.person.save()

    assert Client().get(link).status_code == 404
