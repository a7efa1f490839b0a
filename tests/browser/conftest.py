"""A fresh demo, served by `manage.py demo` itself, and a Chromium that looks at it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "var" / "screenshots"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that was loaded just now."""
    with served(tmp_path_factory.mktemp("demo")) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Load the demo into an empty folder and serve it, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "OPENLOGE_TESTING"}
    environment |= {"OPENLOGE_DEMO": "1", "OPENLOGE_VAR": str(folder), "DATABASE_URL": ""}
    environment |= {"PORT": str(port), "PYTHONUNBUFFERED": "1"}
    log = folder / "demo.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def _wait(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the demo didn't serve:\n{log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; tests are skipped where there is none."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["desktop", "phone"])
def size(request: pytest.FixtureRequest) -> str:
    """The kind of screen."""
    return str(request.param)


@pytest.fixture
def page(chromium: Browser, demo: str) -> Iterator[Page]:
    """A desktop window on the demo whose console must stay clean."""
    yield from _window(chromium, demo, {"width": 1280, "height": 900})


@pytest.fixture
def sized_page(chromium: Browser, demo: str, size: str) -> Iterator[Page]:
    """A window of either size on the demo whose console must stay clean."""
    yield from _window(
        chromium, demo, {"width": 1280, "height": 900} if size == "desktop" else {"width": 390, "height": 844}
    )


def _window(chromium: Browser, demo: str, viewport: dict[str, int]) -> Iterator[Page]:
    context = chromium.new_context(base_url=demo, viewport=viewport, locale="fr-FR", timezone_id="Europe/Paris")  # type: ignore[arg-type]
    window, complaints = context.new_page(), []
    window.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" and not _is_wagtails(said) else None,
    )
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.on(
        "response",
        lambda answer: complaints.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
    )
    yield window
    context.close()
    assert complaints == []


def _is_wagtails(said: ConsoleMessage) -> bool:
    """A complaint of Wagtail's own: its image chooser looks for the tab of the form that it closed."""
    return said.text.startswith("Cannot find matching a matching panel")


def picture(window: Page, name: str) -> None:
    """Keep a screenshot for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    window.screenshot(path=PICTURES / f"{name}.png", full_page=True)
