"""The long walk of a coordinator, and of the team that answers: every step by mouse and keyboard, each looked at."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cms.demo.login import PASSWORD
from tests.browser.conftest import picture
from tests.factories.pages import drawn

pytestmark = pytest.mark.browser
FATOUMATA = "fatoumata@lille-wazemmes.openloge.example"
SIMON = "simon@equipe.openloge.example"
LOGE = """{ loge(slug: "lille-wazemmes") { page { title tagline cover { description } } } }"""
EVENT = """{ event(loge: "lille-wazemmes", slug: "le-cafe-des-outils") {
  recurrenceLabel occurrences(first: 3) { edges { node { startsAt } } }
} }"""


def log_in(page: Page, email: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="S'identifier").click()
    expect(page.locator("main")).to_contain_text("Loge")


def ask(page: Page, query: str) -> Any:
    body = json.loads(page.request.post("/graphql/", data={"query": query}).text())
    assert "errors" not in body, body
    return body["data"]


def press(page: Page, name: str) -> None:
    """One of the buttons below a page's form."""
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=name, exact=True).click()


def answer(page: Page, name: str, word: str = "") -> None:
    """One of the team's answers to a proposal."""
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=name).first.click()
    if word:
        page.locator("#workflow-action-modal textarea, .modal textarea").first.fill(word)
        page.locator(".modal button[type=submit], .modal input[type=submit]").first.click()


def saved(page: Page) -> None:
    """Wait for the autosave."""
    expect(page.locator("[data-controller~='w-autosave'], form#page-edit-form")).to_be_attached()


def test_coordinator_writes_the_loge_page_with_a_picture(sized_page: Page, size: str, tmp_path: Path) -> None:
    page, file = sized_page, tmp_path / f"cour-{size}.png"
    file.write_bytes(drawn(1200, 800, "#2a9d8f"))
    log_in(page, FATOUMATA)
    picture(page, f"desk-{size}")
    page.get_by_role("link", name="Écrire la page de la loge").click()
    page.locator("[name=tagline]").fill(f"Wazemmes, vu depuis un {size}.")
    page.get_by_role("button", name="Choisir une image").or_(page.get_by_role("button", name="Changer d'image")).or_(
        page.get_by_role("button", name="Choisir une autre image")
    ).first.click()
    page.get_by_role("tab", name="Téléverser").or_(page.get_by_role("link", name="Téléverser")).first.click()
    page.locator("input[type=file][name$=file]").last.set_input_files(file)
    page.locator("[name$=title]").last.fill(f"La cour ({size})")
    page.locator("textarea[name$=description], input[name$=description]").last.fill("Une cour verte, deux chaises.")
    picture(page, f"desk-picture-{size}")
    page.get_by_role("button", name="Téléverser").last.click()
    expect(page.locator(".modal-content")).to_have_count(0)

    press(page, "Publier")
    expect(page.locator(".messages")).to_contain_text("publié")

    told = ask(page, LOGE)["loge"]["page"]
    assert told["tagline"] == f"Wazemmes, vu depuis un {size}."
    assert told["cover"]["description"] == "Une cour verte, deux chaises."


def test_coordinator_of_another_loge_is_refused(page: Page, chromium: Browser, demo: str) -> None:
    log_in(page, SIMON)
    page.goto("/admin/pages/")
    ids = json.loads(
        page.request.post("/graphql/", data={"query": '{ loge(slug: "paris-aligre") { page { id } } }'}).text()
    )
    log_in(page, FATOUMATA)
    assert ids
