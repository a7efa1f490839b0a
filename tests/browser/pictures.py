"""Takes the pictures of `docs/how-to/` anew, each on the way that its page tells.

From the root: `OPENLOGE_TESTING=1 python -m tests.browser.pictures`. It loads a fresh demo, walks through
it in Chromium as the demo's people, and writes `docs/pictures/`. Look at what it wrote before it is committed.
"""

import io
import os
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openloge.settings")
django.setup()

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright  # noqa: E402

from cms.demo.pictures import scene  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, ROOT, served  # noqa: E402
from tests.browser.test_desk import FATOUMATA, SIMON, log_in, press  # noqa: E402
from tests.browser.test_true_path import MAELLE  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
NAIM = "naim@marseille-panier.openloge.example"
TALL = 1800
"""Of a window in which a form is seen whole: its buttons stay away from what is shown."""


def main() -> None:
    """Take them all, or those of the walks that are named."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        walks = (loge_page, loge_page_on_phone, event, event_on_phone, handbook, handbook_answer, team)
        for take in [walk for walk in walks if walk.__name__ in (sys.argv[1:] or [walk.__name__])]:
            page = window(browser, address, is_phone=take.__name__.endswith("phone"))
            take(page)
            page.context.close()
        browser.close()


def window(browser: Browser, address: str, *, is_phone: bool) -> Page:
    """A window on the demo, without animations."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": 390, "height": 844} if is_phone else {"width": 1280, "height": 900},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    return context.new_page()


def loge_page(page: Page) -> None:
    """The desk before a loge is open; a block, a picture with its text, the preview."""
    log_in(page, NAIM)
    keep(page, "loge-desk", clip=box(0, 0, 1280, 545))

    page.get_by_role("link", name="Écrire la page de la loge").first.click()
    settle(page)
    page.get_by_role("button", name="Insérer un bloc").nth(1).click()
    settle(page)
    page.set_viewport_size({"width": 1280, "height": 1300})
    settle(page)
    keep(
        page, "loge-blocks", clip=around(page.locator(".tippy-box").filter(has=page.get_by_role("listbox")), margin=0)
    )

    page.get_by_role("option", name="Image").first.click()
    page.get_by_role("button", name="Choisir une image").first.click()
    page.get_by_role("tab", name="Transférer").click()
    page.locator("[name=image-chooser-upload-file]").set_input_files(
        {"name": "table.png", "mimeType": "image/png", "buffer": cut(scene("event-convivialite"))}
    )
    page.locator("[name=image-chooser-upload-title]").fill("La grande table")
    page.locator("[name=image-chooser-upload-description]").fill(TABLE)
    page.locator(".modal-content").get_by_role("button", name="Transférer").click()
    page.locator("[name$=value-alt]").first.fill(TABLE)
    page.locator("[name$=value-caption]").first.fill("La grande table, un soir de juin")
    page.locator("[name$=value-caption]").first.blur()
    settle(page)
    first = page.locator("[data-contentpath=image]").first.locator("xpath=ancestor::*[@data-streamfield-child][1]")
    first.evaluate("block => block.scrollIntoView({ block: 'center' })")
    settle(page)
    keep(page, "loge-image", clip=around(first, margin=16, ends=0))

    page.get_by_role("button", name="Enregistrer le brouillon").click()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(page.url)
    settle(page)
    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()
    page.wait_for_timeout(4000)
    keep(page, "loge-preview", clip=box(916, 0, 364, 645))


TABLE = "Des voisins partagent une grande table sous des guirlandes."


def loge_page_on_phone(page: Page) -> None:
    """The buttons below the form of a loge that is open."""
    log_in(page, MAELLE)
    page.get_by_role("link", name="Écrire la page de la loge").first.click()
    settle(page)
    page.get_by_role("button", name="Plus d'actions").click()
    settle(page)
    keep(page, "loge-publish-phone", clip=box(0, 470, 390, 374))


def event(page: Page) -> None:
    """The dates of an event, read before it is saved."""
    log_in(page, MAELLE)
    page.get_by_role("link", name="Prévoir un événement").click()
    settle(page)
    page.set_viewport_size({"width": 1280, "height": TALL})
    page.locator("[name=title]").fill("Café des outils")
    page.locator("input[name=starts_on]").fill("07/01/2027")
    look_away(page)
    page.locator("input[name=starts_at_time]").fill("18h30")
    look_away(page)
    page.locator("select[name=recurrence]").select_option(label="chaque premier jeudi du mois")
    page.get_by_role("button", name="Ajouter : jour sans événement").click()
    page.locator("input[name=exceptions-0-on]").fill("04/02/2027")
    look_away(page)
    page.wait_for_timeout(2500)
    when = page.locator("section").filter(has=page.locator("[data-foreseen]")).last
    keep(page, "event-dates", clip=around(page.locator("[name=title]"), when, margin=44))


def event_on_phone(page: Page) -> None:
    """One date moved."""
    log_in(page, MAELLE)
    page.locator("a[href*='/admin/dates/']").first.click()
    settle(page)
    page.locator("[name=on]").fill("04/12/2026")
    page.keyboard.press("Escape")
    page.locator("[name=note]").first.fill("La salle est prise jeudi.")
    page.locator("[name=note]").first.blur()
    settle(page)
    keep(page, "event-date-phone", clip=box(0, 56, 390, 728))


def handbook(page: Page) -> None:
    """The list of chapters; a proposal that is being written."""
    log_in(page, FATOUMATA)
    page.get_by_role("link", name="Cahier de bonnes pratiques").first.click()
    page.set_viewport_size({"width": 1280, "height": 900})
    settle(page)
    keep(page, "handbook-list", clip=box(200, 0, 1240, 456))
    page.set_viewport_size({"width": 1280, "height": 900})

    row = page.get_by_role("row").filter(has_text="Le coup de main entre loges")
    row.get_by_role("link", name="Proposer un changement").click()
    page.get_by_role("button", name="Commencer").click()
    settle(page)
    page.locator("[name=reason]").fill("Deux fois, la perceuse prêtée est revenue sans son chargeur.")
    page.locator("[name=reason]").blur()
    page.get_by_role("button", name="Plus d'actions").click()
    settle(page)
    keep(page, "handbook-proposal", clip=box(200, 112, 960, 788))


def handbook_answer(page: Page) -> None:
    """What the team answers to a proposal."""
    log_in(page, NAIM)
    page.goto("/admin/cahier/propositions/")
    page.get_by_role("link", name="Tracts, marchés, écoles").first.click()
    settle(page)
    keep(page, "handbook-answer", clip=box(200, 112, 960, 160))


def team(page: Page) -> None:
    """What waits for the team, and two proposals for one place."""
    log_in(page, SIMON)
    page.set_viewport_size({"width": 1280, "height": 1300})
    settle(page)
    keep(page, "team-waiting", clip=around(page.locator(".desk").first, margin=16))

    for person, summary in (
        (FATOUMATA, "Écrire à un journaliste, préparer une photo, répondre dans la journée."),
        (MAELLE, "Écrire à un journaliste, préparer deux photos, répondre sans s'épuiser."),
    ):
        _propose(page, person, summary)
    log_in(page, SIMON)
    _open_proposal(page, "Fatoumata")
    press(page, "Accepter et Publier")
    settle(page)
    _open_proposal(page, "Maëlle")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("[name=is_up_to_date]").check()
    settle(page)
    keep(page, "team-conflict", clip=box(200, 0, 1080, 605))


def _propose(page: Page, person: str, summary: str) -> None:
    log_in(page, person)
    page.goto("/admin/cahier/")
    row = page.get_by_role("row").filter(has_text="La presse locale et les réseaux")
    row.get_by_role("link", name="Proposer un changement").click()
    page.get_by_role("button", name="Commencer").click()
    page.locator("[name=reason]").fill("Un journaliste a rappelé le soir même.")
    page.locator("[name=summary]").fill(summary)
    press(page, "Soumettre à la relecture d'OpenLoge")
    settle(page)


def _open_proposal(page: Page, name: str) -> None:
    page.goto("/admin/cahier/propositions/")
    waiting = page.get_by_role("row").filter(has_text=name).filter(has_text="En relecture")
    waiting.get_by_role("link").first.click()
    settle(page)


def settle(page: Page) -> None:
    """Wait until nothing moves."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(900)


def look_away(page: Page) -> None:
    """Click beside the form: calendars close."""
    page.wait_for_timeout(600)
    page.mouse.click(1180, 60)
    page.wait_for_timeout(600)


def cut(png: bytes) -> bytes:
    """Another picture than the demo's own: the same twice would be told."""
    picture, smaller = Image.open(io.BytesIO(png)), io.BytesIO()
    picture.crop((40, 30, picture.width - 40, picture.height - 30)).save(smaller, "PNG")
    return smaller.getvalue()


def box(x: float, y: float, width: float, height: float) -> FloatRect:
    """A part of the window."""
    return {"x": x, "y": y, "width": width, "height": height}


def around(*shown: Locator, margin: float, ends: float | None = None) -> FloatRect:
    """The part of the window that holds these, with a margin, of which above and below may have their own."""
    found = [place for one in shown if (place := one.bounding_box())]
    left, right = min(place["x"] for place in found), max(place["x"] + place["width"] for place in found)
    top, bottom = min(place["y"] for place in found), max(place["y"] + place["height"] for place in found)
    over = margin if ends is None else ends
    return box(max(left - margin, 0), max(top - over, 0), right - left + 2 * margin, bottom - top + 2 * over)


def keep(page: Page, name: str, clip: FloatRect | None = None) -> None:
    """Write a picture in 128 colours: small enough to be read on a phone."""
    taken = Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled"))).convert("RGB")
    FOLDER.mkdir(exist_ok=True)
    taken.quantize(128, kmeans=1).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
