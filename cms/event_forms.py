"""The form of an event's page: recurrence chosen in words, speakers from one's own loge."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q

from cms.page_forms import SitePageForm
from loges import clock, recurrence, spoken_rules
from loges.models import ExpertProfile

MOST_PLACES = 100_000
"""How many people an event may have room for: more is a slip of the pen, and soon more than GraphQL's Int holds."""
TOO_MANY_PLACES = "Au plus 100\u00a0000 places."
_RANKS = (1, 2, 3, 4, -1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurrence_choices(current: str = "") -> list[Any]:
    """What an editor chooses from, in French; a rule that came from elsewhere stays choosable."""
    monthly = [f"FREQ=MONTHLY;BYDAY={rank}{day}" for day in _WEEKDAYS for rank in _RANKS]
    weekly = [f"FREQ=WEEKLY;BYDAY={day}" for day in _WEEKDAYS]
    fortnightly = [f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}" for day in _WEEKDAYS]
    choices: list[Any] = [
        ("", "une seule fois"),
        ("Chaque mois", [(rule, recurrence.in_words(rule)) for rule in monthly]),
        ("Chaque semaine", [(rule, recurrence.in_words(rule)) for rule in weekly]),
        ("Une semaine sur deux", [(rule, recurrence.in_words(rule)) for rule in fortnightly]),
    ]
    if current and current not in {*monthly, *weekly, *fortnightly}:
        choices.append((current, _in_words(current)))
    return choices


def _in_words(rule: str) -> str:
    try:
        return recurrence.in_words(rule)
    except recurrence.NotARule:
        return rule


class EventPageForm(SitePageForm):
    """Offers recurrences in words, reads those that are written, and has only the loge's own experts as speakers."""

    rule = forms.CharField(
        label="Autre répétition, dans vos mots",
        required=False,
        max_length=200,
        help_text="Ce que la liste ne propose pas : « toutes les trois semaines », « tous les deux mois, le premier "
        "samedi », « le 15 de chaque mois ». Une règle d'agenda (RRULE) se comprend aussi. Sinon, laissez vide.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "capacity" in self.fields:
            self.fields["capacity"].validators.append(MaxValueValidator(MOST_PLACES, TOO_MANY_PLACES))
        if "recurrence" in self.fields:
            self.fields["recurrence"] = forms.ChoiceField(
                label="Revient",
                required=False,
                choices=recurrence_choices(self.instance.recurrence),
            )
        if self.formsets:
            self._offer_own_experts(self.formsets["speakers"])

    def _offer_own_experts(self, speakers: Any) -> None:
        """Offer only the loge's own experts in each row, and in the empty one that the browser copies."""
        loge_id: int = getattr(self.parent_page.specific, "loge_id", 0) if self.parent_page else 0
        own = ExpertProfile.objects.filter(loge_id=loge_id).order_by("person__first_name")
        made = speakers.add_fields

        def add_fields(form: Any, index: int | None) -> None:
            made(form, index)
            # Somebody who left the loge stays on what was announced, so that the page can still be saved.
            form.fields["expert"].queryset = own.filter(~Q(state="LEFT") | Q(pk=form.instance.expert_id))

        speakers.add_fields = add_fields  # rows are made when they are asked for, the empty one each time

    def clean(self) -> dict[str, Any]:
        """Take the rule that was written, where one was; it is checked like those of the list."""
        cleaned = super().clean()
        take_rule(self, cleaned)
        return cleaned

    def is_valid(self) -> bool:
        """Check the days without, too: each must be one that the repetition gives."""
        is_valid: bool = super().is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return not (self.formsets and wrong_exceptions(cleaned, self.formsets["exceptions"].forms)) and is_valid


def take_rule(form: Any, cleaned: dict[str, Any]) -> None:
    """Put what was written, in words or as a rule, in place of the choice from the list; both at once are refused."""
    said = (cleaned.get("rule") or "").strip()
    if rule := spoken_rules.rule_of(said) or said.upper().removeprefix("RRULE:"):
        if cleaned.get("recurrence") not in {"", None, rule}:
            form.add_error("rule", "Choisissez dans la liste ou écrivez une autre répétition, l'une des deux.")
        cleaned["recurrence"] = rule


def wrong_exceptions(cleaned: dict[str, Any], forms: list[Any]) -> list[Any]:
    """The rows whose day can't be taken off the dates; each is told so. None as long as there is no first day."""
    rule, first, until = cleaned.get("recurrence") or "", cleaned.get("starts_on"), cleaned.get("until_on")
    rows = [row for row in forms if is_kept(row)]
    if not first or not rows:
        return []
    days = {row: row.cleaned_data["on"] for row in rows}
    wrong = [row for row, day in days.items() if not _gives(rule, first, until, day)]
    for row in wrong:
        row.add_error("on", "L'événement n'a pas lieu ce jour-là\u00a0: il n'y a rien à enlever.")
    if not wrong and not _is_any_left(rule, first, until, set(days.values())):
        wrong = rows[-1:]
        rows[-1].add_error("on", "Sans ce jour-là, il ne reste aucune date.")
    return wrong


def is_kept(form: Any) -> bool:
    """Whether a row of the form says a day that isn't taken off again."""
    cleaned = getattr(form, "cleaned_data", {})
    return bool(cleaned.get("on")) and not cleaned.get("DELETE")


def _gives(rule: str, first: date, until: date | None, day: date) -> bool:
    """Whether a rule gives that day; one that isn't understood is told elsewhere."""
    try:
        is_given = bool(rule) and day in recurrence.days(rule, first, until=day)
    except recurrence.NotARule:
        return True
    return is_given and (until is None or day <= until)


def _is_any_left(rule: str, first: date, until: date | None, without: set[date]) -> bool:
    """Whether a rule gives a day that will be planned, beside those without; one not understood is told elsewhere."""
    last = max(recurrence.horizon(clock.now()), first)
    try:
        return bool(recurrence.days(rule, first, until=min(until or last, last), without=without))
    except recurrence.NotARule:
        return True
