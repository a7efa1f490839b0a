"""What every resolver knows about the request: who asks, and at which instant."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TypeAlias

import strawberry
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest

from cms import queries
from cms.models import BadgeText
from loges import clock, permissions, recurrence
from loges.models import Person


@dataclass
class Context:
    """The request, its person and its instant; read once, the same for the whole answer."""

    request: HttpRequest
    now: datetime = field(default_factory=clock.now)
    _loges_where: dict[str, frozenset[int]] = field(default_factory=dict)

    @cached_property
    def person(self) -> Person | AnonymousUser:
        """Who asks. Without a session cookie nobody is looked up."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, Person) else AnonymousUser()

    @cached_property
    def badge_texts(self) -> dict[str, BadgeText]:
        """The team's words about badges, by kind: one statement for the whole answer, none if nobody asks."""
        return queries.badge_texts()

    def may_read(self, name: str, thing: Model) -> bool:
        """As `loges.permissions.may_read`, of whoever asks: one statement for a whole answer, none for strangers."""
        permission = permissions.needed_to_read(name, thing)
        return permission is None or self.may(permission, permissions.loge_id_of(thing))

    def may(self, permission: str, loge_id: int | None) -> bool:
        """Whether whoever asks holds a permission on that loge: as cheap as `may_read`."""
        if permission not in self._loges_where:
            self._loges_where[permission] = permissions.loges_where(self.person, permission)
        return loge_id in self._loges_where[permission]

    @property
    def today(self) -> date:
        """The local day of the answer."""
        return recurrence.local_day(self.now)


Info: TypeAlias = strawberry.Info[Context, None]
