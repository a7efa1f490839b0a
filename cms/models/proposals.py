"""What is proposed to the handbook: a page of its own for each proposal, which the team rereads and merges."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models.functions import Cast
from django.dispatch import Signal
from django.utils.text import slugify
from wagtail.admin.panels import CommentPanel, FieldPanel
from wagtail.models import GroupApprovalTask, Page, TaskState, WorkflowState

from cms.merging import Conflict, merge
from cms.models.base import SitePage
from cms.models.handbook import HandbookChapterPage, HandbookPartPage, HandbookText
from cms.page_rights import NeverPublicTester, ProposalTester
from cms.proposal_forms import ProposalForm
from cms.proposal_panels import CatchUp, Standing
from loges import clock, permissions
from loges.models import Loge, Person

NAMES = {"title": "le titre", "summary": "le résumé", "body": "le contenu", "checklist": "la liste à cocher"}
"""What a chapter says, and a proposal may change: the fields' names in a French sentence."""

proposal_declined = Signal()
"""A proposal was declined. Arguments: proposal."""


class HandbookProposalIndexPage(SitePage):
    """Where proposals lie. Never public: each is reached from the handbook's own place in the admin."""

    max_count = 1
    is_creatable = False
    tester = NeverPublicTester
    parent_page_types: ClassVar[list[str]] = ["cms.HandbookIndexPage"]
    subpage_types: ClassVar[list[str]] = ["cms.HandbookProposalPage"]

    class Meta:
        verbose_name = "propositions pour le cahier"
        verbose_name_plural = "propositions pour le cahier"


class HandbookProposalPage(HandbookText):
    """A change to a chapter, or a new one, as somebody would have it. Publishing merges it into the handbook.

    It stays unpublished itself: the chapter is what is read. `base` is what the chapter said when the proposal was
    begun, so that nothing is lost of what the chapter became meanwhile (`cms.merging`). Without a loge it is one of
    the team's own.
    """

    class State(models.TextChoices):
        """Where a proposal stands."""

        DRAFT = "DRAFT", "Brouillon"  # its author writes
        IN_REVIEW = "IN_REVIEW", "En relecture"  # the team reads
        NEEDS_CHANGES = "NEEDS_CHANGES", "À compléter"  # its author writes again, on the team's remarks
        PUBLISHED = "PUBLISHED", "Publiée au cahier"  # the end: the chapter says it
        DECLINED = "DECLINED", "Non retenue"  # the end: `answer` says why

    loge = models.ForeignKey(
        Loge, on_delete=models.PROTECT, null=True, editable=False, related_name="+", verbose_name="loge"
    )
    chapter = models.ForeignKey(
        HandbookChapterPage,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="proposals",
        verbose_name="chapitre",
    )
    part = models.ForeignKey(
        HandbookPartPage,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="partie",
    )
    base = models.JSONField("ce que disait le chapitre", default=dict, editable=False)
    reason = models.TextField(
        "pourquoi", max_length=1000, help_text="Ce que vous avez vécu, et ce que cela changera pour les autres loges."
    )
    answer = models.TextField("réponse de l'équipe", blank=True, editable=False)
    merged_at = models.DateTimeField("publiée au cahier le", null=True, editable=False)
    declined_at = models.DateTimeField("non retenue le", null=True, editable=False)

    is_creatable = False
    tester = ProposalTester
    base_form_class = ProposalForm
    parent_page_types: ClassVar[list[str]] = ["cms.HandbookProposalIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        Standing(),
        CatchUp("is_up_to_date"),
        FieldPanel("reason"),
        FieldPanel("title"),  # Wagtail's own panel would follow the slug, which isn't in this form
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("checklist"),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = [CommentPanel()]

    KEPT = ("chapter_id", "base", "answer", "merged_at", "declined_at")
    """What belongs to the proposal, not to one of its revisions."""

    class Meta:
        verbose_name = "proposition pour le cahier"
        verbose_name_plural = "propositions pour le cahier"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not (self.body or self.checklist_lines)

    @property
    def is_decided(self) -> bool:
        """Whether the team has answered for good."""
        return self.merged_at is not None or self.declined_at is not None

    @property
    def state(self) -> State:
        """Where it stands: what was decided, else what Wagtail's workflow says."""
        if self.is_decided:
            return self.State.PUBLISHED if self.merged_at else self.State.DECLINED
        workflow = self.current_workflow_state
        if workflow is None:
            return self.State.DRAFT
        is_open = workflow.status == WorkflowState.STATUS_IN_PROGRESS
        return self.State.IN_REVIEW if is_open else self.State.NEEDS_CHANGES

    @property
    def remark(self) -> str:
        """What the team asks to complete, as long as it isn't."""
        task = self.current_workflow_state.current_task_state if self.state == self.State.NEEDS_CHANGES else None
        return str(task.comment) if task else ""

    @property
    def credit(self) -> str:
        """Whom the handbook thanks for it."""
        name = self.owner.get_full_name() if self.owner else ""
        return ", ".join(part for part in (name, self.loge.name if self.loge else "OpenLoge") if part)

    def with_content_json(self, content: Any) -> "HandbookProposalPage":
        """A revision's text; what was decided since stays."""
        page: HandbookProposalPage = super().with_content_json(content)
        for name in self.KEPT:
            setattr(page, name, getattr(self, name))
        return page

    def begin_anew(self) -> None:
        """Begin from the chapter as it is today: take over what changed in it, but where the proposal changed it."""
        if self.chapter is not None:
            today = self.chapter.text
            self.say(merge(self.base or today, today, self.text, insist=True))
            self.base = today

    def merged_text(self) -> dict[str, Any]:
        """What the chapter would say. Raises Conflict: it changed meanwhile where the proposal changes it."""
        if self.chapter is None:
            return self.text
        return merge(self.base, self.chapter.text, self.text)

    def conflicts(self) -> list[str]:
        """Where the chapter changed meanwhile in the same place as here, in French."""
        try:
            self.merged_text()
        except Conflict as conflict:
            return [NAMES[place] for place in conflict.places]
        return []

    def obstacles(self) -> list[str]:
        """Why it can't be merged as it is now, in French; empty if it can."""
        if self.chapter is None and self.base:
            return ["Le chapitre n'existe plus\u00a0: il n'y a rien à changer."]
        if self.is_empty:
            return ["Il n'y a pas encore de texte."]
        if self.chapter is None and self.part is None:
            return ["La partie du cahier où ce chapitre irait n'existe plus."]
        if self.chapter is not None and self.chapter.has_unpublished_changes:
            return ["Le chapitre a un brouillon en cours\u00a0: publiez-le d'abord, ou abandonnez-le."]
        if places := self.conflicts():
            return [
                f"Le chapitre a changé entre-temps au même endroit\u00a0: {', '.join(places)}. Reprenez à la main ce "
                "qui a changé, puis cochez la case."
            ]
        return []

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> None:
        """Merge a revision into the handbook, whichever button of Wagtail's asks for it.

        Raises PermissionDenied: by its author, by somebody who doesn't keep the handbook, or where something stands
        in the way.
        """
        with transaction.atomic():
            kept = HandbookProposalPage.objects.select_for_update().get(pk=self.pk)
            proposal: HandbookProposalPage = kept.with_content_json(revision.content)
            if proposal.is_decided or not may_decide(user, proposal) or proposal.obstacles():
                raise PermissionDenied
            chapter = proposal.chapter or HandbookChapterPage(owner=proposal.owner, live=False)
            chapter.say(proposal.merged_text())
            if chapter.pk is None:
                assert proposal.part is not None
                if not slugify(chapter.title):
                    chapter.slug = f"chapitre-{proposal.pk}"
                proposal.part.add_child(instance=chapter)
            chapter.save_revision(user=user, log_action=True).publish(user=user, skip_permission_checks=True)
            HandbookProposalPage.objects.filter(pk=self.pk).update(chapter=chapter, merged_at=clock.now())


def may_decide(person: Any, proposal: HandbookProposalPage) -> bool:
    """Whether a person may merge or decline a proposal: one who keeps the handbook, and didn't write it."""
    return permissions.may(person, "decide", proposal) and (person is None or person.pk != proposal.owner_id)


class ReasonForm(forms.Form):
    """What the author has to know."""

    comment = forms.CharField(label="Un mot à l'auteur", widget=forms.Textarea)


class HandbookReview(GroupApprovalTask):
    """The team rereads a proposal: asks for changes, declines it with a reason, or merges it."""

    class Meta:
        verbose_name = "relecture du cahier"
        verbose_name_plural = "relectures du cahier"

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """What this person may answer now; the author nothing."""
        proposal = obj.specific
        if not may_decide(user, proposal):
            return []
        actions = [("reject", "Demander des changements", True), ("decline", "Ne pas retenir", True)]
        return actions if proposal.obstacles() else [*actions, ("approve", "Accepter", False)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Changes are asked for, and proposals declined, with a word to the author."""
        form: type[forms.Form] = super().get_form_for_action(action)
        return form if action == "approve" else ReasonForm

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Person, action_name: str, **kwargs: Any) -> None:
        """Do what was answered."""
        if action_name != "decline":
            return super().on_action(task_state, user, action_name, **kwargs)
        self._decline(task_state, user, str(kwargs.get("comment") or "").strip(), clock.now())

    def _decline(self, task_state: TaskState, user: Person, reason: str, now: datetime) -> None:
        if not reason:
            raise PermissionDenied
        workflow = task_state.workflow_state
        workflow.cancel(user=user)
        HandbookProposalPage.objects.filter(pk=workflow.object_id).update(declined_at=now, answer=reason)
        proposal_declined.send(HandbookProposalPage, proposal=HandbookProposalPage.objects.get(pk=workflow.object_id))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits for this person: never what they wrote."""
        own = Page.objects.filter(owner=user.pk).annotate(text=Cast("pk", models.CharField()))
        found = super().get_task_states_user_can_moderate(user, **kwargs)
        return found.exclude(workflow_state__object_id__in=own.values("text"))
