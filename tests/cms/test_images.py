"""Pictures: their sizes are made when they are uploaded or changed, never by a reader."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks import task_backends
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from cms import images, renders
from cms.models import Picture, PictureRendition
from cms.tasks import complete_picture
from loges.models import Person
from tests.cms import photographs
from tests.cms.desk import at_desk
from tests.factories import ExpertProfileFactory
from tests.factories.pages import ExpertPortraitFactory, LogePageFactory, PictureFactory, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_asked() -> Iterator[None]:
    task_backends["pictures"].clear()
    yield
    task_backends["pictures"].clear()


def upload(width: int, height: int, colour: str = "#c8553d", name: str = "table.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn(width, height, colour), content_type="image/png")


def added(person: Person, width: int, height: int) -> Picture:
    fields = {"title": "Une table", "description": "Une table mise", "file": upload(width, height), "collection": 1}
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


def files(picture: Picture, size: str, mime_type: str = "image/jpeg") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = picture.sizes[size][mime_type]
    return found


def stored(picture: Picture, settings: Any) -> list[Path]:
    return [Path(settings.MEDIA_ROOT, path) for path in images.paths(picture)]


def colour_of(picture: Picture, size: str, settings: Any) -> tuple[int, int, int]:
    with Image.open(Path(settings.MEDIA_ROOT, files(picture, size)[-1]["path"])) as image:
        found: Any = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    return found


@pytest.mark.parametrize(
    ("width", "height", "widths"),
    [
        (1600, 900, {"SQUARE": [200, 400], "CARD": [480, 800], "WIDE": [800, 1600], "SHARE": [1200]}),
        (900, 1600, {"SQUARE": [200, 400], "CARD": [480, 800], "WIDE": [800, 900], "SHARE": [900]}),
        (600, 600, {"SQUARE": [200, 400], "CARD": [480, 600], "WIDE": [600], "SHARE": [600]}),
        (40, 30, {"SQUARE": [30], "CARD": [40], "WIDE": [40], "SHARE": [40]}),
    ],
)
def test_upload_makes_the_sizes_and_none_larger_than_the_original(
    administrator: Person, settings: Any, width: int, height: int, widths: dict[str, list[int]]
) -> None:
    picture = added(administrator, width, height)

    assert {size: [file["width"] for file in files(picture, size)] for size in picture.sizes} == widths
    for size in widths:
        for file in files(picture, size):
            with Image.open(Path(settings.MEDIA_ROOT, file["path"])) as image:
                assert (image.format, image.size) == ("JPEG", (file["width"], file["height"]))


def test_shapes_are_those_of_the_presets(administrator: Person) -> None:
    picture = added(administrator, 1800, 1600)

    found = {size: (file["width"], file["height"]) for size in picture.sizes for file in files(picture, size)[-1:]}

    assert found == {"SQUARE": (400, 400), "CARD": (800, 450), "WIDE": (1600, 1422), "SHARE": (1200, 630)}


def test_slow_formats_are_asked_for_after_the_commit_and_made_by_the_task(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        picture = PictureFactory()
    asked = task_backends["pictures"].results
    assert [result.args for result in asked] == [[picture.pk]]
    assert set(picture.sizes["CARD"]) == {"image/jpeg"}

    complete_picture.call(*asked[0].args)

    picture.refresh_from_db()
    for mime_type, kind in (("image/avif", "AVIF"), ("image/webp", "WEBP"), ("image/jpeg", "JPEG")):
        assert [file["width"] for file in files(picture, "CARD", mime_type)] == [480, 800]
        for file in files(picture, "WIDE", mime_type):
            with Image.open(Path(settings.MEDIA_ROOT, file["path"])) as image:
                assert (image.format, image.size) == (kind, (file["width"], file["height"]))


def test_picture_completed_within_its_transaction_asks_for_nothing(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        images.complete(PictureFactory(square=True))

    assert task_backends["pictures"].results == []


@given(
    st.integers(40, 4_000),
    st.integers(40, 4_000),
    st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
)
@example(390, 2_600, None)
@example(997, 990, None)
def test_part_that_is_cut_out_lies_within_the_picture(width: int, height: int, focus: Any) -> None:
    picture = Picture(width=width, height=height)
    if focus:
        x, y, across, down = focus
        picture.focal_point_x, picture.focal_point_y = round(x * width), round(y * height)
        picture.focal_point_width, picture.focal_point_height = round(across * width), round(down * height)

    for sizes in images.wanted(picture).values():
        for size, (left, top, right, bottom) in sizes.items():
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height
            assert min(size) >= 1


@pytest.mark.parametrize("size", [(997, 990), (390, 2_600), (2_600, 390), (1_400, 748)])
def test_picture_of_any_shape_is_taken(administrator: Person, size: tuple[int, int]) -> None:
    picture = added(administrator, *size)

    assert set(picture.sizes) == set(images.PRESETS)


def test_task_for_a_picture_that_is_gone_does_nothing() -> None:
    complete_picture.call(4711)

    assert not Picture.objects.exists()


def test_task_overtaken_by_a_change_leaves_nothing_behind(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 600, 600)
    order = images.order(picture)
    made = renders.render(images.original(picture), order.cuts)
    changed = edited(administrator, picture, file=upload(600, 600, "#1020c0", "autre.png"))

    images.deliver(picture, order, made)

    left = set(Path(settings.MEDIA_ROOT, "pictures").rglob("*.*"))
    assert Picture.objects.get().sizes == changed.sizes
    assert not [path for path in left if path.suffix in {".avif", ".webp"}]


def test_transparent_picture_stays_so_where_the_format_can(settings: Any) -> None:
    picture = PictureFactory(file=ContentFile(photographs.transparent(), name="logo.png"))

    images.complete(picture)

    corners = {}
    for mime_type in ("image/avif", "image/webp", "image/jpeg"):
        with Image.open(Path(settings.MEDIA_ROOT, files(picture, "WIDE", mime_type)[0]["path"])) as image:
            corners[mime_type] = image.convert("RGBA").getpixel((0, 0))
    assert corners["image/avif"][3] < 10
    assert corners["image/webp"][3] < 10
    assert min(corners["image/jpeg"]) > 240


def test_picture_tells_its_impression(administrator: Person) -> None:
    picture = added(administrator, 1600, 900)

    assert picture.placeholder.startswith("data:image/webp;base64,")
    assert len(picture.placeholder) < 1000
    assert picture.dominant_colour == "#c8553d"


def test_new_file_makes_the_sizes_anew(
    administrator: Person, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    picture = added(administrator, 1600, 900)

    with django_capture_on_commit_callbacks(execute=True):
        changed = edited(administrator, picture, file=upload(1600, 900, "#1020c0", "autre.png"))

    assert set(images.paths(changed)).isdisjoint(images.paths(picture))
    assert colour_of(changed, "WIDE", settings)[2] > 150
    assert changed.dominant_colour == "#1020c0"
    assert all(path.is_file() for path in stored(changed, settings))
    assert not any(path.exists() for path in stored(picture, settings))
    assert not Path(settings.MEDIA_ROOT, picture.file.name).exists()


def test_new_file_set_by_code_makes_the_sizes_anew() -> None:
    picture = PictureFactory(square=True)
    before = images.paths(picture)

    picture.file = ContentFile(drawn(300, 200), name="autre.png")
    picture.save()

    assert set(images.paths(picture)).isdisjoint(before)
    assert [file["width"] for file in files(picture, "WIDE")] == [300]


def test_new_focal_point_makes_the_sizes_anew(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 1800, 1600)
    focus = {"focal_point_x": 300, "focal_point_y": 300, "focal_point_width": 200, "focal_point_height": 200}

    changed = edited(administrator, picture, **focus)

    assert set(images.paths(changed)).isdisjoint(images.paths(picture))
    assert all(path.is_file() for path in stored(changed, settings))


def test_focal_point_stays_in_view(settings: Any) -> None:
    image = Image.new("RGB", (900, 1600), "#ffffff")
    image.paste("#1020c0", (0, 0, 900, 450))
    file = io.BytesIO()
    image.save(file, "PNG")
    focus = {"focal_point_x": 450, "focal_point_y": 150, "focal_point_width": 300, "focal_point_height": 200}

    picture = PictureFactory(file=ContentFile(file.getvalue(), name="haut.png"), **focus)

    assert colour_of(picture, "CARD", settings)[2] > 150
    assert colour_of(picture, "CARD", settings)[0] < 60


def test_new_title_keeps_the_sizes(administrator: Person, settings: Any) -> None:
    picture = added(administrator, 1600, 900)

    changed = edited(administrator, picture, title="Autre")

    assert changed.sizes == picture.sizes
    assert all(path.is_file() for path in stored(changed, settings))


def test_sizes_cost_no_statement(django_assert_num_queries: Any) -> None:
    picture = PictureFactory()

    with django_assert_num_queries(0):
        found = images.files(picture, "CARD")

    assert list(found) == ["image/jpeg"]
    assert images.srcset(found["image/jpeg"]) == (
        f"/media/pictures/{picture.pk}/1/card-480.jpg 480w, /media/pictures/{picture.pk}/1/card-800.jpg 800w"
    )


def test_picture_whose_sizes_were_never_made_answers_its_original() -> None:
    picture = PictureFactory()
    picture.sizes = {}

    assert images.widest(picture, "CARD").url == picture.file.url


def test_query_makes_no_size(client: Any, settings: Any) -> None:
    page = LogePageFactory(cover=PictureFactory())
    before = set(Path(settings.MEDIA_ROOT).rglob("*"))
    ask = (
        f'{{ loge(slug: "{page.loge.slug}") {{ page {{ cover {{ '
        "url(size: CARD) sources(size: WIDE) { src srcset formats { srcset } } } } } }"
    )

    answer = client.post("/graphql/", {"query": ask}, content_type="application/json")

    assert answer.status_code == 200
    assert "errors" not in answer.json(), answer.json()
    assert set(Path(settings.MEDIA_ROOT).rglob("*")) == before


@pytest.mark.parametrize("size", ["HUGE", '"fill-9000x9000"', "null"])
def test_query_for_another_size_is_refused(client: Any, settings: Any, size: str) -> None:
    page = LogePageFactory(cover=PictureFactory())
    before = set(Path(settings.MEDIA_ROOT).rglob("*"))
    ask = f'{{ loge(slug: "{page.loge.slug}") {{ page {{ cover {{ url(size: {size}) }} }} }} }}'

    answer = client.post("/graphql/", {"query": ask}, content_type="application/json")

    assert answer.json()["errors"]
    assert set(Path(settings.MEDIA_ROOT).rglob("*")) == before


def test_page_makes_no_size(client: Any, settings: Any) -> None:
    cover, inside = PictureFactory(), PictureFactory()
    blocks = [("image", {"image": inside, "alt": "Une table", "caption": ""}), ("experts", {"limit": 5})]
    page = LogePageFactory(cover=cover, body=blocks)
    ExpertPortraitFactory(expert=ExpertProfileFactory(loge=page.loge, published=True))
    before = set(Path(settings.MEDIA_ROOT).rglob("*"))

    answer = client.get(page.url)

    assert answer.text.count("<img") == 3
    assert set(Path(settings.MEDIA_ROOT).rglob("*")) == before
    assert not PictureRendition.objects.exists()


def test_picture_deleted_takes_its_files_along(
    administrator: Person, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    picture = added(administrator, 1600, 900)
    paths = [Path(settings.MEDIA_ROOT, picture.file.name), *stored(picture, settings)]
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
