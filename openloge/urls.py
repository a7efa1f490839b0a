"""Where each address goes."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from graphql_api import signpost
from graphql_api.schema import schema
from graphql_api.views import ApiView
from openloge.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("graphql/", ApiView.as_view(schema=schema), name="graphql"),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
]
if settings.SERVE_MEDIA:
    media = settings.MEDIA_URL.strip("/")
    urlpatterns.append(re_path(rf"^{media}/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))
if settings.DEMO:
    urlpatterns.append(path("", signpost.page, name="signpost"))
# Last: every other address is a page of the site.
urlpatterns.append(path("", include(wagtail_urls)))
