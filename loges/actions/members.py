"""Somebody is taken into a loge by their e-mail, with an account if they have none yet."""

import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction

from loges import clock, permissions, recurrence
from loges.actions import loges, people
from loges.models import Loge, LogeMembership, Person
from loges.permissions import NotAllowed, Viewer


class NoAccount(Exception):
    """Nobody has this e-mail, and no first name was given to make an account."""


@transaction.atomic
def take_in(
    *,
    by: Viewer,
    loge: Loge,
    email: str,
    role: str,
    first_name: str = "",
    last_name: str = "",
    until_on: date | None = None,
    now: datetime,
) -> LogeMembership:
    """Give whoever has that e-mail a role in a loge, `until_on` the last day of a dated one.

    Raises NoAccount, ValidationError (a field), and what `loges.appoint` raises.
    """
    if not permissions.may_appoint(by, loge):
        raise NotAllowed("Loge.take_in")
    person = Person.objects.filter(email=email.strip().lower()).first()
    clock.check_day("until_on", until_on)
    if person is None and not first_name.strip():
        raise NoAccount(email)
    if person is None:
        person = people.register(
            by=by,
            email=email,
            first_name=first_name,
            last_name=last_name,
            password=secrets.token_urlsafe(30),  # nobody knows it: the link of the message replaces it
            now=now,
        )
    until = recurrence.instant(until_on + timedelta(days=1), time()) if until_on else None
    return loges.appoint(by=by, loge=loge, person=person, role=role, until=until, now=now)
