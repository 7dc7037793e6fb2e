"""When each class of road is open to a leg, as the gates that a search keeps to.

Built whole whenever a statement has changed: a few thousand classes are a few operations on rows
of bits. For one class `Cover.open_spans` says the same, in words that can be followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from safeconduct.cover.cells import Bits, Cells
from safeconduct.cover.chart import Asking, Chart
from safeconduct.cover.cover import Cover
from safeconduct.cover.keys import LegProfile
from safeconduct.cover.turning import Turnings, Word
from safeconduct.errors import WrongField
from safeconduct.roads.division import Division
from safeconduct.roads.search import Gates
from safeconduct.roads.ways import numbers_among
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Crossing, Movement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safeconduct.roads.graph import Longs

__all__ = ["Table", "table"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """When every class of road, and every bundle of them, is open to one leg inside a horizon.

    Row `r` is the half-open spans `starts[first[r]:first[r + 1]]` to `ends[...]`. The rows are
    those of the bundles, then of the classes, then of the nodes with a crossing.

    Parameters
    ----------
    bundles : how many bundles, and so which row is that of the first class.
    nodes : those that have a crossing, whose class and crossings must both be open.
    notes : what could not be told; for people.
    """

    horizon: Span
    bundles: int
    first: Longs
    starts: Longs
    ends: Longs
    nodes: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def own_gates(self) -> dict[int, int]:
        """The rows of the nodes that have one of their own, for `ways_of`."""
        first = len(self.first) - 1 - len(self.nodes)
        return {node: first + number for number, node in enumerate(self.nodes)}

    @property
    def classes(self) -> tuple[Spans, ...]:
        """For each class of the division, when it is open."""
        return tuple(map(self.row, range(self.bundles, len(self.first) - 1 - len(self.nodes))))

    @property
    def own(self) -> tuple[tuple[int, Spans], ...]:
        """The nodes with a crossing, and when both their class and the crossing are open."""
        return tuple((node, self.row(row)) for node, row in self.own_gates.items())

    def row(self, number: int) -> Spans:
        """The open spans of one row."""
        part = slice(int(self.first[number]), int(self.first[number + 1]))
        return Spans.of(map(Span, self.starts[part].tolist(), self.ends[part].tolist()))

    def gates(self, early_s: int = 0, column_s: int = 0) -> Gates:
        """The gates for a column: rows of bundles, then of classes, then of nodes of their own.

        A column whose head enters at `t` and arrives at `u` occupies `[t, u + column_s)`; so the
        open span `[s, e)` becomes the closed span `[s + early_s, e - column_s]`, or none.

        Parameters
        ----------
        early_s : how long after its opening a road is first used.
        column_s : the longest time from when the head passes a point to when the tail does: at
            the slowest that the column drives, and with every hold that can stop the head while
            the tail is still short of it.

        Raises
        ------
        WrongField : one of them is negative.
        """
        for what, seconds in (("early_s", early_s), ("column_s", column_s)):
            if seconds < 0:
                raise WrongField(
                    f"Gates cannot be made for {what} = {seconds}: cover is never widened.",
                    "Give seconds, 0 or more.",
                    field=what,
                )
        opens, closes = self.starts + early_s, self.ends - column_s
        wide = opens <= closes
        before = np.zeros(len(wide) + 1, np.int64)
        np.cumsum(wide, out=before[1:])
        return Gates(before[self.first], opens[wide], closes[wide])


def table(
    cover: Cover, division: Division, leg: LegProfile, movement: Movement, horizon: Span
) -> Table:
    """When each class of a division is open to a leg of a movement.

    Parameters
    ----------
    cover : of the same division, or of the network that it was made from.
    horizon : what lies outside it is closed.

    Raises
    ------
    WrongField : the cover is of roads with other classes.
    """
    chart = cover.chart
    if chart.classes is not division.classes and chart.classes != division.classes:
        raise WrongField(
            f"The cover is of {len(chart.classes)} classes of road, and not of the "
            f"{len(division.classes)} of graph {division.graph.id}.",
            "Make the cover of the division that the table is for.",
        )
    nodes, hours, notes = _crossed(cover, division)
    turnings = Turnings(cover, leg, movement)
    words = [[*turnings.words(asking.key)] for asking in chart.askings]
    owned = [[*turnings.owned(asking.key)] for asking in chart.askings]
    said = [word.spans for each in words for word in each]
    risked = [spans for each in owned for spans, _ in each]
    cells = Cells.of(horizon, (*chart.spans, *said, *risked, *hours))
    classes = _open(chart, cells, words, owned)
    own = classes[division.node_class[list(nodes)]] & cells.bits(hours)
    first, flat = chart.bundled(division.bundles)
    bundles = np.bitwise_and.reduceat(classes[flat], first, axis=0) if len(first) else classes[:0]
    rows = np.concatenate([bundles, classes, own])
    row, starts, ends = cells.spans(rows)
    counts = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(np.bincount(row, minlength=len(rows)), out=counts[1:])
    return Table(
        horizon=horizon,
        bundles=len(first),
        first=counts,
        starts=starts,
        ends=ends,
        nodes=nodes,
        notes=notes,
    )


def _open(
    chart: Chart,
    cells: Cells,
    words: Sequence[Sequence[Word]],
    owned: Sequence[Sequence[tuple[Spans, NDArray[np.int64]]]],
) -> Bits:
    """When each class is open: its ground is, and no key is asked without being turned."""
    known = cells.bits(chart.spans)
    rows = known[chart.ground]
    said = cells.bits([word.spans for each in words for word in each])
    ends = accumulate(map(len, words))
    done: set[tuple[int, tuple[Word, ...]]] = set()
    for asking, each, risked, end in zip(chart.askings, words, owned, ends, strict=True):
        if not risked:
            # Whoever may fire with two means has mostly undertaken the same for both.
            same = asking.like, tuple(each)
            if same in done:
                continue
            done.add(same)
        unasked = ~known[list(asking.spans)]
        met = _met(chart, asking, unasked, each, said[end - len(each) : end])
        for spans, where in risked:
            met[where] |= cells.bits([spans])
        rows &= met
    return rows


def _met(chart: Chart, asking: Asking, unasked: Bits, words: Sequence[Word], said: Bits) -> Bits:
    """When a key is turned on each class, or not asked there.

    Eight words make 256 cases, of which each class is one: a table has the answer for each case.
    """
    codes = chart.codes(tuple(word.sets for word in words)) if words else ()
    if not len(codes):
        return np.asarray(unasked[asking.when])
    met = None
    for number, code in enumerate(codes):
        cases = np.zeros((1, unasked.shape[1]), np.uint64)
        for word in said[8 * number : 8 * number + 8]:
            cases = np.concatenate([cases, cases | word])
        if met is None:  # together with when it is asked at all
            both = (unasked[:, None] | cases).reshape(-1, unasked.shape[1])
            met = np.take(both, asking.when * len(cases) + code, axis=0)
        else:
            met |= np.take(cases, code, axis=0)
    return np.asarray(met)


def _crossed(
    cover: Cover, division: Division
) -> tuple[tuple[int, ...], list[Spans], tuple[str, ...]]:
    """The nodes with a crossing, when these are open, and what is to be said of the others."""
    places = {crossing.place for crossing in cover.situation.facts(Crossing)}
    found = numbers_among(division.graph.node_ids, places)
    hours = [
        _all_open(spans for _, spans in cover.crossings_at(place))
        for place in sorted(found, key=found.__getitem__)
    ]
    notes = (f"crossing at {each}: no place of these roads" for each in sorted(places - {*found}))
    return tuple(sorted(found.values())), hours, tuple(notes)


def _all_open(parts: Iterable[Spans]) -> Spans:
    """When all of these are open; there is at least one."""
    spans, *others = parts
    for other in others:
        spans = spans & other
    return spans
