"""Prints the table of docs/reference/search.md from what the last `make bench` measured."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "var" / "bench"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "elasticsearch": "Elasticsearch"}
REST = {
    "searches a second, one process": ("per_second", "{:.0f}"),
    "work of that process for one, ms": ("cpu_ms", "{:.0f}"),
    "memory of that process, MB": ("process_mb", "{:.0f}"),
    "memory of the search server, MB": ("server_mb", "{:.0f}"),
    "index, MB": ("index_mb", "{:.0f}"),
    "indexed in, s": ("indexed_s", "{:.0f}"),
}


def keep(vendor: str, figures: list[dict[str, Any]]) -> None:
    """Keep what one run measured."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{vendor}.json").write_text(json.dumps(figures, indent=1))


def table(figures: list[dict[str, Any]]) -> str:
    """One column for each engine and number of experts; the medians and 95th percentiles of whole searches."""
    columns = sorted(figures, key=lambda one: (one["experts"], list(NAMES).index(one["engine"])))
    heads = [f"{NAMES[one['engine']]}, {one['experts']:,}" for one in columns]
    rows = [["p50, p95 in ms", *heads], ["---"] * (len(columns) + 1)]
    for kind in columns[0]["kinds"]:
        rows.append([kind, *("{:.0f}, {:.0f}".format(*one["kinds"][kind]) for one in columns)])
    for name, (key, form) in REST.items():
        rows.append([name, *("" if one[key] is None else form.format(one[key]) for one in columns)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    print(table([one for file in sorted(FOLDER.glob("*.json")) for one in json.loads(file.read_text())]))
