"""The leaflet that the demo draws: a PDF that readers of PDF understand."""

import re

from cms.demo import leaflet

POINTS = [
    "La page est relue (deux fois)",
    "Un point si long qu'il faut le couper. " * 4,
    "L'accès : décrit \\ vérifié",
]


def test_objects_begin_where_the_table_says() -> None:
    made = leaflet.pdf("À cocher", "Lisez.", POINTS)

    start = int(re.findall(rb"startxref\n(\d+)", made)[0])
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n ", made)]
    assert made.startswith(b"%PDF-1.4\n")
    assert made[start:].startswith(b"xref")
    assert [made[place:].split(b" ", 1)[0] for place in places] == [b"%d" % number for number in range(1, 8)]


def test_stream_is_as_long_as_it_says() -> None:
    made = leaflet.pdf("À cocher", "Lisez.", POINTS)

    length = int(re.findall(rb"/Length (\d+)", made)[0])
    stream = made.split(b"stream\n")[1].removesuffix(b"\nend")
    assert len(stream) == length


def test_letters_and_brackets_are_kept() -> None:
    made = leaflet.pdf("Été à l'œuvre", "« Oui »", POINTS)

    assert "(Été à l'œuvre)".encode("cp1252") in made
    assert b"(La page est relue \\(deux fois\\))" in made
    assert "(L'accès : décrit \\\\ vérifié)".encode("cp1252") in made
    assert made.count(b" re S") == len(POINTS)


def test_leaflet_is_always_the_same() -> None:
    assert leaflet.pdf("À cocher", "Lisez.", POINTS) == leaflet.pdf("À cocher", "Lisez.", POINTS)
