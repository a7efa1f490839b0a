"""Who asks: one person (or nobody) for each actor of the state machines, as the thing sees them."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser, Permission

from loges.machines import Actor
from loges.models import ExpertProfile, Loge, Person
from loges.permissions import Viewer
from tests.factories import LogeFactory, LogeMembershipFactory, PersonFactory

PERSONS = (*Actor, "NEIGHBOUR")
"""Everybody who may come by: the actors, and a coordinator of another loge, who is no more than a resident here."""


def coordinator_of(loge: Loge) -> Person:
    """A coordinator of that loge, with the grants."""
    return LogeMembershipFactory(coordinator=True, loge=loge).person


def team_member() -> Person:
    """One of OpenLoge's staff, with the global permissions that the team's group brings."""
    person = PersonFactory(team=True)
    person.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="loges",
            codename__in=["edit_content", "publish_content", "manage_experts", "manage_team", "propose_handbook"],
        )
    )
    return person


def person_as(actor: str, loge: Loge, expert: ExpertProfile | None = None) -> Viewer:
    """Somebody who meets a thing of `loge` (of `expert`, where it is about one) as that actor and as no other."""
    match actor:
        case Actor.SYSTEM:
            return None
        case Actor.VISITOR:
            return AnonymousUser()
        case Actor.RESIDENT:
            return PersonFactory()
        case Actor.COORDINATOR:
            return coordinator_of(loge)
        case Actor.TEAM:
            return team_member()
        case Actor.EXPERT:
            return expert.person if expert else LogeMembershipFactory(loge=loge).person
        case _:
            return coordinator_of(LogeFactory(active=True))


VIEWERS: dict[str, Callable[[Loge], Viewer]] = {
    "anonymous": lambda loge: AnonymousUser(),
    "resident": lambda loge: PersonFactory(),
    "expert": lambda loge: LogeMembershipFactory(loge=loge).person,
    "contributor": lambda loge: LogeMembershipFactory(loge=loge, contributor=True).person,
    "co-coordinator": lambda loge: LogeMembershipFactory(loge=loge, co_coordinator=True).person,
    "coordinator": coordinator_of,
    "coordinator of another loge": lambda loge: coordinator_of(LogeFactory(active=True)),
    "team": lambda loge: team_member(),
    "superuser": lambda loge: PersonFactory(superuser=True),
}
"""The roles of the site -> somebody who holds it; those of a loge hold it in the loge that is given."""
