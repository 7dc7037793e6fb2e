"""Which edges and nodes of a graph does an area hold, and which does its border meet?

Whole edges are decided here, by the thousand: one that lies inside without meeting the border is
held whole, one that is apart is not concerned. Only what meets a border must be cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safeconduct.roads.graph import Graph, Ints

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Boxes", "Contact", "GraphBoxes", "contact"]

#: Edges and nodes of a graph stand near their neighbours, so that a block of them has a small box.
_BLOCK = 256
_NOWHERE = np.iinfo(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """What one area has to do with a graph.

    Parameters
    ----------
    holds : the edges that lie inside it and do not meet its border, rising.
    meets : the edges that its border meets, rising.
    touches_nodes, holds_nodes : the nodes in it or on its border, and those inside it, rising.
    """

    holds: Ints
    meets: Ints
    touches_nodes: Ints
    holds_nodes: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """The boxes around many things, each `[west, south, east, north]`, and around blocks of them.

    What has no position has an empty box, which meets nothing.
    """

    each: Ints
    blocks: Ints

    @classmethod
    def of(cls, each: Ints) -> Boxes:
        """These boxes, of shape (4, n)."""
        if not each.shape[1]:
            return cls(each, each)
        starts = np.arange(0, each.shape[1], _BLOCK)
        least = np.minimum.reduceat(each[:2], starts, axis=1)
        most = np.maximum.reduceat(each[2:], starts, axis=1)
        return cls(each, np.concatenate([least, most]))

    def meeting(self, box: tuple[float, float, float, float]) -> Ints:
        """The numbers of the things whose box meets this one, rising."""
        blocks = np.flatnonzero(_meet(self.blocks, box))
        if 4 * len(blocks) > self.blocks.shape[1]:  # to pick them out would take longer
            return np.flatnonzero(_meet(self.each, box)).astype(np.int32)
        near = (blocks[:, None] * _BLOCK + np.arange(_BLOCK)).ravel()
        near = near[near < self.each.shape[1]]
        return np.asarray(near[_meet(self.each[:, near], box)], np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class GraphBoxes:
    """The boxes around the edges and the nodes of a graph, worked out once.

    `undrawn` is how many edges have no course on the map, or one without any length. Nobody can
    tell which areas they run in.
    """

    edges: Boxes
    nodes: Boxes
    undrawn: int

    @classmethod
    def of(cls, graph: Graph) -> GraphBoxes:
        spot = np.stack([graph.lon_e7, graph.lat_e7])
        each = np.empty((4, graph.edges), np.int32)
        each[:2], each[2:] = _NOWHERE.max, _NOWHERE.min
        drawn = np.flatnonzero(np.diff(graph.line_first) > 0)
        if len(drawn):
            starts = graph.line_first[drawn]
            for row, values in enumerate((graph.line_lon_e7, graph.line_lat_e7)):
                each[row, drawn] = np.minimum.reduceat(values, starts)
                each[row + 2, drawn] = np.maximum.reduceat(values, starts)
        undrawn = ~((each[0] < each[2]) | (each[1] < each[3]))
        each[:2, undrawn], each[2:, undrawn] = _NOWHERE.max, _NOWHERE.min
        nodes = Boxes.of(np.concatenate([spot, spot]))
        return cls(Boxes.of(each), nodes, int(undrawn.sum()))


def contact(graph: Graph, boxes: GraphBoxes, shape: BaseGeometry) -> Contact:
    """What a shape holds, meets and touches of a graph."""
    import shapely  # 0.2 s; needed only while a graph is divided

    shapely.prepare(shape)
    edges = boxes.edges.meeting(shape.bounds)
    lines = _lines(graph, edges)
    held = shapely.contains_properly(shape, lines)
    beyond = edges[~held]
    met = shapely.intersects(shape, lines[~held])
    nodes = boxes.nodes.meeting(shape.bounds)
    spots = graph.lon_e7[nodes], graph.lat_e7[nodes]
    touched = nodes[shapely.intersects_xy(shape, *spots)]
    inside = nodes[shapely.contains_xy(shape, *spots)]
    return Contact(edges[held], beyond[met], touched, inside)


def _lines(graph: Graph, edges: Ints) -> NDArray[np.object_]:
    """The courses of these edges as geometries; each has one."""
    import shapely  # 0.2 s; needed only while a graph is divided

    starts, counts = graph.line_first[edges], np.diff(graph.line_first)[edges]
    before = np.cumsum(counts) - counts
    at = np.arange(int(counts.sum())) + np.repeat(starts - before, counts)
    corners = np.stack([graph.line_lon_e7[at], graph.line_lat_e7[at]], axis=1).astype(np.float64)
    owner = np.repeat(np.arange(len(edges)), counts)
    return np.asarray(shapely.linestrings(corners, indices=owner))


def _meet(boxes: Ints, box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    west, south, east, north = box
    return np.asarray(
        (boxes[0] <= east) & (boxes[2] >= west) & (boxes[1] <= north) & (boxes[3] >= south)
    )
