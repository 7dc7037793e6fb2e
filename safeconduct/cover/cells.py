"""Sets of spans as rows of bits, one for each stretch of time in which nothing changes.

Cutting time where any of the sets begins or ends makes union and intersection of thousands of
them one operation on whole words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from safeconduct.spacetime import Span, Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Bits", "Cells"]

Bits: TypeAlias = "NDArray[np.uint64]"
_WORD = 64


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A horizon cut into cells: cell `i` is `[edges[i], edges[i + 1])`.

    Bits of cells are counted from the least of the first word; those after the last cell are 0.
    """

    edges: NDArray[np.int64]

    @classmethod
    def of(cls, horizon: Span, sets: Sequence[Spans]) -> Cells:
        """The cells in which none of these sets changes."""
        bounds = np.fromiter(chain.from_iterable(each.bounds for each in sets), np.int64)
        inside = bounds[(bounds > horizon.start) & (bounds < horizon.end)]
        ends = np.array([horizon.start, horizon.end], np.int64)
        return cls(np.unique(np.concatenate([ends, inside])))

    @property
    def words(self) -> int:
        """How many words a row has."""
        return -(-(len(self.edges) - 1) // _WORD)

    def bits(self, sets: Sequence[Spans]) -> Bits:
        """One row for each set, clipped to the horizon; it begins and ends where cells do."""
        owner = np.repeat(np.arange(len(sets)), [len(each) for each in sets])
        bounds = np.fromiter(chain.from_iterable(each.bounds for each in sets), np.int64)
        start, end = np.clip(bounds, self.edges[0], self.edges[-1]).reshape(-1, 2).T
        some = start < end
        owner, start, end = owner[some], start[some], end[some]
        turns = np.zeros((len(sets), self.words * _WORD + 1), np.int8)
        # No two spans of a set meet, so that no place is written twice.
        turns[owner, np.searchsorted(self.edges, start)] = 1
        turns[owner, np.searchsorted(self.edges, end)] = -1
        there = np.cumsum(turns[:, :-1], axis=1, dtype=np.int8).view(np.bool_)
        return np.packbits(there, axis=1, bitorder="little").view(np.uint64)

    def spans(self, rows: Bits) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The spans of every row, one after the other: which row, its start, its end."""
        # A cell begins or ends a span where it differs from the one before it.
        before = rows << np.uint64(1)
        before[:, 1:] |= rows[:, :-1] >> np.uint64(_WORD - 1)
        turns = rows ^ before
        octets = turns.reshape(-1).view(np.uint8)
        some = np.flatnonzero(octets != 0)
        found = np.flatnonzero(np.unpackbits(octets[some], bitorder="little").view(np.bool_))
        row = some // (8 * rows.shape[1])
        cell = 8 * (some - row * (8 * rows.shape[1]))
        octet = found >> 3
        row, cell = row[octet], cell[octet] + (found & 7)
        # A row whose last bit is set ends after its last word, where no turn is seen.
        full = np.flatnonzero(rows[:, -1] >> np.uint64(_WORD - 1)) if rows.shape[1] else row[:0]
        if len(full):
            row = np.concatenate([row, full])
            cell = np.concatenate([cell, np.full(len(full), rows.shape[1] * _WORD)])
            order = np.lexsort((cell, row))
            row, cell = row[order], cell[order]
        at = self.edges[cell]
        return row[::2], at[::2], at[1::2]
