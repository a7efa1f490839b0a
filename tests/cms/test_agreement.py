"""Wagtail and the rule book answer alike: whoever asks, about whatever, in whatever state its loge is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from wagtail.models import Page, get_page_models
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms import tree
from cms.models import (
    BlogIndexPage,
    Document,
    EventPage,
    FaqEntry,
    FlyerTemplate,
    HandbookIndexPage,
    HandbookProposalIndexPage,
    HomePage,
    LogeCollection,
    LogeIndexPage,
    LogeNewsPage,
    LogePage,
    Picture,
)
from loges import permissions
from loges.actions import loges
from loges.actions.loges import TerritoryOutline
from loges.machines import LOGE
from loges.models import Loge, Person
from loges.permissions import ROLES, RULES, Rule
from tests.factories import (
    NOW,
    AmbiguousTermFactory,
    ForeignPhraseFactory,
    PersonFactory,
    ServiceFactory,
    ServiceFamilyFactory,
)
from tests.factories.pages import (
    BadgeTextFactory,
    BlogPostPageFactory,
    CharterVersionFactory,
    EditorialPageFactory,
    EventPageFactory,
    FaqEntryFactory,
    HandbookChapterPageFactory,
    LogeNewsPageFactory,
    PartnerFactory,
    PictureFactory,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=20)
"""When everybody is asked: dated grants that were given for two weeks have ended, those for a month have not."""

OUTLINE = TerritoryOutline(latitude=45.7745, longitude=4.8318, radius_meters=900)
FILES = {"add": "add", "choose": "choose", "edit": "change", "delete": "delete"}
PAGES: dict[str, Callable[[Any], bool]] = {
    "edit": lambda tester: tester.can_edit(),
    "add": lambda tester: tester.can_add_subpage(),
    "publish": lambda tester: tester.can_publish(),
    "unpublish": lambda tester: tester.can_unpublish(),
    "hide": lambda tester: tester.can_set_view_restrictions(),
    "lock": lambda tester: tester.can_lock(),
    "discard": lambda tester: tester.can_delete(ignore_bulk=True),
    "delete": lambda tester: tester.can_delete(ignore_bulk=True),
}
"""What the book calls it, and what Wagtail asks."""

IF_LIVE = {"unpublish": True, "delete": True, "discard": False}
"""What makes sense for published pages only, or for drafts only."""


TEXTS = (("write", "add"), ("write", "change"), ("write", "delete"))


@dataclass
class World:
    """Everybody who may ask, and everything they may ask about, by what each is called."""

    people: dict[str, Any]
    things: dict[str, Model]


def _loge(by: Person, state: str, slug: str = "") -> Loge:
    loge = loges.create(
        by=by,
        slug=slug or f"loge-{state.lower()}",
        name=f"Loge {state}",
        city="Lyon",
        neighbourhood=state,
        territory=OUTLINE,
        now=NOW,
    )
    Loge.objects.filter(pk=loge.pk).update(state=state, opened_at=NOW)
    loge.refresh_from_db()
    return loge


def _content(loge: Loge) -> Iterator[Model]:
    """What a loge has; published pages only where pages are."""
    page = LogePage.objects.get(loge=loge)
    is_public = loge.state in permissions.LOGES_WITH_A_PAGE
    page.live = is_public
    page.save(update_fields=["live"])
    collection = loge.collection.collection
    yield page
    for live in {False, is_public}:
        yield EventPageFactory(parent=page, live=live)
        yield LogeNewsPageFactory(parent=page, live=live)
    yield PictureFactory(collection=collection)
    yield Document.objects.create(title="Papier", file=SimpleUploadedFile("x.txt", b"x"), collection=collection)


def _things(own: list[Loge], other: Loge) -> dict[str, Model]:
    chapter = HandbookChapterPageFactory()
    network: list[Model] = [
        HomePage.objects.get(),
        LogeIndexPage.objects.get(),
        BlogIndexPage.objects.get(),
        HandbookIndexPage.objects.get(),
        HandbookProposalIndexPage.objects.get(),
        chapter.get_parent().specific,
        chapter,
        BlogPostPageFactory(loge=own[2]),
        BlogPostPageFactory(live=False),
        EditorialPageFactory(),
        PictureFactory(),
        Document.objects.create(title="Papier", file=SimpleUploadedFile("x.txt", b"x")),
        *(make() for make in (FaqEntryFactory, PartnerFactory, BadgeTextFactory, CharterVersionFactory)),
        FlyerTemplate.objects.create(name="Ouverture", headline="{loge} ouvre", text="Venez."),
        *(make() for make in (ServiceFamilyFactory, ServiceFactory, AmbiguousTermFactory, ForeignPhraseFactory)),
    ]
    found = {f"network {thing._meta.label} {thing.pk}": thing for thing in network}
    for loge in [*own, other]:
        whose = "other" if loge == other else f"own {loge.state}"
        found |= {f"{whose} {thing._meta.label} {thing.pk}": thing for thing in _content(loge)}
    return found


def _people(by: Person, own: list[Loge]) -> dict[str, Any]:
    def member(role: str, days: int = 30) -> Person:
        person = PersonFactory()
        until = NOW + timedelta(days=days) if ROLES[role].is_dated else None
        for loge in own:
            loges.appoint(by=by, loge=loge, person=person, role=role, until=until, now=NOW)
        return person

    found: dict[str, Any] = {role: member(role) for role in ROLES}
    found["interim that ended"] = member("INTERIM", days=14)
    found["dismissed"] = dismissed = member("COORDINATOR")
    for loge in own:
        loges.dismiss(by=by, loge=loge, person=dismissed, role="COORDINATOR", now=NOW + timedelta(days=1))
    found["inactive"] = inactive = member("COORDINATOR")
    inactive.is_active = False
    inactive.save()
    found["team"] = PersonFactory(team=True)
    tree.welcome_to_team(found["team"], is_administrator=False)
    found["staff without the team's group"] = PersonFactory(team=True)
    found["staff who coordinates"] = staff = member("COORDINATOR")
    staff.is_staff = True
    staff.save()
    found["administrator"] = by
    found["resident"] = PersonFactory()
    found["anonymous"] = AnonymousUser()
    return found


@pytest.fixture
def world(administrator: Person, settings: Any) -> World:
    """Five loges of those who ask, one in each state, and one of nobody."""
    own = [_loge(administrator, state) for state in LOGE.states]
    made = World(_people(administrator, own), _things(own, _loge(administrator, "ACTIVE", slug="autre")))
    settings.CLOCK_STANDS_AT = LATER
    fresh = {name: Person.objects.filter(pk=person.pk).first() or person for name, person in made.people.items()}
    return World(fresh, made.things)


def wagtails_answers(person: Any, thing: Any) -> Iterator[tuple[str, bool]]:
    """What Wagtail says of each action on a thing that makes sense for it."""
    if isinstance(thing, Page):
        tester = thing.permissions_for_user(person)
        for action, ask in PAGES.items():
            # Wagtail has no answer for an inactive person who locks; nobody inactive comes so far.
            if IF_LIVE.get(action, thing.live) == thing.live and (action != "lock" or person.is_active):
                yield action, bool(ask(tester))
        policy = policy_registry.get(thing)
        yield "edit", policy.user_has_permission_for_instance(person, "change", thing)
        return
    for action, asked in FILES.items() if isinstance(thing, Picture | Document) else TEXTS:
        yield action, policy_registry.get(thing).user_has_permission_for_instance(person, asked, thing)


def disagreements(world: World) -> set[tuple[str, str, str]]:
    """Where Wagtail and the book differ: (who, what, action)."""
    found, lists = set(), [(Page, "edit", "change")]
    lists += [
        (model, action, FILES[action]) for model in (Picture, Document) for action in ("choose", "edit", "delete")
    ]
    lists += [(model, "write", "change") for model in get_snippet_models()]
    for who, person in world.people.items():

        @cache
        def scoped(model: type[Model], action: str, person: Any = person) -> set[int]:
            rows = permissions.scope(model._default_manager.all(), person, action)
            return set(rows.values_list("pk", flat=True))

        for what, thing in world.things.items():
            for action, answer in wagtails_answers(person, thing):
                may = permissions.may(person, action, thing)
                if not answer == may == (thing.pk in scoped(type(thing), action)):
                    found.add((who, what, action))
        for model, action, asked in lists:
            policy = policy_registry.get_by_type(model)
            told = set(policy.instances_user_has_permission_for(person, asked).values_list("pk", flat=True))
            for what, thing in world.things.items():
                if isinstance(thing, model) and (thing.pk in told) != (thing.pk in scoped(type(thing), action)):
                    found.add((who, what, f"{action} in a list"))
    return found


def test_wagtail_and_the_rule_book_agree(world: World) -> None:
    assert disagreements(world) == set()


WRONG = [
    (LogePage, "edit", Rule("publish_content"), "CO_COORDINATOR"),
    (EventPage, "publish", Rule("publish_content"), "COORDINATOR"),
    (EventPage, "lock", Rule("edit_content"), "INTERIM"),
    (LogeNewsPage, "delete", Rule("edit_content"), "CO_COORDINATOR"),
    (Picture, "choose", Rule("propose_handbook"), "CONTRIBUTOR"),
    (FaqEntry, "write", Rule("cms.nothing"), "team"),
]
"""Rules that would be mistakes, and who would notice."""


def test_disagreement_is_noticed(world: World) -> None:
    for model, action, rule, who in WRONG:
        people = {who: Person.objects.get(pk=world.people[who].pk)}  # who keeps no answer from before
        with mock.patch.dict(RULES, {model: {**RULES[model], action: rule}}):
            assert disagreements(World(people, world.things)), (model, action)


def test_every_kind_of_page_and_of_shared_text_has_its_rules() -> None:
    models = {*get_page_models(), *get_snippet_models(), Picture, Document, LogeCollection} - {Page}

    assert models - RULES.keys() == set()
