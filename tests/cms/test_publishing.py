"""From the editors' form to the calendar: what is published, what stays a draft, and what a failure leaves."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms import calendar, listeners
from cms.models import EventPage, LogePage
from loges import recurrence, signals
from loges.actions import events, loges
from loges.models import Event, EventOccurrence, Loge, Person
from tests.cms.conftest import Place
from tests.cms.desk import (
    EVENT,
    add_event_url,
    as_json,
    at_desk,
    autosave,
    body,
    edit_url,
    errors_of,
    exceptions,
    form_of,
    send,
    soup,
    speakers,
    text,
)
from tests.factories import NOW, ExpertProfileFactory, PersonFactory

pytestmark = pytest.mark.django_db

FIRST_THURSDAY = "FREQ=MONTHLY;BYDAY=1TH"
NOT_THEN = ("exceptions", "il n'y a rien à enlever")
NONE_LEFT = ("exceptions", "il ne reste aucune date")


def announce(place: Place, button: str = "publish", **changes: Any) -> EventPage:
    answer = send(place.client, add_event_url(place.page), button, **{**EVENT, **changes})
    assert answer.status_code == 302, errors_of(answer)
    return EventPage.objects.latest("pk")


def days(event: Event | None) -> list[date]:
    assert event is not None
    return list(event.occurrences.order_by("planned_on").values_list("planned_on", flat=True))


def again(page: EventPage) -> EventPage:
    return EventPage.objects.get(pk=page.pk)


# --- The loge's own page --------------------------------------------------------------------------


def test_loge_page_published_is_live_with_the_new_text(here: Place) -> None:
    words = body(text("<h2>Bonjour</h2><p>Poussez la porte.</p>"))

    answer = send(here.client, edit_url(here.page), "publish", tagline="Un quartier, une table.", **words)

    assert answer.status_code == 302
    assert (here.page.live, here.page.tagline) == (True, "Un quartier, une table.")
    assert "Poussez la porte." in str(here.page.body)
    assert "Poussez la porte." in here.client.get(here.page.url).text


def test_loge_page_saved_as_a_draft_is_not_public(here: Place) -> None:
    answer = send(here.client, edit_url(here.page), tagline="Pas encore prêt.")

    assert answer.status_code == 302
    assert here.page.tagline == ""
    assert here.page.has_unpublished_changes
    assert here.page.get_latest_revision_as_object().tagline == "Pas encore prêt."
    assert "Pas encore prêt." not in here.client.get(here.page.url).text


def test_loge_page_loses_no_block_when_published_again(here: Place) -> None:
    blocks = body(text("<p>Un.</p>"), ("quote", {"quote": "Deux.", "author": ""}), text("<p>Trois.</p>"))
    send(here.client, edit_url(here.page), "publish", **blocks)

    send(here.client, edit_url(here.page), "publish", tagline="Encore.", **blocks)

    assert [block["type"] for block in here.page.body.raw_data] == ["rich_text", "quote", "rich_text"]


# --- Events ---------------------------------------------------------------------------------------


def test_event_published_is_planned(here: Place) -> None:
    page = announce(here)

    assert page.live
    assert page.event is not None
    assert (page.event.loge, page.event.title, page.event.is_published) == (here.loge, EVENT["title"], True)
    assert page.event.slug == "diner-des-recoltes-a-l-ete"
    (only,) = page.event.occurrences.all()
    assert only.starts_at == datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
    assert only.ends_at - only.starts_at == timedelta(hours=2)


def test_event_saved_as_a_draft_is_not_planned(here: Place) -> None:
    page = announce(here, "")

    assert not page.live
    assert page.event is None
    assert not Event.objects.exists()


def test_event_draft_without_a_date_is_kept(here: Place) -> None:
    page = announce(here, "", starts_on="", starts_at_time="", venue_name="")

    assert (page.live, page.starts_on) == (False, None)
    assert page.get_latest_revision_as_object().title == EVENT["title"]


def test_event_moved_to_another_day_is_the_same_occurrence(here: Place) -> None:
    page = announce(here)
    before = EventOccurrence.objects.get()

    answer = send(here.client, edit_url(page), "publish", starts_on="20/03/2026")

    after = EventOccurrence.objects.get()
    assert answer.status_code == 302
    assert (after.pk, after.planned_on) == (before.pk, date(2026, 3, 20))
    assert Event.objects.count() == 1


def test_event_changed_in_a_draft_keeps_its_public_date(here: Place) -> None:
    page = announce(here)

    send(here.client, edit_url(page), starts_on="20/03/2026")

    assert days(again(page).event) == [date(2026, 3, 12)]
    assert again(page).has_unpublished_changes


def test_event_with_a_monthly_rule_is_planned_for_six_months(here: Place) -> None:
    page = announce(here, starts_on="05/03/2026", recurrence=FIRST_THURSDAY)

    assert days(page.event) == [
        date(2026, 3, 5),
        date(2026, 4, 2),
        date(2026, 5, 7),
        date(2026, 6, 4),
        date(2026, 7, 2),
        date(2026, 8, 6),
    ]


def test_event_published_again_keeps_moved_and_cancelled_dates(here: Place) -> None:
    page = announce(here, starts_on="05/03/2026", recurrence=FIRST_THURSDAY)
    assert page.event is not None
    april, may = (page.event.occurrences.get(planned_on=day) for day in (date(2026, 4, 2), date(2026, 5, 7)))
    moved_to = recurrence.instant(date(2026, 4, 3), april.starts_at.time())
    events.move(by=here.person, occurrence=april, starts_at=moved_to, note="Salle prise", now=NOW)
    events.cancel(by=here.person, occurrence=may, note="Pont du 8 mai", now=NOW)

    answer = send(here.client, edit_url(page), "publish", starts_at_time="20:00")

    assert answer.status_code == 302
    april.refresh_from_db()
    may.refresh_from_db()
    assert (april.starts_at, april.is_moved, april.note) == (moved_to, True, "Salle prise")
    assert (may.state, may.note) == ("CANCELLED", "Pont du 8 mai")
    june = page.event.occurrences.get(planned_on=date(2026, 6, 4))
    assert june.starts_at == datetime(2026, 6, 4, 18, 0, tzinfo=UTC)


def test_event_with_speakers_can_be_published_again(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge, published=True)
    said = speakers({"expert": expert.pk, "topic": "Le pain"}, {"resident_first_name": "Nadia"})
    page = announce(here, **said)
    assert page.event is not None

    answer = send(here.client, edit_url(page), "publish", title="Dîner d'automne")

    assert answer.status_code == 302
    assert again(page).title == "Dîner d'automne"
    told = page.event.speakers.order_by("position").values_list("expert", "resident_first_name", "topic")
    assert list(told) == [(expert.pk, "", "Le pain"), (None, "Nadia", "")]


def test_event_speaker_who_left_the_loge_does_not_block_the_page(here: Place) -> None:
    expert = ExpertProfileFactory(loge=here.loge, published=True)
    page = announce(here, **speakers({"expert": expert.pk}))
    type(expert).objects.filter(pk=expert.pk).update(state="LEFT")

    answer = send(here.client, edit_url(page), "publish", title="Dîner d'automne")

    assert answer.status_code == 302, errors_of(answer)
    assert again(page).title == "Dîner d'automne"


def test_event_speaker_from_another_loge_is_refused(here: Place, elsewhere: Place) -> None:
    stranger = ExpertProfileFactory(loge=elsewhere.loge, published=True)

    answer = send(here.client, add_event_url(here.page), "publish", **{**EVENT, **speakers({"expert": stranger.pk})})

    assert answer.status_code == 200
    assert "speakers" in errors_of(answer)
    assert not EventPage.objects.exists()


def test_event_speaker_with_neither_expert_nor_name_is_refused(here: Place) -> None:
    answer = send(here.client, add_event_url(here.page), "publish", **{**EVENT, **speakers({"topic": "Le pain"})})

    assert errors_of(answer)["speakers"] == ["Choisissez un expert, ou donnez le prénom d'un habitant."]


def test_event_unpublished_is_withdrawn_and_keeps_its_dates(here: Place) -> None:
    page = announce(here)

    answer = here.client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert answer.status_code == 302
    event = Event.objects.get()
    assert (again(page).live, event.is_published) == (False, False)
    assert days(event) == [date(2026, 3, 12)]


def test_event_published_after_being_withdrawn_is_the_same_event(here: Place) -> None:
    page = announce(here)
    before = EventOccurrence.objects.get()
    here.client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    send(here.client, edit_url(page), "publish")

    assert Event.objects.get().is_published
    assert EventOccurrence.objects.get().pk == before.pk


def test_event_deleted_is_gone_from_the_calendar(here: Place) -> None:
    page = announce(here)

    answer = here.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert answer.status_code == 302
    assert not EventPage.objects.exists()
    assert not Event.objects.filter(is_published=True).exists()


def test_event_announced_again_after_its_deletion_is_planned(here: Place) -> None:
    page = announce(here)
    here.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    anew = announce(here, starts_on="26/03/2026")

    assert anew.live
    assert anew.event is not None
    assert anew.event.is_published
    assert days(anew.event) == [date(2026, 3, 26)]


def test_event_does_not_inherit_the_cancellation_of_a_deleted_one(here: Place) -> None:
    page = announce(here)
    events.cancel(by=here.person, occurrence=EventOccurrence.objects.get(), note="Pluie", now=NOW)
    here.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    anew = announce(here)

    assert anew.event is not None
    assert [row.state for row in anew.event.occurrences.all()] == ["PLANNED"]


def test_event_takes_the_name_of_one_that_was_deleted_or_renamed_unpublished(here: Place) -> None:
    deleted, unpublished = announce(here, slug="brocante"), announce(here, slug="vide-grenier")
    here.client.post(reverse("wagtailadmin_pages:delete", args=[deleted.pk]))
    here.client.post(reverse("wagtailadmin_pages:unpublish", args=[unpublished.pk]))
    send(here.client, edit_url(unpublished), slug="ancien")
    page = announce(here, slug="grand")

    for slug in ("brocante", "vide-grenier"):
        answer = send(here.client, edit_url(page), "publish", slug=slug)

        assert answer.status_code == 302
        event = again(page).event
        assert event is not None
        assert (event.slug, event.is_published) == (slug, True)
    send(here.client, edit_url(unpublished), "publish")
    assert set(Event.objects.filter(is_published=True).values_list("slug", flat=True)) == {"vide-grenier", "ancien"}


def test_event_is_copied_but_never_as_an_alias(here: Place, team_editor: Person, administrator: Person) -> None:
    page = announce(here)
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    for client in (here.client, at_desk(team_editor), at_desk(administrator)):
        assert soup(client.get(url)).find(attrs={"name": "alias"}) is None
    fields = {"new_title": "Dîner bis", "new_slug": "bis", "new_parent_page": here.page.pk, "alias": "on"}

    here.client.post(url, fields)

    assert not EventPage.objects.get(slug="bis").alias_of


def test_event_copied_is_another_event(here: Place) -> None:
    page = announce(here)
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    fields = {"new_title": "Dîner bis", "new_slug": "diner-bis", "new_parent_page": here.page.pk}

    answer = here.client.post(copy, {**fields, "publish_copies": "on"})

    assert answer.status_code == 302, answer.context["form"].errors
    copied = EventPage.objects.get(slug="diner-bis")
    assert copied.event_id != page.event_id
    assert again(page).event_id == page.event_id
    assert (page.event.slug if page.event else "") == EVENT["slug"]


def test_event_copy_published_later_is_planned_beside_the_first(here: Place) -> None:
    page = announce(here)
    fields = {"new_title": "Dîner bis", "new_slug": "diner-bis", "new_parent_page": here.page.pk}
    here.client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)
    copied = EventPage.objects.get(slug="diner-bis")

    answer = send(here.client, edit_url(copied), "publish", starts_on="19/03/2026")

    assert answer.status_code == 302
    assert sorted(Event.objects.values_list("slug", flat=True)) == sorted([EVENT["slug"], "diner-bis"])
    assert days(again(page).event) == [date(2026, 3, 12)]
    assert days(again(copied).event) == [date(2026, 3, 19)]


def test_event_published_from_the_list_is_planned(here: Place) -> None:
    page = announce(here, "")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = here.client.post(f"{url}?id={page.pk}")

    assert answer.status_code == 302
    assert days(again(page).event) == [date(2026, 3, 12)]


def test_event_published_from_the_list_twice_is_one_event(here: Place) -> None:
    page = announce(here)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = here.client.post(f"{url}?id={page.pk}")

    assert answer.status_code == 302
    assert Event.objects.count() == 1
    assert days(again(page).event) == [date(2026, 3, 12)]


def test_event_without_a_date_is_not_published_from_the_list(here: Place) -> None:
    page = announce(here, "", starts_on="")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    explorer = reverse("wagtailadmin_explore", args=[here.page.pk])

    answer = here.client.post(f"{url}?id={page.pk}&next={explorer}", follow=True)

    assert answer.status_code == 200
    assert "Rien n'est publié" in soup(answer).text
    assert not again(page).live
    assert not Event.objects.exists()


# --- Failures -------------------------------------------------------------------------------------


def test_event_whose_plan_fails_is_not_live(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    page = announce(here)
    here.client.raise_request_exception = False
    monkeypatch.setattr(listeners, "terms_of", lambda page: 1 / 0)
    data = {**form_of(here.client, edit_url(page)), **body(), "starts_on": "20/03/2026", "action-publish": "1"}
    revisions = page.revisions.count()

    answer = here.client.post(edit_url(page), data)

    assert answer.status_code == 500
    assert again(page).starts_on == date(2026, 3, 12)
    assert page.revisions.count() == revisions
    assert days(again(page).event) == [date(2026, 3, 12)]


def test_event_whose_first_plan_fails_leaves_no_page(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    here.client.raise_request_exception = False
    monkeypatch.setattr(listeners, "terms_of", lambda page: 1 / 0)

    answer = send(here.client, add_event_url(here.page), "publish", **EVENT)

    assert answer.status_code == 500
    assert not EventPage.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"recurrence": "FREQ=HOURLY"}, "recurrence", "Sélectionnez un choix valide"),
        (
            {"recurrence": FIRST_THURSDAY, "until_on": "01/03/2026"},
            "until_on",
            "La fin vient avant la première date.",
        ),
        ({"recurrence": FIRST_THURSDAY, "until_on": "20/03/2026"}, "until_on", "ne donne aucune date d'ici là."),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=TH", "starts_on": "01/01/2004"}, "recurrence", "trop de dates"),
        ({"recurrence": "", "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"}, "recurrence", "Aucune date d'ici au"),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=TH", "until_on": "26/03/2026", **exceptions("02/04/2026")}, *NOT_THEN),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=TH", "until_on": "12/03/2026", **exceptions("12/03/2026")}, *NONE_LEFT),
        ({"starts_on": "01/01/0001"}, "starts_on", "du 1er janvier 2000 au 31 décembre 2100."),
        ({"starts_on": "31/12/9999"}, "starts_on", "du 1er janvier 2000 au 31 décembre 2100."),
        (
            {"recurrence": FIRST_THURSDAY, "until_on": "31/12/9999"},
            "until_on",
            "du 1er janvier 2000 au 31 décembre 2100.",
        ),
        ({"slug": "dîner-d-été"}, "slug", "sans accent"),
        ({"slug": "a" * 121}, "slug", "Au plus 120 caractères."),
        ({"starts_on": ""}, "starts_on", "Champ requis."),
        ({"starts_on": "31/02/2026"}, "starts_on", "Saisissez une date valide."),
        ({"starts_at_time": ""}, "starts_at_time", "Champ requis."),
        ({"starts_at_time": "25h"}, "starts_at_time", "Saisissez une heure valide."),
        ({"capacity": "9223372036854775807"}, "capacity", "Au plus 100\u00a0000 places."),
        ({"capacity": "99999999999"}, "capacity", "Au plus 100\u00a0000 places."),
        ({"duration_minutes": "0"}, "duration_minutes", "supérieure ou égale à 1"),
        ({"duration_minutes": "99999"}, "duration_minutes", "au plus deux semaines"),
        ({"venue_name": ""}, "venue_name", "Champ requis."),
    ],
)
def test_event_with_a_mistake_is_sent_back_in_french(
    here: Place, changes: dict[str, str], field: str, error: str
) -> None:
    answer = send(here.client, add_event_url(here.page), "publish", **{**EVENT, **changes})

    assert answer.status_code == 200
    assert error in " ".join(errors_of(answer)[field])
    assert soup(answer).find("input", attrs={"name": "title"})["value"] == EVENT["title"]
    assert not EventPage.objects.exists()


@pytest.mark.parametrize("typed", ["18:30", "18h30", "18 h 30", "18:30:00"])
def test_event_time_is_read_as_people_write_it(here: Place, typed: str) -> None:
    send(here.client, add_event_url(here.page), "publish", **{**EVENT, "starts_at_time": typed})

    assert EventPage.objects.get().starts_at_time == time(18, 30)


def test_event_on_the_first_of_a_month_says_so_in_french(here: Place) -> None:
    page = announce(here, starts_on="01/04/2026")

    shown = soup(here.client.get(page.url)).text

    assert "mercredi 1er avril 2026" in shown
    assert "1 avril" not in shown


def test_event_that_gets_a_mistake_keeps_what_was_public(here: Place) -> None:
    page = announce(here)

    answer = send(here.client, edit_url(page), "publish", starts_on="", title="Autre titre")

    assert answer.status_code == 200
    assert again(page).title == EVENT["title"]
    assert days(again(page).event) == [date(2026, 3, 12)]


# --- Other doors ----------------------------------------------------------------------------------


def test_event_put_back_to_an_older_revision_follows_it(here: Place) -> None:
    page = announce(here)
    before = EventOccurrence.objects.get()
    oldest = page.revisions.earliest("pk")
    send(here.client, edit_url(page), "publish", starts_on="20/03/2026", title="Autre titre")
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, oldest.pk])
    data = form_of(here.client, revert)

    answer = here.client.post(edit_url(page), {**data, **body(), "action-publish": "1"})

    assert answer.status_code == 302
    assert EventOccurrence.objects.get().pk == before.pk
    assert days(again(page).event) == [date(2026, 3, 12)]
    assert Event.objects.get().title == EVENT["title"]


def test_event_revision_written_before_the_first_publication_keeps_the_event(here: Place) -> None:
    page = announce(here, "")
    draft = page.latest_revision
    assert draft is not None
    send(here.client, edit_url(page), "publish", starts_on="20/03/2026")

    draft.publish()

    assert Event.objects.count() == 1
    assert again(page).event == Event.objects.get()
    assert days(again(page).event) == [date(2026, 3, 12)]


def test_event_scheduled_is_planned_when_its_hour_has_come(here: Place) -> None:
    page = announce(here, "", starts_on="26/03/2026")
    revision = page.latest_revision
    assert revision is not None
    Page.objects.filter(pk=page.pk).update(go_live_at=datetime(2026, 1, 1, tzinfo=UTC))
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=datetime(2026, 1, 1, tzinfo=UTC))

    call_command("publish_scheduled", verbosity=0)

    assert again(page).live
    assert days(again(page).event) == [date(2026, 3, 26)]


def test_event_to_be_published_later_is_told_to_nobody_before(here: Place) -> None:
    page = announce(here, go_live_at="10/12/2099 10:00")

    assert (page.live, page.event) == (False, None)
    assert not Event.objects.exists()


def test_event_that_is_scheduled_then_deleted_was_never_told(here: Place) -> None:
    page = announce(here, go_live_at="10/12/2099 10:00")
    revision = page.latest_revision
    assert revision is not None
    assert revision.approved_go_live_at
    unschedule = reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk])
    assert here.client.post(unschedule).status_code == 302
    here.client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not Event.objects.exists()


def test_event_whose_page_is_not_public_is_in_no_calendar(here: Place) -> None:
    """Whatever the domain says: for instance a row that was written before a mistake was mended."""
    page = announce(here)
    assert calendar.events(None).exists()
    assert calendar.occurrences(None).exists()

    Page.objects.filter(pk=page.pk).update(live=False)

    assert Event.objects.get().is_published
    assert not calendar.events(None).exists()
    assert not calendar.occurrences(None).exists()


def test_calendar_is_kept_by_a_command(here: Place, settings: Any) -> None:
    page = announce(here, recurrence=FIRST_THURSDAY, starts_on="05/03/2026")
    before = len(days(page.event))
    settings.CLOCK_STANDS_AT = NOW + timedelta(days=60)

    call_command("keep_calendar", verbosity=0)

    assert len(days(page.event)) == before + 2
    assert EventOccurrence.objects.filter(state="HELD").count() == 2


def test_event_expired_is_withdrawn(here: Place) -> None:
    page = announce(here)
    Page.objects.filter(pk=page.pk).update(expire_at=datetime(2026, 1, 1, tzinfo=UTC))

    call_command("publish_scheduled", verbosity=0)

    assert not again(page).live
    assert not Event.objects.get().is_published


def test_autosave_of_a_new_event_plans_nothing(here: Place) -> None:
    answer = autosave(here.client, add_event_url(here.page), **EVENT)

    assert as_json(answer)["success"]
    page = EventPage.objects.get()
    assert (page.live, page.event) == (False, None)
    assert not Event.objects.exists()


def test_autosave_of_an_incomplete_event_is_kept(here: Place) -> None:
    changes = {**EVENT, "starts_on": "", "starts_at_time": "", "venue_name": ""}

    answer = autosave(here.client, add_event_url(here.page), **changes)

    assert as_json(answer)["success"]
    assert EventPage.objects.get().get_latest_revision_as_object().title == EVENT["title"]


def test_autosave_of_a_public_event_changes_no_date(here: Place) -> None:
    page = announce(here)

    answer = autosave(here.client, edit_url(page), starts_on="20/03/2026")

    assert as_json(answer)["success"]
    assert days(again(page).event) == [date(2026, 3, 12)]
    assert again(page).get_latest_revision_as_object().starts_on == date(2026, 3, 20)


def test_autosave_over_the_work_of_somebody_else_is_refused(here: Place, team_editor: Any) -> None:
    page = announce(here)
    data = {**form_of(here.client, edit_url(page)), **body(), "title": "À moi"}
    send(at_desk(team_editor), edit_url(page), title="À l'équipe")

    answer = here.client.post(edit_url(page), data, headers={"accept": "application/json"})

    assert as_json(answer)["success"] is False
    assert again(page).get_latest_revision_as_object().title == "À l'équipe"


def test_loge_page_of_a_closed_loge_is_off_the_site(here: Place, administrator: Any) -> None:
    announce(here)

    loges.close(by=administrator, loge=here.loge, message="Fin.", now=NOW)

    assert not LogePage.objects.get(loge=here.loge).live
    assert here.client.get(f"/loges/{here.loge.slug}/").status_code == 404


# --- Days to publish and to take off ---
SHOW_DAYS = 'data-a11y-dialog-show="schedule-publishing-dialog"'
SCHEDULE = {"go_live_at": "10/12/2099 10:00", "expire_at": "11/12/2099 10:00"}


def days_offered(client: Client, url: str) -> set[str]:
    """What of the screen asks for a day: its fields, and the button that shows them."""
    screen = client.get(url).text
    return {words for words in ('name="go_live_at"', 'name="expire_at"', SHOW_DAYS) if words in screen}


def test_days_are_asked_of_those_who_publish(here: Place, make_place: Callable[..., Place]) -> None:
    co, unborn = PersonFactory(), make_place("chantenay", is_open=False)
    loges.appoint(by=None, loge=here.loge, person=co, role="CO_COORDINATOR", now=NOW)

    assert len(days_offered(here.client, edit_url(announce(here)))) == 3
    assert len(days_offered(here.client, add_event_url(here.page))) == 3
    assert not days_offered(at_desk(co), add_event_url(here.page))
    assert not days_offered(unborn.client, add_event_url(unborn.page))


def test_page_of_a_loge_comes_and_goes_with_the_loge_alone(here: Place, team_editor: Person) -> None:
    for client in (here.client, at_desk(team_editor)):
        assert not days_offered(client, edit_url(here.page))
        answer = send(client, edit_url(here.page), "publish", **SCHEDULE)
        assert answer.status_code == 302, errors_of(answer)

    page = here.page
    assert (page.live, page.go_live_at, page.expire_at) == (True, None, None)


def test_opening_publishes_the_page_whatever_day_its_draft_names(
    make_place: Callable[..., Place], administrator: Person
) -> None:
    place = make_place("chantenay", is_open=False)
    page = place.page
    page.go_live_at = page.expire_at = datetime(2099, 12, 10, tzinfo=UTC)
    page.save_revision(clean=False)

    signals.loge_changed.send(Loge, loge=place.loge, transition="open", by=administrator, now=NOW)

    assert (place.page.live, place.page.go_live_at, place.page.expire_at) == (True, None, None)
