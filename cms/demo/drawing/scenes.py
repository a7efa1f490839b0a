"""The covers that can be drawn, by name, with the French text that stands for each when it can't be seen."""

from collections.abc import Callable
from typing import TypeAlias

from cms.demo.drawing import places, stories, tables
from cms.demo.drawing.canvas import CREAM, Canvas

WIDTH, HEIGHT = 1600, 900

Drawing: TypeAlias = Callable[[Canvas], None]

_DRAWN: dict[str, tuple[Drawing, str]] = {
    "home": (
        stories.home,
        "Une rue de quartier : maisons ouvertes où l'on coud, cuisine et bricole, autour de la loge éclairée",
    ),
    "loge-paris-aligre": (places.aligre, "Étals rayés du marché d'Aligre devant la halle et les toits de zinc"),
    "loge-lyon-croix-rousse": (
        places.croix_rousse,
        "Un escalier public entre les immeubles à hautes fenêtres de la Croix-Rousse",
    ),
    "loge-lille-wazemmes": (
        places.wazemmes,
        "Une courée de briques à Wazemmes : portes colorées, linge étendu, voisines et vélo",
    ),
    "loge-nantes-chantenay": (
        places.chantenay,
        "Une conserverie, une grue et un bateau à voile sur la Loire à Chantenay",
    ),
    "loge-marseille-panier": (
        places.panier,
        "Une ruelle en escalier du Panier, volets colorés et linge, qui descend vers la mer",
    ),
    "loge-strasbourg-krutenau": (
        places.krutenau,
        "Maisons à colombages fleuries et passerelle au bord du canal de la Krutenau",
    ),
    "loge-bordeaux-saint-michel": (
        places.saint_michel,
        "La flèche de Saint-Michel au-dessus de la brocante, à Bordeaux",
    ),
    "event-experts": (tables.experts, "Quatre voisins se saluent autour des tables d'un café, tasses fumantes"),
    "event-bricolage": (
        tables.workshop,
        "Un établi avec perceuse, robinet et boîte à outils sous un panneau d'outils",
    ),
    "event-couture": (tables.sewing, "Une machine à coudre, des bobines, des ciseaux et un ourlet en cours"),
    "event-convivialite": (
        tables.aperitif,
        "Six voisins derrière une grande table dressée sous des guirlandes d'ampoules, à la tombée du jour",
    ),
    "event-jardin": (
        tables.cuttings,
        "Une étagère de pots et de boutures dans l'eau, un arrosoir et deux jardiniers",
    ),
    "event-papiers": (tables.papers, "Des papiers, des lunettes et une théière sur une table ronde, le soir"),
    "event-soupe": (tables.soup, "Une marmite de soupe fumante, quatre bols et des légumes du marché"),
    "event-numerique": (
        tables.phones,
        "Un appel vidéo sur une tablette, deux téléphones et des tasses entre des livres",
    ),
    "event-velo": (
        tables.bicycles,
        "Un mécanicien règle un vélo jaune sur son pied dans une cour de briques, l'hiver",
    ),
    "event-ouverture": (
        tables.opening,
        "Des voisins saluent devant la porte ouverte d'une nouvelle loge, ballons et fanions",
    ),
    "event-talents": (
        tables.talents,
        "Une terrasse de café à l'ombre d'un platane, la mer au bout de la place",
    ),
    "blog-nouveau-metier": (
        stories.new_trade,
        "Une femme souriante devant la porte de sa loge, un trousseau de clés à la main, des tracts sous le bras",
    ),
    "blog-concierge": (
        stories.concierge,
        "Une loge de concierge d'autrefois : rideaux, chat, casiers à courrier et tableau de clés",
    ),
    "blog-made-in-local": (
        stories.local,
        "Deux rues d'un quartier vues d'en haut, des fils reliant les toits à la loge",
    ),
    "blog-journee-aligre": (
        stories.morning,
        "Avant l'aube, un café allumé sur la place du marché, des cageots et le premier café",
    ),
    "blog-addition": (
        stories.sum_up,
        "Quatre piles de pièces : une très haute pour l'expert, trois petites pour la loge, OpenLoge et la TVA",
    ),
    "blog-couturiere": (
        stories.two_houses,
        "Deux couturières devant leurs immeubles, reliées par un fil, une aiguille et des boutons",
    ),
}

SCENES: dict[str, str] = {name: alternative for name, (_, alternative) in _DRAWN.items()}
"""The alternative text of each cover, by name."""


def scene(name: str) -> bytes:
    """The cover called `name` (a key of SCENES), 1600 by 900, as PNG; KeyError when there is none."""
    draw, _ = _DRAWN[name]
    canvas = Canvas(WIDTH, HEIGHT, CREAM)
    draw(canvas)
    return canvas.encoded()
