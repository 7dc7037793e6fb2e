"""Ways cut into edges: where do they join, how long is each edge, where is a long one split?

An edge is open only when all of it is, so a long road through one guaranteed area after another
would never be. Edges are therefore split until none is longer than a stated length: at a point of
their line where one is near, else between two of its points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from safeconduct.roads.graph import Ints, Longs
from safeconduct.roads.tracks import Flags, Tracks

__all__ = ["Stretches", "segment_um", "stretches"]

_UM_PER_DM = 100_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stretches:
    """E edges in the order of their ways, over the points of the tracks and some new ones.

    Parameters
    ----------
    lon_e7, lat_e7 : of the points; those from number P of the tracks on were put in by a split.
    ref : the points along all edges; edge `e` runs over `ref[start[e]]` to `ref[stop[e]]`, both
        its own.
    way, length_dm : of each edge; (E,).
    number, part : which edge of its way it is, and which part of that, from 1; (E,).
    alone : its way is one edge, and that was not split; (E,).
    split : it is one of several parts; (E,).
    """

    lon_e7: Ints
    lat_e7: Ints
    ref: Longs
    start: Longs
    stop: Longs
    way: Longs
    length_dm: Longs
    number: Longs
    part: Longs
    alone: Flags
    split: Flags

    def ids(self, tracks: Tracks) -> Iterator[str]:
        """The id of each edge: `w7` for a whole way, `w7:2` for its second edge, `w7:2.1`."""
        for e, way in enumerate(self.way.tolist()):
            own = tracks.way_ids[way]
            if self.split[e]:
                yield f"{own}:{self.number[e]}.{self.part[e]}"
            else:
                yield own if self.alone[e] else f"{own}:{self.number[e]}"


@dataclass(slots=True)
class _Run:
    """All ways one behind another: their points, and where they are cut."""

    lon_e7: Longs
    lat_e7: Longs
    ref: Longs
    way: Longs
    cut: Flags
    inner: Flags
    """Cuts that only split an edge."""

    def edges(self) -> tuple[Longs, Longs]:
        """Where each edge starts and stops."""
        at = np.flatnonzero(self.cut)
        same = self.way[at[:-1]] == self.way[at[1:]]
        return at[:-1][same], at[1:][same]

    def reached_um(self) -> Longs:
        """How far each point is along all ways together."""
        lon, lat = self.lon_e7[self.ref], self.lat_e7[self.ref]
        um = segment_um(lon[:-1], lat[:-1], lon[1:], lat[1:])
        um[self.way[:-1] != self.way[1:]] = 0
        reached = np.zeros(len(self.ref), np.int64)
        np.cumsum(um, out=reached[1:])
        return reached


def segment_um(lon_a: Longs, lat_a: Longs, lon_b: Longs, lat_b: Longs) -> Longs:
    """Distances on the WGS 84 ellipsoid in whole micrometres, at least 1; all of one shape."""
    if not len(lon_a):
        return np.zeros(0, np.int64)
    from pyproj import Geod  # 0.1 s; needed only while roads are read

    a, b = (lon_a / 1e7, lat_a / 1e7), (lon_b / 1e7, lat_b / 1e7)
    _, _, metres = Geod(ellps="WGS84").inv(*a, *b)
    um: Longs = np.maximum(1, np.rint(metres * 1e6)).astype(np.int64)
    return um


def stretches(tracks: Tracks, longest_dm: int) -> Stretches:
    """The edges of these ways; none whose course is known is longer than `longest_dm`.

    Ways join where they name the same point; they are cut there, and where a turn is restricted or
    a barrier stands. What would lead from a junction to itself is cut once more, in its middle. A
    way of fewer than two different points gives no edge.
    """
    run = _joined(tracks)
    _split(run, tracks, longest_dm)
    start, stop = run.edges()
    way = run.way[start]
    reached = run.reached_um()
    # Edges are counted along their way; a part belongs to the edge that was cut last.
    opens = ~run.inner[start]
    first_of_way = np.ones(len(way), bool)
    first_of_way[1:] = way[1:] != way[:-1]
    counted = np.cumsum(opens)
    number: Longs = counted - np.maximum.accumulate(np.where(first_of_way, counted - 1, 0))
    order = np.arange(len(way))
    part = order - np.maximum.accumulate(np.where(opens, order, 0)) + 1
    split = ~opens
    split[:-1] |= split[1:]
    alone = np.bincount(way, minlength=tracks.ways)[way] == 1
    return Stretches(
        lon_e7=run.lon_e7.astype(np.int32),
        lat_e7=run.lat_e7.astype(np.int32),
        ref=run.ref,
        start=start,
        stop=stop,
        way=way,
        length_dm=_lengths_dm(tracks, way, reached[start], reached[stop]),
        number=number,
        part=part,
        alone=alone,
        split=split,
    )


def _joined(tracks: Tracks) -> _Run:
    way = np.repeat(np.arange(tracks.ways), np.diff(tracks.first))
    ref = np.asarray(tracks.ref, np.int64)
    # A point named twice in a row is one point.
    kept = np.ones(len(ref), bool)
    kept[1:] = (ref[1:] != ref[:-1]) | (way[1:] != way[:-1])
    ref, way = ref[kept], way[kept]
    long_enough = np.bincount(way, minlength=tracks.ways)[way] >= 2
    ref, way = ref[long_enough], way[long_enough]
    end = np.zeros(len(ref), bool)
    end[:1] = end[-1:] = True
    changes = way[1:] != way[:-1]
    end[1:] |= changes
    end[:-1] |= changes
    joint = np.bincount(ref, minlength=tracks.points) > 1
    joint |= tracks.blocked
    joint[[turn.via for turn in tracks.turns]] = True
    cut = end | joint[ref]
    run = _Run(
        tracks.lon_e7.astype(np.int64),
        tracks.lat_e7.astype(np.int64),
        ref,
        way,
        cut,
        np.zeros(len(ref), bool),
    )
    start, stop = run.edges()
    loops = ref[start] == ref[stop]
    cut[(start[loops] + stop[loops]) // 2] = True
    return run


def _split(run: _Run, tracks: Tracks, longest_dm: int) -> None:
    start, stop = run.edges()
    reached = run.reached_um()
    way = run.way[start]
    lengths = _lengths_dm(tracks, way, reached[start], reached[stop])
    after: list[int] = []
    lon: list[int] = []
    lat: list[int] = []
    for e in np.flatnonzero((lengths > longest_dm) & tracks.course[way]).tolist():
        p, q = int(start[e]), int(stop[e])
        at_um = reached[p : q + 1] - reached[p]
        # Half a decimetre less, since the length of each part is rounded by itself.
        most_um = int((longest_dm - 0.5) / lengths[e] * at_um[-1])
        for where in _cuts(at_um.tolist(), most_um):
            if isinstance(where, int):
                run.cut[p + where] = run.inner[p + where] = True
                continue
            segment, along = where
            after.append(p + segment)
            one, other = run.ref[p + segment], run.ref[p + segment + 1]
            for column, out in ((run.lon_e7, lon), (run.lat_e7, lat)):
                out.append(round(column[one] + (column[other] - column[one]) * along))
    if not after:
        return
    new = len(run.lon_e7) + np.arange(len(after))
    at = np.array(after) + 1
    run.way = np.insert(run.way, at, run.way[np.array(after)])
    run.ref = np.insert(run.ref, at, new)
    run.cut = np.insert(run.cut, at, True)
    run.inner = np.insert(run.inner, at, True)
    run.lon_e7 = np.concatenate([run.lon_e7, np.array(lon, np.int64)])
    run.lat_e7 = np.concatenate([run.lat_e7, np.array(lat, np.int64)])


def _cuts(at_um: list[int], most_um: int) -> Iterator[int | tuple[int, float]]:
    """Where to cut a line so that no part is longer: points of it, or (segment, how far along).

    The last point that is near enough is taken when it leaves at least half of what is allowed
    behind; else what is left is divided evenly.
    """
    last_um, end_um, point = 0, at_um[-1], 0
    while end_um - last_um > most_um:
        while at_um[point + 1] <= last_um + most_um:
            point += 1
        if 2 * (at_um[point] - last_um) >= most_um:
            last_um = at_um[point]
            yield point
            continue
        left_um = end_um - last_um
        last_um += left_um // -(-left_um // most_um)
        yield point, (last_um - at_um[point]) / (at_um[point + 1] - at_um[point])


def _lengths_dm(tracks: Tracks, way: Longs, from_um: Longs, to_um: Longs) -> Longs:
    """The length of each edge: measured, or its share of what the source states of its way."""
    measured: Longs = np.maximum(1, (2 * (to_um - from_um) + _UM_PER_DM) // (2 * _UM_PER_DM))
    stated = tracks.length_dm[way]
    if not stated.any():
        return measured
    begins = np.full(tracks.ways, np.iinfo(np.int64).max)
    np.minimum.at(begins, way, from_um)
    whole = np.zeros(tracks.ways, np.int64)
    np.maximum.at(whole, way, to_um - begins[way])
    # Shares are cut from one whole, so that they add up to it.
    share = stated / whole[way]
    from_dm = np.rint((from_um - begins[way]) * share).astype(np.int64)
    to_dm = np.rint((to_um - begins[way]) * share).astype(np.int64)
    measured[stated > 0] = np.maximum(1, to_dm - from_dm)[stated > 0]
    return measured
