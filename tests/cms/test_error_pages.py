"""What somebody reads who went astray: French, a way back, nothing of ours."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.cms.desk import soup

pytestmark = pytest.mark.django_db


def test_unknown_address_is_told_in_french() -> None:
    answer = Client().get("/il-n-y-a-rien-ici/")

    document = soup(answer)
    assert answer.status_code == 404
    assert document.html["lang"] == "fr"
    assert document.h1.text == "Cette page n'existe pas"
    assert document.find("a", href="/loges/") is not None


@pytest.mark.parametrize("code", ["400", "403", "404", "500"])
def test_error_page_needs_nothing_to_be_shown(code: str) -> None:
    shown = render_to_string(f"{code}.html")

    assert "<h1>" in shown
    assert "{" not in shown.split("</style>")[1]
    assert "src=" not in shown
