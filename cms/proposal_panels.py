"""What the editor of a proposal to the handbook shows beside its fields."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import FieldPanel, Panel


class Standing(Panel):
    """Whose proposal it is, for which chapter, where it stands, what the team said, what is in the way."""

    class BoundPanel(Panel.BoundPanel):
        """On one proposal."""

        template_name = "cms/desk/proposal.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
            """What the template shows."""
            proposal = self.instance
            states = proposal.workflow_states.order_by("-created_at", "-pk").first()
            said = states.task_states.exclude(comment="").order_by("-finished_at", "-pk").first() if states else None
            return {
                **super().get_context_data(parent_context),
                "proposal": proposal,
                "said": said,
                "obstacles": proposal.obstacles(),
                "is_changed": proposal.chapter is not None and proposal.revisions.count() > 1,
            }


class CatchUp(FieldPanel):
    """Asked only where the chapter changed in the same place meanwhile."""

    class BoundPanel(FieldPanel.BoundPanel):
        """On one proposal."""

        def is_shown(self) -> bool:
            """Where something is to be taken over by hand."""
            return bool(super().is_shown() and self.instance.conflicts())
