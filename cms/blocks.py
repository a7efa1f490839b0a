"""The blocks that editors compose pages from. Few, labelled in French, each with its plain template.

Blocks that show domain data (experts, events, money) hold a question, never a list to keep up to date.
"""

from typing import Any, ClassVar

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms import clock, domain_blocks

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
"""What editors may do in a rich text."""


class TextBlock(blocks.RichTextBlock):
    """Headings, paragraphs, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})

    class Meta:
        label = "Texte"
        icon = "pilcrow"
        description = "Des paragraphes, des intertitres, des listes et des liens."
        preview_value = "<h2>Un intertitre</h2><p>Un paragraphe de texte.</p>"


class PictureBlock(blocks.StructBlock):
    """A picture with a text alternative, which is obligatory."""

    picture = ImageChooserBlock(label="Image")
    alt = blocks.CharBlock(
        label="Texte alternatif",
        max_length=200,
        help_text="Ce que montre l'image, pour les personnes qui ne la voient pas. Obligatoire.",
    )
    caption = blocks.CharBlock(label="Légende", required=False, max_length=200)

    class Meta:
        label = "Image"
        icon = "image"
        template = "cms/blocks/image.html"
        description = "Une image avec sa description et, si vous voulez, une légende."


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    quote = blocks.TextBlock(label="Citation")
    author = blocks.CharBlock(label="Qui parle", required=False, max_length=120)

    class Meta:
        label = "Citation"
        icon = "openquote"
        template = "cms/blocks/quote.html"
        description = "Une phrase et la personne qui l'a dite."
        preview_value: ClassVar[dict[str, str]] = {
            "quote": "Ici, on commence par dire bonjour.",
            "author": "La coordinatrice",
        }


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label="Étape", max_length=120)),
                ("text", blocks.TextBlock(label="Explication")),
            ]
        ),
        label="Étapes",
    )

    class Meta:
        label = "Étapes"
        icon = "list-ol"
        template = "cms/blocks/steps.html"
        description = "Une suite d'étapes numérotées."


class ExpertsBlock(blocks.StructBlock):
    """The experts of the page's loge, or of one family of services."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)
    limit = blocks.IntegerBlock(
        label="Combien au plus", default=12, min_value=1, max_value=50, help_text="Les profils publiés, dans l'ordre."
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the experts of the page that the block stands on."""
        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        context["experts"] = domain_blocks.experts(page, value.get("limit") or 12, with_portraits=True)
        return context

    class Meta:
        label = "Experts de la loge"
        icon = "group"
        template = "cms/blocks/experts.html"
        description = "L'équipe de la loge, toujours à jour : profils publiés seulement."


class EventsBlock(blocks.StructBlock):
    """The next dates of the page's loge."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)
    limit = blocks.IntegerBlock(label="Combien au plus", default=3, min_value=1, max_value=20)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the next dates of the loge of the page that the block stands on."""
        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        context["occurrences"] = domain_blocks.occurrences(page, value.get("limit") or 3, clock.now())
        return context

    class Meta:
        label = "Prochains événements"
        icon = "calendar"
        template = "cms/blocks/events.html"
        description = "Les prochaines dates de la loge, tirées des événements publiés."


class MoneyBlock(blocks.StructBlock):
    """A live example of where the money of one mission goes."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)
    price_cents = blocks.IntegerBlock(
        label="Prix de l'exemple (centimes)", default=6000, min_value=100, max_value=1_000_000
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the breakdown under the policy in force."""
        context = super().get_context(value, parent_context=parent_context)
        price_cents = value.get("price_cents") or 6000
        context["price"] = domain_blocks.euros(price_cents)
        context["lines"] = domain_blocks.money_lines(price_cents, clock.now())
        return context

    class Meta:
        label = "Où va l'argent"
        icon = "doc-full-inverse"
        template = "cms/blocks/money.html"
        description = "Un exemple chiffré, calculé par le site avec les règles en vigueur."


class Body(blocks.StreamBlock):
    """What the body of every page is made of."""

    rich_text = TextBlock()
    image = PictureBlock()
    quote = QuoteBlock()
    steps = StepsBlock()
    experts = ExpertsBlock()
    events = EventsBlock()
    money = MoneyBlock()
