"""The dates that an event will have, told while its form is filled in; the domain makes them, nothing is written."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic.base import View

from cms.event_forms import is_kept, take_rule, wrong_exceptions
from cms.models import EventPage
from loges import clock, permissions, queries, recurrence
from loges.actions import events
from loges.models import Event, EventOccurrence, Loge

SHOWN = 12
"""How many dates are told one by one."""
PAST = 2
"""How many of them may be past."""


class WhenForm(forms.Form):
    """The part of an event's form that makes its dates, as it stands: what isn't said yet may be missing."""

    starts_on = forms.DateField(label="Date", required=False)
    starts_at_time = forms.TimeField(label="Heure", required=False)
    duration_minutes = forms.IntegerField(label="Durée", required=False, min_value=1)
    recurrence = forms.CharField(label="Revient", required=False, max_length=200)
    rule = forms.CharField(label="Autre répétition", required=False, max_length=200)
    until_on = forms.DateField(label="Jusqu'au", required=False)

    def clean(self) -> dict[str, Any]:
        """Check the dates as the event's page does."""
        cleaned: dict[str, Any] = super().clean() or {}
        take_rule(self, cleaned)
        if not self.errors:
            try:
                _page(cleaned).check_dates()
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class ExceptionForm(forms.Form):
    """A day on which nothing takes place."""

    on = forms.DateField(label="Sauf le")


_Exceptions = forms.formset_factory(ExceptionForm, can_delete=True)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is told: dates, of which some aren't told one by one; or why there are none."""

    dates: list[EventOccurrence] = field(default_factory=list)
    earlier: int = 0
    later: int = 0
    reasons: list[str] = field(default_factory=list)


def foreseen(typed: Any, event: Event, now: datetime) -> Foreseen:
    """The dates that an event will have, once its page says what was typed."""
    form, exceptions = WhenForm(typed), _Exceptions(typed, prefix="exceptions")
    is_valid, are_valid = form.is_valid(), exceptions.is_valid()
    told = form.cleaned_data
    if not is_valid or not are_valid or wrong_exceptions(told, exceptions.forms):
        reasons = [text for one in (form, *exceptions.forms) for text in _reasons(one)]
        return Foreseen(reasons=reasons or ["Les dates ne se lisent pas encore."])
    missing = [name for name, key in (("le jour", "starts_on"), ("l'heure", "starts_at_time")) if not told[key]]
    if missing:
        return Foreseen(reasons=[f"Dites {' et '.join(missing)}\u00a0: les dates se liront ici."])
    for name in ("starts_on", "starts_at_time", "recurrence", "until_on"):
        setattr(event, name, told[name])
    event.duration_minutes = told["duration_minutes"] or EventPage._meta.get_field("duration_minutes").default
    event.exceptions = sorted({row.cleaned_data["on"].isoformat() for row in exceptions.forms if is_kept(row)})
    return _summed_up(events.foresee(event, now=now), now)


def _page(told: dict[str, Any]) -> EventPage:
    fields = ("starts_on", "starts_at_time", "duration_minutes", "recurrence", "until_on")
    return EventPage(**{name: told.get(name) for name in fields})


def _reasons(form: forms.Form) -> list[str]:
    """What is wrong, each with the name of its field and what was typed there."""
    return [
        f"{form.fields[name].label if name in form.fields else 'Dates'}\u00a0: {text}"
        for name, texts in form.errors.items()
        for text in texts
    ]


def _summed_up(dates: list[EventOccurrence], now: datetime) -> Foreseen:
    earlier = max(sum(date.ends_at <= now for date in dates) - PAST, 0)
    return Foreseen(dates[earlier : earlier + SHOWN], earlier, max(len(dates) - earlier - SHOWN, 0))


class ForeseenView(View):
    """Answers the form of an event with a piece of its screen. Only for those who may write events of some loge."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Tell the dates. 404 for an event that isn't the person's."""
        if not permissions.scope(Loge.objects.all(), request.user, "edit_content").exists():
            raise PermissionDenied
        now, event = clock.now(), Event()
        if pk := request.POST.get("event"):
            theirs = permissions.scope(Event.objects.all(), request.user, "edit")
            event = get_object_or_404(theirs, pk=pk if pk.isdecimal() else None)
        told = foreseen(request.POST, event, now)
        last = recurrence.horizon(now)
        own = queries.changeable_dates(request.user).filter(pk__in=[date.pk for date in told.dates if date.pk])
        shown = {"told": told, "now": now, "event": event, "last": last}
        return render(
            request, "cms/desk/foreseen.html", {**shown, "changeable": set(own.values_list("pk", flat=True))}
        )
