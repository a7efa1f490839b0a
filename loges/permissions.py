"""Who may do what: the one rule book, used alike by Wagtail, GraphQL and the actions.

Only one object carries grants, the loge (django-guardian). Everything else derives its right from the loge it
belongs to. A right holds through a global Django permission (OpenLoge's team) or a grant on the loge, as long as it
hasn't ended: grants are compared with the time whenever somebody asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet, Value

from loges import clock
from loges.machines import Actor
from loges.models import (
    AmbiguousTerm,
    Event,
    EventOccurrence,
    ExpertProfile,
    ForeignPhrase,
    Loge,
    LogeMembership,
    LogeUserPermission,
    Offer,
    Person,
    Review,
    Service,
    ServiceFamily,
)

M = TypeVar("M", bound=Model)
Viewer = Person | AnonymousUser | None
"""Whoever asks: a person, somebody without an account, or (None) the system itself."""


class NotAllowed(Exception):
    """The person may not do this to that thing."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role in a loge: what it is, in prose, and the permissions on the loge that it brings.

    `acts_as` is whom its holder is to the state machines. One that `is_dated` ends by itself,
    on a day given from the start.
    """

    name: str
    description: str
    permissions: frozenset[str] = frozenset()
    acts_as: Actor = Actor.RESIDENT
    is_dated: bool = False


_WRITES = frozenset({"edit_content", "manage_experts", "propose_handbook"})
_LEADS = _WRITES | {"publish_content"}

ROLES: dict[str, Role] = {
    LogeMembership.Role.COORDINATOR: Role(
        "Coordinateur",
        "Anime la loge : écrit et publie ses pages et ses événements, tient l'équipe d'experts, lit le cahier de "
        "bonnes pratiques et y propose.",
        _LEADS,
        acts_as=Actor.COORDINATOR,
    ),
    LogeMembership.Role.CO_COORDINATOR: Role(
        "Co-coordinateur",
        "Seconde le coordinateur : écrit tout comme lui, mais en brouillon, que le coordinateur publie.",
        _WRITES,
    ),
    LogeMembership.Role.INTERIM: Role(
        "Coordinateur par intérim",
        "Remplace le coordinateur, avec les mêmes droits, jusqu'à une date fixée d'avance.",
        _LEADS,
        acts_as=Actor.COORDINATOR,
        is_dated=True,
    ),
    LogeMembership.Role.CONTRIBUTOR: Role(
        "Contributeur du cahier",
        "Lit le cahier de bonnes pratiques et y propose ; n'écrit rien d'autre.",
        frozenset({"propose_handbook"}),
    ),
    LogeMembership.Role.EXPERT: Role("Expert", "Rend des services au nom de la loge ; tient son propre profil."),
    LogeMembership.Role.HELPING_EXPERT: Role(
        "Expert en renfort",
        "Prête main-forte à une autre loge que la sienne, jusqu'à une date fixée d'avance.",
        is_dated=True,
    ),
    LogeMembership.Role.SUPPORTER: Role("Coup de main", "Aide la loge à se faire connaître, sans droit particulier."),
}
"""The roles that `loges.actions.loges.appoint` gives; the team's rights are global permissions."""

RULES: dict[type[Model], dict[str, str]] = {
    Loge: {
        "edit_content": "edit_content",
        "publish_content": "publish_content",
        "manage_experts": "manage_experts",
        "manage_team": "manage_team",
        "propose_handbook": "propose_handbook",
    },
    ExpertProfile: {"create": "manage_experts", "edit": "manage_experts", "verify": "manage_experts"},
    Event: {"edit": "edit_content", "plan": "publish_content", "withdraw": "publish_content"},
    EventOccurrence: {"move": "publish_content", "cancel": "publish_content"},
    # The words of the whole network: no loge's grant reaches them.
    ServiceFamily: {"write": "change_servicefamily"},
    Service: {"write": "change_service"},
    AmbiguousTerm: {"write": "change_ambiguousterm"},
    ForeignPhrase: {"write": "change_foreignphrase"},
}
"""Model -> action -> permission on the loge. An action that is not here is refused."""

LOGE_PATH: dict[type[Model], str] = {
    Loge: "pk",
    ExpertProfile: "loge_id",
    Event: "loge_id",
    EventOccurrence: "event__loge_id",
}
"""How a query reaches the loge of each guarded model; what isn't here belongs to no loge."""

LOGES_WITH_A_PAGE = ("ACTIVE", "PAUSED")
"""The states in which a loge's page, team and events are public; search wants ACTIVE."""

_EXPERT = Q(state="PUBLISHED", loge__state__in=LOGES_WITH_A_PAGE)
_EVENT = Q(is_published=True, loge__state__in=LOGES_WITH_A_PAGE)


def _through(path: str, condition: Q) -> Q:
    """The same condition, asked of a related object."""
    return Q(*((f"{path}__{name}", value) for name, value in condition.children))  # type: ignore[misc]


VISIBLE: dict[type[Model], Q] = {
    Loge: ~Q(state="CLOSED"),
    ExpertProfile: _EXPERT,
    Offer: _through("expert", _EXPERT),
    Review: Q(state__in=("PUBLISHED", "REPORTED")) & _through("expert", _EXPERT),
    Event: _EVENT,
    EventOccurrence: _through("event", _EVENT),
}
"""What strangers may see of each guarded model."""

LEADS_TO: dict[type[Model], str] = {
    ExpertProfile: "loge",
    Offer: "expert",
    Review: "expert",
    Event: "loge",
    EventOccurrence: "event",
}
"""The foreign key by which what may be seen of a guarded model leads to what may be seen, too: no need to ask."""


@dataclass(frozen=True, slots=True)
class GuardedField:
    """A field that isn't for everybody: of which things it is kept, and what permission on the loge opens it.

    `reason` says why, for the reference.
    """

    permission: str
    is_kept: Callable[[Any], bool]
    reason: str


FIELDS: dict[type[Model], dict[str, GuardedField]] = {
    Event: {
        "address": GuardedField(
            "edit_content",
            lambda event: event.venue_kind == Event.VenueKind.HOME,
            "Where somebody lives is told to guests alone, by those who prepare the event.",
        )
    }
}
"""Model -> field -> who reads it. A field that isn't here is read by whoever sees the thing."""


def loge_id_of(thing: Model) -> int | None:
    """The loge that a thing belongs to."""
    if isinstance(thing, Loge):
        return thing.pk
    if isinstance(thing, EventOccurrence):
        return thing.event.loge_id
    return getattr(thing, "loge_id", None)


def holds(person: Viewer, permission: str, loge_id: int | None) -> bool:
    """Whether a person holds a permission everywhere (team) or on that loge."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    if person.has_perm(f"loges.{permission}"):
        return True
    return loge_id is not None and scope(Loge.objects.filter(pk=loge_id), person, permission).exists()


def may(person: Viewer, action: str, thing: Model) -> bool:
    """Whether a person may do this to that thing; None is the system, which may."""
    if person is None:
        return True
    permission = RULES.get(type(thing), {}).get(action)
    return permission is not None and holds(person, permission, loge_id_of(thing))


def check(person: Viewer, action: str, thing: Model) -> None:
    """Raise NotAllowed unless the person may."""
    if not may(person, action, thing):
        raise NotAllowed(f"{action} {thing._meta.label} {thing.pk}")


def may_appoint(person: Viewer, loge: Loge) -> bool:
    """Whether a person gives and ends roles in a loge: OpenLoge's team, and whoever may "manage_team" there."""
    return may(person, "manage_team", loge) or Actor.TEAM in actors(person, loge)


def may_found(person: Viewer) -> bool:
    """Whether a person makes loges, and draws where they are at home: OpenLoge's team, or the system."""
    return bool({Actor.TEAM, Actor.SYSTEM} & actors(person, Loge()))


def scope(queryset: QuerySet[M], person: Viewer, action: str) -> QuerySet[M]:
    """The part of a queryset on which a person may do this."""
    permission = RULES.get(queryset.model, {}).get(action)
    if permission is None or not isinstance(person, Person) or not person.is_active:
        return queryset.none()
    if queryset.model not in LOGE_PATH:  # of no loge: the team's, by a global permission alone
        return queryset if holds(person, permission, None) else queryset.none()
    if person.has_perm(f"loges.{permission}"):
        return queryset
    return queryset.filter(**{f"{LOGE_PATH[queryset.model]}__in": _granted(person, permission)})


def _granted(person: Person, permission: str) -> QuerySet[Any, Any]:
    """The ids of the loges on which a grant gives that permission now; a subquery."""
    rows = grants(person).filter(permission__codename=permission, permission__content_type__app_label="loges")
    return rows.values("content_object_id")


def in_force(field: str, now: datetime) -> Q:
    """What hasn't ended at that instant: the field says when it ends, if ever."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": now})


def grants(person: Person) -> QuerySet[LogeUserPermission]:
    """The grants that a person holds now."""
    return LogeUserPermission.objects.filter(in_force("until", clock.now()), user=person)


def has_grants(person: Viewer) -> bool:
    """Whether some loge gives the person any right now: they have work in the editors' admin. One statement."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    return grants(person).exists()


def visible(queryset: QuerySet[M], person: Viewer) -> QuerySet[M]:
    """The part of a queryset that the person may read in public places; models without a rule are public.

    Everybody sees the same: what is unpublished is read in the editors' admin, by `scope`. The rows are `marked`.
    """
    condition = VISIBLE.get(queryset.model)
    return queryset if condition is None else marked(queryset.filter(condition), "visible")


def marked(queryset: QuerySet[M], rule: str) -> QuerySet[M]:
    """The same rows, each telling as `shown_by` which rule let it through: nobody need ask again."""
    return queryset.annotate(shown_by=Value(rule))  # type: ignore[return-value]


def needed_to_read(field: str, thing: Model) -> str | None:
    """The permission on its loge that it takes to read a field of a thing; None where whoever sees the thing may."""
    guarded = FIELDS.get(type(thing), {}).get(field)
    return guarded.permission if guarded and guarded.is_kept(thing) else None


def may_read(person: Viewer, field: str, thing: Model) -> bool:
    """Whether a person may read a field of a thing that they see; None is the system, which may.

    What many people read at one address (pages, calendars) tells only what needs no permission.
    """
    permission = needed_to_read(field, thing)
    return permission is None or person is None or holds(person, permission, loge_id_of(thing))


def loges_where(person: Viewer, permission: str) -> frozenset[int]:
    """The loges on which a person holds a permission now. One statement, none for strangers."""
    return frozenset(scope(Loge.objects.all(), person, permission).values_list("pk", flat=True))


def actors(person: Viewer, thing: Model) -> frozenset[Actor]:
    """As whom a person meets a thing: what the state machines ask."""
    if person is None:
        return frozenset({Actor.SYSTEM})
    if not isinstance(person, Person) or not person.is_active:
        return frozenset({Actor.VISITOR})
    found = {Actor.RESIDENT}
    if person.is_staff:
        found.add(Actor.TEAM)
    subject = thing.expert if isinstance(thing, Review) else thing
    loge_id = loge_id_of(subject)
    if loge_id is not None:
        roles = LogeMembership.objects.filter(in_force("ends_at", clock.now()), person=person, loge_id=loge_id)
        found |= {ROLES[role].acts_as for role in roles.values_list("role", flat=True)}
    if isinstance(subject, ExpertProfile) and subject.person_id == person.pk:
        found.add(Actor.EXPERT)
    return frozenset(found)
