"""The site's addresses as in the demo: the signpost in front, the home page beside it."""

from django.urls import path
from wagtail.views import serve

from graphql_api import signpost
from openloge import urls

urlpatterns = [
    path("", signpost.page, name="signpost"),
    path("accueil/", serve, {"path": ""}, name="front_page"),
    *urls.urlpatterns,
]
