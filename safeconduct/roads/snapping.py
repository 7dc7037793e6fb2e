"""The junction nearest to a place, with its distance, or that there is no road near it.

Every node is looked at: comparing a million positions takes a few milliseconds, less than an index
would take to load. Exact distances are asked only for those that can be the nearest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from safeconduct.errors import RouteRefused
from safeconduct.roads.graph import Graph, Longs
from safeconduct.roads.nearness import FARTHEST_M
from safeconduct.spacetime import Point

__all__ = ["FARTHEST_M", "Snapped", "arrivals", "snap"]

_DEGREE_M = 110_574  # of latitude at the equator, where it is shortest
_MOST_E7 = 1_800_000_000
#: A sphere errs by at most 0.6 % against the ellipsoid, once in either of two distances.
_SLACK = 1.013


@dataclass(frozen=True, slots=True)
class Snapped:
    """A junction and how far from it the place is, rounded up to whole metres.

    Parameters
    ----------
    component : the strongly connected part it is in; 0 is the largest.
    """

    node: int
    distance_m: int
    component: int = 0

    @property
    def is_apart(self) -> bool:
        """Whether it lies outside the largest part: from there to here and back is no way."""
        return self.component != 0


def snap(
    graph: Graph, point: Point, limit_m: int = FARTHEST_M, *, component: int | None = None
) -> Snapped:
    """The junction nearest to `point`; at a tie the one with the least number.

    Parameters
    ----------
    limit_m : no farther than this.
    component : look only in this part of the network; None for all of it.

    Raises
    ------
    RouteRefused : there is none within the limit; the error names the nearest and its distance.
    """
    near = _nearest(graph, point, component, _in_box(graph, point, limit_m))
    if near is None or near.distance_m > limit_m:
        near = _nearest(graph, point, component, np.arange(graph.nodes))
    if near is not None and near.distance_m <= limit_m:
        return near
    part = "" if component is None else f" of part {component}"
    if near is None:
        raise RouteRefused(
            f"The roads of {graph.id} have no junction{part}.",
            "Name a part that is there, or none.",
        )
    raise RouteRefused(
        f"The place {point} (longitude, latitude) is {_shown(near.distance_m)} from the nearest "
        f"road{part}, at {graph.node_ids[near.node]}; at most {_shown(limit_m)} are allowed.",
        "Check the position (longitude first), import roads that reach it, or allow more.",
        distance_m=near.distance_m,
        limit_m=limit_m,
        node=graph.node_ids[near.node],
    )


def arrivals(graph: Graph, node: int) -> tuple[int, ...]:
    """Every node at which one is at the junction of `node`: itself and its copies.

    >>> from safeconduct.roads.raw import RawEdge, RawNetwork, RawPlace
    >>> from safeconduct.roads.graphing import graph_of_raw
    >>> ends = (RawPlace("A", at=Point(0, 0)), RawPlace("B", at=Point(9, 9)))
    >>> arrivals(graph_of_raw(RawNetwork(ends, (RawEdge("e", "A", "B"),))), 1)
    (1,)
    """
    same = np.flatnonzero(graph.junction == graph.junction[node])
    return tuple(same.tolist())


def _in_box(graph: Graph, point: Point, limit_m: int) -> Longs:
    """The nodes in a box around the circle of the limit; all where a box is no use."""
    high = math.ceil(limit_m / _DEGREE_M * 1e7 * 1.01)
    farthest = (abs(point.lat_e7) + high) / 1e7
    wide = high / math.cos(math.radians(farthest)) if farthest < 89 else math.inf
    if abs(point.lon_e7) + wide > _MOST_E7:
        return np.arange(graph.nodes)
    west, east = point.lon_e7 - wide, point.lon_e7 + wide
    inside = (graph.lat_e7 >= point.lat_e7 - high) & (graph.lat_e7 <= point.lat_e7 + high)
    inside &= (graph.lon_e7 >= west) & (graph.lon_e7 <= east)
    return np.flatnonzero(inside)


def _nearest(graph: Graph, point: Point, component: int | None, nodes: Longs) -> Snapped | None:
    nodes = nodes[graph.junction[nodes] == nodes]
    if component is not None:
        nodes = nodes[graph.component[nodes] == component]
    if not len(nodes):
        return None
    rough = _on_a_sphere(graph, point, nodes)
    nodes = nodes[rough <= rough.min() * _SLACK + 1]
    from pyproj import Geod  # 0.1 s; needed only where a place is looked for

    count = len(nodes)
    lon, lat = np.full(count, point.lon_e7 / 1e7), np.full(count, point.lat_e7 / 1e7)
    _, _, metres = Geod(ellps="WGS84").inv(
        lon, lat, graph.lon_e7[nodes] / 1e7, graph.lat_e7[nodes] / 1e7
    )
    best = int(np.argmin(metres))
    node = int(nodes[best])
    # A tenth of a millimetre is no distance, and not worth a metre.
    return Snapped(node, math.ceil(float(metres[best]) - 1e-4), int(graph.component[node]))


def _on_a_sphere(graph: Graph, point: Point, nodes: Longs) -> NDArray[np.float64]:
    """Metres from the point to each node by the haversine formula."""
    lat, lon = np.radians(graph.lat_e7[nodes] / 1e7), np.radians(graph.lon_e7[nodes] / 1e7)
    here_lat, here_lon = math.radians(point.lat_e7 / 1e7), math.radians(point.lon_e7 / 1e7)
    half = np.sin((lat - here_lat) / 2) ** 2
    half += np.cos(lat) * math.cos(here_lat) * np.sin((lon - here_lon) / 2) ** 2
    metres: NDArray[np.float64] = 2 * 6_371_008.8 * np.arcsin(np.sqrt(np.minimum(1, half)))
    return metres


def _shown(metres: int) -> str:
    return f"{metres / 1000:.1f} km" if metres >= 10_000 else f"{metres} m"
