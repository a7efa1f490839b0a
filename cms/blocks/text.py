"""Blocks of words: paragraphs, quotes, questions, steps, lists."""

from typing import Any, ClassVar

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
"""What editors may do in a rich text."""

FEW_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
"""What they may do inside a block that has its own heading."""


class RichText(blocks.RichTextBlock):
    """Paragraphs, lists and links; headings too where the block has none of its own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": FEW_FEATURES, **kwargs})


class RichTextBlock(RichText):
    """Headings, paragraphs, lists and links."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})

    class Meta:
        label = "Texte"
        icon = "pilcrow"
        group = "Écrire"
        template = "cms/blocks/rich_text.html"
        description = "Des paragraphes, des intertitres, des listes et des liens."
        preview_value = "<h2>Un intertitre</h2><p>Un paragraphe, avec <b>un mot fort</b>.</p>"


class HeadingBlock(blocks.StructBlock):
    """A heading between two blocks."""

    heading = blocks.CharBlock(label="Intertitre", max_length=120)
    level = blocks.ChoiceBlock(
        label="Niveau", choices=[("h2", "intertitre"), ("h3", "sous-intertitre")], default="h2"
    )

    class Meta:
        label = "Intertitre"
        icon = "title"
        group = "Écrire"
        template = "cms/blocks/heading.html"
        description = "Un intertitre qui ouvre une nouvelle partie de la page."
        preview_value: ClassVar[dict[str, Any]] = {"heading": "Comment nous travaillons", "level": "h2"}


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    quote = blocks.TextBlock(label="Citation", help_text="Sans guillemets : le site les ajoute.")
    author = blocks.CharBlock(label="Qui parle", required=False, max_length=120)

    class Meta:
        label = "Citation"
        icon = "openquote"
        group = "Écrire"
        template = "cms/blocks/quote.html"
        description = "Une phrase et la personne qui l'a dite."
        preview_value: ClassVar[dict[str, Any]] = {
            "quote": "Ici, on commence par dire bonjour.",
            "author": "La coordinatrice",
        }


class FaqItemBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label="Question", max_length=200)
    answer = RichText(label="Réponse")


class FaqBlock(blocks.StructBlock):
    """Questions and answers: the page's own, and those that the whole network shares."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)
    items = blocks.ListBlock(FaqItemBlock(), label="Questions de cette page", default=[])
    shared_items = blocks.ListBlock(
        SnippetChooserBlock("cms.FaqEntry", label="Question"),
        label="Questions communes au réseau",
        default=[],
        help_text="Corrigées à un seul endroit, elles changent sur toutes les pages.",
    )

    class Meta:
        label = "Questions fréquentes"
        icon = "help"
        group = "Écrire"
        template = "cms/blocks/faq.html"
        form_layout: ClassVar[list[Any]] = [
            "heading",
            blocks.BlockGroup(["items"], heading="Questions de cette page"),
            blocks.BlockGroup(["shared_items"], heading="Questions du réseau", classname="collapsed"),
        ]
        description = "Des questions et leurs réponses, à déplier."
        preview_value: ClassVar[dict[str, Any]] = {
            "heading": "Bon à savoir",
            "items": [{"question": "Faut-il s'abonner ?", "answer": "<p>Non, jamais.</p>"}],
        }


class StepBlock(blocks.StructBlock):
    """One of several steps."""

    title = blocks.CharBlock(label="Étape", max_length=120)
    text = RichText(label="Explication")


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)
    steps = blocks.ListBlock(StepBlock(), label="Étapes")

    class Meta:
        label = "Étapes"
        icon = "list-ol"
        group = "Écrire"
        template = "cms/blocks/steps.html"
        description = "Une suite d'étapes numérotées."
        preview_value: ClassVar[dict[str, Any]] = {
            "heading": "En trois temps",
            "steps": [{"title": "Dites votre besoin", "text": "<p>En vos mots.</p>"}],
        }


class ChecklistBlock(blocks.StructBlock):
    """Points to tick off."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)
    entries = blocks.ListBlock(blocks.CharBlock(label="Point", max_length=200), label="Points à cocher")

    class Meta:
        label = "Liste à cocher"
        icon = "tick"
        group = "Écrire"
        template = "cms/blocks/checklist.html"
        description = "Ce qu'il ne faut pas oublier, point par point."
        preview_value: ClassVar[dict[str, Any]] = {"heading": "Avant d'ouvrir", "entries": ["Prévenir la mairie"]}


class TipBlock(blocks.StructBlock):
    """One thing worth knowing in the neighbourhood."""

    title = blocks.CharBlock(label="Le tuyau", max_length=120)
    text = RichText(label="Pourquoi")
    url = blocks.URLBlock(label="Adresse web", required=False)


class TipsBlock(blocks.StructBlock):
    """What the coordinator recommends: places, people, ways of doing."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120, default="Les bons tuyaux de la loge")
    tips = blocks.ListBlock(TipBlock(), label="Bons tuyaux")

    class Meta:
        label = "Bons tuyaux"
        icon = "pick"
        group = "Le quartier"
        template = "cms/blocks/tips.html"
        description = "Ce que vous recommandez dans le quartier."
        preview_value: ClassVar[dict[str, Any]] = {
            "heading": "Les bons tuyaux de la loge",
            "tips": [{"title": "Le cordonnier du passage", "text": "<p>Il répare aussi les sacs.</p>"}],
        }
