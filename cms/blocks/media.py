"""Blocks with pictures, files and links."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class FigureBlock(blocks.StructBlock):
    """A picture with a text alternative, which is obligatory."""

    image = ImageChooserBlock(label="Image")
    alt = blocks.CharBlock(
        label="Texte alternatif",
        max_length=200,
        help_text="Ce que montre l'image, pour les personnes qui ne la voient pas. Obligatoire.",
    )
    caption = blocks.CharBlock(label="Légende", required=False, max_length=200)


class ImageBlock(FigureBlock):
    """A picture in the text."""

    def get_preview_value(self) -> Any:
        """The newest picture of the site."""
        newest = get_image_model().objects.order_by("-pk").first()
        return self.normalize({"image": newest, "alt": "Une image du site", "caption": "Une légende"})

    class Meta:
        label = "Image"
        icon = "image"
        group = "Montrer"
        template = "cms/blocks/image.html"
        form_layout: ClassVar[list[Any]] = ["image", "alt", "caption"]
        description = "Une image avec sa description et, si vous voulez, une légende."


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)
    images = blocks.ListBlock(FigureBlock(), label="Images", min_num=1, max_num=24)

    def get_preview_value(self) -> Any:
        """The newest pictures of the site."""
        newest = get_image_model().objects.order_by("-pk")[:3]
        images = [{"image": row, "alt": "Une image du site", "caption": ""} for row in newest]
        return self.normalize({"heading": "En images", "images": images})

    class Meta:
        label = "Galerie"
        icon = "image"
        group = "Montrer"
        template = "cms/blocks/gallery.html"
        description = "Plusieurs images côte à côte."


class CallToActionBlock(blocks.StructBlock):
    """One link to act on: to a page of the site or elsewhere."""

    label = blocks.CharBlock(label="Texte du bouton", max_length=60)
    page = blocks.PageChooserBlock(label="Page du site", required=False)
    url = blocks.URLBlock(label="ou adresse web", required=False)
    style = blocks.ChoiceBlock(
        label="Importance", choices=[("primary", "principal"), ("secondary", "secondaire")], default="primary"
    )

    def clean(self, value: Any) -> Any:
        """Refuse a button that leads nowhere, or to two places; a draft may wait to know where."""
        cleaned = super().clean(value)
        if self.is_deferred_validation and not cleaned.get("page") and not cleaned.get("url"):
            return cleaned
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            problem = ValidationError("Choisissez une page du site ou une adresse web, l'une des deux.")
            raise blocks.StructBlockValidationError(block_errors={"page": problem})
        return cleaned

    class Meta:
        label = "Bouton"
        icon = "link"
        group = "Montrer"
        template = "cms/blocks/call_to_action.html"
        form_layout: ClassVar[blocks.BlockGroup] = blocks.BlockGroup(["label", "page", "url"], settings=["style"])
        description = "Un bouton qui mène à une page du site ou ailleurs."
        preview_value: ClassVar[dict[str, Any]] = {
            "label": "Trouver un expert",
            "url": "https://openloge.example/",
            "style": "primary",
        }


class DownloadBlock(blocks.StructBlock):
    """A file to download."""

    label = blocks.CharBlock(label="Ce qu'on télécharge", max_length=120)
    document = DocumentChooserBlock(label="Document")

    class Meta:
        label = "Document à télécharger"
        icon = "download"
        group = "Montrer"
        template = "cms/blocks/download.html"
        description = "Un fichier du site, avec son format et son poids."
        preview_value: ClassVar[dict[str, Any]] = {"label": "La charte de la loge"}


class PressLinkBlock(blocks.StructBlock):
    """An article about the loge."""

    title = blocks.CharBlock(label="Titre de l'article", max_length=200)
    outlet = blocks.CharBlock(label="Journal, radio, site...", max_length=120)
    url = blocks.URLBlock(label="Adresse web")
    on = blocks.DateBlock(label="Paru le", required=False)


class PressBlock(blocks.StructBlock):
    """What others write about the loge."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120, default="On parle de nous")
    links = blocks.ListBlock(PressLinkBlock(), label="Articles")

    class Meta:
        label = "Revue de presse"
        icon = "doc-full"
        group = "Le quartier"
        template = "cms/blocks/press.html"
        description = "Des articles parus ailleurs."
        preview_value: ClassVar[dict[str, Any]] = {
            "heading": "On parle de nous",
            "links": [
                {"title": "Une loge au marché", "outlet": "La Gazette du quartier", "url": "https://gazette.example/"}
            ],
        }


class PartnerBlock(blocks.StructBlock):
    """Somebody the loge works with."""

    name = blocks.CharBlock(label="Nom", max_length=120)
    kind = blocks.CharBlock(
        label="Qui c'est", required=False, max_length=80, help_text="Café, école, association, mairie..."
    )
    url = blocks.URLBlock(label="Adresse web", required=False)
    image = ImageChooserBlock(label="Logo", required=False)


class PartnersBlock(blocks.StructBlock):
    """Those with whom the loge works: its own partners, and the network's."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120, default="Nos partenaires")
    partners = blocks.ListBlock(PartnerBlock(), label="Partenaires de cette page", default=[])
    shared_partners = blocks.ListBlock(
        SnippetChooserBlock("cms.Partner", label="Partenaire"), label="Partenaires du réseau", default=[]
    )

    class Meta:
        label = "Partenaires"
        icon = "group"
        group = "Le quartier"
        template = "cms/blocks/partners.html"
        form_layout: ClassVar[list[Any]] = [
            "heading",
            blocks.BlockGroup(["partners"], heading="Partenaires de cette page"),
            blocks.BlockGroup(["shared_partners"], heading="Partenaires du réseau", classname="collapsed"),
        ]
        description = "Les commerces, écoles et associations avec qui la loge travaille."
        preview_value: ClassVar[dict[str, Any]] = {
            "heading": "Nos partenaires",
            "partners": [{"name": "Le Zinc du Marché", "kind": "café"}],
        }


class PlaceBlock(blocks.StructBlock):
    """A place in the neighbourhood."""

    name = blocks.CharBlock(label="Nom du lieu", max_length=120)
    address = blocks.CharBlock(label="Adresse", required=False, max_length=200)
    directions = blocks.TextBlock(
        label="Pour y aller", required=False, max_length=400, help_text="Métro, code, accès sans marche..."
    )
    latitude = blocks.FloatBlock(label="Latitude", required=False, min_value=-90, max_value=90)
    longitude = blocks.FloatBlock(label="Longitude", required=False, min_value=-180, max_value=180)

    def clean(self, value: Any) -> Any:
        """Refuse half a position."""
        cleaned = super().clean(value)
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            problem = ValidationError("Donnez la latitude et la longitude, ou aucune des deux.")
            raise blocks.StructBlockValidationError(block_errors={"latitude": problem})
        return cleaned

    class Meta:
        label = "Lieu"
        icon = "site"
        group = "Le quartier"
        template = "cms/blocks/place.html"
        form_layout: ClassVar[list[Any]] = [
            "name",
            "address",
            "directions",
            blocks.BlockGroup(["latitude", "longitude"], heading="Sur la carte", classname="collapsed"),
        ]
        description = "Un lieu du quartier et comment y aller. Jamais l'adresse de quelqu'un."
        preview_value: ClassVar[dict[str, Any]] = {
            "name": "Le Zinc du Marché",
            "address": "12 place d'Aligre, 75012 Paris",
        }
