"""Events, their dates and speakers."""

from datetime import time, timedelta

import factory

from loges.models import Event, EventOccurrence, EventSpeaker
from tests.factories.moments import NOW, TODAY
from tests.factories.places import LogeFactory


class EventFactory(factory.django.DjangoModelFactory[Event]):
    """One published evening in a café; trait: `withdrawn`."""

    class Meta:
        model = Event

    class Params:
        withdrawn = factory.Trait(is_published=False)

    loge = factory.SubFactory(LogeFactory, active=True)
    slug = factory.Sequence(lambda n: f"evenement-{n}")
    title = "Café des voisins"
    starts_on = TODAY + timedelta(days=7)
    starts_at_time = time(19)
    duration_minutes = 90
    venue_name = "Café de la Place"
    venue_kind = "CAFE"


class EventOccurrenceFactory(factory.django.DjangoModelFactory[EventOccurrence]):
    """A planned date, a day after the one made before; traits: `full`, `cancelled`, `held`."""

    class Meta:
        model = EventOccurrence

    class Params:
        full = factory.Trait(state="FULL")
        cancelled = factory.Trait(state="CANCELLED")
        held = factory.Trait(state="HELD")

    event = factory.SubFactory(EventFactory)
    planned_on = factory.LazyAttribute(lambda made: made.starts_at.date())
    starts_at = factory.Sequence(lambda n: NOW + timedelta(days=7 + n % 300, hours=9))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(minutes=made.event.duration_minutes))


class EventSpeakerFactory(factory.django.DjangoModelFactory[EventSpeaker]):
    """A resident who speaks; give `expert` and an empty `resident_first_name` for an expert."""

    class Meta:
        model = EventSpeaker

    event = factory.SubFactory(EventFactory)
    resident_first_name = "Nadia"
    topic = "Réparer plutôt que jeter"
