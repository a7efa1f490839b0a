"""`make search-tune`: find the thresholds of the understanding anew on the set `tune`, and print them.

Thresholds belong to a vocabulary: whoever changes many words runs this and writes what it prints into
`search/understanding.py` (BY_WORDS without vectors, BY_MEANING with them).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from search.understanding import BY_MEANING, BY_WORDS, Thresholds, Understander
from search.vectors import WordVectors
from tests.search.evaluate import cases, reference_vocabulary
from tests.search.report import distilled

NOT_US = tuple(n / 20 for n in range(10, 25))
ANSWER = tuple(n / 100 for n in range(10, 41))
ASK = tuple(n / 100 for n in range(6, 31))

FOREIGN_ANSWERED = 2.0
"""How many right answers one answer to a foreign search costs."""
FOREIGN_ASKED = 0.5
"""And one question back to such a search."""
ASKED_BACK = 0.5
"""And one question back where the answer was right."""


def candidates(base: Thresholds) -> Iterator[Thresholds]:
    """The thresholds that are tried."""
    for not_us, answer, ask in product(NOT_US, ANSWER, ASK):
        if ask <= answer:
            yield replace(base, not_us=not_us, answer=answer, ask=ask)


def tuned(vectors: WordVectors | None) -> tuple[float, Thresholds]:
    """The best thresholds and what they score: those in the middle of all that score alike."""
    understander = Understander(reference_vocabulary(), vectors)
    weighed = [(case, understander.weigh(case.query)) for case in cases("tune")]

    def worth(thresholds: Thresholds) -> float:
        total = 0.0
        for case, one in weighed:
            told = understander.decide(one, thresholds)
            choices = told.question.choices if told.question else ()
            if not case.expect:
                total -= FOREIGN_ANSWERED * bool(told.services) + FOREIGN_ASKED * bool(choices)
                continue
            found = told.services or choices
            total += bool(set(found[:1]) & set(case.expect)) + bool(set(found[:3]) & set(case.expect))
            total -= ASKED_BACK * bool(choices)
        return total

    ranked = [(round(worth(one), 6), one) for one in candidates(BY_MEANING if vectors else BY_WORDS)]
    best = max(value for value, _ in ranked)
    alike = [one for value, one in ranked if value == best]
    return best, alike[len(alike) // 2]


if __name__ == "__main__":
    for name, vectors in (("BY_WORDS", None), ("BY_MEANING", distilled())):
        if name == "BY_MEANING" and vectors is None:
            print("BY_MEANING: no word vectors here (manage.py search_vectors).")
            continue
        value, found = tuned(vectors)
        print(f"{name} = {found}  # scores {value:.2f}")
