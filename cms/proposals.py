"""What may be done with proposals to the handbook: begin one. Wagtail's editor and workflow do the rest."""

from itertools import chain, count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.text import slugify
from wagtail.models import Page, WorkflowState

from cms import queries
from cms.models import HandbookChapterPage, HandbookPartPage, HandbookProposalIndexPage, HandbookProposalPage
from loges import permissions
from loges.models import Loge, Person
from loges.permissions import NotAllowed


@transaction.atomic
def begin(
    *,
    by: Person,
    loge: Loge | None,
    chapter: HandbookChapterPage | None = None,
    part: HandbookPartPage | None = None,
    title: str = "",
) -> HandbookProposalPage:
    """A draft of one's own: of a chapter as it is today, or of a new one in a part. Its first revision says what
    it began from. Without a loge, one of the team's.

    Raises NotAllowed: for a loge that gives no such right, or on a chapter or part that the person can't read.
    """
    place = chapter or part
    proposal = HandbookProposalPage(
        owner=by,
        loge=loge,
        chapter=chapter,
        part=part,
        title=title,
        live=False,
        has_unpublished_changes=True,
    )
    if place is None or not (by.is_staff if loge is None else permissions.may(by, "propose", proposal)):
        raise NotAllowed("HandbookProposalPage.begin")
    if not queries.readable(type(place).objects.filter(pk=place.pk), by).exists():
        raise NotAllowed("HandbookProposalPage.begin")
    if chapter is not None:
        proposal.part = HandbookPartPage.objects.filter(pk=chapter.get_parent().pk).first()
        proposal.say(chapter.text)
        proposal.begin_anew()
    index = HandbookProposalIndexPage.objects.get()
    proposal.slug = _free_slug(index, slugify(proposal.title) or "proposition")  # a title may have no letter
    index.add_child(instance=proposal)
    proposal.save_revision(user=by, clean=False)
    return proposal


def _free_slug(index: Page, wanted: str) -> str:
    """The wanted name in addresses, with a number where it is taken."""
    taken = set(index.get_children().filter(slug__startswith=wanted[:240]).values_list("slug", flat=True))
    numbered = (f"{wanted[:240]}-{number}" for number in count(2))
    return next(slug for slug in chain([wanted[:240]], numbered) if slug not in taken)


def waiting_for(person: Any) -> list[HandbookProposalPage]:
    """What others submitted and the team hasn't answered, the first begun first."""
    others = proposals(person).exclude(owner=person.pk).filter(merged_at__isnull=True, declined_at__isnull=True)
    return [one for one in others.order_by("pk") if one.state == HandbookProposalPage.State.IN_REVIEW]


def to_complete(person: Any) -> list[HandbookProposalPage]:
    """One's own of which the team asks more."""
    own = proposals(person).filter(owner=person.pk, merged_at__isnull=True, declined_at__isnull=True)
    return [one for one in own if one.state == HandbookProposalPage.State.NEEDS_CHANGES]


def proposals(person: Any) -> QuerySet[HandbookProposalPage]:
    """One's own, and for those who keep the handbook all that were ever submitted; the latest written first."""
    states = WorkflowState.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))
    submitted = Exists(states.filter(object_id=Cast(OuterRef("pk"), CharField())))
    found = HandbookProposalPage.objects.select_related("owner", "loge", "chapter", "part")
    own = permissions.scope(found.filter(owner=person.pk), person, "propose").values("pk")
    reread = permissions.scope(found.filter(submitted), person, "decide").values("pk")
    # Wagtail's own prefetch looks for the states of plain pages.
    active = WorkflowState.objects.active().select_related("current_task_state__task")
    states_of_each = Prefetch("_specific_workflow_states", active, to_attr="_current_workflow_states")
    listed = found.filter(Q(pk__in=own) | Q(pk__in=reread)).prefetch_related(states_of_each)
    return listed.order_by("-latest_revision_created_at", "-pk")
