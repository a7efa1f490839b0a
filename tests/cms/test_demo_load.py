"""The demo: complete, always the same, and loaded whole or not at all."""

from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from cms.demo.load import is_loaded, load
from cms.models import (
    HandbookChapterPage,
    HomePage,
    LogePage,
)
from loges.models import (
    Event,
    EventOccurrence,
    ExpertProfile,
    Loge,
    LogeMembership,
    Offer,
    Person,
    Review,
    Service,
    TransitionLog,
)
from tests.demo import NOW, loaded_demo, restart_ids

pytestmark = [pytest.mark.django_db]


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every id, slug and instant that the demo shows."""
    asked: dict[Any, tuple[str, ...]] = {
        Loge: ("pk", "slug", "state", "opened_at"),
        Person: ("pk", "email", "joined_at"),
        LogeMembership: ("pk", "person", "loge", "role", "starts_at"),
        ExpertProfile: ("pk", "slug", "loge", "state", "published_at", "rating_sum", "rating_count"),
        Offer: ("pk", "expert", "service", "price_cents"),
        Review: ("pk", "expert", "rating", "state", "left_at", "published_at"),
        Event: ("pk", "loge", "slug", "starts_on", "is_published"),
        EventOccurrence: ("pk", "event", "planned_on", "starts_at", "state", "sequence", "note"),
        Page: ("pk", "path", "slug", "url_path", "live", "title"),
        TransitionLog: ("pk", "machine", "object_id", "transition", "to_state", "at"),
    }
    found = {model.__name__: list(model.objects.order_by("pk").values_list(*names)) for model, names in asked.items()}
    bodies = [(page.pk, str(page.body.raw_data)) for page in HandbookChapterPage.objects.order_by("pk")]
    return {**found, "bodies": bodies}


def test_demo_loaded_twice_is_the_same() -> None:
    found = []

    for _ in range(2):
        with loaded_demo():
            found.append(snapshot())

    for name, rows in found[0].items():
        assert rows, name
        assert rows == found[1][name], name


@pytest.mark.parametrize("step", ["Loge 3/7", "Pages"])
def test_demo_that_fails_halfway_leaves_nothing(step: str) -> None:
    def progress(line: str) -> None:
        if line.startswith(step):
            raise RuntimeError(line)

    with pytest.raises(RuntimeError, match=step):
        load(now=NOW, with_pictures=False, progress=progress)

    assert not is_loaded()
    assert not HomePage.objects.get().body
    assert not LogePage.objects.exists()
    assert not Person.objects.exists()
    assert not Service.objects.exists()


def test_demo_is_loaded_within_one_transaction(django_assert_num_queries: Any) -> None:
    depths = []

    with loaded_demo():
        pass
    outside = len(connection.savepoint_ids)
    restart_ids()
    with pytest.raises(StopIteration):
        load(now=NOW, with_pictures=False, progress=lambda line: _note(line, depths))

    assert {depth - outside for depth in depths} == {1}


def _note(line: str, depths: list[int]) -> None:
    depths.append(len(connection.savepoint_ids))
    if line.startswith("Pages"):
        raise StopIteration
