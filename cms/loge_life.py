"""The buttons of a loge's life: opened, sent back, paused, resumed, closed. Each is one call of the domain."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput

from loges import clock, permissions
from loges.actions import loges
from loges.actions.transitions import WrongState
from loges.machines import LOGE
from loges.models import Loge
from loges.permissions import NotAllowed


@dataclass(frozen=True, slots=True)
class Button:
    """A change of state that the person may ask for."""

    label: str
    url: str


LABELS = {
    "request_opening": "Demander l'ouverture",
    "send_back": "Renvoyer avec ce qui manque",
    "open": "Ouvrir la loge",
    "pause": "Mettre en pause",
    "resume": "Rouvrir",
    "close": "Fermer pour de bon",
}


def buttons(person: Any, loge: Loge) -> list[Button]:
    """What the person may do with the loge as it is now."""
    names = LOGE.available(loge.state, permissions.actors(person, loge))
    return [
        Button(LABELS[name], reverse("loge_life:change", args=[loge.pk, name])) for name in names if name in LABELS
    ]


class TransitionForm(forms.Form):
    """What is to be said with a change of state: some need words, or a day."""

    missing = forms.CharField(label="Ce qui manque, pour le coordinateur", widget=forms.Textarea)
    message = forms.CharField(label="Message aux habitants", max_length=300, widget=forms.Textarea)
    until_on = forms.DateField(label="Jusqu'au", required=False, widget=AdminDateInput, help_text="Si vous le savez.")

    FIELDS: ClassVar[dict[str, tuple[str, ...]]] = {
        "send_back": ("missing",),
        "pause": ("message", "until_on"),
        "close": ("message",),
    }

    def __init__(self, *args: Any, transition: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.FIELDS.get(transition, ())
        self.fields = {name: field for name, field in self.fields.items() if name in wanted}


class TransitionView(WagtailAdminTemplateMixin, FormView[TransitionForm]):
    """Asks, then changes the state of a loge by the domain's action of that name."""

    template_name = "cms/desk/transition.html"
    form_class = TransitionForm
    header_icon = "home"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the loge and the change, for those who may ask for it now."""
        self.transition = kwargs["transition"]
        loge = Loge.objects.filter(pk=kwargs["loge_id"]).first()
        if loge is None or self.transition not in LABELS:
            raise Http404
        if self.transition not in LOGE.available(loge.state, permissions.actors(request.user, loge)):
            raise Http404
        self.loge = loge
        self.page_title, self.page_subtitle = LABELS[self.transition], loge.name
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Which change it is about."""
        return {**super().get_form_kwargs(), "transition": self.transition}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        label = LABELS[self.transition]
        return super().get_context_data(**kwargs, loge=self.loge, label=label, transition=self.transition)

    def form_valid(self, form: TransitionForm) -> HttpResponse:
        """Call the action; what it refuses is told on the form."""
        action = getattr(loges, self.transition)
        try:
            action(by=self.request.user, loge=self.loge, now=clock.now(), **form.cleaned_data)
        except loges.NotReady as error:
            form.add_error(None, [f"Il manque encore\u00a0: {label}" for label in error.missing])
        except (NotAllowed, WrongState):
            form.add_error(None, "Ce n'est plus possible\u00a0: l'état de la loge a changé entre-temps.")
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, f"{self.loge.name}\u00a0: {self.loge.get_state_display().lower()}.")
        return redirect("wagtailadmin_home")


class LogeLifeViewSet(ViewSet):
    """Their addresses."""

    name = "loge_life"
    url_prefix = "vie-des-loges"

    def get_urlpatterns(self) -> list[URLPattern]:
        """One, for all."""
        return [path("<int:loge_id>/<slug:transition>/", TransitionView.as_view(), name="change")]
