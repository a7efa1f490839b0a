"""A small town in the database: two loges, the taxonomy, and shortcuts to ask the search of the doors."""

from dataclasses import dataclass
from typing import Any

from loges.actions import services
from loges.models import ExpertProfile, Loge, Person, Service
from search.queries import ExpertSearch, search_experts
from tests.factories import (
    ExpertProfileFactory,
    LogeFactory,
    LogeMembershipFactory,
    OfferFactory,
    PersonFactory,
    tell,
)


@dataclass(frozen=True)
class Town:
    """The loge of la Croix-Rousse in Lyon, that of Wazemmes in Lille, the team and Lyon's coordinator."""

    lyon: Loge
    lille: Loge
    team: Person
    coordinator: Person


def build() -> Town:
    """Write the town and the whole reference taxonomy, told as their actions would."""
    lyon = LogeFactory(
        active=True,
        slug="lyon-croix-rousse",
        name="Loge de la Croix-Rousse",
        neighbourhood="Croix-Rousse",
        also_called=["le Plateau"],
    )
    lille = LogeFactory(
        active=True,
        slug="lille-wazemmes",
        name="Loge de Wazemmes",
        city="Lille",
        neighbourhood="Wazemmes",
        territory__latitude=50.6252,
        territory__longitude=3.0486,
        territory__postcodes=["59000"],
    )
    services.load()
    coordinator = LogeMembershipFactory(loge=lyon, coordinator=True).person
    return Town(lyon, lille, PersonFactory(team=True), coordinator)


def expert(
    loge: Loge, *slugs: str, first_name: str = "Zoé", price_cents: int = 2_000, **values: Any
) -> ExpertProfile:
    """Write a published expert who offers these services, and tell search."""
    made = ExpertProfileFactory(loge=loge, published=True, person__first_name=first_name, **values)
    for slug in slugs:
        OfferFactory(expert=made, service=Service.objects.get(slug=slug), price_cents=price_cents)
    tell(made)
    return made


def found(text: str = "", **values: Any) -> list[ExpertProfile]:
    """Who a resident finds."""
    return [hit.expert for hit in search_experts(ExpertSearch(text=text, **values)).hits]
