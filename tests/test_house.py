"""The house's own rules, held by tests."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from loges import machines
from tests import factories

ROOT = Path(__file__).resolve().parents[1]
STAIRS = ["openloge", "graphql_api", "search", "cms", "loges"]
UNSEEN = {"static_collected", "var", "node_modules"}
"""Folders that are made, not kept."""


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in STAIRS]


def test_readme_tree_is_the_real_tree() -> None:
    told = set(re.findall(r"^([a-z_]+)/", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE))

    real = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))} - UNSEEN

    assert told == real


def test_every_model_has_a_factory() -> None:
    made = {factory._meta.model for factory in vars(factories).values() if hasattr(factory, "_meta")}

    missing = [model.__name__ for model in own_models() if model._meta.app_label == "loges" and model not in made]

    assert missing == []


def test_foreign_keys_point_down_the_stairs() -> None:
    upward = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and (target := field.related_model._meta.app_label) in STAIRS
        and STAIRS.index(target) < STAIRS.index(model._meta.app_label)
    ]

    assert upward == []


@pytest.mark.parametrize("machine", machines.MACHINES, ids=lambda machine: machine.name)
def test_machine_is_sound(machine: machines.Machine) -> None:
    faults = list(machine.faults())

    assert faults == []


def test_resolvers_leave_the_tables_to_the_queries() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "graphql_api").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]

    assert found == []


def test_names_say_what_they_hold() -> None:
    refused = {"utils.py", "helpers.py", "common.py", "exceptions.py", "core.py", "misc.py"}

    found = [path.name for room in STAIRS for path in (ROOT / room).rglob("*.py") if path.name in refused]

    assert found == []


def test_every_direct_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]

    silent = [name for name in wanted if not any(f'"{name}"' in line and "# " in line for line in lines)]

    assert silent == []


def test_locks_are_hashed_and_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")

        packages = re.findall(r"^[A-Za-z0-9._-]+==", text, flags=re.MULTILINE)

        assert packages
        assert text.count("--hash=sha256:") >= len(packages)
        assert "://" not in text


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_every_template_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for room in STAIRS
        for path in (ROOT / room).rglob("*")
        if path.suffix in {".py", ".html"}
    )
    templates = [
        path.relative_to(folder).as_posix()
        for room in STAIRS
        for folder in [ROOT / room / "templates"]
        for path in folder.rglob("*.html")
    ]

    by_convention = {"400.html", "403.html", "404.html", "500.html"}  # Django looks for these itself
    named = [name for name in templates if not name.startswith("wagtailadmin/") and name not in by_convention]
    unused = [name for name in named if name not in code]

    assert unused == []
