"""Where and when a movement may be driven, as the search for its asks takes it.

On the safe side throughout: the slowest leg says how long the column takes to pass, the longest
hold of any checkpoint may hold up whatever lies under the column, and every hold may have been the
shortest one. So a trip that is found is one by the judge's own occupancy too; one that only just
fits may be missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.cover import Cover, LegProfile
from safeconduct.cover.table import table
from safeconduct.planning.shortest.finding import Passage
from safeconduct.roads.division import Division
from safeconduct.roads.pace import driving_s
from safeconduct.roads.search import Limits
from safeconduct.roads.ways import Pace, numbers_of, ways_of
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Checkpoint, Leg, Movement

__all__ = ["Setting", "setting_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What `shortest_asks` has to know of a movement beside the roads; its fields as there."""

    passages: tuple[Passage, ...]
    earliest: int
    latest: int
    behind_s: int
    early_s: int
    limits: Limits

    @property
    def possible(self) -> bool:
        """Whether there is any time at all between the first departure and the last arrival."""
        return self.earliest < self.latest


def setting_of(
    movement: Movement,
    division: Division,
    covers: Sequence[Cover],
    *,
    earliest: int,
    closed_edges: Collection[int] = (),
) -> Setting:
    """The setting of a movement that drives at its legs' planning speeds, and waits nowhere.

    Parameters
    ----------
    earliest : the first moment of departure.
    closed_edges : numbers of edges that are closed whatever anybody says.

    Raises
    ------
    UnknownReference : the roads do not have a place that a leg begins or ends at.
    """
    holds = _holds(division, covers[0].situation.facts(Checkpoint))
    longest = max((most for _, most in holds.values()), default=0)
    loose = sum(most - least for least, most in holds.values())
    early_s = loose * len(movement.legs) + longest
    column_s = driving_s(
        max(1, movement.convoy.column_m * 10), min(leg.speed_kmh for leg in movement.legs)
    )
    behind_s = column_s + longest + movement.margin_s
    latest = movement.latest_at - column_s - movement.margin_s
    horizon = Span(earliest - early_s, max(movement.latest_at, earliest + 1) + longest)
    passages = []
    for leg, (start, end) in zip(movement.legs, _ends(movement, division), strict=True):
        hours = table(covers[0], division, LegProfile.of(leg), movement, horizon)
        ways = ways_of(
            division,
            Pace(leg.speed_kmh),
            closed_edges=closed_edges,
            holds={node: most for node, (_, most) in holds.items()},
            own_gates=hours.own_gates,
        )
        passages.append(Passage(leg, hours, ways, _copies(division, start), _copies(division, end)))
    return Setting(
        tuple(passages), earliest, latest, behind_s, early_s, Limits(until=latest, u_turns=False)
    )


def _ends(movement: Movement, division: Division) -> list[tuple[int, int]]:
    """The node at the beginning and at the end of each leg."""
    graph = division.graph
    if not movement.has_route:
        names = [name for leg in movement.legs for name in (leg.origin, leg.destination)]
        node = numbers_of(graph.node_ids, names, "place")
        return [(node[leg.origin], node[leg.destination]) for leg in movement.legs]
    edge = numbers_of(graph.edge_ids, _edges(movement.legs), "edge")

    def end(leg: Leg, step: int, first: bool) -> int:
        driven = leg.route[step]
        ends = graph.a if first != driven.backwards else graph.b
        return int(ends[edge[driven.edge]])

    return [(end(leg, 0, True), end(leg, -1, False)) for leg in movement.legs]


def _edges(legs: Iterable[Leg]) -> list[str]:
    return [step.edge for leg in legs for step in (leg.route[0], leg.route[-1])]


def _holds(division: Division, checkpoints: Iterable[Checkpoint]) -> dict[int, tuple[int, int]]:
    """The shortest and longest hold at each node; one of which nobody knows it counts as none."""
    places: dict[str, tuple[int, int]] = {}
    for one in checkpoints:
        if one.hold_max_s is not None:
            least, most = places.get(one.place, (0, 0))
            places[one.place] = least + one.hold_min_s, most + one.hold_max_s
    ids = enumerate(division.graph.node_ids if places else ())
    return {number: places[name] for number, name in ids if name in places}


def _copies(division: Division, node: int) -> tuple[int, ...]:
    """All the nodes that stand for one junction."""
    junction = division.graph.junction
    return tuple(int(one) for one in np.flatnonzero(junction == junction[node]))
