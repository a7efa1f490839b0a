"""Logging in by e-mail, whatever the case it is typed in."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from loges.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

PASSWORD = "rue-de-cotte-12"


@pytest.fixture
def zoe() -> Person:
    person = PersonFactory(email="Zoe.Martin@Example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.parametrize(
    "typed",
    ["zoe.martin@example.org", "ZOE.MARTIN@EXAMPLE.ORG", "Zoe.Martin@Example.org", "  zoe.martin@example.org "],
)
def test_login_by_email_in_any_case(zoe: Person, typed: str) -> None:
    assert authenticate(username=typed, password=PASSWORD) == zoe


def test_login_with_a_wrong_password_is_refused(zoe: Person) -> None:
    assert authenticate(username=zoe.email, password=PASSWORD.upper()) is None
    assert authenticate(username=zoe.email, password="") is None


@pytest.mark.parametrize("typed", ["", "martin@example.org", "zoe.martin"])
def test_login_of_somebody_unknown_is_refused(zoe: Person, typed: str) -> None:
    assert authenticate(username=typed, password=PASSWORD) is None


def test_login_of_an_inactive_account_is_refused(zoe: Person) -> None:
    zoe.is_active = False
    zoe.save()

    assert authenticate(username=zoe.email, password=PASSWORD) is None


def test_login_without_a_password_set_is_refused() -> None:
    person = Person.objects.create_user("nouveau@example.org", first_name="Nouveau")

    assert authenticate(username=person.email, password="") is None
    assert authenticate(username=person.email, password="None") is None


def test_email_is_kept_in_lower_case(zoe: Person) -> None:
    zoe.refresh_from_db()

    assert zoe.email == "zoe.martin@example.org"
    assert Person.objects.get_by_natural_key("ZOE.martin@example.org") == zoe


def test_second_account_of_one_email_is_refused_even_behind_the_models_back(zoe: Person) -> None:
    other = PersonFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=other.pk).update(email="ZOE.MARTIN@example.org")


def test_superuser_of_djangos_command_has_every_right() -> None:
    person = Person.objects.create_superuser("Chef@Example.org", PASSWORD, first_name="Chef")

    assert (person.email, person.is_staff, person.is_superuser) == ("chef@example.org", True, True)
    assert authenticate(username="chef@example.org", password=PASSWORD) == person
