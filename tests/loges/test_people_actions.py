"""Accounts and the legal side of those who earn."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from loges.actions import people
from loges.actions.people import EmailTaken
from loges.models import BusinessIdentity, Person
from tests.factories import NOW, BusinessIdentityFactory, PersonFactory

pytestmark = pytest.mark.django_db


def register(**changes: Any) -> Person:
    return people.register(**({"by": None, "email": "zoe@example.org", "first_name": "Zoé", "now": NOW} | changes))


def test_register_makes_an_account_with_a_password() -> None:
    person = register(email="Zoe@Example.ORG", last_name="Martin", password="rue-de-cotte-12")

    person.refresh_from_db()
    assert (person.email, person.joined_at) == ("zoe@example.org", NOW)
    assert (str(person), person.initial, person.get_short_name()) == ("Zoé Martin", "M", "Zoé")
    assert person.check_password("rue-de-cotte-12")
    assert person.is_active
    assert not person.is_staff
    assert not person.is_superuser


def test_register_without_a_password_cannot_log_in_yet() -> None:
    person = register()

    assert not person.has_usable_password()
    assert not person.check_password("")


@pytest.mark.parametrize("email", ["zoe@example.org", "ZOE@EXAMPLE.ORG", "Zoe@example.org"])
def test_register_an_email_that_is_taken_is_refused_in_any_case(email: str) -> None:
    register()

    with pytest.raises(EmailTaken):
        register(email=email, first_name="Une autre")

    assert list(Person.objects.values_list("first_name", flat=True)) == ["Zoé"], "the transaction is still usable"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"email": "zoe"}, "email"), ({"email": ""}, "email"), ({"first_name": ""}, "first_name")],
)
def test_register_of_nonsense_is_refused(change: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        register(**change)

    assert list(refusal.value.message_dict) == [field]
    assert not Person.objects.exists()


def test_person_without_a_name_is_called_by_the_email() -> None:
    assert str(Person(email="zoe@example.org")) == "zoe@example.org"
    assert Person(first_name="Zoé").initial == ""


@pytest.mark.parametrize(
    ("regime", "rate"), [("FRANCHISE", 0), ("LIABLE", 1), ("LIABLE", 550), ("LIABLE", 2_000), ("LIABLE", 2_500)]
)
def test_declare_business_with_a_rate_that_fits(regime: str, rate: int) -> None:
    person = PersonFactory()

    people.declare_business(
        by=person, person=person, legal_status="COMPANY", vat_regime=regime, vat_basis_points=rate
    )

    row = BusinessIdentity.objects.get(person=person)
    assert (row.legal_status, row.vat_regime, row.vat_basis_points) == ("COMPANY", regime, rate)


@pytest.mark.parametrize(
    ("status", "regime", "rate"),
    [
        ("COMPANY", "FRANCHISE", 2_000),
        ("COMPANY", "LIABLE", 0),
        ("COMPANY", "LIABLE", 2_501),
        ("COMPANY", "LIABLE", -1),
        ("COMPANY", "EXEMPT", 0),
        ("PIRATE", "FRANCHISE", 0),
    ],
)
def test_declare_business_with_what_does_not_fit_keeps_the_old_one(status: str, regime: str, rate: int) -> None:
    before = BusinessIdentityFactory()

    with pytest.raises(ValidationError):
        people.declare_business(
            by=before.person, person=before.person, legal_status=status, vat_regime=regime, vat_basis_points=rate
        )

    row = BusinessIdentity.objects.get()
    assert (row.legal_status, row.vat_regime) == ("MICRO_ENTREPRENEUR", "FRANCHISE")


def test_declare_business_again_replaces_it() -> None:
    before = BusinessIdentityFactory()
    person = before.person

    people.declare_business(
        by=person, person=person, legal_status="COMPANY", vat_regime="LIABLE", vat_basis_points=2_000
    )

    row = BusinessIdentity.objects.get(person=person)
    assert (row.pk, row.legal_status, row.vat_basis_points) == (before.pk, "COMPANY", 2_000)
