"""The desk's screens in a browser: no fault found by axe, nothing out of reach on a phone, pickers that pick."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import picture
from tests.browser.test_desk import FATOUMATA, SIMON, log_in
from tests.browser.test_plain_pages import RULES

pytestmark = pytest.mark.browser

LISTS = {"handbook": "/admin/cahier/", "proposals": "/admin/cahier/propositions/", "team": "/admin/equipe/"}
OUTSIDE = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const box = one.getBoundingClientRect();
  const wagtails = ".bulk-actions-choices, .w-minimap, aside, .form-side, .w-field__comment-button";
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !one.closest(`${wagtails}, svg *`);
}).map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`)"""
"""What lies beside the screen, whether or not one can scroll there. Wagtail's own panels come when asked, and a map
shows no more than its frame."""
OVERLAPS = """() => [...document.querySelectorAll(".desk__row")].flatMap((row) => {
  const fields = [...row.querySelectorAll("input:not([type=hidden]), select")];
  const boxes = fields.map((one) => one.getBoundingClientRect());
  return boxes.flatMap((box, number) => boxes.slice(number + 1).filter((other) =>
    box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom));
}).length"""
"""How many fields of one row lie on each other."""
LONG_WORD = """() => { for (const cell of document.querySelectorAll("main table.listing td"))
  (cell.querySelector("a, div") ?? cell).textContent = "M".repeat(300);
}"""


def check(page: Page) -> None:
    """No fault, and nothing out of reach."""
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("email", [FATOUMATA, SIMON], ids=["coordinator", "team"])
def test_dashboard_and_lists_have_no_fault(sized_page: Page, size: str, email: str) -> None:
    log_in(sized_page, email)
    check(sized_page)

    for name, address in LISTS.items():
        sized_page.goto(address)
        expect(sized_page.locator("h1")).to_have_count(1)
        picture(sized_page, f"list-{name}-{email.split('@')[0]}-{size}")
        check(sized_page)


def test_forms_have_no_fault(sized_page: Page, size: str) -> None:
    log_in(sized_page, FATOUMATA)
    sized_page.get_by_role("link", name="Prévoir un événement").click()
    expect(sized_page.locator("[name=recurrence]")).to_be_visible()
    check(sized_page)

    for start, link in (
        ("/admin/", "a[href*='/admin/dates/']"),
        ("/admin/equipe/", "main table a[href*='/admin/equipe/']"),
        ("/admin/equipe/", "main a[href$='/ajouter/']"),
    ):
        sized_page.goto(start)
        sized_page.locator(link).first.click()
        expect(sized_page.locator(".desk__form")).to_be_visible()
        picture(sized_page, f"form-{link.split('/')[-2]}-{size}")
        check(sized_page)
        assert sized_page.evaluate(OVERLAPS) == 0


def test_words_typed_in_a_profile_are_not_left_without_a_warning(page: Page) -> None:
    log_in(page, FATOUMATA)
    page.goto("/admin/equipe/")
    page.locator("main table a[href*='/admin/equipe/']").first.click()
    page.wait_for_timeout(2_500)  # Wagtail looks at the form as it was two seconds after it came
    page.locator("[name=headline]").press_sequentially(" !")
    page.wait_for_timeout(1_000)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.locator(".desk__buttons a").first.click()

    expect(page.locator("[name=headline]")).to_have_value(re.compile(" !"))
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    "address", ["/admin/images/", "/admin/documents/", "/admin/evenements/", "/admin/pages/search/?q=loge"]
)
def test_lists_of_wagtails_own_are_within_reach(sized_page: Page, size: str, address: str) -> None:
    log_in(sized_page, FATOUMATA)

    sized_page.goto(address)

    expect(sized_page.locator("h1")).to_have_count(1)
    picture(sized_page, f"list-{address.split('/')[2]}-{size}")
    assert sized_page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("name", LISTS)
def test_long_word_stays_on_the_screen(sized_page: Page, name: str) -> None:
    log_in(sized_page, SIMON)
    sized_page.goto(LISTS[name])

    sized_page.evaluate(LONG_WORD)

    assert sized_page.evaluate(OUTSIDE) == []


def test_day_is_picked_from_the_calendar(page: Page) -> None:
    log_in(page, FATOUMATA)
    page.locator("a[href*='/admin/dates/']").first.click()
    field = page.locator("input[name=on]")
    before = field.input_value()

    field.click()
    day = page.locator(".xdsoft_datetimepicker:visible td.xdsoft_date:not(.xdsoft_disabled, .xdsoft_current)").last
    day.click()

    assert field.input_value() != before
    page.locator("input[name=at]").click()
    expect(page.locator(".xdsoft_datetimepicker:visible .xdsoft_time").first).to_be_visible()


def test_territory_is_drawn_on_a_map_that_asks_nobody(sized_page: Page, size: str, demo: str) -> None:
    page, asked = sized_page, []
    page.on("request", lambda request: asked.append(request.url))
    log_in(page, SIMON)
    page.get_by_role("link", name="Territoire de La loge de Wazemmes").click()
    text, svg = page.locator("[name=polygon]"), page.locator(".outline-map svg")
    expect(svg).to_be_visible()
    picture(page, f"territory-{size}")
    check(page)

    page.get_by_role("button", name="Tout effacer").click()
    assert text.input_value() == ""
    page.get_by_role("button", name="Dessiner").click()
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    assert box is not None
    for x, y in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)):
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    page.get_by_role("button", name="Finir").click()
    assert len(json.loads(text.input_value())["coordinates"][0]) == 5
    before = text.input_value()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.7 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.8 * box["height"], steps=4)
    page.mouse.up()
    assert text.input_value() != before
    picture(page, f"territory-drawn-{size}")
    check(page)
    page.get_by_role("button", name="Annuler", exact=True).click()
    assert text.input_value() == before
    page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.7 * box["height"])
    page.get_by_role("button", name="Enlever le coin").click()
    assert len(json.loads(text.input_value())["coordinates"][0]) == 4

    text.fill('{"type": "Polygon"')
    expect(page.locator(".outline-map__told")).to_contain_text("ne se lit pas encore")
    expect(svg).to_have_attribute("aria-label", "Carte\u00a0: un contour de 3 coins")
    text.fill(json.dumps({"type": "Feature", "geometry": json.loads(before), "properties": {}}))
    expect(svg).to_have_attribute("aria-label", "Carte\u00a0: un contour de 4 coins")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("est redessiné")).to_be_visible()
    assert json.loads(text.input_value()) == json.loads(before)
    assert {url.split("/")[2] for url in asked if not url.startswith(("data:", "blob:"))} == {demo.split("/")[2]}


def test_area_of_an_expert_is_drawn_on_their_profile(sized_page: Page, size: str) -> None:
    page = sized_page
    log_in(page, FATOUMATA)
    page.goto("/admin/equipe/")
    page.locator("main table a[href*='/admin/equipe/']").first.click()
    page.get_by_role("button", name="Dessiner").click()
    svg = page.locator(".outline-map svg")
    svg.scroll_into_view_if_needed()
    for x, y in ((0.4, 0.4), (0.6, 0.4), (0.5, 0.6)):
        box = svg.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
    picture(page, f"area-{size}")

    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_text("enregistré.")).to_be_visible()
    assert len(json.loads(page.locator("[name=area]").input_value())["coordinates"][0]) == 4
    page.goto(page.url)  # without the message, which takes its colour by and by
    check(page)
