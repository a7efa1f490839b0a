"""The profile of an expert in the admin: what it says, what they offer, when they are free, what was checked.

Every write is the domain's own action; what it refuses is told on the form.
"""

from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from typing import Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from cms import maps
from cms.desk.life import buttons
from cms.desk.screens import Screen
from cms.maps import Place
from cms.outlines import OutlineField
from loges import clock, permissions
from loges.actions import experts, people
from loges.actions.experts import OfferTerms, WeeklyWindow
from loges.models import (
    PRESENTATION_LENGTH,
    AvailabilityRule,
    BusinessIdentity,
    ExpertProfile,
    Offer,
    PriceUnit,
    Service,
    Verification,
    Weekday,
)

TEAM = "Équipe"
LAST_MINUTE = time(23, 59)
LANGUAGES = ("fr", "en", "ar", "de", "es", "it", "pl", "pt", "ro", "ru", "tr", "uk", "vi", "wo", "zh")
VAT_RATES = {0: "Pas de TVA (franchise en base)", 2_000: "20 %", 1_000: "10 %", 550: "5,5 %"}
"""What an expert may charge, in basis points, and how it is called."""


def team(person: Any) -> QuerySet[ExpertProfile]:
    """The experts whose profile a person keeps."""
    found = permissions.scope(ExpertProfile.objects.exclude(state="LEFT"), person, "edit")
    return found.select_related("person", "loge__territory")


class ProfileForm(forms.Form):
    """What an expert's profile says."""

    headline = forms.CharField(label="En une ligne", max_length=120)
    presentation = forms.CharField(
        label="Présentation", required=False, max_length=PRESENTATION_LENGTH, widget=forms.Textarea
    )
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


class BusinessForm(forms.Form):
    """How an expert is in business: without it, no profile is published."""

    legal_status = forms.ChoiceField(label="Statut professionnel", required=False)
    vat_basis_points = forms.TypedChoiceField(label="TVA", coerce=int, required=False)

    def __init__(self, data: Any, *, known: BusinessIdentity | None) -> None:
        told = {name: getattr(known, name) for name in BusinessForm.base_fields} if known else {}
        super().__init__(data, initial=told)
        status: Any = self.fields["legal_status"]
        status.choices = [*([] if known else [("", "Pas encore dit")]), *BusinessIdentity.LegalStatus.choices]
        rates: Any = self.fields["vat_basis_points"]
        had = {known.vat_basis_points: f"{known.vat_basis_points / 100:n} %"} if known else {}
        rates.choices = list((had | VAT_RATES).items())

    @property
    def said(self) -> dict[str, Any]:
        """What to declare, in the domain's words; nothing while nothing is said."""
        if not self.cleaned_data["legal_status"]:
            return {}
        regimes = BusinessIdentity.VatRegime
        rate = self.cleaned_data["vat_basis_points"] or 0
        regime = regimes.LIABLE if rate else regimes.FRANCHISE
        return {**self.cleaned_data, "vat_basis_points": rate, "vat_regime": regime}


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


class OffersFormSet(forms.BaseFormSet[OfferForm]):
    """What an expert offers; each service once."""

    def clean(self) -> None:
        """Compare the rows that are kept."""
        seen: set[Service] = set()
        for row in _kept(row for row in self.forms if row.is_valid()):
            service = row.cleaned_data["service"]
            if service in seen:
                row.add_error("service", "Un même service ne se propose qu'une fois.")
            seen.add(service)


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


_OfferFormSet = forms.formset_factory(OfferForm, OffersFormSet, extra=1, can_delete=True, max_num=30)
_WindowFormSet = forms.formset_factory(WindowForm, WeekFormSet, extra=1, can_delete=True, max_num=30)


class ProfileView(Screen, TemplateView):
    """An expert's profile, offers and times in one form, and a check that was made: no button loses what is typed."""

    template_name = "cms/desk/profile.html"
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here: the team."""
        here = {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}
        return [*self.breadcrumbs_items, {"url": reverse("team:index"), "label": TEAM}, here]

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
        known = BusinessIdentity.objects.filter(person=expert.person_id).first()
        return {
            "form": form,
            "business": BusinessForm(data, known=known),
            "offers": _OfferFormSet(data, prefix="offers", initial=[_offer(offer) for offer in offers]),
            "windows": _WindowFormSet(
                data,
                prefix="windows",
                initial=[_window(rule) for rule in expert.availability_rules.order_by("weekday", "starts")],
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
                self._tell(error, found["form"], found["business"], found["check"])
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

    def _save(self, *, form: ProfileForm, business: BusinessForm, offers: Any, windows: Any, **rest: Any) -> None:
        person: Any = self.request.user
        experts.edit(by=person, expert=self.expert, changes=form.cleaned_data)
        if business.said:
            people.declare_business(by=person, person=self.expert.person, **business.said)
        terms = [row.terms() for row in _kept(offers)]
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


def _window(rule: AvailabilityRule) -> dict[str, Any]:
    ends = time.min if rule.ends == LAST_MINUTE else rule.ends
    return {"weekday": rule.weekday, "starts": rule.starts, "ends": ends}


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
