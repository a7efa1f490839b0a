"""Edit, publish, query, search: a coordinator's change, seen by a frontend."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.demo.login import PASSWORD
from tests.browser.conftest import picture

pytestmark = pytest.mark.browser
MAELLE = "maelle@paris-aligre.openloge.example"
DATES = """query Dates($slug: String!) {
  event(loge: "paris-aligre", slug: $slug) {
    recurrenceLabel
    occurrences(first: 3) { edges { node { startsAt } } }
  }
}"""


def log_in(page: Page, email: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="S'identifier").click()
    expect(page.locator("#wagtail-sidebar")).to_contain_text("Ma loge")


def ask(page: Page, query: str, **variables: Any) -> Any:
    answer = page.request.post("/graphql/", data={"query": query, "variables": variables})
    body = json.loads(answer.text())
    assert "errors" not in body, body
    return body["data"]


def publish(page: Page) -> None:
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("publié")


def open_page(page: Page, title: str) -> None:
    page.goto("/admin/pages/")
    page.get_by_role("link", name=title).first.click()


def test_coordinator_changes_the_loge_page_and_graphql_shows_it(page: Page) -> None:
    log_in(page, MAELLE)
    picture(page, "admin-home")
    page.goto("/admin/pages/")
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Modifier").first.click()
    page.locator("input[name=tagline]").fill("Dix voisins, une sonnette, et du thé le jeudi.")
    editor = page.locator("[data-streamfield-stream-container] .public-DraftEditor-content").first
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Bonjour le quartier ! ")
    # The editor writes to the form a moment after the last key.
    page.wait_for_function("document.querySelector('[name=body-0-value]').value.includes('Bonjour le quartier')")
    picture(page, "admin-loge-page")

    publish(page)

    found = ask(
        page, '{ loge(slug: "paris-aligre") { page { tagline body { ... on RichTextBlock { text { html } } } } } }'
    )
    assert found["loge"]["page"]["tagline"] == "Dix voisins, une sonnette, et du thé le jeudi."
    assert "Bonjour le quartier !" in found["loge"]["page"]["body"][0]["text"]["html"]
    page.goto("/")
    expect(page.locator("#loges")).to_contain_text("Dix voisins, une sonnette, et du thé le jeudi.")
    expect(page.locator("#loges")).to_contain_text("Bonjour le quartier !")


def test_coordinator_moves_an_event_and_the_calendar_shows_it(page: Page) -> None:
    log_in(page, MAELLE)
    open_page(page, "Un ourlet en une heure")
    page.locator("input[name=starts_on]").fill("18/12/2026")
    page.keyboard.press("Escape")
    picture(page, "admin-event")

    publish(page)

    found = ask(page, DATES, slug="un-ourlet-en-une-heure")
    assert [edge["node"]["startsAt"] for edge in found["event"]["occurrences"]["edges"]] == [
        "2026-12-18T14:00:00+00:00"
    ]

    page.goto("/")
    expect(page.locator("#loges")).to_contain_text("vendredi 18 décembre 2026 à 15:00")
    picture(page, "signpost-after-publication")


def test_coordinator_plans_a_monthly_event(page: Page) -> None:
    log_in(page, MAELLE)
    page.goto("/admin/pages/")
    page.locator("a[href$='/add_subpage/']").first.click()
    page.get_by_role("link", name="Événement", exact=True).click()
    page.locator("[name=title]").fill("Thé des voisins")
    page.locator("input[name=starts_on]").fill("08/12/2026")
    page.keyboard.press("Escape")
    page.locator("input[name=starts_at_time]").fill("16:00")
    page.keyboard.press("Escape")
    page.locator("select[name=recurrence]").select_option("FREQ=MONTHLY;BYDAY=2TU")
    page.locator("input[name=venue_name]").fill("Le Zinc du Marché")

    publish(page)

    found = ask(page, DATES, slug="the-des-voisins")["event"]
    assert found["recurrenceLabel"] == "chaque deuxième mardi du mois"
    assert [edge["node"]["startsAt"][:10] for edge in found["occurrences"]["edges"]] == [
        "2026-12-08",
        "2027-01-12",
        "2027-02-09",
    ]


def test_admin_fits_a_phone(sized_page: Page, size: str) -> None:
    log_in(sized_page, MAELLE) if size == "desktop" else log_in_on_phone(sized_page)

    sized_page.goto("/admin/pages/")

    picture(sized_page, f"admin-explorer-{size}")
    expect(sized_page.get_by_role("link", name="Un ourlet en une heure").first).to_be_visible()


def log_in_on_phone(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("Adresse e-mail").fill(MAELLE)
    page.get_by_label("Mot de passe", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="S'identifier").click()
    page.wait_for_url("**/admin/")


def test_account_offers_time_zones_that_browsers_know(page: Page) -> None:
    log_in(page, MAELLE)
    page.goto("/admin/account/")

    expect(page.locator("select[name$=current_time_zone] option[value='Indian/Reunion']")).to_contain_text("Réunion")


def test_date_and_time_stay_as_they_were_typed(page: Page) -> None:
    log_in(page, MAELLE)
    open_page(page, "Un ourlet en une heure")

    for name, typed in (("starts_at_time", "15h30"), ("starts_on", "mardi")):
        field = page.locator(f"input[name={name}]")
        field.fill(typed)
        field.press("Tab")
        page.locator("input[name=venue_name]").click()

        expect(field).to_have_value(typed)
