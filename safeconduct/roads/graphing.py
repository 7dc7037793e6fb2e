"""From ways over points to a `Graph`: the arrays that searches run on.

Ways are cut where they join and long ones are split (`stretches.py`), restricted turns become
copies of junctions (`turning.py`), nodes are put in Morton order and the strongly connected parts
are numbered (`parts.py`). Lists of roads that are not from a survey come through `rawtracks.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safeconduct.errors import RouteRefused
from safeconduct.roads.graph import Graph, Ints, Longs, Names
from safeconduct.roads.parts import strong_parts
from safeconduct.roads.raw import RawNetwork
from safeconduct.roads.rawtracks import tracks_of_raw
from safeconduct.roads.stretches import Stretches, stretches
from safeconduct.roads.tracks import Tracks
from safeconduct.roads.turning import Arcs, with_turns

__all__ = ["LONGEST_DM", "graph_of_raw", "graph_of_tracks", "morton"]

LONGEST_DM = 20_000
"""No edge with a known course is longer: 2 km, which a column crosses in minutes."""


def graph_of_raw(
    raw: RawNetwork,
    *,
    id: str = "roads",
    longest_dm: int = LONGEST_DM,
    source_sha256: str = "",
    label: str = "",
) -> Graph:
    """The graph of lines and tables of roads, each open both ways; notes say what was dropped.

    Lines join at every coordinate that they share. A road without a line is never split, since
    nobody knows where its middle is.

    Raises
    ------
    RouteRefused : a place has no position, a line does not end at its places, no road is left.
    """
    return graph_of_tracks(
        tracks_of_raw(raw),
        id=id,
        longest_dm=longest_dm,
        source_sha256=source_sha256,
        label=label or raw.label,
    )


def graph_of_tracks(
    tracks: Tracks,
    *,
    id: str = "roads",
    longest_dm: int = LONGEST_DM,
    source_sha256: str = "",
    label: str = "",
) -> Graph:
    """The graph of these ways.

    Parameters
    ----------
    longest_dm : no edge whose course is known is longer; at least 10 m are allowed.

    Raises
    ------
    RouteRefused : no way can be driven at all.
    """
    cut = stretches(tracks, max(100, longest_dm))
    ends = _ends(cut, tracks)
    arcs = _arcs(cut, tracks, ends)
    if not len(arcs.tail):
        raise RouteRefused(
            f"Of {tracks.ways} roads none can be driven, so no network is left.",
            "Check what the file holds, and which roads are counted as fit for trucks.",
            ways=tracks.ways,
        )
    node_at = dict(zip(ends.point.tolist(), range(len(ends.point)), strict=True))
    turns = [turn._replace(via=node_at[turn.via]) for turn in tracks.turns if turn.via in node_at]
    turned, copied = with_turns(arcs, len(ends.point), cut.way, turns)
    nodes = _ordered_nodes(cut, ends, copied)
    edge_order, edge_rank = _edge_order(nodes.rank[ends.a], nodes.rank[ends.b])
    tail = nodes.rank[turned.tail]
    arc_order = np.lexsort((edge_rank[turned.edge], tail))
    first = np.zeros(len(nodes.point) + 1, np.int32)
    np.cumsum(np.bincount(tail, minlength=len(nodes.point)), out=first[1:])
    head = nodes.rank[turned.head][arc_order].astype(np.int32)
    component = _component(first, head, nodes.junction)
    way = cut.way[edge_order]
    line_first, on_line = _lines(cut, tracks, edge_order)
    edge_ids = list(cut.ids(tracks))
    a, b = (nodes.rank[end][edge_order].astype(np.int32) for end in (ends.a, ends.b))
    length_dm = cut.length_dm[edge_order].astype(np.int32)
    return Graph(
        id=id,
        lon_e7=cut.lon_e7[nodes.point],
        lat_e7=cut.lat_e7[nodes.point],
        junction=nodes.junction,
        first=first,
        head=head,
        edge=edge_rank[turned.edge][arc_order].astype(np.int32),
        backwards=turned.backwards[arc_order],
        a=a,
        b=b,
        length_dm=length_dm,
        kind=tracks.kind[way],
        surface=tracks.surface[way],
        weight_kg=tracks.weight_kg[way],
        height_cm=tracks.height_cm[way],
        width_cm=tracks.width_cm[way],
        bridge=tracks.bridge[way],
        line_first=line_first,
        line_lon_e7=cut.lon_e7[on_line],
        line_lat_e7=cut.lat_e7[on_line],
        name=tracks.name[way],
        component=component,
        kinds=tracks.kinds,
        surfaces=tracks.surfaces,
        names=tracks.names,
        node_ids=Names.of(_node_ids(nodes, cut, tracks, edge_ids)),
        edge_ids=Names.of([edge_ids[e] for e in edge_order.tolist()]),
        notes=(*tracks.notes, *_part_notes(component, nodes.junction, a, b, length_dm)),
        source_sha256=source_sha256,
        label=label,
    )


def morton(lon_e7: Ints, lat_e7: Ints) -> NDArray[np.uint64]:
    """The Morton number of each position: the bits of longitude and latitude in turn."""
    lon = (lon_e7.astype(np.int64) + 1_800_000_000).astype(np.uint64)
    lat = (lat_e7.astype(np.int64) + 900_000_000).astype(np.uint64)
    return _spread(lon) | _spread(lat) << np.uint64(1)


def _spread(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Bit `i` of each number moved to bit `2 i`."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        bits = (bits | bits << np.uint64(shift)) & np.uint64(mask)
    return bits


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """The nodes at the ends of edges, numbered by their points; `point` of each node, (N,)."""

    point: Longs
    a: Longs
    b: Longs


def _ends(cut: Stretches, tracks: Tracks) -> _Ends:
    """One node for each point at which edges end; one for each end at a point that is blocked.

    Who comes to a bollard from one side does not get to the other.
    """
    points = np.concatenate([cut.ref[cut.start], cut.ref[cut.stop]])
    total = len(cut.lon_e7)
    blocked = np.zeros(total, bool)
    blocked[: tracks.points] = tracks.blocked
    apart = np.flatnonzero(blocked[points])
    keys = points.copy()
    keys[apart] = total + np.arange(len(apart))
    found, where = np.unique(keys, return_inverse=True)
    point = np.where(found < total, found, 0)
    point[found >= total] = points[apart]
    edges = len(cut.start)
    return _Ends(point, where[:edges], where[edges:])


def _arcs(cut: Stretches, tracks: Tracks, ends: _Ends) -> Arcs:
    forth = np.flatnonzero(tracks.forward[cut.way])
    back = np.flatnonzero(tracks.backward[cut.way])
    backwards = np.zeros(len(forth) + len(back), np.uint8)
    backwards[len(forth) :] = 1
    return Arcs(
        np.concatenate([ends.a[forth], ends.b[back]]),
        np.concatenate([ends.b[forth], ends.a[back]]),
        np.concatenate([forth, back]),
        backwards,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Nodes:
    """Nodes in Morton order: their points and junctions; `rank` of what was numbered before."""

    point: Longs
    junction: Ints
    rank: Longs


def _ordered_nodes(cut: Stretches, ends: _Ends, copied: Longs) -> _Nodes:
    point = np.concatenate([ends.point, ends.point[copied]])
    junction = np.concatenate([np.arange(len(ends.point)), copied])
    order = np.argsort(morton(cut.lon_e7[point], cut.lat_e7[point]), kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return _Nodes(point[order], rank[junction[order]].astype(np.int32), rank)


def _edge_order(a: Longs, b: Longs) -> tuple[Longs, Longs]:
    """Edges by where they lie: their order, and the new number of each."""
    order = np.lexsort((np.maximum(a, b), np.minimum(a, b)))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return order, rank


def _component(first: Ints, head: Ints, junction: Ints) -> Ints:
    """The part of each node; a junction belongs to the largest of its own and its copies' parts.

    Whoever arrives at a copy is at the junction, and whoever starts at the junction may leave as
    from any copy: so there is a way there and back between it and all of that part.
    """
    own = strong_parts(first, head)
    best = own.copy()
    np.minimum.at(best, junction, own)
    return np.where(junction == np.arange(len(junction)), best, own).astype(np.int32)


def _lines(cut: Stretches, tracks: Tracks, order: Longs) -> tuple[Longs, Longs]:
    """Where each edge's line starts, and the points of all lines."""
    start = cut.start[order]
    count = np.where(tracks.course[cut.way[order]], cut.stop[order] - start + 1, 0)
    line_first = np.zeros(len(order) + 1, np.int64)
    np.cumsum(count, out=line_first[1:])
    within = np.arange(line_first[-1]) - np.repeat(line_first[:-1], count)
    return line_first, cut.ref[np.repeat(start, count) + within]


def _node_ids(
    nodes: _Nodes, cut: Stretches, tracks: Tracks, edge_ids: Sequence[str]
) -> Iterator[str]:
    """The id of each node's point; copies of a junction, and the sides of a bollard, get an ending.

    A point that a split put in has its id from the edge that starts there.
    """
    starts = cut.ref[cut.start].tolist()
    begins = {point: e for e, point in enumerate(starts) if point >= tracks.points}
    times: dict[int, int] = {}
    for node, (point, stands) in enumerate(
        zip(nodes.point.tolist(), nodes.junction.tolist(), strict=True)
    ):
        if point >= tracks.points:
            yield f"{edge_ids[begins[point]]}-start"
        elif node == stands and not tracks.blocked[point]:
            yield tracks.point_ids[point]
        else:
            times[point] = times.get(point, 0) + 1
            yield f"{tracks.point_ids[point]}~{times[point]}"


def _part_notes(
    component: Ints, junction: Ints, a: Ints, b: Ints, length_dm: Ints
) -> Iterator[str]:
    """A sentence on the parts of the network, when it is not all one."""
    stands = junction == np.arange(len(junction))
    parts = len(np.unique(component[stands]))
    if parts == 1:
        return
    inside = (component[a] == 0) & (component[b] == 0)
    km, all_km = (round(int(dm.sum()) / 10_000) for dm in (length_dm[inside], length_dm))
    yield (
        f"{parts} parts between which there is no way there and back; the largest has "
        f"{int((component[stands] == 0).sum())} of {int(stands.sum())} junctions and {km} of "
        f"{all_km} km"
    )
