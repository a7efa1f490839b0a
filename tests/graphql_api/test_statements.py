"""The SQL of an answer depends on the shape of the query alone, never on how many rows it holds."""

from datetime import timedelta
from pathlib import Path

import pytest

from loges.models import Loge
from search import vocabulary
from tests.factories import (
    NOW,
    BusinessIdentityFactory,
    EventFactory,
    EventOccurrenceFactory,
    EventSpeakerFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    ReviewFactory,
    ServiceFactory,
    VerificationFactory,
    tell,
)
from tests.graphql_api import site
from tests.graphql_api.site import Ask, Cost, nodes

OPERATIONS = Path(__file__).resolve().parents[2] / "frontend_contracts" / "operations"


def operation(name: str) -> str:
    """An operation that frontends send."""
    return (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")


def furnish(loge: Loge, experts: int) -> None:
    """Give a loge experts with offers, badges and reviews, and as many dates with speakers."""
    services = [ServiceFactory(slug=f"service-de-test-{n}") for n in range(5)]
    event = EventFactory(loge=loge)
    for n in range(experts):
        expert = ExpertProfileFactory(loge=loge, published=True, rating_count=2, rating_sum=9)
        BusinessIdentityFactory(person=expert.person)
        OfferFactory(expert=expert, service=services[n % 5])
        OfferFactory(expert=expert, service=services[(n + 1) % 5])
        VerificationFactory(expert=expert)
        ReviewFactory(expert=expert, published=True)
        ReviewFactory(expert=expert, published=True)
        EventOccurrenceFactory(event=event, starts_at=NOW + timedelta(days=n + 1))
        EventSpeakerFactory(event=event, expert=expert, resident_first_name="")


@pytest.mark.usefixtures("policy")
def test_loge_page_costs_the_same_for_one_expert_and_for_a_hundred(cost: Cost, ask: Ask) -> None:
    small, big = LogeFactory(active=True), LogeFactory(active=True)
    for loge, experts in ((small, 1), (big, 100)):
        LogeMembershipFactory(loge=loge, coordinator=True)
        furnish(loge, experts)
        site.loge_page(loge, ("experts", {"limit": 50}), ("events", {"limit": 20}), ("money", {"price_cents": 6_000}))
    whole = operation("LogePage").replace("experts(first: 12)", "experts(first: 100)")

    costs = [cost(whole, slug=loge.slug) for loge in (small, big)]

    assert costs[0] == costs[1]
    assert costs[1] <= 17
    assert len(ask(whole, slug=big.slug)["loge"]["experts"]["edges"]) == 100


LOGES = """{ loges(first: 20) { totalCount edges { node {
  slug expertCount rating { average } page { tagline body { __typename } }
  territory { radiusMeters }
  coordinators { firstName photo { alt } }
  services { slug synonyms family { slug services { slug } } }
  experts(first: 3) { totalCount edges { node {
    isCoordinator legalStatus photo { alt } loge { slug expertCount } badges { code }
    offers { service { slug synonyms } breakdown { total { cents } } }
    reviews(first: 2) { totalCount edges { node { expert { slug offers { title } } } } }
  } } }
  reviews(first: 2) { totalCount edges { node { expert { firstName isCoordinator photo { alt } loge { slug } } } } }
  events(first: 2) { totalCount edges { node { event {
    path loge { slug } cover { alt } body { __typename }
    speakers { firstName expert { headline isCoordinator offers { title } } }
    occurrences(first: 2) { totalCount edges { node { event { title } } } }
  } } } }
} } } }"""


@pytest.mark.usefixtures("policy")
def test_loges_with_all_they_hold_cost_the_same_for_one_and_for_twenty(cost: Cost, ask: Ask) -> None:
    for _ in range(20):
        loge = LogeFactory(active=True)
        LogeMembershipFactory(loge=loge, coordinator=True)
        furnish(loge, 3)
        site.loge_page(loge, ("rich_text", "<p>Bonjour</p>"))

    costs = [cost(LOGES.replace("first: 20", f"first: {first}")) for first in (1, 20)]

    assert costs[0] == costs[1]
    assert len(nodes(ask(LOGES)["loges"])) == 20


def test_count_alone_costs_no_more_for_many_loges(cost: Cost) -> None:
    for _ in range(10):
        furnish(LogeFactory(active=True), 2)
    query = """query($first: Int!) { loges(first: $first) { edges { node {
      experts(first: 1) { totalCount } reviews(first: 1) { totalCount } events(first: 1) { totalCount }
    } } } }"""

    costs = [cost(query, first=first) for first in (1, 10)]

    assert costs[0] == costs[1]
    assert costs[1] <= 7


def test_two_aliases_of_one_field_cost_one_reading_each(cost: Cost) -> None:
    for _ in range(5):
        furnish(LogeFactory(active=True), 3)
    one = "{ loges(first: 5) { edges { node { a: experts(first: 2) { edges { node { slug } } } } } } }"
    same = one.replace("a: experts", "b: experts(first: 2) { edges { node { headline } } } a: experts")
    other = one.replace("a: experts", "b: experts(first: 3) { edges { node { slug } } } a: experts")

    costs = [cost(query) for query in (one, same, other)]

    assert costs == [costs[0], costs[0], costs[0] + 1]


def test_two_aliases_with_different_arguments_answer_each_their_own(ask: Ask) -> None:
    for _ in range(2):
        furnish(LogeFactory(active=True), 3)
    query = """{ loges(first: 2) { edges { node {
      one: experts(first: 1) { totalCount edges { node { slug } } }
      two: experts(first: 2) { totalCount edges { node { slug } } }
      soon: events(first: 9, to: "2026-03-04T00:00:00Z") { totalCount edges { node { id } } }
      later: events(first: 9, from: "2026-03-04T00:00:00Z") { totalCount edges { node { id } } }
    } } } }"""

    found = nodes(ask(query)["loges"])

    for loge in found:
        assert [len(loge[name]["edges"]) for name in ("one", "two", "soon", "later")] == [1, 2, 1, 2]
        assert [loge[name]["totalCount"] for name in ("one", "two", "soon", "later")] == [3, 3, 1, 2]


def test_calendar_costs_the_same_for_one_date_and_for_fifty(cost: Cost, ask: Ask) -> None:
    for n in range(50):
        event = EventFactory()
        EventSpeakerFactory(event=event)
        EventSpeakerFactory(
            event=event, resident_first_name="", expert=ExpertProfileFactory(loge=event.loge, published=True)
        )
        EventOccurrenceFactory(event=event, starts_at=NOW + timedelta(days=n + 1))
        site.event_page(event, ("rich_text", "<p>Bonjour</p>"))
    query = (
        operation("EventsCalendar").replace("first: 20", "first: $first").replace("($loge", "($first: Int!, $loge")
    )

    costs = [cost(query, first=first) for first in (1, 50)]

    assert costs[0] == costs[1]
    assert costs[1] <= 6
    assert len(ask(query, first=50)["events"]["edges"]) == 50


@pytest.mark.usefixtures("empty_index")
def test_search_costs_the_same_for_one_hit_and_for_fifty(cost: Cost, ask: Ask) -> None:
    services = [ServiceFactory(slug=f"service-de-test-{n}") for n in range(3)]
    experts = [ExpertProfileFactory(published=True) for _ in range(50)]
    for expert in experts:
        for service in services:
            OfferFactory(expert=expert, service=service)
    tell(*experts)
    vocabulary.renew()
    wanted = {"services": [service.slug for service in services]}
    query = (
        operation("SearchExperts").replace("first: 20", "first: $first").replace("($input", "($first: Int!, $input")
    )

    costs = [cost(query, input=wanted, first=first) for first in (1, 50)]

    assert costs[0] == costs[1]
    assert costs[1] <= 12
    assert len(ask(query, input=wanted, first=50)["searchExperts"]["edges"]) == 50


@pytest.mark.usefixtures("empty_index")
def test_suggestions_cost_the_same_for_one_and_for_many(cost: Cost) -> None:
    experts = [ExpertProfileFactory(published=True, person__first_name="Zébulon") for _ in range(3)]
    for n in range(5):
        ServiceFactory(name=f"Zébrure {n}")
    tell(*experts)
    vocabulary.renew()
    query = operation("Suggest").replace("first: 8", "first: $first").replace("($text", "($first: Int!, $text")

    costs = [cost(query, text="zéb", first=first) for first in (1, 8)]

    assert max(costs) <= 7


def test_service_families_cost_the_same_for_one_and_for_many(cost: Cost) -> None:
    query = "{ serviceFamilies { slug services { slug synonyms family { slug } } } }"
    ServiceFactory()
    before = cost(query)

    for _ in range(20):
        ServiceFactory()

    assert cost(query) == before


def test_coverage_costs_the_same_for_one_loge_and_for_many(cost: Cost) -> None:
    query = operation("Coverage")
    near = {"latitude": 45.7745, "longitude": 4.8318}
    loges = [{"active": True}, {}, {"active": True, "territory__latitude": 45.9}]
    for values in loges:
        LogeFactory(**values)
    before = cost(query, near=near)

    for values in loges * 5:
        furnish(LogeFactory(**values), 1)

    assert cost(query, near=near) == before


def test_links_of_a_rich_text_cost_constant_statements_whatever_their_number(cost: Cost) -> None:
    pages = [site.editorial(f"page-{n}") for n in range(50)]
    query = "{ homePage { body { ... on RichTextBlock { text { html } } } } }"
    costs = []

    for number in (0, 1, 50):
        site.home(*(site.link(page) for page in pages[:number]), ("rich_text", "<p>Fin</p>"))
        costs.append(cost(query))

    assert costs[1] == costs[2]
    assert costs[1] <= costs[0] + 2


def test_links_of_a_rich_text_cost_one_statement(cost: Cost) -> None:
    query = "{ homePage { body { ... on RichTextBlock { text { html } } } } }"
    site.home(("rich_text", "<p>Fin</p>"))
    before = cost(query)

    site.home(site.link(site.editorial("charte")))

    assert cost(query) == before + 1
