"""When every gate of a leg is open, once some candidates are granted.

A row of gates is that of some classes of road together: it is open when all of them are. Rows that
need the same are worked out once, and what was worked out for a choice is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from safeconduct.planning.shortest.puzzle import Chosen
from safeconduct.planning.shortest.wanted import Lock, Wanted, bits
from safeconduct.roads.graph import Ints, Longs
from safeconduct.roads.search import Gates
from safeconduct.spacetime import NEVER, Spans

__all__ = ["Openings", "Row", "openings"]

_Closed = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What one gate needs: `open` with everything granted; `needs` as in `Lock`, by numbers."""

    open: Spans
    needs: tuple[tuple[Chosen, Spans], ...] = ()

    @property
    def concerns(self) -> Chosen:
        """Every candidate that can make a difference to it."""
        made = 0
        for any_of, _ in self.needs:
            made |= any_of
        return made


@dataclass(eq=False)
class Openings:
    """The gates of one leg.

    Parameters
    ----------
    rows : each kind of row once.
    kind : of each gate, its kind of row; shape (G,).
    early_s, column_s : what a span is made smaller by at its start and its end.
    """

    rows: tuple[Row, ...]
    kind: Ints
    early_s: int
    column_s: int
    _concerns: tuple[Chosen, ...] = field(init=False, repr=False)
    _known: list[dict[Chosen, int]] = field(init=False, repr=False)
    _patterns: dict[_Closed, int] = field(init=False, repr=False)
    _spans: list[_Closed] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._concerns = tuple(row.concerns for row in self.rows)
        self._known = [{} for _ in self.rows]
        self._patterns, self._spans = {}, []

    def gates(self, granted: Chosen) -> Gates:
        """All gates as they are when this is granted."""
        patterns = np.array([self.pattern(row, granted) for row in range(len(self.rows))], np.int64)
        of_gate = patterns[self.kind] if len(patterns) else np.zeros(0, np.int64)
        sizes = np.array([len(spans) for spans in self._spans], np.int64)
        flat = np.array([one for spans in self._spans for one in spans], np.int64).reshape(-1, 2)
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else sizes
        counts = sizes[of_gate]
        first = np.zeros(len(of_gate) + 1, np.int64)
        np.cumsum(counts, out=first[1:])
        # The spans of gate g are those of its pattern: where these start, plus 0, 1, 2, ...
        take = np.repeat(starts[of_gate] - first[:-1], counts) + np.arange(first[-1])
        return Gates(first, flat[take, 0].copy(), flat[take, 1].copy())

    def pattern(self, row: int, granted: Chosen) -> int:
        """The number of a way of being open; equal numbers are open at the same times."""
        bearing = granted & self._concerns[row]
        known = self._known[row]
        if bearing not in known:
            known[bearing] = self._numbered(self._open(self.rows[row], bearing))
        return known[bearing]

    def is_ever_open(self, row: int, granted: Chosen) -> bool:
        """Whether a kind of row is open at any time at all."""
        return bool(self._spans[self.pattern(row, granted)])

    def kinds_of(self, gates: Sequence[int] | Ints | Longs) -> frozenset[int]:
        """The kinds of row that these gates are."""
        seen = np.zeros(len(self.rows), bool)
        seen[self.kind[np.asarray(gates, np.int64)]] = True
        return frozenset(np.flatnonzero(seen).tolist())

    def could_change(self, kinds: Iterable[int], granted: Chosen) -> Chosen:
        """The candidates, not granted, that can open any of these kinds of row further."""
        made = 0
        for kind in kinds:
            for any_of, _ in self.rows[kind].needs:
                if not any_of & granted:
                    made |= any_of
        return made

    @staticmethod
    def _open(row: Row, granted: Chosen) -> Spans:
        spans = row.open
        for any_of, missing in row.needs:
            if not any_of & granted:
                spans = spans - missing
        return spans

    def _numbered(self, spans: Spans) -> int:
        closed = tuple(
            (span.start + self.early_s, span.end - self.column_s)
            for span in spans
            if span.start + self.early_s <= span.end - self.column_s
        )
        if closed not in self._patterns:
            self._patterns[closed] = len(self._spans)
            self._spans.append(closed)
        return self._patterns[closed]


def openings(
    locks: Sequence[Lock],
    gates: Iterable[tuple[Iterable[int], Spans | None]],
    numbers: Mapping[Wanted, int],
    *,
    early_s: int = 0,
    column_s: int = 0,
) -> Openings:
    """The gates of one leg.

    Parameters
    ----------
    locks : of every class of road.
    gates : of each gate, its classes, and when something else (a crossing) lets it be open.
    column_s : how long the column takes to pass a point, and the delay that the trip must bear.
    """
    plain = [
        (lock.open, tuple((bits(need.any_of, numbers), need.missing) for need in lock.needs))
        for lock in locks
    ]
    kinds: dict[Row, int] = {}
    kind = []
    for classes, besides in gates:
        row = _together([plain[cls] for cls in classes], besides)
        kind.append(kinds.setdefault(row, len(kinds)))
    return Openings(tuple(kinds), np.array(kind, np.int32), early_s, column_s)


def _together(
    parts: Sequence[tuple[Spans, tuple[tuple[Chosen, Spans], ...]]], besides: Spans | None
) -> Row:
    """What classes need together: each is closed whenever one of them is."""
    spans = parts[0][0]
    for more, _ in parts[1:]:
        spans = spans & more
    if besides is not None:
        spans = spans & besides
    merged: dict[Chosen, Spans] = {}
    for _, needs in parts:
        for any_of, missing in needs:
            merged[any_of] = merged.get(any_of, NEVER) | missing
    needed = ((any_of, missing & spans) for any_of, missing in sorted(merged.items()))
    return Row(spans, tuple((any_of, missing) for any_of, missing in needed if missing))
