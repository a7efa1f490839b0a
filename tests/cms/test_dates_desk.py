"""One date moved or cancelled at the desk: the others stay, and a new publication doesn't undo it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cms.models import EventPage
from loges.actions import loges
from loges.models import EventOccurrence
from tests.cms.conftest import Place
from tests.cms.desk import EVENT, add_event_url, at_desk, edit_url, send, soup
from tests.factories import NOW, PersonFactory

pytestmark = pytest.mark.django_db


MONTHLY = {**EVENT, "recurrence": "FREQ=MONTHLY;BYDAY=2TH"}


@pytest.fixture
def monthly(here: Place) -> list[EventOccurrence]:
    """The dates of an event on the second Thursday of each month."""
    send(here.client, add_event_url(here.page), "publish", **MONTHLY)
    return list(EventOccurrence.objects.order_by("starts_at"))


def url(date: EventOccurrence) -> str:
    return reverse("dates:change", args=[date.pk])


def told(dates: list[EventOccurrence]) -> list[tuple[str, str]]:
    found = EventOccurrence.objects.filter(pk__in=[date.pk for date in dates]).order_by("planned_on")
    return [(timezone.localtime(date.starts_at).strftime("%d/%m %H:%M"), date.state) for date in found]


@pytest.mark.parametrize("at", ["18:30", "18h30", "18 h 30"])
def test_date_is_moved_and_the_others_stay(here: Place, monthly: list[EventOccurrence], at: str) -> None:
    before = told(monthly)

    answer = here.client.post(url(monthly[1]), {"move": "1", "on": "10/04/2026", "at": at, "note": "Férié"})

    assert answer["Location"] == reverse("wagtailadmin_home")
    assert told(monthly) == [before[0], ("10/04 18:30", "PLANNED"), *before[2:]]
    page = EventPage.objects.get()
    send(here.client, edit_url(page), "publish", **MONTHLY)
    assert told(monthly)[1] == ("10/04 18:30", "PLANNED"), "a new publication keeps it"


def test_list_tells_when_each_event_takes_place_next(here: Place, monthly: list[EventOccurrence]) -> None:
    send(here.client, add_event_url(here.page), **{**EVENT, "title": "Un brouillon", "slug": "un-brouillon"})
    here.client.post(url(monthly[0]), {"cancel": "1", "note": "Grève"})

    listed = soup(here.client.get(reverse("events:index"))).find("main").text

    assert f"{date_format(timezone.localtime(monthly[1].starts_at), 'l j F Y, G')} h" in listed
    assert "à publier d'abord" in listed


def test_list_of_events_that_is_empty_says_how_to_begin(here: Place) -> None:
    shown = soup(here.client.get(reverse("events:index")))

    assert here.client.get(shown.find("a", string="Prévoyez le premier")["href"]).status_code in (200, 302)


def test_every_field_of_the_screen_has_an_id_of_its_own(here: Place, monthly: list[EventOccurrence]) -> None:
    page = soup(here.client.get(url(monthly[0])))
    ids = [one["id"] for one in page.find("main").find_all(id=True)]

    assert sorted(set(ids)) == sorted(ids)
    for field in page.find_all("input", {"name": "note"}):
        assert page.find("label", {"for": field["id"]})


def test_date_is_cancelled_and_the_others_stay(here: Place, monthly: list[EventOccurrence]) -> None:
    before = told(monthly)

    refused = here.client.post(url(monthly[0]), {"cancel": "1", "note": ""})
    here.client.post(url(monthly[0]), {"cancel": "1", "note": "Le café est fermé."})

    assert refused.status_code == 200
    assert told(monthly) == [(before[0][0], "CANCELLED"), *before[1:]]
    assert here.client.get(url(monthly[0])).status_code == 404, "a cancelled date is done with"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"on": "01/03/2026", "at": "10:00"}, "à venir"),
        ({"on": "", "at": "10:00"}, "Champ requis"),
        ({"on": "demain", "at": "10:00"}, "Saisissez une date valide"),
        ({"on": "10/04/2026", "at": "25:00"}, "Saisissez une heure valide"),
        ({"on": "01/01/0001", "at": "00:00"}, "du 1er janvier 2000 au 31 décembre 2100"),
        ({"on": "01/01/2101", "at": "10:00"}, "du 1er janvier 2000 au 31 décembre 2100"),
        ({"on": "31/12/9999", "at": "23:30"}, "du 1er janvier 2000 au 31 décembre 2100"),
        ({"on": "28/03/2027", "at": "02:30"}, "Cette heure n'existe pas ce jour-là"),
        ({"on": "12/03/2026", "at": "19:00"}, "rien ne change"),
    ],
)
def test_moment_that_makes_no_sense_is_told(
    here: Place, monthly: list[EventOccurrence], typed: dict[str, str], reason: str
) -> None:
    before = told(monthly)

    answer = here.client.post(url(monthly[0]), {"move": "1", "note": "Mot gardé", **typed})

    assert answer.status_code == 200
    assert "Mot gardé" in answer.text
    assert reason in " ".join(error.text for error in soup(answer).select(".w-field__errors .error-message"))
    assert told(monthly) == before


def test_dates_of_others_are_not_there(here: Place, elsewhere: Place, monthly: list[EventOccurrence]) -> None:
    co = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=co, role="CO_COORDINATOR", now=NOW)

    for client in (elsewhere.client, at_desk(co)):
        assert client.get(url(monthly[0])).status_code == 404
        assert client.post(url(monthly[0]), {"cancel": "1", "note": "x"}).status_code == 404
    assert told(monthly)[0][1] == "PLANNED"


def test_desk_leads_to_its_next_dates(here: Place, monthly: list[EventOccurrence], settings: Any) -> None:
    assert url(monthly[0]) in here.client.get(reverse("wagtailadmin_home")).text

    settings.CLOCK_STANDS_AT = NOW + timedelta(days=60)

    assert here.client.get(url(monthly[0])).status_code == 404, "what is past isn't changed"
