"""Nothing that is hidden is told, by any door: drafts, pages taken offline, behind a log-in, a group, a password.

Each door is tried three times: open, so that the test can fail; hidden; and for those to whom it stays open.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
)
from wagtail.models import Page, PageViewRestriction, Site

from cms.addresses import path_of
from cms.models import (
    BlogIndexPage,
    BlogPostPage,
    CharterVersion,
    EventPage,
    HandbookIndexPage,
    HomePage,
    LogeIndexPage,
    SiteTexts,
)
from graphql_api.queries import PAGES
from graphql_api.schema import schema
from loges.models import Event
from tests.factories import TODAY, EventFactory, EventOccurrenceFactory, LogeFactory
from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    EventPageFactory,
    FaqEntryFactory,
    HandbookChapterPageFactory,
    HandbookPartPageFactory,
    LogeNewsPageFactory,
    LogePageFactory,
)
from tests.graphql_api import site
from tests.graphql_api.hidden import ANYBODY, CLOSED, KINDS, RESTRICTIONS, hide, log_in
from tests.graphql_api.site import SECRET, Ask, Refusal, global_id

pytestmark = pytest.mark.django_db
SLUG = "chut-chut-chut"


@dataclass(frozen=True)
class Door:
    """A way to reach a page: how to write one, what to ask, and where the answer counts it."""

    write: Callable[[bool], Page]
    query: str
    counted: tuple[str, ...] = ()

    def count(self, found: Any) -> int:
        """How many pages the answer says there are."""
        for name in (*self.counted, "totalCount"):
            found = (found or {}).get(name)
        return found or 0


def told(answer: Any) -> bool:
    """Whether the secret is somewhere in an answer: as a title, a path, a text."""
    return SECRET.lower() in json.dumps(answer).lower()


def hush(factory: Any, **more: Any) -> Callable[[bool], Page]:
    """Writes a page that is called by the secret."""

    def write(live: bool) -> Page:
        return factory(title=SECRET, slug=SLUG, summary=SECRET, live=live, **more)

    return write


def rename(page: Page, live: bool) -> Page:
    """Call a page that is there already by the secret."""
    PageViewRestriction.objects.all().delete()
    page.title = page.draft_title = SECRET
    page.live = live
    page.save()
    return page


def post(live: bool, *, shown_by: Callable[[Page], Any]) -> Page:
    """A post of the blog by the secret's name, which something else refers to."""
    page = hush(BlogPostPageFactory)(live)
    shown_by(page)
    return page


def linked(page: Page) -> str:
    """A rich text with a link to a page."""
    return f'<p><a linktype="page" id="{page.pk}">là</a></p>'


def _button(page: Page) -> None:
    site.home(("call_to_action", {"label": "Lire", "page": page.pk, "url": "", "style": "primary"}))


def _shared_answer(page: Page) -> None:
    site.home(("faq", {"items": [], "shared_items": [FaqEntryFactory(answer=linked(page)).pk]}))


def _texts(page: Page) -> None:
    SiteTexts.objects.create(site=Site.objects.get(), commission_text=linked(page))


def _charter(page: Page) -> None:
    CharterVersion.objects.create(version="1", valid_from_on=TODAY, text=linked(page))


def _loge(live: bool) -> Page:
    return hush(LogePageFactory, loge=LogeFactory(active=True, slug="aligre"))(live)


def _news(live: bool) -> Page:
    return hush(LogeNewsPageFactory, parent=LogePageFactory(loge__slug="aligre"))(live)


def _event(live: bool) -> Page:
    event = EventFactory(loge__slug="aligre", slug="cafe")
    EventOccurrenceFactory(event=event)
    return site.event_page(event, title=SECRET, summary=SECRET, live=live)


def _blog(live: bool) -> Page:
    BlogPostPageFactory()
    return rename(BlogIndexPage.objects.get(), live)


def _part(live: bool) -> Page:
    part = hush(HandbookPartPageFactory)(live)
    PageViewRestriction.objects.all().delete()
    HandbookChapterPageFactory(parent=part)
    return part


PAGE = "__typename id title path url summary breadcrumbs { title path } body { __typename }"
LIST = f"{{ totalCount edges {{ cursor node {{ {PAGE} }} }} }}"


def rich(name: str) -> str:
    """All that a rich text tells, asked of a field."""
    return f"{name} {{ html text ast references {{ ... on PageReference {{ title path }} }} }}"


DOORS = {
    "search": Door(
        hush(EditorialPageFactory), f'{{ searchContent(text: "chut", first: 9) {LIST} }}', ("searchContent",)
    ),
    "blog": Door(hush(BlogPostPageFactory), f"{{ blogPosts(first: 9) {LIST} }}", ("blogPosts",)),
    "blog by theme": Door(
        hush(BlogPostPageFactory, tags="Été"), f'{{ blogPosts(last: 9, tag: "été") {LIST} }}', ("blogPosts",)
    ),
    "news": Door(_news, f'{{ loge(slug: "aligre") {{ news(first: 9) {LIST} }} }}', ("loge", "news")),
    "handbook": Door(lambda live: rename(HandbookIndexPage.objects.get(), live), f"{{ handbook {{ {PAGE} }} }}"),
    "handbook's parts": Door(_part, f"{{ handbook {{ children(first: 9) {LIST} }} }}", ("handbook", "children")),
    "children": Door(
        hush(EditorialPageFactory),
        "{ homePage { children(first: 9) { edges { node { title path } } } } }",
    ),
    "children of children": Door(
        hush(BlogPostPageFactory),
        f"{{ homePage {{ children(last: 9) {{ edges {{ node {{ children(last: 9) {LIST} }} }} }} }} }}",
    ),
    "breadcrumbs": Door(_blog, "{ blogPosts(first: 9) { edges { node { breadcrumbs { title path } } } } }"),
    "menu": Door(
        hush(EditorialPageFactory, show_in_menus=True),
        "{ site { menu { page { title path } children { page { title path } } } } }",
    ),
    "button": Door(
        lambda live: post(live, shown_by=_button),
        "{ homePage { body { ... on CallToActionBlock { label url page { title path } } } } }",
    ),
    "rich text": Door(
        lambda live: post(live, shown_by=lambda page: site.home(site.link(page))),
        f"{{ homePage {{ body {{ ... on RichTextBlock {{ {rich('text')} }} }} }} }}",
    ),
    "shared answer": Door(
        lambda live: post(live, shown_by=_shared_answer),
        f"{{ homePage {{ body {{ ... on FaqBlock {{ items {{ {rich('answer')} }} }} }} }} }}",
    ),
    "texts of the site": Door(lambda live: post(live, shown_by=_texts), f"{{ site {{ {rich('commissionText')} }} }}"),
    "charter": Door(lambda live: post(live, shown_by=_charter), f"{{ site {{ charter {{ {rich('text')} }} }} }}"),
    "loge": Door(_loge, f'{{ loge(slug: "aligre") {{ page {{ {PAGE} }} }} }}'),
    "loges": Door(_loge, f"{{ loges(first: 9) {{ edges {{ node {{ page {{ {PAGE} }} }} }} }} }}"),
    "event": Door(
        _event,
        f'{{ event(loge: "aligre", slug: "cafe") {{ cover {{ alt }} body {{ __typename }} page {{ {PAGE} }} }} }}',
    ),
    "calendar": Door(_event, f"{{ events(first: 9) {{ edges {{ node {{ event {{ page {{ {PAGE} }} }} }} }} }} }}"),
}
every_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


@every_door
def test_public_page_is_told(ask: Ask, door: Door) -> None:
    door.write(True)

    found = ask(door.query)

    assert told(found)
    assert door.count(found) == bool(door.counted)


@every_door
@pytest.mark.parametrize("kind", KINDS)
def test_hidden_page_is_told_to_those_it_is_open_to_alone(ask: Ask, client: Client, door: Door, kind: str) -> None:
    readers = hide(kind, door.write(kind != "draft"))

    for person, is_welcome in readers.each():
        log_in(client, person)
        found = ask(door.query)

        assert told(found) == is_welcome, person
        assert door.count(found) == (is_welcome and bool(door.counted)), person


# --- By id, and by path ---------------------------------------------------------------------------


def _handbook_page(level: int) -> Callable[[bool], Page]:
    """Writes a page of the handbook: its cover (0), a part or a chapter (2); opened first."""

    def write(live: bool) -> Page:
        chapter = HandbookChapterPageFactory()
        pages = [HandbookIndexPage.objects.get(), chapter.get_parent().specific, chapter]
        return rename(pages[level], live)

    return write


TYPES: dict[str, Callable[[bool], Page]] = {
    "HomePage": lambda live: rename(HomePage.objects.get(), live),
    "EditorialPage": hush(EditorialPageFactory),
    "LogeIndexPage": lambda live: rename(LogeIndexPage.objects.get(), live),
    "LogePage": _loge,
    "LogeNewsPage": _news,
    "EventPage": hush(EventPageFactory),
    "BlogIndexPage": lambda live: rename(BlogIndexPage.objects.get(), live),
    "BlogPostPage": hush(BlogPostPageFactory),
    "HandbookIndexPage": _handbook_page(0),
    "HandbookPartPage": _handbook_page(1),
    "HandbookChapterPage": _handbook_page(2),
}
"""Type -> how to write a page of it that is called by the secret."""
NODE = "query($id: ID!) { node(id: $id) { __typename id ... on Page { title path summary } } }"
ROUTE = f"""query($path: String!) {{ route(path: $path) {{
  __typename ... on Page {{ {PAGE} }} ... on Restricted {{ restriction }}
}} }}"""


def test_every_type_of_page_is_tried() -> None:
    assert set(TYPES) == {kind.__name__ for kind in PAGES}


WHAT_IS_THERE = {
    "draft": None,
    "taken offline": None,
    "log-in": {"__typename": "Restricted", "restriction": "LOGIN"},
    "group": {"__typename": "Restricted", "restriction": "GROUPS"},
    "password": {"__typename": "Restricted", "restriction": "PASSWORD"},
    "below log-in": {"__typename": "Restricted", "restriction": "LOGIN"},
    "below group": {"__typename": "Restricted", "restriction": "GROUPS"},
    "below password": {"__typename": "Restricted", "restriction": "PASSWORD"},
    "log-in above a group": {"__typename": "Restricted", "restriction": "LOGIN"},
}
"""Way of hiding -> what a stranger is told to be at the page's path. No editor published these."""


@pytest.mark.parametrize("write", TYPES.values(), ids=TYPES)
@pytest.mark.parametrize("kind", KINDS)
def test_hidden_page_of_any_type_is_found_by_id_and_path_by_those_it_is_open_to_alone(
    ask: Ask, client: Client, write: Callable[[bool], Page], kind: str
) -> None:
    page = write(kind != "draft")
    readers, path = hide(kind, page), path_of(page)

    for person, is_welcome in readers.each():
        log_in(client, person)
        by_id, by_path = ask(NODE, id=global_id(page)), ask(ROUTE, path=path)

        assert (by_id["node"] is not None, told(by_path)) == (is_welcome, is_welcome), person
        if person is ANYBODY:
            assert by_path["route"] == WHAT_IS_THERE[kind]


def test_page_taken_offline_behind_a_closed_door_is_not_told_to_be_gone(ask: Ask) -> None:
    page = BlogPostPageFactory(slug=SLUG)
    page.save_revision().publish()
    hide("below log-in", page)

    BlogPostPage.objects.get().unpublish()

    assert ask(ROUTE, path=f"/blog/{SLUG}/") == {"route": None}


# --- Events ---------------------------------------------------------------------------------------


def announced(live: bool = True) -> EventPage:
    """The page of an event that is called by the secret."""
    event = EventFactory(loge=LogeFactory(active=True, slug="aligre"), slug="cafe", title=SECRET)
    EventOccurrenceFactory(event=event)
    site.home(("events", {"limit": 3}))
    site.loge_page(event.loge, ("events", {"limit": 3}))
    return site.event_page(event, live=live)


DATES = "{ totalCount edges { cursor node { id startsAt event { title slug path } } } }"
BLOCK = "body { ... on EventsBlock { occurrences { id event { title slug path } } } }"
CALENDARS = {
    "calendar": Door(announced, f"{{ events(first: 9) {DATES} }}", ("events",)),
    "calendar from the end": Door(announced, f"{{ events(last: 9) {DATES} }}", ("events",)),
    "calendar of a loge": Door(announced, f'{{ events(first: 9, loge: "aligre") {DATES} }}', ("events",)),
    "calendar of a place": Door(
        announced,
        f"{{ events(first: 9, near: {{latitude: 45.7745, longitude: 4.8318}}) {DATES} }}",
        ("events",),
    ),
    "dates of a loge": Door(
        announced, f'{{ loge(slug: "aligre") {{ events(first: 9) {DATES} }} }}', ("loge", "events")
    ),
    "event": Door(announced, f'{{ event(loge: "aligre", slug: "cafe") {{ title occurrences(first: 9) {DATES} }} }}'),
    "block of the network": Door(announced, f"{{ homePage {{ {BLOCK} }} }}"),
    "block of a loge": Door(announced, f'{{ loge(slug: "aligre") {{ page {{ {BLOCK} }} }} }}'),
}
every_calendar = pytest.mark.parametrize("door", CALENDARS.values(), ids=CALENDARS)


@every_calendar
def test_event_with_an_open_page_is_told(ask: Ask, door: Door) -> None:
    door.write(True)

    found = ask(door.query)

    assert told(found)
    assert door.count(found) == bool(door.counted)


@every_calendar
@pytest.mark.parametrize("kind", [*RESTRICTIONS, *CLOSED])
def test_event_whose_page_is_closed_is_told_to_those_it_is_open_to_alone(
    ask: Ask, client: Client, door: Door, kind: str
) -> None:
    readers = hide(kind, door.write(True))

    for person, is_welcome in readers.each():
        log_in(client, person)
        found = ask(door.query)

        assert told(found) == is_welcome, person
        assert door.count(found) == (is_welcome and bool(door.counted)), person


@pytest.mark.parametrize("kind", [*RESTRICTIONS, *CLOSED])
def test_event_whose_page_is_closed_is_found_by_id_by_those_it_is_open_to_alone(
    ask: Ask, client: Client, kind: str
) -> None:
    page = announced()
    readers = hide(kind, page)

    for person, is_welcome in readers.each():
        log_in(client, person)
        for row in (page.event, page.event.occurrences.get()):
            assert (ask(NODE, id=global_id(row))["node"] is not None) == is_welcome, (row, person)


def test_events_without_a_page_and_with_an_open_one_are_told_beside_a_closed_one(ask: Ask) -> None:
    hide("log-in", announced())
    for slug in ("sans-page", "ouvert"):
        EventOccurrenceFactory(event=EventFactory(slug=slug))
    site.event_page(Event.objects.get(slug="ouvert"))

    found = ask("{ events(first: 9) { totalCount edges { node { event { slug } } } } }")["events"]

    assert found["totalCount"] == 2
    assert {node["event"]["slug"] for node in site.nodes(found)} == {"sans-page", "ouvert"}


# --- Plain pages ----------------------------------------------------------------------------------


def _dated(live: bool) -> Page:
    """The page of an event whose date stands on the page of its loge, beside all blocks."""
    event = EventFactory(loge=LogeFactory(active=True, slug="aligre"), slug="cafe", title=SECRET)
    EventOccurrenceFactory(event=event)
    return site.event_page(event, live=live)


PLAIN_DOORS: dict[str, tuple[Callable[[bool], Page], str]] = {
    "children": (hush(EditorialPageFactory), "/"),
    "blog": (hush(BlogPostPageFactory), "/blog/"),
    "loges": (_loge, "/loges/"),
    "menu": (hush(EditorialPageFactory, show_in_menus=True), "/loges/"),
    "news": (_news, "/loges/aligre/"),
    "button": (DOORS["button"].write, "/"),
    "rich text": (DOORS["rich text"].write, "/"),
    "shared answer": (DOORS["shared answer"].write, "/"),
    "dates": (_dated, "/loges/aligre/"),
    "event": (_dated, "/loges/aligre/cafe/"),
    "page itself": (lambda live: EditorialPageFactory(title=SECRET, slug="page", live=live), "/page/"),
}
every_plain_door = pytest.mark.parametrize(("write", "path"), PLAIN_DOORS.values(), ids=PLAIN_DOORS)


def shown(client: Client, path: str) -> bool:
    """Whether the secret is on a plain page."""
    answer = client.get(path)
    return answer.status_code == 200 and told(answer.text)


@every_plain_door
def test_plain_page_shows_a_public_page(client: Client, write: Callable[[bool], Page], path: str) -> None:
    write(True)

    assert shown(client, path)


@every_plain_door
@pytest.mark.parametrize("kind", KINDS)
def test_plain_page_shows_a_hidden_page_to_those_it_is_open_to_alone(
    client: Client, write: Callable[[bool], Page], path: str, kind: str
) -> None:
    readers = hide(kind, write(kind != "draft"))

    for person, is_welcome in readers.each():
        log_in(client, person)
        assert shown(client, path) == is_welcome, person


# --- What may be asked ----------------------------------------------------------------------------

INPUTS = {"ExpertSearchInput", "GeoPointInput"}
"""The inputs there are: each is made of named wishes, none of columns."""
SCALARS = {"String", "Int", "Float", "Boolean", "ID", "Date", "DateTime"}


def _arguments() -> dict[str, Any]:
    """Every argument of the schema and every field of its inputs, by where it stands."""
    found: dict[str, Any] = {}
    for kind in schema._schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLInputObjectType):
            found |= {f"{kind.name}.{name}": field.type for name, field in kind.fields.items()}
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in kind.fields.items():
                found |= {f"{kind.name}.{name}({argument})": given.type for argument, given in field.args.items()}
    return found


def test_arguments_are_plain_values_enums_and_the_inputs_that_are_known() -> None:
    others = {
        place: str(kind)
        for place, kind in _arguments().items()
        if not isinstance(get_named_type(kind), GraphQLEnumType) and get_named_type(kind).name not in INPUTS | SCALARS
    }

    # An outline is read whole into numbers before anything else sees it.
    assert others == {"ExpertSearchInput.within": "JSON"}


def test_order_and_size_are_enums() -> None:
    wished = {
        place: get_named_type(kind)
        for place, kind in _arguments().items()
        if re.search(
            r"order|sort|size|width|height|filter|preset", place.rpartition("(")[2].rpartition(".")[2], re.IGNORECASE
        )
    }

    assert wished
    assert {place: str(kind) for place, kind in wished.items() if not isinstance(kind, GraphQLEnumType)} == {}


def test_no_argument_names_a_column() -> None:
    assert [place for place in _arguments() if "__" in place] == []


@pytest.mark.parametrize("argument", ["order", "orderBy", "sort", "filter", "where"])
def test_order_by_a_column_is_refused(refusal: Refusal, argument: str) -> None:
    error = refusal(f'{{ loges(first: 1, {argument}: "owner__password") {{ totalCount }} }}')

    assert error["extensions"]["code"] == "BAD_QUERY"
