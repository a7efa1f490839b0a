"""Ways to hide a page or a folder from readers, each with who may still see it and who may not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from loges.models import Person
from tests.factories import PersonFactory

ANYBODY = None
"""A stranger without an account."""


@dataclass(frozen=True)
class Readers:
    """Who may see what was hidden, and who may not; None is a stranger."""

    welcome: list[Person] = field(default_factory=list)
    unwelcome: list[Person | None] = field(default_factory=list)

    def each(self) -> list[tuple[Person | None, bool]]:
        """All of them, each with whether they may."""
        return [(person, False) for person in self.unwelcome] + [(person, True) for person in self.welcome]


def log_in(client: Client, person: Person | None) -> None:
    """Make that person (or a stranger) the one who asks."""
    client.logout()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


def _behind(model: Any, **place: Any) -> dict[str, Callable[[], Readers]]:
    """The three kinds of restriction, on a page or a collection."""

    def login() -> Readers:
        model.objects.create(restriction_type="login", **place)
        return Readers([PersonFactory()], [ANYBODY])

    def group() -> Readers:
        theirs = Group.objects.create(name="Voisins")
        model.objects.create(restriction_type="groups", **place).groups.add(theirs)
        member, other = PersonFactory(), PersonFactory()
        member.groups.add(theirs)
        other.groups.add(Group.objects.create(name="D'autres"))
        return Readers([member, PersonFactory(superuser=True)], [ANYBODY, other])

    def password() -> Readers:
        model.objects.create(restriction_type="password", password="sésame", **place)
        return Readers([], [ANYBODY, PersonFactory(), PersonFactory(superuser=True)])

    return {"log-in": login, "group": group, "password": password}


def behind(kind: str, page: Page) -> Readers:
    """Restrict a page by log-in, group or password."""
    return _behind(PageViewRestriction, page=page)[kind]()


def folder(kind: str) -> tuple[Collection, Readers]:
    """A folder that is restricted by log-in, group or password; "below ..." for one inside a restricted folder."""
    root = Collection.get_first_root_node()
    outer = root.add_child(instance=Collection(name="Chut"))
    inner = outer.add_child(instance=Collection(name="Dedans"))
    readers = _behind(CollectionViewRestriction, collection=outer)[kind.removeprefix("below ")]()
    return (inner if kind.startswith("below ") else outer), readers


def hide(kind: str, page: Page) -> Readers:
    """Hide a page in one of the ways of KINDS; a "draft" must have been written as one."""
    nobody = Readers([], [ANYBODY, PersonFactory(), PersonFactory(superuser=True)])
    if kind == "draft":
        assert not page.live
        return nobody
    if kind == "taken offline":
        page.unpublish()
        return nobody
    if kind == "log-in above a group":
        behind("log-in", page.get_parent())
        return behind("group", page)
    if kind.startswith("below "):
        return behind(kind.removeprefix("below "), page.get_parent())
    return behind(kind, page)


RESTRICTIONS = ("log-in", "group", "below log-in", "below group", "log-in above a group")
"""Ways to hide a page that leave it open to some."""
CLOSED = ("password", "below password")
"""Ways to hide a page that leave it open to nobody here."""
KINDS = ("draft", "taken offline", *RESTRICTIONS, *CLOSED)
"""All the ways to hide a page."""
FOLDERS = ("log-in", "group", "password", "below log-in", "below group", "below password")
"""All the ways to hide a folder."""
