"""What the pages do when the domain changes, and the domain when pages are published: in one transaction each."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, UploadedFile
from wagtail.signals import page_published, page_unpublished

from cms import images, invitations, tree, uploads
from cms.addresses import path_of
from cms.models import EventPage, LogeCollection, LogeIndexPage, LogePage, Picture
from cms.models.proposals import HandbookProposalPage, proposal_declined
from cms.page_restrictions import COORDINATORS_GROUP
from cms.tasks import complete_picture
from loges import clock, permissions, signals
from loges.actions import events
from loges.actions.events import EventPlan, Speaker
from loges.models import ExpertProfile, Loge, LogeMembership


@receiver(signals.loge_created)
def build_space(loge: Loge, **kwargs: Any) -> None:
    """Give a new loge its page (a draft) and its collection."""
    if not LogeIndexPage.objects.exists():
        tree.plant()  # a site that was migrated and not prepared
    index = LogeIndexPage.objects.get()
    page = LogePage(loge=loge, title=loge.name, slug=loge.slug, live=False, has_unpublished_changes=True)
    index.add_child(instance=page)
    page.save_revision(clean=False)
    collection = Collection.get_first_root_node().add_child(instance=Collection(name=loge.name))
    LogeCollection.objects.create(loge=loge, collection=collection)


@receiver(signals.loge_changed)
def follow_state(loge: Loge, transition: str | None, **kwargs: Any) -> None:
    """Publish a loge's page when it opens, whatever day it names; take it off with all below when it closes."""
    page = LogePage.objects.filter(loge=loge).first()
    if page is None:
        return
    if transition == "open":
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = draft.expire_at = None
        draft.save_revision(clean=False).publish(skip_permission_checks=True)
    elif transition == "close":
        for shown in page.get_descendants(inclusive=True).live().specific():
            shown.unpublish()


@receiver(signals.loge_changed)
def tell_answer(loge: Loge, transition: str | None, **kwargs: Any) -> None:
    """Write to those who asked for an opening what the team answered, once that is done."""
    if transition in {"open", "send_back"}:
        answer: str = transition
        transaction.on_commit(lambda: invitations.tell_opening(loge, answer))


@receiver(signals.member_appointed)
def open_admin(membership: LogeMembership, **kwargs: Any) -> None:
    """Let those whose role brings rights into the editors' admin, and write to them once that is done."""
    if permissions.ROLES[membership.role].permissions:
        membership.person.groups.add(Group.objects.get(name=COORDINATORS_GROUP))
        transaction.on_commit(lambda: invitations.invite(membership))


@receiver(signals.member_dismissed)
def close_admin(membership: LogeMembership, **kwargs: Any) -> None:
    """Close the admin to somebody who has no right in any loge any more."""
    if not permissions.has_grants(membership.person):
        membership.person.groups.remove(*Group.objects.filter(name=COORDINATORS_GROUP))


@receiver(signals.profile_suggested)
def ask_expert(expert: ExpertProfile, **kwargs: Any) -> None:
    """Write to the expert whose profile is proposed, once that is done."""
    transaction.on_commit(lambda: invitations.tell_suggested(expert))


@receiver(proposal_declined)
def tell_author(proposal: HandbookProposalPage, **kwargs: Any) -> None:
    """Write to whoever proposed something that isn't taken; Wagtail writes of all other answers."""
    transaction.on_commit(lambda: invitations.tell_declined(proposal))


@receiver(page_published, sender=EventPage)
def plan_event(instance: EventPage, **kwargs: Any) -> None:
    """Plan the dates of a published event. The page's rights were asked at the door that published it.

    Wagtail tells of a page that is to be published later, too: nothing of it is public yet.
    """
    if not instance.live:
        return
    loge = Loge.objects.get(page=instance.get_parent().pk)
    event = events.plan(by=None, loge=loge, event=instance.event, terms=terms_of(instance), now=clock.now())
    if instance.event_id != event.pk:
        instance.event = event
        EventPage.objects.filter(pk=instance.pk).update(event=event)


def terms_of(page: EventPage) -> EventPlan:
    """What an event's page says, in the domain's words."""
    assert page.starts_on is not None
    assert page.starts_at_time is not None
    assert page.duration_minutes is not None
    return EventPlan(
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        theme=page.theme,
        starts_on=page.starts_on,
        starts_at_time=page.starts_at_time,
        duration_minutes=page.duration_minutes,
        recurrence=page.recurrence,
        until_on=page.until_on,
        exceptions=[row.on for row in page.exceptions.all()],
        venue_name=page.venue_name,
        venue_kind=page.venue_kind,
        address=page.address,
        capacity=page.capacity,
        accessibility=[line.strip() for line in page.accessibility.splitlines() if line.strip()],
        speakers=[
            Speaker(expert=row.expert, resident_first_name=row.resident_first_name, topic=row.topic)
            for row in page.speakers.all()
        ],
    )


@receiver(page_unpublished, sender=EventPage)
def withdraw_event(instance: EventPage, **kwargs: Any) -> None:
    """Take an unpublished event off the calendar."""
    if instance.event is not None:
        events.withdraw(by=None, event=instance.event)


@receiver(pre_delete, sender=Page)
def remember_path(instance: Page, **kwargs: Any) -> None:
    """Keep the paths of a page that was public, and those that led to it: it is gone, not that it never was.

    A redirection without a target tells readers so; a new page at that path comes first.
    """
    path = path_of(instance) if instance.first_published_at else None
    if path:
        led_here = Redirect.objects.filter(redirect_page=instance)
        old_paths = {Redirect.normalise_path(path), *led_here.values_list("old_path", flat=True)}
        led_here.delete()
        for old_path in sorted(old_paths):
            Redirect.objects.get_or_create(old_path=old_path, site=None, defaults={"automatically_created": True})


@receiver(pre_save, sender=UploadedFile)
def clean_upload(instance: UploadedFile, **kwargs: Any) -> None:
    """Clean a picture that waits for its text alternative: it lies among the files until somebody writes one."""
    if not instance.file._committed and instance.for_content_type.model_class() is Picture:
        instance.file = uploads.clean_picture(instance.file.file, instance.file.name)


@receiver(post_save, sender=Picture)
def make_sizes(instance: Picture, raw: bool = False, **kwargs: Any) -> None:
    """Make a picture's sizes as soon as its file or focal point is there, so that no reader's query has to."""
    if not raw and images.follow(instance):
        transaction.on_commit(lambda: _ask_for_the_rest(instance))


def _ask_for_the_rest(picture: Picture) -> None:
    """Have the slow formats made, unless they were made within the transaction."""
    if images.order(picture).cuts:
        complete_picture.enqueue(picture.pk)


@receiver(post_delete, sender=Picture)
def delete_sizes(instance: Picture, **kwargs: Any) -> None:
    """Take the files of a picture's sizes along; Wagtail deletes the original."""
    transaction.on_commit(lambda: images.forget(instance, images.paths(instance)))
