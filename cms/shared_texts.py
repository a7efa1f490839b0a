"""The menu of the texts that pages share: questions, partners, badges, the charter, flyers."""

from typing import ClassVar

from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.models import BadgeText, CharterVersion, FaqEntry, FlyerTemplate, Partner


class FaqEntryViewSet(SnippetViewSet):
    """Questions that the whole network answers alike."""

    model = FaqEntry
    icon = "help"
    list_display: ClassVar[list[str]] = ["question"]
    search_fields: ClassVar[list[str]] = ["question", "answer"]


class PartnerViewSet(SnippetViewSet):
    """Those the network works with."""

    model = Partner
    icon = "group"
    list_display: ClassVar[list[str]] = ["name", "kind"]
    search_fields: ClassVar[list[str]] = ["name"]


class BadgeTextViewSet(SnippetViewSet):
    """What badges are called and what they prove."""

    model = BadgeText
    icon = "tick"
    list_display: ClassVar[list[str]] = ["label", "kind"]


class CharterVersionViewSet(SnippetViewSet):
    """The charter, version by version."""

    model = CharterVersion
    icon = "doc-full"
    list_display: ClassVar[list[str]] = ["version", "valid_from_on"]


class FlyerTemplateViewSet(SnippetViewSet):
    """What flyers say."""

    model = FlyerTemplate
    icon = "doc-empty"
    list_display: ClassVar[list[str]] = ["name", "sheet"]


class SharedTextsGroup(SnippetViewSetGroup):
    """Their place in the menu."""

    menu_label = "Textes communs"
    menu_icon = "copy"
    menu_order = 410
    items = (FaqEntryViewSet, PartnerViewSet, BadgeTextViewSet, CharterVersionViewSet, FlyerTemplateViewSet)
