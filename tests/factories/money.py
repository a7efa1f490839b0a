"""The policy of shares."""

import factory

from loges.models import CommissionPolicy
from tests.factories.moments import TODAY


class CommissionPolicyFactory(factory.django.DjangoModelFactory[CommissionPolicy]):
    """8.35 % and 8.35 %, in force since the beginning of the year."""

    class Meta:
        model = CommissionPolicy
        django_get_or_create = ("version",)

    version = "2026-01"
    valid_from_on = TODAY.replace(month=1, day=1)
