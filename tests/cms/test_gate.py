"""Forms that no screen of the admin sends are refused at its gate: Wagtail's own views fail on them."""

import pytest
from django.urls import reverse

from cms.gate import NO_ACCESS
from cms.models import EventPage
from loges.models import Person
from tests.cms.conftest import Place
from tests.cms.desk import EVENT, add_event_url, at_desk, send, soup
from tests.factories import PersonFactory

LINK = "wagtailadmin_choose_page_external_link"


@pytest.mark.parametrize(
    "said", ["garbage", "[]", '{"user": 1}', '{"comment": 1}', "[" * 50_000, '{"comment": "oui", "by": "moi"}']
)
def test_what_is_said_with_a_decision_is_a_comment_alone(here: Place, said: str) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[here.page.pk])

    answer = here.client.post(edit, {"action-workflow-action": "true", "workflow-action-extra-data": said})

    assert answer.status_code == 400


@pytest.mark.parametrize("who", ["administrator", "team_editor"])
def test_link_without_its_address_is_refused_to_everybody(who: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    client = at_desk(person)

    empty, typed = (client.post(reverse(LINK), data) for data in ({}, {"external-link-chooser-url": ""}))

    assert (empty.status_code, typed.status_code) == (400, 200)


def test_somebody_without_rights_is_told_so_instead_of_a_bare_log_in(db: None) -> None:
    client = at_desk(PersonFactory())

    answer = client.get(reverse("wagtailadmin_home"), follow=True)

    assert NO_ACCESS in soup(answer).text


@pytest.mark.parametrize("parent", ["abc", "999999", "", "9" * 30])
def test_copy_goes_below_a_page_that_exists(here: Place, parent: str) -> None:
    send(here.client, add_event_url(here.page), **EVENT)
    copy = reverse("wagtailadmin_pages:copy", args=[EventPage.objects.get().pk])

    answer = here.client.post(copy, {"new_title": "Une", "new_slug": "une", "new_parent_page": parent})

    assert answer.status_code == 400


def test_copy_tells_that_a_title_is_too_long(here: Place) -> None:
    send(here.client, add_event_url(here.page), **EVENT)
    copy = reverse("wagtailadmin_pages:copy", args=[EventPage.objects.get().pk])
    said = {"new_title": "é" * 256, "new_slug": "e" * 256, "new_parent_page": here.page.pk}

    answer = here.client.post(copy, said)

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"new_title", "new_slug"}
    assert EventPage.objects.count() == 1


def test_form_without_a_field_that_its_screen_sends_is_refused(here: Place) -> None:
    answer = here.client.post(add_event_url(here.page), {"title": "Sans corps"})

    assert answer.status_code == 400
