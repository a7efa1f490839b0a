"""The lists of Wagtail's own as a coordinator sees them: no name of the network, no button that is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from taggit.utils import parse_tags

from cms.models import LogeNewsPage
from loges.actions import loges
from loges.models import Person
from tests.cms.conftest import Place
from tests.cms.desk import EVENT, add_event_url, at_desk, send, soup
from tests.factories import NOW, PersonFactory
from tests.factories.pages import PictureFactory

pytestmark = pytest.mark.django_db

FILTERS = ("owner", "edited_by", "site", "has_child_pages")


def lists(place: Place) -> list[str]:
    return [
        reverse("wagtailadmin_explore", args=[place.page.pk]),
        reverse("events:index"),
        reverse("wagtailadmin_pages:type_use", args=["cms", "eventpage"]),
    ]


def bulk_buttons(client: Client, place: Place) -> set[str]:
    page = soup(client.get(reverse("wagtailadmin_explore", args=[place.page.pk])))
    return {str(button["href"]).split("/")[-2] for button in page.select("[data-bulk-action-button]")}


def test_filters_name_nobody_of_the_network(here: Place, elsewhere: Place, team_editor: Person) -> None:
    elsewhere.person.first_name = "Sidonie"
    elsewhere.person.save()
    for place in (here, elsewhere):
        send(place.client, add_event_url(place.page), **EVENT)

    for url in lists(here):
        told, for_team = here.client.get(url), at_desk(team_editor).get(url)
        assert not [name for name in FILTERS if soup(told).select(f"[name={name}]")], url
        assert "Sidonie" not in told.text
        assert soup(for_team).select("[name=owner]"), "the team filters by names"


@pytest.mark.parametrize("name", FILTERS)
def test_filter_that_is_not_offered_changes_nothing(here: Place, elsewhere: Place, name: str) -> None:
    send(here.client, add_event_url(here.page), **EVENT)

    listed = here.client.get(reverse("events:index"), {name: elsewhere.person.pk})

    assert EVENT["title"] in soup(listed).text


def test_list_offers_to_publish_only_where_somebody_publishes(
    here: Place, make_place: Callable[..., Place], team_editor: Person
) -> None:
    co, unborn = PersonFactory(), make_place("chantenay", is_open=False)
    loges.appoint(by=None, loge=here.loge, person=co, role="CO_COORDINATOR", now=NOW)
    for place in (here, unborn):
        send(place.client, add_event_url(place.page), **EVENT)

    assert bulk_buttons(here.client, here) >= {"publish", "unpublish", "delete"}
    assert bulk_buttons(at_desk(team_editor), here) >= {"publish", "unpublish"}
    assert not bulk_buttons(at_desk(co), here) & {"publish", "unpublish", "delete"}
    assert not bulk_buttons(unborn.client, unborn) & {"publish", "unpublish", "delete"}


def test_keywords_are_looked_up_only_where_the_gate_lets(here: Place, team_editor: Person) -> None:
    picture: Any = PictureFactory(collection=here.page.loge.collection.collection)
    url = reverse("wagtailimages:edit", args=[picture.pk])

    field = soup(here.client.get(url)).find("input", {"name": "tags"})
    theirs = soup(at_desk(team_editor).get(url)).find("input", {"name": "tags"})

    assert field is not None
    assert not field.has_attr("data-controller")
    assert theirs["data-controller"] == "w-tag"


def test_page_is_never_copied_as_an_alias(here: Place) -> None:
    add = reverse("wagtailadmin_pages:add", args=["cms", "logenewspage", here.page.pk])
    send(here.client, add, title="Une nouvelle", slug="une-nouvelle")
    news = here.page.get_children().get()

    form = soup(here.client.get(reverse("wagtailadmin_pages:copy", args=[news.pk])))

    assert form.find(attrs={"name": "new_title"}) is not None
    assert form.find(attrs={"name": "alias"}) is None


def test_search_finds_what_one_writes_and_offers_nothing_for_many(
    here: Place, elsewhere: Place, team_editor: Person
) -> None:
    url = reverse("wagtailadmin_pages:search") + "?q=loge"

    found, for_team = soup(here.client.get(url)), soup(at_desk(team_editor).get(url))

    titles = [title.text.strip() for title in found.select("td.title .title-wrapper")]
    assert titles == [here.page.title]
    assert not found.select("[data-bulk-action-checkbox]")
    assert {"Les loges", here.page.title, elsewhere.page.title} <= set(for_team.stripped_strings)
    assert for_team.select("[data-bulk-action-checkbox]")


def test_who_writes_no_page_searches_the_handbook_from_the_desk(here: Place) -> None:
    contributor = PersonFactory()
    loges.appoint(by=None, loge=here.loge, person=contributor, role="CONTRIBUTOR", now=NOW)
    client = at_desk(contributor)
    form = soup(client.get(reverse("wagtailadmin_home"))).select_one("form[role=search]")
    assert form is not None

    answer = client.get(str(form["action"]), {"q": "ouvrir & fermer"}, follow=True)

    assert answer.redirect_chain == [(reverse("handbook:index") + "?q=ouvrir+%26+fermer", 302)]
    assert answer.status_code == 200


def test_keywords_of_other_loges_are_not_offered(here: Place, elsewhere: Place, team_editor: Person) -> None:
    for place, word in ((here, "grand bal"), (elsewhere, "braderie")):
        picture: Any = PictureFactory(collection=place.page.loge.collection.collection)
        picture.tags.add(word)
    screens = [reverse("wagtailimages:index"), reverse("wagtailimages_chooser:choose")]

    for url in screens:
        own, all_of_them = here.client.get(url).text, at_desk(team_editor).get(url).text
        assert "grand bal" in own, url
        assert "braderie" not in own, url
        assert "braderie" in all_of_them, url


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("marché du samedi", ["marché du samedi"]),
        ('fête, "marché du samedi" ,fête', ["fête", "marché du samedi"]),
        (' , "" ', []),
    ],
)
def test_keywords_have_commas_between(typed: str, read: list[str]) -> None:
    assert parse_tags(typed) == read


@pytest.mark.parametrize(("said", "day"), [({}, NOW.date()), ({"published_on": "01/02/2026"}, date(2026, 2, 1))])
def test_news_is_dated_today_unless_somebody_says_otherwise(here: Place, said: dict[str, str], day: date) -> None:
    add = reverse("wagtailadmin_pages:add", args=["cms", "logenewspage", here.page.pk])

    send(here.client, add, "publish", title="Une nouvelle", slug="une-nouvelle", **said)

    news = LogeNewsPage.objects.get()
    assert (news.live, news.published_on) == (True, day)
