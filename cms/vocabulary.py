"""The taxonomy and the words of the search, edited by the team: every write is the domain's own action."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.actions.create import CreateAction
from wagtail.actions.delete import DeleteAction
from wagtail.actions.edit import EditAction
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet, SnippetViewSetGroup

from loges.actions import services
from loges.models import AmbiguousTerm, ForeignPhrase, Service, ServiceFamily

WORDS = (ServiceFamily, Service, AmbiguousTerm, ForeignPhrase)
"""What is edited here."""


class WriteWords(EditAction):
    """Saves through the domain, which tells every process that words changed."""

    def _save_instance(self) -> None:
        self.instance = services.write(by=self.user, words=self.form.save(commit=False))


class AddWords(CreateAction):
    """As `WriteWords`, for something new."""

    def _save_instance(self) -> None:
        self.instance = services.write(by=self.user, words=self.form.save(commit=False))


class RemoveWords(DeleteAction):
    """Removes through the domain; what the domain keeps is not noted as removed."""

    @transaction.atomic
    def _delete(self) -> None:
        log(instance=self.instance, action=self.log_action, user=self.user, deleted=True)
        services.remove(by=self.user, words=self.instance)


def still_used(words: Iterable[Any]) -> str:
    """What is said of words that something needs."""
    return f"Encore utilisé, donc gardé : {', '.join(str(each) for each in words)}."


class RemoveWordsView(DeleteView):
    """Asks, then removes; what is still used stays, and the list says so."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove, or say what is kept: Wagtail's index of references knows some uses, the database knows them all."""
        if not self.usage.is_protected:
            with suppress(ProtectedError):
                answer: HttpResponse = super().form_valid(form)
                return answer
        messages.error(self.request, still_used([self.object]))
        return redirect(self.get_success_url())


def register(registry: Any) -> None:
    """Make these the actions of the words' models, whichever view asks for one."""
    for model in WORDS:
        for action in (AddWords, WriteWords, RemoveWords):
            registry.register(model, action)


class ServiceFamilyViewSet(SnippetViewSet):
    """Groups of services."""

    model = ServiceFamily
    delete_view_class = RemoveWordsView
    icon = "folder-open-inverse"
    list_display: ClassVar[list[str]] = ["name", "slug", "position"]
    ordering: ClassVar[list[str]] = ["position"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("icon"), FieldPanel("position")]),
    ]


class ServiceViewSet(SnippetViewSet):
    """Services, with all the words that call for them."""

    model = Service
    delete_view_class = RemoveWordsView
    icon = "pick"
    list_display: ClassVar[list[str]] = ["name", "family", "unit"]
    list_filter: ClassVar[list[str]] = ["family", "sap"]
    search_fields: ClassVar[list[str]] = ["name", "phrases__text"]
    ordering: ClassVar[list[str]] = ["position"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("family"), FieldPanel("position")]),
        InlinePanel(
            "phrases",
            heading="Mots qui appellent ce service",
            label="expression",
            panels=[FieldRowPanel([FieldPanel("text"), FieldPanel("kind")])],
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("unit"), FieldPanel("is_often_by_coordinator")]),
                FieldRowPanel([FieldPanel("advised_min_cents"), FieldPanel("advised_max_cents")]),
            ],
            heading="Prix",
        ),
        MultiFieldPanel([FieldPanel("sap"), FieldPanel("legal_note")], heading="Droit"),
    ]


class AmbiguousTermViewSet(SnippetViewSet):
    """Words that may mean several services."""

    model = AmbiguousTerm
    delete_view_class = RemoveWordsView
    icon = "help"
    list_display: ClassVar[list[str]] = ["term", "question"]
    search_fields: ClassVar[list[str]] = ["term"]
    panels: ClassVar[list[Any]] = [
        FieldPanel("term"),
        FieldPanel("question"),
        InlinePanel(
            "choices",
            heading="Sens possibles",
            label="sens",
            min_num=2,
            panels=[FieldRowPanel([FieldPanel("service"), FieldPanel("position")])],
        ),
    ]


class ForeignPhraseViewSet(SnippetViewSet):
    """Words for what a loge doesn't do."""

    model = ForeignPhrase
    delete_view_class = RemoveWordsView
    icon = "cross"
    list_display: ClassVar[list[str]] = ["text"]
    search_fields: ClassVar[list[str]] = ["text"]
    ordering: ClassVar[list[str]] = ["text"]
    panels: ClassVar[list[Any]] = [FieldPanel("text")]


class VocabularyGroup(SnippetViewSetGroup):
    """Their place in the menu."""

    menu_label = "Services et mots"
    menu_icon = "list-ul"
    menu_order = 400
    items = (ServiceViewSet, ServiceFamilyViewSet, AmbiguousTermViewSet, ForeignPhraseViewSet)
