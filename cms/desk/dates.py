"""One date of an event, moved or cancelled without touching the others; both are the domain's own actions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput

from cms.desk.foreseen import ForeseenView
from cms.desk.screens import Screen
from loges import clock, queries, recurrence
from loges.actions import events
from loges.actions.transitions import WrongState
from loges.permissions import NotAllowed

_CANCEL_ID = "id_cancel_%s"
"""Two forms stand on one screen, each with a note: no two fields have one id."""


class MoveForm(forms.Form):
    """When it takes place instead; the length stays."""

    on = forms.DateField(label="Nouveau jour", widget=AdminDateInput)
    at = forms.TimeField(label="Nouvelle heure", widget=AdminTimeInput)
    note = forms.CharField(label="Un mot aux participants", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Make one instant of day and hour. Raises ValidationError, which names the field."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "on" in cleaned and "at" in cleaned:
            clock.check_day("on", cleaned["on"])
            cleaned["starts_at"] = recurrence.instant(cleaned["on"], cleaned["at"])
            if not recurrence.exists(cleaned["on"], cleaned["at"]):
                self.add_error("at", "Cette heure n'existe pas ce jour-là\u00a0: on passe à l'heure d'été.")
        return cleaned


class CancelForm(forms.Form):
    """Why it doesn't take place."""

    note = forms.CharField(label="Un mot aux participants", max_length=200)


class DateView(Screen, TemplateView):
    """Asks how one date changes, and changes it."""

    template_name = "cms/desk/date.html"
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the date among those that the person may change. 404 for others."""
        self.date = get_object_or_404(queries.changeable_dates(request.user), pk=kwargs["pk"])
        self.page_title = self.date.event.title
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here: the events."""
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": reverse("events:index"), "label": "Événements"}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        begins = timezone.localtime(self.date.starts_at)
        move = MoveForm(initial={"on": begins.date(), "at": begins.time()})
        others = (
            queries.changeable_dates(self.request.user).filter(event=self.date.event).exclude(pk=self.date.pk)[:12]
        )
        return super().get_context_data(
            **{"move": move, "cancel": CancelForm(auto_id=_CANCEL_ID), **kwargs}, date=self.date, others=others
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Move or cancel, as the button says."""
        is_move = "move" in request.POST
        form = MoveForm(request.POST) if is_move else CancelForm(request.POST, auto_id=_CANCEL_ID)
        if form.is_valid():
            try:
                self._change(form.cleaned_data, is_move=is_move)
            except (NotAllowed, WrongState):
                form.add_error(None, "Ce n'est plus possible\u00a0: cette date a changé entre-temps.")
            except ValidationError as error:
                form.add_error("on", error.messages)  # all that a move may be refused for is its moment
            else:
                messages.success(
                    request, f"{self.date.event.title}\u00a0: date {'déplacée' if is_move else 'annulée'}."
                )
                return redirect("wagtailadmin_home")
        messages.error(request, "Rien n'est changé\u00a0: voyez ce qui est signalé plus bas.")
        return self.render_to_response(self.get_context_data(**{"move" if is_move else "cancel": form}))

    def _change(self, said: dict[str, Any], *, is_move: bool) -> None:
        person: Any = self.request.user
        if is_move:
            events.move(
                by=person, occurrence=self.date, starts_at=said["starts_at"], note=said["note"], now=clock.now()
            )
        else:
            events.cancel(by=person, occurrence=self.date, note=said["note"], now=clock.now())


class DatesViewSet(ViewSet):
    """Their addresses."""

    name = "dates"
    url_prefix = "dates"

    def get_urlpatterns(self) -> list[URLPattern]:
        """One for each date, one for the dates that an event will have."""
        return [
            path("<int:pk>/", DateView.as_view(), name="change"),
            path("prevues/", ForeseenView.as_view(), name="foreseen"),
        ]
