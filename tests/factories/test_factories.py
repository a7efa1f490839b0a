"""Every factory makes a sound row, and every model has one."""

import pytest
from django.apps import apps
from factory.django import DjangoModelFactory

from tests import factories

FACTORIES = sorted(
    (made for name in factories.__all__ if isinstance(made := getattr(factories, name), type)),
    key=lambda factory: factory.__name__,
)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_factory_makes_a_sound_row(factory: type[DjangoModelFactory]) -> None:
    row = factory()

    row.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "trait"),
    [(factory, trait) for factory in FACTORIES for trait in factory._meta.parameters if trait != "codename"],
)
def test_factory_makes_a_sound_row_with_a_trait(factory: type[DjangoModelFactory], trait: str) -> None:
    row = factory(**{trait: True})

    row.full_clean()


def test_factories_cover_the_domain() -> None:
    covered = {factory._meta.model for factory in FACTORIES}

    assert covered == set(apps.get_app_config("loges").get_models())
