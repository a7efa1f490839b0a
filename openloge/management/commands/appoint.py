"""`manage.py appoint`: give somebody a role in a loge, and an account if they have none."""

import secrets
from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from loges import clock, permissions
from loges.actions import loges, people
from loges.models import Loge, Person


class Command(BaseCommand):
    """One call of `loges.actions.loges.appoint`; those who may work in the admin get a message with the way in."""

    help = "Donne à quelqu'un un rôle dans une loge ; son invitation part par courriel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, where, as what, how long."""
        parser.add_argument("email", help="son adresse")
        parser.add_argument("loge", help="l'identifiant de la loge")
        parser.add_argument("role", choices=sorted(permissions.ROLES), help="le rôle")
        parser.add_argument("--first-name", help="son prénom, pour créer son compte")
        parser.add_argument("--last-name", default="", help="son nom, pour créer son compte")
        parser.add_argument("--until", type=date.fromisoformat, help="le dernier jour (2026-12-31), pour un intérim")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint them."""
        now = clock.now()
        loge = found_loge(options["loge"])
        person = Person.objects.filter(email=options["email"].strip().lower()).first()
        if person is None and not options["first_name"]:
            raise CommandError(f"Aucun compte pour {options['email']} : donnez --first-name pour le créer.")
        if person is None:
            person = people.register(
                by=None,
                email=options["email"],
                first_name=options["first_name"],
                last_name=options["last_name"],
                password=secrets.token_urlsafe(30),  # nobody knows it: the link of the message replaces it
                now=now,
            )
        try:
            member = loges.appoint(
                by=None, loge=loge, person=person, role=options["role"], until=_end_of(options["until"]), now=now
            )
        except loges.AlreadyMember as error:
            raise CommandError(f"{person} a déjà ce rôle dans {loge.name}.") from error
        except loges.EndNeeded as error:
            is_dated = permissions.ROLES[options["role"]].is_dated
            wanted = "demande une date à venir : --until" if is_dated else "n'a pas de fin : retirez --until"
            raise CommandError(f"Ce rôle {wanted}.") from error
        self.stdout.write(f"{member}.")


def found_loge(slug: str) -> Loge:
    """The loge with that slug. Raises CommandError."""
    loge = Loge.objects.filter(slug=slug).first()
    if loge is None:
        known = ", ".join(Loge.objects.order_by("slug").values_list("slug", flat=True)[:20]) or "aucune"
        raise CommandError(f"Aucune loge « {slug} ». Celles qu'il y a : {known}.")
    return loge


def _end_of(day: date | None) -> datetime | None:
    """The end of a last day, local time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) if day else None
