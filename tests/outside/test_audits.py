"""What others demand of a GraphQL API: the protocol over HTTP, and the schema and operations that frontends read."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CONTRACTS = ["frontend_contracts/schema.graphql", "frontend_contracts/operations/*.graphql"]

pytestmark = pytest.mark.outside


def test_endpoint_speaks_graphql_over_http(live_server: Any, capfd: pytest.CaptureFixture[str]) -> None:
    audit = subprocess.run(["node", HERE / "http.mjs", f"{live_server.url}/graphql/"], check=False, timeout=120)

    with capfd.disabled():
        print("\n" + "".join(capfd.readouterr()).strip())
    assert audit.returncode == 0


def test_schema_and_operations_are_well_formed(capfd: pytest.CaptureFixture[str]) -> None:
    # From the repository's root: ESLint looks at nothing above the folder it runs in.
    command = [HERE / "node_modules/.bin/eslint", "--config", HERE / "eslint.config.mjs", *CONTRACTS]

    lint = subprocess.run(command, cwd=HERE.parents[1], check=False, timeout=120)

    with capfd.disabled():
        print("\n" + "".join(capfd.readouterr()).strip())
    assert lint.returncode == 0
