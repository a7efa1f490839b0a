"""What the demo does by itself while it serves."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from cms.models import EditorialPage
from openloge.management.commands.demo_worker import publish_due, tell_search
from search import outbox
from tests.factories import ExpertProfileFactory
from tests.factories.pages import EditorialPageFactory
from tests.search.servers import Memory

pytestmark = pytest.mark.django_db


def scheduled(**away: int) -> EditorialPage:
    """The draft of a page that is to appear so long from now, by the clock on the wall."""
    page: EditorialPage = EditorialPageFactory(live=False)
    revision = page.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() + timedelta(**away))
    return page


def is_live(page: EditorialPage) -> bool:
    return EditorialPage.objects.get(pk=page.pk).live


def test_page_appears_when_its_hour_on_the_wall_has_come() -> None:
    due, later = scheduled(seconds=-1), scheduled(minutes=2)

    publish_due()

    assert is_live(due)
    assert not is_live(later)


def test_search_server_is_told_what_it_missed_or_left_alone(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_URL = ["http://127.0.0.1:9"]
    expert = ExpertProfileFactory(published=True)
    outbox.put({expert.pk: 1})
    tell_search()  # nobody is there
    waiting = outbox.backlog().waiting
    server = Memory()
    monkeypatch.setattr("search.management.commands.search_sync.elastic", lambda: server)

    tell_search()

    assert (waiting, outbox.backlog().waiting) == (1, 0)
    assert list(server.known) == [expert.pk]


def test_page_that_cannot_be_published_does_not_end_the_rounds(caplog: pytest.LogCaptureFixture) -> None:
    due = scheduled(seconds=-1)

    def fail(**_: Any) -> None:
        raise RuntimeError("Panne")

    page_published.connect(fail)
    try:
        publish_due()
    finally:
        page_published.disconnect(fail)
    assert "couldn't be published" in caplog.text
    assert not is_live(due)

    publish_due()

    assert is_live(due)
