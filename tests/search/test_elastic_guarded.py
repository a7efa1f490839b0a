"""Elasticsearch behind TLS that wants a key: a stand-in that is as strict, since the one of tests can't make keys."""

import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from search.backends import Unavailable
from search.elastic import ElasticSearch

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate, and isn't here")

KEY = "cmlnaHQ6a2V5"


class Guarded(BaseHTTPRequestHandler):
    """Says to whoever has the key that there is no index, as Elasticsearch does."""

    def do_GET(self) -> None:
        is_known = self.headers.get("Authorization") == f"ApiKey {KEY}"
        body = json.dumps({} if is_known else {"error": {"type": "security_exception"}, "status": 401}).encode()
        self.send_response(200 if is_known else 401)
        for name, value in {
            "X-Elastic-Product": "Elasticsearch",
            "Content-Type": "application/vnd.elasticsearch+json;compatible-with=8",
            "Content-Length": str(len(body)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own that no system trusts, with its key, in one file."""
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=stand-in -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run([*command.split(), "-keyout", file, "-out", file.with_suffix(".crt")], check=True, stderr=-3)
    file.write_text(file.read_text() + file.with_suffix(".crt").read_text())
    return file


@pytest.fixture
def url(certificate: Path) -> Iterator[str]:
    """Where it answers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with ThreadingHTTPServer(("127.0.0.1", 0), Guarded) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever doesn't trust it hangs up
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()


def ask(url: str, *, key: str, trusted: Path | None) -> None:
    engine = ElasticSearch([url], prefix="test", timeout_s=20, api_key=key, ca_certs=str(trusted or ""))
    try:
        engine.delete([1])
    finally:
        engine.close()


def test_right_key_and_known_authority_are_answered(url: str, certificate: Path) -> None:
    ask(url, key=KEY, trusted=certificate.with_suffix(".crt"))


@pytest.mark.parametrize("key", ["d3Jvbmc6a2V5", ""])
def test_wrong_key_is_told(url: str, certificate: Path, key: str) -> None:
    with pytest.raises(Unavailable, match="Authentication"):
        ask(url, key=key, trusted=certificate.with_suffix(".crt"))


def test_unknown_authority_is_not_trusted(url: str) -> None:
    with pytest.raises(Unavailable, match="Tls"):
        ask(url, key=KEY, trusted=None)
