"""Reviews and the rating they add up to."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Sum

from loges import permissions, signals
from loges.actions.transitions import WrongState, begin, take
from loges.machines import REVIEW, Actor
from loges.models import ExpertProfile, Person, Review
from loges.permissions import NotAllowed, Viewer

COUNTED = ("PUBLISHED", "REPORTED")
"""The states in which a review is shown and counts in the rating."""


@transaction.atomic
def leave(
    *,
    expert: ExpertProfile,
    author: Person | None,
    author_first_name: str,
    rating: int,
    text: str,
    experience_on: date,
    now: datetime,
) -> Review:
    """Leave a sealed review of an expert, 1 to 5; never of oneself. Raises NotAllowed, ValidationError.

    Without `author` (somebody who has no account, for whom the loge wrote it down), only the first name is kept.
    """
    review = Review(
        expert=expert,
        author=author,
        author_first_name=author_first_name,
        rating=rating,
        text=text,
        experience_on=experience_on,
        left_at=now,
    )
    if author is not None and author.pk == expert.person_id:
        raise NotAllowed("Review.leave of oneself")
    review.full_clean()
    review.save()
    if author is not None:
        begin(review, REVIEW, by=author, now=now, transition="leave")
    return review


@transaction.atomic
def reveal(*, by: Viewer, review: Review, now: datetime) -> Review:
    """Show a sealed review. Raises WrongState, NotAllowed."""
    return _counted(take(review, REVIEW, "reveal", by=by, now=now, published_at=now))


@transaction.atomic
def report(*, by: Viewer, review: Review, reason: str, now: datetime) -> Review:
    """Ask the team to look at a review; it stays visible meanwhile. Raises WrongState."""
    return _counted(take(review, REVIEW, "report", by=by, now=now, note=reason))


@transaction.atomic
def keep(*, by: Viewer, review: Review, reason: str, now: datetime) -> Review:
    """The team keeps a reported review. Raises WrongState, NotAllowed."""
    return _counted(take(review, REVIEW, "keep", by=by, now=now, note=reason))


@transaction.atomic
def reject(*, by: Viewer, review: Review, reason: str, now: datetime) -> Review:
    """The team takes a review down, with a reason; never one of a loge that the person coordinates.

    Raises WrongState, NotAllowed.
    """
    if Actor.COORDINATOR in permissions.actors(by, review):
        raise NotAllowed("Review.reject in one's own loge")
    return _counted(take(review, REVIEW, "reject", by=by, now=now, note=reason))


@transaction.atomic
def reply(*, by: Viewer, review: Review, text: str, now: datetime) -> Review:
    """The expert answers a published review. Raises WrongState, NotAllowed."""
    if review.state not in COUNTED:
        raise WrongState(f"Review.reply to {review.state}")
    if by is not None and Actor.EXPERT not in permissions.actors(by, review):
        raise NotAllowed("Review.reply")
    review.reply, review.replied_at = text, now
    review.save(update_fields=["reply", "replied_at"])
    return review


def _counted(review: Review) -> Review:
    """Bring the expert's rating in step with the reviews shown."""
    figures = Review.objects.filter(expert=review.expert_id, state__in=COUNTED).aggregate(
        count=Count("pk"), total=Sum("rating")
    )
    ExpertProfile.objects.filter(pk=review.expert_id).update(
        rating_count=figures["count"], rating_sum=figures["total"] or 0
    )
    signals.experts_changed.send(ExpertProfile, ids=[review.expert_id])
    return review
