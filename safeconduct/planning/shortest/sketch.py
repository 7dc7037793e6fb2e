"""Roads drawn together into patches that open and close as one, without times or directions.

Where not even such a sketch has a way of open patches from one end to the other, there is no trip.
A town of sixty thousand junctions has a few hundred patches, so this is asked thousands of times
where a search is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.roads.graph import Ints, Longs
from safeconduct.roads.search import Ways

__all__ = ["Sketch", "sketch_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """The patches of one leg's roads.

    Parameters
    ----------
    kinds : of each patch, its kind of row.
    beside : of each patch, those that share a junction with it.
    starts, ends : the patches at the places of the leg.
    same_place : whether the leg begins where it ends, so that it needs no road at all.
    """

    kinds: tuple[int, ...]
    beside: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    ends: frozenset[int]
    same_place: bool

    def walked(self, is_open: Callable[[int], bool]) -> tuple[bool, frozenset[int]]:
        """Whether the end is reached over open kinds of row, and the kinds that were looked at."""
        known: dict[int, bool] = {}
        seen, ready = set(self.starts), list(self.starts)
        looked: set[int] = set()
        while ready:
            patch = ready.pop()
            kind = self.kinds[patch]
            looked.add(kind)
            if kind not in known:
                known[kind] = is_open(kind)
            if not known[kind]:
                continue
            if patch in self.ends:
                return True, frozenset()
            for other in self.beside[patch]:
                if other not in seen:
                    seen.add(other)
                    ready.append(other)
        return self.same_place, frozenset(looked)


def sketch_of(ways: Ways, kind: Ints, starts: Sequence[int], ends: Sequence[int]) -> Sketch:
    """The sketch of these ways.

    Parameters
    ----------
    kind : of each row of the gates, its kind.
    """
    nodes = len(ways.first) - 1
    tail = np.repeat(np.arange(nodes, dtype=np.int64), np.diff(ways.first))
    of_arc = kind[ways.gate].astype(np.int64)
    width = int(of_arc.max(initial=0)) + 1
    # A junction and a kind of row: one corner of a patch. An arc joins the corners at its ends.
    corners, numbers = _corners(np.concatenate([tail, ways.head]), np.tile(of_arc, 2), nodes, width)
    patch = _joined(len(corners), numbers[: len(tail)], numbers[len(tail) :])
    count = int(patch.max(initial=-1)) + 1
    kinds = np.zeros(count, np.int64)
    kinds[patch] = corners % width
    at = corners // width
    begin = {int(p) for p in patch[np.isin(at, starts)]}
    finish = {int(p) for p in patch[np.isin(at, ends)]}
    needed = _needed(kinds.tolist(), _beside(at, patch, count), begin | finish)
    number = {one: place for place, one in enumerate(needed)}
    return Sketch(
        kinds=tuple(int(kinds[one]) for one in needed),
        beside=tuple(tuple(sorted(number[other] for other in needed[one])) for one in needed),
        starts=tuple(sorted(number[one] for one in begin)),
        ends=frozenset(number[one] for one in finish),
        same_place=bool(set(starts) & set(ends)),
    )


def _corners(at: Longs, kind: Longs, nodes: int, width: int) -> tuple[Longs, Longs]:
    """The corners, as junction times `width` and the kind, in rising order; and of each end of an
    arc the number of its corner.

    At most junctions there is one kind only. Those are numbered without sorting.
    """
    one = np.full(nodes, -1, np.int64)
    one[at] = kind  # any of its kinds
    mixed = np.zeros(nodes, np.bool_)
    mixed[at[one[at] != kind]] = True
    of_mixed = mixed[at]
    several = np.unique(at[of_mixed] * width + kind[of_mixed])
    single = np.flatnonzero((one >= 0) & ~mixed)
    corners = np.concatenate([single * width + one[single], several])
    corners.sort(kind="stable")
    number = np.zeros(nodes, np.int64)
    number[single] = np.searchsorted(corners, single * width)
    numbers = number[at]
    numbers[of_mixed] = np.searchsorted(corners, at[of_mixed] * width + kind[of_mixed])
    return corners, numbers


def _needed(
    kinds: Sequence[int], beside: Sequence[set[int]], ends: set[int]
) -> dict[int, frozenset[int]]:
    """The patches that some way from end to end may need, each with those beside it.

    No way needs one that lies beside one other only, nor both of two that need the same and lie
    beside the same.
    """
    left = {number: set(others) for number, others in enumerate(beside)}
    before = len(left) + 1
    while len(left) < before:
        before = len(left)
        known: dict[tuple[int, frozenset[int]], int] = {}
        for one in list(left):
            if one in ends:
                continue
            alike = known.setdefault((kinds[one], frozenset(left[one])), one)
            if alike != one or len(left[one]) < 2:
                for other in left.pop(one):
                    left[other].discard(one)
    return {one: frozenset(others) for one, others in left.items()}


def _beside(at: Longs, patch: Longs, count: int) -> list[set[int]]:
    """The patches that meet at some junction; corners stand in the order of their junctions."""
    found: list[set[int]] = [set() for _ in range(count)]
    apart = 1
    while apart < len(at):
        same = at[apart:] == at[:-apart]
        if not same.any():
            break
        pairs = np.unique(np.stack([patch[apart:][same], patch[:-apart][same]], axis=1), axis=0)
        for one, other in pairs.tolist():
            found[one].add(other)
            found[other].add(one)
        apart += 1
    return [each - {number} for number, each in enumerate(found)]


def _joined(count: int, one: Longs, other: Longs) -> Longs:
    """The number of the connected part that each of `count` things is in."""
    try:
        from scipy.sparse import coo_array  # heavy, and only for large roads a gain
        from scipy.sparse.csgraph import connected_components  # as above
    except ImportError:
        return _joined_plainly(count, one, other)
    links = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(count, count))
    _, parts = connected_components(links.tocsr(), directed=False)
    found: Longs = parts.astype(np.int64)
    return found


def _joined_plainly(count: int, one: Longs, other: Longs) -> Longs:
    """The same without scipy: everything points to what it was joined to, by ever shorter ways."""
    above = list(range(count))

    def root(thing: int) -> int:
        while above[thing] != thing:
            above[thing] = above[above[thing]]
            thing = above[thing]
        return thing

    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        low, high = sorted((root(a), root(b)))
        above[high] = low
    _, parts = np.unique([root(thing) for thing in range(count)], return_inverse=True)
    return parts.astype(np.int64)
