"""The demo's signpost: its queries fit the schema and the limits, its page runs no script but its files."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import RequestFactory

from graphql_api import signpost
from tests import factories
from tests.graphql_api.site import Ask

pytestmark = pytest.mark.urls("tests.graphql_api.demo_urls")


def shown() -> str:
    return signpost.page(RequestFactory().get("/")).content.decode()


def test_query_of_the_search_fits_the_schema(ask: Ask) -> None:
    found = ask(signpost.SEARCH, input={"text": "billet d'avion"}, orderBy="SOONEST")["searchExperts"]

    assert found["totalCount"] == 0
    assert found["help"]["ways"]


def test_query_of_suggestions_fits_the_schema(ask: Ask) -> None:
    found = ask(signpost.SUGGEST, text="plom")["suggest"]

    assert all(one["label"] for one in found)


def test_query_of_loges_fits_the_schema(ask: Ask) -> None:
    factories.LogeFactory()

    assert ask(signpost.LOGES)["loges"]["edges"]


@pytest.mark.parametrize("inline", [r"\son\w+=", r"\sstyle=", r"<style", r"<script>", r"javascript:"])
def test_page_holds_nothing_that_its_policy_refuses(db: None, inline: str) -> None:
    assert not re.search(inline, shown())


def test_page_tells_its_policy(db: None) -> None:
    answer = signpost.page(RequestFactory().get("/"))

    assert "script-src 'self';" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_days_to_choose_begin_today(db: None) -> None:
    assert f'min="{factories.NOW:%Y-%m-%d}"' in shown()


def test_mails_are_each_told_as_people_read_them(tmp_path: Any, settings: Any) -> None:
    """Also those that one connection sent together: they lie in one file."""
    settings.EMAIL_FILE_PATH = tmp_path
    kept = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(tmp_path))
    kept.send_messages(
        [EmailMessage(f"Sujet {name}", f"Bonjour {name} !", None, ["a@x.org"]) for name in ("Zoé", "Léo")]
    )

    told = signpost.mails(RequestFactory().get("/courriels/")).content.decode()

    for name in ("Zoé", "Léo"):
        assert f"Bonjour {name} !" in told
        assert f"Sujet {name}" in told
    assert "Content-Type" not in told
