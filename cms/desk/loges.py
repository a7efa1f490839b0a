"""The loges at the team's desk: one is made or drawn anew, and people are given roles in it, as the commands do."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.text import slugify
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput, SlugInput

from cms import maps
from cms.desk.screens import Screen
from cms.maps import Place
from cms.outlines import OutlineField
from cms.queries import site_texts
from loges import clock, outlines, permissions, queries
from loges.actions import loges, members
from loges.models import Loge, LogeMembership, Territory

_FOLLOWED = {
    "data-controller": "w-sync",
    "data-action": "focus->w-sync#check blur->w-sync#apply change->w-sync#apply keyup->w-sync#apply",
    "data-w-sync-target-value": "#id_slug",
}
"""Wagtail's own way to fill an address while a name is typed."""


class WordsField(forms.CharField):
    """Several words or names, with commas between."""

    def clean(self, value: Any) -> Any:
        """The list of them."""
        return [word for part in super().clean(value).split(",") if (word := part.strip())]


class TerritoryForm(forms.Form):
    """Where a loge is at home: a circle, or an outline that was drawn."""

    latitude = forms.FloatField(
        label="Latitude du centre", required=False, localize=True, min_value=-90, max_value=90
    )
    longitude = forms.FloatField(
        label="Longitude du centre", required=False, localize=True, min_value=-180, max_value=180
    )
    radius_meters = forms.IntegerField(
        label="Rayon en mètres", required=False, initial=900, min_value=50, max_value=50_000
    )
    postcodes = WordsField(label="Codes postaux", required=False, help_text="Séparés par des virgules.")
    polygon = OutlineField(
        label="Contour (GeoJSON)",
        required=False,
        help_text="Dessiné sur la carte, ou collé en entier d'un autre outil. Le centre peut alors rester vide.",
    )

    def __init__(self, *args: Any, others: Sequence[Place] = (), home: Place | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["polygon"]
        field.show(home=home, others=others, circle=("latitude", "longitude", "radius_meters"))

    def clean(self) -> dict[str, Any]:
        """Make a circle of the outline, where it was left empty."""
        cleaned: dict[str, Any] = super().clean() or {}
        circle = ("latitude", "longitude", "radius_meters")
        if cleaned.get("polygon") is None and "polygon" not in self.errors:
            for name in circle:
                if name not in self.errors and cleaned.get(name) is None:
                    self.add_error(name, "Dites-le, ou dessinez un contour.")
        elif not any(name in self.errors for name in ("polygon", *circle)):
            self._circle(cleaned)
        return cleaned

    def _circle(self, cleaned: dict[str, Any]) -> None:
        center, radius = outlines.circle_around(cleaned["polygon"])
        if cleaned.get("latitude") is None or cleaned.get("longitude") is None:
            cleaned["latitude"], cleaned["longitude"] = center.latitude, center.longitude
            cleaned["radius_meters"] = radius
        elif cleaned.get("radius_meters") is None:
            cleaned["radius_meters"] = radius

    def tell(self, refusal: ValidationError) -> None:
        """Tell what the domain refuses at the fields it names; what it says of a circle is due to the outline."""
        drawn = "polygon" if self.cleaned_data.get("polygon") else None
        told = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal.error_list}
        for name, errors in told.items():
            self.add_error(name if name in self.fields else drawn, errors)


class LogeForm(TerritoryForm):
    """What a loge is called, and where it is at home."""

    name = forms.CharField(
        label="Nom", max_length=120, help_text="«\u00a0La loge d'Aligre\u00a0»", widget=forms.TextInput(_FOLLOWED)
    )
    slug = forms.SlugField(
        label="Fin de l'adresse web", required=False, widget=SlugInput, help_text="Elle se remplit d'après le nom."
    )
    city = forms.CharField(label="Ville", max_length=80)
    neighbourhood = forms.CharField(label="Quartier", max_length=80)
    also_called = WordsField(
        label="Autres noms du quartier", required=False, help_text="Séparés par des virgules\u00a0; on les cherchera."
    )
    min_experts = forms.IntegerField(
        label="Experts pour ouvrir",
        min_value=0,
        max_value=100,
        help_text="Combien de profils publiés avant de demander l'ouverture.",
    )
    field_order = ("name", "slug", "city", "neighbourhood", "also_called", "min_experts")

    def clean(self) -> dict[str, Any]:
        """Make an address of the name, where it was left empty."""
        cleaned = super().clean()
        cleaned["slug"] = cleaned.get("slug") or slugify(cleaned.get("name", ""))[:50]
        if cleaned.get("name") and not cleaned["slug"] and "slug" not in self.errors:
            self.add_error("slug", "Le nom ne donne pas d'adresse\u00a0: écrivez-en une, en lettres et en chiffres.")
        return cleaned


class MemberForm(forms.Form):
    """Who is given which role."""

    email = forms.EmailField(label="Adresse e-mail", help_text="Un compte qui existe déjà se reconnaît à elle.")
    first_name = forms.CharField(label="Prénom", required=False, max_length=80, help_text="Pour un nouveau compte.")
    last_name = forms.CharField(label="Nom", required=False, max_length=80)
    role = forms.ChoiceField(
        label="Rôle",
        widget=forms.RadioSelect,
        initial=LogeMembership.Role.COORDINATOR,
        choices=[
            (value, f"{role.name}. {role.description}")
            for value, role in permissions.ROLES.items()
            if value != LogeMembership.Role.EXPERT
        ],
        help_text="Un expert s'ajoute dans « Équipe », avec son profil.",
    )
    until_on = forms.DateField(
        label="Jusqu'au",
        required=False,
        widget=AdminDateInput,
        help_text="Le dernier jour, pour un intérim ou un renfort seulement.",
    )


def warn_of_overlaps(request: HttpRequest, loge: Loge) -> None:
    """Tell what would keep a loge from opening: it may stay so until then."""
    for overlap in queries.overlaps(loge.territory):
        messages.warning(request, f"À redessiner avant d'ouvrir. {overlap}")


class _TeamView(Screen):
    """A screen of the team; others are refused."""

    header_icon = "home"
    request: HttpRequest

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here."""
        here = {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}
        return [*self.breadcrumbs_items, here]


class _FoundersView(_TeamView):
    """A screen for those who make loges and draw their territories."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse the others."""
        if not permissions.may_found(request.user):
            raise PermissionDenied
        parent: Any = super()
        return parent.dispatch(request, *args, **kwargs)


class CreateView(_FoundersView, FormView[LogeForm]):
    """Makes a loge: in preparation, with its territory, its page and its collection."""

    template_name = "cms/desk/create.html"
    form_class = LogeForm
    page_title = "Créer une loge"

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the loges that are there."""
        return {**super().get_form_kwargs(), "others": maps.places(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        """What the team tells people that a loge needs to open."""
        return {"min_experts": site_texts().min_experts}

    def form_valid(self, form: LogeForm) -> HttpResponse:
        """Call the action; what it refuses is told at its field."""
        person: Any = self.request.user
        said = dict(form.cleaned_data)
        territory = loges.TerritoryOutline(**{name: said.pop(name) for name in TerritoryForm.base_fields})
        try:
            loge = loges.create(by=person, territory=territory, now=clock.now(), **said)
        except ValidationError as refusal:
            form.tell(refusal)
            return self.form_invalid(form)
        messages.success(self.request, f"{loge} est créée, en préparation. Nommez maintenant son coordinateur.")
        warn_of_overlaps(self.request, loge)
        return redirect("loges:members", loge.pk)

    def form_invalid(self, form: LogeForm) -> HttpResponse:
        """Say that nothing was made; what was typed stays."""
        messages.error(self.request, "Rien n'est créé\u00a0: voyez ce qui est signalé plus bas.")
        return super().form_invalid(form)


class DrawView(_FoundersView, FormView[TerritoryForm]):
    """Draws the territory of a loge anew."""

    template_name = "cms/desk/draw.html"
    form_class = TerritoryForm
    page_title = "Redessiner le territoire"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the loge, for those who may. 404 where there is none."""
        if permissions.may_found(request.user):
            self.loge = get_object_or_404(Loge.objects.select_related("territory"), pk=kwargs["pk"])
            self.saved: Territory | None = getattr(self.loge, "territory", None)
            self.page_subtitle = self.loge.name
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The territory as it is, among those of the other loges."""
        home = Place(self.loge.name, self.saved.shape) if self.saved else None
        others = maps.places(self.request.user, but=self.loge)
        return {**super().get_form_kwargs(), "home": home, "others": others}

    def get_initial(self) -> dict[str, Any]:
        """What is saved."""
        if self.saved is None:
            return {}
        saved = {name: getattr(self.saved, name) for name in TerritoryForm.base_fields}
        return {**saved, "postcodes": ", ".join(saved["postcodes"])}

    def form_valid(self, form: TerritoryForm) -> HttpResponse:
        """Call the action; what it refuses is told at its field."""
        person: Any = self.request.user
        kept = self.saved.insee_codes if self.saved else []
        territory = loges.TerritoryOutline(**form.cleaned_data, insee_codes=kept)
        try:
            loges.draw(by=person, loge=self.loge, territory=territory, now=clock.now())
        except ValidationError as refusal:
            form.tell(refusal)
            return self.form_invalid(form)
        messages.success(self.request, f"Le territoire de {self.loge} est redessiné.")
        if self.loge.state != "ACTIVE":
            warn_of_overlaps(self.request, self.loge)
        return redirect("loges:draw", self.loge.pk)

    def form_invalid(self, form: TerritoryForm) -> HttpResponse:
        """Say that nothing changed; what was typed stays."""
        messages.error(self.request, "Rien n'est redessiné\u00a0: voyez ce qui est signalé plus bas.")
        return super().form_invalid(form)


class _MembersView(_TeamView):
    """A screen about the members of one loge."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the loge; refuse those who give no roles there."""
        loge = Loge.objects.filter(pk=kwargs["pk"]).first()
        person: Any = request.user
        if loge is None or not permissions.may_appoint(person, loge):
            raise PermissionDenied
        self.loge, self.page_subtitle = loge, loge.name
        parent: Any = super()
        return parent.dispatch(request, *args, **kwargs)


class MembersView(_MembersView, FormView[MemberForm]):
    """Who belongs to a loge, and a form to take somebody in."""

    template_name = "cms/desk/members.html"
    form_class = MemberForm
    page_title = "Membres"
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows. Two statements."""
        return super().get_context_data(**kwargs, loge=self.loge, members=queries.members(self.loge))

    def form_valid(self, form: MemberForm) -> HttpResponse:
        """Call the action; what it refuses is told at its field."""
        person: Any = self.request.user
        said = form.cleaned_data
        try:
            member = members.take_in(by=person, loge=self.loge, now=clock.now(), **said)
        except members.NoAccount:
            form.add_error("first_name", "Personne n'a cette adresse\u00a0: dites son prénom pour créer son compte.")
        except loges.AlreadyMember:
            form.add_error("role", "Cette personne a déjà ce rôle dans la loge.")
        except loges.AccountClosed:
            form.add_error("email", "Ce compte est désactivé\u00a0: il faut d'abord le rouvrir.")
        except loges.EndNeeded:
            wanted = "demande une date à venir" if permissions.ROLES[said["role"]].is_dated else "n'a pas de fin"
            form.add_error("until_on", f"Ce rôle {wanted}.")
        except ValidationError as refusal:
            form.add_error(None, refusal)
        if form.errors:
            return self.form_invalid(form)
        is_invited = bool(permissions.ROLES[member.role].permissions)
        messages.success(self.request, f"{member}.{' Un message lui est envoyé.' if is_invited else ''}")
        return redirect("loges:members", self.loge.pk)

    def form_invalid(self, form: MemberForm) -> HttpResponse:
        """Say that nobody was taken in; what was typed stays."""
        messages.error(self.request, "Personne n'est nommé\u00a0: voyez ce qui est signalé plus bas.")
        return super().form_invalid(form)


class DismissView(_MembersView, TemplateView):
    """Asks, then ends somebody's role."""

    template_name = "cms/desk/dismiss.html"
    page_title = "Retirer un rôle"
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        back = reverse("loges:members", args=[self.loge.pk])
        member = self._member()
        leading = queries.coordinators([self.loge.pk])[self.loge.pk]
        return super().get_context_data(
            **kwargs, loge=self.loge, member=member, back=back, is_last=leading == [member]
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Call the action."""
        person: Any = request.user
        member = self._member()
        loges.dismiss(by=person, loge=self.loge, person=member.person, role=member.role, now=clock.now())
        messages.success(request, f"{member}\u00a0: ce rôle est terminé.")
        return redirect("loges:members", self.loge.pk)

    def _member(self) -> LogeMembership:
        """The member among those of the loge now. 404 for others."""
        return get_object_or_404(queries.members(self.loge), pk=self.kwargs["membership"])


class LogesViewSet(ViewSet):
    """Their addresses."""

    name = "loges"
    url_prefix = "loges"

    def get_urlpatterns(self) -> list[URLPattern]:
        """To make one and to draw it anew; its members, and the end of a role."""
        return [
            path("creer/", CreateView.as_view(), name="create"),
            path("<int:pk>/territoire/", DrawView.as_view(), name="draw"),
            path("<int:pk>/membres/", MembersView.as_view(), name="members"),
            path("<int:pk>/membres/<int:membership>/retirer/", DismissView.as_view(), name="dismiss"),
        ]
