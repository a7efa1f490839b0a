"""The life of a loge: born, opened, paused, closed, and who belongs to it. The only writers of grants."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from loges import clock, permissions, queries, recurrence, signals
from loges.actions.transitions import begin, check, take
from loges.geography import distance_m
from loges.machines import LOGE
from loges.models import ExpertProfile, Loge, LogeMembership, LogeUserPermission, Person, Territory
from loges.outlines import check_outline
from loges.permissions import ROLES, NotAllowed, Viewer

MOVES_AT_MOST_M = 30_000
"""How far the centre of a territory that residents know may move, in metres."""


class NotReady(Exception):
    """The loge can't ask to open yet; `missing` says why, in French."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class Overlapping(ValidationError):
    """The territory shares too much with open loges: `overlaps` says with which, and how much."""

    def __init__(self, overlaps: list[queries.Overlap]) -> None:
        super().__init__([str(overlap) for overlap in overlaps])
        self.overlaps = overlaps


class AlreadyMember(Exception):
    """The person has this role in this loge already."""


class AccountClosed(Exception):
    """The person's account is deactivated: nobody could log in with the role."""


class NotAMember(Exception):
    """The person doesn't have this role in this loge."""


class EndNeeded(Exception):
    """This role is given until a day to come, or without an end; the other was asked for."""


@dataclass(frozen=True, slots=True)
class TerritoryOutline:
    """Where a loge is to be at home: centre in degrees, radius in metres, GeoJSON outline if drawn."""

    latitude: float
    longitude: float
    radius_meters: int
    polygon: Any = None
    postcodes: list[str] = field(default_factory=list)
    insee_codes: list[str] = field(default_factory=list)


@transaction.atomic
def create(
    *,
    by: Viewer,
    slug: str,
    name: str,
    city: str,
    neighbourhood: str,
    territory: TerritoryOutline,
    also_called: list[str] | None = None,
    min_experts: int = 5,
    now: datetime,
) -> Loge:
    """Make a loge in preparation, with its territory; `cms` hears of it and builds its page.

    `min_experts` is how many published profiles it needs before it may ask to open.

    Raises NotAllowed, ValidationError (a field), NotAPolygon and TooManyCorners (the outline).
    """
    loge = Loge(
        slug=slug,
        name=name,
        city=city,
        neighbourhood=neighbourhood,
        also_called=also_called or [],
        min_experts=min_experts,
        created_at=now,
    )
    if not permissions.may_found(by):
        raise NotAllowed("Loge.create")
    loge.full_clean()
    loge.save()
    begin(loge, LOGE, by=by, now=now)
    _draw(loge, territory)
    signals.loge_created.send(Loge, loge=loge, by=by)
    return loge


@transaction.atomic
def draw(*, by: Viewer, loge: Loge, territory: TerritoryOutline, now: datetime) -> Territory:
    """Redraw a loge's territory. One that residents know moves MOVES_AT_MOST_M at most.

    Raises NotAllowed, ValidationError, NotAPolygon, TooManyCorners, Overlapping (an open loge).
    """
    if not permissions.may_found(by):
        raise NotAllowed("Loge.draw")
    _hold_territories()
    loge.refresh_from_db(fields=["state"])
    drawn = _draw(loge, territory)
    _tell(loge, None, by, now)
    return drawn


def _draw(loge: Loge, outline: TerritoryOutline) -> Territory:
    """Write a loge's territory; that of an open loge must leave room to the others."""
    if outline.polygon is not None:
        check_outline(outline.polygon)
    territory = Territory.objects.filter(loge=loge).first() or Territory(loge=loge)
    for name, value in asdict(outline).items():
        setattr(territory, name, value)
    territory.full_clean(exclude=["south", "north", "west", "east"])
    if not territory.shape.is_centred:
        raise ValidationError({"latitude": "Ce centre est trop loin du contour."})
    if loge.state in permissions.LOGES_WITH_A_PAGE:
        _check_move(territory)
    if loge.state == "ACTIVE":
        _check_room(territory)
    territory.save()
    loge.territory = territory
    return territory


def _check_move(territory: Territory) -> None:
    """Refuse a territory far from the saved one, which residents know: a slip, as latitude for longitude."""
    known = Territory.objects.filter(pk=territory.pk).first()
    meters = distance_m(known.shape.center, territory.shape.center) if known else 0.0
    if meters > MOVES_AT_MOST_M:
        told = (
            f"Ce serait à {meters / 1_000:.0f} km du territoire d'aujourd'hui, {MOVES_AT_MOST_M // 1_000} au plus. "
        )
        told += "Dans un contour GeoJSON, la longitude vient avant la latitude."
        raise ValidationError({"polygon" if territory.polygon else "latitude": told})


def _hold_territories() -> None:
    """Keep others from drawing and opening until the transaction ends: two at once could each think to be alone.

    All rows, in one order: there are few, and it happens rarely.
    """
    list(Territory.objects.select_for_update().order_by("pk").values_list("pk"))


def _check_room(territory: Territory) -> None:
    """Refuse a territory that shares too much with those of open loges. Raises Overlapping."""
    if found := queries.overlaps(territory):
        raise Overlapping(found)


def _check_way_in(loge: Loge, transition: str, by: Viewer) -> None:
    """Refuse a way to ACTIVE where the territory leaves no room. Raises Overlapping, WrongState, NotAllowed."""
    check(loge, LOGE, transition, by=by)
    _hold_territories()
    for territory in Territory.objects.filter(loge=loge):
        _check_room(territory)


@transaction.atomic
def request_opening(*, by: Viewer, loge: Loge, now: datetime) -> Loge:
    """The coordinator asks to open. Raises NotReady, WrongState, NotAllowed."""
    check(loge, LOGE, "request_opening", by=by)
    if missing := [item.label for item in queries.opening_checklist(loge) if not item.is_done]:
        raise NotReady(missing)
    return _take(loge, "request_opening", by=by, now=now)


@transaction.atomic
def send_back(*, by: Viewer, loge: Loge, missing: str, now: datetime) -> Loge:
    """The team answers a request to open with what is `missing`. Raises WrongState, NotAllowed."""
    return _take(loge, "send_back", by=by, now=now, note=missing)


@transaction.atomic
def open(*, by: Viewer, loge: Loge, now: datetime) -> Loge:
    """The team opens a loge: the only way to ACTIVE. Raises Overlapping, WrongState, NotAllowed."""
    _check_way_in(loge, "open", by)
    return _take(loge, "open", by=by, now=now, opened_at=now, state_message="")


@transaction.atomic
def pause(*, by: Viewer, loge: Loge, message: str, until_on: date | None, now: datetime) -> Loge:
    """Pause a loge with a message to residents and, if known, the day of its return, not past.

    Raises ValidationError (`until_on`), WrongState, NotAllowed.
    """
    clock.check_day("until_on", until_on, since=recurrence.local_day(now))
    return _take(loge, "pause", by=by, now=now, state_message=message, paused_until_on=until_on)


@transaction.atomic
def resume(*, by: Viewer, loge: Loge, now: datetime) -> Loge:
    """End a pause. Raises Overlapping, WrongState, NotAllowed."""
    _check_way_in(loge, "resume", by)
    return _take(loge, "resume", by=by, now=now, state_message="", paused_until_on=None)


@transaction.atomic
def close(*, by: Viewer, loge: Loge, message: str, now: datetime) -> Loge:
    """Close a loge for good. Raises WrongState, NotAllowed."""
    return _take(loge, "close", by=by, now=now, state_message=message, paused_until_on=None)


def _take(loge: Loge, transition: str, *, by: Viewer, now: datetime, note: str = "", **changes: object) -> Loge:
    take(loge, LOGE, transition, by=by, now=now, note=note, **changes)
    _tell(loge, transition, by, now)
    return loge


def _tell(loge: Loge, transition: str | None, by: Viewer, now: datetime) -> None:
    signals.loge_changed.send(Loge, loge=loge, transition=transition, by=by, now=now)
    ids = list(ExpertProfile.objects.filter(loge=loge).order_by("pk").values_list("pk", flat=True))
    signals.experts_changed.send(ExpertProfile, ids=ids)


@transaction.atomic
def appoint(
    *,
    by: Viewer,
    loge: Loge,
    person: Person,
    role: str,
    quote: str = "",
    until: datetime | None = None,
    now: datetime,
) -> LogeMembership:
    """Give a person a role in a loge, with the grants it brings; a dated role `until` an instant to come.

    Raises AccountClosed, AlreadyMember, EndNeeded, NotAllowed.
    """
    _check_team(by, loge, "appoint")
    if not person.is_active:
        raise AccountClosed(str(person.pk))
    if ROLES[role].is_dated is not (until is not None) or (until is not None and until <= now):
        raise EndNeeded(f"{role} until {until}")
    if _memberships(loge, person, now).filter(role=role).exists():
        raise AlreadyMember(f"{person.pk} {role} {loge.slug}")
    membership = LogeMembership.objects.create(
        loge=loge,
        person=person,
        role=role,
        quote=quote,
        starts_at=now,
        ends_at=until,
        granted_by=by if isinstance(by, Person) else None,
    )
    _grant(loge, person, now)
    signals.member_appointed.send(LogeMembership, membership=membership)
    return membership


@transaction.atomic
def sign_charter(*, by: Viewer, membership: LogeMembership, on: date) -> LogeMembership:
    """A member signs the network's charter; only for oneself. Raises NotAllowed."""
    if by is not None and by.pk != membership.person_id:
        raise NotAllowed("LogeMembership.sign_charter")
    membership.charter_signed_on = on
    membership.save(update_fields=["charter_signed_on"])
    return membership


@transaction.atomic
def dismiss(*, by: Viewer, loge: Loge, person: Person, role: str, now: datetime) -> LogeMembership:
    """End a person's role, and the grants that no other role of theirs keeps. Raises NotAMember, NotAllowed."""
    _check_team(by, loge, "dismiss")
    membership = _memberships(loge, person, now).filter(role=role).first()
    if membership is None:
        raise NotAMember(f"{person.pk} {role} {loge.slug}")
    membership.ends_at = now
    membership.save(update_fields=["ends_at"])
    _grant(loge, person, now)
    signals.member_dismissed.send(LogeMembership, membership=membership)
    return membership


@transaction.atomic
def renew_grants(*, now: datetime) -> None:
    """Make all grants those of the roles, after an update that gave roles other rights. Idempotent."""
    rows = LogeMembership.objects.filter(permissions.in_force("ends_at", now)).select_related("loge", "person")
    for loge, person in {(member.loge, member.person) for member in rows if ROLES[member.role].permissions}:
        _grant(loge, person, now)


def _check_team(by: Viewer, loge: Loge, verb: str) -> None:
    if not permissions.may_appoint(by, loge):
        raise NotAllowed(f"Loge.{verb}")


def _memberships(loge: Loge, person: Person, now: datetime) -> QuerySet[LogeMembership]:
    return loge.memberships.filter(permissions.in_force("ends_at", now), person=person)


def _grant(loge: Loge, person: Person, now: datetime) -> None:
    """Make a person's grants on a loge those of their roles there, each as long as the role that lasts longest."""
    wanted: dict[str, datetime | None] = {}
    for member in _memberships(loge, person, now):
        for codename in ROLES[member.role].permissions:
            ends = (wanted.get(codename, member.ends_at), member.ends_at)
            wanted[codename] = None if None in ends else max(end for end in ends if end)
    held = LogeUserPermission.objects.filter(user=person, content_object=loge)
    held.exclude(permission__codename__in=wanted).delete()
    kinds = Permission.objects.filter(content_type__app_label="loges", codename__in=wanted)
    for permission in kinds.order_by("pk"):
        LogeUserPermission.objects.update_or_create(
            user=person,
            content_object=loge,
            permission=permission,
            defaults={"until": wanted[permission.codename]},
        )
