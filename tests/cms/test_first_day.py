"""What every installation begins with."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Collection, GroupPagePermission, Page, PageViewRestriction, Site, Task, Workflow

from cms import first_day, page_restrictions, tree
from cms.models import HandbookIndexPage, HomePage
from loges import queries
from loges.models import CommissionPolicy, Service, ServiceFamily, ServicePhrase
from tests.factories import TODAY, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_migrated() -> None:
    """As Wagtail's own migrations leave a database, without what `tests.conftest` planted."""
    welcome = Page(title="Welcome to your new Wagtail site!", slug="home")
    Page.objects.get(depth=1).add_child(instance=welcome)
    Site.objects.update(root_page=welcome, site_name="")
    HomePage.objects.get().delete()
    Collection.get_first_root_node().get_children().delete()
    for model in (Workflow, Task, Group):
        model.objects.all().delete()
    for name in ("Editors", "Moderators"):
        Group.objects.create(name=name)


def rows() -> dict[str, Any]:
    return {
        "pages": list(Page.objects.order_by("path").values_list("pk", "slug", "path", "numchild")),
        "groups": list(Group.objects.order_by("pk").values_list("pk", "name", "permissions__codename")),
        "rights": list(GroupPagePermission.objects.order_by("pk").values_list("pk", "page", "permission")),
        "private": list(PageViewRestriction.objects.values_list("pk", "page", "groups__name").order_by("groups")),
        "services": list(Service.objects.order_by("pk").values_list("pk", "slug")),
        "words": ServicePhrase.objects.count(),
        "policies": list(CommissionPolicy.objects.values_list("pk", "version")),
        "site": list(Site.objects.values_list("pk", "root_page", "site_name")),
    }


def test_first_day_makes_the_skeleton_of_the_site(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cms.urls"

    home = first_day.prepare()

    assert Site.objects.get().root_page.specific == home
    assert [page.slug for page in home.get_children()] == ["loges", "blog", "cahier"]
    assert Page.objects.filter(depth=2).count() == 1
    assert "<h1>OpenLoge</h1>" in Client().get("/").text


def test_first_day_again_changes_nothing() -> None:
    first_day.prepare()
    before = rows()

    first_day.prepare()

    assert rows() == before


def test_first_day_keeps_what_was_edited() -> None:
    home = first_day.prepare()
    home.title = "Chez nous"
    home.save()
    Page.objects.get(slug="blog").delete()
    CommissionPolicy.objects.update(version="ancienne")
    Service.objects.create(slug="nouveau", family=ServiceFamily.objects.earliest("pk"), name="Nouveau", unit="HOUR")

    first_day.prepare()

    assert HomePage.objects.get().title == "Chez nous"
    assert Page.objects.filter(slug="blog").exists()
    assert CommissionPolicy.objects.get().version == "ancienne"
    assert Service.objects.filter(slug="nouveau").exists()


def test_first_day_takes_away_what_nobody_uses() -> None:
    first_day.prepare()

    assert set(Group.objects.values_list("name", flat=True)) == {
        tree.TEAM_GROUP,
        page_restrictions.COORDINATORS_GROUP,
    }
    assert list(Workflow.objects.values_list("name", flat=True)) == [tree.REVIEW]


def test_first_day_hides_the_handbook() -> None:
    first_day.prepare()

    handbook = HandbookIndexPage.objects.get()
    restriction = PageViewRestriction.objects.get(page=handbook)
    assert restriction.restriction_type == PageViewRestriction.GROUPS
    assert {group.name for group in restriction.groups.all()} == {
        tree.TEAM_GROUP,
        page_restrictions.COORDINATORS_GROUP,
    }
    assert Client().get(handbook.url).status_code == 302


def test_first_day_gives_coordinators_the_door_and_nothing_else() -> None:
    first_day.prepare()

    group = Group.objects.get(name=page_restrictions.COORDINATORS_GROUP)
    assert list(group.permissions.values_list("codename", flat=True)) == ["access_admin"]
    assert not group.page_permissions.exists()
    assert not group.collection_permissions.exists()


def test_first_day_shares_money_as_the_founders_said() -> None:
    first_day.prepare()

    policy = CommissionPolicy.objects.get()
    assert (policy.version, policy.valid_from_on) == (first_day.FIRST_POLICY, date(2025, 1, 1))
    assert (policy.coordinator_basis_points, policy.openloge_basis_points) == (835, 835)
    assert queries.money_preview(6000, on=TODAY).breakdown.expert_payout > 4800


def test_first_day_loads_the_taxonomy() -> None:
    first_day.prepare()

    assert Service.objects.count() == 48


def test_welcome_makes_an_administrator_or_a_writer() -> None:
    first_day.prepare()
    administrator, writer = PersonFactory(team=True), PersonFactory(team=True)

    tree.welcome_to_team(administrator, is_administrator=True)
    tree.welcome_to_team(writer, is_administrator=False)

    assert (administrator.is_superuser, writer.is_superuser) == (True, False)
    assert writer.has_perm("loges.publish_content")
    assert not writer.has_perm("loges.change_person")
