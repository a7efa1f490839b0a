"""The network's charter, read and signed at the desk by whoever leads a loge: a loge opens once it is signed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.generic.base import TemplateView
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from cms import queries
from cms.desk.screens import Screen
from cms.models import CharterVersion
from loges import clock, recurrence
from loges import queries as domain
from loges.actions import loges
from loges.models import Loge, LogeMembership


def in_force() -> CharterVersion | None:
    """The charter of today."""
    return queries.charter(recurrence.local_day(clock.now()))


def to_sign(person: Any) -> QuerySet[LogeMembership]:
    """The memberships by which a person leads a loge now and hasn't signed yet; none before there is a charter."""
    if in_force() is None:
        return LogeMembership.objects.none()
    return domain.leading(person).filter(charter_signed_on__isnull=True)


class CharterView(Screen, TemplateView):
    """Shows the charter in force, and takes the signature."""

    template_name = "cms/desk/charter.html"
    page_title = "La charte"
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find what the person has to sign for that loge. 404 where there is nothing."""
        self.membership = get_object_or_404(to_sign(request.user), loge__in=Loge.objects.filter(pk=kwargs["pk"]))
        self.page_subtitle = self.membership.loge.name
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[Any]:
        """The way here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title, "sublabel": self.page_subtitle}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        return super().get_context_data(**kwargs, charter=in_force(), loge=self.membership.loge)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign."""
        person: Any = request.user
        loges.sign_charter(by=person, membership=self.membership, on=recurrence.local_day(clock.now()))
        messages.success(request, "Merci\u00a0: la charte est signée.")
        return redirect("wagtailadmin_home")


class CharterViewSet(ViewSet):
    """Its address."""

    name = "charter"
    url_prefix = "charte"

    def get_urlpatterns(self) -> list[URLPattern]:
        """One, by the loge's id."""
        return [path("<int:pk>/", CharterView.as_view(), name="sign")]
