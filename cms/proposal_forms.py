"""The form of a proposal to the handbook."""

from typing import Any

from django import forms

from cms.page_forms import SitePageForm

TEXT = ("title", "summary", "body", "checklist")
"""What a proposal says."""


class ProposalForm(SitePageForm):
    """Says what stands in the way of merging, before somebody merges."""

    is_up_to_date = forms.BooleanField(
        label="Le texte tient compte de ce que le chapitre dit aujourd'hui",
        required=False,
        help_text="À cocher quand vous avez repris à la main ce qui a changé dans le chapitre entre-temps.",
    )

    def clean(self) -> dict[str, Any]:
        """Begin anew from today's chapter where that is said; submit no empty text, merge nothing that can't be."""
        cleaned: dict[str, Any] = super().clean()
        proposal, told = self.instance, {name: cleaned[name] for name in TEXT if name in cleaned}
        if len(told) < len(TEXT):
            return cleaned  # something isn't readable yet, and says so
        for name, value in told.items():
            setattr(proposal, name, value)
        if cleaned.get("is_up_to_date"):
            proposal.begin_anew()
            cleaned |= {name: getattr(proposal, name) for name in TEXT}
        if self.data.get("action-submit") and proposal.is_empty:
            self.add_error("body", "Écrivez au moins un paragraphe, ou un point à cocher.")
        for obstacle in proposal.obstacles() if self.data.get("workflow-action-name") == "approve" else ():
            self.add_error(None, obstacle)
        return cleaned
