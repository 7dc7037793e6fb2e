"""Prices paid for cuts, one after the other: what every list costs at least, and likely has.

Each cut pays as much as the cheapest of its members still costs, and every member then costs so
much less. Whoever meets all the cuts pays at least what the cuts paid together, since each of them
paid into members of one cut only as much as these cost. What costs nothing any more opens most of
the trip. (The dual ascent of primal-dual schemes; on the cuts of a single way from one place to
another it is Dijkstra's search, and exact.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from safeconduct.planning.shortest.puzzle import Chosen, members

__all__ = ["Raised", "shared_out"]

Floats: TypeAlias = npt.NDArray[np.float64]

_ROUNDS = 60
"""So often the shares of the cuts are shifted; half as many find nine tenths of what there is."""
_PATIENCE = 6
"""So many rounds without a gain, and the shifts are halved."""
_PART = 40
"""Shares are taken to so many bits of a price; whatever they are, the bound holds."""


@dataclass(slots=True)
class Raised:
    """The prices of candidates as far as they are not paid yet.

    Parameters
    ----------
    left : of each candidate what is left of its price; over 0, but for those of `paid`.
    paid : the candidates of which nothing is left.
    bound : what the cuts paid together: a set that meets them, and has nothing of the `paid` that
        were there at the start, costs as much at least.

    >>> found = Raised([2, 5, 4])
    >>> found.pay_for([0b011, 0b110])
    >>> found.bound, found.paid, found.left
    (5, 1, [0, 0, 1])
    """

    left: list[int]
    paid: Chosen = 0
    bound: int = field(default=0)

    def pay_for(self, cuts: Iterable[Chosen]) -> None:
        """Every cut in turn that has no paid member pays the cheapest of its members."""
        for cut in cuts:
            if not cut & self.paid:
                self.pay(tuple(members(cut)))

    def pay(self, numbers: Sequence[int], most: int | None = None) -> None:
        """The cut of these candidates pays, `most` at most; none of them is paid yet."""
        left = self.left
        least = min(left[number] for number in numbers)
        if most is not None:
            least = min(least, most)
        self.bound += least
        for number in numbers:
            left[number] -= least
            if not left[number]:
                self.paid |= 1 << number


def shared_out(cuts: Sequence[Chosen], prices: Sequence[int], best: int) -> Raised:
    """Prices paid for all these cuts, shared among them so that they pay much together.

    Parameters
    ----------
    cuts : with a member each.
    best : the price of some set that meets them all; what is found stays at or below it.
    """
    shares = _shares(cuts, prices, best)
    found = Raised(list(prices))
    # Each cut pays its share first, the largest shares before others; what is left goes as ever.
    for place in np.argsort(-shares, kind="stable").tolist():
        most = int(shares[place] * (1 << _PART)) * max(prices) >> _PART
        if most and not cuts[place] & found.paid:
            found.pay(tuple(members(cuts[place])), most)
    found.pay_for(cuts)
    return found


def _shares(cuts: Sequence[Chosen], prices: Sequence[int], best: int) -> Floats:
    """What each cut should pay, in parts of the dearest price: by subgradients of the Lagrangian.

    A cut whose members cost less than nothing pays less, one with none of them more (Held & Karp,
    Math. Programming 1, 1971).
    """
    used = 0
    for cut in cuts:
        used |= cut
    numbers = list(members(used))
    column = {number: place for place, number in enumerate(numbers)}
    holds = np.zeros((len(cuts), len(numbers)))
    for row, cut in enumerate(cuts):
        holds[row, [column[number] for number in members(cut)]] = 1
    dearest = max(prices)
    price = np.array([prices[number] / dearest for number in numbers])
    goal = best / dearest
    shares: Floats = np.full(len(cuts), price.min() / holds.sum(axis=0).max())
    kept, highest, stride, since = shares, -np.inf, 1.0, 0
    for _ in range(_ROUNDS):
        left = price - shares @ holds
        bound = float(shares.sum() + np.minimum(left, 0).sum())
        if bound > highest + 1e-9:
            kept, highest, since = shares, bound, 0
        else:
            since += 1
            if since == _PATIENCE:
                shares, stride, since = kept, stride / 2, 0
                left = price - shares @ holds
                bound = highest
        short = 1 - holds @ (left < 0)
        size = float(short @ short)
        if not size:
            break
        shares = np.maximum(shares + stride * max(goal - bound, 1e-6) / size * short, 0)
    return kept
