"""What comes in from editors: pictures are checked and cleaned, documents are checked.

Every door (forms, the multiple upload, the chooser, code) stores through the model's file field, which calls this.
"""

import io
import warnings
import zipfile
from pathlib import PurePath
from typing import Any

import pillow_heif
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from PIL import Image, ImageCms, ImageOps, ImageSequence

pillow_heif.register_heif_opener()

LONGEST_EDGE = 4000
"""Pixels. What phones send beyond that is scaled down: no size of `cms.images` needs more."""

EXTENSIONS = {
    "AVIF": {"avif"},
    "GIF": {"gif"},
    "HEIF": {"heic", "heif"},
    "JPEG": {"jpeg", "jpg"},
    "PNG": {"png"},
    "WEBP": {"webp"},
}
"""The formats that are read, and the endings of file names that tell the truth about them."""

_NAMES = {"MPO": "JPEG"}  # phones write several photographs into one JPEG; the first one counts
_MAY_MOVE = {"AVIF": "WEBP", "GIF": "GIF", "PNG": "PNG", "WEBP": "WEBP"}
_ENDINGS = {"GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


class CleanPicture(ContentFile[bytes]):
    """A picture that went through `clean_picture`, which leaves it alone from then on."""


def clean_picture(file: File[Any], name: str | None) -> CleanPicture:
    """The picture upright, in sRGB, at most `LONGEST_EDGE` long, without anything that was hidden in its file.

    Stills become JPEG, or PNG where they were drawn or are transparent; what moves keeps its format and its size.
    Raises ValidationError, in French, for what isn't an acceptable picture.
    """
    if isinstance(file, CleanPicture):
        return file
    check_weight(file)
    with warnings.catch_warnings():
        # A bomb is refused, whether Pillow would warn or raise; its other complaints are no reason to.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        content, ending = _rewritten(_opened(file, name))
    return CleanPicture(content, name=f"{PurePath(name or 'image').stem}.{ending}")


def check_weight(file: File[Any]) -> None:
    """Refuse files that are too large."""
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if file.size > most:
        raise ValidationError(
            f"Ce fichier est trop lourd ({filesizeformat(file.size)}). Le maximum est de {filesizeformat(most)}."
        )


def _opened(file: File[Any], name: str | None) -> Any:
    """The picture, its header read and nothing decoded yet."""
    try:
        file.seek(0)
        image = Image.open(file, formats=list(EXTENSIONS))
        moves = image.format in _MAY_MOVE and getattr(image, "is_animated", False)
        pixels = image.width * image.height * (getattr(image, "n_frames", 1) if moves else 1)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # decoders raise what they like
        raise ValidationError(
            "Ce fichier n'est pas une image que nous savons lire (JPEG, HEIC, PNG, WebP, AVIF ou GIF)."
        ) from error
    if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()
    found, claimed = _NAMES.get(str(image.format), str(image.format)), PurePath(name or "").suffix.lower().lstrip(".")
    if claimed not in EXTENSIONS[found]:
        raise ValidationError(
            f"Le nom du fichier finit par « .{claimed} », mais c'est une image {found}. Renommez-le, puis réessayez."
        )
    return image


def _too_many_pixels() -> ValidationError:
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000
    return ValidationError(f"Cette image a trop de pixels. Le maximum est de {most} millions.")


def _rewritten(image: Any) -> tuple[bytes, str]:
    """The picture as new bytes and the ending of their format."""
    out = io.BytesIO()
    try:
        if image.format in _MAY_MOVE and getattr(image, "is_animated", False):
            kind = _MAY_MOVE[image.format]
            _save_moving(image, kind, out)
        else:
            still = _still(image)
            kind = "PNG" if still.mode == "RGBA" or image.format in {"GIF", "PNG"} else "JPEG"
            still.save(out, kind, **({"quality": 90} if kind == "JPEG" else {}))
    except Exception as error:  # a file that breaks off says so in many ways
        raise ValidationError(
            "Cette image est abîmée ou incomplète. Envoyez-la de nouveau depuis l'appareil."
        ) from error
    return out.getvalue(), _ENDINGS[kind]


def _still(image: Any) -> Any:
    """The picture as plain RGB, or RGBA where something shows through it, with nothing attached."""
    image.draft(None, (LONGEST_EDGE, LONGEST_EDGE))
    image = ImageOps.exif_transpose(image)
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = _in_srgb(image, mode)
    if mode == "RGBA" and plain.getchannel("A").getextrema()[0] == 255:
        plain = plain.convert("RGB")
    plain.info = {}
    return plain


def _in_srgb(image: Any, mode: str) -> Any:
    """The picture in the colours of the web, whichever profile its camera wrote; a broken profile counts for none."""
    if profile := image.info.get("icc_profile"):
        try:
            return ImageCms.profileToProfile(
                image.convert(mode) if image.mode in {"1", "P", "PA"} else image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=mode,
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert(mode)


def _save_moving(image: Any, kind: str, out: io.BytesIO) -> None:
    """Write a moving picture frame by frame, so that nothing but the frames, their pace and the loop is kept."""
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        durations.append(frame.info.get("duration", 100))
        frames.append(frame.convert("RGBA"))
        frames[-1].info = {}
    options: dict[str, Any] = {"duration": durations}
    if "loop" in image.info:
        options["loop"] = image.info["loop"]
    if kind == "GIF":
        options["disposal"] = 2
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], **options)


def check_document(file: File[Any], name: str | None) -> None:
    """Refuse a document that is too large, or whose content isn't what its name says. Raises ValidationError."""
    check_weight(file)
    ending = PurePath(name or "").suffix.lower().lstrip(".")
    file.seek(0)
    start = file.read(8192)
    file.seek(0)
    if not _is_content(ending, start, file):
        raise ValidationError(f"Le contenu de ce fichier n'est pas celui d'un fichier « .{ending} ».")


def _is_content(ending: str, start: bytes, file: File[Any]) -> bool:
    if ending == "pdf":
        return b"%PDF-" in start[:1024]
    if ending in {"docx", "odt", "xlsx", "zip"}:
        return _is_archive(ending, file)
    if ending == "ics":
        return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"BEGIN:VCALENDAR")
    return b"\0" not in start


def _is_archive(ending: str, file: File[Any]) -> bool:
    """Whether it is a zip file, and one of the kind that its ending names. Reads its list of contents only."""
    inside = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}.get(ending)
    try:
        with zipfile.ZipFile(file) as archive:
            return inside is None or inside in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        file.seek(0)


def plain_name(name: str) -> str:
    """A file name that every system and every address bears: plain letters, digits and hyphens."""
    path = PurePath(name)
    return f"{slugify(path.stem) or 'document'}{path.suffix.lower()}"
