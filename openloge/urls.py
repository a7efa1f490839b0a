"""Where each address goes."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents.views.serve import authenticate_with_password
from wagtail.views import serve as serve_page

from cms import documents, engines, feeds, icalendars, media, profile_answers
from graphql_api import signpost
from graphql_api.schema import schema
from graphql_api.views import ApiView
from openloge.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("graphql/", ApiView.as_view(schema=schema), name="graphql"),
    path("admin/", include(admin_urls)),
    path("documents/signed/<signature>/<filename>", documents.serve_signed, name="signed_document"),
    # Wagtail's own two, under their names; its pattern takes numbers that are too long to be read.
    re_path(r"^documents/([0-9]{1,18})/(.*)$", documents.serve, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("profils/<signature>/", profile_answers.answer, name="profile_answer"),
    path("calendars/<slug:loge_slug>.ics", icalendars.serve_loge, name="loge_calendar"),
    path("calendars/<slug:loge_slug>/<slug:event_slug>.ics", icalendars.serve_event, name="event_calendar"),
    path("feeds/blog.xml", feeds.BlogFeed(), name="blog_feed"),
    path("feeds/<slug:loge_slug>.xml", feeds.NewsFeed(), name="news_feed"),
    path("sitemap.xml", engines.sitemap, name="sitemap"),
    path("robots.txt", engines.robots, name="robots"),
]
if settings.SERVE_MEDIA:
    prefix = settings.MEDIA_URL.strip("/")
    urlpatterns.append(re_path(rf"^{prefix}/(?P<path>avatar_images/[^/\0]+)$", media.serve_portrait))
    urlpatterns.append(re_path(rf"^{prefix}/(?P<path>.*)$", media.serve_picture))
if settings.DEMO:
    urlpatterns.append(path("", signpost.page, name="signpost"))
    urlpatterns.append(path("courriels/", signpost.mails, name="demo_mails"))
    # The page that stands at `/` elsewhere.
    urlpatterns.append(path("accueil/", serve_page, {"path": ""}, name="front_page"))
# Last: every other address is a page of the site.
urlpatterns.append(path("", include(wagtail_urls)))
