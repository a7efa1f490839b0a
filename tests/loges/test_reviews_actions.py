"""Reviews: sealed, shown, reported, and the rating they add up to."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from loges import queries
from loges.actions import reviews
from loges.models import ExpertProfile, Review, TransitionLog
from loges.permissions import NotAllowed
from tests.factories import NOW, TODAY, ExpertProfileFactory, PersonFactory, ReviewFactory
from tests.loges.cast import coordinator_of, team_member

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)


def leave(expert: ExpertProfile, **changes: Any) -> Review:
    terms: dict[str, Any] = {
        "expert": expert,
        "author": PersonFactory(),
        "author_first_name": "Nadia",
        "rating": 4,
        "text": "Patient et clair.",
        "experience_on": TODAY,
        "now": NOW,
    }
    return reviews.leave(**(terms | changes))


def rating(expert: ExpertProfile) -> tuple[int, int]:
    row = ExpertProfile.objects.get(pk=expert.pk)
    return row.rating_count, row.rating_sum


def test_leave_seals_a_review_that_does_not_count_yet() -> None:
    expert, author = ExpertProfileFactory(published=True), PersonFactory()

    review = leave(expert, author=author)

    review.refresh_from_db()
    assert (review.state, review.left_at, review.published_at) == ("SEALED", NOW, None)
    assert rating(expert) == (0, 0)
    assert not queries.reviews(None).exists()
    row = TransitionLog.objects.get(machine="Review", object_id=review.pk)
    assert (row.transition, row.to_state, row.actor, row.at) == ("leave", "SEALED", author, NOW)


def test_leave_for_somebody_without_an_account_keeps_the_first_name_only() -> None:
    review = leave(ExpertProfileFactory(published=True), author=None, author_first_name="Mme L.")

    review.refresh_from_db()
    assert (review.author, review.author_first_name) == (None, "Mme L.")


def test_leave_a_review_of_oneself_is_refused() -> None:
    expert = ExpertProfileFactory(published=True)

    with pytest.raises(NotAllowed):
        leave(expert, author=expert.person)

    assert not Review.objects.exists()


def test_leave_from_an_inactive_account_is_refused_and_rolled_back() -> None:
    with pytest.raises(NotAllowed):
        leave(ExpertProfileFactory(published=True), author=PersonFactory(is_active=False))

    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"rating": 0}, "rating"), ({"rating": 6}, "rating"), ({"author_first_name": ""}, "author_first_name")],
)
def test_leave_of_nonsense_is_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        leave(ExpertProfileFactory(published=True), **change)

    assert list(refusal.value.message_dict) == [field]
    assert not Review.objects.exists()


def test_rating_follows_what_is_shown_through_the_whole_life_of_a_review() -> None:
    expert, team = ExpertProfileFactory(published=True), team_member()
    good, bad, other = leave(expert, rating=5), leave(expert, rating=2), leave(ExpertProfileFactory(published=True))
    reviews.reveal(by=None, review=other, now=LATER)

    assert rating(expert) == (0, 0)
    reviews.reveal(by=None, review=good, now=LATER)
    reviews.reveal(by=None, review=bad, now=LATER)
    assert rating(expert) == (2, 7)
    assert ExpertProfile.objects.get(pk=expert.pk).rating == 3.5

    reviews.report(by=AnonymousUser(), review=bad, reason="Injurieux", now=LATER)
    assert rating(expert) == (2, 7), "it stays visible meanwhile"
    reviews.keep(by=team, review=bad, reason="Vécu", now=LATER)
    assert rating(expert) == (2, 7)

    reviews.report(by=PersonFactory(), review=bad, reason="Faux", now=LATER)
    reviews.reject(by=team, review=bad, reason="Jamais venu", now=LATER)

    assert rating(expert) == (1, 5)
    assert list(queries.reviews(None).filter(expert=expert)) == [good]
    assert rating(other.expert) == (1, 4)


def test_rating_before_the_first_review_is_none() -> None:
    assert ExpertProfileFactory().rating is None


def test_rating_is_counted_afresh_from_wrong_figures() -> None:
    expert = ExpertProfileFactory(published=True, rating_count=9, rating_sum=9)

    reviews.reveal(by=None, review=leave(expert, rating=3), now=LATER)

    assert rating(expert) == (1, 3)


def test_rating_back_to_none_when_the_only_review_is_rejected() -> None:
    expert = ExpertProfileFactory(published=True)
    review = ReviewFactory(expert=expert, reported=True)

    reviews.reject(by=team_member(), review=review, reason="Faux", now=LATER)

    assert rating(expert) == (0, 0)


def test_reveal_dates_the_review() -> None:
    review = ReviewFactory()

    reviews.reveal(by=None, review=review, now=LATER)

    review.refresh_from_db()
    assert (review.state, review.published_at) == ("PUBLISHED", LATER)


def test_report_keeps_the_reason() -> None:
    review = ReviewFactory(published=True)
    by = coordinator_of(review.expert.loge)

    reviews.report(by=by, review=review, reason="Hors sujet", now=LATER)

    row = TransitionLog.objects.get(machine="Review", object_id=review.pk)
    assert (row.transition, row.note, row.actor, row.at) == ("report", "Hors sujet", by, LATER)


def test_reply_by_the_expert() -> None:
    review = ReviewFactory(published=True)

    reviews.reply(by=review.expert.person, review=review, text="Merci !", now=LATER)

    review.refresh_from_db()
    assert (review.reply, review.replied_at) == ("Merci !", LATER)


def test_reply_by_others_is_refused() -> None:
    review = ReviewFactory(published=True)
    colleague = ExpertProfileFactory(loge=review.expert.loge, published=True).person
    others = [review.author, colleague, coordinator_of(review.expert.loge), team_member(), AnonymousUser()]

    for other in others:
        with pytest.raises(NotAllowed):
            reviews.reply(by=other, review=review, text="Volé", now=LATER)

    review.refresh_from_db()
    assert review.reply == ""
