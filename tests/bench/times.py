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


def told(times: list[float]) -> str:
    """The median and the 95th percentile."""
    times = sorted(times)
    return f"p50 {statistics.median(times):7.2f} ms   p95 {times[int(len(times) * 0.95)]:7.2f} ms"
