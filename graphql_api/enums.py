"""The enums of the schema, made from the domain's own choices so that no value is written twice."""

import enum
from typing import Any

import strawberry
from django.db.models import TextChoices

from cms.images import PRESETS
from loges import machines
from loges.models import BusinessIdentity, Event, Service, Verification
from loges.models import PriceUnit as PriceUnitChoices


def _enum(name: str, values: dict[str, str], description: str) -> Any:
    """A GraphQL enum whose values are told in French words."""
    made = enum.Enum(name, {value: strawberry.enum_value(value, description=text) for value, text in values.items()})  # type: ignore[misc]
    return strawberry.enum(made, name=name, description=description)


def _choices(choices: type[TextChoices]) -> dict[str, str]:
    return {str(value): f"« {label} »" for value, label in choices.choices}


LogeState = _enum("LogeState", machines.LOGE.states, "Where a loge stands in its life.")
EventOccurrenceState = _enum(
    "EventOccurrenceState", machines.EVENT_OCCURRENCE.states, "What became of one date of an event."
)
PriceUnit = _enum("PriceUnit", _choices(PriceUnitChoices), "What a price is for.")
SapStatus = _enum("SapStatus", _choices(Service.Sap), "Whether a service counts as « service à la personne ».")
VenueKind = _enum("VenueKind", _choices(Event.VenueKind), "Where neighbours meet.")
BadgeCode = _enum("BadgeCode", _choices(Verification.Kind), "What was checked about an expert.")
CheckerRole = _enum("CheckerRole", _choices(Verification.CheckerRole), "As whom somebody checked.")
LegalStatus = _enum("LegalStatus", _choices(BusinessIdentity.LegalStatus), "How an expert is in business.")
ImageSize = _enum(
    "ImageSize",
    {name: preset.description for name, preset in PRESETS.items()},
    "The sizes that pictures are made in; there are no others.",
)


@strawberry.enum
class ShareKind(enum.Enum):
    """Who a share of the money goes to."""

    EXPERT = strawberry.enum_value("EXPERT", description="The expert who rendered the service: the rest.")
    COORDINATOR = strawberry.enum_value("COORDINATOR", description="The coordinator of the loge.")
    OPENLOGE = strawberry.enum_value("OPENLOGE", description="OpenLoge, for the site and the network.")


@strawberry.enum
class Currency(enum.Enum):
    """The currencies in which amounts are told."""

    EUR = strawberry.enum_value("EUR", description="Euro; amounts are in cents.")
