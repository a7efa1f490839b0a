"""The taxonomy and its words."""

import factory

from loges.models import (
    AmbiguousChoice,
    AmbiguousTerm,
    ForeignPhrase,
    Service,
    ServiceFamily,
    ServicePhrase,
    VocabularyVersion,
)


class ServiceFamilyFactory(factory.django.DjangoModelFactory[ServiceFamily]):
    """A family of services."""

    class Meta:
        model = ServiceFamily
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"famille-{n}")
    name = factory.Sequence(lambda n: f"Famille {n}")
    position = factory.Sequence(lambda n: n % 1_000)


class ServiceFactory(factory.django.DjangoModelFactory[Service]):
    """A service paid by the hour, found again by its slug."""

    class Meta:
        model = Service
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"service-{n}")
    family = factory.SubFactory(ServiceFamilyFactory)
    name = factory.Sequence(lambda n: f"Service {n}")
    unit = "HOUR"
    position = factory.Sequence(lambda n: n % 1_000)


class ServicePhraseFactory(factory.django.DjangoModelFactory[ServicePhrase]):
    """Words that residents say; trait: `synonym`."""

    class Meta:
        model = ServicePhrase

    class Params:
        synonym = factory.Trait(kind="SYNONYM")

    service = factory.SubFactory(ServiceFactory)
    text = factory.Sequence(lambda n: f"expression {n}")


class AmbiguousTermFactory(factory.django.DjangoModelFactory[AmbiguousTerm]):
    """A word that may mean several services."""

    class Meta:
        model = AmbiguousTerm

    term = factory.Sequence(lambda n: f"ambigu {n}")
    question = "Que cherchez-vous ?"


class AmbiguousChoiceFactory(factory.django.DjangoModelFactory[AmbiguousChoice]):
    """One possible meaning of an ambiguous term."""

    class Meta:
        model = AmbiguousChoice

    term = factory.SubFactory(AmbiguousTermFactory)
    service = factory.SubFactory(ServiceFactory)


class ForeignPhraseFactory(factory.django.DjangoModelFactory[ForeignPhrase]):
    """Words for what a loge doesn't do."""

    class Meta:
        model = ForeignPhrase

    text = factory.Sequence(lambda n: f"étranger {n}")


class VocabularyVersionFactory(factory.django.DjangoModelFactory[VocabularyVersion]):
    """The one row of the vocabulary's version."""

    class Meta:
        model = VocabularyVersion
        django_get_or_create = ("id",)

    id = 1
