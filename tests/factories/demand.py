"""What residents looked for in vain."""

import factory

from loges.models import SearchMiss
from tests.factories.moments import TODAY


class SearchMissFactory(factory.django.DjangoModelFactory[SearchMiss]):
    """Words that found nobody that day; `service` and `loge` are slugs."""

    class Meta:
        model = SearchMiss

    words = factory.Sequence(lambda n: f"mot {n}")
    on = TODAY
