"""One write through the editors' admin is kept whole or not at all."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms.middleware import AtomicWrites

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
