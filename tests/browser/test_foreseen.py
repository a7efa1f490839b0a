"""A coordinator types an event and reads its dates before saving it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import picture
from tests.browser.test_true_path import log_in_on_phone, open_page

pytestmark = pytest.mark.browser


def test_dates_of_a_monthly_event_are_read_while_it_is_typed(sized_page: Page, size: str) -> None:
    log_in_on_phone(sized_page)
    sized_page.goto("/admin/pages/")
    sized_page.locator("a[href$='/add_subpage/']").first.click()
    sized_page.get_by_role("link", name="Événement", exact=True).click()
    told = sized_page.locator("[data-foreseen]")
    expect(told).to_have_text("Dites le jour et l'heure : les dates se liront ici.".replace(" :", "\u00a0:"))

    sized_page.locator("[name=title]").fill(f"Thé des dates ({size})")
    sized_page.locator("input[name=starts_on]").fill("07/01/2027")
    sized_page.locator("input[name=starts_at_time]").fill("18h30")
    sized_page.locator("select[name=recurrence]").select_option("FREQ=MONTHLY;BYDAY=1TH")

    expect(told.locator("li").first).to_have_text("jeudi 7 janvier 2027 à 18 h 30")
    expect(told.locator("li").nth(1)).to_have_text("jeudi 4 février 2027 à 18 h 30")
    sized_page.keyboard.press("Escape")
    sized_page.locator("#id_exceptions-ADD").click()
    sized_page.locator("input[name=exceptions-0-on]").fill("04/02/2027")
    expect(told.locator("li").nth(1)).to_have_text("jeudi 4 mars 2027 à 18 h 30")
    sized_page.keyboard.press("Escape")
    told.scroll_into_view_if_needed()
    picture(sized_page, f"admin-foreseen-{size}")
    sized_page.screenshot(path=f"var/screenshots/admin-foreseen-near-{size}.png")

    sized_page.locator("#id_exceptions-0-DELETE-button").click()
    expect(told.locator("li").nth(1)).to_have_text("jeudi 4 février 2027 à 18 h 30")
    assert sized_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_dates_of_an_event_that_is_there_are_read_at_once(page: Page) -> None:
    log_in_on_phone(page)
    open_page(page, "Un ourlet en une heure")

    expect(page.locator("[data-foreseen] li")).to_have_count(1)
