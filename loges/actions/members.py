"""Somebody is taken into a loge by their e-mail, with a role or as an expert; who has no account gets one."""

import secrets
from datetime import date, datetime, time, timedelta
from itertools import chain, count

from django.db import transaction
from django.utils.text import slugify

from loges import clock, permissions, recurrence
from loges.actions import experts, loges, people
from loges.models import ExpertProfile, Loge, LogeMembership, Person
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
    clock.check_day("until_on", until_on)
    person = _account(by, email, first_name, last_name, now)
    until = recurrence.instant(until_on + timedelta(days=1), time()) if until_on else None
    return loges.appoint(by=by, loge=loge, person=person, role=role, until=until, now=now)


@transaction.atomic
def take_in_expert(
    *, by: Viewer, loge: Loge, email: str, headline: str, first_name: str = "", last_name: str = "", now: datetime
) -> ExpertProfile:
    """Begin the profile of whoever has that e-mail, in French, in the middle of the loge's territory.

    Raises NotAllowed, NoAccount, AccountClosed, ValidationError (a field, or a profile elsewhere).
    """
    permissions.check(by, "create", ExpertProfile(loge=loge))
    person = _account(by, email, first_name, last_name, now)
    return experts.create(
        by=by,
        loge=loge,
        person=person,
        slug=_free_slug(loge, person),
        headline=headline,
        presentation="",
        languages=["fr"],
        position=loge.territory.shape.center,
        now=now,
    )


def _free_slug(loge: Loge, person: Person) -> str:
    """The first name, with a number where others of the loge have it already."""
    name = slugify(person.first_name)[:50] or "expert"
    taken = set(ExpertProfile.objects.filter(loge=loge, slug__startswith=name).values_list("slug", flat=True))
    numbered = (f"{name}-{number}" for number in count(2))
    return next(slug for slug in chain([name], numbered) if slug not in taken)


def _account(by: Viewer, email: str, first_name: str, last_name: str, now: datetime) -> Person:
    """Whoever has that e-mail; a new account where nobody has."""
    known = Person.objects.filter(email=email.strip().lower()).first()
    if known is not None:
        return known
    if not first_name.strip():
        raise NoAccount(email)
    return people.register(
        by=by,
        email=email,
        first_name=first_name,
        last_name=last_name,
        password=secrets.token_urlsafe(30),  # nobody knows it: the link of a message replaces it
        now=now,
    )
