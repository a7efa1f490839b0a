"""The demo's front page and GraphiQL, on a desktop and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import picture

pytestmark = pytest.mark.browser


def test_search_box_shows_answer_and_query(sized_page: Page, size: str) -> None:
    sized_page.goto("/")

    sized_page.get_by_label("De quoi avez-vous besoin ?").fill("mon robinet goutte")
    sized_page.get_by_role("combobox", name="Où ?").fill("Aligre")
    sized_page.get_by_role("button", name="Chercher").click()

    expect(sized_page.get_by_role("heading", name="Samir B.")).to_be_visible()
    expect(sized_page.locator("#answer")).to_contain_text("Compris : Petite plomberie")
    sized_page.get_by_text("La requête GraphQL derrière cette réponse").click()
    expect(sized_page.locator("#query")).to_contain_text("searchExperts(input: $input")
    expect(sized_page.locator("#variables")).to_contain_text("mon robinet goutte Aligre")
    picture(sized_page, f"signpost-{size}")


def test_search_box_asks_back_and_takes_the_choice(page: Page) -> None:
    page.goto("/")
    page.get_by_label("De quoi avez-vous besoin ?").fill("clés")
    page.get_by_role("button", name="Chercher").click()

    page.get_by_role("button", name="Garde de clés").click()

    expect(page.locator("#answer")).to_contain_text("Maëlle R.")


def test_search_box_says_when_it_is_not_for_a_loge(page: Page) -> None:
    page.goto("/")
    page.get_by_label("De quoi avez-vous besoin ?").fill("billet d'avion")

    page.get_by_role("button", name="Chercher").click()

    expect(page.locator("#answer")).to_contain_text("Nous n'avons pas trouvé « billet d'avion ».")


def test_signpost_fits_the_screen(sized_page: Page) -> None:
    sized_page.goto("/")

    overflow = sized_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert overflow == 0


def test_graphiql_runs_its_first_query(sized_page: Page, size: str) -> None:
    sized_page.goto("/graphql/")

    sized_page.locator(".graphiql-execute-button").click()

    expect(sized_page.locator(".result-window")).to_contain_text("La loge d'Aligre")
    picture(sized_page, f"graphiql-{size}")
