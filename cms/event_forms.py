"""The form of an event's page: recurrence chosen in words, speakers from one's own loge."""

from typing import Any

from django import forms
from django.db.models import Q

from cms.page_forms import SitePageForm
from loges import recurrence
from loges.models import ExpertProfile

_RANKS = (1, 2, 3, 4, -1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def recurrence_choices(current: str = "") -> list[Any]:
    """What an editor chooses from, in French; a rule that came from elsewhere stays choosable."""
    monthly = [f"FREQ=MONTHLY;BYDAY={rank}{day}" for day in _WEEKDAYS for rank in _RANKS]
    weekly = [f"FREQ=WEEKLY;BYDAY={day}" for day in _WEEKDAYS]
    choices: list[Any] = [
        ("", "une seule fois"),
        ("Chaque mois", [(rule, recurrence.in_words(rule)) for rule in monthly]),
        ("Chaque semaine", [(rule, recurrence.in_words(rule)) for rule in weekly]),
    ]
    if current and current not in {*monthly, *weekly}:
        choices.append((current, recurrence.in_words(current)))
    return choices


class EventPageForm(SitePageForm):
    """Offers recurrences in words and only the loge's own experts as speakers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "recurrence" in self.fields:
            self.fields["recurrence"] = forms.ChoiceField(
                label="Revient",
                required=False,
                choices=recurrence_choices(self.instance.recurrence),
            )
        loge_id: int = getattr(self.parent_page.specific, "loge_id", 0) if self.parent_page else 0
        own = ExpertProfile.objects.filter(loge_id=loge_id).order_by("person__first_name")
        for form in [*self.formsets["speakers"].forms, self.formsets["speakers"].empty_form] if self.formsets else []:
            # Somebody who left the loge stays on what was announced, so that the page can still be saved.
            form.fields["expert"].queryset = own.filter(~Q(state="LEFT") | Q(pk=form.instance.expert_id))
