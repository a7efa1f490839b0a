"""Blocks that hold a question to the domain, never a list to keep up to date."""

from typing import Any, ClassVar

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms import domain_blocks
from loges import clock


class DomainBlock(blocks.StructBlock):
    """A block whose answer depends on the page it stands on."""

    heading = blocks.CharBlock(label="Titre", required=False, max_length=120)

    def answer(self, page: Any, value: Any) -> dict[str, Any]:
        """What the block shows on that page, for its template."""
        raise NotImplementedError

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the answer for the page that the block stands on."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, **self.answer((parent_context or {}).get("page"), value)}


class ExpertsBlock(DomainBlock):
    """The experts of the page's loge, or of the network; of one family of services if one is chosen."""

    family = SnippetChooserBlock("loges.ServiceFamily", label="Seulement une famille de services", required=False)
    limit = blocks.IntegerBlock(
        label="Combien au plus", default=12, min_value=1, max_value=50, help_text="Les profils publiés, dans l'ordre."
    )

    def answer(self, page: Any, value: Any) -> dict[str, Any]:
        """`experts`, with their portraits at hand."""
        family = value.get("family")
        limit, family_id = value.get("limit") or 12, family.pk if family else None
        return {"experts": domain_blocks.experts([page], limit, family_id, with_portraits=True)[0]}

    class Meta:
        label = "Experts de la loge"
        icon = "group"
        group = "Toujours à jour"
        template = "cms/blocks/experts.html"
        form_layout: ClassVar[blocks.BlockGroup] = blocks.BlockGroup(["heading"], settings=["family", "limit"])
        description = "L'équipe de la loge, toujours à jour : profils publiés seulement."
        preview_value: ClassVar[dict[str, Any]] = {"heading": "L'équipe", "limit": 3}


class EventsBlock(DomainBlock):
    """The next dates of the page's loge, or of the network."""

    limit = blocks.IntegerBlock(label="Combien au plus", default=3, min_value=1, max_value=20)

    def answer(self, page: Any, value: Any) -> dict[str, Any]:
        """`occurrences`, earliest first."""
        return {"occurrences": domain_blocks.occurrences([page], value.get("limit") or 3, clock.now())[0]}

    class Meta:
        label = "Prochains événements"
        icon = "calendar"
        group = "Toujours à jour"
        template = "cms/blocks/events.html"
        form_layout: ClassVar[blocks.BlockGroup] = blocks.BlockGroup(["heading"], settings=["limit"])
        description = "Les prochaines dates de la loge, tirées des événements publiés."
        preview_value: ClassVar[dict[str, Any]] = {"heading": "Prochains rendez-vous", "limit": 3}


class ServicesBlock(DomainBlock):
    """The services that the experts of the page's loge offer; on a page of the network, all of them."""

    def answer(self, page: Any, value: Any) -> dict[str, Any]:
        """`services`, in the order of the taxonomy."""
        return {"services": domain_blocks.services([page])[0]}

    class Meta:
        label = "Services"
        icon = "list-ul"
        group = "Toujours à jour"
        template = "cms/blocks/services.html"
        description = "Les services que propose la loge, tirés des profils publiés."
        preview_value: ClassVar[dict[str, Any]] = {"heading": "Ce que nous savons faire"}


class MoneyBlock(DomainBlock):
    """A live example of where the money of one mission goes."""

    price_cents = blocks.IntegerBlock(
        label="Prix de l'exemple (centimes)", default=6000, min_value=100, max_value=1_000_000
    )

    def answer(self, page: Any, value: Any) -> dict[str, Any]:
        """`price` and `lines`: the breakdown under the policy in force, as French text."""
        price_cents = value.get("price_cents") or 6000
        return {
            "price": domain_blocks.euros(price_cents),
            "lines": domain_blocks.money_lines(price_cents, clock.now()),
        }

    class Meta:
        label = "Où va l'argent"
        icon = "doc-full-inverse"
        group = "Toujours à jour"
        template = "cms/blocks/money.html"
        description = "Un exemple chiffré, calculé par le site avec les règles en vigueur."
        preview_value: ClassVar[dict[str, Any]] = {"heading": "Où va l'argent ?", "price_cents": 6000}
