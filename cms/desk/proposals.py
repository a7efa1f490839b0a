"""Proposals to the handbook in the admin: begun here, listed here, written and reread in Wagtail's page editor."""

from typing import Any, ClassVar

from django import forms
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.views.pages.history import PageWorkflowHistoryViewMixin
from wagtail.admin.wagtail_hooks import PageAdminURLFinder
from wagtail.admin.widgets.button import HeaderButton

from cms import proposals, queries
from cms.models import HandbookChapterPage, HandbookPartPage, HandbookProposalPage
from loges import permissions
from loges.models import Loge

LABEL = "Cahier de bonnes pratiques"


def may_propose(person: Any) -> bool:
    """Whether a person may propose something to the handbook."""
    return bool(person.is_staff) or permissions.scope(Loge.objects.all(), person, "propose_handbook").exists()


_State = HandbookProposalPage.State
SAID = {
    _State.DRAFT: "«\u00a0{title}\u00a0» est rendu à son auteur.",
    _State.IN_REVIEW: "«\u00a0{title}\u00a0» est en relecture.",
    _State.NEEDS_CHANGES: "Votre remarque sur «\u00a0{title}\u00a0» est partie chez son auteur.",
    _State.PUBLISHED: "«\u00a0{title}\u00a0» est publié au cahier.",
    _State.DECLINED: "Votre réponse sur «\u00a0{title}\u00a0» est partie chez son auteur.",
}
"""What the team is told once it has answered."""


class _Row(forms.ModelChoiceField[Any]):
    """A row to choose. A number that no row can have is no choice; SQLite fails on it."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > 18:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return super().to_python(value)


class ProposeForm(forms.Form):
    """Where a proposal comes from, and, for a new chapter, what it is called and where it goes."""

    def __init__(self, *args: Any, person: Any, chapter: HandbookChapterPage | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        loges = Loge.objects.filter(pk__in=permissions.grants(person).values("content_object_id")).order_by("name")
        own = permissions.scope(loges, person, "propose_handbook")
        self.fields["loge"] = _Row(
            label="Au nom de",
            queryset=own,
            initial=own.first(),
            required=not person.is_staff,  # the team proposes in its own name
            empty_label="OpenLoge" if person.is_staff else None,
            help_text="Le cahier vous citera, vous et cette loge.",
        )
        if chapter is None:
            parts = queries.readable(HandbookPartPage.objects.all(), person).order_by("path")
            self.fields["title"] = forms.CharField(label="Titre du chapitre", max_length=255)
            self.fields["part"] = _Row(label="Dans la partie", queryset=parts)


class ProposeView(WagtailAdminTemplateMixin, FormView[ProposeForm]):
    """Begins a proposal, for a chapter (`?chapitre=`) or for a new one, and leads to its editor."""

    template_name = "cms/desk/propose.html"
    form_class = ProposeForm
    header_icon = "help"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the chapter among those that the person may read. 404 for others."""
        if not may_propose(request.user):
            raise PermissionDenied
        asked = request.GET.get("chapitre", "")
        readable = queries.readable(HandbookChapterPage.objects.all(), request.user)
        number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0  # longer than any key
        self.chapter = get_object_or_404(readable, pk=number) if asked else None
        self.page_title = "Proposer un changement" if self.chapter else "Proposer un chapitre"
        self.page_subtitle = self.chapter.title if self.chapter else ""
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here: the handbook."""
        here = {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}
        return [*self.breadcrumbs_items, {"url": reverse("handbook:index"), "label": LABEL}, here]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who proposes, and for which chapter."""
        return {**super().get_form_kwargs(), "person": self.request.user, "chapter": self.chapter}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows; who proposed something for the chapter already finds it again."""
        person: Any = self.request.user
        begun = [one for one in proposals.proposals(person).filter(owner=person) if not one.is_decided]
        own = [one for one in begun if self.chapter and one.chapter_id == self.chapter.pk]
        return super().get_context_data(**kwargs, chapter=self.chapter, own=own)

    def form_valid(self, form: ProposeForm) -> HttpResponse:
        """Begin it."""
        person: Any = self.request.user
        proposal = proposals.begin(by=person, chapter=self.chapter, **form.cleaned_data)
        return redirect(f"{reverse('wagtailadmin_pages:edit', args=[proposal.pk])}?{urlencode({'next': _home()})}")


def _home() -> str:
    return reverse("handbook:proposals")


class _Proposal(TitleColumn):
    """A proposal: edited until it is decided, by whoever finds it in this list, then read."""

    def get_link_url(self, instance: HandbookProposalPage, parent_context: Any) -> str:
        if not instance.is_decided:
            return f"{reverse('wagtailadmin_pages:edit', args=[instance.pk])}?{urlencode({'next': _home()})}"
        return reverse("handbook:proposal", args=[instance.pk])


class ProposalsView(BaseListingView):
    """What the person proposes to the handbook; for those who keep it, what all propose."""

    page_title = "Propositions"
    header_icon = "help"
    index_url_name = "handbook:proposals"
    index_results_url_name = "handbook:proposals_results"
    results_template_name = "cms/desk/proposals.html"
    verbose_name_plural = HandbookProposalPage._meta.verbose_name_plural
    paginate_by = 50
    columns: ClassVar[list[Column]] = [
        _Proposal("draft_title", label="Proposition"),
        Column(
            "subject", label="Pour", accessor=lambda one: one.chapter.title if one.chapter else "un nouveau chapitre"
        ),
        Column("state", label="État", accessor=lambda one: one.state.label),
        Column("credit", label="De"),
        Column("answer", label="Réponse d'OpenLoge", accessor=lambda one: one.answer or one.remark),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who propose nothing."""
        if not may_propose(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to one more."""
        return [HeaderButton("Proposer un chapitre", reverse("handbook:propose"), icon_name="plus")]

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here: the handbook."""
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": reverse("handbook:index"), "label": LABEL}, here]

    def get_base_queryset(self) -> QuerySet[HandbookProposalPage]:
        """The latest written first."""
        return proposals.proposals(self.request.user)


class ProposalView(WagtailAdminTemplateMixin, TemplateView):
    """A proposal as it was left, and what became of it: also once nobody writes in it any more."""

    template_name = "cms/desk/proposal_read.html"
    header_icon = "help"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find it among those that the person finds listed. 404 for others."""
        self.proposal = get_object_or_404(proposals.proposals(request.user), pk=kwargs["pk"])
        self.page_title = self.proposal.draft_title
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here: the handbook, its proposals."""
        here = {"url": "", "label": self.page_title}
        above = {"url": reverse("handbook:index"), "label": LABEL}, {"url": _home(), "label": "Propositions"}
        return [*self.breadcrumbs_items, *above, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows: the latest revision."""
        latest = self.proposal.get_latest_revision_as_object()
        return super().get_context_data(**kwargs, proposal=self.proposal, latest=latest)


class PageURLFinder(PageAdminURLFinder):
    """Where Wagtail's lists lead: to the editor of a page, or to a proposal as it is read, once nobody edits it."""

    def get_edit_url(self, instance: Any) -> str | None:
        """None where the person may do neither."""
        url: str | None = super().get_edit_url(instance)
        if url is None and proposals.proposals(self.user).filter(pk=instance.pk).exists():
            return reverse("handbook:proposal", args=[instance.pk])
        return url


def tell_the_end() -> None:
    """Lead from a decided proposal's workflow to what became of it; Wagtail shows workflows to who may edit."""
    asked = PageWorkflowHistoryViewMixin.dispatch

    def dispatch(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        page = view.object.specific
        if isinstance(page, HandbookProposalPage) and page.is_decided:
            return redirect("handbook:proposal", page.pk)
        return asked(view, request, *args, **kwargs)

    PageWorkflowHistoryViewMixin.dispatch = dispatch


def shorten_buttons(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer its author alone to take a proposal back, and nobody to begin the rereading anew: submitting does."""
    page = context.get("page")
    if isinstance(page, HandbookProposalPage):
        theirs = page.owner_id == request.user.pk
        hidden = {"action-restart-workflow"} | (set() if theirs else {"action-cancel-workflow"})
        items[:] = [item for item in items if item.name not in hidden]


def lead_back(request: HttpRequest, page: Any) -> HttpResponse | None:
    """To the list of proposals, after one left its author's hands or was answered: no explorer shows it."""
    if isinstance(page, HandbookProposalPage) and "action-workflow-action" in request.POST:
        list(get_messages(request))  # Wagtail's, which says that a page was updated
        messages.success(request, SAID[HandbookProposalPage.objects.get(pk=page.pk).state].format(title=page.title))
    left = {"action-submit", "action-workflow-action", "action-restart-workflow"} & set(request.POST)
    return redirect(_home()) if left and isinstance(page, HandbookProposalPage) else None
