"""The twenty-five points that the design of rights promises: which tests hold each, and those that stand here alone.

A is the coordinator of `here`, B is `elsewhere`. Refused (R) is Wagtail's way: to the dashboard, or 403 for scripts;
the project's own screens answer 404 instead, as if the thing weren't there.
"""

import json
import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Page, Revision

from cms.models import Document, EventPage, HandbookIndexPage
from loges.actions import loges
from loges.models import Person
from tests.cms.conftest import Place
from tests.cms.desk import (
    EVENT,
    add_event_url,
    at_desk,
    autosave,
    body,
    edit_url,
    form_of,
    send,
    soup,
    speakers,
    text,
)
from tests.factories import NOW, ExpertProfileFactory, PersonFactory
from tests.factories.pages import EventPageFactory, HandbookChapterPageFactory, PictureFactory

pytestmark = pytest.mark.django_db

WAITS = "waits"
"""A point about what the product doesn't have yet."""

POINTS: dict[int, str] = {
    # Experts are plain screens here, not snippets: a profile, and a button for each change of its state.
    1: """test_team_desk.test_profile_of_another_loge_is_not_there
          test_team_desk.test_buttons_of_another_loges_profile_are_not_there
          test_addresses_of_expert_snippets_do_not_exist""",
    2: """test_team_desk.test_profile_of_another_loge_is_not_there
          test_team_desk.test_buttons_of_another_loges_profile_are_not_there""",
    3: """test_team_desk.test_list_is_of_the_own_loge
          test_rights.test_explorer_shows_the_own_loge_alone
          test_rights.test_explorer_search_shows_the_own_loge_alone
          test_rights.test_list_of_a_type_names_no_page_of_others
          test_rights.test_image_choosers_show_the_own_collection_alone
          test_rights.test_image_of_another_loge_is_not_handed_over_by_the_chooser
          test_rights.test_document_choosers_show_the_own_collection_alone
          test_list_asked_as_a_file_names_nothing_of_others""",
    4: """test_rights.test_image_of_another_loge_is_not_put_on_the_own_page
          test_rights.test_event_is_not_added_to_another_loge
          test_page_stays_in_its_loge_whatever_the_form_sends
          test_picture_is_not_put_into_the_collection_of_another_loge""",
    5: "test_right_to_publish_held_in_another_loge_alone_gives_a_draft",
    # Profiles and loges have states of their own instead of Wagtail's workflows; pages have no workflow.
    6: """test_team_desk.test_buttons_of_another_loges_profile_are_not_there
          test_desk.test_button_that_is_not_ones_own_is_not_there
          test_workflow_of_a_page_is_moved_on_by_no_coordinator""",
    7: """test_rights.test_page_of_another_loge_is_closed_to_the_buttons_of_lists
          test_files_of_another_loge_are_closed_to_the_buttons_of_lists""",
    8: WAITS,  # for missions
    9: """test_rights.test_page_of_another_loge_is_closed
          test_rights.test_page_of_another_loge_is_not_published
          test_rights.test_draft_is_previewed_by_its_coordinator_alone
          test_revision_of_another_loge_is_not_reached_through_an_own_page""",
    10: """test_rights.test_event_is_not_moved_to_another_loge
           test_rights.test_event_of_another_loge_is_not_moved_here
           test_rights.test_event_is_not_copied_to_another_loge
           test_page_rights.test_event_is_moved_to_another_loge_by_nobody
           test_event_of_another_loge_is_not_copied_here""",
    11: "test_rights.test_explorer_shows_the_own_loge_alone test_explorer_of_another_loge_is_refused",
    12: """test_rights.test_page_chooser_hides_the_drafts_of_others
           test_draft_of_another_loge_is_not_in_the_page_chooser""",
    13: """test_reference_to_another_loge_is_saved_through_no_door
           test_reference_to_the_own_loge_is_saved""",
    14: """test_file_of_another_loge_is_closed
           test_rights.test_image_uploaded_into_another_collection_does_not_get_there
           test_rights.test_image_uploaded_by_dropping_files_stays_in_the_own_collection""",
    15: """test_rights.test_house_is_closed_to_coordinators
           test_rights.test_reports_name_no_page_of_others
           test_rights.test_list_of_files_for_programs_names_no_file_of_others
           test_house_is_closed_to_scripts_of_coordinators""",
    16: """test_session_on_a_page_of_another_loge_is_not_there
           test_rights.test_own_loge_page_cannot_be_taken_away
           test_rights.test_own_loge_page_cannot_be_taken_away_by_the_buttons_of_lists""",
    17: """test_rights.test_coordinator_who_was_dismissed_is_refused
           test_rights.test_coordinator_whose_account_is_closed_is_refused
           test_rights.test_admin_is_closed_to_who_coordinates_nothing
           test_rights.test_login_is_in_french_for_strangers""",
    18: "test_co_coordinator_publishes_by_no_door",
    19: """test_rights.test_handbook_is_not_edited_by_coordinators
           test_chapter_is_published_by_no_coordinator
           test_chapter_leads_strangers_to_the_login
           test_handbook_desk.test_handbook_is_closed_to_others""",
    20: """test_rights.test_loge_in_preparation_is_written_but_not_published
           test_rights.test_loge_in_preparation_keeps_its_events_as_drafts
           test_desk.test_loge_opens_by_the_buttons_of_both_desks""",
    21: "test_wagtails_api_is_not_there",
    22: """test_accounts_are_kept_by_administrators_alone
           test_buttons_of_the_list_of_accounts_are_for_administrators_alone""",
    23: """tests.graphql_api.test_leaks.test_hidden_page_is_told_to_those_it_is_open_to_alone
           tests.graphql_api.test_leaks.test_hidden_page_of_any_type_is_found_by_id_and_path_by_those_it_is_open_to_alone
           tests.graphql_api.test_leaks.test_event_whose_page_is_closed_is_told_to_those_it_is_open_to_alone
           tests.graphql_api.test_node.test_node_of_a_kind_that_is_not_public_is_null
           tests.graphql_api.test_handbook.test_handbook_is_read_by_coordinators_and_the_team
           tests.graphql_api.test_handbook.test_handbook_is_nothing_to_others
           tests.graphql_api.test_private_files.test_document_of_a_closed_folder_is_told_to_those_it_is_open_to_alone""",
    24: """test_agreement.test_wagtail_and_the_rule_book_agree test_agreement.test_disagreement_is_noticed""",
    25: "test_sweep.test_sweep_finds_nothing test_sweep.test_sweep_as_the_team_finds_something",
}
"""Point of the design -> the tests that hold it: here, in a module of this folder, or in full."""


def is_refused(answer: Any) -> bool:
    return answer.status_code in {403, 404} or answer.get("Location") == reverse("wagtailadmin_home")


def test_every_point_is_held_by_tests_that_exist() -> None:
    assert list(POINTS) == list(range(1, 26))
    for named in " ".join(POINTS.values()).replace(WAITS, "").split():
        module, _, name = named.rpartition(".")
        full = module if module.startswith("tests.") else f"tests.cms.{module or 'test_design_of_rights'}"
        assert callable(getattr(import_module(full), name, None)), named


# --- Experts (1, 2) and lists (3) -----------------------------------------------------------------------------------


def test_addresses_of_expert_snippets_do_not_exist(here: Place, administrator: Person) -> None:
    for name in ("", "add/", *(f"{verb}/1/" for verb in ("edit", "delete", "history", "usage", "inspect", "copy"))):
        url = f"/admin/snippets/loges/expertprofile/{name}"

        assert is_refused(here.client.get(url))
        assert at_desk(administrator).get(url).status_code == 404


LISTS = ("events:index", "team:index", "wagtailimages:index", "wagtaildocs:index", "wagtailadmin_explore_root")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_asked_as_a_file_names_nothing_of_others(here: Place, elsewhere: Place, kind: str) -> None:
    for thing in THINGS:
        THINGS[thing](elsewhere)

    for name in LISTS:
        answer = here.client.get(reverse(name), {"export": kind}, follow=True)

        told = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200
        assert b"Secret" not in told


# --- Forms (4), publishing (5, 18), workflows (6), buttons of lists (7) ---------------------------------------------


def test_page_stays_in_its_loge_whatever_the_form_sends(here: Place, elsewhere: Place) -> None:
    page = EventPageFactory(parent=here.page)
    moved = {"loge": elsewhere.loge.pk, "path": f"{elsewhere.page.path}0001", "parent": elsewhere.page.pk}

    send(here.client, edit_url(page), "publish", **moved)
    send(here.client, edit_url(here.page), "publish", **moved)

    page.refresh_from_db()
    assert page.loge_id == here.loge.pk
    assert page.event.loge == here.loge
    assert here.page.pk != elsewhere.page.pk


@pytest.mark.parametrize("kind", ["image", "document"])
def test_picture_is_not_put_into_the_collection_of_another_loge(here: Place, elsewhere: Place, kind: str) -> None:
    own = THINGS[kind](here)
    url = reverse(f"wagtail{'images' if kind == 'image' else 'docs'}:edit", args=[own.pk])
    fields = {"title": "Repris", "description": "Une cour", "collection": collection_of(elsewhere).pk}

    here.client.post(url, fields)

    own.refresh_from_db()
    assert own.collection == collection_of(here)


def test_right_to_publish_held_in_another_loge_alone_gives_a_draft(here: Place, elsewhere: Place) -> None:
    loges.appoint(by=None, loge=elsewhere.loge, person=here.person, role="CO_COORDINATOR", now=NOW)
    client = at_desk(here.person)

    for place in (here, elsewhere):
        assert send(client, add_event_url(place.page), "publish", **EVENT).status_code == 302

    assert [page.live for page in EventPage.objects.order_by("path")] == [True, False]


def test_co_coordinator_publishes_by_no_door(here: Place) -> None:
    person = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=person, role="CO_COORDINATOR", now=NOW)
    client = at_desk(person)

    send(client, add_event_url(here.page), "publish", **EVENT)
    send(client, edit_url(here.page), "publish", tagline="Repris")
    draft = EventPage.objects.get()
    client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={draft.pk}")
    client.post(reverse("wagtailadmin_pages:unpublish", args=[here.page.pk]))

    draft.refresh_from_db()
    assert (draft.live, draft.event) == (False, None)
    assert here.page.live
    assert here.page.tagline == ""
    assert here.page.get_latest_revision_as_object().tagline == "Repris"


@pytest.mark.parametrize("action", ["approve", "reject", "cancel"])
def test_workflow_of_a_page_is_moved_on_by_no_coordinator(here: Place, elsewhere: Place, action: str) -> None:
    draft = EventPageFactory(parent=elsewhere.page)

    for page in (draft, here.page):
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, 1])
        assert is_refused(here.client.get(url))
        assert is_refused(here.client.post(url))


@pytest.mark.parametrize("kind", ["image", "document"])
def test_files_of_another_loge_are_closed_to_the_buttons_of_lists(here: Place, elsewhere: Place, kind: str) -> None:
    own, thing = THINGS[kind](here), THINGS[kind](elsewhere)
    for action in ("delete", "add_tags", "add_to_collection"):
        url = reverse("wagtail_bulk_action", args=["cms", thing._meta.model_name, action])
        for query in (f"?id={thing.pk}", f"?id={own.pk}&id={thing.pk}"):
            for answer in (here.client.get(url + query), here.client.post(url + query, {"tags": "repris"})):
                assert is_refused(answer)
        here.client.post(f"{url}?id=all", {"tags": "repris", "collection": collection_of(here).pk})

    thing.refresh_from_db()
    assert thing.collection == collection_of(elsewhere)
    assert not thing.tags.exists()


# --- Pages of others (9, 10, 11, 12) --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["revisions_view", "revisions_revert", "revisions_unschedule"])
def test_revision_of_another_loge_is_not_reached_through_an_own_page(
    here: Place, elsewhere: Place, name: str
) -> None:
    secret = THINGS["draft"](elsewhere).save_revision()
    url = reverse(f"wagtailadmin_pages:{name}", args=[here.page.pk, secret.pk])

    answers = [here.client.get(url), here.client.post(url, {"title": "Repris"})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_event_of_another_loge_is_not_copied_here(here: Place, elsewhere: Place) -> None:
    page = EventPageFactory(parent=elsewhere.page)
    fields = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": here.page.pk, "alias": "on"}

    answer = here.client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)

    assert is_refused(answer)
    assert EventPage.objects.count() == 1


def test_explorer_of_another_loge_is_refused(here: Place, elsewhere: Place) -> None:
    draft = THINGS["draft"](elsewhere)

    for page in (elsewhere.page, draft):
        answer = here.client.get(reverse("wagtailadmin_explore", args=[page.pk]), follow=True)
        assert "Secret" not in answer.text
        assert elsewhere.loge.name not in answer.text


def test_draft_of_another_loge_is_not_in_the_page_chooser(here: Place, elsewhere: Place) -> None:
    draft = THINGS["draft"](elsewhere)

    answer = here.client.get(reverse("wagtailadmin_choose_page_child", args=[draft.pk]))

    assert answer.status_code == 404


# --- What a page names (13) -----------------------------------------------------------------------------------------


def collection_of(place: Place) -> Any:
    return place.loge.collection.collection


def _document(place: Place) -> Document:
    file = SimpleUploadedFile("papier.txt", b"Bonjour")
    return Document.objects.create(title="Secret de papier", file=file, collection=collection_of(place))


THINGS: dict[str, Callable[[Place], Any]] = {
    "image": lambda place: PictureFactory(collection=collection_of(place), title="Secret en image"),
    "document": _document,
    "draft": lambda place: EventPageFactory(parent=place.page, title="Secret de fête"),
    "expert": lambda place: ExpertProfileFactory(loge=place.loge, person__first_name="Secret"),
}


def _link(kind: str, number: int) -> dict[str, Any]:
    """A text that links to something of the site, as its editor sends it."""
    data = {"linkType": kind, "id": number} if kind == "document" else {"id": number, "parentId": None}
    block = {"key": "a", "text": "ici", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "data": {}}
    block["entityRanges"] = [{"key": 0, "offset": 0, "length": 3}]
    entity = {"type": "DOCUMENT" if kind == "document" else "LINK", "mutability": "MUTABLE", "data": data}
    return body(("rich_text", json.dumps({"blocks": [block], "entityMap": {"0": entity}})))


REFERENCES: dict[str, tuple[str, Callable[[int], dict[str, Any]]]] = {
    "cover": ("image", lambda number: {"cover": number}),
    "image": ("image", lambda number: body(("image", {"image": number, "alt": "Une cour", "caption": ""}))),
    "document": ("document", lambda number: body(("download", {"label": "Lire", "document": number}))),
    "link to a document": ("document", lambda number: _link("document", number)),
    "button": (
        "draft",
        lambda number: body(("call_to_action", {"label": "Voir", "page": number, "url": "", "style": "primary"})),
    ),
    "link to a draft": ("draft", lambda number: _link("page", number)),
    "expert": ("expert", lambda number: speakers({"expert": number})),
}
"""Ways in which an event's page names something: what, and the fields that do."""

DOORS: dict[str, Callable[[Place, EventPage, dict[str, Any]], Any]] = {
    "form": lambda place, page, fields: send(place.client, edit_url(page), "publish", **fields),
    "autosave": lambda place, page, fields: autosave(place.client, edit_url(page), **fields),
    "preview": lambda place, page, fields: place.client.post(
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        {**form_of(place.client, edit_url(page)), **body(text("<p>Bienvenue.</p>")), **fields},
    ),
    "revert": lambda place, page, fields: send(
        place.client,
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, page.revisions.earliest("pk").pk]),
        **fields,
    ),
}


@pytest.mark.parametrize("reference", REFERENCES)
def test_reference_to_another_loge_is_saved_through_no_door(here: Place, elsewhere: Place, reference: str) -> None:
    kind, fields = REFERENCES[reference]
    secret, page = THINGS[kind](elsewhere), EventPageFactory(parent=here.page)
    page.save_revision()
    page.save_revision()
    before = set(Revision.objects.values_list("pk", flat=True))

    for name, door in DOORS.items():
        answer = door(here, page, fields(secret.pk))

        assert answer.status_code in {200, 400}, name
        assert set(Revision.objects.values_list("pk", flat=True)) == before, name
        assert "Secret" not in here.client.get(edit_url(page)).text, name
    shown = here.client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), {"mode": ""})
    assert "Secret" not in shown.text


@pytest.mark.parametrize("reference", REFERENCES)
def test_reference_to_the_own_loge_is_saved(here: Place, reference: str) -> None:
    """The control: the same fields about something of one's own."""
    kind, fields = REFERENCES[reference]
    for name in ("form", "autosave", "revert"):
        own, page = THINGS[kind](here), EventPageFactory(parent=here.page)
        page.save_revision()
        before = page.save_revision()

        DOORS[name](here, page, fields(own.pk))

        page.refresh_from_db()
        assert page.revisions.count() == 3, name
        assert _told(page.get_latest_revision(), own.pk) == _told(before, own.pk) + 1, name


def _told(revision: Revision, number: int) -> int:
    """How often a revision names a number."""
    content = revision.content
    body_without_ids = re.sub(r'"id": "[^"]*"', "", content["body"])
    told = json.dumps([content["cover"], [row["expert"] for row in content["speakers"]], body_without_ids])
    return len(re.findall(rf"\b{number}\b", told))


# --- Files (14), the house (15), sessions (16) ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["edit", "delete", "usage"])
@pytest.mark.parametrize("kind", ["image", "document"])
def test_file_of_another_loge_is_closed(here: Place, elsewhere: Place, kind: str, name: str) -> None:
    thing, space = THINGS[kind](elsewhere), "wagtailimages" if kind == "image" else "wagtaildocs"
    url = reverse(f"{space}:{f'{kind}_usage' if name == 'usage' else name}", args=[thing.pk])

    looked, sent = here.client.get(url), here.client.post(url, {"title": "Repris"})

    assert is_refused(looked)
    assert sent.status_code == 405 or is_refused(sent)
    assert type(thing).objects.get(pk=thing.pk).title == thing.title


HOUSE = """/admin/users/ /admin/groups/ /admin/collections/ /admin/workflows/list/ /admin/reports/site-history/
    /admin/api/main/pages/ /admin/tag-autocomplete/?term=a /admin/tag-autocomplete/taggit/tag/?term=a"""


def test_house_is_closed_to_scripts_of_coordinators(here: Place, administrator: Person) -> None:
    script = {"x-requested-with": "XMLHttpRequest"}
    for url in HOUSE.split():
        answer, by_administrator = (
            client.get(url, headers=script) for client in (here.client, at_desk(administrator))
        )

        assert (answer.status_code, by_administrator.status_code) == (403, 200), url


def test_session_on_a_page_of_another_loge_is_not_there(here: Place, elsewhere: Place) -> None:
    draft = THINGS["draft"](elsewhere)

    def ping(kind: str, page: Page) -> int:
        url = reverse("wagtailadmin_editing_sessions:ping", args=[*kind.split("."), page.pk, 1])
        return int(here.client.post(url).status_code)

    assert {ping(kind, draft) for kind in ("cms.eventpage", "wagtailcore.page")} == {404}
    assert ping("cms.logepage", elsewhere.page) == 404
    assert ping("cms.logepage", here.page) == 200


# --- The handbook (19), addresses that aren't there (21), accounts (22) ---------------------------------------------


def test_chapter_is_published_by_no_coordinator(here: Place) -> None:
    chapter = HandbookChapterPageFactory(live=False)
    chapter.save_revision()

    here.client.post(edit_url(chapter), {"title": "Repris", "slug": "repris", "action-publish": "1"})
    here.client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={chapter.pk}")
    added = here.client.get(reverse("wagtailadmin_pages:add", args=["cms", "handbookpartpage", _index().pk]))

    chapter.refresh_from_db()
    assert (chapter.live, chapter.title == "Repris", chapter.revisions.count()) == (False, False, 1)
    assert is_refused(added)


def test_chapter_leads_strangers_to_the_login(here: Place) -> None:
    address = HandbookChapterPageFactory().get_full_url()

    stranger, reader = at_desk(None).get(address), here.client.get(address)

    assert stranger.status_code == 302
    assert "login" in stranger["Location"]
    assert reader.status_code == 200


def _index() -> Page:
    return HandbookIndexPage.objects.get()


def test_wagtails_api_is_not_there(here: Place, administrator: Person) -> None:
    for client in (at_desk(None), here.client, at_desk(administrator)):
        for path in ("v2/", "v2/pages/", "v3/", "v3/pages/", "v3/images/", "v3/documents/"):
            assert client.get(f"/api/{path}").status_code == 404


@pytest.fixture
def user_manager(team_editor: Person) -> Person:
    """Somebody of the team to whom every permission on accounts and groups was given."""
    kept = Permission.objects.filter(codename__regex="_(person|group)$")
    assert kept.count() >= 8
    team_editor.user_permissions.set(kept)
    return Person.objects.get(pk=team_editor.pk)


def test_accounts_are_kept_by_administrators_alone(user_manager: Person, administrator: Person) -> None:
    manager, other = at_desk(user_manager), PersonFactory()
    fields = {"email": "x@example.org", "first_name": "X", "last_name": "Y", "is_superuser": "on", "is_active": "on"}
    urls = [reverse(f"wagtailusers_{kind}:{name}") for kind in ("users", "groups") for name in ("index", "add")]
    urls += [
        reverse(f"wagtailusers_users:{name}", args=[person.pk])
        for name in ("edit", "delete", "history")
        for person in (administrator, other, user_manager)
    ]

    for url in urls:
        assert is_refused(manager.get(url)), url
        assert is_refused(manager.post(url, fields)), url

    assert set(Person.objects.filter(is_superuser=True)) == {administrator}
    assert Person.objects.filter(pk=other.pk).exists()
    assert "/admin/users/" not in soup(manager.get(reverse("wagtailadmin_home"))).decode()
    assert at_desk(administrator).get(urls[0]).status_code == 200


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_buttons_of_the_list_of_accounts_are_for_administrators_alone(
    user_manager: Person, administrator: Person, action: str
) -> None:
    url = f"{reverse('wagtail_bulk_action', args=['loges', 'person', action])}?id={PersonFactory().pk}"

    answers = [at_desk(user_manager).get(url), at_desk(user_manager).post(url, {"mark_as_active": "False"})]

    assert all(is_refused(answer) for answer in answers)
    assert at_desk(administrator).get(url).status_code == 200
    assert not Person.objects.filter(is_active=False).exists()
