"""The team of a loge in the admin: its experts, what they offer, when they are free, what was checked.

Every write is the domain's own action; what it refuses is told on the form.
"""

from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from typing import Any, ClassVar

from babel import Locale
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput

from cms import maps
from cms.desk.life import buttons
from cms.desk.screens import Screen
from cms.maps import Place
from cms.outlines import OutlineField
from loges import clock, permissions
from loges.actions import experts
from loges.actions.experts import OfferTerms, WeeklyWindow
from loges.models import AvailabilityRule, ExpertProfile, Loge, Offer, PriceUnit, Service, Verification, Weekday

LABEL = "Équipe"
LAST_MINUTE = time(23, 59)
LANGUAGES = ("fr", "en", "ar", "de", "es", "it", "pl", "pt", "ro", "ru", "tr", "uk", "vi", "wo", "zh")


def team(person: Any) -> QuerySet[ExpertProfile]:
    """The experts whose profile a person keeps."""
    found = permissions.scope(ExpertProfile.objects.exclude(state="LEFT"), person, "edit")
    return found.select_related("person", "loge__territory")


class ProfileForm(forms.Form):
    """What an expert's profile says."""

    headline = forms.CharField(label="En une ligne", max_length=120)
    presentation = forms.CharField(label="Présentation", required=False, widget=forms.Textarea)
    languages = forms.MultipleChoiceField(
        label="Langues",
        choices=[(code, str(Locale("fr").languages.get(code, code))) for code in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
    )
    area = OutlineField(
        label="Là où il ou elle vient",
        required=False,
        help_text="Un contour, si ce n'est pas tout le territoire de la loge. Il est public\u00a0; qui cherche près "
        "d'un lieu ne trouvera cette personne que là.",
    )


class OfferForm(forms.Form):
    """One offer; its price in euros, none for a proposal. The unit that browsers choose fills no row."""

    service = forms.ModelChoiceField(label="Service", queryset=Service.objects.order_by("position", "pk"))
    unit = forms.ChoiceField(label="Par", choices=PriceUnit.choices, initial=PriceUnit.values[0])
    price = forms.DecimalField(
        label="Prix (€)", required=False, localize=True, min_value=Decimal(0), max_digits=7, decimal_places=2
    )

    def terms(self) -> OfferTerms:
        """The offer in the domain's words."""
        price = self.cleaned_data["price"]
        cents = None if price is None else int(price * 100)
        return OfferTerms(self.cleaned_data["service"], self.cleaned_data["unit"], cents)


class WindowForm(forms.Form):
    """A time when the expert is free each week. The day that browsers choose fills no row."""

    weekday = forms.TypedChoiceField(label="Jour", coerce=int, choices=Weekday.choices, initial=Weekday.values[0])
    starts = forms.TimeField(label="De")
    ends = forms.TimeField(label="à")

    def clean_ends(self) -> time:
        """When it ends: midnight is the day's last minute, since a window is of one day."""
        ends: time = self.cleaned_data["ends"]
        return ends if ends > time.min else LAST_MINUTE

    def clean(self) -> None:
        """Say at its field what the domain refuses."""
        super().clean()
        AvailabilityRule(**{name: self.cleaned_data.get(name) for name in WindowForm.base_fields}).clean()

    def window(self) -> WeeklyWindow:
        """The time in the domain's words."""
        return WeeklyWindow(**{name: self.cleaned_data[name] for name in ("weekday", "starts", "ends")})


class WeekFormSet(forms.BaseFormSet[WindowForm]):
    """The times of a week; each is told when it overlaps an earlier one."""

    def clean(self) -> None:
        """Compare the rows that are kept."""
        rows = list(_kept(row for row in self.forms if row.is_valid()))
        for place in experts.overlapping([row.window() for row in rows]):
            rows[place].add_error("starts", experts.OVERLAPS)


class CheckForm(forms.Form):
    """A check that was made: what, when, until when it holds."""

    kind = forms.ChoiceField(label="Vérifié", choices=Verification.Kind.choices)
    checked_on = forms.DateField(label="Le", widget=AdminDateInput)
    expires_on = forms.DateField(label="Valable jusqu'au", required=False, widget=AdminDateInput)


_OfferFormSet = forms.formset_factory(OfferForm, extra=1, can_delete=True, max_num=30)
_WindowFormSet = forms.formset_factory(WindowForm, WeekFormSet, extra=1, can_delete=True, max_num=30)


class TeamView(BaseListingView):
    """The experts of the loges whose team the person keeps."""

    page_title = LABEL
    header_icon = "group"
    index_url_name = "team:index"
    index_results_url_name = "team:results"
    results_template_name = "wagtailadmin/generic/index_results.html"
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

    def get_base_queryset(self) -> QuerySet[ExpertProfile]:
        """The experts, those to reread first."""
        return team(self.request.user).annotate(offers_count=Count("offers")).order_by("person__first_name", "pk")


class ProfileView(Screen, TemplateView):
    """An expert's profile, offers and times in one form, and a check that was made: no button loses what is typed."""

    template_name = "cms/desk/profile.html"
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here: the team."""
        here = {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}
        return [*self.breadcrumbs_items, {"url": reverse("team:index"), "label": LABEL}, here]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the expert among those of the person's loges. 404 for others."""
        self.expert = get_object_or_404(team(request.user), pk=kwargs["pk"])
        self.page_title, self.page_subtitle = str(self.expert.person), self.expert.loge.name
        return super().dispatch(request, *args, **kwargs)

    def forms(self) -> dict[str, Any]:
        """The forms, filled with what is sent or with what is there."""
        data = self.request.POST or None
        expert = self.expert
        offers = Offer.objects.filter(expert=expert).order_by("position", "pk")
        form = ProfileForm(data, initial={name: getattr(expert, name) for name in ProfileForm.base_fields})
        area: Any = form.fields["area"]
        area.show(home=Place(str(expert.person), expert.reach), others=maps.places(self.request.user))
        return {
            "form": form,
            "offers": _OfferFormSet(data, prefix="offers", initial=[_offer(offer) for offer in offers]),
            "windows": _WindowFormSet(
                data,
                prefix="windows",
                initial=list(expert.availability_rules.order_by("weekday", "starts").values(*WindowForm.base_fields)),
            ),
            "check": CheckForm(data if data and ("check" in data or data.get("checked_on")) else None),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        return super().get_context_data(
            **{**self.forms(), **kwargs},
            expert=self.expert,
            buttons=buttons(self.request.user, "profil", self.expert),
            verifications=self.expert.verifications.order_by("kind"),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or say what is wrong; nothing is saved by halves."""
        found = self.forms()
        are_valid = [one.is_valid() for one in found.values() if one.is_bound]  # each is asked to tell its errors
        if all(are_valid):
            try:
                with transaction.atomic():
                    self._save(**found)
                    if found["check"].is_bound:
                        self._record(found["check"])
            except ValidationError as error:
                self._tell(error, found["form"], found["check"])
            else:
                messages.success(request, f"{self.expert.person}\u00a0: enregistré.")
                return redirect("team:profile", self.expert.pk)
        else:
            messages.error(request, "Rien n'est enregistré\u00a0: voyez ce qui est signalé plus bas.")
        return self.render_to_response(self.get_context_data(**found))

    def _tell(self, error: ValidationError, *shown: Any) -> None:
        """Say what the domain refuses, at the field that it names, if it does."""
        for name, texts in error.message_dict.items() if hasattr(error, "error_dict") else [("", error.messages)]:
            asked = next((form for form in shown if form.is_bound and name in form.fields), None)
            if asked:
                asked.add_error(name, texts)
            else:
                for text in texts:
                    messages.error(self.request, text)

    def _save(self, *, form: ProfileForm, offers: Any, windows: Any, **rest: Any) -> None:
        person: Any = self.request.user
        experts.edit(by=person, expert=self.expert, changes=form.cleaned_data)
        terms = [row.terms() for row in _kept(offers)]
        if len({one.service.pk for one in terms}) < len(terms):
            raise ValidationError("Un même service ne se propose qu'une fois.")
        experts.set_offers(by=person, expert=self.expert, offers=_with_words(self.expert, terms))
        dated = [
            experts.DatedWindow(row.on, row.starts, row.ends, row.is_open)
            for row in self.expert.availability_exceptions.all()
        ]
        experts.set_availability(
            by=person, expert=self.expert, weekly=[row.window() for row in _kept(windows)], dated=dated
        )

    def _record(self, check: CheckForm) -> None:
        person: Any = self.request.user
        role = Verification.CheckerRole.TEAM if person.is_staff else Verification.CheckerRole.COORDINATOR
        experts.verify(by=person, expert=self.expert, checker_role=role, now=clock.now(), **check.cleaned_data)


def _offer(offer: Offer) -> dict[str, Any]:
    price = None if offer.price_cents is None else Decimal(offer.price_cents).scaleb(-2)
    return {"service": offer.service_id, "unit": offer.unit, "price": price}


def _kept(formset: Any) -> Iterator[Any]:
    """The rows that were filled and not taken away."""
    return (row for row in formset if row.cleaned_data and not row.cleaned_data.get("DELETE"))


def _with_words(expert: ExpertProfile, terms: list[OfferTerms]) -> list[OfferTerms]:
    """The offers with the title, details and shortest duration that they had: this form doesn't ask them."""
    had = {offer.service_id: offer for offer in Offer.objects.filter(expert=expert)}
    return [
        OfferTerms(one.service, one.unit, one.price_cents, offer.title, offer.description, offer.minimum_minutes)
        if (offer := had.get(one.service.pk))
        else one
        for one in terms
    ]


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
    menu_label = LABEL
    menu_order = 250
    menu_item_class = TeamMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """The list, the list alone, and a profile."""
        return [
            path("", TeamView.as_view(), name="index"),
            path("results/", TeamView.as_view(results_only=True), name="results"),
            path("<int:pk>/", ProfileView.as_view(), name="profile"),
        ]
