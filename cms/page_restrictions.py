"""Pages that aren't open to everybody. One rule, in SQL, for every door: lists, links, addresses, the calendar."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Exists, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from wagtail.models import PageViewRestriction

from loges import permissions
from loges.models import Person
from loges.permissions import Viewer

COORDINATORS_GROUP = "Coordinateurs"
"""The group of those who write in loges."""


def unmet(path: Combinable, person: Viewer) -> QuerySet[Any]:
    """The restrictions that keep this person out of the page with that tree path: its own, and those above it.

    A restriction by password keeps everybody out.
    """
    below = ExpressionWrapper(path, output_field=CharField())
    above = PageViewRestriction.objects.annotate(below=below).filter(below__startswith=F("page__path"))
    return above.exclude(_met_by(person))


def groups_of(person: Person) -> QuerySet[Group]:
    """A person's groups; that of those who write in loges only as long as some loge gives them a right."""
    is_editor = Exists(permissions.grants(person))
    return person.groups.filter(~Q(name=COORDINATORS_GROUP) | is_editor)


def refuse_after_the_end(page: Any, request: HttpRequest, *args: Any) -> None:
    """Keep those out whose rights ended by themselves: for Wagtail, they are in the group still."""
    if request.user.is_authenticated:
        kept_out = unmet(Value(page.path), request.user)
        if kept_out.filter(groups__in=request.user.groups.all()).exists():
            raise PermissionDenied


def _met_by(person: Viewer) -> Q:
    """The restrictions that this person's log-in and groups satisfy."""
    if person is None or not person.is_authenticated:
        return Q(pk__in=[])
    if person.is_superuser:
        return Q(restriction_type__in=[PageViewRestriction.LOGIN, PageViewRestriction.GROUPS])
    theirs = PageViewRestriction.objects.filter(groups__in=groups_of(person)).values("pk")
    by_group = Q(restriction_type=PageViewRestriction.GROUPS, pk__in=theirs)
    return Q(restriction_type=PageViewRestriction.LOGIN) | by_group
