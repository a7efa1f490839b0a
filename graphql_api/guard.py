"""The last look at what resolvers answer: a row that the rules hide from the reader is told to nobody.

Rows that came through a rule are marked by it, in the statement that read them, and cost nothing here. Others (a
forward foreign key, a row that a mutation changed, a careless query) are asked about, together with their peers.
"""

from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from graphql import GraphQLList, GraphQLResolveInfo, OperationType, get_nullable_type
from graphql.pyutils import is_iterable
from strawberry import relay
from strawberry.extensions import SchemaExtension
from wagtail.models import Page

from cms import calendar
from cms import queries as cms_queries
from graphql_api.batch import for_peers, has_peers, together
from graphql_api.context import Context, Info
from loges import permissions
from loges.permissions import Viewer

M = TypeVar("M", bound=Model)
_PLAIN = (NoneType, str, int, float)
"""What most fields answer; told apart first, for every field comes by."""


def rule_of(model: type[Model]) -> str | None:
    """The rule that guards a model, by the mark it leaves on rows; None for what everybody may read."""
    if issubclass(model, Page):
        return "pages"
    if model in calendar.PAGES:
        return "calendar"
    return "visible" if model in permissions.VISIBLE else None


def shown(queryset: QuerySet[M], person: Viewer) -> QuerySet[M]:
    """The part of a queryset that the person may be told, marked by the rule of its model."""
    match rule_of(queryset.model):
        case "pages":
            return cms_queries.readable(queryset, person)
        case "calendar":
            return calendar.told(permissions.visible(queryset, person), person)
        case _:
            return permissions.visible(queryset, person)


class Guarded:
    """What every type of a model begins with: querysets that strawberry-django makes are `shown`, too."""

    @classmethod
    def get_queryset(cls, queryset: QuerySet[M], info: Info, **kwargs: Any) -> QuerySet[M]:
        """The part that the reader may be told."""
        return shown(queryset, info.context.person)


class VisibilityGuard(SchemaExtension):
    """Makes hidden rows null, and leaves them out of lists and connections, whatever way they come.

    A field that may not be null takes the object around it along. One statement for all the peers of a row that no
    rule has marked; none for those marked.
    """

    def resolve(
        self, _next: Callable[..., Any], root: Any, info: GraphQLResolveInfo[Context], *args: Any, **kwargs: Any
    ) -> Any:
        """What the resolver answers, without what is hidden."""
        found = _next(root, info, *args, **kwargs)
        if isinstance(found, _PLAIN):
            return found
        if isinstance(found, Model):
            return found if _is_shown(found, root, info) else None
        if isinstance(get_nullable_type(info.return_type), GraphQLList) and is_iterable(found):
            return _listed(list(found), root, info)
        return found


def _listed(items: list[Any], root: Any, info: GraphQLResolveInfo[Context]) -> list[Any]:
    """The items of a list, or the edges of a connection, whose row isn't hidden; rows that came alone are peers."""
    rows = [item.node if isinstance(item, relay.Edge) else item for item in items]
    together(row for row in rows if isinstance(row, Model) and not has_peers(row))
    return [
        item
        for item, row in zip(items, rows, strict=True)
        if not isinstance(row, Model) or _is_shown(row, root, info)
    ]


def _is_shown(row: Model, root: Any, info: GraphQLResolveInfo[Context]) -> bool:
    """Whether a rule lets the reader see a row; if so the row is marked."""
    rule = rule_of(type(row))
    if rule is None:
        return True
    # What a mutation hands over may have been read, and marked, before it changed.
    is_changed = info.operation.operation is OperationType.MUTATION and not isinstance(root, Model)
    if not is_changed and row.__dict__.get("shown_by") == rule:
        return True
    if not _follows(row, root) and not _ask(row, root, info.context.person):
        return False
    row.__dict__["shown_by"] = rule
    return True


def _follows(row: Model, root: Any) -> bool:
    """Whether the row is what a row that is shown leads to, which then is shown as well."""
    name = permissions.LEADS_TO.get(type(root))
    return (
        name is not None
        and root.__dict__.get("shown_by") == rule_of(type(root))
        and root._meta.get_field(name).related_model is type(row)
        and getattr(root, f"{name}_id") == row.pk
    )


def _ask(row: Model, root: Any, person: Viewer) -> bool:
    """Ask the database about a row and its peers; one that came alone has those that its root's peers lead to."""
    if not has_peers(row) and isinstance(root, Model):
        for field in root._meta.concrete_fields:
            if field.related_model is type(row) and getattr(root, field.attname) == row.pk:
                return _ask_for(root, field.attname, type(row), person)
    return _ask_for(row, "pk", type(row), person)


def _ask_for(root: Model, key: str, model: type[Model], person: Viewer) -> bool:
    """Whether the row of a model whose id stands in `key` may be told. One statement for all the peers of `root`."""

    def load(rows: list[Model]) -> Mapping[int, bool]:
        ids = {row.pk: getattr(row, key) for row in rows if type(row) is type(root)}
        found = shown(model._default_manager.filter(pk__in=set(ids.values())), person)
        told = set(found.values_list("pk", flat=True))
        return {pk: wanted in told for pk, wanted in ids.items()}

    return bool(for_peers(root, ("shown", key, type(root)), load))
