"""`make search-report`: how well searches are understood and answered, in figures, and every miss.

With and without word vectors; then the golden searches through the whole search on the demo, on the database that
DATABASE_URL names.
"""

import os
import sys
from pathlib import Path

import django
from django.conf import settings

from search import vectors
from search.understanding import Understander
from search.vectors import WordVectors
from tests.search.evaluate import OWN, UNSEEN, Figures, cases, evaluate, reference_vocabulary

FILE = Path(__file__).resolve().parents[2] / "var" / "french-vectors.npz"


def distilled() -> WordVectors | None:
    """The word vectors of this checkout, whatever the settings of tests say; None where they weren't distilled."""
    return vectors.read(FILE) if FILE.is_file() else None


def row(name: str, figures: Figures) -> str:
    """One line of the table."""
    shares = f"{figures.hit_at_1:6.3f} {figures.hit_at_3:6.3f}" if figures.asked else f"{'-':>6} {'-':>6}"
    foreign = f"{figures.foreign_answered} of {figures.foreign}" if figures.foreign else "-"
    return f"{name:<14}{figures.asked:>6} {shares}  {foreign}"


def tell(understander: Understander) -> None:
    """Print the table of an understander, then its misses."""
    print(f"{'set':<14}{'asked':>6} {'hit@1':>6} {'hit@3':>6}  foreign answered")
    told = {name: evaluate(understander, cases(name)) for name in (*OWN, *UNSEEN)}
    for name, figures in told.items():
        print(row(name, figures))
    for name, figures in told.items():
        for miss in (*figures.not_first, *figures.answered_foreign):
            wanted = ", ".join(miss.expect) or "nothing"
            print(f"  {name}: « {miss.query} » -> {', '.join(miss.found[:3]) or 'nothing'} (wanted: {wanted})")


def tell_answers() -> None:
    """Print how the golden searches are answered by the whole search, on the demo in this database.

    Then by Elasticsearch, where one answers.
    """
    from django.db import connection

    from tests import elastic
    from tests.demo import loaded_demo

    with loaded_demo():
        _tell_answers_of(connection.vendor)
        if not elastic.answers():
            print(f"SKIPPED on Elasticsearch: {elastic.WHY_NOT}.")
            return
        with elastic.in_use() as backend:
            _tell_answers_of(backend.name)


def _tell_answers_of(engine: str) -> None:
    """Print how the golden searches are answered by the engine in use."""
    from search.queries import ExpertSearch, search_experts
    from tests.demo import NOW

    first = among = 0
    missed = []
    for case in cases("golden"):
        hits = search_experts(ExpertSearch(text=case.query, on=NOW.date())).hits
        offered = [{service.slug for service in hit.matched_services} for hit in hits]
        first += bool(offered[:1] and offered[0] & set(case.expect))
        is_among = any(slugs & set(case.expect) for slugs in offered[:3])
        among += is_among
        missed += [] if is_among else [case.query]
    print(f"{engine:<14}{len(cases('golden')):>6} first {first}, among three {among}")
    for query in missed:
        print(f"  « {query} »")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openloge.settings")
    django.setup()
    tables = (("Without word vectors", None), ("With word vectors", distilled()))
    for name, found in tables if "--answers" not in sys.argv else ():
        print(f"\n{name}\n")
        if name.startswith("With ") and found is None:
            print("SKIPPED: they weren't distilled here (manage.py search_vectors).")
            continue
        tell(Understander(reference_vocabulary(), found))
    print("\nGolden searches through the whole search\n")
    settings.SEARCH_VECTORS = str(FILE) if FILE.is_file() else ""
    from tests.bench.database import throwaway

    with throwaway():
        tell_answers()
