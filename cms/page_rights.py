"""The loges' rights in Wagtail's own terms: every answer comes from `loges.permissions`."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from loges import permissions


@dataclass(frozen=True, slots=True)
class Codename:
    """Just enough of a Django permission for Wagtail to read."""

    codename: str


@dataclass(frozen=True)
class PageGrant:
    """A right on a page and all below it, in the shape of Wagtail's own rows."""

    page: Any
    permission: Codename

    @property
    def page_id(self) -> int:
        """The page's id."""
        return int(self.page.pk)


@dataclass(frozen=True)
class CollectionGrant:
    """A right on a collection, in the shape of Wagtail's own rows."""

    collection: Any
    permission: Codename

    @property
    def collection_id(self) -> int:
        """The collection's id."""
        return int(self.collection.pk)


WAGTAILS = {"add": "add", "edit": "change", "publish": "publish", "choose": "choose"}
"""What Wagtail calls those actions of the rule book that its grants open."""


def own_proposals(person: Any) -> QuerySet[Any]:
    """The pages on which a person proposes something to the handbook, in a loge that gives them the right."""
    Proposal = apps.get_model("cms", "HandbookProposalPage")
    return permissions.scope(Proposal.objects.filter(owner=person.pk), person, "propose")


def _is_ordinary(user: Any) -> bool:
    return user.is_active and user.is_authenticated and not user.is_superuser


class AdministratorsPolicy(ModelPermissionPolicy):
    """Accounts and groups: whoever changed them could make anybody, and themselves, an administrator."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Administrators alone, whatever other permissions say."""
        return bool(user.is_active and user.is_superuser)


class LogePagePolicy(PagePermissionPolicy):
    """Wagtail's page rights, plus those that a member has on the pages of a loge."""

    def get_all_permissions_for_user(self, user: Any) -> list[Any]:
        """Wagtail's own rows, then the loge grants."""
        rows: list[Any] = list(super().get_all_permissions_for_user(user))
        if not _is_ordinary(user):
            return rows
        pages = apps.get_model("cms", "LogePage").objects.all()
        for action in ("add", "edit", "publish"):
            codename = Codename(f"{WAGTAILS[action]}_page")
            rows += [PageGrant(page, codename) for page in permissions.granted(pages, user, action)]
        return rows

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        """The pages of the rows, and what the person proposes to the handbook."""
        pages: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        if "change" in actions and _is_ordinary(user):
            pages |= self.model._default_manager.filter(pk__in=own_proposals(user).values("pk"))
        return pages

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """By the rows, or because the person proposes it."""
        if super().user_has_any_permission_for_instance(user, actions, instance):
            return True
        is_editor = "change" in actions and _is_ordinary(user)
        return is_editor and own_proposals(user).filter(pk=instance.pk).exists()


class LogeCollectionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's collection rights, plus those that a member has on the collection of a loge."""

    def __init__(self, model: Any, auth_model: Any) -> None:
        super().__init__(model, auth_model=auth_model, owner_field_name="uploaded_by_user")
        # Images and documents must not find each other's grants in the person's cache.
        self.permission_cache_name = f"_{self.auth_model._meta.model_name}_grants"

    def get_all_permissions_for_user(self, user: Any) -> set[Any]:
        """Wagtail's own rows, then the loge grants."""
        rows: set[Any] = set(super().get_all_permissions_for_user(user))
        if not _is_ordinary(user):
            return rows
        collections = apps.get_model("cms", "LogeCollection").objects.select_related("collection")
        for action in ("add", "edit", "choose"):
            codename = Codename(f"{WAGTAILS[action]}_{self.auth_model._meta.model_name}")
            found = permissions.granted(collections, user, action)
            rows |= {CollectionGrant(row.collection, codename) for row in found}
        return rows


class WritersPolicy(LogePagePolicy):
    """The pages that somebody writes: what they look for, where the explorer shows what leads there, too."""

    def explorable_instances(self, user: Any) -> QuerySet[Any]:
        """Those that a person may edit; all that they may see, for the team."""
        if not _is_ordinary(user) or user.is_staff:
            found: QuerySet[Any] = super().explorable_instances(user)
            return found
        return self.instances_user_has_permission_for(user, "change")


def choosable(pages: Any, person: Any) -> QuerySet[Any]:
    """The pages among these that a person may link to: published ones, and drafts that they may edit.

    Not what is proposed to the handbook: it is never published itself.
    """
    readable: QuerySet[Any] = pages.not_type(apps.get_model("cms", "HandbookProposalPage"))
    if person.is_staff:
        return readable
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(person, "change")
    return readable.filter(Q(live=True) | Q(pk__in=own.values("pk")))


class EditorsPageTester(PagePermissionTester):
    """What the rule book refuses beyond what the grants say."""

    def can_schedule(self) -> bool:
        """Whoever publishes the page: a day for it that nobody may keep would be told in vain."""
        return bool(self.can_publish())

    def can_reorder_children(self) -> bool:
        """Only the team: pages of a loge are told by their dates, and moving is how Wagtail sorts."""
        return bool(getattr(self.user, "is_staff", False) and super().can_reorder_children())

    def can_set_view_restrictions(self) -> bool:
        """Only the team hides pages behind a log-in or password."""
        return bool(super().can_set_view_restrictions()) and permissions.may(self.user, "hide", self.page)


class SkeletonPageTester(EditorsPageTester):
    """Pages that the site stands on: made by `tree.plant` or with a loge, once, and where they belong."""

    def can_schedule(self) -> bool:
        """Nobody: they stay as long as what they belong to, and come when that does."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Nobody: what is below would go along, and nobody can make it again by hand."""
        return False

    def can_move(self) -> bool:
        """Nobody."""
        return False

    def can_move_to(self, destination: Any) -> bool:
        """Nowhere."""
        return False

    def can_copy(self) -> bool:
        """Nobody: there is one."""
        return False


class LogeContentTester(EditorsPageTester):
    """A page of a loge, or its own: public only while the loge is, and copied to another loge, never moved there."""

    def _may_here(self, action: str) -> bool:
        """Whether the person may do this in the loge of this page now. Asked once for all pages of a request."""
        known: dict[str, list[str]] | None = getattr(self.user, "_paths_of_loges", None)
        if known is None:
            known = self.user._paths_of_loges = {}
        if action not in known:
            pages = permissions.scope(apps.get_model("cms", "LogePage").objects.all(), self.user, action)
            known[action] = list(pages.values_list("path", flat=True))
        return any(self.page.path.startswith(path) for path in known[action])

    def can_add_subpage(self) -> bool:
        """Nothing new in a loge that is closed."""
        return bool(super().can_add_subpage()) and self._may_here("add")

    def can_publish(self) -> bool:
        """Not what belongs to a loge that isn't open yet, or is closed."""
        return bool(super().can_publish()) and self._may_here("publish")

    def can_publish_subpage(self) -> bool:
        """Nor what comes below."""
        return bool(super().can_publish_subpage()) and self._may_here("publish")

    def can_move(self) -> bool:
        """Nobody: pages of a loge can't be below anything else."""
        return False

    def can_move_to(self, destination: Any) -> bool:
        """Nowhere."""
        return False


class LogePageTester(SkeletonPageTester, LogeContentTester):
    """A loge's own page is born with the loge and stays."""

    def can_unpublish(self) -> bool:
        """Only the team: a pause or a closure takes a loge off the site."""
        return bool(super().can_unpublish()) and permissions.may(self.user, "unpublish", self.page)


class NeverPublicTester(SkeletonPageTester):
    """A page that lies in the tree for Wagtail's sake, and is never public."""

    def can_publish(self) -> bool:
        """Nobody."""
        return False

    def can_publish_subpage(self) -> bool:
        """Nobody."""
        return False


class ProposalTester(NeverPublicTester):
    """A proposal to the handbook: written by its author, reread by the team, merged by the workflow alone."""

    def _may(self, action: str) -> bool:
        return permissions.may(self.user, action, self.page)

    def _is_author(self) -> bool:
        return bool(self.page.owner_id == self.user.pk and self._may("propose"))

    def can_edit(self) -> bool:
        """Its author, and the team; nobody once it is decided."""
        return not self.page.is_decided and (self._is_author() or self._may("decide"))

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Its author, as long as nobody rereads it."""
        return self._is_author() and self.page.state == "DRAFT"

    def can_submit_for_moderation(self) -> bool:
        """Its author."""
        return self._is_author() and bool(super().can_submit_for_moderation())
