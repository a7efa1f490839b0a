"""What the environment says is read, or refused in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def started(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A command of the site in that environment, on a database of its own."""
    own = {**os.environ, "DATABASE_URL": "", "OPENLOGE_VAR": str(folder), **environment}
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "abc", "PORT must be a whole number, not 'abc'."),
        ("PORT", "70000", "PORT must be between 1 and 65535, not 70000."),
        ("TERRITORY_OVERLAP_PERCENT", "101", "TERRITORY_OVERLAP_PERCENT must be between 0 and 100, not 101."),
        ("SECURE_HSTS_SECONDS", "1h", "SECURE_HSTS_SECONDS must be a whole number, not '1h'."),
    ],
)
def test_setting_that_makes_no_sense_is_told_in_one_line(tmp_path: Path, name: str, value: str, words: str) -> None:
    answer = started(tmp_path, **{name: value})

    assert answer.returncode == 1
    assert answer.stderr == f"OpenLoge can't start: {words}\n"


def test_setting_that_makes_sense_is_read(tmp_path: Path) -> None:
    assert started(tmp_path, PORT="8123").returncode == 0


def test_pages_of_other_origins_may_read_nothing_unless_they_are_listed(tmp_path: Path) -> None:
    unlisted = {name: value for name, value in os.environ.items() if name != "CORS_ALLOWED_ORIGINS"}
    command = [sys.executable, "-c", "from openloge import settings; print(settings.CORS_ALLOWED_ORIGINS)"]

    told = [
        subprocess.run(
            command, cwd=ROOT, env={**own, "OPENLOGE_VAR": str(tmp_path)}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for own in (
            {**unlisted, "OPENLOGE_DEMO": ""},
            {**unlisted, "OPENLOGE_DEMO": "", "CORS_ALLOWED_ORIGINS": "https://www.openloge.example"},
        )
    ]

    assert told == ["[]", "['https://www.openloge.example']"]
