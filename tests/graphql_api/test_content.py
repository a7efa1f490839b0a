"""What editors compose: every block, links to public pages only, the front page."""

from typing import Any

import pytest

from cms.models import EditorialPage
from tests.factories import (
    NOW,
    EventFactory,
    EventOccurrenceFactory,
    ExpertProfileFactory,
    LogeFactory,
)
from tests.graphql_api import site
from tests.graphql_api.site import SECRET, Ask

HOME = """{ homePage {
  title summary cover { alt }
  body {
    __typename ... on Block { id }
    ... on RichTextBlock { text { html } }
    ... on ImageBlock { caption image { alt } }
    ... on QuoteBlock { quote author }
    ... on StepsBlock { heading steps { title text { html } } }
    ... on ExpertsBlock { heading experts { slug } }
    ... on EventsBlock { heading occurrences { event { slug } } }
    ... on MoneyBlock { heading example { total { cents } shares { kind } } }
  }
} }"""


def told(ask: Ask, *blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    """The blocks of the front page as GraphQL tells them."""
    site.home(*blocks)
    return ask(HOME)["homePage"]["body"]


def html_of(ask: Ask, source: str) -> str:
    """A rich text as GraphQL tells it."""
    (block,) = told(ask, ("rich_text", source))
    return block["text"]["html"]


def test_home_page_answers_every_kind_of_block(ask: Ask, policy: None) -> None:
    ExpertProfileFactory(published=True, slug="ines")
    EventOccurrenceFactory(event__slug="cafe")
    site.home(
        ("rich_text", "<p>Bonjour</p>"),
        ("image", {"image": 99, "alt": "Un marché", "caption": "Samedi"}),
        ("quote", {"quote": "Oui", "author": "Awa"}),
        (
            "steps",
            {"heading": "D'abord", "steps": [{"type": "item", "id": "x", "value": {"title": "1", "text": "a"}}]},
        ),
        ("experts", {"heading": "L'équipe", "limit": 12}),
        ("events", {"heading": "", "limit": 3}),
        ("money", {"heading": "Où va l'argent ?", "price_cents": 6_000}),
        title="OpenLoge",
        summary="Un réseau.",
    )

    found = ask(HOME)["homePage"]

    assert (found["title"], found["summary"], found["cover"]) == ("OpenLoge", "Un réseau.", None)
    shares = found["body"][-1]["example"].pop("shares")
    assert [share["kind"] for share in shares] == ["EXPERT", "COORDINATOR", "OPENLOGE"]
    assert found["body"] == [
        {"__typename": "RichTextBlock", "id": "bloc-0", "text": {"html": "<p>Bonjour</p>"}},
        {"__typename": "ImageBlock", "id": "bloc-1", "caption": "Samedi", "image": None},
        {"__typename": "QuoteBlock", "id": "bloc-2", "quote": "Oui", "author": "Awa"},
        {
            "__typename": "StepsBlock",
            "id": "bloc-3",
            "heading": "D'abord",
            "steps": [{"title": "1", "text": {"html": "a"}}],
        },
        {"__typename": "ExpertsBlock", "id": "bloc-4", "heading": "L'équipe", "experts": [{"slug": "ines"}]},
        {"__typename": "EventsBlock", "id": "bloc-5", "heading": "", "occurrences": [{"event": {"slug": "cafe"}}]},
        {
            "__typename": "MoneyBlock",
            "id": "bloc-6",
            "heading": "Où va l'argent ?",
            "example": {"total": {"cents": 6_000}},
        },
    ]


def test_home_page_before_there_is_one_is_null(ask: Ask, home_page: Any) -> None:
    home_page.delete()

    assert ask(HOME)["homePage"] is None


def test_home_page_restricted_or_taken_offline_is_null(ask: Ask, home_page: Any) -> None:
    site.restrict(home_page)
    restricted = ask(HOME)["homePage"]

    home_page.view_restrictions.all().delete()
    home_page.unpublish()

    assert (restricted, ask(HOME)["homePage"]) == (None, None)


def test_home_page_with_a_draft_shows_what_is_published(ask: Ask, home_page: Any) -> None:
    home_page.title = SECRET
    home_page.save_revision(clean=False)

    assert ask(HOME)["homePage"]["title"] == "OpenLoge"


def test_blocks_of_experts_and_events_show_the_loge_s_own_and_no_more_than_their_limit(ask: Ask) -> None:
    loge = LogeFactory(active=True, slug="aligre")
    ExpertProfileFactory(published=True)
    EventOccurrenceFactory()
    experts = [ExpertProfileFactory(loge=loge, published=True) for _ in range(3)]
    event = EventFactory(loge=loge)
    for day in (5, 3, 4):
        EventOccurrenceFactory(event=event, starts_at=NOW.replace(day=day))
    site.loge_page(loge, ("experts", {"heading": "", "limit": 2}), ("events", {"heading": "", "limit": 2}))
    query = """{ loge(slug: "aligre") { page { body {
      ... on ExpertsBlock { experts { slug } } ... on EventsBlock { occurrences { startsAt } }
    } } } }"""

    shown, dates = ask(query)["loge"]["page"]["body"]

    assert shown["experts"] == [{"slug": expert.slug} for expert in experts[:2]]
    assert [row["startsAt"][:10] for row in dates["occurrences"]] == ["2026-03-03", "2026-03-04"]


def test_blocks_of_the_network_show_no_closed_loge_s_experts_and_events(ask: Ask) -> None:
    loge = LogeFactory(closed=True)
    ExpertProfileFactory(loge=loge, published=True)
    EventOccurrenceFactory(event=EventFactory(loge=loge))

    experts, events = told(ask, ("experts", {"limit": 12}), ("events", {"limit": 3}))

    assert (experts["experts"], events["occurrences"]) == ([], [])


def test_block_that_is_empty_in_a_draft_is_answered_empty(ask: Ask, policy: None) -> None:
    blocks = told(
        ask,
        ("rich_text", ""),
        ("image", {}),
        ("quote", {}),
        ("steps", {}),
        ("experts", {}),
        ("events", {}),
        ("money", {}),
    )

    assert [block["__typename"] for block in blocks] == [
        "RichTextBlock",
        "ImageBlock",
        "QuoteBlock",
        "StepsBlock",
        "ExpertsBlock",
        "EventsBlock",
        "MoneyBlock",
    ]
    assert blocks[6]["example"]["total"] == {"cents": 6_000}


def test_block_of_a_kind_that_is_not_published_is_left_out(ask: Ask) -> None:
    assert told(ask, ("inconnu", {"quote": SECRET})) == []


def test_link_to_a_public_page_leads_there(ask: Ask) -> None:
    page = site.editorial("charte")

    html = html_of(ask, site.link(page)[1])

    assert html == '<p><a href="/charte/">là</a></p>'


def test_link_to_a_frontend_leads_there(ask: Ask, settings: Any) -> None:
    settings.FRONTEND_URL = "https://openloge.example"
    page = site.editorial("charte")

    html = html_of(ask, site.link(page)[1])

    assert html == '<p><a href="https://openloge.example/charte/">là</a></p>'


def _draft() -> EditorialPage:
    return site.editorial("chut", live=False)


def _restricted() -> EditorialPage:
    page = site.editorial("chut")
    site.restrict(page)
    return page


def _below_a_restricted_one() -> Any:
    event = EventFactory(slug="chut")
    page = site.event_page(event)
    site.restrict(page.get_parent())
    return page


def _deleted() -> EditorialPage:
    page = site.editorial("chut")
    EditorialPage.objects.get(pk=page.pk).delete()
    return page


@pytest.mark.parametrize("make", [_draft, _restricted, _below_a_restricted_one, _deleted])
def test_link_to_a_page_that_is_not_public_becomes_text(ask: Ask, make: Any) -> None:
    page = make()

    (rich,) = told(ask, site.link(page))

    assert rich["text"]["html"] == "<p>là</p>"


def test_link_in_steps_to_a_page_that_is_not_public_becomes_text(ask: Ask) -> None:
    text = site.link(_draft())[1]

    (steps,) = told(ask, ("steps", {"steps": [{"type": "item", "value": {"title": "1", "text": text}}]}))

    assert steps["steps"] == [{"title": "1", "text": {"html": "<p>là</p>"}}]


def test_link_in_the_body_of_an_event_to_a_page_that_is_not_public_becomes_text(ask: Ask) -> None:
    event = EventFactory(loge__slug="aligre", slug="cafe")
    site.event_page(event, site.link(_draft()))

    found = ask('{ event(loge: "aligre", slug: "cafe") { body { ... on RichTextBlock { text { html } } } } }')[
        "event"
    ]

    assert found["body"] == [{"text": {"html": "<p>là</p>"}}]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', '<a href="https://example.org/?a=1&amp;b=2">x</a>'),
        ('<a linktype="document" id="1">x</a>', "x"),
        ('<embed embedtype="image" id="1" alt="x"/>fin', "fin"),
        ('<a id="7" linktype="page">x</a>', "x"),
        ('<a linktype="page">x</a>', "x"),
        ('<a linktype="page" id="1"><b>x</b>\ny</a>', "<b>x</b><br>y"),
    ],
)
def test_rich_text_holds_only_references_that_readers_can_follow(ask: Ask, source: str, html: str) -> None:
    assert html_of(ask, source) == html
