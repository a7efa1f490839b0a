"""The gate of the editors' admin: who may come in, and which of Wagtail's addresses are open to them.

OpenLoge's team goes everywhere that Wagtail lets it. Everybody else must have a right in some loge now, and finds
only the addresses below: what a new version of Wagtail brings stays closed until somebody writes it here. An address
that is open still asks for rights on the object.
"""

import json
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.admin.auth import permission_denied, reject_request
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms import page_rights
from loges import permissions

ADMIN = "/admin/"

NO_ACCESS = (
    "Ce compte n'a pas accès à l'administration\u00a0: "
    "elle est réservée à l'équipe OpenLoge et à qui coordonne une loge."
)

NOT_WHOLE = "Ce formulaire n'est pas complet."

LOOKING: ContextVar[Any] = ContextVar("LOOKING", default=None)
"""Whoever asked for the screen of the admin that is being drawn: widgets are drawn without their request."""

FOR_ANYBODY = frozenset(
    {
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_sprite",
    }
)
"""Before a log-in."""

_HERE = """
    wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles wagtailadmin_block_preview
    wagtailadmin_explore wagtailadmin_explore_results wagtailadmin_explore_root
    wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search
    wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_anchor_link wagtailadmin_choose_page_email_link
    wagtailadmin_choose_page_external_link wagtailadmin_choose_page_phone_link
    wagtail_bulk_action life:change charter:sign dates:change dates:foreseen
    team:index team:results team:add team:profile
    handbook:index handbook:results handbook:propose handbook:proposal handbook:proposals
    handbook:proposals_results
    events:index events:index_results events:choose_parent
"""
_BELOW = {
    "wagtailadmin_pages": """
        add add_subpage choose_parent copy delete edit history history_results move move_confirm preview_on_add
        preview_on_edit revisions_compare revisions_index revisions_revert revisions_unschedule revisions_view
        search search_results set_page_position type_use type_use_results unpublish usage view_draft workflow_history
        workflow_history_detail
    """,
    "wagtailadmin_editing_sessions": "ping release",
    "wagtailimages": """
        add add_multiple create_multiple_from_uploaded_image delete delete_multiple delete_upload_multiple edit
        edit_multiple image_usage index index_results
    """,
    "wagtailimages_chooser": "choose choose_results chosen chosen_multiple create select_format",
    "wagtaildocs": """
        add add_multiple create_multiple_from_uploaded_document delete delete_multiple delete_upload_multiple
        document_usage edit edit_multiple index index_results
    """,
    "wagtaildocs_chooser": "choose choose_results chosen chosen_multiple create",
    "wagtailsnippetchoosers_cms_faqentry": "choose choose_results chosen chosen_multiple",
    "wagtailsnippetchoosers_cms_partner": "choose choose_results chosen chosen_multiple",
    "wagtailsnippetchoosers_loges_servicefamily": "choose choose_results chosen chosen_multiple",
}

FOR_EDITORS = (
    FOR_ANYBODY | set(_HERE.split()) | {f"{space}:{name}" for space in _BELOW for name in _BELOW[space].split()}
)
"""For those who write in a loge."""


class AdminGate:
    """Asks at the gate, before any view of the admin does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what is drawn meanwhile may ask who looks."""
        if not request.path.startswith(ADMIN):
            return self.get_response(request)
        token = LOOKING.set(request.user)
        try:
            return self.get_response(request)
        finally:
            LOOKING.reset(token)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Refuse as Wagtail's views do: to the log-in those who have no right here, to the dashboard the others."""
        match = request.resolver_match
        if not request.path.startswith(ADMIN) or match is None or match.view_name in FOR_ANYBODY:
            return None
        if not _is_whole(request, match.view_name):
            return HttpResponseBadRequest(NOT_WHOLE)
        person = request.user
        if not person.is_authenticated or person.is_superuser:
            return None
        if match.view_name == "wagtail_bulk_action" and not _may_use_button(request, person, **match.kwargs):
            return _answer(permission_denied(request))
        if person.is_staff:
            return None
        if not permissions.has_grants(person):
            answer = _answer(reject_request(request))
            messages.error(request, NO_ACCESS)
            return answer
        if match.view_name == "wagtailadmin_choose_page_child":
            _check_choosable(Page.objects.all(), [str(match.kwargs["parent_page_id"])], person)
        if match.view_name == "wagtailadmin_choose_page_chosen_multiple":
            _check_choosable(Page.objects.filter(depth__gt=1), request.GET.getlist("id"), person)
        if match.view_name.endswith(":chosen_multiple") and not all(map(_is_key, request.GET.getlist("id"))):
            raise Http404
        if match.view_name == "wagtailadmin_explore_root" and not _writes_pages(person):
            # The dashboard's search leads here. Who writes no page finds the handbook.
            return redirect(f"{reverse('handbook:index')}?{urlencode({'q': request.GET.get('q', '')})}")
        return None if match.view_name in FOR_EDITORS else _answer(permission_denied(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Refuse a form without a field that its screen always sends."""
        is_ours = request.path.startswith(ADMIN) and isinstance(exception, MultiValueDictKeyError)
        return HttpResponseBadRequest(NOT_WHOLE) if is_ours else None

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Leave what is closed out of the way that is told above a screen, too."""
        context = response.context_data or {}
        steps = context.get("breadcrumbs_items")
        if steps and request.user.is_authenticated and not request.user.is_staff:
            context["breadcrumbs_items"] = [step for step in steps if _is_open(str(step.get("url") or ""))]
        return response


def _is_whole(request: HttpRequest, view_name: str) -> bool:
    """Whether a form brings what no screen leaves out; Wagtail's views fail without, or call with whatever comes."""
    if view_name == "wagtailadmin_choose_page_external_link" and request.method == "POST":
        return "external-link-chooser-url" in request.POST
    if view_name == "wagtailadmin_pages:copy" and request.method == "POST":
        parent = request.POST.get("new_parent_page", "")
        return _is_key(parent) and Page.objects.filter(pk=parent).exists()
    try:
        said = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.keys() <= {"comment"} and isinstance(said.get("comment", ""), str)


def _check_choosable(pages: Any, ids: list[str], person: Any) -> None:
    """Wagtail's chooser names the pages that were chosen, and the one whose children it lists, whoever may know.

    Raises Http404.
    """
    wanted = set(ids)
    known = {page_id for page_id in wanted if _is_key(page_id)}
    if known != wanted or page_rights.choosable(pages.filter(pk__in=known), person).count() < len(known):
        raise Http404


def _writes_pages(person: Any) -> bool:
    """Whether there are pages for the person in the explorer."""
    return bool(policy_registry.get_by_type(Page).user_has_any_permission(person, {"add", "change", "publish"}))


def _is_key(text: str) -> bool:
    """Whether a text may be the id of a row; Wagtail's views fail on others."""
    return text.isascii() and text.isdecimal() and len(text) <= 18


def _may_use_button(request: HttpRequest, person: Any, app_label: str, model_name: str, **kwargs: Any) -> bool:
    """Whether a list's button is asked about things that the person may edit.

    Wagtail's screen names the others, too; and accounts ask another permission there than on their own screens.
    """
    try:
        policy: Any = policy_registry.get_by_type(apps.get_model(app_label, model_name), fallback=False)
    except LookupError:
        policy = None
    if policy is None:
        return True  # Wagtail knows no such button
    ids = {pk for pk in request.GET.getlist("id") if pk != "all"}
    if not all(_is_key(pk) for pk in ids):
        return False
    own = policy.instances_user_has_permission_for(person, "change").filter(pk__in=ids)
    return bool(policy.user_has_permission(person, "change")) and own.count() == len(ids)


def _is_open(url: str) -> bool:
    """Whether an address of this site is open to those who write in a loge."""
    try:
        return not url.startswith(ADMIN) or resolve(urlsplit(url).path).view_name in FOR_EDITORS
    except Resolver404:
        return False


def _answer(response: Any) -> HttpResponse:
    """What Wagtail answers; it carries no types."""
    found: HttpResponse = response
    return found
