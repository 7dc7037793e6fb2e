"""How the times run along a chain: whether they go back, and the earliest and latest of a part.

Asked of every writer whenever it is looked at what was known, with as many parts as there are
receipts; so it is laid out once, and each part costs a search in a sorted list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from safeconduct.register.chain import Link, Withheld
from safeconduct.register.entry import Entry

__all__ = ["Course"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The times of the entries among the first `size` places of a chain.

    Parameters
    ----------
    places, times : of each entry its number, growing, and its `recorded_at`.
    withheld : whether the content of any place is missing.
    goes_back : whether an entry was recorded before the one in front of it.
    lowest : of each entry the earliest time from it to the end; as `times` where none goes back.
    """

    size: int
    places: Sequence[int]
    times: Sequence[int]
    withheld: bool
    goes_back: bool
    lowest: Sequence[int]

    @classmethod
    def of(cls, chain: Sequence[Link]) -> Course:
        """The course of a chain, or of its beginning."""
        entries = [one for one in chain if isinstance(one, Entry)]
        times = [entry.recorded_at for entry in entries]
        lowest = list(times)
        for at in range(len(times) - 1, 0, -1):
            lowest[at - 1] = min(lowest[at - 1], lowest[at])
        return cls(
            size=len(chain),
            places=[entry.sequence for entry in entries],
            times=times,
            withheld=any(isinstance(one, Withheld) for one in chain),
            goes_back=any(later < earlier for earlier, later in pairwise(times)),
            lowest=lowest,
        )

    @classmethod
    def steady(cls, size: int, times: Sequence[int]) -> Course:
        """That of `size` entries whose times never go back, of which no content is missing.

        `times` has one for each place, and may have more than `size`.
        """
        return cls(
            size=size,
            places=range(size),
            times=times,
            withheld=False,
            goes_back=False,
            lowest=times,
        )

    def earliest_from(self, first: int) -> int | None:
        """The earliest time from a place on; None where no entry stands there."""
        at = bisect_left(self.places, first)
        return self.lowest[at] if at < len(self.places) else None

    def latest_in(self, first: int, end: int) -> int | None:
        """The latest time from a place up to another one; None where no entry stands there."""
        one, other = bisect_left(self.places, first), bisect_left(self.places, end)
        if one == other:
            return None
        return max(self.times[one:other]) if self.goes_back else self.times[other - 1]
