"""What nobody may do with some pages, the team and its administrators included."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.models import BlogIndexPage, EventPage, HandbookIndexPage, HomePage, LogeIndexPage, LogeNewsPage
from loges.actions import loges
from loges.models import Event, Person
from tests.cms.conftest import Place
from tests.cms.desk import EVENT, add_event_url, at_desk, edit_url, send, soup
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def bulk(action: str, page: Page) -> str:
    """Where the explorer's button for a selection leads."""
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={page.pk}"


@pytest.mark.parametrize("button", ["form", "list"])
def test_what_belongs_to_a_loge_that_is_not_public_is_published_by_nobody(
    make_place: Callable[..., Place], team_editor: Person, administrator: Person, button: str
) -> None:
    preparing, closed = make_place("chantenay", is_open=False), make_place("bordeaux")
    assert send(closed.client, add_event_url(closed.page), "publish", **EVENT).status_code == 302
    loges.close(by=administrator, loge=closed.loge, message="Au revoir.", now=NOW)
    pages = [preparing.page, closed.page, EventPage.objects.get()]

    for client in (at_desk(team_editor), at_desk(administrator)):
        for page in pages:
            if button == "form":
                assert soup(client.get(edit_url(page))).find("button", attrs={"name": "action-publish"}) is None
                send(client, edit_url(page), "publish")
            else:
                client.post(bulk("publish", page))

    assert not Page.objects.filter(pk__in=[page.pk for page in pages], live=True).exists()
    assert not Event.objects.filter(is_published=True).exists()


def test_pages_that_the_site_stands_on_are_deleted_moved_and_copied_by_nobody(
    here: Place, team_editor: Person, administrator: Person
) -> None:
    fixed = [here.page, LogeIndexPage.objects.get(), BlogIndexPage.objects.get(), HandbookIndexPage.objects.get()]
    for person in (here.person, team_editor, administrator):
        client = at_desk(person)
        for page in [*fixed, HomePage.objects.get()]:
            for action in ("delete", "move", "copy"):
                client.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
            client.post(bulk("delete", page))
            rights = page.permissions_for_user(person)
            assert (rights.can_delete(), rights.can_move(), rights.can_copy()) == (False, False, False)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[here.page.pk, BlogIndexPage.objects.get().pk]))

    assert {page.pk for page in fixed} <= set(Page.objects.values_list("pk", flat=True))
    assert here.page.get_parent().specific == LogeIndexPage.objects.get()


def test_event_is_moved_to_another_loge_by_nobody(
    here: Place, elsewhere: Place, team_editor: Person, administrator: Person
) -> None:
    send(here.client, add_event_url(here.page), "publish", **EVENT)
    page = EventPage.objects.get()

    for person in (team_editor, administrator):
        client = at_desk(person)
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.page.pk]))
        client.post(bulk("move", page), {"chooser": elsewhere.page.pk})

    assert EventPage.objects.get().get_parent() == here.page.page_ptr
    assert not page.permissions_for_user(administrator).can_move()


def test_news_offers_no_move_that_could_lead_nowhere(here: Place, team_editor: Person) -> None:
    news = here.page.add_child(instance=LogeNewsPage(title="Merci", slug="merci", published_on=NOW.date()))

    for person in (here.person, team_editor):
        screen = soup(at_desk(person).get(edit_url(news)))

        assert not screen.find("a", href=re.compile(f"^/admin/pages/{news.pk}/move/"))
