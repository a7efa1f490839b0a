"""The drawn pictures: always the same bytes, the promised sizes, nothing hidden in the files."""

import io

import pytest
from PIL import Image

from cms.demo.pictures import SCENES, portrait, scene


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_portrait_drawn_twice_is_the_same() -> None:
    first, second = portrait("awa", "Awa"), portrait("awa", "Awa")

    assert first == second


def test_portraits_of_different_people_differ() -> None:
    people = [("awa", "Awa"), ("samir", "Samir"), ("brigitte", "Brigitte"), ("lea", "Léa"), ("noe", "Noé")]

    drawn = {portrait(slug, first_name) for slug, first_name in people}

    assert len(drawn) == len(people)


def test_portrait_of_someone_without_hints_is_drawn() -> None:
    image = opened(portrait("personne-inconnue", "Personne"))

    assert image.size == (600, 600)


@pytest.mark.parametrize("name", SCENES)
def test_scene_has_the_promised_size_and_no_metadata(name: str) -> None:
    image = opened(scene(name))

    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (1600, 900))
    assert image.info == {}
    assert dict(image.getexif()) == {}


def test_portrait_has_the_promised_size_and_no_metadata() -> None:
    image = opened(portrait("ines", "Inès"))

    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (600, 600))
    assert image.info == {}
    assert dict(image.getexif()) == {}


def test_scene_drawn_twice_is_the_same() -> None:
    assert scene("loge-marseille-panier") == scene("loge-marseille-panier")


def test_scenes_all_differ() -> None:
    drawn = {scene(name) for name in SCENES}

    assert len(drawn) == len(SCENES)


def test_scene_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        scene("une-image-qui-n-existe-pas")


def test_scenes_all_have_a_distinct_alternative_text() -> None:
    assert all(len(text) > 30 for text in SCENES.values())
    assert len(set(SCENES.values())) == len(SCENES)
