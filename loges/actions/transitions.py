"""Takes a thing from one state to another by its machine's table, and writes it down."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from loges import permissions
from loges.machines import Machine, Transition
from loges.models import Person, TransitionLog
from loges.permissions import Viewer

M = TypeVar("M", bound=Model)


class WrongState(Exception):
    """The thing's state doesn't allow this transition."""


def begin(thing: Model, machine: Machine, *, by: Viewer, now: datetime, transition: str = "create") -> None:
    """Write down that a thing was made, in its machine's first state. Raises NotAllowed."""
    rule = next(t for t in machine.transitions if not t.sources and t.name == transition)
    if not rule.actors & permissions.actors(by, thing):
        raise permissions.NotAllowed(f"{machine.name}.{transition}")
    _log(thing, machine, transition, "", machine.initial, by, now, "")


@transaction.atomic
def take(
    thing: M, machine: Machine, transition: str, *, by: Viewer, now: datetime, note: str = "", **changes: object
) -> M:
    """Take `thing` through `transition`, with `changes` to other fields in the same write.

    The row is locked and its state read again first, so that of two people who decide at once the second is
    refused. Raises WrongState or NotAllowed.
    """
    current = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    source: str = current.state  # type: ignore[attr-defined]
    rule = check(current, machine, transition, by=by)
    for name, value in {"state": rule.target, **changes}.items():
        setattr(thing, name, value)
    thing.save(update_fields=["state", *changes])
    _log(thing, machine, transition, source, rule.target, by, now, note)
    return thing


def check(thing: Model, machine: Machine, transition: str, *, by: Viewer) -> Transition:
    """The rule by which `thing` may go through `transition`. Raises WrongState or NotAllowed."""
    source: str = thing.state  # type: ignore[attr-defined]
    rule = machine.find(transition, source)
    if rule is None:
        raise WrongState(f"{machine.name}.{transition} from {source}")
    if not rule.actors & permissions.actors(by, thing):
        raise permissions.NotAllowed(f"{machine.name}.{transition}")
    return rule


def _log(
    thing: Model, machine: Machine, name: str, source: str, target: str, by: Viewer, now: datetime, note: str
) -> None:
    TransitionLog.objects.create(
        machine=machine.name,
        object_id=thing.pk,
        transition=name,
        from_state=source,
        to_state=target,
        actor=by if isinstance(by, Person) else None,
        note=note,
        at=now,
    )
