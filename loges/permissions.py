"""Who may do what: the one rule book, used alike by Wagtail, GraphQL and the actions.

Only one object carries grants, the loge (django-guardian). Everything else derives its right from the loge it
belongs to. A right holds through a global Django permission (OpenLoge's team) or a grant on the loge, as long as it
hasn't ended: grants are compared with the time whenever somebody asks. Rooms above register what they add.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet, Value

from loges import clock
from loges.machines import LOGE, Actor
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


_WRITES = frozenset({"edit_content", "propose_handbook"})
_LEADS = _WRITES | {"manage_experts", "publish_content"}

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
        "Seconde le coordinateur : écrit les pages et les événements, en brouillon, que le coordinateur publie ; "
        "lit le cahier de bonnes pratiques et y propose.",
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


@dataclass(frozen=True, slots=True)
class Rule:
    """What an action asks: a permission, held everywhere or on the loge; one without an app's name is `loges`' own.

    Some actions make sense only while the loge is in one of certain states, whoever asks. Some are `for_team`: no
    grant on a loge reaches them.
    """

    permission: str
    loge_states: tuple[str, ...] = ()
    for_team: bool = False

    @property
    def everywhere(self) -> str:
        """The global Django permission."""
        return self.permission if "." in self.permission else f"loges.{self.permission}"


Reach = str | Callable[[QuerySet[Any, Any]], Q]
"""How a query reaches the loge of a model: the path to its id, or what makes, of ids of loges, the condition."""

RULES: dict[type[Model], dict[str, Rule]] = {}
"""Model -> action -> what it asks. An action that is not here is refused."""

LOGE_PATH: dict[type[Model], Reach] = {}
"""How a query reaches the loge of each guarded model; what isn't here belongs to no loge."""


def register(model: type[Model], rules: Mapping[str, str | Rule], loge: Reach | None = None) -> None:
    """Write the rules of a model into the book: action -> permission, or `Rule`.

    `loge` says how queries reach the loge of its rows, which answer `loge_id` themselves; without it they belong to
    none, and only global permissions count. Raises ValueError for a model that is in the book.
    """
    if model in RULES:
        raise ValueError(f"{model._meta.label} has its rules already")
    RULES[model] = {action: Rule(rule) if isinstance(rule, str) else rule for action, rule in rules.items()}
    if loge is not None:
        LOGE_PATH[model] = loge


LOGES_AT_WORK = tuple(state for state in LOGE.states if state not in LOGE.final)
"""The states in which something new is begun in a loge."""

register(
    Loge,
    {name: name for name in ("edit_content", "publish_content", "manage_experts", "manage_team", "propose_handbook")},
    "pk",
)
register(
    ExpertProfile,
    {"create": Rule("manage_experts", LOGES_AT_WORK), "edit": "manage_experts", "verify": "manage_experts"},
    "loge_id",
)
register(Event, {"edit": "edit_content", "plan": "publish_content", "withdraw": "publish_content"}, "loge_id")
register(EventOccurrence, {"move": "publish_content", "cancel": "publish_content"}, "event__loge_id")
# The words of the whole network: no loge's grant reaches them.
register(ServiceFamily, {"write": "change_servicefamily"})
register(Service, {"write": "change_service"})
register(AmbiguousTerm, {"write": "change_ambiguousterm"})
register(ForeignPhrase, {"write": "change_foreignphrase"})

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
    },
}
"""Model -> field -> who reads it. A field that isn't here is read by whoever sees the thing."""


def loge_id_of(thing: Model) -> int | None:
    """The loge that a thing belongs to."""
    if isinstance(thing, Loge):
        return thing.pk
    if isinstance(thing, EventOccurrence):
        return thing.event.loge_id
    return getattr(thing, "loge_id", None)


def may(person: Viewer, action: str, thing: Model) -> bool:
    """Whether a person may do this to that thing; None is the system, which may."""
    if person is None:
        return True
    loges = _loges(person, action, type(thing))
    if isinstance(loges, bool):
        return loges
    loge_id = loge_id_of(thing)
    return loge_id is not None and loges.filter(pk=loge_id).exists()


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
    loges = _loges(person, action, queryset.model)
    if isinstance(loges, bool):
        return queryset if loges else queryset.none()
    reach, ids = LOGE_PATH[queryset.model], loges.values("pk")
    return queryset.filter(**{f"{reach}__in": ids}) if isinstance(reach, str) else queryset.filter(reach(ids))


def granted(queryset: QuerySet[M], person: Person, action: str) -> QuerySet[M]:
    """What grants open of `scope`: nothing to those who may everywhere."""
    rule = RULES[queryset.model][action]
    return queryset.none() if person.has_perm(rule.everywhere) else scope(queryset, person, action)


def _loges(person: Viewer, action: str, model: type[Model]) -> QuerySet[Loge] | bool:
    """The loges on whose things a person may do this; True and False: whatever the loge, if there is one."""
    rule = RULES.get(model, {}).get(action)
    if rule is None or not isinstance(person, Person) or not person.is_active:
        return False
    everywhere = person.has_perm(rule.everywhere)
    if model not in LOGE_PATH or not (rule.loge_states if everywhere else not rule.for_team):
        return everywhere
    found = Loge.objects.filter(state__in=rule.loge_states) if rule.loge_states else Loge.objects.all()
    if everywhere:
        return found
    rows = grants(person).filter(permission__codename=rule.permission, permission__content_type__app_label="loges")
    return found.filter(pk__in=rows.values("content_object_id"))


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
    return permission is None or may(person, permission, Loge(pk=loge_id_of(thing)))


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
