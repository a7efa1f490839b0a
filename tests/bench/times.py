"""How times are taken and told."""

import statistics
import time
from collections.abc import Callable
from typing import Any

CALLS = 200
"""How often each is called."""


def milliseconds(call: Callable[[], Any]) -> float:
    """The time of one call."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1_000


def median(times: list[float]) -> float:
    """The middle one."""
    return statistics.median(times)


def slow(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[int(len(times) * 0.95)]


def told(times: list[float]) -> str:
    """The median and the 95th percentile."""
    return f"p50 {median(times):7.2f} ms   p95 {slow(times):7.2f} ms"
