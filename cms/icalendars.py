"""Calendars that phones and computers subscribe to: a loge's events, or one event (RFC 5545).

An event is one VEVENT with its rule; a date that was moved or cancelled is an override (RECURRENCE-ID), a day
without is an EXDATE. A date that was moved by hand and that the rule no longer gives is an event of its own.
Only what anybody may read is told: no subscription knows who reads it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.contrib.redirects.models import Redirect

from cms import queries as cms_queries
from cms.addresses import full_address_of
from cms.models import EventPage
from loges import permissions, queries, recurrence
from loges.models import Event, EventOccurrence, Loge

KEPT_SECONDS = 900
"""How long readers may keep a calendar without asking again."""
_PARIS = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""The clock changes of the European Union (directive 2000/84/EC), for readers that know no zone by name."""
_STATUS = {"CANCELLED": "CANCELLED", "POSTPONED": "TENTATIVE"}


def loge_address(loge: Loge) -> str:
    """Where a loge's calendar is, absolute."""
    return f"{settings.BASE_URL}{reverse('loge_calendar', args=[loge.slug])}"


def event_address(event: Event) -> str:
    """Where an event's calendar is, absolute. The event's loge is at hand."""
    return f"{settings.BASE_URL}{reverse('event_calendar', args=[event.loge.slug, event.slug])}"


@require_safe
@conditional_page
def serve_loge(request: HttpRequest, loge_slug: str) -> HttpResponse:
    """The calendar of a loge. Four statements whatever the number of events; 404 for a loge nobody may see."""
    loge = queries.loge(loge_slug, None)
    if loge is None:
        raise Http404
    return _served(loge.name, queries.events(None).filter(loge=loge), loge.slug)


@require_safe
@conditional_page
def serve_event(request: HttpRequest, loge_slug: str, event_slug: str) -> HttpResponse:
    """The calendar of one event. Three statements; 404 for an event nobody may see.

    A name of before leads to today's: subscriptions outlive it, as links to the page do.
    """
    events = list(queries.events(None).filter(loge__slug=loge_slug, slug=event_slug))
    if not events or not cms_queries.event_pages([events[0].pk], None):
        if moved := _moved(loge_slug, event_slug):
            return HttpResponsePermanentRedirect(event_address(moved))
        raise Http404
    return _served(events[0].title, events, f"{loge_slug}-{event_slug}")


def _moved(loge_slug: str, event_slug: str) -> Event | None:
    """The event whose page was once found by that name, if anybody may see it. Two statements."""
    path = Redirect.normalise_path(f"/loges/{loge_slug}/{event_slug}")
    page_ids = Redirect.objects.filter(old_path=path).values("redirect_page")
    page = cms_queries.pages_of(EventPage, None).filter(pk__in=page_ids, event__isnull=False).first()
    return queries.events(None).filter(pk=page.event_id).first() if page else None


def _served(name: str, events: Iterable[Event], filename: str) -> HttpResponse:
    answer = HttpResponse(calendar(name, events), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    patch_cache_control(answer, public=True, max_age=KEPT_SECONDS)
    return answer


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The calendar of these events, of which only those are told whose page anybody may read.

    Two statements beside that of the events.
    """
    rows = list(events)
    pages = cms_queries.event_pages((event.pk for event in rows), None)
    dates: dict[int, list[EventOccurrence]] = {pk: [] for pk in pages}
    for occurrence in queries.occurrences(None).filter(event__in=dates):
        dates[occurrence.event_id].append(occurrence)
    made = icalendar.Calendar()
    made.add("prodid", "-//OpenLoge//Calendrier//FR")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", recurrence.PARIS.key)
    made.add("refresh-interval", timedelta(seconds=KEPT_SECONDS), parameters={"VALUE": "DURATION"})
    made.add_component(icalendar.Timezone.from_ical(_PARIS))
    for event in rows:
        if event.pk in pages and dates[event.pk]:
            for part in _Told(event, pages[event.pk], dates[event.pk]).parts():
                made.add_component(part)
    return bytes(made.to_ical())


class _Told:
    """One event as calendars tell it."""

    def __init__(self, event: Event, page: EventPage, dates: list[EventOccurrence]) -> None:
        self.event, self.page = event, page
        self.dates = {row.planned_on: row for row in dates}
        until = max([*self.dates, event.starts_on])
        if event.until_on:
            until = min(until, event.until_on)
        self.by_rule = recurrence.days(event.recurrence, event.starts_on, until=until)

    def parts(self) -> list[icalendar.Event]:
        """The event, then its dates that are not as the rule says."""
        if not self.event.recurrence:
            return [self._date(row) for row in self.dates.values()]
        kept = set(self.by_rule) - self.event.days_without
        told = [self._series()] if self.by_rule else []
        for day, row in self.dates.items():
            if day in kept and not self._is_usual(row):
                told.append(self._override(row))
            elif day not in kept and row.state != "CANCELLED":
                told.append(self._date(row, of_its_own=True))
        return told

    def _usual(self, day: date) -> datetime:
        """When the event begins on that day if nothing changes it."""
        return _local(recurrence.instant(day, self.event.starts_at_time))

    def _is_usual(self, row: EventOccurrence) -> bool:
        begin, length = self._usual(row.planned_on), timedelta(minutes=self.event.duration_minutes)
        return row.state not in _STATUS and (row.starts_at, row.ends_at) == (begin, begin + length)

    def _series(self) -> icalendar.Event:
        """All dates by their rule."""
        begin = self._usual(self.by_rule[0])
        made = self._said(begin, begin + timedelta(minutes=self.event.duration_minutes), self.event.sequence)
        rule = recurrence.bounded(self.event.recurrence, self.event.starts_on, self.event.until_on)
        made.add("rrule", icalendar.vRecur.from_ical(rule))
        # Dates that the rule gives and that were never planned: those before the rule was what it is.
        for day in sorted(self.event.days_without | (set(self.by_rule) - set(self.dates))):
            made.add("exdate", self._usual(day))
        made.add("status", "CONFIRMED")
        return made

    def _override(self, row: EventOccurrence) -> icalendar.Event:
        made = self._date(row)
        made.add("recurrence-id", self._usual(row.planned_on))
        return made

    def _date(self, row: EventOccurrence, *, of_its_own: bool = False) -> icalendar.Event:
        made = self._said(row.starts_at, row.ends_at, self.event.sequence + row.sequence, row.note)
        made.add("status", _STATUS.get(row.state, "CONFIRMED"))
        if of_its_own:
            made["uid"] = icalendar.vText(f"{row.planned_on:%Y%m%d}-{made['uid']}")
        return made

    def _said(self, begin: datetime, end: datetime, sequence: int, note: str = "") -> icalendar.Event:
        """What is the same for every date: who, what, where."""
        event, address = self.event, full_address_of(self.page)
        place = [event.venue_name, "" if permissions.needed_to_read("address", event) else event.address]
        made = icalendar.Event()
        made.add("uid", f"event-{event.pk}@{urlsplit(settings.BASE_URL).hostname}")
        made.add("dtstamp", self.page.last_published_at)
        made.add("last-modified", self.page.last_published_at)
        made.add("sequence", sequence)
        made.add("dtstart", _local(begin))
        made.add("dtend", _local(end))
        made.add("summary", event.title)
        made.add("location", ", ".join(text for text in place if text))
        made.add("description", "\n\n".join(text for text in (note, event.summary, address) if text))
        made.add("url", address)
        if event.theme:
            made.add("categories", [event.theme])
        return made


def _local(at: datetime) -> datetime:
    return at.astimezone(recurrence.PARIS)
