"""The blocks that editors compose pages from. Few, labelled in French, each with its plain template."""

from wagtail import blocks

from cms.blocks.domain import EventsBlock, ExpertsBlock, MoneyBlock, ServicesBlock
from cms.blocks.media import (
    CallToActionBlock,
    DownloadBlock,
    GalleryBlock,
    ImageBlock,
    PartnersBlock,
    PlaceBlock,
    PressBlock,
)
from cms.blocks.text import (
    ChecklistBlock,
    FaqBlock,
    HeadingBlock,
    QuoteBlock,
    RichTextBlock,
    StepsBlock,
    TipsBlock,
)


class Body(blocks.StreamBlock):
    """What the body of every page is made of."""

    rich_text = RichTextBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    faq = FaqBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    image = ImageBlock()
    gallery = GalleryBlock()
    call_to_action = CallToActionBlock()
    download = DownloadBlock()
    experts = ExpertsBlock()
    events = EventsBlock()
    services = ServicesBlock()
    money = MoneyBlock()
    tips = TipsBlock()
    place = PlaceBlock()
    press = PressBlock()
    partners = PartnersBlock()
