"""`manage.py describe_permissions`: who may do what, as the page docs/reference/permissions.md."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Model

from loges import permissions
from loges.machines import LOGE, Actor
from loges.models import Loge
from loges.permissions import Rule

HEAD = """# Permissions

Made by `manage.py describe_permissions` from `loges/permissions.py`, `cms/rules.py` and `loges/machines.py`; a test
keeps it fresh.

A right holds through a global permission (OpenLoge's team) or a grant on one loge (django-guardian), as long as the
grant hasn't ended: dated roles end by themselves. Everything else derives its right from its loge. An action that
isn't listed is refused.
"""


class Command(BaseCommand):
    """Prints the page."""

    help = "Décrit qui peut faire quoi, d'après le livre des droits."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write("\n".join((HEAD, *_roles(), *_actions(), *_fields(), *_transitions())))


def _roles() -> Iterator[str]:
    yield "## Roles in a loge\n"
    yield "| Role | What it is | Permissions on the loge | Ends by itself |"
    yield "|---|---|---|---|"
    for code, role in permissions.ROLES.items():
        held = ", ".join(f"`{name}`" for name in sorted(role.permissions)) or "none"
        yield f"| `{code}` | {role.description} | {held} | {'yes' if role.is_dated else 'no'} |"
    yield ""


def _actions() -> Iterator[str]:
    names = dict(Loge._meta.permissions)
    yield "## What each permission opens\n"
    yield "Models that share their rules share their lines.\n"
    yield "| Thing | Actions | Permission | While the loge is | Roles that hold it |"
    yield "|---|---|---|---|---|"
    for models, rules in _shared():
        things = ", ".join(model.__name__ for model in models)
        for rule in dict.fromkeys(rules.values()):
            actions = ", ".join(action for action, asked in rules.items() if asked == rule)
            states = ", ".join(LOGE.states[state] for state in rule.loge_states) or "in any state"
            reached = models[0] in permissions.LOGE_PATH and not rule.for_team
            roles = (_holders(rule.permission) if reached else "") or "the team alone"
            yield f"| {things} | {actions} | `{rule.permission}` | {states} | {roles} |"
    yield ""
    yield from (f"- `{code}`: {name}" for code, name in names.items())
    yield ""


def _fields() -> Iterator[str]:
    yield "## Fields that aren't for everybody\n"
    yield "Whoever sees a thing reads its fields, but for these. Pages, calendars and feeds, which many people"
    yield "read at one address, tell them to nobody; GraphQL tells those who hold the permission.\n"
    yield "| Field | Permission | Roles that hold it | Why it is kept |"
    yield "|---|---|---|---|"
    for model, fields in permissions.FIELDS.items():
        for name, guarded in fields.items():
            who = f"`{guarded.permission}` | {_holders(guarded.permission) or 'the team alone'}"
            yield f"| {model.__name__}.{name} | {who} | {guarded.reason} |"
    yield ""
    yield "A person's telephone number and e-mail address are in no public answer; of the last name, the initial is."
    yield ""


def _shared() -> Iterator[tuple[list[type[Model]], dict[str, Rule]]]:
    """The rules of the book, each once, with the models that have them: with a loge, or without."""
    book, with_loge = permissions.RULES, permissions.LOGE_PATH
    for model, rules in book.items():
        alike = [other for other in book if book[other] == rules and (other in with_loge) == (model in with_loge)]
        if alike[0] is model:
            yield alike, rules


def _holders(permission: str) -> str:
    return ", ".join(f"`{code}`" for code, role in permissions.ROLES.items() if permission in role.permissions)


def _transitions() -> Iterator[str]:
    yield "## Who changes the state of a loge\n"
    yield "| Change | From | To | By |"
    yield "|---|---|---|---|"
    for rule in LOGE.transitions:
        who = ", ".join(actor.value for actor in Actor if actor in rule.actors)
        sources = ", ".join(LOGE.states[source] for source in rule.sources) or "nothing"
        yield f"| {rule.name} | {sources} | {LOGE.states[rule.target]} | {who} |"
    yield ""
    leading = [f"`{code}`" for code, role in permissions.ROLES.items() if role.acts_as is Actor.COORDINATOR]
    yield f"COORDINATOR is whoever holds {' or '.join(leading)} in that loge now; TEAM is OpenLoge's staff."
