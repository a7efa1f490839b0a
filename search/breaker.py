"""Who keeps from asking a server that doesn't answer, so that nobody waits for it again and again."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from search.backends import ReadOnly, Unavailable

FAILURES = 2
"""So many failures in a row, and nobody asks for a while."""

REST_S = 10.0
"""How long nobody asks, in seconds; after that, one asks again, and the others once that one was answered."""


class Breaker:
    """A circuit breaker, one for each server and process. `clock` counts seconds.

    Libraries for it hold a lock while the server is asked, which would let one search wait for another.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._failures, self._rests_until = 0, 0.0

    @property
    def is_open(self) -> bool:
        """Whether too many have failed for everybody to ask."""
        return self._failures >= FAILURES

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask the server inside; Unavailable counts as a failure, but for a refused write: whoever refuses answers.

        Raises Unavailable instead while it rests.
        """
        self._check()
        try:
            yield
        except ReadOnly:
            raise
        except Unavailable:
            with self._lock:
                self._failures += 1
                self._rests_until = self._clock() + REST_S
            raise
        with self._lock:
            self._failures = 0

    def _check(self) -> None:
        """Let one pass when the rest is over, and have the others rest until that one is back."""
        with self._lock:
            if not self.is_open:
                return
            if self._clock() < self._rests_until:
                raise Unavailable("it didn't answer lately, and is left alone for some seconds")
            self._rests_until = self._clock() + REST_S
