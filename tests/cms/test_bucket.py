"""Uploaded files in a bucket (S3, by moto) instead of a folder: nothing changes for those who read and write."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from moto import mock_aws

from cms.models import Document, Picture
from openloge.storages import FOLDER, uploads
from tests.cms.conftest import Place
from tests.cms.desk import at_desk
from tests.cms.photographs import photograph
from tests.factories import PersonFactory

BUCKET = "openloge-uploads"


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A private bucket in which the site keeps its files; MEDIA_ROOT doesn't exist."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        made = boto3.resource("s3").create_bucket(Bucket=BUCKET)
        settings.STORAGES = settings.STORAGES | {"default": uploads(BUCKET, endpoint="", base_url=settings.BASE_URL)}
        yield made


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def sent(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photograph("JPEG"), "image/jpeg")


def test_without_a_bucket_files_are_kept_in_a_folder() -> None:
    assert uploads("", endpoint="", base_url="https://loge.example") == FOLDER


def test_picture_is_uploaded_and_shown(bucket: Any, here: Place) -> None:
    add = reverse("wagtailimages:add")
    said = {"title": "La place", "description": "La place", "collection": here.loge.collection.collection_id}
    answer = here.client.post(add, {**said, "tags": "", "file": sent("place.jpg")})
    assert answer.status_code == 302, answer.context["form"].errors
    picture: Any = Picture.objects.get()
    kept = [item.key for item in bucket.objects.all()]

    shown = Client().get(picture.get_rendition("width-40|format-jpeg").url)

    assert picture.file.name in kept
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert read(shown).startswith(b"\xff\xd8")
    again = Client().get(shown.request["PATH_INFO"], headers={"If-Modified-Since": shown["Last-Modified"]})
    assert again.status_code == 304


def test_hidden_picture_is_shown_to_its_editors_alone(bucket: Any, make_place: Any) -> None:
    place = make_place("chantenay", is_open=False)
    collection = place.loge.collection.collection
    picture: Any = Picture.objects.create(title="Cour", file=sent("cour.jpg"), collection=collection)
    collection.view_restrictions.create(restriction_type="login")
    url = picture.file.url

    answers = [client.get(url) for client in (Client(), at_desk(PersonFactory()), place.client)]

    assert url.startswith("http://127.0.0.1:8000/media/original_images/")
    assert answers[0].status_code == 404
    assert answers[2].status_code == 200
    assert answers[2]["Cache-Control"] == "private, no-store"


def test_document_is_handed_out(bucket: Any, db: None) -> None:
    document = Document.objects.create(title="Papier", file=SimpleUploadedFile("papier.txt", b"Bonjour"))

    answer = Client().get(document.url)

    assert answer.status_code == 200
    assert read(answer) == b"Bonjour"


def test_file_that_is_gone_is_not_found(bucket: Any, here: Place) -> None:
    picture: Any = Picture.objects.create(
        title="Cour", file=sent("cour.jpg"), collection=here.loge.collection.collection
    )
    bucket.Object(picture.file.name).delete()

    assert Client().get(picture.file.url).status_code == 404
