"""Pictures: their sizes are made when they are uploaded or changed, never by a reader."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cms import images
from cms.models import Picture, PictureRendition
from loges.models import Person
from tests.cms.desk import at_desk
from tests.factories import ExpertProfileFactory
from tests.factories.pages import ExpertPortraitFactory, LogePageFactory, PictureFactory, drawn

pytestmark = pytest.mark.django_db


def upload(width: int, height: int, colour: str = "#c8553d", name: str = "table.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn(width, height, colour), content_type="image/png")


def added(person: Person, width: int, height: int) -> Picture:
    fields = {"title": "Une table", "file": upload(width, height), "collection": 1}
    answer = at_desk(person).post(reverse("wagtailimages:add"), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Picture.objects.get()


def edited(person: Person, picture: Picture, **changes: Any) -> Picture:
    """The picture after its form was sent."""
    url, client = reverse("wagtailimages:edit", args=[picture.pk]), at_desk(person)
    fields = {"title": picture.title, "description": "Une table", "collection": picture.collection_id, "tags": ""}
    fields |= {f"focal_point_{name}": "" for name in ("x", "y", "width", "height")}
    answer = client.post(url, {**fields, **changes})
    assert answer.status_code == 302, answer.context["form"].errors
    return Picture.objects.get(pk=picture.pk)


def colour_of(picture: Picture, size: str, settings: Any) -> tuple[int, int, int]:
    with Image.open(Path(settings.MEDIA_ROOT, picture.sizes[size])) as image:
        found: Any = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    return found


@pytest.mark.parametrize(
    ("width", "height", "sizes"),
    [
        (1600, 900, {"CARD", "WIDE"}),
        (900, 1600, {"CARD", "WIDE"}),
        (600, 600, {"SQUARE"}),
        (40, 30, {"CARD", "WIDE"}),
    ],
)
def test_upload_makes_the_sizes(
    administrator: Person, settings: Any, width: int, height: int, sizes: set[str]
) -> None:
    picture = added(administrator, width, height)

    assert set(picture.sizes) == sizes
    for path in picture.sizes.values():
        with Image.open(Path(settings.MEDIA_ROOT, path)) as image:
            assert image.format == "JPEG"


def test_upload_of_a_square_makes_a_portrait(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 600, 600)

    with Image.open(Path(settings.MEDIA_ROOT, picture.sizes["SQUARE"])) as image:
        assert image.size == (400, 400)


def test_upload_makes_a_card_in_sixteen_to_nine(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 1800, 1600)

    with Image.open(Path(settings.MEDIA_ROOT, picture.sizes["CARD"])) as image:
        assert image.size == (800, 450)


def test_new_file_makes_the_sizes_anew(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 1600, 900)
    before = dict(picture.sizes)

    changed = edited(administrator, picture, file=upload(1600, 900, "#1020c0", "autre.png"))

    assert set(changed.sizes.values()).isdisjoint(before.values())
    assert colour_of(changed, "WIDE", settings)[2] > 150
    assert PictureRendition.objects.count() == len(changed.sizes)


def test_new_file_of_another_shape_makes_its_sizes(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 1600, 900)

    changed = edited(administrator, picture, file=upload(500, 500, name="carre.png"))

    assert set(changed.sizes) == {"SQUARE"}
    assert Path(settings.MEDIA_ROOT, changed.sizes["SQUARE"]).is_file()


def test_new_focal_point_makes_the_cut_sizes_anew(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 1800, 1600)
    before = dict(picture.sizes)
    focus = {"focal_point_x": 300, "focal_point_y": 300, "focal_point_width": 200, "focal_point_height": 200}

    changed = edited(administrator, picture, **focus)

    assert changed.sizes["CARD"] != before["CARD"]
    assert Path(settings.MEDIA_ROOT, changed.sizes["CARD"]).is_file()


def test_new_title_keeps_the_sizes(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 1600, 900)

    changed = edited(administrator, picture, title="Autre")

    assert changed.sizes == picture.sizes
    assert all(Path(settings.MEDIA_ROOT, path).is_file() for path in changed.sizes.values())


def test_addresses_of_sizes_cost_no_statement(django_assert_num_queries: Any) -> None:
    picture = PictureFactory()

    with django_assert_num_queries(0):
        found = images.urls(picture)

    assert set(found) == {"CARD", "WIDE"}
    assert all(address.startswith("/media/images/") for address in found.values())


def test_query_makes_no_size(client: Any) -> None:
    page = LogePageFactory(cover=PictureFactory())
    PictureRendition.objects.all().delete()
    ask = f'{{ loge(slug: "{page.loge.slug}") {{ page {{ cover {{ url(size: CARD) }} }} }} }}'

    answer = client.post("/graphql/", {"query": ask}, content_type="application/json")

    assert answer.status_code == 200
    assert "errors" not in answer.json(), answer.json()
    assert not PictureRendition.objects.exists()


def test_page_that_has_its_sizes_makes_none(client: Any) -> None:
    cover, inside = PictureFactory(), PictureFactory()
    blocks = [("image", {"image": inside, "alt": "Une table", "caption": ""}), ("experts", {"limit": 5})]
    page = LogePageFactory(cover=cover, body=blocks)
    ExpertPortraitFactory(expert=ExpertProfileFactory(loge=page.loge, published=True))
    before = set(PictureRendition.objects.values_list("pk", flat=True))

    answer = client.get(page.url)

    assert answer.text.count("<img") == 3
    assert set(PictureRendition.objects.values_list("pk", flat=True)) == before


def test_picture_deleted_takes_its_files_along(
    administrator: Person, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    picture = added(administrator, 1600, 900)
    paths = [Path(settings.MEDIA_ROOT, path) for path in (picture.file.name, *picture.sizes.values())]
    assert all(path.is_file() for path in paths)

    with django_capture_on_commit_callbacks(execute=True):
        at_desk(administrator).post(reverse("wagtailimages:delete", args=[picture.pk]))

    assert not Picture.objects.exists()
    assert not any(path.exists() for path in paths)


def test_form_of_a_picture_asks_for_its_description(administrator: Person) -> None:
    picture = added(administrator, 1600, 900)

    answer = at_desk(administrator).get(reverse("wagtailimages:edit", args=[picture.pk]))

    assert 'name="description"' in answer.text
    assert 'name="credit"' in answer.text
    assert "sizes" not in answer.context["form"].fields
