"""What OpenLoge changes in Wagtail's admin."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import Image
from wagtail.models import AbstractPage, Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms import admin_links, french, image_forms, keywords, page_restrictions, page_rights, vocabulary
from cms.desk import charter, dashboard, dates, events, handbook, life, listings, loges, proposals, team
from cms.models import Document, Picture
from cms.page_rights import AdministratorsPolicy, LogeCollectionPolicy, LogePagePolicy
from cms.shared_texts import SharedTextsGroup
from cms.vocabulary import WORDS, VocabularyGroup
from loges.actions import services
from loges.models import Person

# Before anything asks for a policy: Wagtail keeps the first answer.
register_permission_policy(AbstractPage, LogePagePolicy())
register_permission_policy(Picture, LogeCollectionPolicy(Picture, Image), exact_class=True)
register_permission_policy(Document, LogeCollectionPolicy(Document, WagtailDocument), exact_class=True)
for model in (Person, Group):
    register_permission_policy(model, AdministratorsPolicy(model))

french.name_fields()
admin_links.ask_who_looks()
admin_links.offer_what_can_be_added()
admin_links.offer_days_that_are_asked()
keywords.ask_none()
keywords.offer_ones_own()
listings.hide_the_network()
listings.offer_what_is_allowed()
listings.search_what_one_writes()
image_forms.take_portraits()
proposals.tell_the_end()
register_admin_url_finder(Page, proposals.PageURLFinder)

register_snippet(VocabularyGroup)
register_snippet(SharedTextsGroup)
hooks.register("register_actions", vocabulary.register)
hooks.register("register_admin_viewset", handbook.HandbookViewSet)
hooks.register("register_admin_viewset", events.EventsViewSet)
hooks.register("register_admin_viewset", dates.DatesViewSet)
hooks.register("register_admin_viewset", team.TeamViewSet)
hooks.register("register_admin_viewset", life.LifeViewSet)
hooks.register("register_admin_viewset", charter.CharterViewSet)
hooks.register("register_admin_viewset", loges.LogesViewSet)
hooks.register("construct_homepage_panels", dashboard.show_desk)
hooks.register("register_admin_search_area", handbook.search_area)


def colours() -> SafeString:
    """The project's colours and small corrections."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


hooks.register("insert_global_admin_css", colours)


def corrections() -> SafeString:
    """What the project corrects in Wagtail's scripts."""
    return format_html('<script src="{}"></script>', static("cms/admin.js"))


hooks.register("insert_global_admin_js", corrections)


hooks.register("construct_main_menu", dashboard.shorten_menu)
hooks.register("construct_help_menu", dashboard.shorten_help)


def refuse_unfinished(request: HttpRequest, action_type: str, things: list[Any], action: Any) -> HttpResponse | None:
    """Name the drafts that lack something, instead of publishing a list of pages by halves.

    Elsewhere the form asks; the button of the list publishes what was saved, and a draft may be incomplete.
    """
    if action_type != "publish" or not all(isinstance(thing, AbstractPage) for thing in things):
        return None
    pages = list(things)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [below for page in things for below in page.get_descendants().not_live()]
    unfinished = [page.get_admin_display_title() for page in pages if not _is_complete(page)]
    if not unfinished:
        return None
    messages.error(request, f"Rien n'est publié : il manque quelque chose à {', '.join(unfinished)}.")
    return redirect(action.next_url)


def _is_complete(page: Any) -> bool:
    try:
        page.get_latest_revision_as_object().full_clean()
    except ValidationError:
        return False
    return True


hooks.register("before_bulk_action", refuse_unfinished)


def remove_words(request: HttpRequest, action_type: str, things: list[Any], action: Any) -> HttpResponse | None:
    """Remove words through the domain from a list's button, too; what is in use stays, and is named."""
    if action_type != "delete" or not things or not isinstance(things[0], WORDS):
        return None
    kept = []
    for words in things:
        try:
            services.remove(by=request.user, words=words)
        except ProtectedError:
            kept.append(words)
    if kept:
        messages.error(request, vocabulary.still_used(kept))
    if len(kept) < len(things):
        messages.success(request, f"Supprimé : {len(things) - len(kept)}.")
    return redirect(action.next_url)


hooks.register("before_bulk_action", remove_words)

# Pages are moved one by one, by those who may: the button of lists is shown to everybody, and refused nearly all.
MoveBulkAction.models = []


def check_move(request: HttpRequest, page: Any, destination: Any) -> None:
    """Ask before the confirmation is shown, too: it names both pages. Wagtail asks only when it is sent."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


hooks.register("before_move_page", check_move)


def hide_drafts_of_others(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Offer to link to what the person may know of."""
    return page_rights.choosable(pages, request.user)


hooks.register("construct_page_chooser_queryset", hide_drafts_of_others)
hooks.register("after_edit_page", proposals.lead_back)
hooks.register("construct_page_action_menu", proposals.shorten_buttons)
hooks.register("before_serve_page", page_restrictions.refuse_after_the_end)
