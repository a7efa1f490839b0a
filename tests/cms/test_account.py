"""What an editor sets for the own account: the photograph that others see beside the name."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from loges.models import Person
from tests.cms.conftest import Place
from tests.cms.desk import at_desk, form_of, soup
from tests.cms.photographs import SECRET, photograph
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def send(place: Place, name: str, content: bytes) -> Any:
    """Upload one's own photograph."""
    url = reverse("wagtailadmin_account")
    fields = form_of(place.client, url, "w-editor-form") | {"avatar-avatar": SimpleUploadedFile(name, content)}
    return place.client.post(url, fields)


def portrait_of(person: Person) -> str:
    return str(UserProfile.objects.get(user=person).avatar.url)


def status(client: Client, url: str) -> int:
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "moi.jpg"), ("HEIF", "moi.heic")])
@pytest.mark.parametrize("size", [(60, 40), (900, 600)])
def test_portrait_from_a_phone_is_cleaned_and_shown(
    here: Place, elsewhere: Place, kind: str, name: str, size: tuple[int, int]
) -> None:
    answer = send(here, name, photograph(kind, 6, size))

    assert answer.status_code == 302
    shown = elsewhere.client.get(portrait_of(here.person))
    content = b"".join(shown.streaming_content)
    image = Image.open(io.BytesIO(content))
    assert image.format == "JPEG"
    assert image.width < image.height
    assert not dict(image.getexif())
    assert SECRET.encode() not in content
    assert "private" in shown["Cache-Control"]


def test_portrait_is_taken_away(here: Place) -> None:
    send(here, "moi.jpg", photograph("JPEG"))
    url, address = portrait_of(here.person), reverse("wagtailadmin_account")

    fields = form_of(here.client, address, "w-editor-form") | {"avatar-avatar-clear": "on"}
    here.client.post(address, fields)

    assert not UserProfile.objects.get(user=here.person).avatar
    assert status(here.client, url) == 404


def test_portrait_stays_when_something_else_is_set(here: Place) -> None:
    send(here, "moi.jpg", photograph("JPEG"))
    url, address = portrait_of(here.person), reverse("wagtailadmin_account")

    here.client.post(address, form_of(here.client, address, "w-editor-form"))

    assert portrait_of(here.person) == url


def test_portrait_is_hidden_from_who_may_not_enter(here: Place) -> None:
    send(here, "moi.jpg", photograph("JPEG"))

    url = portrait_of(here.person)
    assert status(here.client, url) == 200
    assert [status(at_desk(person), url) for person in (None, PersonFactory())] == [404, 404]


def test_what_is_no_portrait_is_not_handed_out_as_one(here: Place) -> None:
    for path in ("autre.jpg", "..", "%00.jpg", "..%2Fdocuments%2Fpapier.txt"):
        assert status(here.client, f"/media/avatar_images/{path}") == 404


def test_what_is_no_picture_is_refused_as_a_portrait_with_a_word_why(here: Place) -> None:
    answer = send(here, "moi.jpg", b"pas une image")

    assert answer.status_code == 200
    assert "n'est pas une image que nous savons lire" in soup(answer).text
    assert not UserProfile.objects.get(user=here.person).avatar


@pytest.mark.parametrize("changed", [str.lower, str.upper, str.title])
def test_address_of_another_account_is_refused_at_its_field(here: Place, changed: Callable[[str], str]) -> None:
    other, url = PersonFactory(), reverse("wagtailadmin_account")
    fields = form_of(here.client, url, "w-editor-form")

    answer = here.client.post(
        url, fields | {"name_email-last_name": "Durand", "name_email-email": changed(other.email)}
    )

    wrapper = soup(answer).find("input", {"name": "name_email-email"}).find_parent(class_="w-field__wrapper")
    assert "Un autre compte a déjà cette adresse." in wrapper.text
    assert Person.objects.get(pk=here.person.pk).email == here.person.email


def test_own_address_is_kept_whatever_the_case(here: Place) -> None:
    url = reverse("wagtailadmin_account")
    fields = form_of(here.client, url, "w-editor-form") | {"name_email-last_name": "Durand"}

    answer = here.client.post(url, fields | {"name_email-email": here.person.email.upper()})

    assert answer.status_code == 302
    assert Person.objects.get(pk=here.person.pk).email == here.person.email
