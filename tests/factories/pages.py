"""The content types of `cms`. They write rows and publish nothing: `page.save_revision().publish()` does."""

import io
from datetime import time, timedelta
from itertools import count
from typing import Any

import factory
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, Page

from cms.models import (
    BadgeText,
    BlogIndexPage,
    BlogPostPage,
    CharterVersion,
    EditorialPage,
    EventPage,
    EventPageSpeaker,
    ExpertPortrait,
    FaqEntry,
    HandbookChapterPage,
    HandbookIndexPage,
    HandbookPartPage,
    HandbookProposalIndexPage,
    HandbookProposalPage,
    HomePage,
    LogeCollection,
    LogeIndexPage,
    LogeNewsPage,
    LogePage,
    Partner,
    Picture,
)
from tests.factories.experts import ExpertProfileFactory
from tests.factories.moments import TODAY
from tests.factories.people import PersonFactory
from tests.factories.places import LogeFactory


def drawn(width: int = 1600, height: int = 900, colour: str = "#c8553d") -> bytes:
    """A plain PNG file."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


_numbers = count()


class _PageFactory(factory.django.DjangoModelFactory):
    """A page under `parent`; without one, where the skeleton of the site puts its type."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.LazyFunction(lambda: f"page-{next(_numbers)}")  # kinds of pages stand side by side
    parent: Any = None

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        parent = kwargs.pop("parent") or cls._place()
        page: Page = parent.add_child(instance=model_class(*args, **kwargs))
        return page

    @classmethod
    def _place(cls) -> Page:
        return HomePage.objects.get()


class EditorialPageFactory(_PageFactory):
    """A public page of the network; `live=False` for a draft."""

    class Meta:
        model = EditorialPage


class HomePageFactory(factory.django.DjangoModelFactory[HomePage]):
    """The one front page."""

    class Meta:
        model = HomePage

    @classmethod
    def _create(cls, model_class: type[HomePage], *args: Any, **kwargs: Any) -> HomePage:
        home = HomePage.objects.get()
        for name, value in kwargs.items():
            setattr(home, name, value)
        home.save()
        return home


class BlogPostPageFactory(_PageFactory):
    """A post of the blog."""

    class Meta:
        model = BlogPostPage

    published_on = TODAY
    authors = "Maëlle"

    @classmethod
    def _place(cls) -> Page:
        return BlogIndexPage.objects.get()


class HandbookPartPageFactory(_PageFactory):
    """A part of the handbook."""

    class Meta:
        model = HandbookPartPage

    @classmethod
    def _place(cls) -> Page:
        return HandbookIndexPage.objects.get()


class HandbookChapterPageFactory(_PageFactory):
    """A chapter, in a part of its own unless told."""

    class Meta:
        model = HandbookChapterPage

    checklist = "Dire bonjour\nOffrir un café"

    @classmethod
    def _place(cls) -> Page:
        return HandbookPartPageFactory()


class HandbookProposalPageFactory(_PageFactory):
    """A proposal of a new chapter by its `owner`; with `merged_at`, one that became part of `chapter`."""

    class Meta:
        model = HandbookProposalPage

    owner = factory.SubFactory(PersonFactory)
    loge = factory.SubFactory(LogeFactory, active=True)
    part = factory.SubFactory("tests.factories.pages.HandbookPartPageFactory")
    reason = "Cela nous a servi."
    live = False

    @classmethod
    def _place(cls) -> Page:
        return HandbookProposalIndexPage.objects.get()


class LogePageFactory(_PageFactory):
    """The page of an open loge."""

    class Meta:
        model = LogePage

    loge = factory.SubFactory(LogeFactory, active=True)
    title = factory.LazyAttribute(lambda made: made.loge.name)
    slug = factory.LazyAttribute(lambda made: made.loge.slug)

    @classmethod
    def _place(cls) -> Page:
        return LogeIndexPage.objects.get()


class EventPageFactory(_PageFactory):
    """The draft of one evening in a café of an open loge."""

    class Meta:
        model = EventPage

    live = False
    starts_on = TODAY + timedelta(days=7)
    starts_at_time = time(19)
    duration_minutes = 90
    venue_name = "Café de la Place"
    venue_kind = "CAFE"

    @classmethod
    def _place(cls) -> Page:
        return LogePageFactory()


class LogeNewsPageFactory(_PageFactory):
    """Something new in an open loge."""

    class Meta:
        model = LogeNewsPage

    published_on = TODAY

    @classmethod
    def _place(cls) -> Page:
        return LogePageFactory()


class FaqEntryFactory(factory.django.DjangoModelFactory[FaqEntry]):
    """A question that pages share."""

    class Meta:
        model = FaqEntry

    question = factory.Sequence(lambda n: f"Question {n} ?")
    answer = "<p>Oui.</p>"


class PartnerFactory(factory.django.DjangoModelFactory[Partner]):
    """A partner of the network."""

    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Partenaire {n}")
    kind = "association"


class BadgeTextFactory(factory.django.DjangoModelFactory[BadgeText]):
    """What the team says of one badge."""

    class Meta:
        model = BadgeText

    kind = "MET"
    label = "Rencontré"
    meaning = "Quelqu'un de la loge l'a rencontré."


class CharterVersionFactory(factory.django.DjangoModelFactory[CharterVersion]):
    """A charter in force."""

    class Meta:
        model = CharterVersion

    version = factory.Sequence(lambda n: f"v{n}")
    valid_from_on = TODAY
    text = "<p>On se dit bonjour.</p>"


class EventPageSpeakerFactory(factory.django.DjangoModelFactory[EventPageSpeaker]):
    """A resident who is announced."""

    class Meta:
        model = EventPageSpeaker

    page = factory.SubFactory(EventPageFactory)
    resident_first_name = "Nadia"
    topic = "Réparer plutôt que jeter"


class CollectionFactory(factory.django.DjangoModelFactory[Collection]):
    """A folder of pictures and documents."""

    class Meta:
        model = Collection

    name = factory.Sequence(lambda n: f"Collection {n}")

    @classmethod
    def _create(cls, model_class: type[Collection], *args: Any, **kwargs: Any) -> Collection:
        made: Collection = Collection.get_first_root_node().add_child(instance=model_class(*args, **kwargs))
        return made


class LogeCollectionFactory(factory.django.DjangoModelFactory[LogeCollection]):
    """The folder of a loge."""

    class Meta:
        model = LogeCollection

    loge = factory.SubFactory(LogeFactory, active=True)
    collection = factory.SubFactory(CollectionFactory)


class PictureFactory(factory.django.DjangoModelFactory[Picture]):
    """A plain picture in 16:9; trait: `square`. `width` and `height` are those of the file."""

    class Meta:
        model = Picture

    class Params:
        square = factory.Trait(drawn_width=600, drawn_height=600)
        drawn_width = 1600
        drawn_height = 900

    title = factory.Sequence(lambda n: f"Image {n}")
    description = "Une table mise"
    file = factory.LazyAttributeSequence(
        lambda made, n: ContentFile(drawn(made.drawn_width, made.drawn_height), name=f"image-{n}.png")
    )
    collection = factory.LazyFunction(Collection.get_first_root_node)


class ExpertPortraitFactory(factory.django.DjangoModelFactory[ExpertPortrait]):
    """The portrait of a published expert."""

    class Meta:
        model = ExpertPortrait

    expert = factory.SubFactory(ExpertProfileFactory, published=True)
    picture = factory.SubFactory(PictureFactory, square=True)
