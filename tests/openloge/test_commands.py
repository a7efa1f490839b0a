"""The commands that make loges and give roles: each is one call of its action, and says clearly what it refuses."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cms.models import LogeCollection, LogePage
from loges import permissions
from loges.models import Loge, LogeMembership, Person
from tests.factories import NOW, LogeFactory, PersonFactory

pytestmark = pytest.mark.django_db

ALIGRE = {"city": "Paris", "neighbourhood": "Aligre", "latitude": 48.849, "longitude": 2.378, "postcode": ["75012"]}


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> None:
    settings.CLOCK_STANDS_AT = NOW


def run(name: str, *args: str, **options: Any) -> str:
    said = StringIO()
    call_command(name, *args, stdout=said, **options)
    return said.getvalue()


def test_create_loge_makes_territory_page_and_collection() -> None:
    said = run("create_loge", "La loge d'Aligre", **ALIGRE)

    loge = Loge.objects.get()
    assert (loge.slug, loge.state) == ("paris-aligre", "PREPARING")
    assert loge.territory.postcodes == ["75012"]
    assert not LogePage.objects.get(loge=loge).live
    assert LogeCollection.objects.filter(loge=loge).exists()
    assert said == "La loge d'Aligre est créée (paris-aligre), en préparation.\n"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"latitude": 123.0}, "Le centre va de -90"),
        ({"slug": "pas un slug"}, "slug"),
        ({"radius": 3}, "Le rayon va de 50 m"),
        ({}, "slug"),
    ],
)
def test_create_loge_says_which_field_is_refused_and_leaves_nothing(change: dict[str, Any], field: str) -> None:
    if not change:
        LogeFactory(slug="paris-aligre")
    before = (Loge.objects.count(), LogePage.objects.count())

    with pytest.raises(CommandError, match=field):
        run("create_loge", "La loge d'Aligre", **{**ALIGRE, **change})

    assert (Loge.objects.count(), LogePage.objects.count()) == before


def test_appoint_makes_the_account_and_writes_the_way_in(
    mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    loge = LogeFactory(active=True, slug="paris-aligre", name="La loge d'Aligre")

    with django_capture_on_commit_callbacks(execute=True):
        run("appoint", "Zoe@Example.org", "paris-aligre", "COORDINATOR", first_name="Zoé", last_name="Durand")

    person = Person.objects.get(email="zoe@example.org")
    assert permissions.may(person, "publish_content", loge)
    (mail,) = mailoutbox
    assert mail.to == ["zoe@example.org"]
    assert mail.subject == "La loge d'Aligre : vous voilà coordinateur"
    assert "/admin/password_reset/confirm/" in mail.body


def test_appoint_until_a_last_day_that_counts(settings: Any) -> None:
    loge, person = LogeFactory(active=True, slug="paris-aligre"), PersonFactory()

    said = run("appoint", person.email, "paris-aligre", "INTERIM", "--until", "2026-03-15")

    ends = LogeMembership.objects.get().ends_at
    assert ends is not None
    assert ends.isoformat() == "2026-03-15T23:00:00+00:00", "midnight in Paris, at the end of that day"
    assert permissions.may(Person.objects.get(pk=person.pk), "edit_content", loge)
    assert "coordinateur par intérim" in said


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nobody@example.org", "paris-aligre", "EXPERT"], "Aucun compte pour nobody@example.org"),
        (["zoe@example.org", "nowhere", "EXPERT"], "Aucune loge « nowhere ». Celles qu'il y a : paris-aligre"),
        (["zoe@example.org", "paris-aligre", "INTERIM"], "demande une date à venir"),
        (["zoe@example.org", "paris-aligre", "INTERIM", "--until", "2026-03-01"], "demande une date à venir"),
        (["zoe@example.org", "paris-aligre", "COORDINATOR", "--until", "2026-12-31"], "n'a pas de fin"),
        (["zoe@example.org", "paris-aligre", "SUPPORTER"], "a déjà ce rôle"),
    ],
)
def test_appoint_says_what_it_refuses(args: list[str], told: str, mailoutbox: list[Any]) -> None:
    LogeFactory(active=True, slug="paris-aligre")
    PersonFactory(email="zoe@example.org")
    run("appoint", "zoe@example.org", "paris-aligre", "SUPPORTER")

    with pytest.raises(CommandError, match=told):
        run("appoint", *args)

    assert LogeMembership.objects.count() == 1


def test_appoint_says_that_the_account_is_closed() -> None:
    LogeFactory(active=True, slug="paris-aligre")
    PersonFactory(email="zoe@example.org", is_active=False)

    with pytest.raises(CommandError, match="désactivé"):
        run("appoint", "zoe@example.org", "paris-aligre", "COORDINATOR")

    assert not LogeMembership.objects.exists()


def test_dismiss_ends_the_rights_at_once() -> None:
    loge = LogeFactory(active=True, slug="paris-aligre")
    run("appoint", "zoe@example.org", "paris-aligre", "COORDINATOR", first_name="Zoé")

    run("dismiss", "zoe@example.org", "paris-aligre", "COORDINATOR")

    assert not permissions.may(Person.objects.get(), "edit_content", loge)
    with pytest.raises(CommandError, match="n'a pas ce rôle"):
        run("dismiss", "zoe@example.org", "paris-aligre", "COORDINATOR")
    with pytest.raises(CommandError, match="Aucun compte"):
        run("dismiss", "x@example.org", "paris-aligre", "COORDINATOR")


def test_page_of_permissions_is_what_the_rule_book_says(settings: Any) -> None:
    page = settings.BASE_DIR / "docs" / "reference" / "permissions.md"

    assert page.read_text(encoding="utf-8") == run("describe_permissions")
