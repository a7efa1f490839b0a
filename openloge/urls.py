"""Where each address goes."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from cms import documents, media
from graphql_api import signpost
from graphql_api.schema import schema
from graphql_api.views import ApiView
from openloge.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("graphql/", ApiView.as_view(schema=schema), name="graphql"),
    path("admin/", include(admin_urls)),
    path("documents/signed/<signature>/<filename>", documents.serve_signed, name="signed_document"),
    path("documents/", include(document_urls)),
]
if settings.SERVE_MEDIA:
    prefix = settings.MEDIA_URL.strip("/")
    urlpatterns.append(re_path(rf"^{prefix}/(?P<path>.*)$", media.serve_picture))
if settings.DEMO:
    urlpatterns.append(path("", signpost.page, name="signpost"))
# Last: every other address is a page of the site.
urlpatterns.append(path("", include(wagtail_urls)))
