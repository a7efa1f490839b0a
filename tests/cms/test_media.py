"""Files at their addresses: the headers they come with, and addresses that no file can have."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.models import Document

pytestmark = pytest.mark.django_db

TOO_LONG = ("9" * 19, "9" * 20, "9" * 5_000)
"""More than a database counts, and more than Python reads."""


@pytest.mark.parametrize("number", TOO_LONG)
@pytest.mark.parametrize(
    "address", ["/media/pictures/{}/1/x.jpg", "/media/original_images/{}.jpg", "/documents/{}/x.pdf"]
)
def test_file_with_a_number_beyond_all_numbers_is_unknown(address: str, number: str) -> None:
    assert Client().get(address.format(number)).status_code == 404


@pytest.mark.parametrize(
    "address", ["pictures/1/1/%00.jpg", "original_images/%00.jpg", "images/a%00.jpg", "pictures/%D9%A1/1/x.jpg"]
)
def test_file_with_a_name_that_no_database_compares_is_unknown(address: str) -> None:
    assert Client().get(f"/media/{address}").status_code == 404


def test_document_tells_no_encoding_that_it_has_not() -> None:
    document = Document.objects.create(title="Papier", file=SimpleUploadedFile("papier.txt", b"Bonjour"))

    answer = Client().get(document.url)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"Bonjour"
    assert not answer.has_header("Content-Encoding")
    assert answer["Content-Security-Policy"] == "default-src 'none'"
