"""The buttons that change a state: of a loge, of an expert's profile, of a review. Each is one call of the domain."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput

from cms.desk.screens import Screen
from loges import clock, machines, permissions
from loges.actions import experts, loges, reviews
from loges.actions.transitions import WrongState
from loges.models import PRESENTATION_LENGTH, ExpertProfile, Loge, Review
from loges.permissions import NotAllowed


@dataclass(frozen=True, slots=True)
class Change:
    """One button: what it is called, what it does, in French, and which fields of `ChangeForm` it asks."""

    label: str
    explained: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """What changes: the model, its machine, the module of its actions and the name of their argument."""

    model: type[Model]
    machine: machines.Machine
    actions: ModuleType
    argument: str
    changes: dict[str, Change]
    home: Callable[[Any], str] = field(default=lambda thing: reverse("wagtailadmin_home"))


FINAL = ("close", "reject")
"""What can't be undone."""

LIVES = {
    "loge": Life(
        Loge,
        machines.LOGE,
        loges,
        "loge",
        {
            "request_opening": Change(
                "Demander l'ouverture",
                "L'équipe OpenLoge relira la page et l'équipe de la loge, puis l'ouvrira ou vous dira ce qui manque.",
            ),
            "send_back": Change("Renvoyer avec ce qui manque", "Le coordinateur lira votre réponse.", ("missing",)),
            "open": Change("Ouvrir la loge", "Sa page sera publiée et son équipe se trouvera dans la recherche."),
            "pause": Change(
                "Mettre en pause",
                "Son équipe ne se trouvera plus dans la recherche ; sa page dira votre message.",
                ("message", "until_on"),
            ),
            "resume": Change("Rouvrir", "Son équipe se trouvera de nouveau dans la recherche."),
            "close": Change(
                "Fermer pour de bon", "La loge quittera le site, avec ses pages. C'est définitif.", ("message",)
            ),
        },
    ),
    "profil": Life(
        ExpertProfile,
        machines.EXPERT_PROFILE,
        experts,
        "expert",
        {
            "suggest": Change(
                "Proposer à l'expert",
                "L'expert reçoit votre texte par courriel, le change s'il veut, et a le dernier mot. Vous relirez "
                "ensuite le profil pour le publier. D'ici là, vous pouvez reprendre votre texte.",
                ("headline", "presentation"),
            ),
            "take_back": Change(
                "Reprendre le texte", "L'expert ne pourra plus y répondre\u00a0: vous lui en proposerez un autre."
            ),
            "publish": Change("Publier", "Le profil se trouvera dans la recherche."),
            "pause": Change("Mettre en pause", "Le profil ne se trouvera plus dans la recherche.", ("until_on",)),
            "resume": Change("Reprendre", "Le profil se trouvera de nouveau dans la recherche."),
            "suspend": Change(
                "Suspendre",
                "Le profil quitte le site aussitôt. L'expert et l'équipe liront pourquoi.",
                ("reason",),
            ),
            "reinstate": Change("Lever la suspension", "Le profil revient sur le site."),
        },
        home=lambda expert: reverse("team:profile", args=[expert.pk]),
    ),
    "avis": Life(
        Review,
        machines.REVIEW,
        reviews,
        "review",
        {
            "keep": Change(
                "Garder l'évaluation", "Elle reste en ligne. Votre raison est gardée avec elle.", ("reason",)
            ),
            "reject": Change(
                "Retirer l'évaluation",
                "Elle quitte le site et la note de l'expert, pour de bon. Votre raison est gardée avec elle.",
                ("reason",),
            ),
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Button:
    """A change of state that the person may ask for."""

    label: str
    url: str


def buttons(person: Any, kind: str, thing: Any, *, only: Collection[str] | None = None) -> list[Button]:
    """What the person may do with a thing as it is now, or that part of it."""
    life = LIVES[kind]
    names = life.machine.available(thing.state, permissions.actors(person, thing))
    known = (name for name in names if name in life.changes and (only is None or name in only))
    return [Button(life.changes[name].label, reverse("life:change", args=[kind, thing.pk, name])) for name in known]


class ChangeForm(forms.Form):
    """What is to be said with a change of state: some need words, or a day."""

    missing = forms.CharField(label="Ce qui manque, pour le coordinateur", widget=forms.Textarea)
    message = forms.CharField(label="Message aux habitants", max_length=300, widget=forms.Textarea)
    headline = forms.CharField(label="En une ligne", max_length=120)
    presentation = forms.CharField(label="Présentation", max_length=PRESENTATION_LENGTH, widget=forms.Textarea)
    reason = forms.CharField(label="Pourquoi", widget=forms.Textarea)
    until_on = forms.DateField(label="Jusqu'au", required=False, widget=AdminDateInput, help_text="Si vous le savez.")

    def __init__(self, *args: Any, wanted: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: field for name, field in self.fields.items() if name in wanted}


class ChangeView(Screen, FormView[ChangeForm]):
    """Asks, then changes the state of a thing by the domain's action of that name."""

    template_name = "cms/desk/change.html"
    form_class = ChangeForm

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the thing and the change, for those who may ask for it now."""
        life, self.name = LIVES.get(kwargs["kind"]), kwargs["name"]
        if life is None or self.name not in life.changes:
            raise Http404
        thing: Any = life.model._default_manager.filter(pk=kwargs["pk"]).first()
        if thing is None or self.name not in life.machine.available(
            thing.state, permissions.actors(request.user, thing)
        ):
            raise Http404
        self.life, self.thing, self.change = life, thing, life.changes[self.name]
        self.page_title, self.page_subtitle = self.change.label, str(thing)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Which fields are asked; they begin with what the thing has."""
        initial = {name: getattr(self.thing, name, None) for name in ("headline", "presentation")}
        return {**super().get_form_kwargs(), "wanted": self.change.fields, "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        back = self.life.home(self.thing)
        return super().get_context_data(**kwargs, change=self.change, is_final=self.name in FINAL, back=back)

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        """Call the action; what it refuses is told on the form."""
        thing: Any = self.thing
        action = getattr(self.life.actions, self.name)
        try:
            action(by=self.request.user, now=clock.now(), **{self.life.argument: thing}, **form.cleaned_data)
        except (loges.NotReady, experts.NotPublishable) as error:
            form.add_error(None, [f"Il manque encore\u00a0: {label}" for label in error.missing])
        except ValidationError as error:
            form.add_error(None, error)
        except NotAllowed:
            form.add_error(None, "Ce n'est pas à vous d'en décider\u00a0: demandez à quelqu'un d'autre de l'équipe.")
        except WrongState:
            form.add_error(None, "Ce n'est plus possible\u00a0: l'état a changé entre-temps.")
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, f"{thing}\u00a0: {thing.get_state_display().lower()}.")
        return redirect(self.life.home(thing))


class LifeViewSet(ViewSet):
    """Their addresses."""

    name = "life"
    url_prefix = "etat"

    def get_urlpatterns(self) -> list[URLPattern]:
        """One, for all."""
        return [path("<slug:kind>/<int:pk>/<slug:name>/", ChangeView.as_view(), name="change")]
