"""What tests of the content stand on: a clock that stands still, and two open loges with their coordinators."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client

from cms import tree
from cms.models import LogePage
from loges.actions import loges
from loges.actions.loges import TerritoryOutline
from loges.models import Loge, LogeMembership, Person
from tests.cms.desk import at_desk
from tests.factories import NOW, PersonFactory

COORDINATOR = LogeMembership.Role.COORDINATOR
OUTLINE = TerritoryOutline(latitude=45.7745, longitude=4.8318, radius_meters=900, postcodes=["69004"])


@dataclass
class Place:
    """A loge with its page, its coordinator and the browser in which the coordinator is logged in."""

    loge: Loge
    person: Person
    client: Client

    @property
    def page(self) -> LogePage:
        """The loge's page as it stands in the database."""
        return LogePage.objects.get(loge=self.loge)


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> None:
    settings.CLOCK_STANDS_AT = NOW


@pytest.fixture
def administrator(db: None) -> Person:
    """Somebody of the team with all rights."""
    person = PersonFactory(team=True)
    tree.welcome_to_team(person, is_administrator=True)
    return person


@pytest.fixture
def team_editor(db: None) -> Person:
    """Somebody of the team who writes."""
    person = PersonFactory(team=True)
    tree.welcome_to_team(person, is_administrator=False)
    return person


@pytest.fixture
def make_place(administrator: Person) -> Callable[..., Place]:
    """Makes loges through the domain's own actions: `make_place("lyon")`, `make_place("lyon", is_open=False)`."""

    def make(slug: str, *, is_open: bool = True) -> Place:
        person = PersonFactory()
        loge = loges.create(
            by=administrator,
            slug=slug,
            name=f"Loge de {slug.capitalize()}",
            city=slug.capitalize(),
            neighbourhood="Centre",
            territory=replace(OUTLINE, latitude=OUTLINE.latitude + Loge.objects.count() / 10),  # not on one another
            min_experts=0,
            now=NOW,
        )
        member = loges.appoint(by=administrator, loge=loge, person=person, role=COORDINATOR, now=NOW)
        if is_open:
            loges.sign_charter(by=person, membership=member, on=NOW.date())
            loges.request_opening(by=person, loge=loge, now=NOW)
            loges.open(by=administrator, loge=loge, now=NOW)
        return Place(loge, person, at_desk(person))

    return make


@pytest.fixture
def here(make_place: Callable[..., Place]) -> Place:
    """The coordinator's own loge, open."""
    return make_place("aligre")


@pytest.fixture
def elsewhere(make_place: Callable[..., Place]) -> Place:
    """Another open loge, with a coordinator of its own."""
    return make_place("wazemmes")
