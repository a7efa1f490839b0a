"""The search in pages: words, accents, order, pages of hits; hostile texts find nothing and break nothing."""

from typing import Any

import pytest

from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    EventPageFactory,
    HandbookChapterPageFactory,
    LogePageFactory,
)
from tests.graphql_api import site
from tests.graphql_api.site import Ask, Refusal, global_id, nodes

pytestmark = pytest.mark.django_db

SEARCH = """query($text: String!, $first: Int, $after: String, $last: Int, $before: String) {
  searchContent(text: $text, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { __typename id title ... on BlogPostPage { tags } ... on LogePage { tagline } } }
  }
}"""


def found(ask: Ask, text: str, **part: Any) -> list[str]:
    """The titles of the pages found, best first."""
    answer = ask(SEARCH, text=text, **(part or {"first": 100}))["searchContent"]
    return [node["title"] for node in nodes(answer)]


def test_page_is_found_as_what_it_is(ask: Ask) -> None:
    page = BlogPostPageFactory(title="Réparer une bouilloire", tags="Été")
    loge = LogePageFactory(title="Loge de la bouilloire", tagline="Tout se répare")

    answer = ask(SEARCH, text="bouilloire", first=9)["searchContent"]

    assert answer["totalCount"] == 2
    told = sorted(nodes(answer), key=lambda node: node["__typename"])
    assert told == [
        {"__typename": "BlogPostPage", "id": global_id(page), "title": page.title, "tags": ["Été"]},
        {"__typename": "LogePage", "id": global_id(loge), "title": loge.title, "tagline": "Tout se répare"},
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Une bouilloire"},
        {"title": "Page", "summary": "Une bouilloire entartrée."},
    ],
)
def test_words_are_looked_for_in_title_and_summary(ask: Ask, values: dict[str, str]) -> None:
    EditorialPageFactory(**values)

    assert found(ask, "bouilloire") == [values["title"]]


@pytest.mark.parametrize(
    "block",
    [
        ("rich_text", "<p>Une <b>bouilloire</b> entartrée</p>"),
        ("heading", {"heading": "La bouilloire", "level": "h2"}),
        ("quote", {"quote": "Ma bouilloire marche !", "author": "Awa"}),
        (
            "steps",
            {"steps": [{"type": "item", "id": "x", "value": {"title": "1", "text": "<p>Vider la bouilloire</p>"}}]},
        ),
        ("faq", {"items": [{"type": "item", "id": "x", "value": {"question": "Et la bouilloire ?", "answer": ""}}]}),
        ("checklist", {"entries": [{"type": "item", "id": "x", "value": "La bouilloire"}]}),
    ],
)
def test_words_are_looked_for_in_blocks(ask: Ask, block: tuple[str, Any]) -> None:
    site.home(block)

    assert found(ask, "bouilloire") == ["OpenLoge"]


@pytest.mark.parametrize(
    "text", ["fête", "Fête", "FÊTE", "fete", "fe\u0302te", "fête bretonne", "bretonne fête", "  fête \n\t bretonne  "]
)
def test_words_are_found_whatever_their_accents_capitals_and_order(ask: Ask, text: str) -> None:
    EditorialPageFactory(title="La fête bretonne")
    EditorialPageFactory(title="Le marché")

    assert found(ask, text) == ["La fête bretonne"]


def test_words_without_accents_are_found_anywhere_on_a_page(ask: Ask) -> None:
    site.home(("quote", {"quote": "Un cœur près de la clôture", "author": "Zoé"}), summary="Réparer")

    for text in ("coeur cloture", "cœur clôture", "reparer Zoe"):
        assert found(ask, text) == ["OpenLoge"], text


def test_page_must_hold_all_the_words(ask: Ask) -> None:
    EditorialPageFactory(title="Une perceuse")
    EditorialPageFactory(title="Une perceuse prêtée", summary="par un voisin")

    assert found(ask, "perceuse voisin") == ["Une perceuse prêtée"]
    assert found(ask, "perceuse girafe") == []


def test_page_that_names_it_in_its_title_comes_first(ask: Ask) -> None:
    EditorialPageFactory(
        title="Autre chose", summary="On y parle aussi de perceuse, entre autres outils du quartier."
    )
    EditorialPageFactory(title="Perceuse")

    assert found(ask, "perceuse")[0] == "Perceuse"


def test_what_a_draft_says_is_not_found_before_it_is_published(ask: Ask) -> None:
    page = EditorialPageFactory(title="La charte")
    page.title = "La girafe"
    page.summary = "Une girafe"
    revision = page.save_revision()
    before = found(ask, "girafe"), found(ask, "charte")

    revision.publish()

    assert before == ([], ["La charte"])
    assert (found(ask, "girafe"), found(ask, "charte")) == (["La girafe"], [])


def test_page_taken_offline_or_deleted_is_found_no_more(ask: Ask) -> None:
    offline, deleted = EditorialPageFactory(title="Girafe un"), EditorialPageFactory(title="Girafe deux")
    before = found(ask, "girafe")

    offline.unpublish()
    deleted.delete()

    assert sorted(before) == ["Girafe deux", "Girafe un"]
    assert found(ask, "girafe") == []


def test_handbook_is_not_found_by_strangers(ask: Ask) -> None:
    HandbookChapterPageFactory(title="Les girafes", checklist="Nourrir la girafe")

    assert found(ask, "girafe") == []


def test_hits_are_paged_both_ways_without_doubles(ask: Ask) -> None:
    for number in range(7):
        EditorialPageFactory(title=f"Girafe {number}")
    whole = found(ask, "girafe")

    for way, beyond, edge, more in (
        ("first", "after", "endCursor", "hasNextPage"),
        ("last", "before", "startCursor", "hasPreviousPage"),
    ):
        pages: list[list[str]] = []
        cursor, has_more = None, True
        while has_more:
            answer = ask(SEARCH, text="girafe", **{way: 3, beyond: cursor})["searchContent"]
            pages.append([node["title"] for node in nodes(answer)])
            assert answer["totalCount"] == 7
            cursor, has_more = answer["pageInfo"][edge], answer["pageInfo"][more]

        assert [len(page) for page in pages] == [3, 3, 1]
        assert [title for page in (pages if way == "first" else pages[::-1]) for title in page] == whole


def test_cursor_of_another_search_is_refused(ask: Ask, refusal: Refusal) -> None:
    EditorialPageFactory(title="Girafe et perceuse")
    cursor = ask(SEARCH, text="girafe", first=1)["searchContent"]["pageInfo"]["endCursor"]

    assert refusal(SEARCH, text="perceuse", first=1, after=cursor)["extensions"]["code"] == "BAD_CURSOR"


@pytest.mark.parametrize("size", [{}, {"first": 0}, {"first": 101}, {"last": -1}, {"first": 1, "last": 1}])
def test_page_of_hits_has_a_size_within_bounds(refusal: Refusal, size: dict[str, int]) -> None:
    assert refusal(SEARCH, text="girafe", **size)["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\0",
        "\ud800",
        "'",
        '"',
        '"""',
        "*",
        "%",
        "_",
        "\\",
        "(",
        ")",
        "((((",
        ":",
        ":*",
        "&",
        "|",
        "!",
        "<->",
        "^",
        "-",
        "--",
        "+",
        "~",
        "/* */",
        "'; DROP TABLE wagtailcore_page; --",
        "zzz OR girafe",
        "girafe AND zzz",
        "NOT zzz",
        "zzz NEAR girafe",
        "NEAR(girafe zzz)",
        "zzz*",
        "title:zzz",
        "title : girafe zzz",
        "{title} : zzz",
        '"girafe" "zzz"',
        'zzz"OR"girafe',
        'zzz" OR "girafe',
        "girafe" + " zzz" * 30,
        "zzz | girafe",
        "!zzz",
        "🦒",
        "\u202e",
        "é" * 5_000,
        "zzz " * 2_000,
        "a b c d e f g h i j k l m n o p q r s t u v w x y z" * 20,
        "<script>alert(1)</script>",
    ],
)
def test_hostile_text_finds_nothing_and_breaks_nothing(ask: Ask, text: str) -> None:
    EditorialPageFactory(title="La girafe")

    answer = ask(SEARCH, text=text, first=9)["searchContent"]

    assert (answer["totalCount"], answer["edges"]) == (0, [])


def test_signs_around_words_are_not_read_as_a_language(ask: Ask) -> None:
    EditorialPageFactory(title="La girafe d'Aligre", summary="Elle dort.")

    for text in ('"girafe"', "girafe*", "(girafe", "girafe & Aligre", "d'aligre", "« Aligre » : girafe ?", "dort..."):
        assert found(ask, text) == ["La girafe d'Aligre"], text


def test_event_page_of_an_open_loge_is_found_with_its_event(ask: Ask) -> None:
    EventPageFactory(title="Café girafe", live=True)

    assert found(ask, "girafe") == ["Café girafe"]
