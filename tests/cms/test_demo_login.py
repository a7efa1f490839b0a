"""The demo's one password: only while the demo flag is up, only for the demo's people, stored nowhere."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.urls import reverse

from cms.demo.login import PASSWORD, DemoBackend
from loges.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

EMAIL = "maelle@aligre.openloge.example"
BACKENDS = ["cms.demo.login.DemoBackend", "django.contrib.auth.backends.ModelBackend"]


@pytest.fixture
def maelle(db: None) -> Person:
    person = PersonFactory(email=EMAIL, is_staff=True, is_superuser=True)
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def _demo(settings: Any) -> None:
    settings.DEMO, settings.AUTHENTICATION_BACKENDS = True, BACKENDS


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("typed", [EMAIL, EMAIL.upper(), f"  {EMAIL} "])
def test_password_opens_the_demo(maelle: Person, typed: str) -> None:
    found = authenticate(None, username=typed, password=PASSWORD)

    assert found == maelle


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("password", ["", None, PASSWORD.upper(), f"{PASSWORD} ", "autre"])
def test_other_passwords_do_not(maelle: Person, password: str | None) -> None:
    assert authenticate(None, username=EMAIL, password=password) is None


def test_password_is_worthless_without_the_demo_flag(maelle: Person, settings: Any) -> None:
    settings.DEMO, settings.AUTHENTICATION_BACKENDS = False, BACKENDS

    assert authenticate(None, username=EMAIL, password=PASSWORD) is None


def test_backend_is_not_installed_without_the_demo_flag(settings: Any) -> None:
    assert not settings.DEMO
    assert BACKENDS[0] not in settings.AUTHENTICATION_BACKENDS


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize(
    "email", ["zoe@example.org", "zoe@openloge.example", "zoe@openloge.example.org", "zoe@aligre-openloge.example"]
)
def test_password_is_worthless_for_real_people(db: None, email: str) -> None:
    PersonFactory(email=email)

    assert authenticate(None, username=email, password=PASSWORD) is None


@pytest.mark.usefixtures("_demo")
def test_password_does_not_open_a_closed_account(maelle: Person) -> None:
    Person.objects.update(is_active=False)

    assert authenticate(None, username=EMAIL, password=PASSWORD) is None


@pytest.mark.usefixtures("_demo")
def test_password_makes_no_account(db: None) -> None:
    assert authenticate(None, username="inconnue@aligre.openloge.example", password=PASSWORD) is None
    assert not Person.objects.exists()


@pytest.mark.usefixtures("_demo")
def test_password_is_stored_nowhere(maelle: Person) -> None:
    before = maelle.password

    answer = Client().post(reverse("wagtailadmin_login"), {"username": EMAIL, "password": PASSWORD})

    assert answer.status_code == 302
    maelle.refresh_from_db()
    assert maelle.password == before
    assert not maelle.has_usable_password()
    assert not maelle.check_password(PASSWORD)


@pytest.mark.usefixtures("_demo")
def test_own_password_works_beside_that_of_the_demo(maelle: Person) -> None:
    maelle.set_password("une table, trois chaises")
    maelle.save()

    found = authenticate(None, username=EMAIL, password="une table, trois chaises")

    assert found == maelle


@pytest.mark.usefixtures("_demo")
def test_wrong_password_is_told_in_french(maelle: Person) -> None:
    answer = Client().post(reverse("wagtailadmin_login"), {"username": EMAIL, "password": "autre"})

    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated
    assert "correspond" in str(answer.context["form"].errors)


def test_backend_by_itself_refuses_without_a_name(settings: Any) -> None:
    settings.DEMO = True

    assert DemoBackend().authenticate(None, username=None, password=PASSWORD) is None
