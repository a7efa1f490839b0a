"""Who may do what, and what strangers see: the rule book, asked of everybody about everything."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Model, Q

from loges import permissions
from loges.machines import Actor
from loges.models import (
    AmbiguousTerm,
    Event,
    EventOccurrence,
    ExpertProfile,
    ForeignPhrase,
    Loge,
    Offer,
    Person,
    Review,
    Service,
    ServiceFamily,
)
from loges.permissions import RULES, NotAllowed, Rule
from tests.factories import (
    NOW,
    AmbiguousTermFactory,
    EventFactory,
    EventOccurrenceFactory,
    ExpertProfileFactory,
    ForeignPhraseFactory,
    LogeFactory,
    LogeMembershipFactory,
    LogeUserPermissionFactory,
    OfferFactory,
    PersonFactory,
    ReviewFactory,
    ServiceFactory,
    ServiceFamilyFactory,
)
from tests.loges.cast import VIEWERS, coordinator_of, team_member

pytestmark = pytest.mark.django_db

THINGS: dict[type[Model], Callable[[Loge], Model]] = {
    Loge: lambda loge: loge,
    ExpertProfile: lambda loge: ExpertProfileFactory(loge=loge),
    Event: lambda loge: EventFactory(loge=loge),
    EventOccurrence: lambda loge: EventOccurrenceFactory(event__loge=loge),
}
CELLS = [pytest.param(model, action, id=f"{model.__name__}.{action}") for model in THINGS for action in RULES[model]]
WORDS = {ServiceFamily, Service, AmbiguousTerm, ForeignPhrase}
COORDINATORS_MAY_NOT = {(Loge, "manage_team")}


def both(person: Any, action: str, thing: Model) -> bool:
    """What `may` says, after making sure that `scope` and `check` say the same."""
    allowed = permissions.may(person, action, thing)
    scoped = permissions.scope(type(thing)._default_manager.filter(pk=thing.pk), person, action).exists()
    assert scoped == allowed
    if allowed:
        permissions.check(person, action, thing)
    else:
        with pytest.raises(NotAllowed):
            permissions.check(person, action, thing)
    return allowed


def test_rules_cover_every_model_that_reaches_a_loge() -> None:
    own, reached = (
        {model for model in book if model._meta.app_label == "loges"} for book in (RULES, permissions.LOGE_PATH)
    )

    assert own - WORDS == reached == THINGS.keys()


def test_model_is_registered_once() -> None:
    with pytest.raises(ValueError, match=r"loges\.Loge has"):
        permissions.register(Loge, {"edit": "edit_content"}, "pk")

    assert "edit" not in RULES[Loge]


@pytest.fixture
def _offers_in_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offers, with a rule of each kind; they reach their loge by a condition, as what knows no foreign key does."""
    monkeypatch.setattr(permissions, "RULES", dict(RULES))
    monkeypatch.setattr(permissions, "LOGE_PATH", dict(permissions.LOGE_PATH))
    monkeypatch.setattr(Offer, "loge_id", property(lambda offer: offer.expert.loge_id), raising=False)
    rules = {
        "edit": "manage_experts",
        "show": Rule("manage_experts", loge_states=("ACTIVE",)),
        "check": Rule("manage_experts", for_team=True),
    }
    permissions.register(Offer, rules, lambda ids: Q(expert__loge__in=ids))


@pytest.mark.usefixtures("_offers_in_the_book")
@pytest.mark.parametrize(
    ("action", "in_active", "in_closed"), [("edit", True, True), ("show", True, False), ("check", False, False)]
)
def test_registered_rule_of_each_kind(action: str, in_active: bool, in_closed: bool) -> None:
    active, closed = (LogeFactory(active=True), LogeFactory(closed=True))
    offers = [OfferFactory(expert__loge=loge) for loge in (active, closed)]

    for loge, offer, expected in zip((active, closed), offers, (in_active, in_closed), strict=True):
        assert both(coordinator_of(loge), action, offer) is expected
        assert both(coordinator_of(LogeFactory(active=True)), action, offer) is False
        assert both(team_member(), action, offer) is (action != "show" or loge is active)


@pytest.mark.parametrize("model", sorted(WORDS, key=lambda model: model.__name__))
def test_words_are_written_by_the_team_alone(model: type[Model]) -> None:
    made: dict[type[Model], Callable[[], Model]] = {
        ServiceFamily: ServiceFamilyFactory,
        Service: ServiceFactory,
        AmbiguousTerm: AmbiguousTermFactory,
        ForeignPhrase: ForeignPhraseFactory,
    }
    thing, team = made[model](), PersonFactory(team=True)
    team.user_permissions.add(Permission.objects.get(codename=RULES[model]["write"].permission))

    assert both(Person.objects.get(pk=team.pk), "write", thing) is True
    for other in (PersonFactory(team=True), coordinator_of(LogeFactory(active=True)), AnonymousUser()):
        assert both(other, "write", thing) is False


@pytest.mark.parametrize(("model", "action"), CELLS)
def test_coordinator_may_in_their_loge_and_in_no_other(model: type[Model], action: str) -> None:
    loge, other = LogeFactory(active=True), LogeFactory(active=True)
    coordinator = coordinator_of(loge)
    coordinator_of(other)

    assert both(coordinator, action, THINGS[model](loge)) is ((model, action) not in COORDINATORS_MAY_NOT)
    assert both(coordinator, action, THINGS[model](other)) is False


@pytest.mark.parametrize(("model", "action"), CELLS)
def test_team_may_everywhere_by_its_global_permissions(model: type[Model], action: str) -> None:
    thing = THINGS[model](LogeFactory(active=True))

    assert both(team_member(), action, thing) is True
    assert both(PersonFactory(superuser=True), action, thing) is True
    assert both(PersonFactory(team=True), action, thing) is False, "being staff alone is no permission"


@pytest.mark.parametrize(("model", "action"), CELLS)
def test_strangers_may_not(model: type[Model], action: str) -> None:
    loge = LogeFactory(active=True)
    thing = THINGS[model](loge)
    expert, supporter = LogeMembershipFactory(loge=loge), LogeMembershipFactory(supporter=True, loge=loge)
    dismissed = LogeMembershipFactory(coordinator=True, ended=True, loge=loge)

    for stranger in (PersonFactory(), expert.person, supporter.person, dismissed.person, AnonymousUser()):
        assert both(stranger, action, thing) is False


@pytest.mark.parametrize(("model", "action"), CELLS)
def test_inactive_accounts_may_nothing(model: type[Model], action: str) -> None:
    loge = LogeFactory(active=True)
    thing = THINGS[model](loge)

    for person in (coordinator_of(loge), team_member(), PersonFactory(superuser=True)):
        person.is_active = False
        person.save()
        assert both(Person.objects.get(pk=person.pk), action, thing) is False


@pytest.mark.parametrize("action", ["delete", "", "edit_content; --", "loges.edit_content", "view"])
def test_unknown_action_is_refused_even_to_a_superuser(action: str) -> None:
    loge = LogeFactory(active=True)

    for model in THINGS:
        thing = THINGS[model](loge)
        assert both(PersonFactory(superuser=True), action, thing) is False
        assert both(coordinator_of(loge), action, thing) is False


def test_things_without_a_rule_are_refused() -> None:
    assert both(PersonFactory(superuser=True), "edit_content", OfferFactory()) is False
    assert both(PersonFactory(superuser=True), "edit", ServiceFactory()) is False


def test_system_may_all_but_owns_nothing() -> None:
    loge = LogeFactory(active=True)

    assert permissions.may(None, "edit_content", loge)
    assert not permissions.scope(Loge.objects.all(), None, "edit_content").exists()


def test_one_grant_allows_that_one_thing() -> None:
    grant = LogeUserPermissionFactory(codename="edit_content")
    event = EventFactory(loge=grant.content_object)

    assert both(grant.user, "edit", event) is True
    assert both(grant.user, "plan", event) is False


def test_scope_holds_the_loges_of_a_person_who_coordinates_two() -> None:
    first, second, third = (LogeFactory(active=True) for _ in range(3))
    person = coordinator_of(first)
    LogeMembershipFactory(coordinator=True, loge=second, person=person)
    events = [EventFactory(loge=loge) for loge in (first, second, third)]

    assert set(permissions.scope(Loge.objects.all(), person, "manage_experts")) == {first, second}
    assert set(permissions.scope(Event.objects.all(), person, "edit")) == set(events[:2])


def test_loge_of_an_unsaved_expert_is_known() -> None:
    loge = LogeFactory(active=True)

    assert permissions.may(coordinator_of(loge), "create", ExpertProfile(loge=loge))
    assert not permissions.may(coordinator_of(loge), "create", ExpertProfile(loge=LogeFactory(active=True)))
    assert not permissions.may(coordinator_of(loge), "create", ExpertProfile())


def test_thing_without_a_loge_belongs_to_none() -> None:
    assert permissions.loge_id_of(ServiceFactory()) is None


# --- As whom ---------------------------------------------------------------------------------------------------


def test_actors_of_each_person() -> None:
    expert = ExpertProfileFactory(published=True)
    loge = expert.loge
    review = ReviewFactory(expert=expert)
    occurrence = EventOccurrenceFactory(event__loge=loge)
    coordinator = coordinator_of(loge)
    plain = frozenset({Actor.RESIDENT})

    for thing in (loge, expert, review, occurrence):
        assert permissions.actors(None, thing) == {Actor.SYSTEM}
        assert permissions.actors(AnonymousUser(), thing) == {Actor.VISITOR}
        assert permissions.actors(PersonFactory(is_active=False, team=True), thing) == {Actor.VISITOR}
        assert permissions.actors(PersonFactory(), thing) == plain
        assert permissions.actors(PersonFactory(team=True), thing) == plain | {Actor.TEAM}
        assert permissions.actors(coordinator, thing) == plain | {Actor.COORDINATOR}
        assert permissions.actors(coordinator_of(LogeFactory(active=True)), thing) == plain
    former = LogeMembershipFactory(coordinator=True, ended=True, loge=loge).person
    assert permissions.actors(former, loge) == plain
    assert permissions.actors(expert.person, expert) == plain | {Actor.EXPERT}
    assert permissions.actors(expert.person, review) == plain | {Actor.EXPERT}
    assert permissions.actors(expert.person, loge) == plain
    assert permissions.actors(ExpertProfileFactory(loge=loge).person, expert) == plain


# --- Visible ---------------------------------------------------------------------------------------------------

LOGE_STATES = {"PREPARING": False, "PENDING_OPENING": False, "ACTIVE": True, "PAUSED": True, "CLOSED": False}
EXPERT_SHOWN = {
    "DRAFT": False,
    "AWAITING_EXPERT": False,
    "AWAITING_COORDINATOR": False,
    "PUBLISHED": True,
    "PAUSED": False,
    "SUSPENDED": False,
    "LEFT": False,
}
REVIEW_SHOWN = {"SEALED": False, "PUBLISHED": True, "REPORTED": True, "REJECTED": False, "WITHDRAWN": False}


def is_visible(thing: Model) -> bool:
    """Whether a stranger sees the thing; whoever asks, the answer is the same."""
    found = {
        permissions.visible(type(thing)._default_manager.filter(pk=thing.pk), viewer).exists()
        for viewer in (None, AnonymousUser(), PersonFactory(), team_member())
    }
    assert len(found) == 1
    return found.pop()


def test_states_of_these_tables_are_those_of_the_machines() -> None:
    assert LOGE_STATES.keys() == {state for state, _ in Loge._meta.get_field("state").flatchoices}
    assert EXPERT_SHOWN.keys() == {state for state, _ in ExpertProfile._meta.get_field("state").flatchoices}
    assert REVIEW_SHOWN.keys() == {state for state, _ in Review._meta.get_field("state").flatchoices}


@pytest.mark.parametrize(("state", "has_page"), LOGE_STATES.items())
def test_visible_of_a_loge_and_what_is_inside(state: str, has_page: bool) -> None:
    expert = ExpertProfileFactory(published=True)
    offer, review = OfferFactory(expert=expert), ReviewFactory(expert=expert, published=True)
    occurrence = EventOccurrenceFactory(event__loge=expert.loge)
    Loge.objects.filter(pk=expert.loge.pk).update(state=state)

    for inside in (expert, offer, review, occurrence.event, occurrence):
        assert is_visible(inside) is has_page
    assert is_visible(expert.loge) is (state != "CLOSED"), "one that prepares is announced"


@pytest.mark.parametrize(("state", "is_shown"), EXPERT_SHOWN.items())
def test_visible_of_an_expert_and_what_they_offer(state: str, is_shown: bool) -> None:
    expert = ExpertProfileFactory(published=True, state=state)

    for thing in (expert, OfferFactory(expert=expert), ReviewFactory(expert=expert, published=True)):
        assert is_visible(thing) is is_shown


@pytest.mark.parametrize(("state", "is_shown"), REVIEW_SHOWN.items())
def test_visible_of_a_review(state: str, is_shown: bool) -> None:
    assert is_visible(ReviewFactory(published=True, state=state)) is is_shown


def test_visible_of_a_withdrawn_event_and_its_dates() -> None:
    event = EventFactory(withdrawn=True)

    assert not is_visible(event)
    assert not is_visible(EventOccurrenceFactory(event=event))


@pytest.mark.parametrize("state", [state for state, _ in EventOccurrence._meta.get_field("state").flatchoices])
def test_visible_of_a_date_in_any_state(state: str) -> None:
    """Who comes to a cancelled date must be able to read that it is."""
    assert is_visible(EventOccurrenceFactory(state=state))


def test_visible_of_models_without_a_rule_is_all() -> None:
    service = ServiceFactory()

    assert list(permissions.visible(Service.objects.all(), AnonymousUser())) == [service]


def test_what_may_be_seen_leads_to_what_may_be_seen_too() -> None:
    for loge_state in LOGE_STATES:
        for expert_state in EXPERT_SHOWN:
            expert = ExpertProfileFactory(published=True, state=expert_state)
            OfferFactory(expert=expert)
            ReviewFactory(expert=expert, published=True)
            for event in (EventFactory(loge=expert.loge), EventFactory(loge=expert.loge, withdrawn=True)):
                EventOccurrenceFactory(event=event)
            Loge.objects.filter(pk=expert.loge.pk).update(state=loge_state)

    for model, name in permissions.LEADS_TO.items():
        shown = permissions.visible(model._default_manager.all(), None)
        targets: Any = model._meta.get_field(name).related_model
        hidden = targets.objects.exclude(pk__in=permissions.visible(targets.objects.all(), None))
        assert shown.exists()
        assert hidden.exists()
        assert not shown.filter(**{f"{name}__in": hidden}).exists(), model


def test_leads_to_covers_every_foreign_key_between_what_may_be_seen() -> None:
    found = {
        (model, field.name)
        for model in permissions.VISIBLE
        for field in model._meta.concrete_fields
        if field.related_model in permissions.VISIBLE
    }

    assert set(permissions.LEADS_TO.items()) == found


def test_rows_that_may_be_seen_are_marked_unless_no_rule_is_needed() -> None:
    expert, service = ExpertProfileFactory(published=True), ServiceFactory()

    assert permissions.visible(ExpertProfile.objects.all(), None).get(pk=expert.pk).__dict__["shown_by"] == "visible"
    assert "shown_by" not in permissions.visible(Service.objects.all(), None).get(pk=service.pk).__dict__


def test_visible_covers_what_belongs_to_an_expert_or_an_event() -> None:
    assert permissions.VISIBLE.keys() == {Loge, ExpertProfile, Offer, Review, Event, EventOccurrence}


# --- Fields ---------------------------------------------------------------------------------------

READS_HOMES = {"co-coordinator", "coordinator", "team", "superuser"}
"""Who reads the address of an event at somebody's home."""


@pytest.mark.parametrize("role", VIEWERS)
@pytest.mark.parametrize("kind", Event.VenueKind.values)
def test_address_of_a_home_is_read_by_those_who_write_the_events_alone(role: str, kind: str) -> None:
    event = EventFactory(venue_kind=kind, address="3 rue Cachée")
    person = VIEWERS[role](event.loge)

    assert permissions.may_read(person, "address", event) is (kind != "HOME" or role in READS_HOMES)
    assert permissions.may_read(person, "title", event) is True
    assert (event.loge.pk in permissions.loges_where(person, "edit_content")) is (role in READS_HOMES)


def test_address_of_a_home_is_not_read_any_more_when_the_role_ended(settings: Any) -> None:
    settings.CLOCK_STANDS_AT = NOW
    event = EventFactory(venue_kind="HOME")
    dismissed = LogeMembershipFactory(coordinator=True, ended=True, loge=event.loge).person
    interim = LogeMembershipFactory(interim=True, loge=event.loge).person

    assert permissions.may_read(interim, "address", event) is True
    assert permissions.may_read(dismissed, "address", event) is False
    assert permissions.may_read(None, "address", event) is True, "the system"


def test_guarded_fields_are_there_and_open_by_a_permission_of_loges() -> None:
    for model, fields in permissions.FIELDS.items():
        for name, guarded in fields.items():
            assert model._meta.get_field(name)
            assert guarded.permission in dict(Loge._meta.permissions)
