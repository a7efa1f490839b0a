"""Events: planned from their page, moved or cancelled date by date."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from loges import clock, permissions, recurrence
from loges.actions.transitions import WrongState, begin, take
from loges.machines import EVENT_OCCURRENCE
from loges.models import Event, EventOccurrence, EventSpeaker, ExpertProfile, Loge
from loges.permissions import Viewer

SLUG_LENGTH = 120
"""How long the name of an event may be in addresses."""


class NotTheirExpert(Exception):
    """A speaker is announced as an expert but belongs to another loge."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody announced: an expert of the loge, or a resident by first name; and the topic."""

    expert: ExpertProfile | None = None
    resident_first_name: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class EventPlan:
    """What an event's page says: local days and time (Europe/Paris), an RFC 5545 rule or none, where, with whom.

    `exceptions` are days that the rule gives and on which nothing takes place.
    """

    slug: str
    title: str
    starts_on: date
    starts_at_time: time
    duration_minutes: int
    venue_name: str
    venue_kind: str
    summary: str = ""
    theme: str = ""
    recurrence: str = ""
    until_on: date | None = None
    exceptions: list[date] = field(default_factory=list)
    address: str = ""
    capacity: int | None = None
    accessibility: list[str] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)


@transaction.atomic
def plan(*, by: Viewer, loge: Loge, event: Event | None, terms: EventPlan, now: datetime) -> Event:
    """Publish an event and its dates for about six months; `event` is the one published before, if any.

    Idempotent. Dates that were moved or cancelled by hand stay so; past dates are never touched. A withdrawn event
    of that name gives it away.
    Raises NotARule, ValidationError, NotAllowed, NotTheirExpert.
    """
    is_new = event is None
    event = event or Event()
    event.loge = loge
    permissions.check(by, "plan", event)
    told = {name: getattr(terms, name) for name in terms.__slots__ if name not in {"speakers", "exceptions"}}
    told["exceptions"] = sorted({day.isoformat() for day in terms.exceptions})
    if not is_new and any(getattr(event, name) != value for name, value in told.items()):
        event.sequence += 1
    for name, value in told.items():
        setattr(event, name, value)
    event.is_published = True
    _free(terms.slug, loge, event)
    event.full_clean()
    days = recurrence.days(event.recurrence, event.starts_on, until=_last_day(event, now), without=event.days_without)
    event.save()
    _announce(event, terms.speakers)
    _plan_days(event, days, by=by, now=now, is_new=is_new)
    return event


def _free(slug: str, loge: Loge, event: Event) -> None:
    """Take a name from a withdrawn event that still has it: nobody reads that one, and it keeps its history."""
    for other in Event.objects.filter(loge=loge, slug=slug, is_published=False).exclude(pk=event.pk):
        ending = f"-{other.pk}"
        other.slug = f"{slug[: SLUG_LENGTH - len(ending)]}{ending}"
        other.save(update_fields=["slug"])


@transaction.atomic
def plan_ahead(*, now: datetime) -> int:
    """Give the events that come back their dates for about six months from now; answers how many. Run by a timer."""
    coming = Event.objects.filter(is_published=True).exclude(recurrence="").order_by("pk")
    for event in (found := list(coming)):
        until = _last_day(event, now)
        days = recurrence.days(event.recurrence, event.starts_on, until=until, without=event.days_without)
        _plan_days(event, days, by=None, now=now, is_new=False)
    return len(found)


def _last_day(event: Event, now: datetime) -> date:
    ahead = max(recurrence.horizon(now), event.starts_on)
    return min(event.until_on, ahead) if event.until_on else ahead


def _announce(event: Event, speakers: list[Speaker]) -> None:
    for speaker in speakers:
        if speaker.expert and speaker.expert.loge_id != event.loge_id:
            raise NotTheirExpert(speaker.expert.slug)
    event.speakers.all().delete()
    EventSpeaker.objects.bulk_create(
        EventSpeaker(
            event=event,
            expert=speaker.expert,
            resident_first_name=speaker.resident_first_name,
            topic=speaker.topic,
            position=position,
        )
        for position, speaker in enumerate(speakers)
    )


def foresee(event: Event, *, now: datetime) -> list[EventOccurrence]:
    """The dates that `plan` would give an event as it stands in memory, earliest first; nothing is written.

    It may be new, or one planned before: what is past, moved or cancelled by hand is among them. Raises NotARule.
    """
    days = recurrence.days(event.recurrence, event.starts_on, until=_last_day(event, now), without=event.days_without)
    found = _settle(event, days, now=now, is_new=event._state.adding)
    return sorted([*found.put, *found.kept], key=lambda occurrence: (occurrence.starts_at, occurrence.planned_on))


@dataclass(frozen=True, slots=True)
class _Dates:
    """What becomes of an event's dates: new or at another hour, as they were, gone."""

    put: list[EventOccurrence] = field(default_factory=list)
    kept: list[EventOccurrence] = field(default_factory=list)
    gone: list[EventOccurrence] = field(default_factory=list)


def _plan_days(event: Event, days: list[date], *, by: Viewer, now: datetime, is_new: bool) -> None:
    found = _settle(event, days, now=now, is_new=is_new)
    for occurrence in found.put:
        is_first = occurrence._state.adding
        occurrence.save()
        if is_first:
            begin(occurrence, EVENT_OCCURRENCE, by=None, now=now, transition="plan")
    for left in found.gone:
        left.delete()


def _settle(event: Event, days: list[date], *, now: datetime, is_new: bool) -> _Dates:
    """Decide what becomes of each date; nothing is written."""
    today, found = recurrence.local_day(now), _Dates()
    rows = [] if event._state.adding else event.occurrences.order_by("planned_on")
    known: dict[date, EventOccurrence] = {row.planned_on: row for row in rows}
    if not event.recurrence and len(known) == 1 and days[0] not in known:
        # A single date that changes is the same date, elsewhere in time: whoever holds it keeps it. One that is
        # over or cancelled stays what it was, and the new day is a new date.
        (only,) = known.values()
        if only.state in {"PLANNED", "FULL"}:
            only.planned_on, only.is_moved = days[0], False
            known = {days[0]: only}
    for day in days:
        occurrence: EventOccurrence | None = known.pop(day, None)
        if occurrence is None:
            if is_new or day >= today or not event.recurrence:
                occurrence = EventOccurrence(event=event, planned_on=day)
                _place(occurrence, event)
                found.put.append(occurrence)
        elif not occurrence.is_moved and occurrence.state in {"PLANNED", "FULL"} and _is_open(occurrence, now, event):
            (found.put if _place(occurrence, event) else found.kept).append(occurrence)
        else:
            found.kept.append(occurrence)
    for left in known.values():
        is_gone = not left.is_moved and left.state == "PLANNED" and left.starts_at > now
        (found.gone if is_gone else found.kept).append(left)
    return found


def _is_open(occurrence: EventOccurrence, now: datetime, event: Event) -> bool:
    return not event.recurrence or occurrence.starts_at > now


def _place(occurrence: EventOccurrence, event: Event) -> bool:
    """Give a date the event's hour and length; answers whether that changes it."""
    starts_at = recurrence.instant(occurrence.planned_on, event.starts_at_time)
    ends_at = starts_at + timedelta(minutes=event.duration_minutes)
    if (occurrence.starts_at, occurrence.ends_at) == (starts_at, ends_at):
        return False
    occurrence.starts_at, occurrence.ends_at = starts_at, ends_at
    occurrence.sequence += not occurrence._state.adding
    return True


@transaction.atomic
def withdraw(*, by: Viewer, event: Event) -> Event:
    """Take an event off the public places (its page was unpublished); its dates are kept. Raises NotAllowed."""
    permissions.check(by, "withdraw", event)
    event.is_published = False
    event.save(update_fields=["is_published"])
    return event


@transaction.atomic
def move(
    *, by: Viewer, occurrence: EventOccurrence, starts_at: datetime, note: str = "", now: datetime
) -> EventOccurrence:
    """Move one date that is still to come, keeping its length; the others stay. What was said of a move may change.

    Raises WrongState, NotAllowed, ValidationError (`starts_at`: past, beyond the days that can be meant, the same,
    another date's).
    """
    permissions.check(by, "move", occurrence)
    if occurrence.state in EVENT_OCCURRENCE.final:
        raise WrongState(f"EventOccurrence.move from {occurrence.state}")
    clock.check_day("starts_at", recurrence.local_day(starts_at))
    if starts_at <= now:
        raise ValidationError({"starts_at": "Choisissez un moment à venir."})
    if starts_at == occurrence.starts_at and (not occurrence.is_moved or note == occurrence.note):
        raise ValidationError({"starts_at": "C'est déjà son jour et son heure\u00a0: rien ne change."})
    others = occurrence.event.occurrences.exclude(pk=occurrence.pk).exclude(state="CANCELLED")
    if others.filter(starts_at=starts_at).exists():
        raise ValidationError({"starts_at": "Cet événement a déjà une date à ce moment-là."})
    length = occurrence.ends_at - occurrence.starts_at
    occurrence.starts_at = starts_at.astimezone(UTC)
    occurrence.ends_at = occurrence.starts_at + length
    occurrence.is_moved, occurrence.note = True, note
    occurrence.sequence += 1
    occurrence.save()
    return occurrence


@transaction.atomic
def cancel(*, by: Viewer, occurrence: EventOccurrence, note: str, now: datetime) -> EventOccurrence:
    """Cancel one date; it stays visible as cancelled. Raises WrongState, NotAllowed."""
    if by is not None:
        permissions.check(by, "cancel", occurrence)
    occurrence.note, sequence = note, occurrence.sequence + 1
    take(occurrence, EVENT_OCCURRENCE, "cancel", by=by, now=now, note=note, sequence=sequence)
    occurrence.save(update_fields=["note"])
    return occurrence


@transaction.atomic
def close_past(*, now: datetime) -> int:
    """Mark the dates whose end has passed as held; answers how many. Run by a timer."""
    past = EventOccurrence.objects.filter(state__in=["PLANNED", "FULL"], ends_at__lte=now).order_by("pk")
    for occurrence in (done := list(past)):
        take(occurrence, EVENT_OCCURRENCE, "close", by=None, now=now)
    return len(done)
