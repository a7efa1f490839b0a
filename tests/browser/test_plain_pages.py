"""The plain pages in a browser: no fault found by axe (WCAG 2.2 AA), nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from cms.demo.login import PASSWORD
from tests.browser.conftest import picture

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PUBLIC = {
    "loges": "/loges/",
    "loge": "/loges/paris-aligre/",
    "news": "/loges/paris-aligre/onze-velos-repartis/",
    "event": "/loges/lyon-croix-rousse/apero-du-plateau/",
    "blog": "/blog/",
    "editorial": "/ou-va-l-argent/",
}

LONG_WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.data.trim() && !text.parentElement.closest("script, style, td")) text.data = "M".repeat(60);
  }
}"""
"""Makes every text of a page one long word, but the amounts in tables."""


def overflow(window: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def check(window: Page) -> None:
    """No fault, and no need to scroll sideways."""
    found = Axe().run(window, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert overflow(window) == 0
    assert window.locator("h1").count() == 1


def log_in(window: Page, address: str, email: str = "maelle@paris-aligre.openloge.example") -> None:
    """Go to an address that asks who is there: a coordinator, or whoever is named."""
    window.goto(address)
    window.get_by_label("Adresse e-mail").fill(email)
    window.get_by_label("Mot de passe").fill(PASSWORD)
    window.get_by_role("button", name="S'identifier").click()


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_open_to_everybody(sized_page: Page, size: str, name: str) -> None:
    sized_page.goto(PUBLIC[name])

    picture(sized_page, f"page-{name}-{size}")
    check(sized_page)


def test_front_page_is_shown_beside_the_signpost(sized_page: Page, size: str) -> None:
    sized_page.goto("/")
    sized_page.get_by_role("link", name="La page d'accueil du site").click()

    picture(sized_page, f"page-home-{size}")
    check(sized_page)
    expect(sized_page.get_by_role("navigation", name="Menu")).to_be_visible()


@pytest.mark.parametrize("name", PUBLIC)
def test_long_word_widens_no_page(sized_page: Page, name: str) -> None:
    sized_page.goto(PUBLIC[name])

    sized_page.evaluate(LONG_WORDS)

    assert sized_page.get_by_role("heading", level=1, name="M" * 60).is_visible()
    assert overflow(sized_page) == 0


def test_post_of_the_blog_is_open_to_everybody(sized_page: Page, size: str) -> None:
    sized_page.goto("/blog/")

    sized_page.locator(".children a").first.click()

    expect(sized_page.locator(".meta").first).to_contain_text("2026")
    picture(sized_page, f"page-post-{size}")
    check(sized_page)


def test_handbook_is_open_to_a_coordinator(sized_page: Page, size: str) -> None:
    log_in(sized_page, "/cahier/")

    for name in ("index", "part", "chapter"):
        expect(sized_page.locator("h1")).to_be_visible()
        picture(sized_page, f"page-handbook-{name}-{size}")
        check(sized_page)
        if name != "chapter":
            sized_page.locator(".children a").first.click()
            sized_page.wait_for_load_state()


def test_every_kind_of_block_is_open_to_everybody(sized_page: Page, size: str) -> None:
    log_in(sized_page, "/cahier/ouvrir/les-blocs-par-l-exemple/")
    expect(sized_page.locator("h1")).to_have_text("Les blocs, par l'exemple")

    sized_page.locator("summary").first.click()

    picture(sized_page, f"page-blocks-{size}")
    check(sized_page)
