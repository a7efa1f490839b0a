"""What the demo's coordinators propose to the handbook, submitted and answered as they and the team would."""

from typing import Any

from wagtail.blocks import StreamValue

from cms.demo.bodies import block_id
from cms.models import HandbookChapterPage, HandbookProposalPage
from cms.proposals import begin
from loges.models import Loge, Person


def load(rows: list[dict[str, Any]], team: Person) -> None:
    """Write each, submit it, and let the team answer where it has."""
    for row in rows:
        author = Person.objects.get(email=row["author"])
        chapter = HandbookChapterPage.objects.get(slug=row["chapter"])
        proposal = begin(by=author, loge=Loge.objects.get(slug=row["loge"]), chapter=chapter)
        _write(proposal, row)
        proposal.save_revision(user=author)
        proposal.get_workflow().start(proposal, author)
        task = HandbookProposalPage.objects.get(pk=proposal.pk).current_workflow_task_state
        if row["state"] == "PUBLISHED":
            task.approve(user=team)
        elif row["state"] == "NEEDS_CHANGES":
            task.reject(user=team, comment=row["answer"])


def _write(proposal: HandbookProposalPage, row: dict[str, Any]) -> None:
    proposal.reason = row["reason"]
    if row["check"]:
        proposal.checklist = f"{proposal.checklist}\n{row['check']}"
    added = {"type": "rich_text", "value": row["add"], "id": block_id(f"openloge:proposal:{row['chapter']}")}
    kept = [block.get_prep_value() for block in proposal.body]
    proposal.body = StreamValue(proposal.body.stream_block, [*kept, added], is_lazy=True)
    proposal.save()
