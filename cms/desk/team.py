"""The team of a loge in the admin: its experts, and how one is taken in."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from cms.desk.profile import TEAM, ProfileView, team
from cms.desk.screens import Screen
from loges import clock, permissions
from loges.actions import loges, members
from loges.models import ExpertProfile, Loge

ADD = "Ajouter un expert"


def _loges(person: Any) -> QuerySet[Loge]:
    """The loges that a person may take an expert into."""
    at_work = Loge.objects.filter(state__in=permissions.LOGES_AT_WORK)
    return permissions.scope(at_work, person, "manage_experts").order_by("name", "pk")


class ExpertForm(forms.Form):
    """Whose profile is begun, and where."""

    loge = forms.ModelChoiceField(label="Loge", queryset=Loge.objects.none(), empty_label=None)
    email = forms.EmailField(label="Adresse e-mail", help_text="Un compte qui existe déjà se reconnaît à elle.")
    first_name = forms.CharField(label="Prénom", required=False, max_length=80, help_text="Pour un nouveau compte.")
    last_name = forms.CharField(label="Nom", required=False, max_length=80)
    headline = forms.CharField(
        label="En une ligne", max_length=120, help_text="Ce que cette personne fait, par exemple « Couture »."
    )

    def __init__(self, *args: Any, among: QuerySet[Loge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["loge"]
        choice.queryset = among
        if len(among) == 1:
            choice.initial, choice.widget = among[0], forms.HiddenInput()


class AddView(Screen, FormView[ExpertForm]):
    """Begins the profile of an expert: a draft, of which they have the last word."""

    template_name = "cms/desk/expert.html"
    form_class = ExpertForm
    page_title = ADD
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here: the team."""
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": reverse("team:index"), "label": TEAM}, here]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who take nobody in."""
        self.among = _loges(request.user)
        if not self.among:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the loges to choose from."""
        return {**super().get_form_kwargs(), "among": self.among}

    def form_valid(self, form: ExpertForm) -> HttpResponse:
        """Call the action; what it refuses is told at its field."""
        person: Any = self.request.user
        try:
            expert = members.take_in_expert(by=person, now=clock.now(), **form.cleaned_data)
        except members.NoAccount:
            form.add_error("first_name", "Personne n'a cette adresse : dites son prénom pour créer son compte.")
        except loges.AccountClosed:
            form.add_error("email", "Ce compte est désactivé : il faut d'abord le rouvrir.")
        except ValidationError as refusal:
            form.add_error(None, refusal)
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, f"{expert.person} : le profil est commencé. Complétez-le, puis proposez-le.")
        return redirect("team:profile", expert.pk)

    def form_invalid(self, form: ExpertForm) -> HttpResponse:
        """Say that nothing was begun; what was typed stays."""
        messages.error(self.request, "Rien n'est commencé : voyez ce qui est signalé plus bas.")
        return super().form_invalid(form)


class TeamView(BaseListingView):
    """The experts of the loges whose team the person keeps."""

    page_title = TEAM
    header_icon = "group"
    index_url_name = "team:index"
    index_results_url_name = "team:results"
    results_template_name = "cms/desk/experts.html"
    verbose_name_plural = "profils"
    default_ordering = "person__first_name"
    paginate_by = 20
    columns: ClassVar[list[Column]] = [
        TitleColumn("person", label="Expert", get_url=lambda expert: reverse("team:profile", args=[expert.pk])),
        Column("headline", label="En une ligne"),
        Column("get_state_display", label="État"),
        Column("offers_count", label="Offres"),
        Column("loge", label="Loge"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who keep no team."""
        if not keeps_a_team(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def add_url(self) -> str:
        """Where an expert is taken in, for those who may."""
        return reverse("team:add") if _loges(self.request.user) else ""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """To take in an expert."""
        return [HeaderButton(ADD, url=self.add_url, icon_name="plus")] if self.add_url else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        return super().get_context_data(**kwargs, add_url=self.add_url)

    def get_base_queryset(self) -> QuerySet[ExpertProfile]:
        """The experts, those to reread first."""
        return team(self.request.user).annotate(offers_count=Count("offers")).order_by("person__first_name", "pk")


def keeps_a_team(person: Any) -> bool:
    """Whether the person keeps the team of some loge. One statement."""
    return permissions.scope(Loge.objects.all(), person, "manage_experts").exists()


class TeamMenuItem(MenuItem):
    """Its place in the menu, for those who keep a team."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For them alone."""
        return keeps_a_team(request.user)


class TeamViewSet(ViewSet):
    """Its addresses."""

    name = "team"
    url_prefix = "equipe"
    icon = "group"
    add_to_admin_menu = True
    menu_label = TEAM
    menu_order = 250
    menu_item_class = TeamMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, the list alone, a new profile and a profile."""
        return [
            path("", TeamView.as_view(), name="index"),
            path("results/", TeamView.as_view(results_only=True), name="results"),
            path("ajouter/", AddView.as_view(), name="add"),
            path("<int:pk>/", ProfileView.as_view(), name="profile"),
        ]
