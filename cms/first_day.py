"""What every installation begins with: the taxonomy, the rules of sharing, the skeleton of the site."""

from datetime import date

from django.db import transaction

from cms import tree
from cms.models import HomePage
from loges.actions import money, services
from loges.models import CommissionPolicy

FIRST_POLICY = "2025-1"
"""The founders' rule: 8.35 % HT to the coordinator, 8.35 % HT to OpenLoge."""


@transaction.atomic
def prepare() -> HomePage:
    """Make what is missing, and answer the home page. Idempotent: what was edited stays."""
    services.load()
    if not CommissionPolicy.objects.exists():
        money.adopt(
            by=None,
            version=FIRST_POLICY,
            coordinator_basis_points=835,
            openloge_basis_points=835,
            valid_from_on=date(2025, 1, 1),
        )
    return tree.plant()
