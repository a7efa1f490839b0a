"""A sweep over every address of the editors' admin: nobody is told of another loge, nor changes anything there.

Each address is asked with the pages, files and people of another loge, by GET, as a script would (XHR), and by POST.
What is secret there holds a word that occurs nowhere else, the canary: an answer that sings is a finding. So is
whatever differs afterwards. The same sweep as OpenLoge's team must sing, or it would pass by blindness.
"""

from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import Any

import pytest
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page, Revision

from cms import gate, proposals
from cms.models import Document, EventPage, HandbookProposalPage, LogePage, Picture
from loges.actions import loges
from loges.models import ExpertProfile, Loge, LogeMembership, Person
from tests.cms.conftest import Place
from tests.cms.desk import at_desk
from tests.factories import NOW, ExpertProfileFactory, LogeMembershipFactory, PersonFactory
from tests.factories.pages import EventPageFactory, HandbookPartPageFactory, LogeNewsPageFactory, PictureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CANARY = "Canariz"
"""Sung in every secret of the other loge: drafts, pictures, documents, profiles and addresses nobody may see."""

WORD = "trouvaille"
"""Beside each canary: lists are asked for it, so that an answer that repeats the question doesn't sing."""

MOST = 12
"""How many ways of filling one address are tried."""

KEPT = (
    Page,
    LogePage,
    EventPage,
    HandbookProposalPage,
    Picture,
    Document,
    Loge,
    LogeMembership,
    ExpertProfile,
    Revision,
)


def names(patterns: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every named address of the admin: its name, the arguments it takes, the pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if patterns is None and str(pattern.pattern) != "admin/":
                continue
            deeper = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from names(pattern.url_patterns, deeper)
        elif isinstance(pattern, URLPattern) and pattern.name and patterns is not None:
            yield ":".join((*spaces, pattern.name)), tuple(pattern.pattern.regex.groupindex), str(pattern.pattern)


NAMES = list(dict.fromkeys(names()))


@pytest.fixture
def other(elsewhere: Place) -> Place:
    """A loge full of secrets, some of its things in each state."""
    loge, page = elsewhere.loge, elsewhere.page
    collection = loge.collection.collection
    Page.objects.filter(pk=collection.pk)  # ids of pages and collections overlap on purpose
    for title, live in ((f"Fête {WORD} {CANARY}", False), ("Fête publique", True)):
        event = EventPageFactory(
            parent=page, title=title, live=live, venue_name=f"Chez {CANARY}" if not live else "Zinc"
        )
        event.save_revision()
    LogeNewsPageFactory(parent=page, title=f"Nouvelle {WORD} {CANARY}", live=False).save_revision()
    page.presentation = f"Brouillon {WORD} {CANARY}"
    page.save_revision()
    PictureFactory(collection=collection, title=f"Photo {WORD} {CANARY}", description=f"Une cour {CANARY}")
    paper = SimpleUploadedFile("papier.txt", b"Bonjour")
    Document.objects.create(title=f"Papier {WORD} {CANARY}", file=paper, collection=collection)
    ExpertProfileFactory(loge=loge, state="DRAFT", headline=f"Profil {WORD} {CANARY}")
    idea = proposals.begin(
        by=elsewhere.person, loge=loge, part=HandbookPartPageFactory(), title=f"Astuce {WORD} {CANARY}"
    )
    idea.get_workflow().start(idea, elsewhere.person)
    LogeMembershipFactory(loge=loge, person__last_name=CANARY, person__email=f"{CANARY.lower()}@example.org")
    return elsewhere


def things(other: Place) -> dict[str, list[Any]]:
    """What each argument of an address may be filled with, most telling first; others by the kind of number."""
    pages = list(Page.objects.filter(path__startswith=other.page.path).order_by("-pk").values_list("pk", flat=True))
    pages.insert(0, HandbookProposalPage.objects.get().pk)
    revisions = list(Revision.objects.order_by("-pk").values_list("pk", flat=True)[:3])
    pictures, papers = (list(model.objects.values_list("pk", flat=True)) for model in (Picture, Document))
    member = LogeMembership.objects.get(person__last_name=CANARY).person_id
    collection = other.loge.collection.collection_id
    everything = [*dict.fromkeys([*pictures, *papers, member, collection, *pages[:2]])]
    return {
        "page_id": pages,
        "parent_page_id": [other.page.pk, *pages],
        "page_to_move_id": pages[:2],
        "destination_id": [other.page.pk],
        "page_pk": pages,
        "revision_id": revisions,
        "revision_id_a": ["earliest", "live"],
        "revision_id_b": ["latest"],
        "image_id": pictures,
        "document_id": papers,
        "doc_id": papers,
        "collection_id": [collection],
        "filter_spec": ["original"],
        "app_label": ["cms", "wagtailcore"],
        "app_name": ["cms"],
        "content_type_app_name": ["cms"],
        "content_type_model_name": ["eventpage", "logenewspage"],
        "model_name": ["eventpage", "page", "picture", "document"],
        "object_id": pages[:1],
        "action": ["delete", "publish", "move", "unpublish", "add_to_collection"],
        "action_name": ["publish", "approve", "reject"],
        "pk": everything,
    }


def addresses(other: Place) -> Iterator[tuple[str, str]]:
    """Every address of the admin, with the other loge's things in it: (name, address)."""
    choices = things(other)
    for name, arguments, _ in NAMES:
        if name in {"wagtailadmin_logout", "wagtailadmin_error_test"}:
            continue
        filled = product(*(choices.get(argument, [1]) for argument in arguments))
        for values in islice(filled, MOST if name in gate.FOR_EDITORS else 2):
            try:
                yield name, reverse(name, kwargs=dict(zip(arguments, values, strict=True)))
            except NoReverseMatch:
                continue


def findings(client: Client, other: Place) -> set[str]:
    """The names of addresses that tell a secret of the other loge, or change something there."""
    client.raise_request_exception = False  # some views of Wagtail fail on an argument that means nothing to them
    found, before = set(), state(other)
    every = things(other)
    ids = [*every["page_id"], *every["pk"]]
    by_id = [f"?id={pk}" for pk in dict.fromkeys(ids)] + ["?" + "&".join(f"id={pk}" for pk in ids)]
    for name, address in addresses(other):
        chosen = by_id if name.endswith("chosen_multiple") or name == "wagtail_bulk_action" else []
        asked = [client.get(address), client.get(address, headers={"x-requested-with": "XMLHttpRequest"})]
        asked += [client.get(address + query) for query in [*queries(name), *chosen]]
        sent = client.post(address, {"title": "Repris", "action-publish": "1"})
        if any(CANARY.lower() in told(answer) for answer in (*asked, sent)):
            found.add(name)
        if not is_refused(sent) and (after := state(other)) != before:
            found.add(f"{name}: changed")
            before = after
    return found if state(other) == before else found | {"refused, and changed"}


def queries(name: str) -> list[str]:
    """What lists may be asked for beside."""
    if name == "wagtail_bulk_action":
        return ["?id=all"]
    return [f"?q={WORD}"] if name.endswith(("index", "results", "search", "choose", "explore", "listing")) else []


def is_refused(answer: Any) -> bool:
    """Whether the gate, or a view, sent the person away."""
    to = answer.get("Location", "")
    return answer.status_code in {403, 404, 405} or to == reverse("wagtailadmin_home") or "/login/" in to


def told(answer: Any) -> str:
    """What an answer tells."""
    return "" if answer.streaming else answer.content.decode(errors="replace").lower()


def state(other: Place) -> str:
    """Everything of the other loge, written down."""
    root = other.page.path
    kept: list[Any] = [*Page.objects.filter(path__startswith=root), *EventPage.objects.filter(path__startswith=root)]
    kept += [*HandbookProposalPage.objects.all(), *Picture.objects.all(), *Document.objects.all(), other.loge]
    kept += [*LogeMembership.objects.filter(loge=other.loge), *ExpertProfile.objects.filter(loge=other.loge)]
    rows = serializers.serialize("json", kept)
    return f"{rows} {Revision.objects.filter(object_id__in=[str(page.pk) for page in kept]).count()}"


def member(here: Place, role: str) -> Person:
    person = PersonFactory()
    until = NOW.replace(month=6) if role in {"INTERIM", "HELPING_EXPERT"} else None
    loges.appoint(by=None, loge=here.loge, person=person, role=role, until=until, now=NOW)
    return person


ACTORS: dict[str, Callable[[Place], Person | None]] = {
    "coordinator": lambda here: here.person,
    "co-coordinator": lambda here: member(here, "CO_COORDINATOR"),
    "interim": lambda here: member(here, "INTERIM"),
    "contributor": lambda here: member(here, "CONTRIBUTOR"),
    "expert": lambda here: member(here, "EXPERT"),
    "resident": lambda here: PersonFactory(),
    "anonymous": lambda here: None,
}


@pytest.mark.parametrize("actor", ACTORS)
def test_sweep_finds_nothing(here: Place, other: Place, actor: str) -> None:
    assert findings(at_desk(ACTORS[actor](here)), other) == set()


def test_sweep_as_the_team_finds_something(other: Place, team_editor: Person) -> None:
    found = findings(at_desk(team_editor), other)

    assert {"wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailimages:index", "wagtaildocs:index"} <= found
    assert "wagtailadmin_pages:delete: changed" in found


def test_addresses_that_are_open_are_addresses() -> None:
    assert gate.FOR_EDITORS - {name for name, *_ in NAMES} == set()
