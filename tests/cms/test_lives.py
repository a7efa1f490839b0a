"""Lives: who leads a loge changes, falls ill, has two roles, pauses, leaves. Each keeps its rights right.

Asked at the admin's doors, in GraphQL and of the rule book, through the real actions, as the clock goes on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from cms.models import EventPage, LogePage
from loges import permissions
from loges.actions import experts, loges
from loges.models import ExpertProfile, Person
from tests.cms.conftest import COORDINATOR, Place
from tests.cms.desk import EVENT, add_event_url, at_desk, autosave, body, edit_url, form_of, send, soup
from tests.cms.test_desk import menu, told
from tests.factories import NOW, ExpertProfileFactory, PersonFactory

pytestmark = pytest.mark.django_db

LEADS = {"desk", "page", "publish", "team"}
SECONDS = {"desk", "page"}
"""The doors of a loge that are open to who leads it."""

WEEKS = timedelta(days=14)
INSTANT = timedelta(microseconds=1)
SHOWN = "query($slug: String!) { loge(slug: $slug) { state coordinators { firstName } } }"


def named(first_name: str, place: Place, role: str, **when: Any) -> Person:
    """Somebody new, appointed by the team's action."""
    person = PersonFactory(first_name=first_name)
    loges.appoint(by=None, loge=place.loge, person=person, role=role, **{"now": NOW, **when})
    return person


def doors(person: Person, place: Place) -> set[str]:
    """The doors of a loge that are open to a person, as the admin answers; the rule book must say the same."""
    person = Person.objects.get(pk=person.pk)  # who keeps no answer from before
    client, page = at_desk(person), place.page
    expert = ExpertProfile.objects.filter(loge=place.loge).first() or ExpertProfileFactory(loge=place.loge)
    found = set()
    if (home := client.get(reverse("wagtailadmin_home"))).status_code == 200:
        found |= {"desk"} if place.loge.name in soup(home).find("main").text else set()
    if (form := client.get(edit_url(page))).status_code == 200:
        found |= {"page", "publish"} if soup(form).find("button", {"name": "action-publish"}) else {"page"}
    if client.get(reverse("team:profile", args=[expert.pk])).status_code == 200:
        found.add("team")
    book = {"page": ("edit", page), "publish": ("publish", page), "team": ("edit", expert)}
    assert {name for name, asked in book.items() if permissions.may(person, *asked)} == found - {"desk"}
    return found


def reads_handbook(person: Person) -> bool:
    return at_desk(person).get(reverse("handbook:index")).status_code == 200


def leaders(place: Place) -> list[str]:
    """Who leads the loge, as readers are told."""
    sent = {"query": SHOWN, "variables": {"slug": place.loge.slug}}
    answer = at_desk(None).post("/graphql/", sent, content_type="application/json").json()
    assert "errors" not in answer, answer
    return [row["firstName"] for row in (answer["data"]["loge"] or {"coordinators": []})["coordinators"]]


@pytest.fixture
def move_on(settings: Any) -> Callable[[datetime], None]:
    """Makes it that instant."""

    def at(instant: datetime) -> None:
        settings.CLOCK_STANDS_AT = instant

    return at


@pytest.fixture
def maelle(here: Place) -> Person:
    """The coordinator of `here`, by name."""
    here.person.first_name = "Maëlle"
    here.person.save()
    return here.person


def test_loge_that_changes_coordinator(
    here: Place, maelle: Person, administrator: Person, move_on: Callable[[datetime], None]
) -> None:
    day = NOW + timedelta(days=1)
    assert (doors(maelle, here), leaders(here)) == (LEADS, ["Maëlle"])

    move_on(day)
    idris = named("Idris", here, COORDINATOR, now=day)
    assert (doors(maelle, here), doors(idris, here), leaders(here)) == (LEADS, LEADS, ["Maëlle", "Idris"])
    loges.dismiss(by=administrator, loge=here.loge, person=maelle, role=COORDINATOR, now=day)

    assert (doors(maelle, here), doors(idris, here), leaders(here)) == (set(), LEADS, ["Idris"])
    assert not reads_handbook(maelle)
    assert menu(at_desk(idris)) >= {"Ma loge", "Équipe", "Cahier de bonnes pratiques"}
    send(at_desk(idris), add_event_url(here.page), "publish", **EVENT)
    assert EventPage.objects.get().live


def test_coordinator_who_is_ill_for_two_weeks(
    here: Place, elsewhere: Place, maelle: Person, move_on: Callable[[datetime], None]
) -> None:
    end = NOW + WEEKS
    sacha = named("Sacha", here, "INTERIM", until=end)
    client = at_desk(sacha)

    move_on(end - INSTANT)
    assert (doors(sacha, here), doors(sacha, elsewhere), leaders(here)) == (LEADS, set(), ["Maëlle", "Sacha"])
    assert reads_handbook(sacha)
    page = here.page
    typed = {**form_of(client, edit_url(page)), **body(), "tagline": "Trop tard", "action-publish": "1"}
    revisions = page.revisions.count()

    move_on(end)
    assert (doors(sacha, here), doors(maelle, here), leaders(here)) == (set(), LEADS, ["Maëlle"])
    assert not reads_handbook(sacha)
    assert "/login/" in client.post(edit_url(page), typed)["Location"]
    assert "/login/" in client.get(reverse("team:index"))["Location"]
    assert (here.page.tagline, page.revisions.count()) == ("", revisions)


def test_coordinator_who_is_ill_for_longer_than_thought(
    here: Place, maelle: Person, move_on: Callable[[datetime], None]
) -> None:
    sacha = named("Sacha", here, "INTERIM", until=NOW + WEEKS)

    move_on(NOW + WEEKS)
    loges.appoint(by=None, loge=here.loge, person=sacha, role="INTERIM", until=NOW + 2 * WEEKS, now=NOW + WEEKS)

    assert (doors(sacha, here), leaders(here)) == (LEADS, ["Maëlle", "Sacha"])
    move_on(NOW + 2 * WEEKS)
    assert (doors(sacha, here), leaders(here)) == (set(), ["Maëlle"])


def test_co_coordinator_who_stands_in_keeps_the_own_role_afterwards(
    here: Place, maelle: Person, move_on: Callable[[datetime], None]
) -> None:
    sacha = named("Sacha", here, "CO_COORDINATOR")
    assert doors(sacha, here) == SECONDS
    loges.appoint(by=None, loge=here.loge, person=sacha, role="INTERIM", until=NOW + WEEKS, now=NOW)

    move_on(NOW + WEEKS - INSTANT)
    assert (doors(sacha, here), leaders(here)) == (LEADS, ["Maëlle", "Sacha"])
    move_on(NOW + WEEKS)

    assert (doors(sacha, here), leaders(here)) == (SECONDS, ["Maëlle"])
    assert reads_handbook(sacha)


def test_person_who_coordinates_here_and_is_an_expert_there(here: Place, elsewhere: Place, maelle: Person) -> None:
    loges.appoint(by=None, loge=elsewhere.loge, person=maelle, role="EXPERT", now=NOW)
    own = ExpertProfileFactory(loge=elsewhere.loge, person=maelle, membership=None)

    assert (doors(maelle, here), doors(maelle, elsewhere)) == (LEADS, set())
    assert (leaders(here), "Maëlle" in leaders(elsewhere)) == (["Maëlle"], False)
    assert not permissions.may(maelle, "edit", own), "the desk keeps the team of the loge one coordinates"
    assert permissions.Actor.EXPERT in permissions.actors(maelle, own)
    assert elsewhere.loge.name not in told(at_desk(maelle))


def test_expert_who_is_no_coordinator_any_more_stays_an_expert(
    here: Place, maelle: Person, administrator: Person
) -> None:
    loges.appoint(by=None, loge=here.loge, person=maelle, role="EXPERT", now=NOW)
    own = ExpertProfileFactory(loge=here.loge, person=maelle, published=True, membership=None)

    loges.dismiss(by=administrator, loge=here.loge, person=maelle, role=COORDINATOR, now=NOW)

    assert (doors(maelle, here), leaders(here)) == (set(), [])
    assert here.loge.memberships.filter(person=maelle, role="EXPERT", ends_at=None).exists()
    assert permissions.visible(ExpertProfile.objects.all(), None).filter(pk=own.pk).exists()
    experts.pause(by=maelle, expert=own, until_on=None, now=NOW)
    assert own.state == "PAUSED"


def test_loge_that_pauses_and_returns(here: Place, maelle: Person) -> None:
    co = named("Sacha", here, "CO_COORDINATOR")

    loges.pause(by=maelle, loge=here.loge, message="De retour en avril.", until_on=None, now=NOW)

    assert (doors(maelle, here), doors(co, here)) == (LEADS, SECONDS)
    assert leaders(here) == ["Maëlle"]
    send(here.client, add_event_url(here.page), "publish", **EVENT)
    assert EventPage.objects.get().live, "what comes after the pause is announced"
    loges.resume(by=maelle, loge=here.loge, now=NOW)
    assert doors(maelle, here) == LEADS


def test_loge_that_closes(here: Place, elsewhere: Place, maelle: Person, administrator: Person) -> None:
    interim = named("Sacha", here, "INTERIM", until=NOW + WEEKS)

    loges.close(by=administrator, loge=here.loge, message="Au revoir.", now=NOW)

    for person in (maelle, interim):
        assert doors(person, here) == LEADS - {"publish"}, "what was written stays theirs, and nobody's to read"
    for person in (maelle, interim, administrator):
        client = at_desk(Person.objects.get(pk=person.pk))
        listed = client.get(reverse("wagtailadmin_explore", args=[here.page.pk]))
        assert "add_subpage" not in listed.text, "nothing new is begun"
        assert "/add/cms/" not in client.get(reverse("wagtailadmin_home")).text
        if person != administrator:  # who may add in another loge
            assert reverse("events:choose_parent") not in client.get(reverse("events:index")).text
        for begun in (client.get(add_event_url(here.page)), client.post(add_event_url(here.page), EVENT)):
            assert begun.status_code == 302
    send(here.client, edit_url(here.page), "publish", tagline="Encore")
    assert autosave(here.client, edit_url(here.page), tagline="Encore").status_code == 200
    assert not EventPage.objects.exists()
    assert not LogePage.objects.get(loge=here.loge).live
    assert leaders(here) == []
    assert "Rouvrir" not in told(here.client)
    assert doors(elsewhere.person, elsewhere) == LEADS
    loges.dismiss(by=administrator, loge=here.loge, person=maelle, role=COORDINATOR, now=NOW)
    assert doors(maelle, here) == set()


def test_coordinator_of_two_loges_who_leaves_one_then_the_other(
    here: Place, elsewhere: Place, maelle: Person, administrator: Person
) -> None:
    loges.appoint(by=None, loge=elsewhere.loge, person=maelle, role=COORDINATOR, now=NOW)
    assert (doors(maelle, here), doors(maelle, elsewhere)) == (LEADS, LEADS)
    assert menu(at_desk(maelle)) >= {here.page.title, elsewhere.page.title}

    loges.dismiss(by=administrator, loge=here.loge, person=maelle, role=COORDINATOR, now=NOW)
    assert (doors(maelle, here), doors(maelle, elsewhere)) == (set(), LEADS)
    assert (leaders(here), "Maëlle" in leaders(elsewhere), reads_handbook(maelle)) == ([], True, True)
    assert "Ma loge" in menu(at_desk(maelle))

    loges.dismiss(by=administrator, loge=elsewhere.loge, person=maelle, role=COORDINATOR, now=NOW)
    assert (doors(maelle, elsewhere), reads_handbook(maelle)) == (set(), False)
    assert "/login/" in at_desk(maelle).get(reverse("wagtailadmin_home"))["Location"]


def test_person_of_the_team_who_coordinates_a_loge(here: Place, administrator: Person) -> None:
    """Staff without the team's group has no global right; the role gives its own, and its end takes them."""
    staff = named("Sacha", here, COORDINATOR)
    staff.is_staff = True
    staff.save()
    assert {"page", "publish", "team"} <= doors(staff, here)

    loges.dismiss(by=administrator, loge=here.loge, person=staff, role=COORDINATOR, now=NOW)

    assert doors(staff, here) & {"page", "publish", "team"} == set()
