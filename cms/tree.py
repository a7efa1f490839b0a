"""The skeleton of the site: root pages, the two groups of editors, the private handbook."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.models import (
    BlogIndexPage,
    HandbookIndexPage,
    HandbookProposalIndexPage,
    HandbookReview,
    HomePage,
    LogeIndexPage,
)
from cms.page_restrictions import COORDINATORS_GROUP
from loges.models import Person

TEAM_GROUP = "Équipe OpenLoge"

_TEAM_PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
_TEAM_LOGE_PERMISSIONS = (
    "edit_content",
    "publish_content",
    "manage_experts",
    "manage_team",
    "propose_handbook",
    "keep_handbook",
)

HANDBOOK_FILES = "Cahier de bonnes pratiques"
"""The name of the handbook's collection."""

REVIEW = "la relecture d'OpenLoge"
"""What a proposal is submitted to: the button says « Soumettre à la relecture d'OpenLoge »."""

_WORDS = ("service", "servicefamily", "ambiguousterm", "foreignphrase")
_TEXTS = ("faqentry", "partner", "badgetext", "charterversion", "flyertemplate", "sitetexts")


@transaction.atomic
def plant() -> HomePage:
    """Make what is missing of the skeleton, and answer the home page. Idempotent."""
    home = HomePage.objects.first() or _plant_home()
    for page_type, slug, title in (
        (LogeIndexPage, "loges", "Les loges"),
        (BlogIndexPage, "blog", "Le blog"),
        (HandbookIndexPage, "cahier", "Le cahier de bonnes pratiques"),
    ):
        if not page_type.objects.exists():
            home.add_child(instance=page_type(slug=slug, title=title))
    if not HandbookProposalIndexPage.objects.exists():
        proposals = HandbookProposalIndexPage(slug="propositions", title="Propositions pour le cahier", live=False)
        HandbookIndexPage.objects.get().add_child(instance=proposals)
    _plant_groups()
    _plant_review()
    _clear_defaults()
    return home


def welcome_to_team(person: Person, *, is_administrator: bool) -> None:
    """Give somebody of OpenLoge's team their rights; an administrator has them all."""
    person.groups.add(Group.objects.get(name=TEAM_GROUP))
    if is_administrator:
        person.is_superuser = True
        person.save(update_fields=["is_superuser"])


def _plant_home() -> HomePage:
    root = Page.objects.get(depth=1)
    home: HomePage = root.add_child(instance=HomePage(slug="accueil", title="OpenLoge"))
    site = Site.objects.filter(is_default_site=True).first()
    welcome = site.root_page if site else None
    if site is None:
        site = Site(hostname="localhost", port=80, is_default_site=True)
    site.root_page, site.site_name = home, "OpenLoge"
    site.save()
    if welcome is not None and welcome.specific_class is Page:
        Page.objects.get(pk=welcome.pk).delete()
    home.refresh_from_db()
    return home


def _clear_defaults() -> None:
    """Take away the English of Wagtail's own migrations: groups, a workflow that nobody here follows, names."""
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    Workflow.objects.filter(name="Moderators approval").delete()
    GroupApprovalTask.objects.filter(name="Moderators approval").delete()
    Page.objects.filter(depth=1, title="Root").update(title="Racine", draft_title="Racine")
    Collection.objects.filter(depth=1, name="Root").update(name="Réseau")


def _shared_texts() -> QuerySet[Permission]:
    """Everything about the words of the search, the texts that pages share, and the site's settings."""
    own = Q(content_type__app_label="loges", content_type__model__in=_WORDS)
    shared = Q(content_type__app_label="cms", content_type__model__in=_TEXTS)
    redirects = Q(content_type__app_label="wagtailredirects")
    return Permission.objects.filter(own | shared | redirects)


def handbook_collection() -> Collection:
    """Where the pictures and papers of the handbook lie: as private as the handbook."""
    network = Collection.get_first_root_node()
    found: Collection | None = network.get_children().filter(name=HANDBOOK_FILES).first()
    return found or network.add_child(instance=Collection(name=HANDBOOK_FILES))


def _plant_groups() -> None:
    team, _ = Group.objects.get_or_create(name=TEAM_GROUP)
    coordinators, _ = Group.objects.get_or_create(name=COORDINATORS_GROUP)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    on_loges = Permission.objects.filter(content_type__app_label="loges", codename__in=_TEAM_LOGE_PERMISSIONS)
    team.permissions.add(access, *on_loges, *_shared_texts())
    coordinators.permissions.add(access)
    root, collections = Page.objects.get(depth=1), Collection.get_first_root_node()
    for action in _TEAM_PAGE_ACTIONS:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
        GroupPagePermission.objects.get_or_create(group=team, page=root, permission=permission)
    for label in ("wagtailimages.image", "wagtaildocs.document"):
        app, kind = label.split(".")
        for action in ("add", "change", "choose"):
            permission = Permission.objects.get(content_type__app_label=app, codename=f"{action}_{kind}")
            GroupCollectionPermission.objects.get_or_create(group=team, collection=collections, permission=permission)
    handbook = HandbookIndexPage.objects.get()
    restriction, _ = PageViewRestriction.objects.get_or_create(
        page=handbook, defaults={"restriction_type": PageViewRestriction.GROUPS}
    )
    restriction.groups.set([team, coordinators])
    papers, _ = CollectionViewRestriction.objects.get_or_create(
        collection=handbook_collection(), defaults={"restriction_type": CollectionViewRestriction.GROUPS}
    )
    papers.groups.set([team, coordinators])


def _plant_review() -> None:
    """The workflow of proposals to the handbook: one task, the team's."""
    if not HandbookReview.objects.exists():  # the team may have given it another name
        task = HandbookReview.objects.create(name=REVIEW)
        task.groups.add(Group.objects.get(name=TEAM_GROUP))
        workflow = Workflow.objects.create(name=REVIEW)
        WorkflowTask.objects.create(workflow=workflow, task=task)
        WorkflowPage.objects.create(workflow=workflow, page=HandbookProposalIndexPage.objects.get().page_ptr)
