"""What comes in: photographs as phones send them, by every door, and what is no photograph at all."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageSequence
from wagtail.models import UploadedFile
from wagtail.utils.file import hash_filelike

from cms import uploads
from cms.models import Document, Picture
from loges.models import Person
from tests.cms.desk import as_json, at_desk
from tests.cms.photographs import SECRET, bomb, photograph, several, transparent, with_profile
from tests.factories.pages import PictureFactory

pytestmark = pytest.mark.django_db

ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "HEIF": "heic"}
WORDS = {"title": "Le marché", "description": "Le marché d'Aligre au matin"}
NO_FOCUS = {f"focal_point_{name}": "" for name in ("x", "y", "width", "height")}
AJAX = {"x-requested-with": "XMLHttpRequest"}


def sent(kind: str, orientation: int = 6) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"IMG_0042.{ENDINGS[kind]}", photograph(kind, orientation))


def by_form(person: Person, kind: str) -> Picture:
    answer = at_desk(person).post(
        reverse("wagtailimages:add"), {**WORDS, **NO_FOCUS, "file": sent(kind), "collection": 1}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return Picture.objects.get()


def by_many(person: Person, kind: str) -> Picture:
    client = at_desk(person)
    answer = as_json(
        client.post(reverse("wagtailimages:add_multiple"), {"files[]": sent(kind), "collection": 1}, headers=AJAX)
    )
    assert answer["success"], answer
    waiting = UploadedFile.objects.get()
    assert not hidden(waiting.file.read())
    prefix = f"uploaded-image-{waiting.pk}"
    words = {f"{prefix}-{name}": value for name, value in {**WORDS, "collection": 1, "tags": ""}.items()}
    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    answer = as_json(client.post(url, words, headers=AJAX))
    assert answer["success"], answer
    return Picture.objects.get()


def by_chooser(person: Person, kind: str) -> Picture:
    fields = {f"image-chooser-upload-{name}": value for name, value in {**WORDS, **NO_FOCUS, "collection": 1}.items()}
    fields["image-chooser-upload-file"] = sent(kind)
    answer = at_desk(person).post(reverse("wagtailimages_chooser:create"), fields)
    assert as_json(answer)["step"] == "chosen"
    return Picture.objects.get()


def by_replacement(person: Person, kind: str) -> Picture:
    picture = PictureFactory()
    fields = {**WORDS, **NO_FOCUS, "tags": "", "collection": 1, "file": sent(kind)}
    answer = at_desk(person).post(reverse("wagtailimages:edit", args=[picture.pk]), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Picture.objects.get()


def by_code(person: Person, kind: str) -> Picture:
    file = ContentFile(photograph(kind, 6), name=f"IMG_0042.{ENDINGS[kind]}")
    Picture.objects.create(title="Le marché", file=file)
    return Picture.objects.get()


DOORS = [by_form, by_many, by_chooser, by_replacement, by_code]


def hidden(content: bytes) -> list[str]:
    """What a file still says that it shouldn't: metadata, or the secret anywhere among its bytes."""
    image = Image.open(io.BytesIO(content))
    found = sorted(
        set(image.info) & {"exif", "xmp", "XML:com.adobe.xmp", "comment", "Comment", "icc_profile", "photoshop"}
    )
    found += ["a tag"] * bool(dict(image.getexif()))
    return found + ["the secret"] * (SECRET.encode() in content)


def content_of(picture: Picture) -> bytes:
    with picture.file.storage.open(picture.file.name) as file:
        content: bytes = file.read()
    return content


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        uploads.clean_picture(ContentFile(content), name)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize("kind", ENDINGS)
def test_photographs_of_these_tests_hide_something(kind: str) -> None:
    assert hidden(photograph(kind))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", ENDINGS)
def test_photograph_is_cleaned_and_upright_by_every_door(
    administrator: Person, door: Callable[[Person, str], Picture], kind: str
) -> None:
    picture = door(administrator, kind)

    content = content_of(picture)
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert hidden(content) == []
    # Held with its top to the right: what was above is there now, and width and height change places.
    assert image.size == (picture.width, picture.height) == (40, 60)
    assert image.getpixel((35, 30))[2] > 180
    assert image.getpixel((5, 30))[0] > 180
    assert (picture.file_size, picture.file_hash) == (len(content), hash_filelike(io.BytesIO(content)))
    assert Path(picture.file.name).suffix == (".png" if kind == "PNG" else ".jpg")
    assert Path(picture.file.name).stem.startswith("IMG_0042")


def test_upright_photograph_of_a_held_phone_shows_what_was_above_on_the_right() -> None:
    clean = uploads.clean_picture(ContentFile(photograph("JPEG", 6)), "a.jpg")

    image = Image.open(clean).convert("RGB")
    assert image.getpixel((35, 30))[2] > 200
    assert image.getpixel((5, 30))[0] > 200


@pytest.mark.parametrize("door", [by_form, by_chooser, by_replacement])
def test_picture_without_a_text_alternative_is_refused(
    administrator: Person, monkeypatch: pytest.MonkeyPatch, door: Callable[[Person, str], Picture]
) -> None:
    monkeypatch.setitem(WORDS, "description", "")

    with pytest.raises((AssertionError, Picture.DoesNotExist)):
        door(administrator, "JPEG")

    assert not Picture.objects.filter(description="").exists()


def test_picture_of_several_waits_for_its_text_alternative(administrator: Person) -> None:
    url = reverse("wagtailimages:add_multiple")

    answer = at_desk(administrator).post(url, {"files[]": sent("HEIF"), "collection": 1}, headers=AJAX)

    assert "Texte alternatif" in as_json(answer)["form"]
    assert not Picture.objects.exists()


def test_large_photograph_is_scaled_down() -> None:
    clean = uploads.clean_picture(ContentFile(photograph("JPEG", 6, size=(5000, 2500))), "a.jpg")

    assert Image.open(clean).size == (2000, 4000)


@pytest.mark.parametrize(("kind", "kept"), [("GIF", "GIF"), ("PNG", "PNG"), ("WEBP", "WEBP"), ("AVIF", "WEBP")])
def test_moving_picture_keeps_moving(kind: str, kept: str) -> None:
    content = several(kind)

    clean = uploads.clean_picture(ContentFile(content), f"bouge.{kind.lower()}")

    image = Image.open(clean)
    frames = [frame.convert("RGB").getpixel((5, 5)) for frame in ImageSequence.Iterator(image)]
    assert (image.format, str(clean.name)) == (kept, f"bouge.{kept.lower()}")
    assert frames[0][2] > 200
    assert frames[1][1] > 200
    clean.seek(0)
    assert hidden(clean.read()) == []


def test_still_gif_becomes_a_png() -> None:
    file = io.BytesIO()
    Image.new("P", (30, 30), 3).save(file, "GIF")

    clean = uploads.clean_picture(ContentFile(file.getvalue()), "logo.gif")

    assert Image.open(clean).format == "PNG"


def test_transparent_picture_stays_transparent() -> None:
    clean = uploads.clean_picture(ContentFile(transparent()), "logo.png")

    assert Image.open(clean).getpixel((0, 0))[3] == 0


def test_colour_profile_is_applied_and_dropped() -> None:
    clean = uploads.clean_picture(ContentFile(with_profile()), "a.jpg")

    image = Image.open(clean)
    assert "icc_profile" not in image.info
    assert image.getpixel((5, 5))[2] > 200


def test_jpeg_of_several_photographs_keeps_the_first() -> None:
    file = io.BytesIO()
    first, second = Image.new("RGB", (60, 40), "#0000ff"), Image.new("RGB", (60, 40), "#ffffff")
    first.save(file, "MPO", save_all=True, append_images=[second])

    clean = uploads.clean_picture(ContentFile(file.getvalue()), "IMG_1.jpg")

    image = Image.open(clean)
    assert image.format == "JPEG"
    assert image.getpixel((5, 5))[2] > 200


def test_file_that_is_too_heavy_is_refused(settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 500

    assert "trop lourd" in refusal("a.jpg", photograph("JPEG"))


def test_bomb_is_refused_before_it_unfolds() -> None:
    assert refusal("a.png", bomb()) == "Cette image a trop de pixels. Le maximum est de 64 millions."


def test_moving_picture_counts_the_pixels_of_all_its_frames(settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60 * 40 + 1

    assert "trop de pixels" in refusal("a.gif", several("GIF"))


@pytest.mark.parametrize("content", [b"", b"Bonjour", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert "pas une image" in refusal("a.png", content)


@pytest.mark.parametrize("kind", ENDINGS)
def test_picture_that_breaks_off_is_refused(kind: str) -> None:
    content = photograph(kind, size=(400, 300), **({"quality": 95} if kind != "PNG" else {}))

    found = refusal(f"a.{ENDINGS[kind]}", content[: len(content) * 2 // 3])

    assert "abîmée" in found or "pas une image" in found


def test_name_that_lies_is_refused() -> None:
    assert refusal("a.jpg", photograph("PNG")) == (
        "Le nom du fichier finit par « .jpg », mais c'est une image PNG. Renommez-le, puis réessayez."
    )


@pytest.mark.parametrize("name", ["dessin.svg", "photo.tiff"])
def test_form_says_why_it_refuses(administrator: Person, name: str) -> None:
    file = SimpleUploadedFile(name, b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    answer = at_desk(administrator).post(reverse("wagtailimages:add"), {**WORDS, "file": file, "collection": 1})

    assert "pas une image que nous savons lire" in answer.context["form"].errors["file"][0]


def test_multiple_upload_says_why_it_refuses(administrator: Person) -> None:
    file = SimpleUploadedFile("a.jpg", b"Bonjour")

    answer = at_desk(administrator).post(reverse("wagtailimages:add_multiple"), {"files[]": file}, headers=AJAX)

    assert as_json(answer)["success"] is False
    assert "pas une image" in as_json(answer)["error_message"]


def test_empty_document_is_told_to_be_empty_and_nothing_else(administrator: Person) -> None:
    fields = {"title": "Vide", "collection": 1, "file": SimpleUploadedFile("vide.txt", b"")}

    answer = at_desk(administrator).post(reverse("wagtaildocs:add"), fields)

    assert answer.context["form"].errors["file"] == ["Le fichier soumis est vide."]


@pytest.mark.parametrize("name", ["vide.exe", "vide"])
def test_document_of_another_kind_is_refused(administrator: Person, name: str) -> None:
    fields = {"title": "Vide", "collection": 1, "file": SimpleUploadedFile(name, b"Bonjour")}

    answer = at_desk(administrator).post(reverse("wagtaildocs:add"), fields)

    assert "pas autoris" in answer.context["form"].errors["file"][0]


@pytest.mark.parametrize(
    "wrong",
    [{"file": SimpleUploadedFile("x.exe", b"MZ")}, {"file": SimpleUploadedFile("x.txt", b"Bonjour"), "title": ""}],
)
def test_document_whose_change_is_refused_is_not_told_to_be_lost(
    administrator: Person, wrong: dict[str, Any]
) -> None:
    document = Document.objects.create(title="Charte", file=ContentFile(b"Bonjour", name="charte.txt"))
    fields = {"title": "Charte", "collection": document.collection_id, "tags": "", **wrong}

    answer = at_desk(administrator).post(reverse("wagtaildocs:edit", args=[document.pk]), fields)

    assert answer.context["form"].errors
    assert "charte.txt" in answer.text
    assert len(list(answer.context["messages"])) == 1


def test_picture_whose_change_is_refused_is_not_told_to_be_lost(administrator: Person) -> None:
    picture = PictureFactory()
    fields = {"title": "", "collection": picture.collection_id, **NO_FOCUS, "file": sent("JPEG")}

    answer = at_desk(administrator).post(reverse("wagtailimages:edit", args=[picture.pk]), fields)

    assert answer.context["form"].errors
    assert len(list(answer.context["messages"])) == 1
