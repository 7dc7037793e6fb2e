"""The quickest way over imported roads for a truck, with no area and no guarantee looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from safeconduct.app.kernels import kernel_for
from safeconduct.app.roads import opened, place
from safeconduct.errors import RouteRefused, UnknownReference
from safeconduct.roads.graph import Graph, Names
from safeconduct.roads.quickest import Quickest, quickest, undivided
from safeconduct.roads.search import Ways
from safeconduct.roads.snapping import FARTHEST_M, Snapped, arrivals, snap
from safeconduct.roads.ways import Pace, Vehicle, limit_notes, ways_of

__all__ = ["TRUCK", "Leg", "Roadway", "roadway"]

TRUCK = Vehicle(weight_kg=20_000, height_cm=400, width_cm=255)
"""A loaded two- or three-axle truck: 20 t, 4 m high, 2.55 m wide."""

SPEED_KMH = 40
NOTHING_LOOKED_AT = "No area, no guarantee and no closure was looked at: this is no plan."


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A stretch of way over roads of one name and kind."""

    name: str
    kind: str
    length_dm: int
    seconds: int
    edges: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The stretch as JSON."""
        return {
            "name": self.name,
            "kind": self.kind,
            "length_m": -(-self.length_dm // 10),
            "seconds": self.seconds,
            "edges": list(self.edges),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadway:
    """The quickest way for one truck at one speed."""

    graph: Graph
    start: Snapped
    end: Snapped
    legs: tuple[Leg, ...]
    seconds: int
    speed_kmh: int
    vehicle: Vehicle
    notes: tuple[str, ...]

    @property
    def length_dm(self) -> int:
        """How long it is."""
        return sum(leg.length_dm for leg in self.legs)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "from": self._end(self.start),
            "to": self._end(self.end),
            "length_m": -(-self.length_dm // 10),
            "seconds": self.seconds,
            "speed_kmh": self.speed_kmh,
            "vehicle": {
                "weight_kg": self.vehicle.weight_kg,
                "height_cm": self.vehicle.height_cm,
                "width_cm": self.vehicle.width_cm,
            },
            "legs": [leg.as_json() for leg in self.legs],
            "notes": list(self.notes),
        }

    def _end(self, end: Snapped) -> dict[str, Any]:
        return {"node": self.graph.node_ids[end.node], "distance_m": end.distance_m}


def roadway(
    folder: str,
    from_: str,
    to: str,
    *,
    speed_kmh: int = SPEED_KMH,
    vehicle: Vehicle = TRUCK,
    within_m: int = FARTHEST_M,
) -> Roadway:
    """The quickest way between two places.

    Parameters
    ----------
    from_, to : each `LON,LAT`, or the id of a junction.
    within_m : how far a position may be from its junction.

    Raises
    ------
    RouteRefused : a place is too far from any road, or there is no way.
    UnknownReference : no junction has that id.
    WrongField : no position; a speed that is none.
    MissingFile, UnreadableFile : as `check_graph`.
    """
    pace = Pace(speed_kmh)
    graph = opened(folder, check=True)
    start, end = (_stand(graph, text, within_m) for text in (from_, to))
    ways = ways_of(undivided(graph), pace, vehicle=vehicle)
    found = quickest(kernel_for(ways), ways, arrivals(graph, start.node), arrivals(graph, end.node))
    if found is None:
        raise _no_way(graph, start, end)
    return Roadway(
        graph=graph,
        start=start,
        end=end,
        legs=tuple(_legs(graph, ways, found)),
        seconds=found.seconds,
        speed_kmh=speed_kmh,
        vehicle=vehicle,
        notes=(NOTHING_LOOKED_AT, *limit_notes(graph, vehicle)),
    )


def _stand(graph: Graph, text: str, within_m: int) -> Snapped:
    if "," in text:
        return snap(graph, place(text), within_m)
    ids = graph.node_ids
    node = ids.find(text) if isinstance(ids, Names) else None
    if node is None:
        raise UnknownReference(
            f"No junction of {graph.id} has the id {text!r}.",
            "Give a position as LON,LAT, or an id that `safeconduct roads snap` shows.",
            id=text,
        )
    return Snapped(node, 0, int(graph.component[node]))


def _no_way(graph: Graph, start: Snapped, end: Snapped) -> RouteRefused:
    apart = start.component != end.component
    parts = f"they are in parts {start.component} and {end.component} of the network"
    why = parts if apart else "both are in one part of the network, so a posted limit is in the way"
    return RouteRefused(
        f"There is no way for this truck from {graph.node_ids[start.node]} to "
        f"{graph.node_ids[end.node]}: {why}.",
        "Look at the parts with `safeconduct roads info`, or ask for a place in the same part."
        if apart
        else "Ask for a smaller truck, or correct the limit where the map has it wrong.",
        parts=[start.component, end.component],
    )


def _legs(graph: Graph, ways: Ways, found: Quickest) -> Iterator[Leg]:
    def called(arc: int) -> tuple[str, str]:
        edge = int(ways.edge[arc])
        return graph.names[int(graph.name[edge])], graph.kinds[int(graph.kind[edge])]

    for (name, kind), group in groupby(found.arcs, called):
        arcs = list(group)
        edges = ways.edge[arcs].tolist()
        yield Leg(
            name=name,
            kind=kind,
            length_dm=int(graph.length_dm[edges].sum()),
            seconds=int(ways.seconds[arcs].sum()),
            edges=tuple(graph.edge_ids[edge] for edge in edges),
        )
