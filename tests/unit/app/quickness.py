"""How much a thing costs by itself, on a machine that others use too."""

from __future__ import annotations

import time
from collections.abc import Callable


def least_s(do: Callable[[], object], times: int = 3) -> float:
    """The least processor time of several attempts, in seconds.

    A busy neighbour takes caches and cores from an attempt, and never gives any: the least is the
    nearest to what the thing itself costs.
    """
    spent = []
    for _ in range(times):
        started = time.process_time()
        do()
        spent.append(time.process_time() - started)
    return min(spent)
