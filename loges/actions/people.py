"""Accounts and the legal side of those who earn."""

from datetime import datetime

from django.db import IntegrityError, transaction

from loges import permissions
from loges.models import BusinessIdentity, Person
from loges.permissions import NotAllowed, Viewer


class EmailTaken(Exception):
    """An account with this e-mail exists."""


@transaction.atomic
def register(
    *,
    by: Viewer,
    email: str,
    first_name: str,
    last_name: str = "",
    password: str | None = None,
    is_staff: bool = False,
    now: datetime,
) -> Person:
    """Create an account that logs in by e-mail; without a password it can't log in yet.

    Only an administrator (or the system) takes somebody into the team. Raises EmailTaken, NotAllowed.
    """
    if is_staff and by is not None and not by.is_superuser:
        raise NotAllowed("Person.register in the team")
    person = Person(email=email, first_name=first_name, last_name=last_name, is_staff=is_staff, joined_at=now)
    person.set_password(password)
    person.full_clean(exclude=["password"], validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise EmailTaken(email) from error
    return person


@transaction.atomic
def declare_business(
    *, by: Viewer, person: Person, legal_status: str, vat_regime: str = "FRANCHISE", vat_basis_points: int = 0
) -> BusinessIdentity:
    """Record (or replace) how a person is in business; VAT rate in basis points, 0 under the franchise.

    They say so themselves, or whoever keeps their profile. Raises NotAllowed, ValidationError.
    """
    if by is not None and by != person and not permissions.scope(person.expert_profiles.all(), by, "edit").exists():
        raise NotAllowed("BusinessIdentity.declare")
    identity = BusinessIdentity.objects.filter(person=person).first() or BusinessIdentity(person=person)
    identity.legal_status, identity.vat_regime = legal_status, vat_regime
    identity.vat_basis_points = vat_basis_points
    identity.full_clean()
    identity.save()
    return identity
