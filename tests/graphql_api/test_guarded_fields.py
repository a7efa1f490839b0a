"""Fields that aren't for everybody: null for those who may not read them, and one statement for a whole answer."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from loges.models import Event, Loge
from tests.factories import (
    NOW,
    TODAY,
    EventFactory,
    EventOccurrenceFactory,
    LogeFactory,
    SearchMissFactory,
    ServiceFactory,
)
from tests.graphql_api.hidden import log_in
from tests.graphql_api.site import SECRET, Ask, Cost, global_id
from tests.loges.cast import VIEWERS, coordinator_of
from tests.loges.test_permissions import READS_HOMES

pytestmark = pytest.mark.django_db


def at_home(loge: Loge, **values: Any) -> Event:
    """An event at somebody's, with a date."""
    event = EventFactory(loge=loge, venue_kind="HOME", address=SECRET, **values)
    EventOccurrenceFactory(event=event)
    return event


@pytest.mark.parametrize("role", VIEWERS)
def test_address_of_a_home_is_null_but_for_those_who_write_the_events(ask: Ask, client: Client, role: str) -> None:
    event = at_home(LogeFactory(active=True, slug="aligre"), slug="cafe")
    person = VIEWERS[role](event.loge)
    log_in(client, None if isinstance(person, AnonymousUser) else person)

    answer = ask(
        """query($id: ID!) {
          node(id: $id) { ... on Event { address venueName } }
          event(loge: "aligre", slug: "cafe") { address }
          events(first: 9) { edges { node { event { address } } } }
          loge(slug: "aligre") { events(first: 9) { edges { node { event { address } } } } }
        }""",
        id=global_id(event),
    )

    assert str(answer).count("'address': ") == 4
    assert str(answer).count(SECRET) == (4 if role in READS_HOMES else 0)
    assert answer["node"]["venueName"] == event.venue_name


def test_coordinator_reads_the_homes_of_the_own_loge_alone(ask: Ask, client: Client) -> None:
    mine, other = (at_home(LogeFactory(active=True)) for _ in range(2))
    log_in(client, coordinator_of(mine.loge))

    found = ask("{ events(first: 9) { edges { node { event { id address } } } } }")["events"]["edges"]

    told = {edge["node"]["event"]["id"]: edge["node"]["event"]["address"] for edge in found}
    assert told == {global_id(mine): SECRET, global_id(other): None}


ADDRESSES = """{
  a: events(first: 99) { edges { node { event { %s } } } }
  b: events(last: 99) { edges { node { event { %s } } } }
}"""


@pytest.mark.parametrize(("role", "more"), [("anonymous", 0), ("superuser", 1), ("coordinator", 3)])
def test_addresses_cost_one_statement_for_an_answer_and_none_to_strangers(
    cost: Cost, client: Client, role: str, more: int
) -> None:
    """A coordinator's own permissions are read by Django in two more, once, whatever is asked of them."""
    loge = LogeFactory(active=True)
    person = VIEWERS[role](loge)
    log_in(client, None if role == "anonymous" else person)
    costs = []

    for _ in range(2):
        for _ in range(10):
            at_home(loge)
        costs.append((cost(ADDRESSES % ("slug", "slug")), cost(ADDRESSES % ("address", "address"))))

    assert costs[0] == costs[1]
    assert costs[0][1] - costs[0][0] == more


def test_address_of_a_cafe_costs_nothing(cost: Cost, client: Client) -> None:
    event = EventFactory(address="3 place d'Aligre")
    EventOccurrenceFactory(event=event, starts_at=NOW.replace(year=NOW.year + 1))
    log_in(client, coordinator_of(event.loge))

    assert cost(ADDRESSES % ("address", "address")) == cost(ADDRESSES % ("slug", "slug"))


@pytest.mark.parametrize("role", VIEWERS)
def test_demand_is_null_but_for_those_who_keep_the_team(ask: Ask, client: Client, role: str) -> None:
    loge, other = LogeFactory(active=True, slug="aligre"), LogeFactory(active=True, slug="wazemmes")
    sewing = ServiceFactory(slug="couture", name="Couture")
    for one in (loge, other):
        SearchMissFactory(words="ourlet", service=sewing.slug, loge=one.slug, count=3)
    person = VIEWERS[role](loge)
    log_in(client, None if isinstance(person, AnonymousUser) else person)
    field = "askedWithoutExpert { words count lastOn service { slug } }"

    found = ask(f'{{ mine: loge(slug: "aligre") {{ {field} }} other: loge(slug: "wazemmes") {{ {field} }} }}')

    told = [{"words": "Couture", "count": 3, "lastOn": TODAY.isoformat(), "service": {"slug": "couture"}}]
    keeps = role in {"coordinator", "team", "superuser"}
    assert found["mine"]["askedWithoutExpert"] == (told if keeps else None)
    assert found["other"]["askedWithoutExpert"] == (told if role in {"team", "superuser"} else None)
