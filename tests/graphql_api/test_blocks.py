"""Every block through the API: with everything filled in, with everything empty, with what it names gone."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.block_tree import BODY
from cms.models import Document
from tests.factories import (
    EventFactory,
    EventOccurrenceFactory,
    ExpertProfileFactory,
    LogeFactory,
    OfferFactory,
    ServiceFactory,
)
from tests.factories.pages import BlogPostPageFactory, FaqEntryFactory, PartnerFactory, PictureFactory
from tests.graphql_api import site
from tests.graphql_api.site import Ask

pytestmark = pytest.mark.usefixtures("policy")

ASKED = {
    "rich_text": "text { html text ast references { __typename } }",
    "heading": "heading level",
    "quote": "quote author",
    "faq": "heading items { question answer { html } }",
    "steps": "heading steps { title text { html } }",
    "checklist": "heading entries",
    "image": "caption image { alt }",
    "gallery": "heading images { caption image { alt } }",
    "call_to_action": "label page { title path } url style",
    "download": "label document { title filename sizeBytes mimeType }",
    "experts": "heading experts { slug }",
    "events": "heading occurrences { event { slug } }",
    "services": "heading services { slug }",
    "money": "heading example { total { cents } shares { kind } }",
    "tips": "heading tips { title text { html } url }",
    "place": "name address directions latitude longitude",
    "press": "heading links { title outlet url on }",
    "partners": "heading partners { name kind url image { alt } }",
}
"""Block -> everything that may be asked of it."""


def told_as(kind: str) -> str:
    """The type that tells a kind of block: call_to_action is CallToActionBlock."""
    return "".join(part.title() for part in kind.split("_")) + "Block"


def selection(*kinds: str) -> str:
    """What to ask of a body that has blocks of these kinds. Nothing has an alias: one name means one type."""
    return " ".join(
        ["__typename ... on Block { id }", *(f"... on {told_as(kind)} {{ {ASKED[kind]} }}" for kind in kinds)]
    )


def listed(*values: Any) -> list[dict[str, Any]]:
    """A list as the editor keeps it."""
    return [{"type": "item", "id": f"point-{number}", "value": value} for number, value in enumerate(values)]


def told(ask: Ask, *blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    """The blocks of the front page as the API tells them."""
    site.home(*blocks)
    kinds = dict.fromkeys(kind for kind, _ in blocks)
    found: list[dict[str, Any]] = ask(f"{{ homePage {{ body {{ {selection(*kinds)} }} }} }}")["homePage"]["body"]
    return found


def one(ask: Ask, kind: str, value: Any) -> dict[str, Any]:
    """A block as the API tells it."""
    (block,) = told(ask, (kind, value))
    assert (block.pop("__typename"), block.pop("id")) == (told_as(kind), "bloc-0")
    return block


def document(name: str = "charte.txt") -> Document:
    return Document.objects.create(title="La charte", file=SimpleUploadedFile(name, b"Bonjour"))


def small_picture() -> Any:
    return PictureFactory(drawn_width=40, drawn_height=30, description="Du fichier")


def test_every_block_is_tried() -> None:
    assert set(ASKED) == set(BODY.child_blocks)


# --- Everything filled in -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("heading", {"heading": "Nos clés", "level": "h3"}),
        ("quote", {"quote": "Bonjour !", "author": "Awa"}),
        (
            "place",
            {
                "name": "Le Zinc",
                "address": "12 place d'Aligre",
                "directions": "Métro 8",
                "latitude": 48.849,
                "longitude": 2.378,
            },
        ),
    ],
)
def test_block_of_words_tells_all_it_holds(ask: Ask, kind: str, value: dict[str, Any]) -> None:
    assert one(ask, kind, value) == value


def test_rich_text_is_told_in_three_ways(ask: Ask) -> None:
    source = '<h2 data-block-key="a">Bonjour</h2><p>Un <b>mot</b>, <a href="https://example.org/">là</a></p><ul><li>un</li></ul>'

    found = one(ask, "rich_text", source)["text"]

    assert (
        found["html"]
        == '<h2>Bonjour</h2><p>Un <b>mot</b>, <a href="https://example.org/">là</a></p><ul><li>un</li></ul>'
    )
    assert found["text"] == "Bonjour\n\nUn mot, là\n\nun"
    assert [node["type"] for node in found["ast"]] == ["heading-two", "paragraph", "bulleted-list"]
    assert found["references"] == []


def test_faq_tells_the_page_s_own_questions_then_the_shared_ones(ask: Ask) -> None:
    shared = [FaqEntryFactory(question=f"Commune {n} ?", answer="<p>Oui.</p>") for n in (1, 2)]
    own = {"question": "Ici ?", "answer": "<p>Non.</p>"}

    found = one(
        ask,
        "faq",
        {"heading": "Bon à savoir", "items": listed(own), "shared_items": listed(shared[1].pk, shared[0].pk)},
    )

    assert found == {
        "heading": "Bon à savoir",
        "items": [
            {"question": "Ici ?", "answer": {"html": "<p>Non.</p>"}},
            {"question": "Commune 2 ?", "answer": {"html": "<p>Oui.</p>"}},
            {"question": "Commune 1 ?", "answer": {"html": "<p>Oui.</p>"}},
        ],
    }


def test_shared_answer_that_is_corrected_changes_everywhere(ask: Ask) -> None:
    entry = FaqEntryFactory(answer="<p>Oui.</p>")
    value = {"items": [], "shared_items": listed(entry.pk)}
    one(ask, "faq", value)

    entry.answer = "<p>Non.</p>"
    entry.save()

    assert one(ask, "faq", value)["items"] == [{"question": entry.question, "answer": {"html": "<p>Non.</p>"}}]


def test_steps_tips_checklist_and_press_keep_their_order(ask: Ask) -> None:
    blocks = told(
        ask,
        ("steps", {"heading": "D'abord", "steps": listed(*({"title": t, "text": f"<p>{t}</p>"} for t in "ba"))}),
        (
            "tips",
            {
                "heading": "Tuyaux",
                "tips": listed(
                    {"title": "Le cordonnier", "text": "<p>Bien.</p>", "url": "https://cordonnier.example/"}
                ),
            },
        ),
        ("checklist", {"heading": "Avant", "entries": listed("Saluer", "Ouvrir")}),
        (
            "press",
            {
                "heading": "On parle de nous",
                "links": listed(
                    {
                        "title": "Une loge",
                        "outlet": "La Gazette",
                        "url": "https://gazette.example/",
                        "on": "2026-02-01",
                    }
                ),
            },
        ),
    )

    assert blocks[0]["steps"] == [{"title": t, "text": {"html": f"<p>{t}</p>"}} for t in "ba"]
    assert blocks[1]["tips"] == [
        {"title": "Le cordonnier", "text": {"html": "<p>Bien.</p>"}, "url": "https://cordonnier.example/"}
    ]
    assert (blocks[2]["heading"], blocks[2]["entries"]) == ("Avant", ["Saluer", "Ouvrir"])
    assert blocks[3]["links"] == [
        {"title": "Une loge", "outlet": "La Gazette", "url": "https://gazette.example/", "on": "2026-02-01"}
    ]


def test_picture_is_described_by_the_block_and_else_by_its_file(ask: Ask) -> None:
    picture = small_picture()
    figures = [{"image": picture.pk, "alt": alt, "caption": "Samedi"} for alt in ("Du bloc", "")]

    assert one(ask, "image", figures[0]) == {"caption": "Samedi", "image": {"alt": "Du bloc"}}
    assert one(ask, "gallery", {"heading": "En images", "images": listed(*figures)}) == {
        "heading": "En images",
        "images": [
            {"caption": "Samedi", "image": {"alt": "Du bloc"}},
            {"caption": "Samedi", "image": {"alt": "Du fichier"}},
        ],
    }


def test_button_leads_to_a_page_or_elsewhere(ask: Ask) -> None:
    page = BlogPostPageFactory(title="Un article", slug="article")

    inside = one(ask, "call_to_action", {"label": "Lire", "page": page.pk, "url": "", "style": "secondary"})
    outside = one(
        ask, "call_to_action", {"label": "Voir", "page": None, "url": "https://x.example/", "style": "primary"}
    )

    assert inside == {
        "label": "Lire",
        "page": {"title": "Un article", "path": "/blog/article/"},
        "url": "",
        "style": "secondary",
    }
    assert outside == {"label": "Voir", "page": None, "url": "https://x.example/", "style": "primary"}


def test_download_tells_its_file(ask: Ask) -> None:
    found = one(ask, "download", {"label": "Télécharger", "document": document().pk})

    assert found["label"] == "Télécharger"
    assert found["document"].pop("filename").startswith("charte")
    assert found["document"] == {"title": "La charte", "sizeBytes": 7, "mimeType": "text/plain"}


def test_partners_are_the_page_s_own_then_the_network_s(ask: Ask) -> None:
    shared = PartnerFactory(name="La Mairie", kind="mairie", url="https://mairie.example/", image=small_picture())
    own = {"name": "Le Zinc", "kind": "café", "url": "https://zinc.example/", "image": small_picture().pk}

    found = one(ask, "partners", {"heading": "Avec", "partners": listed(own), "shared_partners": listed(shared.pk)})

    assert found == {
        "heading": "Avec",
        "partners": [
            {"name": "Le Zinc", "kind": "café", "url": "https://zinc.example/", "image": {"alt": "Du fichier"}},
            {"name": "La Mairie", "kind": "mairie", "url": "https://mairie.example/", "image": {"alt": "Du fichier"}},
        ],
    }


def test_blocks_that_ask_the_domain_answer_of_the_network_and_of_a_loge(ask: Ask) -> None:
    loge = LogeFactory(active=True, slug="aligre")
    expert = ExpertProfileFactory(loge=loge, published=True, slug="ines")
    service = ServiceFactory(slug="a-la-loge")
    OfferFactory(expert=expert, service=service)
    other = OfferFactory(expert__published=True, expert__slug="ailleurs").service
    EventOccurrenceFactory(event=EventFactory(loge=loge, slug="cafe"))
    EventOccurrenceFactory(event__slug="autre-cafe")
    blocks = [
        ("experts", {"heading": "Qui", "limit": 12}),
        ("experts", {"heading": "D'une famille", "family": service.family_id, "limit": 12}),
        ("events", {"heading": "Quand", "limit": 9}),
        ("services", {"heading": "Quoi"}),
        ("money", {"heading": "Combien", "price_cents": 10_000}),
    ]
    site.loge_page(loge, *blocks)

    network = told(ask, *blocks)
    kinds = selection("experts", "events", "services", "money")
    own = ask(f'{{ loge(slug: "aligre") {{ page {{ body {{ {kinds} }} }} }} }}')["loge"]["page"]["body"]

    assert {row["slug"] for row in network[0]["experts"]} == {"ines", "ailleurs"}
    assert [row["slug"] for row in network[1]["experts"]] == ["ines"]
    assert {row["event"]["slug"] for row in network[2]["occurrences"]} == {"cafe", "autre-cafe"}
    assert {"a-la-loge", other.slug} <= {row["slug"] for row in network[3]["services"]}
    assert [row["slug"] for row in own[0]["experts"]] == ["ines"]
    assert [row["event"]["slug"] for row in own[2]["occurrences"]] == ["cafe"]
    assert [row["slug"] for row in own[3]["services"]] == ["a-la-loge"]
    assert network[4]["example"]["total"] == own[4]["example"]["total"] == {"cents": 10_000}


# --- Everything empty -----------------------------------------------------------------------------

NOTHING = {"html": ""}
EMPTY: dict[str, Any] = {
    "rich_text": {"text": {"html": "", "text": "", "ast": [], "references": []}},
    "heading": {"heading": "", "level": ""},
    "quote": {"quote": "", "author": ""},
    "faq": {"heading": "", "items": []},
    "steps": {"heading": "", "steps": []},
    "checklist": {"heading": "", "entries": []},
    "image": {"caption": "", "image": None},
    "gallery": {"heading": "", "images": []},
    "call_to_action": {"label": "", "page": None, "url": "", "style": ""},
    "download": {"label": "", "document": None},
    "experts": {"heading": "", "experts": []},
    "events": {"heading": "", "occurrences": []},
    "tips": {"heading": "", "tips": []},
    "place": {"name": "", "address": "", "directions": "", "latitude": None, "longitude": None},
    "press": {"heading": "", "links": []},
    "partners": {"heading": "", "partners": []},
}
"""Block -> what it tells when nothing is filled in. Those that answer with what there is anyway stand below."""


def nulled(kind: str) -> Any:
    """A block's value with every field there and none filled in."""
    block = BODY.child_blocks[kind]
    return dict.fromkeys(block.child_blocks) if hasattr(block, "child_blocks") else None


@pytest.mark.parametrize("kind", EMPTY)
def test_block_that_is_empty_in_a_draft_is_told_empty(ask: Ask, kind: str) -> None:
    expected = EMPTY[kind]

    for value in ("" if kind == "rich_text" else {}, nulled(kind), None):
        assert one(ask, kind, value) == expected, value


def test_blocks_that_ask_the_domain_answer_though_empty(ask: Ask) -> None:
    service = ServiceFactory()

    for value in ({}, nulled("services"), None):
        services, money = told(ask, ("services", value), ("money", value))
        assert service.slug in {row["slug"] for row in services["services"]}
        assert (money["heading"], money["example"]["total"]) == ("", {"cents": 6_000})


@pytest.mark.parametrize(
    ("kind", "field", "inside", "expected"),
    [
        ("faq", "items", "items", {"question": "", "answer": NOTHING}),
        ("steps", "steps", "steps", {"title": "", "text": NOTHING}),
        ("checklist", "entries", "entries", ""),
        ("gallery", "images", "images", {"caption": "", "image": None}),
        ("tips", "tips", "tips", {"title": "", "text": NOTHING, "url": ""}),
        ("press", "links", "links", {"title": "", "outlet": "", "url": "", "on": None}),
        ("partners", "partners", "partners", {"name": "", "kind": "", "url": "", "image": None}),
    ],
)
def test_items_that_are_empty_in_a_draft_are_told_empty(
    ask: Ask, kind: str, field: str, inside: str, expected: Any
) -> None:
    hollow: Any = "" if expected == "" else {}

    found = one(ask, kind, {field: [*listed(hollow, None), hollow]})  # lists of long ago hold bare values

    assert found[inside] == [expected] * 3


def test_page_of_all_blocks_empty_and_of_unknown_ones_is_answered(ask: Ask) -> None:
    blocks = [(kind, "" if kind == "rich_text" else {}) for kind in ASKED]

    found = told(ask, *blocks)

    assert [block["__typename"] for block in found] == [told_as(kind) for kind in ASKED]
    site.home(*blocks, ("disparu", {"heading": "x"}))
    assert len(ask("{ homePage { body { __typename } } }")["homePage"]["body"]) == len(ASKED)


# --- What is gone ---------------------------------------------------------------------------------

HOLES: dict[str, tuple[str, dict[str, Any], Any]] = {
    "picture": ("image", {"image": 999, "alt": "x", "caption": "c"}, {"caption": "c", "image": None}),
    "picture of a gallery": (
        "gallery",
        {"heading": "", "images": listed({"image": 999, "alt": "x", "caption": "c"})},
        {"heading": "", "images": [{"caption": "c", "image": None}]},
    ),
    "picture of a partner": (
        "partners",
        {"heading": "", "partners": listed({"name": "Le Zinc", "image": 999}), "shared_partners": []},
        {"heading": "", "partners": [{"name": "Le Zinc", "kind": "", "url": "", "image": None}]},
    ),
    "page": (
        "call_to_action",
        {"label": "Lire", "page": 999_999, "url": "", "style": "primary"},
        {"label": "Lire", "page": None, "url": "", "style": "primary"},
    ),
    "document": ("download", {"label": "Lire", "document": 999}, {"label": "Lire", "document": None}),
    "family": ("experts", {"heading": "", "family": 999_999, "limit": 3}, {"heading": "", "experts": []}),
    "shared question": ("faq", {"heading": "", "shared_items": listed(999, None)}, {"heading": "", "items": []}),
    "shared partner": (
        "partners",
        {"heading": "", "shared_partners": listed(999, None)},
        {"heading": "", "partners": []},
    ),
}


@pytest.mark.parametrize(("kind", "value", "expected"), HOLES.values(), ids=HOLES)
def test_reference_to_what_is_not_there_leaves_a_hole(ask: Ask, kind: str, value: Any, expected: Any) -> None:
    ExpertProfileFactory(published=True)

    assert one(ask, kind, value) == expected


def test_link_to_what_is_not_there_leaves_its_words(ask: Ask) -> None:
    found = one(
        ask,
        "rich_text",
        '<p><a linktype="page" id="999999">page</a> <a linktype="document" id="999">fichier</a></p>',
    )["text"]

    assert (found["html"], found["text"], found["references"]) == ("<p>page fichier</p>", "page fichier", [])
    assert "href" not in json.dumps(found["ast"])


def test_what_is_deleted_after_it_was_chosen_leaves_holes(ask: Ask) -> None:
    picture, file, page = small_picture(), document(), BlogPostPageFactory()
    entry, partner = FaqEntryFactory(), PartnerFactory(image=picture)
    blocks = [
        ("image", {"image": picture.pk, "alt": "x", "caption": ""}),
        ("download", {"label": "Lire", "document": file.pk}),
        ("call_to_action", {"label": "Lire", "page": page.pk}),
        ("faq", {"items": listed({"question": "Ici ?", "answer": ""}), "shared_items": listed(entry.pk)}),
        ("partners", {"partners": [], "shared_partners": listed(partner.pk)}),
    ]
    before = told(ask, *blocks)

    for thing in (picture, file, page, entry):
        thing.delete()
    after = told(ask, *blocks)

    assert before[0]["image"]
    assert before[1]["document"]
    assert before[2]["page"]
    assert len(before[3]["items"]) == 2
    assert before[4]["partners"][0]["image"]
    assert (after[0]["image"], after[1]["document"], after[2]["page"]) == (None, None, None)
    assert [item["question"] for item in after[3]["items"]] == ["Ici ?"]
    assert [(row["name"], row["image"]) for row in after[4]["partners"]] == [(partner.name, None)]
