"""Prices paid for cuts, one after the other: what every list costs at least, and what it likely has.

Each cut pays as much as the cheapest of its members still costs, and every member then costs so
much less. Whoever meets all the cuts pays at least what the cuts paid together, since each of them
paid into members of one cut only as much as these cost. What costs nothing any more opens most of
the trip. (The dual ascent of primal-dual schemes; on the cuts of a single way from one place to
another it is Dijkstra's search, and exact.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from safeconduct.planning.shortest.puzzle import Chosen, members

__all__ = ["Raised"]


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

    def pay(self, numbers: Sequence[int]) -> None:
        """The cut of these candidates pays; none of them is paid yet."""
        left = self.left
        least = min(left[number] for number in numbers)
        self.bound += least
        for number in numbers:
            left[number] -= least
            if not left[number]:
                self.paid |= 1 << number
