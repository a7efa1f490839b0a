"""Loges, their territories, teams and grants."""

from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth.models import Permission

from loges.models import Loge, LogeMembership, LogeUserPermission, Territory, TransitionLog
from loges.permissions import ROLES
from tests.factories.moments import NOW
from tests.factories.people import PersonFactory


class TerritoryFactory(factory.django.DjangoModelFactory[Territory]):
    """A circle of 900 m on Lyon's hill of la Croix-Rousse."""

    class Meta:
        model = Territory

    loge = factory.SubFactory("tests.factories.places.LogeFactory", territory=None)
    latitude = 45.7745
    longitude = 4.8318
    radius_meters = 900
    postcodes = factory.LazyFunction(lambda: ["69004"])


class LogeFactory(factory.django.DjangoModelFactory[Loge]):
    """A loge in preparation, with its territory; traits: `pending`, `active`, `paused`, `closed`."""

    class Meta:
        model = Loge
        skip_postgeneration_save = True

    class Params:
        pending = factory.Trait(state="PENDING_OPENING")
        active = factory.Trait(state="ACTIVE", opened_at=NOW)
        paused = factory.Trait(state="PAUSED", opened_at=NOW)
        closed = factory.Trait(state="CLOSED")

    slug = factory.Sequence(lambda n: f"loge-{n}")
    name = factory.Sequence(lambda n: f"Loge du Quartier {n}")
    city = "Lyon"
    neighbourhood = factory.Sequence(lambda n: f"Quartier {n}")
    created_at = NOW
    territory = factory.RelatedFactory(TerritoryFactory, factory_related_name="loge")


class LogeMembershipFactory(factory.django.DjangoModelFactory[LogeMembership]):
    """An expert's membership, with the grants that its role brings.

    Traits: `coordinator`, `co_coordinator`, `supporter`, `contributor`, `interim` and `helping` (until two weeks
    after NOW), `ended`.
    """

    class Meta:
        model = LogeMembership
        skip_postgeneration_save = True

    class Params:
        coordinator = factory.Trait(role="COORDINATOR")
        co_coordinator = factory.Trait(role="CO_COORDINATOR")
        contributor = factory.Trait(role="CONTRIBUTOR")
        supporter = factory.Trait(role="SUPPORTER")
        interim = factory.Trait(role="INTERIM", ends_at=NOW + timedelta(days=14))
        helping = factory.Trait(role="HELPING_EXPERT", ends_at=NOW + timedelta(days=14))
        ended = factory.Trait(ends_at=NOW - timedelta(days=1))

    loge = factory.SubFactory(LogeFactory, active=True)
    person = factory.SubFactory(PersonFactory)
    role = "EXPERT"
    starts_at = NOW - timedelta(days=60)  # so that it may end at NOW

    @factory.post_generation
    def grants(self: LogeMembership, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]
        """Give the grants that the action would have given."""
        if create and (self.ends_at is None or self.ends_at > NOW):
            for codename in sorted(ROLES[self.role].permissions):
                LogeUserPermissionFactory(
                    user=self.person, content_object=self.loge, codename=codename, until=self.ends_at
                )


class LogeUserPermissionFactory(factory.django.DjangoModelFactory[LogeUserPermission]):
    """A grant on one loge: `codename` says which."""

    class Meta:
        model = LogeUserPermission

    class Params:
        codename = "edit_content"

    user = factory.SubFactory(PersonFactory)
    content_object = factory.SubFactory(LogeFactory)
    permission = factory.LazyAttribute(
        lambda made: Permission.objects.get(codename=made.codename, content_type__app_label="loges")
    )


class TransitionLogFactory(factory.django.DjangoModelFactory[TransitionLog]):
    """The line that a loge's creation leaves."""

    class Meta:
        model = TransitionLog

    machine = "Loge"
    object_id = 1
    transition = "create"
    to_state = "PREPARING"
    at = NOW
