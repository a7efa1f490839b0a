"""One factory per model of the domain. They write rows and send no news: `tell` does, where search must hear."""

from tests.factories.demand import SearchMissFactory
from tests.factories.events import EventFactory, EventOccurrenceFactory, EventSpeakerFactory
from tests.factories.experts import (
    AvailabilityExceptionFactory,
    AvailabilityRuleFactory,
    ExpertProfileFactory,
    OfferFactory,
    ReviewFactory,
    VerificationFactory,
    tell,
)
from tests.factories.moments import NOW, TODAY
from tests.factories.money import CommissionPolicyFactory
from tests.factories.people import BusinessIdentityFactory, PersonFactory
from tests.factories.places import (
    LogeFactory,
    LogeMembershipFactory,
    LogeUserPermissionFactory,
    TerritoryFactory,
    TransitionLogFactory,
)
from tests.factories.services import (
    AmbiguousChoiceFactory,
    AmbiguousTermFactory,
    ForeignPhraseFactory,
    ServiceFactory,
    ServiceFamilyFactory,
    ServicePhraseFactory,
    VocabularyVersionFactory,
)

__all__ = [
    "NOW",
    "TODAY",
    "AmbiguousChoiceFactory",
    "AmbiguousTermFactory",
    "AvailabilityExceptionFactory",
    "AvailabilityRuleFactory",
    "BusinessIdentityFactory",
    "CommissionPolicyFactory",
    "EventFactory",
    "EventOccurrenceFactory",
    "EventSpeakerFactory",
    "ExpertProfileFactory",
    "ForeignPhraseFactory",
    "LogeFactory",
    "LogeMembershipFactory",
    "LogeUserPermissionFactory",
    "OfferFactory",
    "PersonFactory",
    "ReviewFactory",
    "SearchMissFactory",
    "ServiceFactory",
    "ServiceFamilyFactory",
    "ServicePhraseFactory",
    "TerritoryFactory",
    "TransitionLogFactory",
    "VerificationFactory",
    "VocabularyVersionFactory",
    "tell",
]
