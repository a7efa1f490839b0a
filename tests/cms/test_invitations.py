"""The way in: a message with a link to choose a password, and another link for who lost it."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from loges.actions import loges
from loges.models import Person
from tests.cms.conftest import Place
from tests.factories import NOW, PersonFactory

pytestmark = pytest.mark.django_db

CHOSEN = "une phrase de passe à moi"


def link_in(mail: Any) -> str:
    found = re.search(r"https?://\S+/password_reset/confirm/\S+", mail.body)
    assert found
    return urlsplit(found[0]).path


def choose_password(link: str) -> Client:
    """Follow a link and choose a password, then log in with it."""
    client = Client()
    form = client.get(link, follow=True)
    answer = client.post(form.request["PATH_INFO"], {"new_password1": CHOSEN, "new_password2": CHOSEN})
    assert answer.status_code == 302, answer.context["form"].errors
    return client


@pytest.mark.parametrize("password", [None, "jamais utilisé"])
def test_invited_person_chooses_a_password_and_is_at_the_desk(
    here: Place, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any, password: str | None
) -> None:
    person = PersonFactory()
    person.set_password(password)
    person.save()

    with django_capture_on_commit_callbacks(execute=True):
        loges.appoint(by=None, loge=here.loge, person=person, role="CO_COORDINATOR", now=NOW)
    client = choose_password(link_in(mailoutbox[-1]))

    answer = client.post(reverse("wagtailadmin_login"), {"username": person.email, "password": CHOSEN})
    assert answer["Location"] == reverse("wagtailadmin_home")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert "co-coordinateur de Loge de Aligre" in mailoutbox[-1].body


def test_person_who_knows_the_way_gets_no_link(
    here: Place, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    person = PersonFactory(last_login=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        loges.appoint(by=None, loge=here.loge, person=person, role="COORDINATOR", now=NOW)

    assert "password_reset" not in mailoutbox[-1].body
    assert reverse("wagtailadmin_home") in mailoutbox[-1].body


@pytest.mark.parametrize("role", ["EXPERT", "SUPPORTER"])
def test_role_without_a_desk_brings_no_message(
    here: Place, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any, role: str
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        loges.appoint(by=None, loge=here.loge, person=PersonFactory(), role=role, now=NOW)

    assert mailoutbox == []


@pytest.mark.parametrize("typed", ["zoe@example.org", " ZOE@example.org "])
def test_lost_password_is_chosen_anew(here: Place, mailoutbox: list[Any], typed: str) -> None:
    person: Person = PersonFactory(email="zoe@example.org")
    person.set_unusable_password()
    person.save()

    answer = Client().post(reverse("wagtailadmin_password_reset"), {"email": typed})

    assert answer["Location"] == reverse("wagtailadmin_password_reset_done")
    choose_password(link_in(mailoutbox[-1]))
    assert Person.objects.get(pk=person.pk).check_password(CHOSEN)


def test_lost_password_of_nobody_is_answered_alike_and_written_to_nobody(mailoutbox: list[Any]) -> None:
    PersonFactory(email="closed@example.org", is_active=False)

    answers = {
        Client().post(reverse("wagtailadmin_password_reset"), {"email": email})["Location"]
        for email in ("nobody@example.org", "closed@example.org")
    }

    assert answers == {reverse("wagtailadmin_password_reset_done")}
    assert mailoutbox == []
