"""Forms that no screen of the admin sends are refused at its gate: Wagtail's own views fail on them."""

import pytest
from django.urls import reverse

from cms.gate import NO_ACCESS
from loges.models import Person
from tests.cms.conftest import Place
from tests.cms.desk import at_desk, soup
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
