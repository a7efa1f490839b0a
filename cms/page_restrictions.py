"""Pages that aren't open to everybody. One rule, in SQL, for every door: lists, links, addresses, the calendar."""

from typing import Any

from django.db.models import CharField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.expressions import Combinable
from wagtail.models import PageViewRestriction

from loges.permissions import Viewer


def unmet(path: Combinable, person: Viewer) -> QuerySet[Any]:
    """The restrictions that keep this person out of the page with that tree path: its own, and those above it.

    A restriction by password keeps everybody out.
    """
    below = ExpressionWrapper(path, output_field=CharField())
    above = PageViewRestriction.objects.annotate(below=below).filter(below__startswith=F("page__path"))
    return above.exclude(_met_by(person))


def _met_by(person: Viewer) -> Q:
    """The restrictions that this person's log-in and groups satisfy."""
    if person is None or not person.is_authenticated:
        return Q(pk__in=[])
    if person.is_superuser:
        return Q(restriction_type__in=[PageViewRestriction.LOGIN, PageViewRestriction.GROUPS])
    theirs = PageViewRestriction.objects.filter(groups__user=person).values("pk")
    by_group = Q(restriction_type=PageViewRestriction.GROUPS, pk__in=theirs)
    return Q(restriction_type=PageViewRestriction.LOGIN) | by_group
