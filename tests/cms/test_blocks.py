"""The blocks: what they refuse, what they show empty and full, and their previews."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from cms import domain_blocks, first_day
from cms.blocks import Body
from cms.blocks.media import ImageBlock
from cms.models import Picture, SiteTexts
from loges.actions import money
from loges.models import CommissionPolicy, Person
from tests.cms.conftest import Place
from tests.cms.desk import at_desk, body, edit_url, errors_of, send
from tests.factories import NOW, TODAY, EventFactory, EventOccurrenceFactory, ExpertProfileFactory, LogeFactory
from tests.factories.pages import EventPageFactory, LogePageFactory, PictureFactory

pytestmark = pytest.mark.django_db

EMPTY: dict[str, Any] = {
    "rich_text": "",
    "heading": {"heading": "", "level": "h2"},
    "faq": {"heading": "", "items": [], "shared_items": []},
    "checklist": {"heading": "", "entries": []},
    "gallery": {"heading": "", "images": []},
    "call_to_action": {"label": "", "page": None, "url": "", "style": "primary"},
    "download": {"label": "", "document": None},
    "services": {"heading": ""},
    "tips": {"heading": "", "tips": []},
    "place": {"name": "", "address": "", "directions": "", "latitude": None, "longitude": None},
    "press": {"heading": "", "links": []},
    "partners": {"heading": "", "partners": [], "shared_partners": []},
    "image": {"image": None, "alt": "", "caption": ""},
    "quote": {"quote": "", "author": ""},
    "steps": {"heading": "", "steps": []},
    "experts": {"heading": "", "limit": None},
    "events": {"heading": "", "limit": None},
    "money": {"heading": "", "price_cents": None},
}


@pytest.fixture(autouse=True)
def _policy(db: None) -> None:
    first_day.prepare()


def rendered(kind: str, raw: Any, page: Any = None) -> BeautifulSoup:
    block = Body().child_blocks[kind]
    return BeautifulSoup(block.render(block.to_python(raw), {"page": page} if page else {}), "html.parser")


def picture_value(**changes: Any) -> Any:
    return ImageBlock().to_python({"image": PictureFactory().pk, "alt": "Une table", "caption": "", **changes})


def test_every_block_is_tried() -> None:
    assert set(EMPTY) == set(Body().child_blocks)


@pytest.mark.parametrize("kind", EMPTY)
def test_block_renders_empty(kind: str) -> None:
    shown = rendered(kind, EMPTY[kind])

    assert "None" not in shown.text
    assert shown.find("img", src=False) is None


def test_picture_without_a_description_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        ImageBlock().clean(picture_value(alt=""))

    assert set(caught.value.block_errors) == {"alt"}


def test_picture_with_a_description_is_accepted() -> None:
    cleaned = ImageBlock().clean(picture_value())

    assert cleaned["alt"] == "Une table"


def test_picture_without_a_description_is_refused_by_the_form(here: Place) -> None:
    picture = PictureFactory(collection=here.loge.collection.collection)
    words = body(("image", {"image": picture.pk, "alt": "", "caption": ""}))

    answer = send(here.client, edit_url(here.page), "publish", tagline="Perdu ?", **words)

    assert answer.status_code == 200
    assert "body" in errors_of(answer)
    assert "Perdu ?" in answer.text
    assert here.page.tagline == ""


def test_picture_is_shown_with_its_description_and_caption() -> None:
    raw = {"image": PictureFactory().pk, "alt": 'Une table "mise"', "caption": "<b>Samedi</b>"}

    shown = rendered("image", raw)

    assert shown.img is not None
    assert shown.img["alt"] == 'Une table "mise"'
    assert shown.figcaption is not None
    assert shown.figcaption.text == "<b>Samedi</b>"


def test_picture_that_was_deleted_is_left_out() -> None:
    raw = {"image": PictureFactory().pk, "alt": "Une table", "caption": ""}
    Picture.objects.all().delete()

    shown = rendered("image", raw)

    assert shown.img is None


def test_quote_is_shown_with_who_said_it() -> None:
    shown = rendered("quote", {"quote": "On dit <bonjour>.", "author": "Maëlle"})

    assert shown.blockquote is not None
    assert shown.blockquote.p is not None
    assert shown.blockquote.p.text == "«\u00a0On dit <bonjour>.\u00a0»"
    assert shown.figcaption is not None
    assert shown.figcaption.text == "Maëlle"


def test_steps_are_numbered() -> None:
    steps = [{"title": f"Étape {n}", "text": f"Faire {n}"} for n in (1, 2)]

    shown = rendered("steps", {"heading": "Comment", "steps": steps})

    assert shown.h2 is not None
    assert shown.h2.text == "Comment"
    assert [item.strong.text for item in shown.select("ol.steps > li") if item.strong] == ["Étape 1", "Étape 2"]
    assert "Faire 2" in shown.text


def test_experts_are_those_of_the_page_and_published() -> None:
    page = LogePageFactory()
    ExpertProfileFactory(loge=page.loge, published=True, headline="Du pain")
    ExpertProfileFactory(loge=page.loge, headline="Brouillon")
    ExpertProfileFactory(loge=LogeFactory(active=True), published=True, headline="Ailleurs")

    shown = rendered("experts", {"heading": "L'équipe", "limit": 12}, page)
    of_all = rendered("experts", {"heading": "", "limit": 12})

    assert [item.text for item in shown.select("li > p")] == ["Du pain"]
    assert {"Du pain", "Ailleurs"} <= {item.text for item in of_all.select("li > p")}
    assert "Brouillon" not in of_all.text


def test_experts_are_no_more_than_asked() -> None:
    page = LogePageFactory()
    for _ in range(3):
        ExpertProfileFactory(loge=page.loge, published=True)

    shown = rendered("experts", {"heading": "", "limit": 2}, page)

    assert len(shown.find_all("li")) == 2


def test_events_are_the_next_of_the_page() -> None:
    page = LogePageFactory()
    for title, days in (("Passé", -7), ("Bientôt", 7), ("Plus tard", 14)):
        event = EventFactory(loge=page.loge, title=title)
        EventOccurrenceFactory(event=event, starts_at=NOW + timedelta(days=days))
    EventOccurrenceFactory(event__title="Ailleurs", starts_at=NOW + timedelta(days=3))

    shown = rendered("events", {"heading": "", "limit": 3}, page)

    assert [item.text for item in shown.find_all("a")] == ["Bientôt", "Plus tard"]
    assert "lundi 9 mars 2026, 10 h 00" in shown.text


def test_event_that_is_cancelled_says_so() -> None:
    page = LogePageFactory()
    event = EventFactory(loge=page.loge)
    EventOccurrenceFactory(event=event, starts_at=NOW + timedelta(days=7), cancelled=True)

    shown = rendered("events", {"heading": "", "limit": 3}, page)

    assert shown.strong.text == "annulé"


def test_events_on_an_event_page_are_those_of_its_loge() -> None:
    page = EventPageFactory()
    loge = page.get_parent().specific.loge
    EventOccurrenceFactory(event=EventFactory(loge=loge, title="Ici"), starts_at=NOW + timedelta(days=7))
    EventOccurrenceFactory(event__title="Ailleurs", starts_at=NOW + timedelta(days=3))

    shown = rendered("events", {"heading": "", "limit": 3}, page)

    assert [item.text for item in shown.find_all("a")] == ["Ici"]


def cents(text: str) -> int:
    digits = "".join(character for character in text if character.isdigit() or character == ",")
    euros, _, rest = digits.partition(",")
    return int(euros) * 100 + int(rest)


@pytest.mark.parametrize("price_cents", [100, 4898, 6000, 9999, 1_000_000])
@pytest.mark.parametrize("coordinator_rate", [835, 1200])
def test_money_adds_up_to_the_price_under_any_policy(price_cents: int, coordinator_rate: int) -> None:
    if coordinator_rate != 835:
        CommissionPolicy.objects.all().delete()
        money.adopt(
            by=None,
            version="essai",
            coordinator_basis_points=coordinator_rate,
            openloge_basis_points=500,
            valid_from_on=TODAY - timedelta(days=1),
        )

    shown = rendered("money", {"heading": "", "price_cents": price_cents})

    lines = [cents(cell.text) for cell in shown.find_all("td")]
    assert len(lines) == 4
    assert sum(lines) == price_cents
    assert f"({domain_blocks.percent(coordinator_rate)} HT)" in shown.text


def test_money_is_shown_beside_the_words_about_the_commission(client: Client) -> None:
    page = LogePageFactory(body=[("money", {"heading": "", "price_cents": 6000})])
    private = LogePageFactory(live=False)
    links = "".join(f'<a linktype="page" id="{to.pk}">{label}</a>' for to, label in ((page, "ici"), (private, "là")))
    text = f"<p>Le <b>reste</b> va à qui fait. {links}</p>"
    SiteTexts.objects.create(site=Site.objects.get(), commission_text=text)

    block = BeautifulSoup(client.get(page.url).content, "html.parser").find("section", class_="block-money")

    assert block is not None
    assert block.find("b").text == "reste"
    assert [link.text for link in block.find_all("a")] == ["ici"]


@pytest.mark.parametrize("kind", EMPTY)
def test_block_preview_is_shown_to_editors(kind: str, administrator: Person) -> None:
    block = Body().child_blocks[kind]

    answer = at_desk(administrator).get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert answer.status_code == 200


def test_draft_keeps_a_button_that_leads_nowhere_yet(here: Place) -> None:
    words = body(("call_to_action", EMPTY["call_to_action"] | {"label": "Venir", "page": ""}))

    kept = send(here.client, edit_url(here.page), **words)
    published = send(here.client, edit_url(here.page), "publish", **words)

    assert kept.status_code == 302, errors_of(kept)
    assert "body" in errors_of(published)
