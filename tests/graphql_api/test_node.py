"""Things found again by their global id: every kind, and nothing that is hidden, foreign or made up."""

from typing import Any

import pytest
from strawberry.relay import to_base64
from wagtail.models import PageViewRestriction

from cms.models import BlogIndexPage, HomePage, LogeIndexPage
from graphql_api.queries import NODES
from graphql_api.schema import schema
from tests.factories import (
    EventFactory,
    EventOccurrenceFactory,
    LogeFactory,
    OfferFactory,
    PersonFactory,
    ReviewFactory,
    ServiceFactory,
)
from tests.factories.pages import (
    BlogPostPageFactory,
    EditorialPageFactory,
    EventPageFactory,
    HandbookChapterPageFactory,
    LogeNewsPageFactory,
)
from tests.graphql_api.site import Ask, global_id


def everyone_s_pages() -> list[Any]:
    """One public page of every kind; the handbook is opened for it."""
    home = HomePage.objects.get()
    chapter = HandbookChapterPageFactory()
    event = EventPageFactory(live=True)
    part = chapter.get_parent().specific
    found = [
        home,
        EditorialPageFactory(),
        event,
        event.get_parent().specific,
        LogeNewsPageFactory(parent=event.get_parent()),
        BlogPostPageFactory(),
        chapter,
        part,
        part.get_parent().specific,
        LogeIndexPage.objects.get(),
        BlogIndexPage.objects.get(),
    ]
    PageViewRestriction.objects.all().delete()
    return found


NODE = "query($id: ID!) { node(id: $id) { __typename id } }"


def everything() -> dict[str, Any]:
    """One public row of every kind that has an id."""
    offer = OfferFactory(expert__published=True)
    occurrence = EventOccurrenceFactory()
    rows = [
        LogeFactory(active=True),
        offer.expert,
        offer,
        ReviewFactory(published=True),
        occurrence.event,
        occurrence,
        ServiceFactory(),
        ServiceFactory().family,
        *everyone_s_pages(),
    ]
    return {type(row).__name__: row for row in rows}


@pytest.mark.parametrize("kind", sorted(NODES))
def test_node_is_found_again_by_its_id(ask: Ask, kind: str) -> None:
    row = everything()[kind]

    found = ask(NODE, id=global_id(row))["node"]

    assert found == {"__typename": kind, "id": global_id(row)}


def test_nodes_are_all_the_types_that_promise_an_id() -> None:
    interface = schema._schema.type_map["Node"]
    promised = {kind.name for kind in schema._schema.get_possible_types(interface)}

    assert promised == set(NODES)


@pytest.mark.parametrize("kind", sorted(NODES))
def test_node_that_is_not_there_is_null(ask: Ask, kind: str) -> None:
    assert ask(NODE, id=to_base64(kind, 999_999_999))["node"] is None


def test_node_of_a_kind_that_is_not_public_is_null(ask: Ask) -> None:
    person = PersonFactory(superuser=True)

    for kind in ("Person", "User", "Page", "Picture", "Verification", "BusinessIdentity", "Coordinator", "Query"):
        assert ask(NODE, id=to_base64(kind, person.pk))["node"] is None


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "x",
        "TG9nZQ==",  # "Loge"
        "é",
        "\u0000",
        "\ud800",
        *(
            to_base64("Loge", key)
            for key in ("", "x", "-1", "1.0", "1e3", "¹", "١", "0x1", " 1", "9" * 18, "9" * 400)
        ),
        to_base64("", "1"),
        to_base64("Loge", "1 OR 1=1"),
        "A" * 100_000,
    ],
)
def test_node_with_a_made_up_id_is_null(ask: Ask, made_up: str) -> None:
    LogeFactory(active=True)

    assert ask(NODE, id=made_up)["node"] is None


def test_node_of_another_kind_s_key_is_not_mixed_up(ask: Ask) -> None:
    event = EventFactory()
    LogeFactory(closed=True)

    found = ask(NODE, id=to_base64("Event", event.pk))["node"]

    assert found == {"__typename": "Event", "id": to_base64("Event", event.pk)}
