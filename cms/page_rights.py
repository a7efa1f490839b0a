"""The loges' rights in Wagtail's own terms: every answer comes from `loges.permissions`."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from loges import permissions
from loges.models import Loge


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


def page_actions(person: Any, loge: Loge) -> list[str]:
    """What a member may do on the pages of a loge; publishing waits until the loge is open."""
    actions = []
    if permissions.may(person, "edit_content", loge):
        actions += ["add", "change"]
        if loge.state in permissions.LOGES_WITH_A_PAGE and permissions.may(person, "publish_content", loge):
            actions.append("publish")
    return actions


def own_proposals(person: Any) -> QuerySet[Any]:
    """The pages on which a person proposes something to the handbook, in a loge that gives them the right."""
    Proposal = apps.get_model("cms", "HandbookProposalPage")
    return permissions.scope(Proposal.objects.filter(owner=person.pk), person, "propose")


def _is_ordinary(user: Any) -> bool:
    return user.is_active and user.is_authenticated and not user.is_superuser


class LogePagePolicy(PagePermissionPolicy):
    """Wagtail's page rights, plus those that a member has on the pages of a loge."""

    def get_all_permissions_for_user(self, user: Any) -> list[Any]:
        """Wagtail's own rows, then the loge grants."""
        rows: list[Any] = list(super().get_all_permissions_for_user(user))
        if not _is_ordinary(user) or user.is_staff:
            return rows
        LogePage = apps.get_model("cms", "LogePage")
        editable = permissions.scope(Loge.objects.all(), user, "edit_content")
        for page in LogePage.objects.filter(loge__in=editable).select_related("loge"):
            rows += [PageGrant(page, Codename(f"{action}_page")) for action in page_actions(user, page.loge)]
        return rows

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        """The pages of the rows, and what the person proposes to the handbook."""
        pages: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        if "change" in actions and _is_ordinary(user) and not user.is_staff:
            pages |= self.model._default_manager.filter(pk__in=own_proposals(user).values("pk"))
        return pages

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """By the rows, or because the person proposes it."""
        if super().user_has_any_permission_for_instance(user, actions, instance):
            return True
        is_editor = "change" in actions and _is_ordinary(user) and not user.is_staff
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
        if not _is_ordinary(user) or user.is_staff:
            return rows
        kind = self.auth_model._meta.model_name
        LogeCollection = apps.get_model("cms", "LogeCollection")
        editable = permissions.scope(Loge.objects.all(), user, "edit_content")
        for row in LogeCollection.objects.filter(loge__in=editable).select_related("collection"):
            rows |= {CollectionGrant(row.collection, Codename(f"{a}_{kind}")) for a in ("add", "change", "choose")}
        return rows


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
    """What a coordinator may do on the pages of a loge, beyond what the grants say."""

    def _is_team(self) -> bool:
        return bool(self.user.is_superuser or getattr(self.user, "is_staff", False))

    def can_set_view_restrictions(self) -> bool:
        """Only the team hides pages behind a log-in or password."""
        return self._is_team() and bool(super().can_set_view_restrictions())


class SkeletonPageTester(EditorsPageTester):
    """Pages that the site stands on: made by `tree.plant` or with a loge, once, and where they belong."""

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

    def _has_public_loge(self) -> bool:
        """Whether the loge of this page has pages that anybody reads. Asked once for all pages of a request."""
        found: dict[str, str] | None = getattr(self.user, "_states_of_loges", None)
        if found is None:
            found = dict(Loge.objects.filter(page__isnull=False).values_list("page__path", "state"))
            self.user._states_of_loges = found
        states = (state for path, state in found.items() if self.page.path.startswith(path))
        return next(states, None) in permissions.LOGES_WITH_A_PAGE

    def can_publish(self) -> bool:
        """Not what belongs to a loge that isn't open yet, or is closed."""
        return bool(super().can_publish()) and self._has_public_loge()

    def can_publish_subpage(self) -> bool:
        """Nor what comes below."""
        return bool(super().can_publish_subpage()) and self._has_public_loge()

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
        return self._is_team() and bool(super().can_unpublish())


class ProposalTester(SkeletonPageTester):
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

    def can_publish(self) -> bool:
        """Nobody: the workflow merges it."""
        return False

    def can_publish_subpage(self) -> bool:
        """Nobody."""
        return False
