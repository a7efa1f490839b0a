"""The policy of shares."""

from datetime import date

from django.db import transaction

from loges import permissions
from loges.models import CommissionPolicy, Person
from loges.permissions import Viewer


@transaction.atomic
def adopt(
    *, by: Viewer, version: str, coordinator_basis_points: int, openloge_basis_points: int, valid_from_on: date
) -> CommissionPolicy:
    """Adopt a new version of the shares from a day on; earlier versions stay as they were. Raises ValidationError."""
    if by is not None and not (isinstance(by, Person) and by.is_superuser):
        raise permissions.NotAllowed("CommissionPolicy.adopt")
    policy = CommissionPolicy(
        version=version,
        coordinator_basis_points=coordinator_basis_points,
        openloge_basis_points=openloge_basis_points,
        valid_from_on=valid_from_on,
    )
    policy.full_clean()
    policy.save()
    return policy
