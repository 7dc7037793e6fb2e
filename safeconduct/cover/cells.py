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

__all__ = ["Bits", "Cells", "kinds_of"]

Bits: TypeAlias = "NDArray[np.uint64]"
_WORD = 64
#: Any odd numbers do; these are powers of the golden ratio's first 64 bits.
_GOLDEN = 0x9E3779B97F4A7C15
_SLOTS = 16


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
        bounds = np.fromiter(chain.from_iterable(each.bounds for each in sets), np.int64)
        at = np.searchsorted(self.edges, np.clip(bounds, self.edges[0], self.edges[-1]))
        # A cell lies in a set when an odd number of the set's bounds lies behind it.
        behind = np.clip(at[:, None] - _WORD * np.arange(self.words), 0, _WORD).astype(np.uint64)
        before = (np.uint64(1) << (behind & np.uint64(_WORD - 1))) - np.uint64(1)
        before[behind == _WORD] = np.uint64(2**_WORD - 1)
        found = np.zeros((len(sets), self.words), np.uint64)
        counts = np.array([len(each.bounds) for each in sets], np.int64)
        some = counts > 0
        if len(bounds):
            first = (np.cumsum(counts) - counts)[some]
            found[some] = np.bitwise_xor.reduceat(before, first, axis=0)
        return found

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


def kinds_of(rows: Bits) -> tuple[Bits, NDArray[np.int64]]:
    """Rows among which each of the given ones is found, mostly only once, and which that is.

    Sorting some thousand rows takes longer than all else that is done with them. So every row is
    written down in a slot that is named by a number made from its bits, over what stood there; all
    with the number of the last one are of its kind. Two kinds that share a slot cost nothing but
    that some rows are kept more than once.
    """
    factors = np.array(
        [pow(_GOLDEN, n, 1 << _WORD) for n in range(1, rows.shape[1] + 1)], np.uint64
    )
    names = rows @ factors
    slots = (names >> np.uint64(_WORD - _SLOTS)).astype(np.int64)
    numbers = np.arange(len(rows))
    last = np.empty(1 << _SLOTS, np.int64)
    last[slots] = numbers
    like = last[slots]
    like = np.where(names == names[like], like, numbers)
    if not np.array_equal(rows, np.take(rows, like, axis=0)):
        like = numbers  # different rows with one number
    alone = like == numbers
    return rows[alone], (np.cumsum(alone) - 1)[like]
