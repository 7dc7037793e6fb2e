"""The ways that a column may drive: which arcs of a division are left to it, and how slow each is.

A closed road, and one whose posted limit the column's largest vehicle exceeds, is left out. A
limit that nobody knows closes nothing; `limit_notes` says how many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safeconduct.errors import UnknownReference, WrongField
from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph, Longs, Names
from safeconduct.roads.pace import Pace, driving_s
from safeconduct.roads.search import GATED, WAIT, Ways

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Pace", "Vehicle", "driven_s", "limit_notes", "numbers_among", "numbers_of", "ways_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """The largest that drives in a column: the greatest weight, height and width among all.

    Raises
    ------
    WrongField : a measure is below 1: whoever does not know it cannot pass a posted limit by it.
    """

    weight_kg: int
    height_cm: int
    width_cm: int

    def __post_init__(self) -> None:
        for what in ("weight_kg", "height_cm", "width_cm"):
            if type(measure := getattr(self, what)) is not int or measure < 1:
                raise WrongField(
                    f"The {what} of the column's largest vehicle is {measure!r}.",
                    "Give the greatest of all vehicles, as a whole number, 1 or more.",
                    field=what,
                )


def ways_of(
    division: Division,
    pace: Pace,
    *,
    vehicle: Vehicle | None = None,
    closed_edges: Collection[int] = (),
    waits: Collection[int] = (),
    holds: Mapping[int, int] | None = None,
    own_gates: Mapping[int, int] | None = None,
    stands: Mapping[int, int] | None = None,
) -> Ways:
    """The arcs that are left to a column, with their seconds and gates.

    Row `b` of the gates is that of bundle `b`, and row `len(bundles) + c` that of class `c`, as
    `cover.table` gives them. What is said of one node of a junction holds for all of them.

    Parameters
    ----------
    vehicle : the column's largest; without one no limit closes anything.
    closed_edges : numbers of edges.
    waits : nodes at which the whole column may stand.
    holds : the longest hold in seconds at checkpoints, by node; it is added to every arc that
        leads there, which stays occupied meanwhile.
    own_gates : rows of nodes that open by more than their class, by node (`Table.own_gates`).
    stands : nodes at which the column may stand only while a row of their own is open. One that is
        gated keeps its gate, and nobody may stand there: passing it must not hang on that row.

    Raises
    ------
    WrongField : a hold is negative.
    """
    graph = division.graph
    tail = np.repeat(np.arange(graph.nodes, dtype=np.int32), np.diff(graph.first))
    kept = np.flatnonzero(_passable(graph, vehicle, closed_edges)[graph.edge]).astype(np.int32)
    head, edge, tail = graph.head[kept], graph.edge[kept], tail[kept]
    seconds = driven_s(graph, pace)[edge] + _holds(graph, holds or {})[head]
    first = np.zeros(graph.nodes + 1, np.int32)
    np.cumsum(np.bincount(tail, minlength=graph.nodes), out=first[1:])
    node_gate = (len(division.bundles) + division.node_class).astype(np.int32)
    gated = _gated(division, tail, head, edge)
    for node, row in (own_gates or {}).items():
        here = _junctions(graph, [node])
        node_gate[here], gated[here] = row, True
    flags = np.where(gated, GATED, 0) | np.where(_junctions(graph, waits), WAIT, 0)
    for node, row in (stands or {}).items():
        here = _junctions(graph, [node]) & ~gated
        node_gate[here], flags[here] = row, WAIT
    return Ways(
        first,
        head,
        seconds.astype(np.int32),
        division.edge_bundle[edge],
        edge,
        kept,
        node_gate,
        flags.astype(np.uint8),
    )


def driven_s(graph: Graph, pace: Pace) -> Longs:
    """How long the head of a column drives along each edge, in seconds, at least 1; shape (E,)."""
    speed = np.full(graph.edges, pace.leg_kmh, np.int64)
    for names, numbers, speeds in (
        (graph.kinds, graph.kind, pace.by_kind),
        (graph.surfaces, graph.surface, pace.by_surface),
    ):
        if speeds and names:
            allowed = np.array([speeds.get(name, pace.leg_kmh) for name in names], np.int64)
            speed = np.minimum(speed, allowed[numbers])
    for edge, kmh in pace.by_edge.items():
        speed[edge] = min(speed[edge], kmh)
    return driving_s(graph.length_dm.astype(np.int64), speed)


def limit_notes(graph: Graph, vehicle: Vehicle | None) -> tuple[str, ...]:
    """Sentences on the limits that nobody knows, or that were held against no vehicle."""
    posted = (graph.weight_kg > 0) | (graph.height_cm > 0) | (graph.width_cm > 0)
    notes = []
    if vehicle is None and posted.any():
        notes.append(
            f"no vehicle is described: the limits posted on {int(posted.sum())} edges closed none"
        )
    bridges = graph.bridge > 0
    unknown = int((bridges & (graph.weight_kg == 0)).sum())
    if unknown:
        notes.append(
            f"weight limit not known on {unknown} of {int(bridges.sum())} edges on bridges"
        )
    none = int((~posted).sum())
    if none:
        notes.append(f"no limit of weight, height or width known on {none} of {graph.edges} edges")
    return tuple(notes)


def numbers_of(names: Sequence[str], wanted: Iterable[str], what: str) -> dict[str, int]:
    """The number of each wanted id among these names (`graph.node_ids`, `graph.edge_ids`).

    Raises
    ------
    UnknownReference : an id is not among them; `what` says what it should be the id of.
    """
    wanted = set(wanted)
    found = numbers_among(names, wanted)
    for name in sorted(wanted - found.keys()):
        raise UnknownReference(
            f"The {what} {name!r} is not in this road network.",
            "Check its id, or bring in the roads that have it.",
            id=name,
        )
    return found


def numbers_among(names: Sequence[str], wanted: Collection[str]) -> dict[str, int]:
    """The number of each wanted id that is among these names; the others are left out."""
    found: dict[str, int] = {}
    missing = set(wanted)
    if isinstance(names, Names):
        data = names.data.tobytes()
        for name in sorted(missing):
            number = _number_in(names, data, name.encode())
            if number is not None:
                found[name] = number
        return found
    for number, name in enumerate(names if missing else ()):
        if name in missing:
            found[name] = number
            missing.discard(name)
    return found


def _number_in(names: Names, data: bytes, coded: bytes) -> int | None:
    """The number of a name among millions, found without reading each of them."""
    at = data.find(coded) if coded else -1
    while at >= 0:
        number = int(np.searchsorted(names.starts, at, side="right")) - 1
        if names.starts[number] == at and names.starts[number + 1] == at + len(coded):
            return number
        at = data.find(coded, int(names.starts[number + 1]))  # inside this name, or before more
    return None


def _passable(
    graph: Graph, vehicle: Vehicle | None, closed_edges: Collection[int]
) -> NDArray[np.bool_]:
    """Which edges neither a closure nor a posted limit shuts."""
    passable = np.ones(graph.edges, np.bool_)
    passable[list(closed_edges)] = False
    for limits, measure in _measures(graph, vehicle):
        passable &= (limits == 0) | (limits >= measure)
    return passable


def _measures(graph: Graph, vehicle: Vehicle | None) -> Iterator[tuple[NDArray[np.int32], int]]:
    if vehicle is not None:
        yield graph.weight_kg, vehicle.weight_kg
        yield graph.height_cm, vehicle.height_cm
        yield graph.width_cm, vehicle.width_cm


def _holds(graph: Graph, holds: Mapping[int, int]) -> Longs:
    held = np.zeros(graph.nodes, np.int64)
    for node, seconds in holds.items():
        if seconds < 0:
            raise WrongField(
                f"The longest hold at {graph.node_ids[node]} is {seconds} s.",
                "Give it in seconds, 0 or more.",
                place=graph.node_ids[node],
            )
        here = _junctions(graph, [node])
        held[here] = np.maximum(held[here], seconds)
    return held


def _junctions(graph: Graph, nodes: Collection[int]) -> NDArray[np.bool_]:
    """All nodes that stand for the same junctions as these."""
    if not nodes:
        return np.zeros(graph.nodes, np.bool_)
    return np.isin(graph.junction, graph.junction[list(nodes)])


def _gated(
    division: Division, tail: NDArray[np.int32], head: NDArray[np.int32], edge: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """The nodes whose class is not among the pieces of every edge at them, or that have none.

    Elsewhere an edge that is open until the head arrives has a piece of the node's own class, and
    so the node is open at that moment as well.
    """
    classes = len(division.classes)
    implied = np.array(
        [b * classes + cls for b, bundle in enumerate(division.bundles) for cls in bundle], np.int64
    )
    gated = np.ones(division.graph.nodes, np.bool_)
    gated[tail] = gated[head] = False
    row = division.edge_bundle[edge].astype(np.int64) * classes
    for end in (tail, head):
        gated[end[~np.isin(row + division.node_class[end], implied)]] = True
    return gated
