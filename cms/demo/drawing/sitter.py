"""Who is being drawn: every trait decided once, from the hints first and from the name otherwise."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from cms.demo.drawing.canvas import (
    BLUE,
    CREAM,
    INK,
    MUSTARD,
    PLUM,
    SAGE,
    TEAL,
    TERRACOTTA,
    Canvas,
    Chance,
    Point,
    mix,
)

SIZE = 600


MIDDLE = 300.0


SKINS = {
    "fair": "#F7DBC6",
    "light": "#F0C6A4",
    "olive": "#DDAC80",
    "tan": "#C98F62",
    "brown": "#9A6443",
    "dark": "#74482F",
}


HAIRS = {
    "black": "#241F22",
    "brown": "#5A3A28",
    "auburn": "#8A3F28",
    "red": "#C0592B",
    "blond": "#D9A84E",
    "grey": "#A7A6A1",
    "white": "#EDE9DF",
}


CLOTHES = {
    "teal": TEAL,
    "terracotta": TERRACOTTA,
    "mustard": MUSTARD,
    "sage": "#6F9680",
    "blue": BLUE,
    "plum": PLUM,
}


BACKGROUNDS = {
    "teal": "#F3D3A4",
    "terracotta": "#CFE0D2",
    "mustard": "#BCD6D0",
    "sage": "#F5D9BE",
    "blue": "#F6DFA8",
    "plum": "#F2D2BB",
}


CUTS = ("short", "side", "curly", "bob", "long", "wavy", "bun", "ponytail")


Look: TypeAlias = dict[str, Any]


Drawing: TypeAlias = Callable[["Sitter", Canvas], None]


class Sitter:
    """Who is being drawn: every trait decided once, from the hints first and from the name otherwise."""

    def __init__(self, slug: str, first_name: str, look: Look) -> None:
        chance = Chance(f"{slug}/{first_name}")
        self.skin = SKINS[look.get("skin") or chance.pick(list(SKINS))]
        self.hair = HAIRS[look.get("hair") or chance.pick(["black", "brown", "auburn", "blond", "grey"])]
        self.style = str(look.get("style") or chance.pick(CUTS))
        self.beard = str(look.get("beard", "none"))
        self.clothes = str(look.get("clothes") or chance.pick(["sweater", "overshirt", "stripes", "blouse"]))
        colour = look.get("colour") or chance.pick(list(CLOTHES))
        self.colour, self.background = CLOTHES[colour], BACKGROUNDS[colour]
        self.is_older = look.get("age") == "older"
        self.is_young = look.get("age") == "young"
        self.has_glasses = bool(look.get("glasses", False))
        self.has_earrings = bool(look.get("earrings", False))
        self.has_scarf = bool(look.get("scarf", False))
        self.hat = str(look.get("hat", "none"))
        self.face = chance.number(86, 95)
        self.jaw = chance.number(0.80, 0.92)
        self.eyes = chance.number(35, 40)
        self.brow = chance.number(-3, 3)
        self.smile = chance.pick(["open", "soft", "soft", "wide"])
        self.frames = chance.pick([TEAL, TERRACOTTA, INK, PLUM])
        self.accent = chance.pick([c for c in (MUSTARD, TERRACOTTA, SAGE, CREAM, TEAL) if c != self.colour])
        self.tilt = chance.pick([-1, 1])

    @property
    def is_deep(self) -> bool:
        """Whether the skin is deep, so that marks on it must be lighter to be seen."""
        return self.skin in (SKINS["dark"], SKINS["brown"])

    @property
    def shade(self) -> tuple[int, int, int]:
        """The skin in shadow."""
        return mix(self.skin, "#5B2A1E", 0.22) if self.is_deep else mix(self.skin, "#B5694A", 0.32)

    @property
    def locks(self) -> tuple[int, int, int]:
        """The hair in shadow."""
        return mix(self.hair, "#2A1A18", 0.25)


def nothing(sitter: Sitter, canvas: Canvas) -> None:
    """For a style that has nothing to draw at this moment."""


def mirror(points: Sequence[Point]) -> list[Point]:
    """The points on the other side of the face."""
    return [(2 * MIDDLE - x, y) for x, y in points]


def both(points: Sequence[Point]) -> list[Point]:
    """Left half, top to bottom, completed by its mirror image."""
    return [*points, *(point for point in mirror(points)[::-1] if point[0] != MIDDLE)]
