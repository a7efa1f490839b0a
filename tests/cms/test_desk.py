"""The desk: where people land, what they are told to do, their menu, and the buttons of a loge's life."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Site

from cms.models import CharterVersion, HandbookPartPage, LogePage, SiteTexts
from loges import queries as domain
from loges.actions import loges
from loges.models import EventOccurrence, Loge, Person
from tests.cms.conftest import COORDINATOR, Place
from tests.cms.desk import EVENT, add_event_url, at_desk, edit_url, send, soup
from tests.factories import NOW, ExpertProfileFactory, PersonFactory, SearchMissFactory
from tests.factories.pages import EventPageFactory, HandbookChapterPageFactory, HandbookPartPageFactory

pytestmark = pytest.mark.django_db

HOME = "wagtailadmin_home"


def told(client: Any) -> str:
    return " ".join(soup(client.get(reverse(HOME))).find("main").text.split())


def steps_told(client: Any) -> str:
    """What is to be done."""
    return " ".join(part.text for part in soup(client.get(reverse(HOME))).select(".desk__steps"))


def menu(client: Any) -> set[str]:
    """Where the menu leads; it is drawn by a script, from the data in the page."""
    page = soup(client.get(reverse(HOME)))
    data = json.loads(page.find("script", id="wagtail-sidebar-props").string)
    return {item["_args"][0]["label"] for item in _items(data)} - {"Compte"}


def _items(data: Any) -> list[Any]:
    if isinstance(data, dict):
        found = [data] if data.get("_type", "").endswith("LinkMenuItem") else []
        return found + [item for value in data.values() for item in _items(value)]
    return [item for value in data for item in _items(value)] if isinstance(data, list) else []


def button_url(loge: Loge, name: str) -> str:
    return reverse("life:change", args=["loge", loge.pk, name])


def press(person: Person, loge: Loge, name: str, **fields: Any) -> Any:
    return at_desk(person).post(button_url(loge, name), fields)


# --- What is told ------------------------------------------------------------------------------------------------


def test_quiet_loge_is_told_to_plan_an_event(here: Place) -> None:
    assert "Aucun événement d'ici un mois" in told(here.client)

    send(here.client, add_event_url(here.page), "publish", **EVENT)

    after = told(here.client)
    assert "Aucun événement" not in after
    assert "jeudi 12 mars" in after

    EventOccurrence.objects.update(state="CANCELLED")
    assert "Aucun événement d'ici un mois" in told(here.client), "what is cancelled doesn't count"


def test_profiles_that_wait_are_counted(here: Place, elsewhere: Place) -> None:
    for place, count in ((here, 2), (elsewhere, 1)):
        for _ in range(count):
            ExpertProfileFactory(loge=place.loge, state="AWAITING_COORDINATOR")

    assert "Relire 2 profils d'expert" in told(here.client)


def test_loge_in_preparation_is_told_what_is_missing(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)

    after = told(place.client)

    assert "En préparation" in after
    assert "Écrire la page de la loge" in after
    assert "Charte signée par le coordinateur" in after, "nobody wrote the charter yet"
    assert "Demander l'ouverture" in after


def test_profiles_that_wait_in_a_loge_that_prepares_are_counted(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)
    ExpertProfileFactory(loge=place.loge, state="AWAITING_COORDINATOR")

    assert "Relire 1 profil d'expert" in told(place.client)


def test_charter_is_read_and_signed_at_the_desk(make_place: Callable[..., Place]) -> None:
    CharterVersion.objects.create(version="1", valid_from_on=NOW.date(), text="<p>On se dit bonjour.</p>")
    place, other = make_place("chantenay", is_open=False), make_place("panier", is_open=False)
    url = reverse("charter:sign", args=[place.loge.pk])
    assert "On se dit bonjour." in place.client.get(url).content.decode()
    assert place.client.get(url.replace(str(place.loge.pk), "9" * 20)).status_code == 404
    for client in (other.client, at_desk(PersonFactory()), at_desk(None)):
        assert client.post(url).status_code in {302, 404}
    assert "Lire et signer la charte" in told(place.client)

    place.client.post(url)

    assert domain.coordinators([place.loge.pk])[place.loge.pk][0].charter_signed_on == NOW.date()
    assert "Lire et signer la charte" not in told(place.client)
    assert "Lire et signer la charte" in told(other.client)
    assert place.client.get(url).status_code == 404


def test_charter_that_nobody_wrote_yet_cannot_be_signed(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)

    assert place.client.get(reverse("charter:sign", args=[place.loge.pk])).status_code == 404
    assert "Lire et signer" not in told(place.client)


def test_page_that_is_written_as_a_draft_is_not_asked_for_again(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)
    assert "Écrire la page de la loge" in steps_told(place.client)

    send(place.client, edit_url(place.page))

    assert "Écrire la page de la loge" not in steps_told(place.client)


def test_answer_to_a_request_to_open_is_written_to_the_coordinator(
    make_place: Callable[..., Place], administrator: Person, django_capture_on_commit_callbacks: Any
) -> None:
    place = make_place("chantenay", is_open=False)
    Loge.objects.filter(pk=place.loge.pk).update(state="PENDING_OPENING")
    place.loge.refresh_from_db()
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        loges.send_back(by=administrator, loge=place.loge, missing="Une photo de l'équipe", now=NOW)
    Loge.objects.filter(pk=place.loge.pk).update(state="PENDING_OPENING")
    place.loge.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        loges.open(by=administrator, loge=place.loge, now=NOW)

    assert [message.to for message in mail.outbox] == [[place.person.email]] * 2
    assert "Une photo de l'équipe" in mail.outbox[0].body
    assert "est ouverte" in mail.outbox[1].body


def test_what_is_looked_for_in_vain_is_told_to_those_who_keep_the_team(here: Place, elsewhere: Place) -> None:
    SearchMissFactory(words="affûter couteaux", loge=here.loge.slug, count=7)
    contributor = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=contributor, role="CONTRIBUTOR", now=NOW)

    assert "Cherché 7 fois sans trouver : affûter couteaux" in told(here.client)
    assert "Cherché" not in told(elsewhere.client)
    assert "Cherché" not in told(at_desk(contributor))


def test_desk_names_no_loge_of_others(here: Place, elsewhere: Place) -> None:
    assert here.loge.name in told(here.client)
    assert elsewhere.loge.name not in told(here.client)


def test_who_coordinates_two_loges_sees_both(here: Place, elsewhere: Place) -> None:
    loges.appoint(by=None, loge=elsewhere.loge, person=here.person, role=COORDINATOR, now=NOW)

    assert elsewhere.loge.name in told(at_desk(here.person))


def test_handbook_is_on_the_desk_and_empty_says_so(here: Place) -> None:
    assert "Le cahier est encore vide." in told(here.client)

    HandbookChapterPageFactory(title="Garder des clés")

    assert "Garder des clés" in told(here.client)


def test_handbook_on_the_desk_follows_where_the_loge_stands(make_place: Callable[..., Place]) -> None:
    place = make_place("chantenay", is_open=False)
    for title, stages in (
        ("L'argent", []),
        ("Se lancer", ["PREPARING"]),
        ("Ouvrir", ["PREPARING", "PENDING_OPENING"]),
        ("Faire vivre", ["ACTIVE"]),
    ):
        part = HandbookPartPageFactory(stages=stages)
        HandbookChapterPageFactory(parent=part, title=f"Chapitre {title}")

    def chapters() -> list[str]:
        found = soup(place.client.get(reverse(HOME))).select("[aria-labelledby=desk-handbook] li a")
        return [link.text.removeprefix("Chapitre ") for link in found]

    assert chapters() == ["Se lancer", "Ouvrir", "L'argent"]

    Loge.objects.filter(pk=place.loge.pk).update(state="PENDING_OPENING")
    assert chapters() == ["Ouvrir", "L'argent"]

    Loge.objects.filter(pk=place.loge.pk).update(state="ACTIVE", opened_at=NOW)
    assert chapters() == ["Faire vivre", "L'argent"]

    HandbookPartPage.objects.update(stages=["PREPARING"])
    assert "Aucun chapitre n'est choisi" in told(place.client)


def test_team_chooses_when_a_part_of_the_handbook_is_read(team_editor: Person) -> None:
    part = HandbookPartPageFactory(title="Ouvrir")
    part.save_revision()
    client = at_desk(team_editor)
    boxes = soup(client.get(edit_url(part))).select("input[name=stages]")
    assert [box["value"] for box in boxes] == ["PREPARING", "PENDING_OPENING", "ACTIVE", "PAUSED"]

    send(client, edit_url(part), "publish", stages=["PREPARING", "PENDING_OPENING"])
    assert HandbookPartPage.objects.get().stages == ["PREPARING", "PENDING_OPENING"]

    send(client, edit_url(part), "publish", stages=[])
    assert HandbookPartPage.objects.get().stages == []


def test_help_on_the_desk_is_in_french_and_tells_whom_to_ask(here: Place) -> None:
    SiteTexts.objects.create(
        site=Site.objects.get(is_default_site=True),
        contact_email="aide@openloge.example",
        contact_phone="01 99 00 48 35",
    )
    page = soup(here.client.get(reverse(HOME)))

    assert page.find("a", string="Aide\u00a0: le cahier de bonnes pratiques")["href"] == reverse("handbook:index")
    assert "par écrit à aide@openloge.example, ou au 01 99 00 48 35." in told(here.client)


def test_no_screen_of_a_coordinator_leads_to_a_guide_in_english(here: Place) -> None:
    EventPageFactory(parent=here.page).save_revision()

    for url in (
        reverse(HOME),
        reverse("wagtailadmin_account"),
        reverse("wagtailadmin_explore", args=[here.page.pk]),
        edit_url(here.page),
        add_event_url(here.page),
    ):
        links = [link["href"] for link in soup(here.client.get(url)).find_all("a", href=True)]
        assert [link for link in links if "wagtail.org" in link] == [], url


def test_team_sees_all_loges_those_that_wait_first(
    here: Place, make_place: Callable[..., Place], team_editor: Person
) -> None:
    place = make_place("zola", is_open=False)
    member = place.loge.memberships.get()
    loges.sign_charter(by=place.person, membership=member, on=NOW.date())
    loges.request_opening(by=place.person, loge=place.loge, now=NOW)

    rows = [row.text for row in soup(at_desk(team_editor).get(reverse(HOME))).select(".desk tbody tr")]

    assert place.loge.name in rows[0]
    assert "Ouvrir la loge" in rows[0]
    assert here.loge.name in rows[1]


def test_desk_costs_the_same_whatever_the_number_of_experts_and_events(here: Place) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            here.client.get(reverse(HOME))
        return len(queries)

    cost()
    few = cost()
    for _ in range(10):
        ExpertProfileFactory(loge=here.loge, published=True)
        EventPageFactory(parent=here.page)
        HandbookChapterPageFactory()

    assert cost() == few


# --- The menu ----------------------------------------------------------------------------------------------------


def test_menu_of_a_coordinator_has_what_they_use_and_nothing_else(here: Place) -> None:
    assert menu(here.client) == {
        "Ma loge",
        "Événements",
        "Équipe",
        "Images",
        "Documents",
        "Cahier de bonnes pratiques",
    }


def test_menu_of_a_contributor_is_the_handbook(here: Place) -> None:
    person = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=person, role="CONTRIBUTOR", now=NOW)

    assert menu(at_desk(person)) == {"Cahier de bonnes pratiques"}


def test_desk_asks_nothing_of_those_who_may_not(here: Place, administrator: Person) -> None:
    ExpertProfileFactory(loge=here.loge, state="AWAITING_COORDINATOR")
    told = {}
    for role in ("CO_COORDINATOR", "CONTRIBUTOR"):
        person = PersonFactory()
        loges.appoint(by=administrator, loge=here.loge, person=person, role=role, now=NOW)
        told[role] = soup(at_desk(person).get(reverse("wagtailadmin_home"))).find("main").text

    leads = soup(here.client.get(reverse("wagtailadmin_home"))).find("main").text
    assert ["Relire 1 profil" in text for text in (leads, *told.values())] == [True, False, False]
    assert ["c'est assez pour commencer" in text for text in (leads, *told.values())] == [True, True, False]


def test_list_of_events_is_of_the_own_loge(here: Place, elsewhere: Place) -> None:
    EventPageFactory(parent=here.page, title="Fête d'Aligre")
    EventPageFactory(parent=elsewhere.page, title="Fête de Wazemmes")

    for query in ({}, {"q": "Fête"}):
        listed = here.client.get(reverse("events:index"), query).text
        assert "Fête d'Aligre" in listed or "d&#x27;Aligre" in listed
        assert "Wazemmes" not in listed


# --- The life of a loge ------------------------------------------------------------------------------------------


def test_loge_opens_by_the_buttons_of_both_desks(make_place: Callable[..., Place], team_editor: Person) -> None:
    place = make_place("chantenay", is_open=False)

    refused = press(place.person, place.loge, "request_opening")
    assert "Il manque encore" in refused.text
    assert "Charte signée" in refused.text

    loges.sign_charter(by=place.person, membership=place.loge.memberships.get(), on=NOW.date())
    press(place.person, place.loge, "request_opening")
    press(team_editor, place.loge, "send_back", missing="Une photo de la loge")
    place.loge.refresh_from_db()
    assert place.loge.state == "PREPARING"
    assert "Une photo de la loge" in told(place.client)
    assert not LogePage.objects.get(loge=place.loge).live

    press(place.person, place.loge, "request_opening")
    answer = press(team_editor, place.loge, "open")

    place.loge.refresh_from_db()
    assert answer["Location"] == reverse(HOME)
    assert place.loge.state == "ACTIVE"
    assert LogePage.objects.get(loge=place.loge).live


def test_coordinator_pauses_and_resumes(here: Place) -> None:
    assert "Message aux habitants" in here.client.get(button_url(here.loge, "pause")).text
    assert "error-message" in press(here.person, here.loge, "pause").text

    press(here.person, here.loge, "pause", message="De retour en avril.", until_on="01/04/2026")

    here.loge.refresh_from_db()
    assert (here.loge.state, here.loge.state_message) == ("PAUSED", "De retour en avril.")
    assert str(here.loge.paused_until_on) == "2026-04-01"

    press(here.person, here.loge, "resume")
    here.loge.refresh_from_db()
    assert here.loge.state == "ACTIVE"


@pytest.mark.parametrize("name", ["open", "close", "send_back", "create", "delete", "pause"])
def test_button_that_is_not_ones_own_is_not_there(here: Place, elsewhere: Place, name: str) -> None:
    for loge in (elsewhere.loge, here.loge) if name != "pause" else (elsewhere.loge,):
        state = loge.state
        assert here.client.get(button_url(loge, name)).status_code == 404
        assert press(here.person, loge, name, message="x", missing="x").status_code == 404
        loge.refresh_from_db()
        assert loge.state == state


def test_co_coordinator_has_no_button_of_the_loges_life(here: Place) -> None:
    person = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=person, role="CO_COORDINATOR", now=NOW)

    assert "Mettre en pause" not in told(at_desk(person))
    assert press(person, here.loge, "pause", message="x").status_code == 404


def test_desk_of_an_interim_closes_by_itself(here: Place, settings: Any) -> None:
    person, until = PersonFactory(), NOW + timedelta(days=14)
    loges.appoint(by=None, loge=here.loge, person=person, role="INTERIM", until=until, now=NOW)
    assert here.loge.name in told(at_desk(person))

    settings.CLOCK_STANDS_AT = until

    assert "/login/" in at_desk(person).get(reverse(HOME))["Location"]
    assert here.client.get(reverse(HOME)).status_code == 200
