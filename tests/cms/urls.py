"""The site's addresses as in production: without the signpost that the demo puts in front of the home page."""

from openloge import urls

urlpatterns = [pattern for pattern in urls.urlpatterns if getattr(pattern, "name", None) != "signpost"]
