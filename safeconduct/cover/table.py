"""When each class of road is open to a leg, as the gates that a search keeps to.

Built whole whenever a statement has changed: a few thousand classes are a few operations on rows
of bits. For one class `Cover.open_spans` says the same, in words that can be followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from safeconduct.cover.cells import Bits, Cells, kinds_of
from safeconduct.cover.chart import Asking, Chart
from safeconduct.cover.cover import Cover
from safeconduct.cover.keys import LegProfile
from safeconduct.cover.turning import Turnings, Word
from safeconduct.errors import WrongField
from safeconduct.roads.division import Division
from safeconduct.roads.search import Gates
from safeconduct.roads.ways import numbers_among
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Crossing, Movement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safeconduct.roads.graph import Longs

__all__ = ["Table", "table"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """When every class of road, and every bundle of them, is open to one leg inside a horizon.

    Many rows are alike, so each kind is kept once: kind `k` is the half-open spans
    `starts[first[k]:first[k + 1]]` to `ends[...]`, and `kinds` has the kind of every row. The rows
    are those of the bundles, then of the classes, then of the nodes with a crossing.

    Parameters
    ----------
    bundles : how many bundles, and so which row is that of the first class.
    nodes : those that have a crossing, whose class and crossings must both be open.
    notes : what could not be told; for people.
    """

    horizon: Span
    bundles: int
    kinds: Longs
    first: Longs
    starts: Longs
    ends: Longs
    nodes: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def own_gates(self) -> dict[int, int]:
        """The rows of the nodes that have one of their own, for `ways_of`."""
        first = len(self.kinds) - len(self.nodes)
        return {node: first + number for number, node in enumerate(self.nodes)}

    @property
    def classes(self) -> tuple[Spans, ...]:
        """For each class of the division, when it is open."""
        return tuple(map(self.row, range(self.bundles, len(self.kinds) - len(self.nodes))))

    @property
    def own(self) -> tuple[tuple[int, Spans], ...]:
        """The nodes with a crossing, and when both their class and the crossing are open."""
        return tuple((node, self.row(row)) for node, row in self.own_gates.items())

    def row(self, number: int) -> Spans:
        """The open spans of one row."""
        kind = self.kinds[number]
        part = slice(int(self.first[kind]), int(self.first[kind + 1]))
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
        kept = _from_zero(wide)[self.first]
        first = _from_zero(np.diff(kept)[self.kinds])
        # The spans of a row are those of its kind, and so as far from one another.
        ahead = kept[self.kinds] - first[:-1]
        spans = np.arange(first[-1]) + np.repeat(ahead, np.diff(first))
        return Gates(first, np.take(opens[wide], spans), np.take(closes[wide], spans))


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
    turned = [*_turned(chart, Turnings(cover, leg, movement))]
    said = [word.spans for each in turned for word in each.words]
    risked = [spans for each in turned for spans, _ in each.owned]
    cells = Cells.of(horizon, (*chart.spans, *said, *risked, *hours))
    classes = _open(chart, cells, turned)
    own = classes[division.node_class[list(nodes)]] & cells.bits(hours)
    rows = np.concatenate([_bundles(chart, division, classes), classes, own])
    different, kinds = kinds_of(rows)
    kind, starts, ends = cells.spans(different)
    return Table(
        horizon=horizon,
        bundles=len(division.bundles),
        kinds=kinds,
        first=_from_zero(np.bincount(kind, minlength=len(different))),
        starts=starts,
        ends=ends,
        nodes=nodes,
        notes=notes,
    )


def _from_zero(counts: NDArray[Any]) -> Longs:
    """Where each of these many begins, and where the last one ends."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


class _Turned(NamedTuple):
    """A key that is asked, and all that turns it: words, and instruments with a risk owner."""

    asking: Asking
    words: tuple[Word, ...]
    owned: tuple[tuple[Spans, NDArray[np.int64]], ...]


def _turned(chart: Chart, turnings: Turnings) -> Iterator[_Turned]:
    """Every key, but of those that are asked and turned alike only the first.

    Whoever may fire with two means has mostly undertaken the same for both.
    """
    done: set[tuple[int, tuple[Word, ...]]] = set()
    for asking in chart.askings:
        words, owned = tuple(turnings.words(asking.key)), tuple(turnings.owned(asking.key))
        known = len(done)
        if not owned:
            done.add((asking.like, words))
        if owned or len(done) > known:
            yield _Turned(asking, words, owned)


def _open(chart: Chart, cells: Cells, turned: Sequence[_Turned]) -> Bits:
    """When each class is open: its ground is, and no key is asked without being turned."""
    told = [chart.cases(each.asking, tuple(word.sets for word in each.words)) for each in turned]
    # Before the words of every key stands NEVER, the part of cases that no word reaches.
    said = [spans for each in turned for spans in (NEVER, *(word.spans for word in each.words))]
    bits = cells.bits([*chart.spans, *said])
    known, words = bits[: len(chart.spans)], bits[len(chart.spans) :]
    rows = known[chart.ground]
    if not turned:
        return rows
    ahead = accumulate((1 + len(each.words) for each in turned), initial=0)
    part = np.concatenate([cases.part + before for cases, before in zip(told, ahead, strict=False)])
    counts = np.concatenate([cases.parts for cases in told])
    met = np.bitwise_or.reduceat(np.take(words, part, axis=0), np.cumsum(counts) - counts, axis=0)
    met |= ~known[np.concatenate([cases.asked for cases in told])]
    first, here = 0, np.empty_like(rows)
    for cases, each in zip(told, turned, strict=True):
        # A class is one of a few dozen cases: in each the key is turned, or not asked, at times.
        last = first + len(cases.parts)
        np.take(met[first:last], cases.of, axis=0, out=here, mode="clip")
        for spans, where in each.owned:
            here[where] |= cells.bits([spans])
        rows &= here
        first = last
    return rows


def _bundles(chart: Chart, division: Division, classes: Bits) -> Bits:
    """When all the classes of each bundle are open."""
    place, deep = chart.bundled(division.bundles)
    found = np.zeros((len(place), classes.shape[1]), np.uint64)
    for depth, here in enumerate(deep):
        if depth:
            found[: len(here)] &= np.take(classes, here, axis=0)
        else:
            found[: len(here)] = np.take(classes, here, axis=0)
    return np.take(found, place, axis=0)


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
