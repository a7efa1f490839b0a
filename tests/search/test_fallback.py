"""Who answers while a search server fails, and who is spared asking it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from search import engine as engines
from search import outbox
from search.backends import ExpertQuery, ForeignCursor, ReadOnly, Unavailable
from search.breaker import FAILURES, REST_S, Breaker
from search.database import DatabaseSearch
from search.fallback import Fallback
from search.models import OutboxEntry
from search.queries import ExpertSearch, search_experts
from tests.factories import ExpertProfileFactory, tell
from tests.search import town
from tests.search.servers import Memory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]

QUERY = "{ searchExperts(input: {}) { totalCount isDegraded } }"


class Clock:
    """Seconds, moved on by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Memory:
    return Memory()


@pytest.fixture
def both(server: Memory, clock: Clock) -> Fallback:
    return Fallback(server, DatabaseSearch(), Breaker(clock=clock), is_behind=outbox.is_behind)


def test_database_stands_in_and_says_so(both: Fallback, server: Memory) -> None:
    expert = ExpertProfileFactory(published=True)
    tell(expert)
    well = both.search(ExpertQuery())
    server.is_down = True

    answer = both.search(ExpertQuery())

    assert (well.total, well.is_degraded) == (0, False)  # the server knows nobody: nobody else is asked
    assert ([hit.expert_id for hit in answer.hits], answer.is_degraded) == ([expert.pk], True)


def test_database_stands_in_for_a_server_that_was_not_told_all(both: Fallback, server: Memory) -> None:
    expert = ExpertProfileFactory(published=True)
    tell(expert)
    outbox.put({expert.pk: 1})
    just_now = both.search(ExpertQuery()).is_degraded
    OutboxEntry.objects.update(since=F("since") - timedelta(seconds=outbox.BEHIND_AFTER_S))

    behind = both.search(ExpertQuery())
    outbox.flush_all(server, now=timezone.now())
    told = both.search(ExpertQuery())

    assert not just_now
    assert (behind.total, behind.is_degraded) == (1, True)
    assert (told.total, told.is_degraded) == (1, False)


def test_document_that_a_server_refuses_keeps_nobody_from_asking_it(both: Fallback, server: Memory) -> None:
    expert = ExpertProfileFactory(published=True)
    tell(expert)
    outbox.put({expert.pk: 1})
    OutboxEntry.objects.update(since=F("since") - timedelta(hours=1))
    server.refuses = {expert.pk}

    outbox.flush_all(server, now=timezone.now())

    assert OutboxEntry.objects.exists()
    assert not both.search(ExpertQuery()).is_degraded


def test_server_that_is_behind_answers_where_nobody_stands_in(server: Memory, clock: Clock) -> None:
    alone = Fallback(server, None, Breaker(clock=clock), is_behind=lambda: True)

    assert not alone.search(ExpertQuery()).is_degraded


def test_server_that_fails_is_left_alone_then_asked_by_one(both: Fallback, server: Memory, clock: Clock) -> None:
    server.is_down = True
    for _ in range(FAILURES + 3):
        assert both.search(ExpertQuery()).is_degraded
    asked = [server.calls]

    clock.now += REST_S
    both.search(ExpertQuery())
    both.search(ExpertQuery())
    asked.append(server.calls)
    server.is_down = False
    clock.now += REST_S
    answers = [both.search(ExpertQuery()).is_degraded for _ in range(3)]

    assert asked == [FAILURES, FAILURES + 1]
    assert (answers, both.breaker.is_open) == ([False] * 3, False)


def test_others_rest_while_one_asks_again(server: Memory, clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    for _ in range(FAILURES):
        with pytest.raises(Unavailable), breaker.asking():
            raise Unavailable
    clock.now += REST_S

    with breaker.asking(), pytest.raises(Unavailable), breaker.asking():
        raise AssertionError("two at a time")


def test_successes_between_failures_keep_it_in_use(both: Fallback, server: Memory) -> None:
    for is_down in [True, False] * FAILURES:
        server.is_down = is_down
        both.search(ExpertQuery())

    assert not both.breaker.is_open
    assert server.calls == 2 * FAILURES


def test_refused_write_is_no_failure_to_answer(both: Fallback, server: Memory) -> None:
    def refuse() -> None:
        raise ReadOnly("full")

    server.on_write = refuse
    for _ in range(FAILURES + 1):
        with pytest.raises(ReadOnly):
            both.upsert([])

    assert not both.breaker.is_open
    assert not both.search(ExpertQuery()).is_degraded


def test_foreign_cursor_is_nobodys_failure(both: Fallback, server: Memory) -> None:
    class Strict(Memory):
        def search(self, query: ExpertQuery) -> Any:
            raise ForeignCursor

    both.first = Strict()
    for _ in range(FAILURES + 1):
        with pytest.raises(ForeignCursor):
            both.search(ExpertQuery())

    assert not both.breaker.is_open


def test_writes_and_health_count_as_asking(both: Fallback, server: Memory) -> None:
    server.is_down = True
    with pytest.raises(Unavailable):
        both.upsert([])
    sick = both.health()
    rests = both.health()

    assert (sick.is_up, sick.detail) == (False, "down")
    assert both.breaker.is_open
    assert "left alone" in rests.detail
    assert server.calls == 1


def test_search_that_finds_nobody_waits_for_the_server_once(
    both: Fallback, server: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.build()
    server.is_down = True
    monkeypatch.setattr("search.queries.engine", lambda: both)

    found = search_experts(ExpertSearch(text="ménage"))

    assert (found.total_count, found.is_degraded) == (0, True)
    assert found.help is not None
    assert server.calls == 1


# --- Through the doors ---
@pytest.fixture
def down(settings: Any) -> Any:
    """Elasticsearch is in use, and nobody is there."""
    settings.SEARCH_URL = ["http://127.0.0.1:9"]
    engines._breaker.cache_clear()
    yield settings
    engines._breaker.cache_clear()


def asked(client: Client) -> Any:
    return client.post("/graphql/", json.dumps({"query": QUERY}), content_type="application/json").json()


def test_api_answers_while_the_server_is_down(down: Any, client: Client) -> None:
    tell(ExpertProfileFactory(published=True))

    assert asked(client)["data"] == {"searchExperts": {"totalCount": 1, "isDegraded": True}}


def test_api_says_so_where_nobody_is_to_stand_in(down: Any, client: Client) -> None:
    down.SEARCH_FALLBACK = False

    (error,) = asked(client)["errors"]

    assert error["extensions"]["code"] == "UNAVAILABLE"
    assert error["message"] == "La recherche ne répond pas en ce moment. Réessayez plus tard."


def test_health_tells_of_a_server_that_was_not_told_all(
    settings: Any, client: Client, server: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_URL = ["http://127.0.0.1:9"]
    monkeypatch.setattr("search.queries.engine", lambda: server)
    outbox.put({7: 1})
    OutboxEntry.objects.update(since=F("since") - timedelta(minutes=1))

    state = client.get("/healthz").json()

    assert state["status"] == "degraded"
    assert (state["search"]["is_up"], state["search"]["is_degraded"]) == (True, True)


def test_health_tells_of_the_server_and_of_those_who_wait(down: Any, client: Client) -> None:
    tell(ExpertProfileFactory(published=True))

    answer = client.get("/healthz")
    state = answer.json()

    assert (answer.status_code, state["status"]) == (200, "degraded")
    assert (state["search"]["is_up"], state["search"]["is_degraded"]) == (False, True)
    assert (state["search"]["waiting"], state["search"]["refused"]) == (1, 0)
    assert state["search"]["waiting_since"]
