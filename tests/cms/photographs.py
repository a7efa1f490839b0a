"""Pictures as phones and people send them: real bytes, with all that hides in them."""

import io
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

SECRET = "48.8534"
"""What no cleaned file may contain: a latitude, written as text into every corner that a format has."""

XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>{SECRET}</rdf:RDF></x:xmpmeta>'.encode()


def halves(width: int = 60, height: int = 40) -> Image.Image:
    """Blue above, orange below: whoever turns it, it shows."""
    image = Image.new("RGB", (width, height), "#ff8000")
    image.paste("#0000ff", (0, 0, width, height // 2))
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone notes: where, by whom, with which camera, and how it was held."""
    found = Image.Exif()
    found[0x010E] = SECRET
    found[0x0112] = orientation
    found[0x013B] = "Maëlle"
    gps = found.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (48.0, 51.0, 12.0), "E", (2.0, 22.0, 30.0)
    return found


def photograph(kind: str, orientation: int = 1, size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A photograph with GPS, XMP and a comment: "JPEG", "PNG", "WEBP", "AVIF" or "HEIF"."""
    image, file = halves(*size), io.BytesIO()
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = text
    elif kind != "HEIF":
        options["xmp"] = XMP
    if kind == "JPEG":
        options["comment"] = SECRET
    image.save(file, kind, exif=exif(orientation).tobytes(), **options)
    return file.getvalue()


def several(kind: str) -> bytes:
    """Two frames that move, with a comment."""
    first, second, file = halves(), Image.new("RGB", (60, 40), "#00ff00"), io.BytesIO()
    options: dict[str, Any] = {"GIF": {"comment": SECRET.encode()}, "WEBP": {"xmp": XMP}}.get(kind, {})
    first.save(file, kind, save_all=True, append_images=[second], duration=[80, 120], loop=0, **options)
    return file.getvalue()


def transparent() -> bytes:
    """A disc on nothing."""
    image, file = Image.new("RGBA", (300, 200), (0, 0, 0, 0)), io.BytesIO()
    image.paste((200, 30, 30, 255), (100, 50, 200, 150))
    image.save(file, "PNG")
    return file.getvalue()


def bomb() -> bytes:
    """A small file that unfolds into 20,000 by 20,000 pixels."""
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    return file.getvalue()


def with_profile() -> bytes:
    """A JPEG that carries a colour profile."""
    file = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    halves().save(file, "JPEG", icc_profile=profile.tobytes())
    return file.getvalue()
