"""Whatever a careless resolver answers, in whichever way, no reader is told of a row that the rules hide.

Each way is tried with what may be seen, with what is hidden, and without the guard: there it must leak.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Annotated, Any

import pytest
import strawberry
import strawberry_django
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection as database
from django.db.models import Model
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from strawberry import Parent, relay
from strawberry_django.utils.typing import get_django_definition

from graphql_api import guard
from graphql_api.context import Context
from graphql_api.guard import Guarded, VisibilityGuard
from graphql_api.paging import Order, Slice, page
from graphql_api.queries import TYPES
from graphql_api.relay import CountedConnection, connection
from graphql_api.schema import schema
from graphql_api.types.events import Event
from graphql_api.types.experts import ExpertProfile
from graphql_api.types.loges import Loge
from loges import models, permissions
from loges.permissions import Viewer
from tests.factories import (
    EventFactory,
    EventOccurrenceFactory,
    EventSpeakerFactory,
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    PersonFactory,
    ReviewFactory,
    VerificationFactory,
)
from tests.factories.pages import BlogPostPageFactory
from tests.graphql_api import site
from tests.graphql_api.hidden import CLOSED, RESTRICTIONS, hide
from tests.loges.cast import VIEWERS

pytestmark = pytest.mark.django_db


# --- A schema without care ------------------------------------------------------------------------

Label = Annotated[str, strawberry.argument(description="Which model.")]


def rows(model: str) -> Any:
    """All the rows of a model, hidden or not."""
    return apps.get_model(model)._default_manager.order_by("pk")


@strawberry_django.type(models.LogeMembership)
class Membership:
    """Somebody's part in a loge."""

    @strawberry.field(graphql_type=Loge | None)
    def loge(self, root: Parent[models.LogeMembership]) -> models.Loge:
        """The loge, as the foreign key has it."""
        return root.loge


@strawberry_django.type(models.Verification)
class Verification:
    """A check."""

    @strawberry.field(graphql_type=ExpertProfile | None)
    def expert(self, root: Parent[models.Verification]) -> models.ExpertProfile:
        """The expert, as the foreign key has it."""
        return root.expert


@strawberry_django.type(models.EventSpeaker)
class Speaker:
    """A speaker."""

    @strawberry.field(graphql_type=Event | None)
    def event(self, root: Parent[models.EventSpeaker]) -> models.Event:
        """The event, as the foreign key has it."""
        return root.event


@strawberry.type
class Payload:
    """What a mutation hands over."""

    thing: relay.Node | None
    things: list[relay.Node]


@strawberry.type
class Careless:
    """Resolvers that ask nobody."""

    @strawberry.field
    def thing(self, model: Label, pk: int) -> relay.Node | None:
        """One."""
        return rows(model).get(pk=pk)

    @strawberry.field
    def required(self, model: Label, pk: int) -> relay.Node:
        """One, never null."""
        return rows(model).get(pk=pk)

    @strawberry.field(graphql_type=list[relay.Node])
    def things(self, model: Label) -> Any:
        """All, as a list."""
        return list(rows(model))

    @strawberry.field(graphql_type=list[relay.Node])
    def queried(self, model: Label) -> Any:
        """All, as a queryset."""
        return rows(model)

    @strawberry.field(graphql_type=CountedConnection[relay.Node])
    def paged(self, model: Label) -> Any:
        """All, as a connection."""
        return connection(page(rows(model), Order("all", ("pk",)), Slice(first=100)))

    @strawberry.field(graphql_type=list[Membership])
    def memberships(self) -> Any:
        """With the loge."""
        return list(models.LogeMembership.objects.select_related("loge"))

    @strawberry.field(graphql_type=list[Verification])
    def verifications(self) -> Any:
        """With the expert."""
        return list(models.Verification.objects.select_related("expert"))

    @strawberry.field(graphql_type=list[Speaker])
    def speakers(self) -> Any:
        """With the event."""
        return list(models.EventSpeaker.objects.select_related("event"))


@strawberry.type
class Changes:
    """Mutations that ask nobody."""

    @strawberry.mutation
    def change(self, model: Label, pk: int) -> Payload:
        """Hand over what is there."""
        return Payload(thing=rows(model).get(pk=pk), things=list(rows(model)))

    @strawberry.mutation
    def hide_expert(self) -> Payload:
        """Hide somebody, and hand over the row as it was read before: marked."""
        found = permissions.visible(models.ExpertProfile.objects.all(), None).get()
        models.ExpertProfile.objects.update(state="PAUSED")
        return Payload(thing=found, things=[found])  # type: ignore[arg-type,list-item]


def careless(*extensions: Any) -> strawberry.Schema:
    """The schema."""
    return strawberry.Schema(query=Careless, mutation=Changes, types=TYPES, extensions=extensions)


GUARDED, BARE = careless(VisibilityGuard), careless()


def asked(of: strawberry.Schema, query: str, person: Viewer = None, **variables: Any) -> Any:
    """What a schema answers that person."""
    found = of.execute_sync(query, variable_values=variables, context_value=_context(person))
    assert not found.errors, found.errors
    return found.data


def _context(person: Viewer) -> Context:
    request = RequestFactory().post("/graphql/")
    request.user = person or AnonymousUser()
    return Context(request)


# --- Eight roles, every way -----------------------------------------------------------------------


def _event(*, live: bool) -> models.Event:
    """An event with a page."""
    event = EventFactory()
    site.event_page(event, live=live)
    return event


THINGS: dict[str, tuple[Callable[[], Model], Callable[[], Model]]] = {
    "loge": (lambda: LogeFactory(active=True), lambda: LogeFactory(closed=True)),
    "expert": (lambda: ExpertProfileFactory(published=True), lambda: ExpertProfileFactory(submitted=True)),
    "expert of a closed loge": (
        lambda: ExpertProfileFactory(published=True),
        lambda: ExpertProfileFactory(published=True, loge=LogeFactory(closed=True)),
    ),
    "offer": (lambda: OfferFactory(expert__published=True), lambda: OfferFactory(expert__paused=True)),
    "review": (lambda: ReviewFactory(published=True), lambda: ReviewFactory()),
    "event": (lambda: EventFactory(), lambda: EventFactory(withdrawn=True)),
    "event whose page is a draft": (lambda: _event(live=True), lambda: _event(live=False)),
    "date": (lambda: EventOccurrenceFactory(), lambda: EventOccurrenceFactory(event__withdrawn=True)),
    "page": (lambda: BlogPostPageFactory(), lambda: BlogPostPageFactory(live=False)),
}
"""What may be seen, and what is hidden from everybody."""
TOLD = "{ __typename id }"
WAYS: dict[str, str] = {
    "instance": f"query($model: String!, $pk: Int!) {{ thing(model: $model, pk: $pk) {TOLD} }}",
    "list": f"query($model: String!) {{ things(model: $model) {TOLD} }}",
    "queryset": f"query($model: String!) {{ queried(model: $model) {TOLD} }}",
    "connection": f"query($model: String!) {{ paged(model: $model) {{ edges {{ node {TOLD} }} }} }}",
    "mutation": f"""mutation($model: String!, $pk: Int!) {{
        change(model: $model, pk: $pk) {{ thing {TOLD} things {TOLD} }}
    }}""",
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
every_thing = pytest.mark.parametrize("thing", THINGS)


def told(answer: Any, row: Model) -> int:
    """How many times an answer tells of a row."""
    return str(answer).count(f"'{site.global_id(row)}'")


@every_way
@every_thing
def test_hidden_row_is_told_to_none_of_eight_roles_while_a_visible_one_is(way: str, thing: str) -> None:
    shown, hidden = (make() for make in THINGS[thing])
    loge = models.Loge.objects.get(pk=permissions.loge_id_of(hidden) or LogeFactory(active=True).pk)
    viewers = {role: make(loge) for role, make in VIEWERS.items()}
    which: dict[str, Any] = {"model": hidden._meta.label, "pk": hidden.pk}

    for role, person in viewers.items():
        found = asked(GUARDED, way, person, **which)
        assert (told(found, hidden), told(found, shown)) == (0, "thing(" not in way), role
    assert told(asked(BARE, way, **which), hidden) == way.count(TOLD)


@every_way
@every_thing
def test_visible_row_is_told_to_strangers(way: str, thing: str) -> None:
    shown = THINGS[thing][0]()

    assert told(asked(GUARDED, way, model=shown._meta.label, pk=shown.pk), shown) == way.count(TOLD)


@every_way
@pytest.mark.parametrize("kind", [*RESTRICTIONS, *CLOSED])
@pytest.mark.parametrize("make", [BlogPostPageFactory, lambda: _event(live=True)], ids=["page", "event"])
def test_row_behind_a_closed_page_is_told_to_those_it_is_open_to_alone(way: str, kind: str, make: Any) -> None:
    row = make()
    readers = hide(kind, row.page if isinstance(row, models.Event) else row)
    which: dict[str, Any] = {"model": row._meta.label, "pk": row.pk}

    for person, is_welcome in readers.each():
        assert told(asked(GUARDED, way, person, **which), row) == (way.count(TOLD) if is_welcome else 0), person
    assert told(asked(BARE, way, **which), row) == way.count(TOLD)


KEYS = {
    "loge": (
        "{ memberships { loge { id } } }",
        lambda hidden: LogeMembershipFactory(loge=LogeFactory(closed=hidden, active=not hidden)).loge,
    ),
    "expert": (
        "{ verifications { expert { id } } }",
        lambda hidden: VerificationFactory(expert=ExpertProfileFactory(published=not hidden)).expert,
    ),
    "event": (
        "{ speakers { event { id } } }",
        lambda hidden: EventSpeakerFactory(event=EventFactory(is_published=not hidden)).event,
    ),
}
"""Forward foreign keys -> how to ask them, and how to make one that leads to something hidden, or not."""
every_key = pytest.mark.parametrize(("query", "make"), KEYS.values(), ids=KEYS)


@every_key
def test_foreign_key_that_leads_to_a_hidden_row_is_null_for_eight_roles(query: str, make: Any) -> None:
    shown, hidden = make(False), make(True)
    home = LogeFactory(active=True)

    for role, person in {role: make_viewer(home) for role, make_viewer in VIEWERS.items()}.items():
        found = asked(GUARDED, query, person)
        assert (told(found, hidden), told(found, shown)) == (0, 1), role
    assert told(asked(BARE, query), hidden) == 1


def test_row_that_a_mutation_hid_is_not_told_although_it_was_marked() -> None:
    row = ExpertProfileFactory(published=True)
    query = f"mutation {{ hideExpert {{ thing {TOLD} things {TOLD} }} }}"

    assert asked(GUARDED, query) == {"hideExpert": {"thing": None, "things": []}}
    models.ExpertProfile.objects.update(state="PUBLISHED")
    assert told(asked(BARE, query), row) == 2


def test_mark_of_a_lesser_rule_is_none() -> None:
    event = _event(live=False)
    marked = permissions.visible(models.Event.objects.all(), None).get(pk=event.pk)

    assert marked.__dict__["shown_by"] == "visible"
    assert guard.rule_of(models.Event) == "calendar"
    assert not guard.shown(models.Event.objects.all(), AnonymousUser()).exists()


def test_field_that_may_not_be_null_takes_its_object_along() -> None:
    query = f'{{ required(model: "loges.ExpertProfile", pk: {ExpertProfileFactory().pk}) {{ id }} }}'

    assert GUARDED.execute_sync(query, context_value=_context(AnonymousUser())).data is None


# --- What it costs --------------------------------------------------------------------------------


def statements(query: str, **variables: Any) -> int:
    """How many statements an answer takes."""
    with CaptureQueriesContext(database) as found:
        asked(GUARDED, query, **variables)
    return len(found)


@every_key
def test_foreign_keys_are_asked_about_together(query: str, make: Any) -> None:
    make(False)
    one = statements(query)
    for hidden in (False, True) * 10:
        make(hidden)

    assert statements(query) == one == 2


@pytest.mark.parametrize("name", ["list", "queryset", "connection"])
def test_rows_of_a_list_are_asked_about_together(name: str) -> None:
    for n in range(20):
        ExpertProfileFactory(published=bool(n % 2))

    assert statements(WAYS[name], model="loges.ExpertProfile") == 2


# --- The schema -----------------------------------------------------------------------------------


def test_every_type_of_a_model_asks_for_what_may_be_shown() -> None:
    types = {
        definition.definition.origin
        for definition in schema.schema_converter.type_map.values()
        if get_django_definition(getattr(definition.definition, "origin", None)) is not None
    }

    assert len(types) > 18
    assert [kind.__name__ for kind in types if not issubclass(kind, Guarded)] == []


def test_every_type_of_a_guarded_model_shows_what_the_guard_shows() -> None:
    info: Any = SimpleNamespace(context=_context(PersonFactory(superuser=True)))

    for row in [make() for _, make in THINGS.values()]:
        (kind,) = [kind for kind in TYPES if kind.__name__ == type(row).__name__]
        assert not kind.get_queryset(type(row)._default_manager.filter(pk=row.pk), info).exists(), row


def test_schema_has_the_guard() -> None:
    assert VisibilityGuard in schema.extensions
