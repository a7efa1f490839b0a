"""The long walk of a coordinator, and of the team that answers: every step by mouse and keyboard, each looked at."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.demo.login import PASSWORD
from tests.browser.conftest import picture
from tests.factories.pages import drawn

pytestmark = pytest.mark.browser
FATOUMATA = "fatoumata@lille-wazemmes.openloge.example"
SIMON = "simon@equipe.openloge.example"
LOGE = """{ loge(slug: "lille-wazemmes") { page { tagline cover { alt } } } }"""
EVENT = """query Event($slug: String!) { event(loge: "lille-wazemmes", slug: $slug) {
  title recurrenceLabel occurrences(first: 3) { edges { node { startsAt } } }
} }"""


def log_in(page: Page, email: str) -> None:
    page.context.clear_cookies()
    page.goto("/admin/")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="S'identifier").click()
    expect(page.get_by_role("heading", name="OpenLoge")).to_be_visible()


def ask(page: Page, query: str, **variables: Any) -> Any:
    body = json.loads(page.request.post("/graphql/", data={"query": query, "variables": variables}).text())
    assert "errors" not in body, body
    return body["data"]


def press(page: Page, name: str) -> None:
    """One of the buttons below a page's form, behind the first; once what was typed is kept as a draft.

    Wagtail answers 400 to a draft that comes while the page is published: harmless, but the console tells it.
    """
    page.wait_for_timeout(1_000)
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=name).last.click()


def test_coordinator_writes_the_loge_page_with_a_picture(sized_page: Page, size: str, tmp_path: Path) -> None:
    page, file = sized_page, tmp_path / "cour.png"
    file.write_bytes(drawn(1200, 800, "#2a9d8f" if size == "phone" else "#c8553d"))  # the same twice would be told
    log_in(page, FATOUMATA)
    picture(page, f"desk-{size}")
    page.get_by_role("link", name="Écrire la page de la loge").click()
    page.locator("[name=tagline]").fill(f"Wazemmes, vu depuis un écran de {size}.")
    page.locator("#id_cover-chooser").get_by_role("button").first.click()
    page.get_by_role("button", name="Changer l'image").click()
    page.get_by_role("tab", name="Transférer").click()
    page.locator("[name=image-chooser-upload-file]").set_input_files(file)
    page.locator("[name=image-chooser-upload-title]").fill(f"La cour ({size})")
    page.locator("[name=image-chooser-upload-description]").fill(f"Une cour verte et deux chaises, vues en {size}.")
    picture(page, f"desk-picture-{size}")
    page.locator(".modal-content").get_by_role("button", name="Transférer").click()
    expect(page.locator("#id_cover-chooser")).to_contain_text(f"La cour ({size})")

    press(page, "Publier")
    expect(page.locator(".messages")).to_contain_text("publié")
    picture(page, f"desk-published-{size}")

    told = ask(page, LOGE)["loge"]["page"]
    assert told["tagline"] == f"Wazemmes, vu depuis un écran de {size}."
    assert told["cover"]["alt"] == f"Une cour verte et deux chaises, vues en {size}."


def test_coordinator_plans_a_monthly_event_from_the_desk(sized_page: Page, size: str) -> None:
    page = sized_page
    log_in(page, FATOUMATA)
    page.get_by_role("link", name="Prévoir un événement").click()
    page.locator("[name=title]").fill(f"Café des outils {size}")
    page.locator("input[name=starts_on]").fill("07/01/2027")
    page.keyboard.press("Escape")
    page.locator("input[name=starts_at_time]").fill("18h30")
    page.keyboard.press("Escape")
    page.locator("select[name=recurrence]").select_option("FREQ=MONTHLY;BYDAY=1TH")
    page.locator("input[name=venue_name]").fill("L'atelier de la rue Jules-Guesde")
    picture(page, f"desk-event-{size}")

    press(page, "Publier")
    expect(page.locator(".messages")).to_contain_text("publié")

    found = ask(page, EVENT, slug=f"cafe-des-outils-{size}")["event"]
    assert found["recurrenceLabel"] == "chaque premier jeudi du mois"
    days = [edge["node"]["startsAt"][:16] for edge in found["occurrences"]["edges"]]
    assert days == ["2027-01-07T17:30", "2027-02-04T17:30", "2027-03-04T17:30"]
    page.goto("/admin/evenements/")
    expect(page.locator("main")).to_contain_text(f"Café des outils {size}")


def test_page_of_another_loge_is_refused(page: Page) -> None:
    log_in(page, SIMON)
    page.get_by_role("link", name="La loge d'Aligre").first.click()
    theirs = page.url
    log_in(page, FATOUMATA)

    page.goto(theirs)

    expect(page.locator(".messages")).to_contain_text("vous n'avez pas les autorisations")
    assert page.url.endswith("/admin/")
    assert "Aligre" not in page.locator("main").inner_text()
    picture(page, "desk-refused")


def test_change_of_the_handbook_is_proposed_and_published(sized_page: Page, size: str) -> None:
    page, word = sized_page, f"Prévoir une rallonge ({size})"
    log_in(page, FATOUMATA)
    page.goto("/admin/cahier/")
    picture(page, f"handbook-{size}")
    row = page.get_by_role("row").filter(has_text="Le coup de main entre loges")
    row.get_by_role("link", name="Proposer un changement").click()
    picture(page, f"handbook-propose-{size}")
    page.get_by_role("button", name="Commencer").click()
    page.locator("[name=reason]").fill("La prise était trop loin, deux fois de suite.")
    checklist = page.locator("[name=checklist]")
    checklist.fill(f"{checklist.input_value()}\n{word}")
    picture(page, f"handbook-write-{size}")
    press(page, "Soumettre à la relecture d'OpenLoge")
    expect(page.locator(".messages")).to_contain_text("parti en relecture")
    mine = page.get_by_role("row").filter(has_text="Le coup de main entre loges").first
    expect(mine).to_contain_text("En relecture")
    picture(page, f"handbook-proposals-{size}")

    log_in(page, SIMON)
    page.goto("/admin/cahier/propositions/")
    waiting = page.get_by_role("row").filter(has_text="Fatoumata").filter(has_text="En relecture")
    waiting.get_by_role("link", name="Le coup de main entre loges").click()
    expect(page.locator("main")).to_contain_text("proposé par Fatoumata")
    picture(page, f"handbook-reread-{size}")
    press(page, "Accepter et Publier")
    expect(page.get_by_role("row").filter(has_text="Publiée au cahier").first).to_be_visible()

    log_in(page, FATOUMATA)
    page.goto("/cahier/faire-vivre/coup-de-main-entre-loges/")
    expect(page.locator("main")).to_contain_text(word)
    expect(page.locator("main")).to_contain_text("Avec l'apport de : Fatoumata")
    picture(page, f"handbook-chapter-{size}")
