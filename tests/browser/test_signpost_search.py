"""The signpost's search box as a resident uses it, on a desktop and on a phone, with the keyboard and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from loges.models import PriceUnit
from tests.browser.conftest import picture
from tests.browser.test_plain_pages import check, overflow

pytestmark = pytest.mark.browser
ALIGRE = {"latitude": 48.8495, "longitude": 2.378}
EVRY = {"latitude": 48.63, "longitude": 2.43}
BOX = "De quoi avez-vous besoin ?"
PRICES = {
    PriceUnit.HOUR: "19,00 € / heure",
    PriceUnit.HALF_HOUR: "19,00 € / demi-heure",
    PriceUnit.VISIT: "19,00 € / visite",
    PriceUnit.FLAT: "19,00 € au forfait",
    PriceUnit.DAY: "19,00 € / journée",
    PriceUnit.NIGHT: "19,00 € / nuit",
    PriceUnit.ITEM: "19,00 € / pièce",
    PriceUnit.QUOTE: "sur devis",
}

CUT = """select => {
  const whole = select.cloneNode(true);
  whole.style.width = "auto";
  whole.style.position = "absolute";
  select.parentElement.append(whole);
  const missing = whole.offsetWidth - select.offsetWidth;
  whole.remove();
  return missing;
}"""
"""By how many pixels a select is narrower than its longest option."""


@pytest.fixture
def phone(chromium: Browser, demo: str) -> Iterator[Page]:
    """A phone that is touched; its console may complain, of requests that fail and of what the policy refuses."""
    context = chromium.new_context(
        base_url=demo, viewport={"width": 390, "height": 844}, locale="fr-FR", has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def search(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_label(BOX).fill(text)
    page.get_by_label(BOX).press("Enter")


def standing_at(page: Page, point: dict[str, float]) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(point)  # type: ignore[arg-type]


def names(page: Page) -> list[str]:
    return page.locator("#hits h3").all_inner_texts()


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box
    return box["y"]


def said(page: Page, function: str, given: object) -> str:
    """What a function of `answer.js` says."""
    called = "async ([name, given]) => (await import('/static/graphql_api/signpost/answer.js'))[name](given)"
    return str(page.evaluate(called, [function, given]))


def about(route: Route, words: str) -> bool:
    return words in (route.request.post_data or "")


# Suggestions


def test_suggestion_is_chosen_by_keyboard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name=BOX)
    box.press_sequentially("plomb")
    expect(page.get_by_role("option").first).to_contain_text("Petite plomberie")
    expect(box).to_have_attribute("aria-expanded", "true")

    box.press("ArrowDown")

    expect(page.get_by_role("option", selected=True)).to_have_id(box.get_attribute("aria-activedescendant") or "none")
    box.press("Enter")
    expect(box).to_have_value("Petite plomberie")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#told")).to_contain_text("Compris : Petite plomberie")
    assert "q=Petite+plomberie" in page.url


def test_escape_closes_suggestions_and_keeps_the_words(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name=BOX)
    box.press_sequentially("plomb")
    expect(page.get_by_role("listbox")).to_be_visible()

    box.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("plomb")
    box.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_suggestion_is_tapped_and_the_answer_comes_into_view(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_label(BOX).tap()
    phone.keyboard.type("plomb")

    phone.get_by_role("option", name="Petite plomberie").tap()

    expect(phone.locator("#told")).to_contain_text("Compris : Petite plomberie")
    expect(phone.locator(".hit").first).to_be_in_viewport()
    expect(phone.get_by_label(BOX)).not_to_be_focused()


def test_tap_beside_suggestions_closes_them(sized_page: Page) -> None:
    sized_page.goto("/")
    sized_page.get_by_label(BOX).press_sequentially("plomb")
    expect(sized_page.get_by_role("listbox")).to_be_visible()

    sized_page.get_by_role("heading", level=1).click()

    expect(sized_page.get_by_role("listbox")).to_be_hidden()


def test_place_suggested_goes_where_places_go(sized_page: Page, size: str) -> None:
    sized_page.goto("/")
    sized_page.get_by_label(BOX).press_sequentially("couturière à la croix")
    expect(sized_page.get_by_role("option").first).to_contain_text("lieu")
    picture(sized_page, f"search-suggestions-{size}")

    sized_page.get_by_role("option", name="Croix-Rousse, Lyon lieu", exact=True).click()

    expect(sized_page.get_by_label(BOX)).to_have_value("couturière")
    expect(sized_page.get_by_label("Où ?", exact=True)).to_have_value("Croix-Rousse, Lyon")
    expect(sized_page.locator("#hits")).to_contain_text("Yvonne")


def test_expert_suggested_is_found(page: Page) -> None:
    page.goto("/")
    page.get_by_label(BOX).press_sequentially("sam")

    page.get_by_role("option", name="Samir").click()

    expect(page.locator("#hits h3")).to_have_text(["Samir B."])
    assert "loge=paris-aligre" in page.url


def test_late_suggestions_are_dropped(page: Page) -> None:
    late: list[Route] = []
    page.route(
        "**/graphql/", lambda route: late.append(route) if about(route, '"text":"plomb"') else route.continue_()
    )
    page.goto("/")
    box = page.get_by_label(BOX)
    with page.expect_request(lambda request: '"text":"plomb"' in (request.post_data or "")):
        box.press_sequentially("plomb")

    box.fill("chien")

    expect(page.get_by_role("option").first).to_contain_text("chien")
    with page.expect_response(lambda answer: '"text":"plomb"' in (answer.request.post_data or "")):
        late[0].continue_()
    page.wait_for_timeout(100)
    expect(page.get_by_role("listbox")).not_to_contain_text("plomb")


# Answers


def test_misspelt_word_is_read_and_the_reading_told(sized_page: Page, size: str) -> None:
    search(sized_page, "plonbier")

    expect(sized_page.locator("#told")).to_contain_text("Lu « plombier » au lieu de « plonbier »")
    expect(sized_page.locator("#told")).to_contain_text(re.compile(r"\d personnes"))
    samir = sized_page.locator(".hit", has_text="Samir B.")
    for told in ("La loge d'Aligre", "4,5 sur 5 (6 avis)", "Propose « Petite plomberie »", "32,00 € / heure"):
        expect(samir).to_contain_text(told)
    expect(sized_page.locator("#told").locator("a, button")).to_have_count(0)  # nobody can insist
    sized_page.get_by_text("Comment ces personnes sont classées").click()
    expect(sized_page.locator("#criteria")).to_contain_text("Jamais la commission")
    picture(sized_page, f"search-results-{size}")
    check(sized_page)


def test_ambiguous_word_asks_back_and_a_click_answers(sized_page: Page, size: str) -> None:
    search(sized_page, "clés")
    expect(sized_page.locator("#told")).to_contain_text("Garder un double")
    picture(sized_page, f"search-question-{size}")
    check(sized_page)

    sized_page.get_by_role("button", name="Garde de clés", exact=True).click()

    expect(sized_page.locator("#told")).to_contain_text("Compris : Garde de clés")
    expect(sized_page.locator("#told")).not_to_contain_text("Garder un double")
    expect(sized_page.locator("#told")).to_be_focused()
    assert names(sized_page) == ["Maëlle R."]
    assert sized_page.url.endswith("?q=cl%C3%A9s&service=garde-cles")


def test_place_in_the_words_is_told(page: Page) -> None:
    search(page, "couturière Croix-Rousse")

    expect(page.locator("#told")).to_contain_text("Compris : Ourlets et retouches · à Croix-Rousse, Lyon")
    expect(page.locator("#hits h3")).to_contain_text(["Yvonne"])


def test_words_found_in_a_presentation_are_marked(page: Page) -> None:
    search(page, "clés")

    expect(page.locator(".hit", has_text="Maëlle R.").locator("blockquote mark")).to_have_text("clés")


def test_highlights_let_nothing_but_marks_through(phone: Page) -> None:
    def spoil(route: Route) -> None:
        answer = route.fetch()
        text = re.sub(
            r'"highlights": ?\[[^\]]*\]',
            r'"highlights": ["<img src=x onerror=alert(1)>Voi<b>là</b> <mark>une <i>clé</i></mark>"]',
            answer.text(),
        )
        route.fulfill(response=answer, body=text)

    phone.route("**/graphql/", lambda route: spoil(route) if about(route, "searchExperts") else route.continue_())
    search(phone, "clés")

    quote = phone.locator("blockquote").first
    expect(quote).to_have_text("Voilà une clé")
    assert quote.evaluate("node => node.innerHTML") == "Voilà <mark>une clé</mark>"


def test_more_results_are_added_below(page: Page) -> None:
    page.goto("/?badge=CHARTER")
    expect(page.locator(".hit")).to_have_count(10)

    page.get_by_role("button", name="Voir plus").click()

    expect(page.locator(".hit")).to_have_count(20)
    expect(page.locator(".hit").nth(10)).to_be_focused()
    assert len(set(names(page))) == 20
    page.get_by_role("button", name="Voir plus").click()
    expect(page.get_by_role("button", name="Voir plus")).to_be_hidden()
    assert page.locator("#told").inner_text() == f"{page.locator('.hit').count()} personnes"


def test_whoever_comes_back_finds_all_pages_where_they_were(sized_page: Page) -> None:
    sized_page.goto("/?badge=CHARTER")
    sized_page.get_by_role("button", name="Voir plus").click()
    expect(sized_page.locator(".hit")).to_have_count(20)
    everybody = names(sized_page)
    loge = sized_page.locator(".hit").nth(17).get_by_role("link")
    loge.scroll_into_view_if_needed()
    before = sized_page.evaluate("scrollY")

    loge.click()
    sized_page.wait_for_url("**/loges/**")
    sized_page.go_back()

    expect(sized_page.locator(".hit")).to_have_count(20)
    expect(loge).to_be_in_viewport()
    assert names(sized_page) == everybody
    assert abs(sized_page.evaluate("scrollY") - before) < 2
    sized_page.get_by_label(BOX).fill("chien")
    sized_page.get_by_label(BOX).press("Enter")
    expect(sized_page.locator("#told")).to_contain_text("Compris")
    sized_page.go_back()
    expect(sized_page.locator(".hit")).to_have_count(20)


@pytest.mark.parametrize("unit", PriceUnit.values)
def test_price_says_what_it_is_for(page: Page, unit: str) -> None:
    page.goto("/")
    amount = None if unit == PriceUnit.QUOTE else {"formatted": "19,00\u00a0€"}

    told = said(page, "price", {"price": amount, "unit": unit})

    assert told.replace("\u00a0", " ") == PRICES[PriceUnit(unit)]


def test_people_found_come_before_help(sized_page: Page, size: str) -> None:
    search(sized_page, "plombier Montreuil")

    expect(sized_page.locator("#hits")).to_contain_text("Samir B.")
    expect(sized_page.locator("#help")).to_contain_text("Les loges les plus proches")
    assert top(sized_page, "#hits") < top(sized_page, "#help")
    picture(sized_page, f"search-neighbour-{size}")
    check(sized_page)


def test_words_that_were_not_understood_are_told(page: Page) -> None:
    page.goto("/")

    assert said(page, "notUnderstood", []) == ""
    assert said(page, "notUnderstood", ["bruxelles"]) == "Non compris : « bruxelles »"
    assert said(page, "notUnderstood", ["zig", "zag"]) == "Non compris : « zig » et « zag »"


# Places


def test_unknown_place_is_told_beside_its_field(sized_page: Page, size: str) -> None:
    sized_page.goto("/")
    where = sized_page.get_by_role("combobox", name="Où ?")
    sized_page.get_by_label(BOX).fill("bricoleur")
    where.fill("xyzzy")

    where.press("Enter")

    told = sized_page.locator("#near-told")
    expect(told).to_have_text("Nous ne connaissons pas le lieu « xyzzy » : voici tout le réseau.")
    assert "«\u00a0xyzzy\u00a0»\u00a0:" in (told.text_content() or "")
    expect(told).to_have_role("status")
    expect(where).to_have_accessible_description(re.compile("Nous ne connaissons pas le lieu"))
    expect(told).to_be_in_viewport()
    expect(sized_page.locator(".hit").first).to_be_visible()
    picture(sized_page, f"search-unknown-place-{size}")
    check(sized_page)
    where.fill("Aligre")
    where.press("Enter")
    expect(sized_page.locator("#told")).to_contain_text("à Aligre, Paris")
    expect(told).to_be_empty()


def test_unknown_place_promises_nobody_where_nobody_is_found(page: Page) -> None:
    page.goto("/?q=billet+d'avion&where=xyzzy")

    expect(page.locator("#near-told")).to_have_text("Nous ne connaissons pas le lieu « xyzzy ».")


def test_unknown_place_stays_told_when_more_is_shown(page: Page) -> None:
    page.goto("/?q=petits&where=pr%C3%A8s+de+la+gare")
    expect(page.locator("#near-told")).to_contain_text("« près de la gare »")

    page.get_by_role("button", name="Voir plus").click()

    expect(page.locator(".hit").nth(10)).to_be_focused()
    expect(page.locator("#near-told")).to_contain_text("« près de la gare »")


# Choices


def test_facets_refine_and_the_address_remembers(sized_page: Page, size: str) -> None:
    search(sized_page, "bricoleur")
    expect(sized_page.locator(".hit").nth(1)).to_be_visible()
    everybody = names(sized_page)
    sized_page.get_by_text("Affiner").click()
    italian = sized_page.get_by_role("button", name=re.compile("^italien"))

    italian.click()

    expect(sized_page.locator("#chosen")).to_contain_text("italien")
    expect(italian).to_have_attribute("aria-pressed", "true")
    expect(italian).to_be_focused()
    expect(sized_page.locator(".hit")).to_have_count(int(italian.locator(".count").inner_text()))
    fewer = names(sized_page)
    assert set(fewer) < set(everybody)
    picture(sized_page, f"search-facets-{size}")
    check(sized_page)
    sized_page.reload()
    expect(sized_page.locator("#chosen")).to_contain_text("italien")
    assert names(sized_page) == fewer
    sized_page.go_back()
    expect(sized_page.locator("#chosen")).to_be_empty()
    assert names(sized_page) == everybody


def test_choice_is_taken_back(page: Page) -> None:
    page.goto("/?q=bricoleur&language=it&badge=CHARTER")
    expect(page.locator("#chosen button")).to_have_count(3)

    page.get_by_role("button", name="Enlever : italien").click()

    expect(page.locator("#chosen button")).to_have_count(1)
    assert page.url.endswith("/?q=bricoleur&badge=CHARTER")


def test_other_words_let_go_of_choices_among_services(page: Page) -> None:
    page.goto("/?q=cl%C3%A9s&service=garde-cles&language=fr")
    expect(page.locator("#hits")).to_contain_text("Maëlle")

    page.get_by_label(BOX).fill("plombier")
    page.get_by_label(BOX).press("Enter")

    expect(page.locator("#told")).to_contain_text("Compris : Petite plomberie")
    assert page.url.endswith("/?q=plombier&language=fr")


def test_those_free_on_a_day_are_found(page: Page) -> None:
    search(page, "bricoleur")
    expect(page.locator("#hits")).to_be_visible()

    page.get_by_label("Libre le").fill("2026-11-26")

    expect(page.locator(".hit .free").first).to_have_text("Libre jeudi 26 novembre")
    assert page.locator(".hit").count() == page.locator(".hit .free").count()
    assert page.url.endswith("/?q=bricoleur&free=2026-11-26")


def test_soonest_come_first(page: Page) -> None:
    search(page, "bricoleur")

    page.get_by_label("Trier par").select_option("Bientôt libres")

    expect(page.locator(".hit .free").first).to_contain_text("Libre")
    assert "order=SOONEST" in page.url
    expect(page.get_by_label("Trier par")).to_have_value("SOONEST")


def test_near_me_finds_neighbours_and_offers_their_distance(sized_page: Page, size: str) -> None:
    standing_at(sized_page, ALIGRE)
    sized_page.goto("/")

    sized_page.get_by_role("button", name="Près de moi").click()

    expect(sized_page.locator(".hit").first).to_contain_text("à moins de")
    expect(sized_page.get_by_role("button", name="Près de moi", exact=True)).to_have_attribute("aria-pressed", "true")
    sized_page.get_by_label("Trier par").select_option("Les plus proches")
    expect(sized_page.locator("#criteria li").first).to_have_text("La proximité, à 200 m près")
    expect(sized_page.locator(".hit").first).to_contain_text("à moins de 200 m")
    expect(sized_page).to_have_url(re.compile(r"/\?near=48\.8\d+%2C2\.378&order=DISTANCE$"))
    picture(sized_page, f"search-near-{size}")
    check(sized_page)
    sized_page.get_by_role("button", name="Enlever : Près de moi").click()
    expect(sized_page.locator("#told")).to_contain_text("Par exemple")
    expect(sized_page.get_by_label("Trier par")).to_be_hidden()


def test_refused_position_is_told_and_nothing_lost(page: Page) -> None:
    search(page, "plonbier")
    expect(page.locator("#hits")).to_contain_text("Samir")

    page.get_by_role("button", name="Près de moi").click()

    expect(page.locator("#near-told")).to_contain_text("écrivez ici votre quartier")
    expect(page.locator("#hits")).to_contain_text("Samir")


# Nobody found


def test_dead_end_shows_ways_on(sized_page: Page, size: str) -> None:
    standing_at(sized_page, EVRY)
    search(sized_page, "plombier")
    expect(sized_page.locator("#hits")).to_be_visible()

    sized_page.get_by_role("button", name="Près de moi").click()

    expect(sized_page.locator("#told")).to_contain_text("Aucune loge ne couvre encore ce lieu")
    aid = sized_page.locator("#help")
    expect(aid.get_by_role("heading", name="Ils le proposent ailleurs", exact=True)).to_be_visible()
    expect(aid.get_by_role("heading", name="Samir B.")).to_be_visible()
    expect(aid.locator(".plain a").first).to_have_attribute("href", "/loges/paris-aligre/")
    expect(aid.locator(".plain li").first).to_contain_text(re.compile(r"à moins de \d+\skm"))
    for way, address in {
        "Voir La loge d'Aligre": "/loges/paris-aligre/",
        "Suivre les nouvelles": "/feeds/paris-aligre.xml",
        "Demander au coordinateur": "mailto:",
    }.items():
        assert address in (aid.get_by_role("link", name=way).get_attribute("href") or "")
    picture(sized_page, f"search-dead-end-{size}")
    check(sized_page)


def test_others_are_elsewhere_only_if_a_place_was_given(page: Page) -> None:
    page.goto("/?q=couture&language=pt")

    expect(page.locator("#help").get_by_role("heading", name="Ils le proposent", exact=True)).to_be_visible()
    expect(page.locator("#help")).to_contain_text("Yvonne")


def test_way_to_other_words_leads_to_the_box(page: Page) -> None:
    search(page, "billet d'avion")
    expect(page.locator("#told")).to_contain_text("Nous n'avons pas trouvé « billet d'avion »")

    page.get_by_role("button", name="Le dire autrement").click()

    expect(page.get_by_label(BOX)).to_be_focused()


def test_empty_box_says_what_to_type(sized_page: Page, size: str) -> None:
    sized_page.goto("/")
    sized_page.get_by_role("button", name="Chercher").click()
    expect(sized_page.get_by_label(BOX)).to_be_focused()
    expect(sized_page.locator("#choices button")).to_have_count(3)
    picture(sized_page, f"search-start-{size}")
    check(sized_page)

    sized_page.get_by_role("button", name="sortir le chien").click()

    expect(sized_page.get_by_label(BOX)).to_have_value("sortir le chien")
    expect(sized_page.locator(".hit").first).to_be_visible()


# Faults


def test_network_fault_is_told_in_place_and_mended(phone: Page) -> None:
    search(phone, "plonbier")
    expect(phone.locator("#hits")).to_contain_text("Samir")
    phone.route("**/graphql/", lambda route: route.abort())

    phone.get_by_label("Où ?", exact=True).fill("Aligre")
    phone.get_by_role("button", name="Chercher").click()

    expect(phone.get_by_role("alert")).to_contain_text("Le serveur ne répond pas")
    expect(phone.locator("#hits")).to_be_hidden()  # they answered other words
    expect(phone.locator("#told")).to_be_empty()
    expect(phone.get_by_label("Où ?", exact=True)).to_have_value("Aligre")
    picture(phone, "search-fault-phone")
    check(phone)
    phone.unroute("**/graphql/")
    phone.get_by_role("button", name="Réessayer").click()
    expect(phone.locator("#told")).to_contain_text("à Aligre, Paris")
    expect(phone.get_by_role("alert")).to_be_empty()


def test_fault_takes_no_focus_away_and_leaves_the_choices(phone: Page) -> None:
    search(phone, "bricoleur")
    phone.get_by_text("Affiner").click()
    phone.route("**/graphql/", lambda route: route.abort())

    phone.get_by_role("button", name=re.compile("^italien")).click()

    expect(phone.get_by_role("button", name="Réessayer")).to_be_focused()
    expect(phone.locator("#hits")).to_be_hidden()
    expect(phone.locator("#chosen")).to_contain_text("italien")
    phone.get_by_role("button", name="Réessayer").click()
    expect(phone.get_by_role("button", name="Réessayer")).to_be_focused()


def test_fault_of_the_next_page_leaves_the_first(phone: Page) -> None:
    phone.goto("/?badge=CHARTER")
    expect(phone.locator(".hit")).to_have_count(10)
    phone.route("**/graphql/", lambda route: route.abort())

    phone.get_by_role("button", name="Voir plus").click()

    expect(phone.get_by_role("alert")).to_contain_text("Le serveur ne répond pas")
    expect(phone.locator(".hit")).to_have_count(10)
    phone.unroute("**/graphql/")
    phone.get_by_role("button", name="Réessayer").click()
    expect(phone.locator(".hit")).to_have_count(20)


def test_refused_day_is_told_in_french(page: Page) -> None:
    page.goto("/?q=plombier&free=2020-01-01")

    expect(page.get_by_role("alert")).to_contain_text("Choisissez un jour à venir")
    page.get_by_role("button", name="Enlever les filtres").click()
    expect(page.locator("#hits")).to_contain_text("Samir")


def test_slow_answer_shows_that_it_is_coming(page: Page) -> None:
    late: list[Route] = []
    page.route(
        "**/graphql/", lambda route: late.append(route) if about(route, "searchExperts") else route.continue_()
    )

    search(page, "plombier")

    expect(page.locator("#progress")).to_have_text("Recherche en cours…")
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "true")
    late[0].continue_()
    expect(page.locator("#hits")).to_contain_text("Samir")
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#progress")).to_be_empty()


def test_late_answer_to_older_words_is_dropped(page: Page) -> None:
    late: list[Route] = []
    page.route(
        "**/graphql/", lambda route: late.append(route) if about(route, '"text":"chien"') else route.continue_()
    )
    page.goto("/?q=chien")
    page.wait_for_timeout(200)

    page.get_by_label(BOX).fill("plombier")
    page.get_by_label(BOX).press("Enter")

    expect(page.locator("#told")).to_contain_text("Compris : Petite plomberie")
    late[0].abort()
    page.wait_for_timeout(100)
    expect(page.locator("#told")).to_contain_text("Compris : Petite plomberie")


def test_long_words_widen_nothing(sized_page: Page) -> None:
    search(sized_page, "m" * 200)

    expect(sized_page.locator("#told")).to_contain_text("mmm")
    assert overflow(sized_page) == 0


# Fingers, and browsers without JavaScript


def test_select_shows_its_longest_option(sized_page: Page) -> None:
    sized_page.goto("/?q=bricoleur&near=48.849,2.378")
    expect(sized_page.get_by_label("Trier par")).to_be_visible()

    assert sized_page.get_by_label("Trier par").evaluate(CUT) <= 0


def test_links_are_large_enough_for_a_finger(sized_page: Page) -> None:
    search(sized_page, "plombier Montreuil")
    expect(sized_page.locator("#loges .cards")).to_be_visible()
    expect(sized_page.locator("#help a").first).to_be_visible()

    links = sized_page.locator("main a:visible")

    assert len(links.all()) > 15
    assert {
        link.inner_text(): size for link in links.all() if (size := link.bounding_box()) and size["height"] < 24
    } == {}


@pytest.fixture
def still(chromium: Browser, demo: str, size: str) -> Iterator[Page]:
    """A window of either size that runs no script."""
    width = 1280 if size == "desktop" else 390
    context = chromium.new_context(
        base_url=demo, viewport={"width": width, "height": 844}, locale="fr-FR", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def test_page_without_javascript_says_so_and_keeps_the_words(still: Page, size: str) -> None:
    still.goto("/")
    told = still.locator("#recherche noscript p")  # Playwright sees neither roles nor texts of a noscript itself
    expect(told).to_contain_text("Cette recherche a besoin de JavaScript")
    expect(told.locator("a", has_text="GraphiQL")).to_have_attribute("href", "/graphql/")
    still.get_by_label(BOX).fill('un "robinet" <goutte>')
    still.get_by_label("Où ?", exact=True).fill("Aligre")

    still.get_by_role("button", name="Chercher").click()

    still.wait_for_url("**/?q=*")
    expect(still.get_by_label(BOX)).to_have_value('un "robinet" <goutte>')
    expect(still.get_by_label("Où ?", exact=True)).to_have_value("Aligre")
    expect(still.locator("#loges")).not_to_contain_text("Chargement")
    picture(still, f"search-without-javascript-{size}")
    told.locator("a", has_text="Les pages des loges").click()
    expect(still.get_by_role("heading", level=1)).to_contain_text("loges")
