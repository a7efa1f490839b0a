"""A page of another origin in a real Chromium: the how-to's page, asked from a listed and from an unlisted port."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser
HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "query-from-a-browser.md"
LISTED_PORT = 5173


def document(demo: str) -> bytes:
    """The page as the how-to prints it, asking this demo."""
    (found,) = re.findall(r"```html\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), flags=re.DOTALL)
    return found.replace("http://127.0.0.1:8000", demo).encode()


def serve(page: bytes, port: int) -> ThreadingHTTPServer:
    class OnePage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), OnePage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def listed(demo: str) -> Iterator[str]:
    """The how-to's page on a port that the demo lists."""
    try:
        server = serve(document(demo), LISTED_PORT)
    except OSError:
        pytest.skip(f"port {LISTED_PORT} is taken")
    yield f"http://127.0.0.1:{LISTED_PORT}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def unlisted(demo: str) -> Iterator[str]:
    """The same on a port that nobody listed."""
    server = serve(document(demo), 0)
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def test_page_of_a_listed_origin_shows_the_answer(chromium: Browser, listed: str) -> None:
    page = chromium.new_page()

    page.goto(listed)

    expect(page.locator("#loges li").first).to_contain_text("La loge de Wazemmes")
    expect(page.locator("#loges li")).to_have_count(6)
    page.close()


def test_page_of_an_unlisted_origin_reads_nothing(chromium: Browser, unlisted: str) -> None:
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(unlisted)

    expect(page.locator("#message")).to_contain_text("Failed to fetch")
    expect(page.locator("#loges li")).to_have_count(0)
    assert any("CORS policy" in complaint for complaint in complaints)
    page.close()
