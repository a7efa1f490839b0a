import pytest
from django.test import Client
from wagtail.models import Page
from cms.models import PictureRendition
from tests.cms.test_plain_pages import _demo, _demo_media, _clock
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo_media"), pytest.mark.xdist_group("demo")]
def test_probe():
    for page in Page.objects.live().public().specific():
        if page.depth > 1:
            before = set(PictureRendition.objects.values_list("pk", flat=True))
            Client().get(page.url)
            for r in PictureRendition.objects.exclude(pk__in=before):
                print(page, type(page), r.filter_spec, r.image, r.image.width, r.image.height, r.image.sizes)
    r = Client().get("/cahier/", follow=True)
    print(r.status_code, r.redirect_chain, r.text[:1500])
    assert 0
