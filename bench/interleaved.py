"""Times taken in turn, so that a busy machine is busy for all alike."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["in_turn", "load", "machine", "timed"]

Work = Callable[[int], Any]


def in_turn(
    works: Mapping[str, Work],
    given: Sequence[int],
    *,
    fewer: Mapping[str, int] | None = None,
    elsewhere: Mapping[str, Callable[[], float]] | None = None,
) -> dict[str, dict[str, Any]]:
    """The seconds of every work on every given number: A B C, then B C A, and so on.

    Each time is the processor's, so that what others do on the machine counts as little as it can;
    beside it stands the time on the wall. Who begins changes, since the first finds the caches
    full of what the last one needed.

    Parameters
    ----------
    fewer : works that are done on the first few only, because they are slow.
    elsewhere : for works that another process does, the processor's seconds it has spent so far;
        they are added to those of this one, which waits.
    """
    spent: dict[str, list[float]] = {name: [] for name in works}
    wall: dict[str, list[float]] = {name: [] for name in works}
    names = list(works)
    gc.collect()
    gc.disable()  # what one leaves behind shall not be swept up in another's time
    try:
        for number, one in enumerate(given):
            turn = number % len(names)
            for name in names[turn:] + names[:turn]:
                if number < (fewer or {}).get(name, len(given)):
                    there = (elsewhere or {}).get(name, _nothing)
                    before = there()
                    begun, clock = time.process_time(), time.perf_counter()
                    result = works[name](one)
                    used, waited = time.process_time() - begun, time.perf_counter() - clock
                    spent[name].append(used + there() - before)
                    del result
                    wall[name].append(waited)
    finally:
        gc.enable()
    return {name: _figures(each, wall[name]) for name, each in spent.items() if each}


def _nothing() -> float:
    return 0.0


def _figures(each: Sequence[float], wall: Sequence[float]) -> dict[str, Any]:
    return {
        "median_s": round(statistics.median(each), 6),
        "wall_s": round(statistics.median(wall), 6),
        "times": len(each),
        "each_s": [round(one, 6) for one in each],
        "each_wall_s": [round(one, 6) for one in wall],
    }


def timed(work: Work, given: int) -> float:
    """The processor's seconds for one work; what it gave is thrown away outside of them."""
    begun = time.process_time()
    result = work(given)
    seconds = time.process_time() - begun
    del result
    return seconds


def load() -> list[float]:
    """How many processes wanted a core, over the last 1, 5 and 15 minutes."""
    return [round(one, 2) for one in os.getloadavg()]


def machine() -> dict[str, Any]:
    """What it was measured on."""
    model = ""
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        lines = cpus.read_text(encoding="utf-8").splitlines()
        model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), "")
    return {
        "cpu": model or platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
    }
