"""The least hitting set by scipy's integer programming, for those that are too large to branch on.

Exact in the number of members and in weight. Between two sets that are equal in both it takes
whichever it comes to first, where `hitting.py` would go by the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from safeconduct.planning.shortest.puzzle import Chosen, chosen, members

__all__ = ["is_there", "packed"]


def is_there() -> bool:
    """Whether scipy is installed (extra [routing])."""
    from importlib.util import find_spec  # asked only where a set is too large to branch on

    return find_spec("scipy") is not None


def packed(
    cuts: Sequence[Chosen],
    among: Chosen,
    weights: Sequence[int],
    avoid: Sequence[Chosen] = (),
) -> Chosen | None:
    """The least part of `among` that meets every cut and holds none of `avoid` whole."""
    numbers = list(members(among))
    place = {number: column for column, number in enumerate(numbers)}
    rows = np.zeros((len(cuts) + len(avoid), len(numbers)))
    low = np.full(len(rows), -np.inf)
    high = np.full(len(rows), np.inf)
    for row, cut in enumerate(cuts):
        rows[row, [place[number] for number in members(cut & among)]] = 1
        low[row] = 1
    for row, one in enumerate(avoid, len(cuts)):
        if one & ~among == 0:
            rows[row, [place[number] for number in members(one)]] = 1
            high[row] = one.bit_count() - 1
    count = _least(np.ones(len(numbers)), rows, low, high)
    if count is None:
        return None
    size = round(float(count.sum()))
    weight = np.array([weights[number] for number in numbers], float)
    best = _least(
        weight / max(1.0, weight.max(initial=0)),
        np.vstack([rows, np.ones(len(numbers))]),
        np.append(low, -np.inf),
        np.append(high, size),
    )
    taken = count if best is None else best
    return chosen(numbers[column] for column in np.flatnonzero(taken > 0.5).tolist())


def _least(cost: Any, rows: Any, low: Any, high: Any) -> Any:
    """The cheapest choice, or None where there is none."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # heavy, and seldom needed

    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, low, high),
        options={"mip_rel_gap": 0.0},
    )
    return found.x
