"""Experts, what they offer, what was checked about them and what is said of them."""

from datetime import time

import factory

from loges import signals
from loges.models import (
    AvailabilityException,
    AvailabilityRule,
    ExpertProfile,
    Offer,
    Review,
    Verification,
)
from tests.factories.moments import NOW, TODAY
from tests.factories.people import BusinessIdentityFactory, PersonFactory
from tests.factories.places import LogeFactory, LogeMembershipFactory
from tests.factories.services import ServiceFactory


class OfferFactory(factory.django.DjangoModelFactory[Offer]):
    """A service at 25 euros an hour; trait: `on_quote` (no price)."""

    class Meta:
        model = Offer

    class Params:
        on_quote = factory.Trait(unit="QUOTE", price_cents=None)

    expert = factory.SubFactory("tests.factories.experts.ExpertProfileFactory")
    service = factory.SubFactory(ServiceFactory)
    unit = "HOUR"
    price_cents = 2_500


class VerificationFactory(factory.django.DjangoModelFactory[Verification]):
    """A signed charter; trait: `insured` (until the end of the year)."""

    class Meta:
        model = Verification

    class Params:
        insured = factory.Trait(kind="INSURED", expires_on=TODAY.replace(month=12, day=31))

    expert = factory.SubFactory("tests.factories.experts.ExpertProfileFactory")
    kind = "CHARTER"
    checker_role = "COORDINATOR"
    checked_on = TODAY


class ExpertProfileFactory(factory.django.DjangoModelFactory[ExpertProfile]):
    """A draft in an active loge, at the centre of its territory, whose person is a member of the loge.

    Traits: `submitted`, `published`, `paused`, `suspended`, and `papers`: the charter, the legal status and the
    offer without which nobody is published.
    """

    class Meta:
        model = ExpertProfile
        skip_postgeneration_save = True

    class Params:
        submitted = factory.Trait(state="AWAITING_COORDINATOR")
        published = factory.Trait(state="PUBLISHED", published_at=NOW)
        paused = factory.Trait(state="PAUSED", published_at=NOW)
        suspended = factory.Trait(state="SUSPENDED", published_at=NOW)
        papers = factory.Trait(
            charter=factory.RelatedFactory(VerificationFactory, factory_related_name="expert"),
            first_offer=factory.RelatedFactory(OfferFactory, factory_related_name="expert"),
            identity=factory.RelatedFactory(BusinessIdentityFactory, person=factory.SelfAttribute("..person")),
        )

    person = factory.SubFactory(PersonFactory)
    loge = factory.SubFactory(LogeFactory, active=True)
    slug = factory.Sequence(lambda n: f"profil-{n}")
    headline = "Un coup de main entre voisins"
    languages = factory.LazyFunction(lambda: ["fr"])
    latitude = factory.LazyAttribute(lambda made: made.loge.territory.latitude)
    longitude = factory.LazyAttribute(lambda made: made.loge.territory.longitude)
    created_at = NOW
    membership = factory.RelatedFactory(
        LogeMembershipFactory, person=factory.SelfAttribute("..person"), loge=factory.SelfAttribute("..loge")
    )


class AvailabilityRuleFactory(factory.django.DjangoModelFactory[AvailabilityRule]):
    """Free on Mondays from 9 to 12."""

    class Meta:
        model = AvailabilityRule

    expert = factory.SubFactory(ExpertProfileFactory)
    weekday = 0
    starts = time(9)
    ends = time(12)


class AvailabilityExceptionFactory(factory.django.DjangoModelFactory[AvailabilityException]):
    """Away on one morning."""

    class Meta:
        model = AvailabilityException

    expert = factory.SubFactory(ExpertProfileFactory)
    on = TODAY
    starts = time(9)
    ends = time(12)


class ReviewFactory(factory.django.DjangoModelFactory[Review]):
    """Five sealed stars; traits: `published`, `reported`. The expert's rating isn't counted again."""

    class Meta:
        model = Review

    class Params:
        published = factory.Trait(state="PUBLISHED", published_at=NOW)
        reported = factory.Trait(state="REPORTED", published_at=NOW)

    expert = factory.SubFactory(ExpertProfileFactory, published=True)
    author = factory.SubFactory(PersonFactory)
    author_first_name = factory.LazyAttribute(lambda made: made.author.first_name if made.author else "Zoé")
    rating = 5
    text = "Un vrai bon voisin."
    experience_on = TODAY
    left_at = NOW


def tell(*experts: ExpertProfile) -> None:
    """Send the news that actions send and factories don't: these experts changed."""
    signals.experts_changed.send(ExpertProfile, ids=[expert.pk for expert in experts])
