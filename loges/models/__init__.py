"""The domain's tables, one module per subject."""

from loges.models.demand import SearchMiss
from loges.models.events import Event, EventOccurrence, EventSpeaker
from loges.models.experts import (
    PRESENTATION_LENGTH,
    AvailabilityException,
    AvailabilityRule,
    ExpertProfile,
    Offer,
    Review,
    Verification,
    Weekday,
)
from loges.models.money import CommissionPolicy
from loges.models.people import BusinessIdentity, Person
from loges.models.places import Loge, LogeMembership, LogeUserPermission, Territory, TransitionLog
from loges.models.services import (
    AmbiguousChoice,
    AmbiguousTerm,
    ForeignPhrase,
    PriceUnit,
    Service,
    ServiceFamily,
    ServicePhrase,
    VocabularyVersion,
)

__all__ = [
    "PRESENTATION_LENGTH",
    "AmbiguousChoice",
    "AmbiguousTerm",
    "AvailabilityException",
    "AvailabilityRule",
    "BusinessIdentity",
    "CommissionPolicy",
    "Event",
    "EventOccurrence",
    "EventSpeaker",
    "ExpertProfile",
    "ForeignPhrase",
    "Loge",
    "LogeMembership",
    "LogeUserPermission",
    "Offer",
    "Person",
    "PriceUnit",
    "Review",
    "SearchMiss",
    "Service",
    "ServiceFamily",
    "ServicePhrase",
    "Territory",
    "TransitionLog",
    "Verification",
    "VocabularyVersion",
    "Weekday",
]
