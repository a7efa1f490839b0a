"""What a coordinator may touch in the editors' admin: the own loge, and nothing of anybody else's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import EditingSession
from wagtail.models import Collection, Page, PageViewRestriction

from cms.models import Document, EventPage, HandbookIndexPage, LogePage, Picture
from loges import permissions
from loges.actions import loges, people
from loges.models import Person
from tests.cms.conftest import COORDINATOR, Place
from tests.cms.desk import EVENT, add_event_url, at_desk, body, edit_url, errors_of, form_of, send, soup, text
from tests.factories import NOW, PersonFactory
from tests.factories.pages import EventPageFactory, PictureFactory, drawn

pytestmark = pytest.mark.django_db

TABLE = {"title": "Une table", "description": "Une table mise pour dix"}
BULK = ("move", "delete", "unpublish", "publish")


def pages_url(name: str, page: Page, *more: object) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])


def is_refused(answer: Any) -> bool:
    """Wagtail sends people away with 404, 403, or to the dashboard."""
    return answer.status_code in {403, 404} or (
        answer.status_code == 302 and answer["Location"] in {reverse("wagtailadmin_home"), "/admin/"}
    )


def is_sent_to_login(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("wagtailadmin_login"))


def collection_of(place: Place) -> Collection:
    return place.loge.collection.collection


def picture_of(place: Place, **fields: Any) -> Picture:
    return PictureFactory(collection=collection_of(place), **fields)


def document_of(place: Place, title: str) -> Document:
    file = SimpleUploadedFile("papier.txt", b"Bonjour")
    return Document.objects.create(title=title, file=file, collection=collection_of(place))


def upload(name: str = "table.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn(), content_type="image/png")


# --- Pages of others ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "edit",
        "delete",
        "unpublish",
        "copy",
        "move",
        "history",
        "usage",
        "view_draft",
        "revisions_unschedule",
        "set_privacy",
        "add_subpage",
        "preview_on_edit",
        "convert_alias",
        "set_page_position",
        "workflow_history",
        "lock",
    ],
)
def test_page_of_another_loge_is_closed(here: Place, elsewhere: Place, name: str) -> None:
    draft = EventPageFactory(parent=elsewhere.page)
    url = (
        pages_url(name, draft, draft.save_revision().pk) if name == "revisions_unschedule" else pages_url(name, draft)
    )
    before = Page.objects.count()

    for page_url in {url, url.replace(f"/{draft.pk}/", f"/{elsewhere.page.pk}/")}:
        said = {"title": "Pris", "slug": "pris", "new_parent_page": here.page.pk}
        looked, written = here.client.get(page_url), here.client.post(page_url, said)

        assert looked.status_code == 405 or is_refused(looked), looked.status_code
        assert is_refused(written), written.status_code
    assert Page.objects.count() == before
    assert not Page.objects.filter(draft_title="Pris").exists()


def test_page_of_another_loge_is_not_published(here: Place, elsewhere: Place) -> None:
    draft = EventPageFactory(parent=elsewhere.page)
    draft.save_revision()
    fields = {**form_of(elsewhere.client, edit_url(draft)), **body(), "title": "Pris", "action-publish": "1"}

    answer = here.client.post(edit_url(draft), fields)

    assert is_refused(answer)
    draft.refresh_from_db()
    assert (draft.live, draft.draft_title) == (False, draft.title)


@pytest.mark.parametrize("action", BULK)
def test_page_of_another_loge_is_closed_to_the_buttons_of_lists(here: Place, elsewhere: Place, action: str) -> None:
    page = EventPageFactory(parent=elsewhere.page, live=True)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    before = Page.objects.order_by("pk").values_list("pk", "path", "live")
    kept = list(before)

    here.client.post(f"{url}?id={page.pk}", {"chooser": here.page.pk, "move_applicable": "1"})
    here.client.post(f"{url}?id=all&childOf={elsewhere.page.pk}", {"chooser": here.page.pk, "move_applicable": "1"})

    assert list(before.all()) == kept


def test_event_is_not_moved_to_another_loge(here: Place, elsewhere: Place) -> None:
    page = EventPageFactory(parent=here.page)
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.page.pk])

    looked, written = here.client.get(confirm), here.client.post(confirm)

    assert is_refused(looked)
    assert is_refused(written)
    assert EventPage.objects.get().get_parent().specific == here.page


def test_event_of_another_loge_is_not_moved_here(here: Place, elsewhere: Place) -> None:
    page = EventPageFactory(parent=elsewhere.page)
    confirm = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, here.page.pk])

    looked, written = here.client.get(confirm), here.client.post(confirm)

    assert is_refused(looked)
    assert is_refused(written)
    assert EventPage.objects.get().get_parent().specific == elsewhere.page


def test_event_is_not_copied_to_another_loge(here: Place, elsewhere: Place) -> None:
    page = EventPageFactory(parent=here.page)
    fields = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": elsewhere.page.pk}

    answer = here.client.post(pages_url("copy", page), fields)

    assert answer.status_code == 200 or is_refused(answer)
    assert EventPage.objects.count() == 1


def test_event_is_not_added_to_another_loge(here: Place, elsewhere: Place) -> None:
    answer = here.client.post(add_event_url(elsewhere.page), {**EVENT, **body(), "action-publish": "1"})

    assert is_refused(answer)
    assert not EventPage.objects.exists()


def test_explorer_shows_the_own_loge_alone(here: Place, elsewhere: Place) -> None:
    EventPageFactory(parent=elsewhere.page, title="Secret de Wazemmes")
    EventPageFactory(parent=here.page, title="Fête d'Aligre")

    start = here.client.get(reverse("wagtailadmin_explore_root"), follow=True)
    own = here.client.get(reverse("wagtailadmin_explore", args=[here.page.pk]))
    other = here.client.get(reverse("wagtailadmin_explore", args=[elsewhere.page.pk]))

    assert other.status_code in {302, 403, 404}
    assert "Fête d'Aligre" in soup(own).text
    for answer in (start, own):
        assert "Wazemmes" not in soup(answer).text


@pytest.mark.parametrize("query", ["Secret", "Wazemmes", ""])
def test_explorer_search_shows_the_own_loge_alone(here: Place, elsewhere: Place, query: str) -> None:
    EventPageFactory(parent=elsewhere.page, title="Secret de Wazemmes")

    answer = here.client.get(reverse("wagtailadmin_pages:search"), {"q": query})

    assert answer.status_code == 200
    assert "Secret de Wazemmes" not in answer.text


def test_page_chooser_hides_the_drafts_of_others(here: Place, elsewhere: Place) -> None:
    EventPageFactory(parent=elsewhere.page, title="Secret de Wazemmes")

    browsed = here.client.get(reverse("wagtailadmin_choose_page_child", args=[elsewhere.page.pk]))
    searched = here.client.get(reverse("wagtailadmin_choose_page_search"), {"q": "Secret"})

    assert "Secret de Wazemmes" not in browsed.text
    assert "Secret de Wazemmes" not in searched.text


def test_image_choosers_show_the_own_collection_alone(here: Place, elsewhere: Place) -> None:
    picture_of(here, title="Table d'ici")
    hidden = picture_of(elsewhere, title="Table de là-bas")

    for name in ("wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results", "wagtailimages:index"):
        answer = here.client.get(reverse(name))

        assert "Table d&#x27;ici" in answer.text or "Table d'ici" in soup(answer).text
        assert "Table de là-bas" not in answer.text
        assert "Loge de Wazemmes" not in answer.text
    assert is_refused(here.client.get(reverse("wagtailimages:edit", args=[hidden.pk])))
    assert is_refused(here.client.post(reverse("wagtailimages:delete", args=[hidden.pk])))
    assert Picture.objects.filter(pk=hidden.pk).exists()


def test_image_of_another_loge_is_not_handed_over_by_the_chooser(here: Place, elsewhere: Place) -> None:
    hidden = picture_of(elsewhere)

    answer = here.client.get(reverse("wagtailimages_chooser:chosen", args=[hidden.pk]))

    assert answer.status_code in {403, 404} or is_refused(answer)


def test_document_choosers_show_the_own_collection_alone(here: Place, elsewhere: Place) -> None:
    document_of(here, "Papier d'ici")
    hidden = document_of(elsewhere, "Papier de là-bas")

    for name in ("wagtaildocs_chooser:choose", "wagtaildocs:index"):
        answer = here.client.get(reverse(name))

        assert "Papier d'ici" in soup(answer).text
        assert "Papier de là-bas" not in answer.text
    assert is_refused(here.client.get(reverse("wagtaildocs:edit", args=[hidden.pk])))


# --- The own loge ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["delete", "move", "copy", "unpublish"])
def test_own_loge_page_cannot_be_taken_away(here: Place, elsewhere: Place, name: str) -> None:
    url = pages_url(name, here.page)
    before = Page.objects.count()

    looked = here.client.get(url)
    written = here.client.post(url, {"new_title": "B", "new_slug": "b", "new_parent_page": here.page.pk})

    assert is_refused(looked)
    assert is_refused(written)
    assert here.page.live
    assert Page.objects.count() == before


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_own_loge_page_cannot_be_taken_away_by_the_buttons_of_lists(here: Place, action: str) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    here.client.post(f"{url}?id={here.page.pk}", {"chooser": here.page.get_parent().pk, "move_applicable": "1"})

    assert here.page.live


def test_own_event_can_be_deleted_copied_and_unpublished(here: Place) -> None:
    page = EventPageFactory(parent=here.page)
    page.save_revision().publish()

    answers = [here.client.get(pages_url(name, page)) for name in ("edit", "copy", "unpublish", "delete")]

    assert [answer.status_code for answer in answers] == [200] * 4


def test_loge_page_is_not_created_by_hand(here: Place, administrator: Person) -> None:
    url = reverse("wagtailadmin_pages:add", args=["cms", "logepage", here.page.get_parent().pk])

    answer = at_desk(administrator).get(url)

    assert is_refused(answer)


def test_loge_page_of_two_loges_is_open_to_who_coordinates_both(
    here: Place, elsewhere: Place, administrator: Person
) -> None:
    loges.appoint(by=administrator, loge=elsewhere.loge, person=here.person, role=COORDINATOR, now=NOW)

    answers = [here.client.get(edit_url(place.page)) for place in (here, elsewhere)]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_privacy_is_refused_to_coordinators_and_open_to_the_team(here: Place, team_editor: Person) -> None:
    page = EventPageFactory(parent=here.page)
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])

    answer = here.client.post(url, {"restriction_type": PageViewRestriction.LOGIN})
    by_team = at_desk(team_editor).get(url)

    assert is_refused(answer)
    assert not PageViewRestriction.objects.filter(page=page).exists()
    assert by_team.status_code == 200


# --- Who comes in ---------------------------------------------------------------------------------


def test_coordinator_who_was_dismissed_is_refused(here: Place, administrator: Person) -> None:
    loges.dismiss(by=administrator, loge=here.loge, person=here.person, role=COORDINATOR, now=NOW + timedelta(days=1))

    answers = [here.client.get(url) for url in (reverse("wagtailadmin_home"), edit_url(here.page))]

    assert all(is_sent_to_login(answer) for answer in answers)


def test_coordinator_dismissed_from_one_loge_keeps_the_other_alone(
    here: Place, elsewhere: Place, administrator: Person
) -> None:
    loges.appoint(by=administrator, loge=elsewhere.loge, person=here.person, role=COORDINATOR, now=NOW)
    loges.dismiss(by=administrator, loge=here.loge, person=here.person, role=COORDINATOR, now=NOW + timedelta(days=1))

    own, left = here.client.get(edit_url(elsewhere.page)), here.client.get(edit_url(here.page))

    assert own.status_code == 200
    assert is_refused(left)


def test_coordinator_whose_account_is_closed_is_refused(here: Place) -> None:
    Person.objects.filter(pk=here.person.pk).update(is_active=False)

    answer = here.client.get(edit_url(here.page))

    assert is_sent_to_login(answer)


@pytest.mark.parametrize("role", ["EXPERT", "SUPPORTER", None])
def test_admin_is_closed_to_who_coordinates_nothing(here: Place, administrator: Person, role: str | None) -> None:
    person = PersonFactory()
    if role:
        loges.appoint(by=administrator, loge=here.loge, person=person, role=role, now=NOW)

    answer = at_desk(person).get(edit_url(here.page))

    assert is_sent_to_login(answer)


def test_login_is_in_french_for_strangers(here: Place) -> None:
    answer = at_desk(None).get(edit_url(here.page), follow=True)

    page = soup(answer)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0].startswith(reverse("wagtailadmin_login"))
    assert page.html["lang"] == "fr"
    assert "Bienvenue à la loge" in page.h1.text
    assert "Mot de passe" in page.text
    assert "Password" not in page.text


def test_login_leads_to_the_page_that_was_asked_for(here: Place) -> None:
    here.person.set_password("une table, trois chaises")
    here.person.save()
    client, url = Client(), edit_url(here.page)
    login = reverse("wagtailadmin_login")

    answer = client.post(
        login, {"username": here.person.email, "password": "une table, trois chaises", "next": url}, follow=True
    )

    assert answer.redirect_chain[-1][0] == url
    assert answer.status_code == 200


@pytest.mark.parametrize("role", [None, "EXPERT", "RESIDENT"])
def test_login_of_who_has_no_access_says_so_in_french(here: Place, role: str | None) -> None:
    person, login = PersonFactory(), reverse("wagtailadmin_login")
    person.set_password("une table, trois chaises")
    person.save()
    if role in permissions.ROLES:
        loges.appoint(by=None, loge=here.loge, person=person, role=str(role), now=NOW)
    typed, client = {"username": person.email, "password": "une table, trois chaises"}, Client()

    answer = client.post(login, {**typed, "next": reverse("wagtailadmin_home")})
    wrong = client.post(login, {**typed, "password": "autre"})

    assert "pas accès à l'administration" in soup(answer).text
    assert "pas accès" not in soup(wrong).text, "who doesn't know the password isn't told"
    assert "_auth_user_id" not in client.session
    client.post(login, {**typed, "next": "/un-billet-reserve/"})
    assert client.session["_auth_user_id"] == str(person.pk), "who only reads a page may log in for it"


# --- A loge that is not open yet ------------------------------------------------------------------


def test_loge_in_preparation_is_written_but_not_published(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)

    answer = send(place.client, edit_url(place.page), "publish", tagline="Bientôt.")

    assert answer.status_code == 302
    assert not place.page.live
    assert place.page.get_latest_revision_as_object().tagline == "Bientôt."


def test_loge_in_preparation_keeps_its_events_as_drafts(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)

    answer = send(place.client, add_event_url(place.page), "publish", **EVENT)

    assert answer.status_code == 302
    page = EventPage.objects.get()
    assert (page.live, page.event) == (False, None)


def test_loge_in_preparation_offers_no_publish_button(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)

    answer = place.client.get(edit_url(place.page))

    assert soup(answer).find("button", attrs={"name": "action-publish"}) is None


# --- Pictures -------------------------------------------------------------------------------------


def test_image_is_uploaded_into_the_own_collection(here: Place, elsewhere: Place) -> None:
    url = reverse("wagtailimages:add")

    answer = here.client.post(url, {**TABLE, "file": upload(), "collection": collection_of(here).pk})

    assert answer.status_code == 302
    picture = Picture.objects.get()
    assert picture.collection == collection_of(here)
    assert picture.uploaded_by_user == here.person


def test_image_uploaded_into_another_collection_does_not_get_there(here: Place, elsewhere: Place) -> None:
    url = reverse("wagtailimages:add")

    here.client.post(url, {**TABLE, "file": upload(), "collection": collection_of(elsewhere).pk})
    here.client.post(url, {**TABLE, "file": upload(), "collection": Collection.objects.get(depth=1).pk})

    assert not Picture.objects.exclude(collection=collection_of(here)).exists()


def test_image_uploaded_by_dropping_files_stays_in_the_own_collection(here: Place, elsewhere: Place) -> None:
    url = reverse("wagtailimages:add_multiple")
    fields = {"title": "Une table", "collection": collection_of(elsewhere).pk, "files[]": upload()}

    answer = here.client.post(url, fields, headers={"x-requested-with": "XMLHttpRequest"})

    assert answer.status_code == 200
    assert not Picture.objects.exclude(collection=collection_of(here)).exists()


def test_image_of_another_loge_is_not_put_on_the_own_page(here: Place, elsewhere: Place) -> None:
    hidden = picture_of(elsewhere)

    answer = send(here.client, edit_url(here.page), "publish", cover=hidden.pk)

    assert answer.status_code == 200
    assert "cover" in errors_of(answer)
    assert here.page.cover is None


def test_image_of_another_loge_is_not_put_into_the_text(here: Place, elsewhere: Place) -> None:
    hidden = picture_of(elsewhere)
    words = body(("image", {"image": hidden.pk, "alt": "Une table", "caption": ""}))

    answer = send(here.client, edit_url(here.page), **words)

    assert answer.status_code == 200
    assert "body" in errors_of(answer)
    assert "image" not in str(here.page.get_latest_revision_as_object().body.raw_data)


def test_document_of_another_loge_is_not_put_into_the_text(here: Place, elsewhere: Place) -> None:
    hidden, own = (
        Document.objects.create(
            title="Papier",
            file=SimpleUploadedFile("papier.txt", b"x"),
            collection=Collection.objects.get(name=place.loge.name),
        )
        for place in (elsewhere, here)
    )

    refused, taken = (
        send(here.client, edit_url(here.page), **body(("download", {"label": "Lire", "document": document.pk})))
        for document in (hidden, own)
    )

    assert (refused.status_code, taken.status_code) == (200, 302)
    assert "body" in errors_of(refused)
    (block,) = here.page.get_latest_revision_as_object().body.raw_data
    assert block["value"]["document"] == own.pk


def test_image_that_the_team_put_on_the_page_stays(here: Place, team_editor: Person) -> None:
    shared = PictureFactory()
    send(at_desk(team_editor), edit_url(here.page), "publish", cover=shared.pk)

    answer = send(here.client, edit_url(here.page), "publish", cover=shared.pk, tagline="Encore.")

    assert answer.status_code == 302
    assert (here.page.cover, here.page.tagline) == (shared, "Encore.")


def test_image_of_the_own_loge_is_put_on_the_own_page(here: Place) -> None:
    own = picture_of(here)

    answer = send(here.client, edit_url(here.page), "publish", cover=own.pk)

    assert answer.status_code == 302
    assert here.page.cover == own


def test_image_can_be_edited_in_the_own_collection(here: Place) -> None:
    own = picture_of(here)
    url = reverse("wagtailimages:edit", args=[own.pk])

    answer = here.client.post(
        url, {"title": "Autre", "description": "Une autre table", "collection": own.collection_id}
    )

    assert answer.status_code == 302
    own.refresh_from_db()
    assert own.title == "Autre"


# --- What administrators alone see ----------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailadmin_collections:index",
        "wagtailadmin_workflows:index",
        "wagtailadmin_workflows:task_index",
        "wagtailsites:index",
        "wagtailredirects:index",
        "wagtailadmin_reports:locked_pages",
    ],
)
def test_house_is_closed_to_coordinators(here: Place, administrator: Person, name: str) -> None:
    answer = here.client.get(reverse(name))
    by_administrator = at_desk(administrator).get(reverse(name))

    assert is_refused(answer), answer.status_code
    assert by_administrator.status_code == 200


@pytest.mark.parametrize("name", ["site_history", "workflow", "workflow_tasks", "aging_pages", "page_types_usage"])
def test_reports_name_no_page_of_others(here: Place, elsewhere: Place, administrator: Person, name: str) -> None:
    send(elsewhere.client, add_event_url(elsewhere.page), "publish", **{**EVENT, "title": "Fête de Wazemmes"})
    url = reverse(f"wagtailadmin_reports:{name}")

    answer, by_administrator = here.client.get(url), at_desk(administrator).get(url)

    assert by_administrator.status_code == 200
    assert is_refused(answer)
    assert "Wazemmes" not in answer.text


@pytest.mark.parametrize("name", ["images", "documents"])
def test_list_of_files_for_programs_names_no_file_of_others(
    here: Place, elsewhere: Place, administrator: Person, name: str
) -> None:
    theirs = Collection.objects.get(name=elsewhere.loge.name)
    PictureFactory(title="Le canal de Wazemmes", collection=theirs)
    Document.objects.create(title="Le bail de Wazemmes", file=SimpleUploadedFile("x.txt", b"x"), collection=theirs)
    url = reverse(f"wagtailadmin_api:{name}:listing")

    answer, by_administrator = here.client.get(url), at_desk(administrator).get(url)

    assert "Wazemmes" in by_administrator.text
    assert is_refused(answer)
    assert "Wazemmes" not in answer.text


def test_list_of_a_type_names_no_page_of_others(here: Place, elsewhere: Place) -> None:
    for place, title in ((here, "Fête d'Aligre"), (elsewhere, "Fête de Wazemmes")):
        EventPageFactory(parent=place.page, title=title).save_revision()
    url = reverse("wagtailadmin_pages:type_use", args=["cms", "eventpage"])

    whole, found = here.client.get(url), here.client.get(url, {"q": "Fête"})

    assert "Fête d'Aligre" in soup(whole).text
    assert "Wazemmes" not in whole.text + found.text


def test_handbook_is_not_edited_by_coordinators(here: Place) -> None:
    answer = here.client.get(edit_url(HandbookIndexPage.objects.get()))

    assert is_refused(answer)


# --- Nothing that is shown is broken --------------------------------------------------------------


def addresses(client: Client, url: str) -> set[str]:
    """Everywhere that a page of the admin leads on this server."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    page = soup(answer)
    found = {link["href"] for link in page.find_all("a", href=True)}
    found |= {form["action"] for form in page.find_all("form", action=True) if form.get("method") != "post"}
    found |= {tag["data-w-dialog-url-value"] for tag in page.find_all(attrs={"data-w-dialog-url-value": True})}
    whole = {urldefrag(urljoin(f"http://testserver{url}", href))[0] for href in found}
    return {
        address.removeprefix("http://testserver")
        for address in whole
        if urlsplit(address).netloc == "testserver"
        # Files are handed out by another server; the buttons of lists get their pages from a script (tested below).
        and not urlsplit(address).path.startswith(("/admin/logout", "/media/", "/static/", "/admin/bulk/"))
    }


def status(client: Client, url: str) -> int:
    """How an address answers; a redirect to the dashboard, from elsewhere, is Wagtail's way to say no."""
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # a file that is read to its end is closed
    return 403 if is_refused(answer) and answer.status_code == 302 else int(answer.status_code)


@pytest.fixture
def furnished(here: Place) -> Place:
    """A loge with two events, one of them public, a picture and a document."""
    picture_of(here)
    document_of(here, "Affiche")
    EventPageFactory(parent=here.page).save_revision()
    send(here.client, add_event_url(here.page), "publish", **EVENT)
    return here


SCREENS: dict[str, Callable[[Place], str]] = {
    "dashboard": lambda place: reverse("wagtailadmin_home"),
    "explorer": lambda place: reverse("wagtailadmin_explore", args=[place.page.pk]),
    "loge": lambda place: edit_url(place.page),
    "event": lambda place: edit_url(EventPage.objects.get(live=True)),
    "draft": lambda place: edit_url(EventPage.objects.get(live=False)),
    "add an event": lambda place: add_event_url(place.page),
    "add a page": lambda place: pages_url("add_subpage", place.page),
    "events": lambda place: reverse("wagtailadmin_pages:type_use", args=["cms", "eventpage"]),
    "history": lambda place: pages_url("history", EventPage.objects.get(live=True)),
    "images": lambda place: reverse("wagtailimages:index"),
    "image": lambda place: reverse("wagtailimages:edit", args=[Picture.objects.get().pk]),
    "documents": lambda place: reverse("wagtaildocs:index"),
    "account": lambda place: reverse("wagtailadmin_account"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_everything_shown_to_a_coordinator_works(furnished: Place, screen: str) -> None:
    url = SCREENS[screen](furnished)

    answers = {address: status(furnished.client, address) for address in sorted(addresses(furnished.client, url))}

    assert answers
    assert {address: code for address, code in answers.items() if code >= 400} == {}


@pytest.mark.parametrize("action", ["delete", "unpublish", "publish"])
def test_button_of_a_list_of_pages_opens_for_a_coordinator(furnished: Place, action: str) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    answer = furnished.client.get(f"{url}?id={EventPage.objects.get(live=True).pk}")

    assert answer.status_code == 200
    assert EVENT["title"] in soup(answer).text


@pytest.mark.parametrize("action", ["add_tags", "add_to_collection"])
@pytest.mark.parametrize("model", [Picture, Document])
def test_button_of_a_list_of_files_opens_for_a_coordinator(furnished: Place, model: Any, action: str) -> None:
    url = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, action])
    thing = model.objects.get()

    answer = furnished.client.get(f"{url}?id={thing.pk}")

    assert answer.status_code == 200
    assert thing.title in soup(answer).text


def offered_to_edit(person: Person, page: Page) -> list[str]:
    """What the choosers of a page's form offer to edit."""
    links = soup(at_desk(person).get(edit_url(page))).select("[data-chooser-edit-link]:not([hidden])")
    return [" ".join(link.text.split()) for link in links]


def test_choosers_offer_to_edit_what_is_the_loges_and_nothing_else(here: Place, team_editor: Person) -> None:
    page = here.page
    page.cover = PictureFactory()  # the network's
    page.save_revision().publish()

    assert offered_to_edit(here.person, page) == []
    assert offered_to_edit(team_editor, page) == ["Modifier cette image"]

    page.cover = picture_of(here)
    page.save_revision().publish()

    assert offered_to_edit(here.person, page) == ["Modifier cette image"]


@pytest.mark.parametrize(
    ("kind", "is_offered"),
    [
        *dict.fromkeys(
            ("logepage", "homepage", "blogindexpage", "handbookindexpage", "logeindexpage"), False
        ).items(),
        *dict.fromkeys(("eventpage", "blogpostpage", "handbookpartpage"), True).items(),
    ],
)
def test_list_of_a_type_offers_to_add_what_is_made_by_hand(
    here: Place, team_editor: Person, kind: str, is_offered: bool
) -> None:
    screen = at_desk(team_editor).get(reverse("wagtailadmin_pages:type_use", args=["cms", kind])).text

    assert (reverse("wagtailadmin_pages:choose_parent", args=["cms", kind]) in screen) is is_offered


def test_everything_shown_before_the_opening_works(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)
    EventPageFactory(parent=place.page).save_revision()
    urls = [SCREENS[name](place) for name in ("dashboard", "explorer", "loge", "draft")]

    found = set().union(*(addresses(place.client, url) for url in urls))
    broken = {address: code for address in sorted(found) if (code := status(place.client, address)) >= 400}

    assert found
    assert broken == {}


def test_person_registered_without_a_role_has_no_rights(db: None) -> None:
    person = people.register(by=None, email="zoe@example.org", first_name="Zoé", last_name="Nom", now=NOW)

    assert not person.has_perm("wagtailadmin.access_admin")
    assert not LogePage.objects.exists()


def test_draft_is_previewed_by_its_coordinator_alone(here: Place, elsewhere: Place) -> None:
    page = EventPageFactory(parent=here.page, title="Fête secrète")
    page.save_revision()
    url = pages_url("view_draft", page)

    own, other, stranger = here.client.get(url), elsewhere.client.get(url), at_desk(None).get(url)

    assert own.status_code == 200
    assert "Fête secrète" in own.text
    assert is_refused(other)
    assert is_sent_to_login(stranger)


def test_preview_of_an_unsaved_change_shows_it(here: Place) -> None:
    page = EventPageFactory(parent=here.page)
    page.save_revision()
    url = pages_url("preview_on_edit", page)
    fields = {**form_of(here.client, edit_url(page)), **body(text("<p>Vu d'avance.</p>"))}

    told = here.client.post(url, {**fields, "title": "Un autre titre"})
    shown = here.client.get(url, {"mode": ""})

    assert told.json()["is_valid"]
    assert "Un autre titre" in soup(shown).h1.text
    assert "Vu d'avance." in soup(shown).text


@pytest.mark.parametrize("ids", ["{hidden}", "{own}&id={hidden}", "zz", "9" * 30, "1"])
def test_chooser_tells_no_page_that_the_person_may_not_know(here: Place, elsewhere: Place, ids: str) -> None:
    hidden = EventPageFactory(parent=elsewhere.page, title="Secret", live=False)
    url = reverse("wagtailadmin_choose_page_chosen_multiple")

    answer = here.client.get(f"{url}?id={ids.format(hidden=hidden.pk, own=here.page.pk)}")

    assert answer.status_code == 404
    assert here.client.get(f"{url}?id={here.page.pk}").status_code == 200


@pytest.mark.parametrize("ids", ["zz", "9" * 30, "\u0664"])
def test_ids_that_are_none_are_refused(here: Place, ids: str) -> None:
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert here.client.get(f"{bulk}?id={ids}")["Location"] == reverse("wagtailadmin_home")
    for space in ("wagtailimages_chooser", "wagtaildocs_chooser"):
        assert here.client.get(f"{reverse(f'{space}:chosen_multiple')}?id={ids}").status_code == 404


def test_pages_of_a_loge_are_sorted_by_nobody_there(here: Place, administrator: Person) -> None:
    explorer = reverse("wagtailadmin_explore", args=[here.page.pk])

    assert "ordering=ord" not in here.client.get(explorer).content.decode()
    assert "ordering=ord" in at_desk(administrator).get(explorer).content.decode()


def test_two_who_edit_one_page_hear_of_each_other(here: Place) -> None:
    """And of what the other saved meanwhile: neither overwrites it without knowing."""
    second = PersonFactory(first_name="Sacha")
    loges.appoint(by=None, loge=here.loge, person=second, role="CO_COORDINATOR", now=NOW)
    for client in (here.client, at_desk(second)):
        assert client.get(edit_url(here.page)).status_code == 200
    mine = EditingSession.objects.get(user=here.person)
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", here.page.pk, mine.pk])
    latest = here.page.get_latest_revision()
    before = {"revision_id": latest.pk, "revision_created_at": latest.created_at.isoformat()}

    alone = here.client.post(ping, before).json()
    send(at_desk(second), edit_url(here.page), tagline="Écrit par Sacha")
    told = here.client.post(ping, before).json()

    assert [other["user"] for other in alone["other_sessions"]] == [second.get_full_name()]
    assert any(other["revision_id"] for other in told["other_sessions"])
