"""The form of a proposal to the handbook."""

from typing import Any

from django import forms

from cms.page_forms import SitePageForm


class ProposalForm(SitePageForm):
    """Says what stands in the way of merging, before somebody merges."""

    is_up_to_date = forms.BooleanField(
        label="Le texte tient compte de ce que le chapitre dit aujourd'hui",
        required=False,
        help_text="À cocher quand vous avez repris à la main ce qui a changé dans le chapitre entre-temps.",
    )

    def clean(self) -> dict[str, Any]:
        """Begin anew from the chapter of today where that is said; refuse to merge what can't be merged."""
        cleaned: dict[str, Any] = super().clean()
        proposal = self.instance
        if cleaned.get("is_up_to_date"):
            proposal.begin_anew()
        if self.data.get("workflow-action-name") == "approve":
            for name in ("title", "summary", "body", "checklist"):
                if name in cleaned:
                    setattr(proposal, name, cleaned[name])
            for obstacle in proposal.obstacles():
                self.add_error(None, obstacle)
        return cleaned
