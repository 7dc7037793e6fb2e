"""How a graph is divided by areas: quickly, with the same pieces as a network has.

`divide` lets the geometry library decide whole edges by the thousand, and cuts exactly only those
that meet a border. `redivide` looks again only near the areas that changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.roads.arrays import division_of, graph_of
from safeconduct.roads.assembling import Parts, Severed, assembled, severed
from safeconduct.roads.contacts import Contact, GraphBoxes, contact
from safeconduct.roads.cutting import cut_near
from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph
from safeconduct.roads.ground import Ground
from safeconduct.roads.lines import Line, measured_corners
from safeconduct.spacetime import Area

__all__ = ["divide", "division_of", "graph_of", "redivide"]


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What was found out while a graph was divided, so that it need not be found out again."""

    ground: Ground
    boxes: GraphBoxes
    contacts: Mapping[str, Contact]
    cuts: Mapping[int, Severed]


def divide(graph: Graph, areas: Sequence[Area]) -> Division:
    """The graph, cut where the borders of these areas cross its edges; their order is no matter.

    The pieces are those that `build` gives a network of the same lines, to the decimetre. An area
    without an outline, and an edge without a course, have nothing to do with one another here: the
    notes say so.

    Raises
    ------
    WrongField : an id is used for two areas.
    UnknownReference : a composite has a member that is not there.
    AreaRefused : an outline without a clear inside, or an area that contains itself.
    """
    return _divided(graph, Ground.of(areas), None)


def redivide(division: Division, areas: Sequence[Area]) -> Division:
    """What `divide` gives for the same graph and these areas, from a division by others.

    Only what lies near an area that is new, gone or drawn otherwise is looked at again. A division
    that was not made by `divide` is made anew.
    """
    before = division.survey
    if not isinstance(before, Survey):
        return divide(division.graph, areas)
    return _divided(division.graph, Ground.of(areas, before.ground), before)


def _divided(graph: Graph, ground: Ground, before: Survey | None) -> Division:
    boxes = before.boxes if before else GraphBoxes.of(graph)
    kept = _kept(ground, before)
    contacts = {
        id: kept[id] if id in kept else contact(graph, boxes, shape)
        for id, shape in ground.shapes.items()
    }
    gone = [one for id, one in (before.contacts if before else {}).items() if id not in kept]
    come = [one for id, one in contacts.items() if id not in kept]
    again = {edge for one in (*gone, *come) for edge in one.meets.tolist()}
    cuts = {edge: one for edge, one in (before.cuts if before else {}).items() if edge not in again}
    cuts |= _cut_again(graph, ground, contacts, again)
    survey = Survey(ground, boxes, contacts, cuts)
    return assembled(Parts(graph, ground, contacts, cuts, boxes.undrawn, survey))


def _kept(ground: Ground, before: Survey | None) -> dict[str, Contact]:
    """The contacts of the areas whose shape is the very one that it was."""
    if before is None:
        return {}
    shapes = before.ground.shapes
    return {id: before.contacts[id] for id in ground.shapes if shapes.get(id) is ground.shapes[id]}


def _cut_again(
    graph: Graph, ground: Ground, contacts: Mapping[str, Contact], again: Iterable[int]
) -> dict[int, Severed]:
    """The cuts of these edges by every area whose border they meet; those that meet none left out.

    All areas at once: borders of two areas that lie within 12 mm of one another cut at one spot.
    """
    near: defaultdict[int, list[int]] = defaultdict(list)
    wanted = np.zeros(graph.edges, np.bool_)
    wanted[list(again)] = True
    for number, one in enumerate(contacts.values()):
        for edge in one.meets[wanted[one.meets]].tolist():
            near[edge].append(number)
    edges = sorted(near)
    if not edges:
        return {}
    lines = _lines(graph, edges)
    found = cut_near(lines, ground.shapes, {n: near[edge] for n, edge in enumerate(edges)})
    return {
        edge: severed(line.length_dm, found[line.id])
        for edge, line in zip(edges, lines, strict=True)
    }


def _lines(graph: Graph, edges: Sequence[int]) -> tuple[Line, ...]:
    """These edges as measured lines, stretched to the length that the graph has for them."""
    drawn: dict[str, list[tuple[int, int]]] = {}
    for edge in edges:
        part = slice(int(graph.line_first[edge]), int(graph.line_first[edge + 1]))
        corners = zip(
            graph.line_lon_e7[part].tolist(), graph.line_lat_e7[part].tolist(), strict=True
        )
        drawn[graph.edge_ids[edge]] = [*corners]
    plain = measured_corners(drawn, {}).values()
    lengths = graph.length_dm[np.array(edges)].tolist()
    return tuple(
        line
        if line.length_dm == length_dm
        else Line(line.id, line.corners, line.lengths_um, length_dm)
        for line, length_dm in zip(plain, lengths, strict=True)
    )
