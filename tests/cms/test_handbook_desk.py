"""The handbook in the admin: read and searched by those to whom it is open, whether they may edit it or not."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from loges.models import Person
from tests.cms.conftest import Place
from tests.cms.desk import at_desk, soup
from tests.factories import LogeUserPermissionFactory
from tests.factories.pages import HandbookChapterPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _chapters(django_capture_on_commit_callbacks: Any, here: Place) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        keys = HandbookChapterPageFactory(
            title="Garder des clés",
            checklist="Numéroter le trousseau",
            body=[("rich_text", "<p>Un coffre fermé.</p>")],
        )
        HandbookChapterPageFactory(parent=keys.get_parent(), title="Fêter un anniversaire", slug="feter")
        HandbookChapterPageFactory(
            parent=keys.get_parent(), title="Clés : un brouillon", slug="brouillon", live=False
        )


def found(client: Client, name: str = "index", **asked: str) -> list[str]:
    page = client.get(reverse(f"handbook:{name}"), asked)
    assert page.status_code == 200
    return [link.text.strip() for link in soup(page).select("table .title a")]


@pytest.mark.usefixtures("_chapters")
@pytest.mark.parametrize("q", ["clés", "cles", "clé", "trousseau", "TROUSS", "coffre", "numeroter trousseau"])
def test_chapter_is_found_by_what_it_says(here: Place, team_editor: Person, q: str) -> None:
    for client in (here.client, at_desk(team_editor)):
        assert found(client, q=q) == ["Garder des clés"]
        assert found(client, "results", q=q) == ["Garder des clés"]


@pytest.mark.usefixtures("_chapters")
@pytest.mark.parametrize("q", ["girafe", "!!!", "clés girafe", "x" * 10_000, "\U0001f600", '") OR 1'])
def test_nothing_is_found_by_other_words(here: Place, q: str) -> None:
    assert found(here.client, q=q) == []


@pytest.mark.usefixtures("_chapters")
def test_list_holds_the_chapters_in_order_and_links_to_them(here: Place) -> None:
    page = soup(here.client.get(reverse("handbook:index")))
    links = page.select("table .title a")
    assert [link.text.strip() for link in links] == ["Garder des clés", "Fêter un anniversaire"]
    for link in links:
        assert here.client.get(link["href"]).status_code == 200
    part = Page.objects.get(title="Garder des clés").get_parent()
    assert [cell.text.strip() for cell in page.select("td")].count(part.title) == 2
    for link in page.select("tbody td:last-child a"):
        assert soup(here.client.get(link["href"])).find("button", string="Commencer")


@pytest.mark.usefixtures("_chapters")
def test_page_search_of_the_admin_leads_to_the_handbook(here: Place) -> None:
    page = soup(here.client.get(reverse("wagtailadmin_pages:search"), {"q": "clés"}))
    areas = [link["href"] for link in page.select("a[href]") if link["href"].startswith(reverse("handbook:index"))]
    assert f"{reverse('handbook:index')}?q=cl%C3%A9s" in areas


@pytest.mark.usefixtures("_chapters")
def test_handbook_is_closed_to_others() -> None:
    """Neither to a stranger, nor to somebody who has a desk but is in none of the handbook's groups."""
    editor = LogeUserPermissionFactory().user
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = at_desk(editor)
    assert "Cahier" not in client.get(reverse("wagtailadmin_home")).content.decode()
    for name in ("index", "results"):
        address = reverse(f"handbook:{name}")
        assert "login" in at_desk(None).get(address)["Location"]
        assert client.get(address, {"q": "clés"})["Location"] == reverse("wagtailadmin_home")


def test_empty_list_says_so_in_french(here: Place) -> None:
    HandbookChapterPageFactory()
    assert "Rien ne correspond" in soup(here.client.get(reverse("handbook:results"), {"q": "girafe"})).text
