"""Portraits of invented people: flat, warm, and plausible for the person each one stands for."""

import functools
import pathlib

import yaml

from cms.demo.drawing.canvas import (
    CREAM,
    MUSTARD,
    TEAL,
    TERRACOTTA,
    Canvas,
    Colour,
    Point,
    bezier,
    dark,
    light,
    mix,
    veil,
)
from cms.demo.drawing.hairstyles import BACKS, FRONTS
from cms.demo.drawing.sitter import HAIRS, MIDDLE, SIZE, Drawing, Look, Sitter, both, mirror, nothing
from cms.demo.drawing.wardrobe import shoulders


def portrait(slug: str, first_name: str) -> bytes:
    """The square portrait of a person, 600 by 600, as PNG; hints of their look come from the demo's loges."""
    sitter = Sitter(slug, first_name, looks().get(slug, {}))
    canvas = Canvas(SIZE, SIZE, sitter.background, scale=3)
    canvas.disc(MIDDLE, 300, 250, light(sitter.background, 0.38))
    BACKS.get(sitter.style, nothing)(sitter, canvas)
    shoulders(sitter, canvas)
    _head(sitter, canvas)
    _beard(sitter, canvas)
    _features(sitter, canvas)
    FRONTS.get(sitter.style, nothing)(sitter, canvas)
    HATS.get(sitter.hat, nothing)(sitter, canvas)
    _extras(sitter, canvas)
    return canvas.encoded(crop=(50, 46, 550, 546))


@functools.cache
def looks() -> dict[str, Look]:
    """The looks written beside the experts and coordinators, by slug (the folded first name)."""
    text = (pathlib.Path(__file__).parents[1] / "content" / "loges.yaml").read_text(encoding="utf-8")
    found: dict[str, Look] = {}
    for loge in yaml.safe_load(text)["loges"]:
        coordinator = loge["coordinator"]
        if "look" in coordinator:
            found[coordinator["email"].split("@")[0]] = coordinator["look"]
        found |= {expert["slug"]: expert["look"] for expert in loge["experts"]}
    return found


def _outline(sitter: Sitter) -> list[Point]:
    face, jaw = sitter.face, sitter.face * sitter.jaw
    left = bezier((300, 152), (300 - face, 152), (300 - face - 4, 220), (300 - face, 270))
    left += bezier((300 - face, 270), (300 - jaw + 2, 340), (270, 384), (300, 386))
    return left + mirror(left)[::-1]


def _head(sitter: Sitter, canvas: Canvas) -> None:
    for x in (MIDDLE - sitter.face, MIDDLE + sitter.face):
        canvas.oval(x, 278, 17, 25, sitter.skin)
        canvas.oval(x, 280, 8, 14, sitter.shade)
    canvas.shape([(264, 360), (336, 360), (338, 400), (300, 416), (262, 400)], mix(sitter.shade, "#5B2A1E", 0.14))
    canvas.shape(_outline(sitter), sitter.skin)
    for x in (MIDDLE - 56, MIDDLE + 56):
        canvas.oval(x, 312, 20, 13, veil("#E2593F", 0.20))


def _features(sitter: Sitter, canvas: Canvas) -> None:
    for side in (-1, 1):
        _eye(sitter, canvas, MIDDLE + side * sitter.eyes, side)
    canvas.curve((299, 280), (288, 306), (290, 314), (306, 314), sitter.shade, 5.5)
    _mouth(sitter, canvas)
    if sitter.is_older:
        for side in (-1, 1):
            canvas.curve(
                (MIDDLE + side * 34, 308),
                (MIDDLE + side * 46, 318),
                (MIDDLE + side * 50, 330),
                (MIDDLE + side * 46, 344),
                veil(sitter.shade, 0.8),
                3,
            )
            x = MIDDLE + side * (sitter.eyes + 27)
            canvas.line([(x, 268), (x + side * 9, 262)], veil(sitter.shade, 0.9), 2.5)
            canvas.line([(x, 276), (x + side * 10, 277)], veil(sitter.shade, 0.9), 2.5)
    if sitter.has_glasses:
        _glasses(sitter, canvas)


def _eye(sitter: Sitter, canvas: Canvas, x: float, side: int) -> None:
    if sitter.is_deep:
        canvas.oval(x, 272, 13, 12, "#F6E9DC")
    canvas.oval(x, 272, 9, 11, "#20120F")
    canvas.disc(x + 3, 268, 3.2, "#FFFFFF")
    brow = mix(
        sitter.hair, "#1E1413" if sitter.is_deep else "#3A2A25", 0.35 if sitter.hair == HAIRS["white"] else 0.55
    )
    height = 246 + sitter.brow
    inner, outer = (x - side * 16, height + 3), (x + side * 19, height + 4)
    canvas.curve(inner, (x - side * 6, height - 7), (x + side * 8, height - 8), outer, brow, 6.5)


def _mouth(sitter: Sitter, canvas: Canvas) -> None:
    lips = mix(sitter.skin, "#D98A7C" if sitter.is_deep else "#9E2F2B", 0.55)
    if sitter.smile == "soft":
        canvas.curve((274, 336), (286, 352), (314, 352), (326, 336), lips, 6.5)
        return
    reach = 30 if sitter.smile == "wide" else 25
    deep = 364 if sitter.smile == "wide" else 360
    lower = bezier((300 + reach, 334), (300 + reach - 4, deep), (300 - reach + 4, deep), (300 - reach, 334))
    upper = bezier((300 - reach, 334), (286, 339), (314, 339), (300 + reach, 334))
    canvas.shape(upper + lower, "#5E1F1D" if sitter.is_deep else "#7A2A26")
    teeth = bezier((300 + reach - 5, 337), (300 + reach - 12, 349), (300 - reach + 12, 349), (300 - reach + 5, 337))
    canvas.shape([*teeth, (286, 339), (314, 339)], "#FFFAF2")


def _beard(sitter: Sitter, canvas: Canvas) -> None:
    if sitter.beard == "none":
        return
    face, jaw = sitter.face, sitter.face * sitter.jaw
    if sitter.beard == "moustache":
        whiskers = [(262, 330), (280, 318), (300, 322), (320, 318), (338, 330), (318, 334), (300, 329), (282, 334)]
        canvas.blob(whiskers, sitter.hair)
        return
    depth = {"stubble": 386.0, "short": 392.0, "full": 414.0}[sitter.beard]
    edge = bezier((300 - face, 250), (300 - jaw - 4, 342), (266, depth), (300, depth))
    inner = bezier((300, 322), (268, 312), (254, 328), (246, 326)) + bezier(
        (246, 326), (226, 318), (222, 290), (300 - face + 9, 250)
    )
    colour: Colour = veil(sitter.hair, 0.38) if sitter.beard == "stubble" else mix(sitter.hair, sitter.skin, 0.08)
    canvas.shape(edge + mirror(edge)[::-1] + mirror(inner)[::-1] + inner, colour)


def _glasses(sitter: Sitter, canvas: Canvas) -> None:
    for side in (-1, 1):
        x = MIDDLE + side * (sitter.eyes + 2)
        canvas.oval(x, 274, 28, 26, veil("#FFFFFF", 0.22))
        canvas.ring(x, 274, 30, 28, sitter.frames, 5)
        canvas.line([(x + side * 29, 268), (MIDDLE + side * (sitter.face - 2), 262)], sitter.frames, 5)
    canvas.arc(MIDDLE, 272, sitter.eyes - 27, 8, (200, 340), sitter.frames, 5)


def _cap(sitter: Sitter, canvas: Canvas) -> None:
    colour = sitter.accent if sitter.accent != CREAM else TEAL
    edge = sitter.face + 12
    dome = bezier((300 - edge, 216), (300 - edge, 130), (250, 112), (300, 112))
    canvas.shape(dome + mirror(dome)[::-1], colour)
    trim = light(colour, 0.2) if colour == TEAL else dark(colour, 0.28)
    top = bezier((300 - edge - 16, 218), (230, 188), (370, 188), (300 + edge + 16, 218))
    canvas.shape(top + bezier((300 + edge + 16, 222), (380, 236), (220, 236), (300 - edge - 16, 222)), trim)
    canvas.disc(300, 113, 7, trim)
    for side in (-1, 1):
        canvas.curve(
            (300 + side * 10, 118), (300 + side * 46, 130), (300 + side * 56, 160), (300 + side * 58, 196), trim, 2.5
        )


def _straw(sitter: Sitter, canvas: Canvas) -> None:
    canvas.oval(300, 196, 178, 34, "#D9B565")
    dome = bezier((206, 194), (206, 112), (250, 96), (300, 96))
    canvas.shape(dome + mirror(dome)[::-1], "#E8CB82")
    canvas.shape([(207, 168), (393, 168), (394, 194), (206, 194)], TERRACOTTA)
    canvas.shape([*bezier((128, 200), (220, 228), (380, 228), (472, 200)), (472, 196), (128, 196)], "#C9A352")


HATS: dict[str, Drawing] = {"cap": _cap, "straw": _straw}


def _extras(sitter: Sitter, canvas: Canvas) -> None:
    if sitter.has_earrings:
        for side in (-1, 1):
            canvas.disc(MIDDLE + side * (sitter.face + 4), 312, 8, MUSTARD)
    if sitter.has_scarf:
        tone = TERRACOTTA if sitter.colour != TERRACOTTA else TEAL
        canvas.line(both(bezier((240, 420), (252, 456), (286, 466), (300, 466))), tone, 36)
        canvas.shape([(316, 462), (352, 452), (368, 560), (330, 566)], dark(tone, 0.15))
