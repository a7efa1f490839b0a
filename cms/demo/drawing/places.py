"""Covers of the loges: seven neighbourhoods, each with its own light."""

from cms.demo.drawing import buildings, figures, nature, street, tableware
from cms.demo.drawing.canvas import (
    BLUE,
    BRICK,
    CREAM,
    INK,
    MUSTARD,
    PLUM,
    SAGE,
    STONE,
    TEAL,
    TERRACOTTA,
    WOOD,
    Canvas,
    Chance,
    bezier,
    dark,
    light,
    mix,
    veil,
)


def aligre(c: Canvas) -> None:
    """Market stalls below the roofs of a Parisian faubourg."""
    c.sky("#F3C98B", "#FBEFD8", 620)
    nature.sun(c, 1010, 210, 64, "#FFF0BE")
    nature.cloud(c, 330, 170, 130)
    nature.cloud(c, 880, 120, 90, 0.55)
    for i, (x, w, h) in enumerate(((-30, 260, 470), (220, 230, 420), (1160, 240, 440), (1390, 260, 490))):
        wall = ("#EBD7B3", "#F1E3C6", "#EBD2AE", "#F3E6CC")[i]
        buildings.house(c, x, 700, w, h, wall, floors=4, columns=3, name=f"aligre{i}", balcony=True, ground=120)
        buildings.shopfront(
            c,
            x + 18,
            700,
            w - 36,
            124,
            (TEAL, TERRACOTTA, PLUM, TEAL)[i],
            goods=("plants", "bread", "fabric", "box")[i],
        )
    _market_hall(c, 450, 700, 710)
    street.cobbles(c, 690, "#E2D2B4", "aligre")
    nature.tree(c, 412, 720, 360)
    nature.tree(c, 1196, 720, 340, "#6E9A6B")
    for x, colour in ((70, TERRACOTTA), (560, TEAL), (1060, "#C98A1B")):
        street.stall(c, x, 812, 340, colour, f"aligre{x}")
    figures.person(c, 476, 850, 250, skin="#C98F62", hair="#241F22", top=BLUE, bottom=INK, arm="bag")
    figures.person(
        c,
        966,
        856,
        240,
        skin="#F0C6A4",
        hair="#A7A6A1",
        top=MUSTARD,
        bottom=TEAL,
        style="bun",
        skirt=True,
        faces=-1,
        arm="wave",
    )
    figures.dog(c, 1058, 862, 76)
    street.bicycle(c, 1430, 872, 128, TERRACOTTA)


def _market_hall(c: Canvas, x: float, base: float, w: float) -> None:
    """The low covered market with its small belfry."""
    wall = "#DDBE8E"
    c.rect(x, base - 210, w, 210, wall)
    c.shape(
        [(x - 26, base - 206), (x + 90, base - 330), (x + w - 90, base - 330), (x + w + 26, base - 206)], "#6B868C"
    )
    c.rect(x + 90, base - 338, w - 180, 12, dark("#6B868C", 0.2))
    for i in range(1, 12):
        left = x + w * i / 12
        c.line([(left, base - 210), (left + (x + w / 2 - left) * 0.22, base - 326)], veil(INK, 0.10), 3)
    middle = x + w / 2
    c.rect(middle - 46, base - 436, 92, 110, light(wall, 0.35))
    c.rect(middle - 22, base - 416, 44, 64, TEAL, 22)
    c.disc(middle, base - 398, 17, CREAM)
    c.line([(middle, base - 398), (middle, base - 409)], INK, 3)
    c.line([(middle, base - 398), (middle + 9, base - 396)], INK, 3)
    c.shape([(middle - 60, base - 434), (middle, base - 512), (middle + 60, base - 434)], "#5C777D")
    c.rect(middle - 3, base - 552, 6, 44, INK)
    for i in range(6):
        left = x + 34 + i * (w - 68) / 6
        c.rect(left + 8, base - 176, 92, 176, "#7C5B43", 46)
        c.rect(left + 18, base - 166, 72, 166, mix("#F6CF73", "#7C5B43", 0.35), 36)


def croix_rousse(c: Canvas) -> None:
    """The slopes of the Croix-Rousse, with their tall windows and a long stair."""
    c.sky("#BFDCD8", "#F9EBD0", 700)
    nature.sun(c, 250, 170, 58)
    nature.cloud(c, 620, 150, 120)
    nature.cloud(c, 1240, 100, 90, 0.6)
    nature.hills(c, [(0, 560), (380, 470), (820, 520), (1240, 380), (1600, 420)], "#A9C7B4")
    for i, (x, w, h) in enumerate(((560, 130, 150), (700, 120, 210), (826, 140, 170), (950, 130, 200))):
        wall = mix(("#E9B98F", "#F0D9AE", "#E3A98A", "#EBD2B0")[i], "#CFE3DF", 0.3)
        buildings.house(
            c,
            x,
            530,
            w,
            h,
            wall,
            floors=3,
            columns=3,
            name=f"far{i}",
            roof="tile",
            roof_colour="#C98467",
            lit=0,
            tall=0.66,
        )
    c.rect(500, 524, 560, 380, "#9DBF9F")
    _canut(c, -40, 900, 330, 560, "#E8A97C", "cr1", "#8C9F7C")
    _canut(c, 300, 900, 270, 470, "#F2D8A7", "cr2", None)
    _canut(c, 1010, 830, 290, 620, "#EBC3A0", "cr3", "#6F8F8C")
    _canut(c, 1310, 800, 320, 660, "#D98B66", "cr4", None)
    nature.tree(c, 664, 560, 200, "#6E9A6B", "cr")
    nature.tree(c, 956, 560, 220, "#5E8C6A", "cr")
    _stair(c, 590, 1010, 900, 520, 16)
    c.rect(1000, 828, 620, 80, "#D8C6A6")
    street.lamp(c, 1046, 846, 240)
    figures.person(c, 742, 792, 190, skin="#F0C6A4", hair="#D9A84E", top=BLUE, bottom=INK, arm="hold")
    street.crate(c, 752, 716, 62, "#8FAE4B", "cr")
    figures.person(
        c,
        884,
        660,
        150,
        skin="#74482F",
        hair="#241F22",
        top=TERRACOTTA,
        bottom=TEAL,
        style="afro",
        arm="wave",
        faces=-1,
        skirt=True,
    )
    figures.cat(c, 1210, 846, 66)
    for x, seed in ((1320, "a"), (1400, "b"), (1500, "c")):
        nature.potted(c, x, 850, 84, seed=seed)


def _canut(c: Canvas, x: float, base: float, w: float, h: float, wall: str, name: str, shutters: str | None) -> None:
    """A weaver's building: few floors, windows as tall as looms."""
    buildings.house(
        c,
        x,
        base,
        w,
        h,
        wall,
        floors=4,
        columns=3,
        name=name,
        roof="tile",
        roof_colour="#B9694A",
        shutters=shutters,
        tall=0.74,
        ground=30,
        lit=0.16,
    )


def _stair(c: Canvas, left: float, right: float, base: float, top: float, steps: int) -> None:
    """A public stair that narrows as it climbs."""
    height = (base - top) / steps
    for i in range(steps):
        narrow = i * 6.5
        y = base - (i + 1) * height
        tone = mix("#D9C7A5", "#F3E6CC", i / steps)
        c.rect(left + narrow, y, right - left - 2 * narrow, height + 1, tone)
        c.rect(left + narrow, y + height * 0.62, right - left - 2 * narrow, height * 0.4, dark(tone, 0.16))
    for side in (0, 1):
        low = (left if side == 0 else right, base - 90)
        high = (left + steps * 6.5 if side == 0 else right - steps * 6.5, top - 60)
        c.line([low, high], INK, 7)
        for i in range(9):
            x = low[0] + (high[0] - low[0]) * i / 8
            y = low[1] + (high[1] - low[1]) * i / 8
            c.line([(x, y), (x, y + 84 - i * 3)], INK, 4)


def wazemmes(c: Canvas) -> None:
    """A brick courtyard of Wazemmes with flowers, washing and a bicycle."""
    c.sky("#C9DAD9", "#F6EBD6", 420)
    nature.cloud(c, 300, 120, 120)
    nature.cloud(c, 1150, 130, 130, 0.6)
    doors = (TEAL, MUSTARD, TERRACOTTA, BLUE, PLUM)
    for i in range(5):
        x, wall = -40 + i * 340, ("#B5553D", "#A64A35", "#BE6144", "#AA4E3B", "#B85A42")[i]
        h = (400, 372, 410, 380, 404)[i]
        _brick_house(c, x, 680, 340, h, wall, doors[i], i)
    street.cobbles(c, 672, "#D9C9AE", "wazemmes")
    street.laundry(c, (120, 300), (620, 330), "waz1")
    street.laundry(c, (960, 330), (1500, 300), "waz2")
    for i, x in enumerate((40, 196, 520, 556, 880, 1236, 1290, 1560)):
        nature.potted(
            c, x, 716 + (i % 3) * 6, 96 - (i % 2) * 22, seed=f"waz{i}", pot=(TERRACOTTA, TEAL, "#D9A85E")[i % 3]
        )
    street.bicycle(c, 760, 812, 132, TEAL)
    figures.person(
        c, 380, 826, 232, skin="#F0C6A4", hair="#EDE9DF", top=TEAL, bottom=PLUM, style="curly", skirt=True, arm="wave"
    )
    figures.person(
        c, 500, 832, 236, skin="#9A6443", hair="#241F22", top=MUSTARD, bottom=INK, style="long", faces=-1, arm="hold"
    )
    tableware.round_table(c, 1130, 842, 150, 96)
    tableware.chair(c, 1030, 846, 170, TERRACOTTA)
    tableware.chair(c, 1230, 846, 170, TERRACOTTA, -1)
    tableware.teapot(c, 1104, 738, 54, MUSTARD)
    tableware.cup(c, 1166, 738, 30, CREAM)
    figures.cat(c, 1420, 800, 78, "#D98B3D")


def _brick_house(c: Canvas, x: float, base: float, w: float, h: float, wall: str, door: str, rank: int) -> None:
    top = base - h
    c.shape(
        [(x - 4, top + 2), (x + 24, top - 92), (x + w - 24, top - 92), (x + w + 4, top + 2)],
        ("#7D6A66", "#6F6361")[rank % 2],
    )
    c.rect(x + w * 0.2, top - 136, 54, 80, dark(wall, 0.12))
    for pot in (6, 30):
        c.rect(x + w * 0.2 + pot, top - 154, 16, 20, TERRACOTTA, 3)
    c.shape([(x + w * 0.55, top - 30), (x + w * 0.64, top - 74), (x + w * 0.73, top - 30)], dark(wall, 0.2))
    c.rect(x + w * 0.575, top - 44, w * 0.13, 44, CREAM)
    c.rect(x + w * 0.595, top - 36, w * 0.09, 32, buildings.GLASS)
    c.rect(x, top, w, h, wall)
    chance = Chance(f"bricks{rank}")
    for row in range(int(h // 13)):
        for _ in range(7):
            bx = x + chance.number(4, w - 30)
            c.rect(bx, top + row * 13 + 3, 22, 7, (dark(wall, 0.12), light(wall, 0.13))[int(chance.number(0, 1.99))])
    for y in (top, top + h * 0.46):
        c.rect(x, y, w, 12, "#EAD9B5")
    for i, left in enumerate((0.12, 0.44, 0.74)):
        buildings.window(c, x + w * left, top + 46, 52, 104, frame=CREAM, flowers=(rank + i) % 3 == 0)
        c.rect(x + w * left - 12, top + 30, 76, 10, "#EAD9B5")
    buildings.window(
        c,
        x + w * 0.1,
        top + h * 0.46 + 46,
        66,
        106,
        frame=CREAM,
        glass=buildings.LAMP if rank in (1, 4) else buildings.GLASS,
        flowers=True,
    )
    buildings.window(c, x + w * 0.68, top + h * 0.46 + 46, 66, 106, frame=CREAM, flowers=rank % 2 == 0)
    buildings.door(c, x + w * 0.4, base, 74, 156, door)
    c.rect(x + w * 0.4 - 16, base - 4, 106, 8, STONE)


def chantenay(c: Canvas) -> None:
    """The Loire, the canneries and the gardened houses of Chantenay."""
    c.sky("#F2C49A", "#F8EBD2", 600)
    nature.sun(c, 420, 240, 66, "#F9D38A")
    nature.cloud(c, 760, 130, 130, 0.6)
    nature.cloud(c, 1330, 180, 120, 0.6)
    nature.birds(c, 600, 210, 4)
    nature.hills(c, [(0, 430), (360, 380), (760, 450), (1600, 400)], "#9DBBA2")
    for i, (x, base) in enumerate(((20, 480), (150, 456), (290, 450), (430, 462))):
        wall = ("#F1E3C6", "#E9B98F", "#F7EBD3", "#D9E0D0")[i]
        buildings.house(
            c,
            x,
            base,
            108,
            96,
            wall,
            floors=2,
            columns=2,
            name=f"ch{i}",
            roof="gable",
            roof_colour="#6B7A80",
            lit=0.2,
        )
        nature.bush(c, x + 118, base + 10, 60, "#6E9A6B")
    nature.cypress(c, 560, 490, 130)
    _crane(c, 1410, 600)
    _cannery(c, 620, 610, 640)
    c.rect(0, 596, c.width, 60, "#C9B48D")
    c.rect(0, 640, c.width, 22, "#A08A66")
    for x in range(20, 1600, 120):
        c.rect(x, 596, 14, 18, INK, 5)
    _river(c, 662, ("#6FA3A0", "#2F6A6E"))
    _barge(c, 980, 760)
    for i, x in enumerate((90, 130, 170, 210, 250, 1480, 1520, 1560)):
        for dx in (-14, 0, 14):
            c.curve((x + dx, 900), (x + dx, 830), (x + dx * 2, 790), (x + dx * 3 + (i % 2) * 14, 748), "#5E7F4E", 6)
        c.oval(x + 4, 760, 8, 26, WOOD)
    figures.person(c, 300, 636, 150, skin="#F7DBC6", hair="#D9A84E", top=BLUE, bottom=INK, style="long", arm="wave")
    figures.dog(c, 390, 638, 58, WOOD)
    street.bicycle(c, 510, 638, 82, MUSTARD)


def _cannery(c: Canvas, x: float, base: float, w: float) -> None:
    """A factory with a saw-tooth roof and a brick chimney."""
    c.shape([(x + 470, base - 160), (x + 480, base - 460), (x + 528, base - 460), (x + 540, base - 160)], BRICK)
    c.rect(x + 472, base - 474, 64, 20, dark(BRICK, 0.25))
    for y in (base - 420, base - 390):
        c.rect(x + 477, y, 54, 9, CREAM)
    tooth = w / 5
    for i in range(5):
        left = x + i * tooth
        c.shape([(left, base - 190), (left, base - 292), (left + tooth, base - 190)], "#8E5A47")
        c.shape([(left, base - 200), (left, base - 286), (left + 20, base - 270), (left + 20, base - 200)], "#BFDCD8")
    c.rect(x, base - 194, w, 194, "#C97F5E")
    c.rect(x, base - 194, w, 12, CREAM)
    for i in range(9):
        left = x + 26 + i * (w - 40) / 9
        c.rect(left, base - 156, 46, 90, CREAM, 23)
        c.rect(left + 5, base - 151, 36, 85, buildings.GLASS if i % 4 else buildings.LAMP, 18)
        c.rect(left + 21, base - 150, 4, 84, CREAM)
        c.rect(left + 5, base - 112, 36, 4, CREAM)
    buildings.door(c, x + w * 0.46, base, 84, 112, TEAL)
    for px, py, size in ((x + 160, base - 40, 44), (x + 210, base - 40, 44), (x + 184, base - 78, 40)):
        c.rect(px, py - 4, size, size, "#B98552", 3)
        c.line([(px + 4, py), (px + size - 4, py + size - 8)], dark("#B98552", 0.3), 3)


def _crane(c: Canvas, x: float, base: float) -> None:
    tone = "#D9A23A"
    for side in (-1, 1):
        c.line([(x + side * 56, base), (x + side * 22, base - 260)], tone, 13)
    for i in range(4):
        y, half = base - 30 - i * 62, 52 - i * 8
        c.line([(x - half, y), (x + half - 8, y - 60)], tone, 6)
        c.line([(x - half, y), (x + half, y)], tone, 6)
    c.rect(x - 46, base - 316, 92, 58, dark(tone, 0.12), 6)
    c.rect(x - 34, base - 304, 34, 26, buildings.GLASS)
    c.line([(x + 30, base - 300), (x - 250, base - 390)], tone, 12)
    c.line([(x + 30, base - 316), (x - 250, base - 390)], tone, 6)
    c.line([(x, base - 316), (x + 10, base - 370), (x - 250, base - 392)], INK, 3)
    c.rect(x + 40, base - 312, 84, 44, dark(tone, 0.25), 4)
    c.line([(x - 240, base - 386), (x - 240, base - 250)], INK, 3)
    c.rect(x - 262, base - 252, 44, 36, "#B98552", 4)


def _river(c: Canvas, top: float, tones: tuple[str, str]) -> None:
    water = Canvas(c.width, round(c.height - top), tones[0], scale=c.scale)
    water.sky(tones[0], tones[1])
    c.image.paste(water.image, (0, round(top * c.scale)))
    chance = Chance(f"river{top}")
    for _ in range(46):
        x, y = chance.number(0, c.width), chance.number(top + 10, c.height)
        length = 30 + (y - top) * 0.5
        c.rect(x, y, length * chance.number(0.6, 1.6), 4, veil("#FFFAF0", chance.number(0.10, 0.35)), 2)


def _barge(c: Canvas, x: float, y: float) -> None:
    hull = bezier((x - 230, y - 40), (x - 190, y + 26), (x + 180, y + 30), (x + 250, y - 50))
    c.oval(x, y + 20, 220, 12, veil(INK, 0.25))
    c.shape(hull, TERRACOTTA)
    c.shape([(x - 230, y - 40), (x + 250, y - 50), (x + 240, y - 36), (x - 224, y - 26)], CREAM)
    c.rect(x - 150, y - 104, 150, 66, CREAM, 6)
    for i in range(3):
        c.rect(x - 136 + i * 46, y - 90, 32, 30, buildings.GLASS, 4)
    c.rect(x - 158, y - 112, 166, 12, TEAL, 4)
    c.rect(x + 60, y - 210, 7, 164, WOOD)
    c.shape([(x + 70, y - 204), (x + 200, y - 64), (x + 70, y - 64)], light(MUSTARD, 0.2))
    nature.potted(c, x + 30, y - 42, 50, seed="barge")


def panier(c: Canvas) -> None:
    """A stepped lane of Le Panier that runs down to the sea."""
    c.sky("#8FC6CC", "#F7E6C4", 520)
    nature.sun(c, 830, 180, 60)
    nature.birds(c, 660, 150, 3)
    c.rect(0, 400, c.width, 130, "#2F7F8C")
    c.rect(0, 400, c.width, 5, veil("#FFFFFF", 0.5))
    for i in range(26):
        c.rect(520 + (i * 97) % 560, 412 + (i * 37) % 100, 40, 3, veil("#FFFAF0", 0.4), 1)
    c.shape([(640, 404), (700, 376), (760, 388), (820, 404)], "#A9A08C")
    for x, h in ((930, 70), (870, 44)):
        c.shape([(x, 430 - h), (x + h * 0.5, 424), (x, 424)], CREAM)
        c.shape([(x - 24, 426), (x + 40, 426), (x + 28, 440), (x - 14, 440)], TERRACOTTA)
    c.rect(0, 516, c.width, 384, "#D9BE8F")
    for i in range(13):
        y, half = 520 + i * 30, 150 + i * 34
        tone = mix("#E9D2A8", "#D4B98C", i / 13)
        c.rect(800 - half, y, half * 2, 31, tone)
        c.rect(800 - half, y, half * 2, 9, light(tone, 0.45))
    buildings.house(
        c,
        520,
        560,
        150,
        300,
        "#F0CFA0",
        floors=3,
        columns=2,
        name="pan-far1",
        roof="tile",
        roof_colour="#C9714E",
        shutters="#7FA79B",
    )
    buildings.house(
        c,
        950,
        560,
        150,
        320,
        "#E9A785",
        floors=3,
        columns=2,
        name="pan-far2",
        roof="tile",
        roof_colour="#C9714E",
        shutters="#5E8C99",
    )
    _side(c, 1, "#E5B070", "#5E97A0")
    _side(c, -1, "#E0876A", "#7FA17C")
    street.laundry(c, (430, 210), (1180, 190), "panier")
    for x, y, size, seed in (
        (474, 716, 120, "p1"),
        (400, 800, 140, "p2"),
        (1150, 700, 116, "p3"),
        (1226, 796, 150, "p4"),
        (560, 640, 84, "p5"),
    ):
        nature.potted(c, x, y, size, seed=seed, pot=(TERRACOTTA, TEAL, "#E0B25A")[len(seed + str(x)) % 3])
    figures.cat(c, 690, 694, 70, "#D98B3D")
    figures.person(
        c,
        930,
        838,
        230,
        skin="#C98F62",
        hair="#241F22",
        top=TERRACOTTA,
        bottom=TEAL,
        style="curly",
        arm="bag",
        faces=-1,
    )
    figures.person(
        c, 760, 616, 130, skin="#F0C6A4", hair="#5A3A28", top=MUSTARD, bottom=BLUE, style="long", skirt=True
    )


def _side(c: Canvas, side: int, wall: str, shutter: str) -> None:
    """A façade seen sideways on the left (1) or right (-1) of the lane."""

    def place(x: float) -> float:
        return x if side > 0 else c.width - x

    def quad(points: list[tuple[float, float]], fill: str | tuple[int, int, int]) -> None:
        c.shape([(place(x), y) for x, y in points], fill)

    quad([(0, 0), (440, 0), (440, 76), (520, 120), (520, 560), (300, 900), (0, 900)], wall)
    quad([(0, 0), (440, 0), (440, 30), (0, 30)], "#B9694A")
    quad([(440, 60), (524, 110), (524, 134), (440, 90)], "#B9694A")
    quad([(440, 76), (520, 120), (520, 560), (440, 690)], dark(wall, 0.14))
    for y in (90, 330):
        for x in (60, 250):
            quad([(x - 44, y), (x + 4, y), (x + 4, y + 164), (x - 44, y + 164)], shutter)
            quad([(x + 96, y), (x + 144, y), (x + 144, y + 164), (x + 96, y + 164)], shutter)
            for slat in range(1, 9):
                for left in (x - 40, x + 100):
                    quad(
                        [
                            (left, y + slat * 18),
                            (left + 40, y + slat * 18),
                            (left + 40, y + slat * 18 + 4),
                            (left, y + slat * 18 + 4),
                        ],
                        dark(shutter, 0.22),
                    )
            quad([(x + 4, y), (x + 96, y), (x + 96, y + 164), (x + 4, y + 164)], CREAM)
            quad([(x + 12, y + 8), (x + 46, y + 8), (x + 46, y + 156), (x + 12, y + 156)], buildings.GLASS)
            quad([(x + 54, y + 8), (x + 88, y + 8), (x + 88, y + 156), (x + 54, y + 156)], buildings.GLASS)
            buildings.flower_box(c, min(place(x), place(x + 100)), y + 164, 100, "#D85C7A")
    quad([(96, 600), (236, 600), (236, 900), (96, 900)], CREAM)
    quad([(108, 612), (224, 612), (224, 900), (108, 900)], TEAL if side > 0 else PLUM)
    quad([(124, 640), (208, 640), (208, 730), (124, 730)], light(TEAL if side > 0 else PLUM, 0.16))
    c.disc(place(210), 770, 7, MUSTARD)


def krutenau(c: Canvas) -> None:
    """Half-timbered houses along the canal of the Krutenau."""
    c.sky("#B9D3D3", "#F5E8D2", 560)
    nature.cloud(c, 240, 140, 120)
    nature.cloud(c, 1180, 110, 150, 0.6)
    _spire(c, 1330, 470, 330, "#C9A08C")
    walls = ("#F3E2C2", "#E7B08A", "#F7EBD3", "#C9D6B8", "#EFC98F", "#E9BCA6")
    for i in range(6):
        x = 20 + i * 262
        _timbered(c, x, 590, 236 + (i % 2) * 18, 270 + (i * 53) % 90, walls[i], i)
    c.rect(0, 586, c.width, 70, "#C3AE8E")
    c.rect(0, 586, c.width, 10, light("#C3AE8E", 0.4))
    chance = Chance("quay")
    for row in range(4):
        for i in range(22):
            c.rect(
                i * 76 + (row % 2) * 38 + 4,
                602 + row * 14,
                chance.number(50, 68),
                10,
                dark("#C3AE8E", chance.number(0.04, 0.14)),
                3,
            )
    _river(c, 652, ("#7FA9A0", "#2E6266"))
    for i in range(6):
        c.rect(40 + i * 262, 656, 220, 110 + (i * 53) % 90, veil(walls[i], 0.20))
    for i in range(14):
        c.rect(0, 668 + i * 17, c.width, 5, veil("#4F8A88", 0.35))
    _footbridge(c, 430, 720)
    for x in (120, 1340):
        nature.tree(c, x, 600, 300, "#7A9F57", "kru")
    street.bicycle(c, 1130, 598, 84, MUSTARD)
    figures.person(
        c, 640, 566, 120, skin="#F7DBC6", hair="#5A3A28", top=TERRACOTTA, bottom=INK, style="long", arm="wave"
    )
    for x, f in ((1060, 1), (1170, -1)):
        _swan(c, x, 800, f)


def _timbered(c: Canvas, x: float, base: float, w: float, h: float, wall: str, rank: int) -> None:
    top, beam = base - h, "#6B4634"
    peak = w * 0.86
    c.shape(
        [(x - 16, top + 4), (x + w / 2, top - peak), (x + w + 16, top + 4)],
        ("#9C5240", "#A85C45", "#8E4A3C")[rank % 3],
    )
    for row, share in enumerate((0.28, 0.56)):
        for side in (-0.5, 0.5) if row == 0 else (0.0,):
            dx, dy = x + w / 2 + side * w * 0.44, top - peak * share
            c.shape([(dx - 24, dy + 6), (dx, dy - 22), (dx + 24, dy + 6)], dark("#9C5240", 0.2))
            c.rect(dx - 16, dy + 4, 32, 28, CREAM)
            c.rect(dx - 11, dy + 8, 22, 24, buildings.GLASS)
    c.rect(x, top, w, h, wall)
    floors = 3
    for floor in range(floors + 1):
        c.rect(x, top + h * floor / floors - 6, w, 11, beam)
    for i in range(4):
        c.rect(x + (w - 10) * i / 3, top, 10, h, beam)
    for floor in range(floors - 1):
        y0, y1 = top + h * floor / floors, top + h * (floor + 1) / floors
        for i in (0, 2):
            left = x + w * i / 3
            c.line(
                [(left + 6, y1), (left + w / 3, y0 + (y1 - y0) * 0.55)]
                if i
                else [(left + w / 3, y1), (left + 6, y0 + (y1 - y0) * 0.55)],
                beam,
                7,
            )
        for i in range(3):
            buildings.window(
                c,
                x + w * (i + 0.5) / 3 - 19,
                y0 + 18,
                38,
                (y1 - y0) * 0.52,
                frame=CREAM,
                flowers=(i + rank + floor) % 2 == 0,
                panes=2,
            )
    y = base - h / floors
    buildings.door(c, x + w * 0.40, base, 46, h / floors - 18, (TEAL, TERRACOTTA, PLUM)[rank % 3])
    for left in (0.1, 0.7):
        buildings.window(
            c,
            x + w * left,
            y + 20,
            44,
            h / floors * 0.5,
            frame=CREAM,
            glass=buildings.LAMP if rank % 2 else buildings.GLASS,
            flowers=True,
        )


def _footbridge(c: Canvas, x: float, y: float) -> None:
    deck = bezier((x, y - 74), (x + 120, y - 160), (x + 300, y - 160), (x + 420, y - 74), 30)
    c.line(deck, WOOD, 20)
    rail = [(px, py - 56) for px, py in deck]
    c.line(rail, INK, 7)
    for px, py in deck[::3]:
        c.line([(px, py), (px, py - 56)], INK, 4)
    for px in (x + 90, x + 330):
        c.rect(px - 8, y - 118, 16, 150, dark(WOOD, 0.25))
    for px, py in deck[3::6]:
        buildings.flower_box(c, px - 26, py - 26, 52, "#D85C7A")


def _swan(c: Canvas, x: float, y: float, f: int) -> None:
    c.oval(x, y + 16, 60, 6, veil(INK, 0.2))
    c.blob(
        [
            (x - f * 52, y - 14),
            (x - f * 20, y - 26),
            (x + f * 20, y - 14),
            (x + f * 36, y + 4),
            (x + f * 10, y + 16),
            (x - f * 34, y + 12),
        ],
        "#FFFDF6",
    )
    c.curve((x + f * 26, y), (x + f * 50, y - 20), (x + f * 24, y - 50), (x + f * 42, y - 66), "#FFFDF6", 11)
    c.disc(x + f * 44, y - 66, 10, "#FFFDF6")
    c.shape([(x + f * 52, y - 70), (x + f * 70, y - 62), (x + f * 52, y - 60)], "#E08A3A")


def _spire(c: Canvas, x: float, base: float, h: float, colour: str) -> None:
    """A gothic steeple far away."""
    c.rect(x - 44, base - h * 0.5, 88, h * 0.5, colour)
    c.shape([(x - 40, base - h * 0.5), (x, base - h), (x + 40, base - h * 0.5)], colour)
    for dx in (-44, 36):
        c.shape([(x + dx, base - h * 0.46), (x + dx + 5, base - h * 0.62), (x + dx + 10, base - h * 0.46)], colour)
    for i in range(3):
        c.rect(x - 30 + i * 23, base - h * 0.44, 13, h * 0.3, dark(colour, 0.2), 6)
    for i in range(5):
        y = base - h * (0.56 + i * 0.08)
        half = 34 * (1 - (i + 1) * 0.16)
        c.rect(x - half, y, half * 2, 4, dark(colour, 0.16))


def saint_michel(c: Canvas) -> None:
    """The spire of Saint-Michel above the flea market of its square."""
    c.sky("#E9C39B", "#F9EEDA", 620)
    nature.sun(c, 1180, 210, 60)
    nature.cloud(c, 430, 150, 120)
    nature.birds(c, 960, 150, 3)
    _spire(c, 800, 660, 640, "#D3B58C")
    for i, (x, w, h) in enumerate(((-30, 300, 400), (270, 250, 360), (1080, 260, 370), (1340, 290, 410))):
        wall = ("#EAD3A6", "#F1DFBA", "#E6CC9E", "#EFDCB6")[i]
        buildings.house(
            c,
            x,
            680,
            w,
            h,
            wall,
            floors=3,
            columns=3,
            name=f"bx{i}",
            balcony=True,
            ground=110,
            roof="tile",
            roof_colour="#B9694A",
            tall=0.6,
        )
        buildings.shopfront(
            c,
            x + 18,
            680,
            w - 36,
            112,
            (PLUM, TEAL, TERRACOTTA, "#C98A1B")[i],
            goods=("box", "bread", "plants", "fabric")[i],
        )
    c.shape([(600, 520), (660, 440), (940, 440), (1000, 520)], "#8C8577")
    c.rect(600, 516, 400, 170, "#DCC29A")
    for i in range(4):
        c.rect(640 + i * 84, 520, 66, 160, dark("#D3B58C", 0.06))
        c.rect(650 + i * 84, 540, 46, 140, "#8F7454", 23)
    street.cobbles(c, 672, "#DFCBA6", "bordeaux")
    nature.tree(c, 560, 700, 300, "#7A9F57", "bx")
    nature.tree(c, 1050, 700, 290, "#6E9A6B", "bx")
    _flea_market(c)
    figures.person(c, 880, 850, 240, skin="#DDAC80", hair="#5A3A28", top=BLUE, bottom=INK, arm="hold", faces=-1)
    figures.person(
        c,
        1440,
        852,
        236,
        skin="#F0C6A4",
        hair="#A7A6A1",
        top=TERRACOTTA,
        bottom=TEAL,
        style="bun",
        skirt=True,
        faces=-1,
        arm="wave",
    )


def _flea_market(c: Canvas) -> None:
    c.shape([(60, 872), (110, 806), (560, 806), (620, 872)], TERRACOTTA)
    c.shape([(84, 866), (126, 814), (546, 814), (594, 866)], light(TERRACOTTA, 0.3))
    c.rect(140, 650, 150, 170, WOOD, 6)
    for y in (664, 716, 768):
        c.rect(150, y, 130, 44, light(WOOD, 0.18), 4)
        c.rect(206, y + 18, 18, 7, MUSTARD, 3)
    tableware.cup(c, 190, 652, 36, SAGE, hot=False)
    nature.potted(c, 250, 652, 70, seed="bx")
    c.oval(382, 734, 52, 80, MUSTARD)
    c.oval(382, 734, 42, 70, "#CFE3DF")
    c.shape([(352, 700), (390, 680), (400, 690), (360, 760)], veil("#FFFFFF", 0.5))
    c.rect(350, 808, 64, 12, dark(MUSTARD, 0.3), 4)
    tableware.chair(c, 500, 836, 180, PLUM)
    street.stall(c, 1110, 822, 250, TEAL, "bx")
    c.rect(690, 736, 150, 12, WOOD, 4)
    for leg in (704, 816):
        c.rect(leg, 744, 10, 92, dark(WOOD, 0.2))
    for i, (x, h) in enumerate(((704, 60), (722, 72), (742, 56), (758, 66))):
        c.rect(x, 736 - h, 15, h, (TEAL, TERRACOTTA, MUSTARD, SAGE)[i], 2)
    c.rect(796, 656, 8, 80, INK)
    c.shape([(772, 664), (784, 620), (816, 620), (828, 664)], light(MUSTARD, 0.3))
