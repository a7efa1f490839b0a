"""The handbook: for coordinators and the team, in the order of its parts and chapters; nothing of it for others."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms import tree
from cms.models import HandbookIndexPage
from loges.actions import loges
from loges.models import LogeMembership, Person
from tests.factories import NOW, LogeFactory, LogeMembershipFactory, PersonFactory
from tests.factories.pages import (
    HandbookChapterPageFactory,
    HandbookPartPageFactory,
    HandbookProposalPageFactory,
)
from tests.graphql_api.hidden import log_in
from tests.graphql_api.site import Ask, nodes

pytestmark = pytest.mark.django_db

HANDBOOK = """{ handbook {
  __typename title path
  children(first: 20) { totalCount edges { node {
    __typename title path breadcrumbs { title }
    children(first: 50) { totalCount edges { node {
      __typename title path summary breadcrumbs { title } ... on HandbookChapterPage { checklist legalReviewOn }
    } } }
  } } }
} }"""
CREDITS = """query($path: String!) {
  route(path: $path) { ... on HandbookChapterPage { credits { name loge on } } }
}"""
ANYWHERE = """query($path: String!) {
  route(path: $path) { __typename ... on Page { title } ... on Restricted { restriction } }
  searchContent(text: "clés", first: 9) { totalCount edges { node { title } } }
  homePage { children(first: 50) { edges { node { title } } } }
}"""


def reader(role: str) -> Person | None:
    """Somebody of a role: "coordinator", "team", "administrator", "resident", "expert", "former coordinator"..."""
    if role == "stranger":
        return None
    person = PersonFactory(team=role in {"team", "administrator"})
    if role in {"team", "administrator"}:
        tree.welcome_to_team(person, is_administrator=role == "administrator")
    if role in {"coordinator", "former coordinator"}:
        by = PersonFactory(superuser=True)
        loge = LogeFactory(active=True)
        place: Any = {"by": by, "loge": loge, "person": person, "role": LogeMembership.Role.COORDINATOR}
        loges.appoint(**place, now=NOW)
        if role == "former coordinator":
            loges.dismiss(**place, now=NOW + timedelta(days=1))
    if role == "expert":
        LogeMembershipFactory(person=person)
    if role == "of another group":
        person.groups.add(Group.objects.create(name="Autres"))
    return Person.objects.get(pk=person.pk)


def write() -> None:
    """Two parts with three chapters, written out of order."""
    first, second = HandbookPartPageFactory(title="Ouvrir", slug="ouvrir"), HandbookPartPageFactory(title="Animer")
    HandbookChapterPageFactory(
        parent=first,
        title="Les clés",
        slug="cles",
        summary="Qui les garde.",
        checklist="Une liste\n\n  Un tableau  ",
        legal_review_on=date(2026, 1, 15),
    )
    HandbookChapterPageFactory(parent=second, title="Le café", checklist="")
    HandbookChapterPageFactory(parent=first, title="Les murs")
    HandbookChapterPageFactory(parent=first, title="Brouillon", live=False)


@pytest.mark.parametrize("role", ["coordinator", "team", "administrator"])
def test_handbook_is_read_by_coordinators_and_the_team(ask: Ask, client: Client, role: str) -> None:
    write()
    log_in(client, reader(role))

    found = ask(HANDBOOK)["handbook"]

    above = [{"title": "OpenLoge"}, {"title": "Le cahier de bonnes pratiques"}]
    assert (found["__typename"], found["path"]) == ("HandbookIndexPage", "/cahier/")
    first, second = nodes(found["children"])
    assert [(part["__typename"], part["title"]) for part in (first, second)] == [
        ("HandbookPartPage", "Ouvrir"),
        ("HandbookPartPage", "Animer"),
    ]
    assert (first["breadcrumbs"], first["children"]["totalCount"], second["children"]["totalCount"]) == (above, 2, 1)
    assert nodes(first["children"])[0] == {
        "__typename": "HandbookChapterPage",
        "title": "Les clés",
        "path": "/cahier/ouvrir/cles/",
        "summary": "Qui les garde.",
        "breadcrumbs": [*above, {"title": "Ouvrir"}],
        "checklist": ["Une liste", "Un tableau"],
        "legalReviewOn": "2026-01-15",
    }
    assert [chapter["title"] for chapter in nodes(first["children"])] == ["Les clés", "Les murs"]
    assert [(row["checklist"], row["legalReviewOn"]) for row in nodes(second["children"])] == [([], None)]


def test_credits_name_whose_proposals_became_part_of_a_chapter(ask: Ask, client: Client) -> None:
    """Each person and loge once, the first first; not those whose proposal waits or was declined."""
    chapter = HandbookChapterPageFactory(title="Les clés")
    loge = LogeFactory(active=True, name="Loge d'Aligre")
    first, second = PersonFactory(first_name="Maëlle", last_name="Kermeur"), PersonFactory()
    for owner, at in [(second, 3), (first, 1), (first, 2), (PersonFactory(), None)]:
        merged_at = NOW + timedelta(days=at) if at else None
        named = loge if owner == first else None
        HandbookProposalPageFactory(owner=owner, loge=named, part=None, chapter=chapter, merged_at=merged_at)
    log_in(client, reader("coordinator"))

    found = ask(CREDITS, path=chapter.get_url())

    day = NOW.date() + timedelta(days=1)
    assert found["route"]["credits"] == [
        {"name": "Maëlle Kermeur", "loge": "Loge d'Aligre", "on": day.isoformat()},
        {"name": second.get_full_name(), "loge": "OpenLoge", "on": (day + timedelta(days=2)).isoformat()},
    ]


@pytest.mark.parametrize("role", ["stranger", "resident", "expert", "former coordinator", "of another group"])
def test_handbook_is_nothing_to_others(ask: Ask, client: Client, role: str) -> None:
    write()
    log_in(client, reader(role))

    found = ask(ANYWHERE, path="/cahier/ouvrir/cles/")

    assert ask(HANDBOOK) == {"handbook": None}
    assert found["route"] == {"__typename": "Restricted", "restriction": "GROUPS"}
    assert found["searchContent"] == {"totalCount": 0, "edges": []}
    assert "Le cahier de bonnes pratiques" not in [page["title"] for page in nodes(found["homePage"]["children"])]


def test_handbook_is_found_by_coordinators_by_every_road(ask: Ask, client: Client) -> None:
    write()
    log_in(client, reader("coordinator"))

    found = ask(ANYWHERE, path="/cahier/ouvrir/cles/")

    assert found["route"] == {"__typename": "HandbookChapterPage", "title": "Les clés"}
    assert [page["title"] for page in nodes(found["searchContent"])] == ["Les clés"]
    assert "Le cahier de bonnes pratiques" in [page["title"] for page in nodes(found["homePage"]["children"])]


def test_handbook_that_is_a_draft_is_null_for_everybody(ask: Ask, client: Client) -> None:
    HandbookIndexPage.objects.get().unpublish()

    log_in(client, reader("administrator"))

    assert ask(HANDBOOK) == {"handbook": None}


def test_handbook_answer_is_not_kept_by_caches(client: Client) -> None:
    log_in(client, reader("coordinator"))

    answer: Any = client.post("/graphql/", {"query": HANDBOOK}, content_type="application/json")

    assert answer.json()["data"]["handbook"]["title"] == "Le cahier de bonnes pratiques"
    assert "private" in answer.get("Cache-Control", "") or "Cookie" in answer.get("Vary", "")
