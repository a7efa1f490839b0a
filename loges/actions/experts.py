"""Expert profiles: written together, published by the coordinator, left by the expert."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from loges import clock, permissions, queries, recurrence, signals
from loges.actions import loges
from loges.actions.transitions import begin, check, take
from loges.geography import Point
from loges.machines import EXPERT_PROFILE, Actor
from loges.models import (
    AvailabilityException,
    AvailabilityRule,
    BusinessIdentity,
    ExpertProfile,
    Loge,
    LogeMembership,
    Offer,
    Person,
    Service,
    Verification,
)
from loges.outlines import NotAPolygon, TooManyCorners, check_outline
from loges.permissions import NotAllowed, Viewer
from loges.shapes import Shape

EDITABLE = frozenset({"headline", "presentation", "languages", "latitude", "longitude", "area", "vacation_until_on"})
"""The fields of a profile that `edit` changes."""

AREA_FROM_LOGE_M = 30_000
"""How far from their loge's territory, in metres, that outline may begin."""

OVERLAPS = "Ce jour-là, cette plage en chevauche une autre."
"""What is said of a weekly window that begins before another has ended."""


class NotPublishable(Exception):
    """The profile lacks something; `missing` says what, in French."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What an expert offers: service, unit, price in cents (None: on proposal), shortest duration in minutes."""

    service: Service
    unit: str
    price_cents: int | None
    title: str = ""
    description: str = ""
    minimum_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class WeeklyWindow:
    """Free each week on `weekday` (0 = Monday) from `starts` to `ends`, local time."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class DatedWindow:
    """Free (or not) on that local day from `starts` to `ends`."""

    on: date
    starts: time
    ends: time
    is_open: bool


@transaction.atomic
def create(
    *,
    by: Viewer,
    loge: Loge,
    person: Person,
    slug: str,
    headline: str,
    presentation: str,
    languages: list[str],
    position: Point,
    now: datetime,
) -> ExpertProfile:
    """Begin a profile (DRAFT) and make the person a member of the loge. Raises NotAllowed, ValidationError."""
    expert = ExpertProfile(
        loge=loge,
        person=person,
        slug=slug,
        headline=headline,
        presentation=presentation,
        languages=languages,
        latitude=position.latitude,
        longitude=position.longitude,
        created_at=now,
    )
    permissions.check(by, "create", expert)
    expert.full_clean()
    expert.save()
    begin(expert, EXPERT_PROFILE, by=by, now=now)
    if not _is_member(loge, person):
        loges.appoint(by=None, loge=loge, person=person, role=LogeMembership.Role.EXPERT, now=now)
    return expert


@transaction.atomic
def edit(*, by: Viewer, expert: ExpertProfile, changes: dict[str, Any]) -> ExpertProfile:
    """Change EDITABLE fields of a profile, as its expert or coordinator. Raises NotAllowed, ValidationError.

    `area` is a GeoJSON outline of where the expert comes to; None: their loge's territory.
    """
    _check_editor(by, expert)
    if unknown := changes.keys() - EDITABLE:
        raise ValueError(f"not editable: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        setattr(expert, name, value)
    expert.full_clean()
    if changes.get("area") is not None:
        _check_area(expert)
    expert.save(update_fields=sorted(changes))
    return _told(expert)


def _check_area(expert: ExpertProfile) -> None:
    """Refuse an area that is no outline, too detailed, or nowhere near the loge. Raises ValidationError (`area`).

    Near: the outline's box touches the circle around the loge's territory, made AREA_FROM_LOGE_M wider.
    """
    try:
        check_outline(expert.area)
    except (NotAPolygon, TooManyCorners) as refusal:
        raise ValidationError({"area": refusal.told}) from refusal
    home = expert.loge.territory.shape
    if not Shape(home.center, home.radius_meters + AREA_FROM_LOGE_M, expert.area).is_centred:
        told = f"Ce contour est à plus de {AREA_FROM_LOGE_M // 1_000} km du territoire de la loge."
        raise ValidationError({"area": told})


@transaction.atomic
def set_offers(*, by: Viewer, expert: ExpertProfile, offers: list[OfferTerms]) -> ExpertProfile:
    """Replace what an expert offers; an offer of the same service keeps its identity. Raises ValidationError."""
    _check_editor(by, expert)
    kept = {offer.service_id: offer for offer in Offer.objects.filter(expert=expert)}
    wanted = {terms.service.pk for terms in offers}
    Offer.objects.filter(expert=expert).exclude(service_id__in=wanted).delete()
    for position, terms in enumerate(offers):
        offer = kept.get(terms.service.pk) or Offer(expert=expert)
        for name in terms.__slots__:
            setattr(offer, name, getattr(terms, name))
        offer.position = position
        offer.full_clean()
        offer.save()
    return _told(expert)


@transaction.atomic
def set_availability(
    *, by: Viewer, expert: ExpertProfile, weekly: list[WeeklyWindow], dated: list[DatedWindow]
) -> ExpertProfile:
    """Replace when an expert is free; windows of one weekday don't overlap. Raises NotAllowed, ValidationError."""
    _check_editor(by, expert)
    rules = [AvailabilityRule(expert=expert, **asdict(window)) for window in weekly]
    exceptions = [AvailabilityException(expert=expert, **asdict(window)) for window in dated]
    for window in [*rules, *exceptions]:
        window.full_clean()
    if overlapping(weekly):
        raise ValidationError(OVERLAPS)
    AvailabilityRule.objects.filter(expert=expert).delete()
    AvailabilityException.objects.filter(expert=expert).delete()
    AvailabilityRule.objects.bulk_create(rules)
    AvailabilityException.objects.bulk_create(exceptions)
    return _told(expert)


def overlapping(weekly: list[WeeklyWindow]) -> list[int]:
    """The places in the list of windows that begin before an earlier one of their weekday, or the same, has ended."""
    found: list[int] = []
    free_from: dict[int, time] = {}
    for place, window in sorted(enumerate(weekly), key=lambda row: (row[1].weekday, row[1].starts, row[0])):
        if window.starts < free_from.get(window.weekday, time.min):
            found.append(place)
        free_from[window.weekday] = max(free_from.get(window.weekday, time.min), window.ends)
    return found


@transaction.atomic
def verify(
    *,
    by: Viewer,
    expert: ExpertProfile,
    kind: str,
    checker_role: str,
    checked_on: date,
    expires_on: date | None = None,
    now: datetime,
) -> Verification:
    """Record what was checked about an expert, today or before; the newest check counts.

    Raises NotAllowed, ValidationError.
    """
    permissions.check(by, "verify", expert)
    clock.check_day("checked_on", checked_on, until=recurrence.local_day(now))
    clock.check_day("expires_on", expires_on, since=checked_on)
    known = Verification.objects.filter(expert=expert, kind=kind).first()
    verification = known or Verification(expert=expert, kind=kind)
    verification.checker_role = checker_role
    verification.checked_by = by if isinstance(by, Person) else None
    verification.checked_on, verification.expires_on = checked_on, expires_on
    verification.full_clean()
    verification.save()
    _told(expert)
    return verification


@transaction.atomic
def submit(*, by: Viewer, expert: ExpertProfile, now: datetime) -> ExpertProfile:
    """The expert hands the profile to the coordinator. Raises WrongState, NotAllowed."""
    return _told(take(expert, EXPERT_PROFILE, "submit", by=by, now=now))


@transaction.atomic
def suggest(*, by: Viewer, expert: ExpertProfile, headline: str, presentation: str, now: datetime) -> ExpertProfile:
    """The coordinator proposes words; the expert has the last word.

    Raises WrongState, NotAllowed, ValidationError.
    """
    changes = {"headline": headline, "presentation": presentation}
    check(expert, EXPERT_PROFILE, "suggest", by=by)
    expert.headline, expert.presentation = headline, presentation
    expert.full_clean()
    take(expert, EXPERT_PROFILE, "suggest", by=by, now=now, **changes)
    signals.profile_suggested.send(ExpertProfile, expert=expert)
    return _told(expert)


@transaction.atomic
def agree(*, by: Viewer, expert: ExpertProfile, now: datetime) -> ExpertProfile:
    """The expert agrees with the proposed words. Raises WrongState, NotAllowed."""
    return _told(take(expert, EXPERT_PROFILE, "agree", by=by, now=now))


@transaction.atomic
def amend(*, by: Viewer, expert: ExpertProfile, now: datetime) -> ExpertProfile:
    """The expert takes the words back to change them. Raises WrongState, NotAllowed."""
    return _told(take(expert, EXPERT_PROFILE, "amend", by=by, now=now))


@transaction.atomic
def take_back(*, by: Viewer, expert: ExpertProfile, now: datetime) -> ExpertProfile:
    """The coordinator takes back the proposed words before the expert answers. Raises WrongState, NotAllowed."""
    return _told(take(expert, EXPERT_PROFILE, "take_back", by=by, now=now))


@transaction.atomic
def publish(*, by: Viewer, expert: ExpertProfile, now: datetime) -> ExpertProfile:
    """The coordinator publishes: needs a signed charter, an offer and a legal status.

    Raises NotPublishable, WrongState, NotAllowed.
    """
    check(expert, EXPERT_PROFILE, "publish", by=by)
    missing = []
    if not Verification.objects.filter(expert=expert, kind=Verification.Kind.CHARTER).exists():
        missing.append("La charte n'est pas signée.")
    if not Offer.objects.filter(expert=expert).exists():
        missing.append("Le profil n'a pas encore d'offre.")
    if not BusinessIdentity.objects.filter(person=expert.person_id).exists():
        missing.append("Le statut professionnel n'est pas renseigné.")
    if missing:
        raise NotPublishable(missing)
    return _told(take(expert, EXPERT_PROFILE, "publish", by=by, now=now, published_at=now))


@transaction.atomic
def pause(*, by: Viewer, expert: ExpertProfile, until_on: date | None, now: datetime) -> ExpertProfile:
    """Take a profile off search for a while, until a day not past if it is known.

    Raises ValidationError (`until_on`), WrongState, NotAllowed.
    """
    clock.check_day("until_on", until_on, since=recurrence.local_day(now))
    return _told(take(expert, EXPERT_PROFILE, "pause", by=by, now=now, vacation_until_on=until_on))


@transaction.atomic
def resume(*, by: Viewer, expert: ExpertProfile, now: datetime) -> ExpertProfile:
    """Put a paused profile back. Raises WrongState, NotAllowed."""
    return _told(take(expert, EXPERT_PROFILE, "resume", by=by, now=now, vacation_until_on=None))


@transaction.atomic
def suspend(*, by: Viewer, expert: ExpertProfile, reason: str, now: datetime) -> ExpertProfile:
    """Suspend a profile, with the reason that the expert is told. Raises WrongState, NotAllowed."""
    return _told(take(expert, EXPERT_PROFILE, "suspend", by=by, now=now, note=reason))


@transaction.atomic
def reinstate(*, by: Viewer, expert: ExpertProfile, now: datetime) -> ExpertProfile:
    """Lift a suspension; a coordinator lifts only those of coordinators. Raises WrongState, NotAllowed."""
    last = queries.last_transition(expert, EXPERT_PROFILE, "suspend")
    by_team = last is not None and last.actor is not None and last.actor.is_staff
    if by_team and Actor.TEAM not in permissions.actors(by, expert):
        raise NotAllowed("ExpertProfile.reinstate")
    return _told(take(expert, EXPERT_PROFILE, "reinstate", by=by, now=now))


@transaction.atomic
def leave(*, by: Viewer, expert: ExpertProfile, now: datetime) -> ExpertProfile:
    """The expert leaves the loge, and search at once. Raises WrongState, NotAllowed."""
    take(expert, EXPERT_PROFILE, "leave", by=by, now=now)
    if _is_member(expert.loge, expert.person):  # the team may have dismissed them before
        loges.dismiss(by=None, loge=expert.loge, person=expert.person, role=LogeMembership.Role.EXPERT, now=now)
    return _told(expert)


def _is_member(loge: Loge, person: Person) -> bool:
    return loge.memberships.filter(person=person, role=LogeMembership.Role.EXPERT, ends_at__isnull=True).exists()


def _check_editor(by: Viewer, expert: ExpertProfile) -> None:
    if Actor.EXPERT not in permissions.actors(by, expert):
        permissions.check(by, "edit", expert)


def _told(expert: ExpertProfile) -> ExpertProfile:
    signals.experts_changed.send(ExpertProfile, ids=[expert.pk])
    return expert
