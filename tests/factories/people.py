"""Accounts and the legal side of those who earn."""

import factory

from loges.models import BusinessIdentity, Person
from tests.factories.moments import NOW


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """Somebody with an account; traits: `team` (OpenLoge's staff), `superuser`."""

    class Meta:
        model = Person

    class Params:
        team = factory.Trait(is_staff=True)
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = factory.Sequence(lambda n: ("Amélie", "Bruno", "Chloé", "Denis", "Élise", "Farid")[n % 6])
    last_name = factory.Sequence(lambda n: f"Nomdefamille{n}")
    joined_at = NOW
    password = "!"


class BusinessIdentityFactory(factory.django.DjangoModelFactory[BusinessIdentity]):
    """A micro-entreprise under the franchise; trait: `liable` (20 % VAT)."""

    class Meta:
        model = BusinessIdentity

    class Params:
        liable = factory.Trait(vat_regime="LIABLE", vat_basis_points=2_000)

    person = factory.SubFactory(PersonFactory)
    legal_status = "MICRO_ENTREPRENEUR"
