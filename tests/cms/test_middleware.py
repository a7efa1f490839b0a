"""One write through the editors' admin is kept whole or not at all; redirections tell of no hidden page."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from cms.middleware import AtomicWrites
from cms.models import LogeNewsPage
from tests.cms.conftest import Place
from tests.factories.pages import EditorialPageFactory, LogeNewsPageFactory
from tests.graphql_api.hidden import KINDS, hide, log_in

pytestmark = pytest.mark.django_db


def answering(status: int | None, depths: list[int] | None = None) -> AtomicWrites:
    """The site behind the middleware: it writes a row, then answers (None: fails)."""

    def view(request: HttpRequest) -> HttpResponse:
        if depths is not None:
            depths.append(len(connection.savepoint_ids))
        Group.objects.create(name="Trace")
        if status is None:
            raise RuntimeError("Panne")
        return HttpResponse(status=status)

    return AtomicWrites(view)


def is_kept() -> bool:
    return Group.objects.filter(name="Trace").exists()


@pytest.mark.parametrize("status", [200, 302, 400, 404, 422])
def test_write_that_is_answered_is_kept(status: int) -> None:
    answer = answering(status)(RequestFactory().post("/admin/pages/1/edit/"))

    assert answer.status_code == status
    assert is_kept()


@pytest.mark.parametrize("status", [500, 503])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_write_that_fails_leaves_no_trace(status: int, method: str) -> None:
    request = getattr(RequestFactory(), method)("/admin/pages/1/edit/")

    answer = answering(status)(request)

    assert answer.status_code == status
    assert not is_kept()


def test_write_that_raises_leaves_no_trace() -> None:
    with pytest.raises(RuntimeError, match="Panne"):
        answering(None)(RequestFactory().post("/admin/pages/1/edit/"))

    assert not is_kept()


@pytest.mark.parametrize(
    ("method", "path", "deeper"),
    [
        ("get", "/admin/pages/", 0),
        ("head", "/admin/pages/", 0),
        ("options", "/admin/pages/", 0),
        ("post", "/admin/pages/", 1),
        ("post", "/graphql/", 0),
        ("post", "/administration/", 0),
    ],
)
def test_transaction_is_opened_for_writes_of_the_admin_alone(method: str, path: str, deeper: int) -> None:
    depths: list[int] = []
    before = len(connection.savepoint_ids)

    answering(200, depths)(getattr(RequestFactory(), method)(path))

    assert [depth - before for depth in depths] == [deeper]


def test_middleware_is_installed_behind_the_log_in(settings: Any) -> None:
    order = settings.MIDDLEWARE

    assert order.index("cms.middleware.AtomicWrites") > order.index(
        "django.contrib.auth.middleware.AuthenticationMiddleware"
    )


def test_write_that_another_site_sends_is_refused(here: Place) -> None:
    browser = Client(enforce_csrf_checks=True)
    log_in(browser, here.person)
    news = LogeNewsPageFactory(parent=here.page)
    url = reverse("wagtailadmin_pages:delete", args=[news.pk])

    forged = browser.post(url)
    is_still_there = LogeNewsPage.objects.exists()
    own = browser.post(url, {"csrfmiddlewaretoken": browser.get(url).cookies["csrftoken"].value})

    assert (forged.status_code, is_still_there) == (403, True)
    assert (own.status_code, LogeNewsPage.objects.exists()) == (302, False)


@pytest.mark.parametrize(
    ("permanent", "status", "asked"), [(True, 301, "/ancien/"), (False, 302, "/ancien/"), (True, 301, "/ancien/?a=b")]
)
def test_redirection_to_a_public_page_leads_there(client: Client, permanent: bool, status: int, asked: str) -> None:
    Redirect.add_redirect("/ancien/", EditorialPageFactory(slug="charte"), permanent)

    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (status, "/charte/")


def test_redirection_to_elsewhere_leads_there(client: Client) -> None:
    Redirect.objects.create(old_path="/ancien", redirect_link="https://elsewhere.example/")

    assert client.get("/ancien/")["Location"] == "https://elsewhere.example/"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("old_path", ["/ancien", "/ancien?a=b"])
def test_redirection_to_a_hidden_page_leads_there_for_those_it_is_open_to_alone(
    client: Client, kind: str, old_path: str
) -> None:
    page = EditorialPageFactory(slug="chut-chut-chut", live=kind != "draft")
    readers = hide(kind, page)
    Redirect.objects.create(old_path=old_path, redirect_page=page)

    for person, is_welcome in readers.each():
        log_in(client, person)
        answer = client.get(old_path.replace("ancien", "ancien/"))

        is_led = is_welcome and "?" not in old_path
        assert answer.get("Location", "") == ("/chut-chut-chut/" if is_led else ""), person
        assert answer.status_code == (301 if is_led else 404)
