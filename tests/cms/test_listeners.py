"""News from the domain: each loge gets its page and folder, each coordinator the key, in the writer's transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Collection, Page

from cms import page_restrictions
from cms.models import EventPage, LogeCollection, LogeIndexPage, LogePage, PictureRendition
from loges import signals
from loges.actions import loges
from loges.models import Event, Loge, Person
from tests.cms.conftest import COORDINATOR, OUTLINE, Place
from tests.factories import NOW, PersonFactory
from tests.factories.pages import EventPageFactory, LogeNewsPageFactory, PictureFactory

pytestmark = pytest.mark.django_db


class Trouble(Exception):
    """What a test lets go wrong."""


@contextmanager
def failing(signal: Any) -> Iterator[None]:
    """A last listener that fails."""

    def fail(**kwargs: Any) -> None:
        raise Trouble

    signal.connect(fail)
    yield
    signal.disconnect(fail)


def create(by: Person, slug: str = "aligre") -> Loge:
    return loges.create(
        by=by,
        slug=slug,
        name="Loge d'Aligre",
        city="Paris",
        neighbourhood="Aligre",
        territory=OUTLINE,
        min_experts=0,
        now=NOW,
    )


@transaction.atomic
def create_and_fail(by: Person) -> None:
    create(by)
    raise Trouble


def is_editor(person: Person) -> bool:
    return Person.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")


def test_loge_created_has_a_draft_page_and_a_folder(administrator: Person) -> None:
    loge = create(administrator)

    page = LogePage.objects.get(loge=loge)
    assert (page.title, page.slug, page.live) == ("Loge d'Aligre", "aligre", False)
    assert page.get_parent().specific == LogeIndexPage.objects.get()
    assert page.latest_revision is not None
    assert LogeCollection.objects.get(loge=loge).collection.get_parent() == Collection.get_first_root_node()


def test_loge_created_on_an_empty_site_plants_it(db: None) -> None:
    loge = loges.create(
        by=None, slug="a", name="Une loge", city="Paris", neighbourhood="A", territory=OUTLINE, now=NOW
    )

    assert LogePage.objects.get(loge=loge).get_ancestors().count() == 3


def test_loge_whose_creation_fails_later_leaves_nothing(administrator: Person) -> None:
    pages, collections = Page.objects.count(), Collection.objects.count()

    with pytest.raises(Trouble):
        create_and_fail(administrator)

    assert not Loge.objects.exists()
    assert (Page.objects.count(), Collection.objects.count()) == (pages, collections)


def test_loge_whose_news_fail_is_not_created(administrator: Person) -> None:
    pages, collections = Page.objects.count(), Collection.objects.count()

    with failing(signals.loge_created), pytest.raises(Trouble):
        create(administrator)

    assert not Loge.objects.exists()
    assert (Page.objects.count(), Collection.objects.count()) == (pages, collections)


def test_loge_opened_publishes_its_latest_draft(make_place: Callable[..., Place], administrator: Person) -> None:
    place = make_place("aligre", is_open=False)
    draft = place.page
    draft.tagline = "Une table, un quartier."
    draft.save_revision()
    Loge.objects.filter(pk=place.loge.pk).update(state="PENDING_OPENING")
    place.loge.refresh_from_db()

    loges.open(by=administrator, loge=place.loge, now=NOW)

    assert place.page.live
    assert place.page.tagline == "Une table, un quartier."
    assert not place.page.has_unpublished_changes


def test_loge_whose_opening_fails_stays_a_draft(make_place: Callable[..., Place], administrator: Person) -> None:
    place = make_place("aligre", is_open=False)
    Loge.objects.filter(pk=place.loge.pk).update(state="PENDING_OPENING")
    place.loge.refresh_from_db()

    with failing(signals.loge_changed), pytest.raises(Trouble):
        loges.open(by=administrator, loge=place.loge, now=NOW)

    assert not place.page.live
    assert Loge.objects.get().state == "PENDING_OPENING"


def test_loge_closed_unpublishes_its_page(here: Place, administrator: Person) -> None:
    before = here.page.live

    loges.close(by=administrator, loge=here.loge, message="Fin.", now=NOW)

    assert (before, here.page.live) == (True, False)


def test_loge_closed_takes_its_events_and_news_off_the_site(
    here: Place, elsewhere: Place, administrator: Person
) -> None:
    pages = [
        factory(parent=place.page)
        for place in (here, elsewhere)
        for factory in (EventPageFactory, LogeNewsPageFactory)
    ]
    for page in pages:
        page.save_revision().publish()

    loges.close(by=administrator, loge=here.loge, message="Fin.", now=NOW)

    live = [Page.objects.get(pk=page.pk).live for page in pages]
    assert live == [False, False, True, True]
    assert [event.is_published for event in Event.objects.order_by("pk")] == [False, True]


def test_loge_paused_keeps_its_page(here: Place) -> None:
    loges.pause(by=here.person, loge=here.loge, message="Congés.", until_on=None, now=NOW)

    assert here.page.live


def test_loge_closed_before_it_opened_is_no_error(make_place: Callable[..., Place], administrator: Person) -> None:
    place = make_place("aligre", is_open=False)

    loges.close(by=administrator, loge=place.loge, message="Abandon.", now=NOW)

    assert not place.page.live


def test_coordinator_appointed_gets_the_key(here: Place) -> None:
    assert is_editor(here.person)
    assert [group.name for group in here.person.groups.all()] == [page_restrictions.COORDINATORS_GROUP]


@pytest.mark.parametrize("role", ["EXPERT", "SUPPORTER"])
def test_member_appointed_gets_no_key(here: Place, administrator: Person, role: str) -> None:
    person = PersonFactory()

    loges.appoint(by=administrator, loge=here.loge, person=person, role=role, now=NOW)

    assert not is_editor(person)


def test_coordinator_dismissed_gives_the_key_back(here: Place, administrator: Person) -> None:
    loges.dismiss(by=administrator, loge=here.loge, person=here.person, role=COORDINATOR, now=NOW + timedelta(1))

    assert not is_editor(here.person)


def test_coordinator_of_two_loges_keeps_the_key(here: Place, elsewhere: Place, administrator: Person) -> None:
    later = NOW + timedelta(days=1)
    loges.appoint(by=administrator, loge=elsewhere.loge, person=here.person, role=COORDINATOR, now=NOW)

    loges.dismiss(by=administrator, loge=here.loge, person=here.person, role=COORDINATOR, now=later)
    after_one = is_editor(here.person)
    loges.dismiss(by=administrator, loge=elsewhere.loge, person=here.person, role=COORDINATOR, now=later)

    assert after_one
    assert not is_editor(here.person)


def test_expert_dismissed_who_coordinates_keeps_the_key(here: Place, administrator: Person) -> None:
    loges.appoint(by=administrator, loge=here.loge, person=here.person, role="EXPERT", now=NOW)

    loges.dismiss(by=administrator, loge=here.loge, person=here.person, role="EXPERT", now=NOW + timedelta(days=1))

    assert is_editor(here.person)


def test_event_page_published_plans_what_it_says(here: Place) -> None:
    page = EventPageFactory(
        parent=here.page, title="Atelier", theme="Pain", accessibility="Rampe\n\n  Toilettes  \n", capacity=8
    )

    page.save_revision().publish()

    event = Event.objects.get()
    assert (event.loge, event.title, event.theme, event.capacity) == (here.loge, "Atelier", "Pain", 8)
    assert event.accessibility == ["Rampe", "Toilettes"]
    assert EventPage.objects.get().event == event


def test_event_page_that_was_never_public_is_deleted_without_an_event(here: Place) -> None:
    page = EventPageFactory(parent=here.page)

    page.delete()

    assert not Event.objects.exists()


def test_picture_saved_again_makes_no_size_twice(db: None) -> None:
    picture = PictureFactory()
    before = list(PictureRendition.objects.order_by("pk").values_list("pk", "file"))

    picture.title = "Autre"
    picture.save()

    assert list(PictureRendition.objects.order_by("pk").values_list("pk", "file")) == before
