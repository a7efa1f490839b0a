"""The taxonomy of services."""

from typing import Annotated

import strawberry
import strawberry_django
from strawberry import Parent, auto, relay

from graphql_api.batch import for_peers, related, together
from graphql_api.enums import PriceUnit, SapStatus
from graphql_api.guard import Guarded
from loges import models, queries


@strawberry_django.type(models.Service)
class Service(Guarded, relay.Node):
    """One kind of help that experts give."""

    slug: auto
    """The name in addresses and filters."""
    name: auto
    """The name in French."""

    @strawberry.field
    def unit(self, root: Parent[models.Service]) -> PriceUnit:
        """What its price is usually for."""
        return PriceUnit[root.unit]

    @strawberry.field
    def sap(self, root: Parent[models.Service]) -> SapStatus:
        """Whether it counts as « service à la personne » (art. D7231-1 of the code du travail)."""
        return SapStatus[root.sap]

    @strawberry.field
    def legal_note(self, root: Parent[models.Service]) -> str | None:
        """What the law asks of it, in French."""
        return root.legal_note or None

    @strawberry.field
    def synonyms(self, root: Parent[models.Service]) -> list[str]:
        """Other names of the service, in French."""
        return for_peers(root, "synonyms", lambda rows: queries.synonyms(row.pk for row in rows)) or []

    @strawberry.field(graphql_type=Annotated["ServiceFamily", strawberry.lazy("graphql_api.types.services")])
    def family(self, root: Parent[models.Service]) -> models.ServiceFamily:
        """The group it is shown in."""
        found: models.ServiceFamily = related(root, "family")
        return found


@strawberry_django.type(models.ServiceFamily)
class ServiceFamily(Guarded, relay.Node):
    """A group of services, as shown in menus."""

    slug: auto
    """The name in addresses and filters."""
    name: auto
    """The name in French."""
    icon: auto
    """The name of a pictogram."""

    @strawberry.field(graphql_type=list[Service])
    def services(self, root: Parent[models.ServiceFamily]) -> list[models.Service]:
        """The services of the group, in their order."""

        def load(rows: list[models.ServiceFamily]) -> dict[int, list[models.Service]]:
            found: dict[int, list[models.Service]] = {row.pk: [] for row in rows}
            for service in together(queries.services_of_families(found)):
                found[service.family_id].append(service)
            return found

        return for_peers(root, "services", load) or []
