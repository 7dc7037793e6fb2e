"""How fast a column is expected on the roads of a search: what is recorded of them, as a pace."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from safeconduct.roads.graph import Graph
from safeconduct.roads.pace import Pace
from safeconduct.vocabulary import RoadSpeed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["pace_of"]


def pace_of(leg_kmh: int, graph: Graph, speeds: Sequence[RoadSpeed], at: int) -> Pace:
    """The pace of a column that leaves at one moment: the least speed that is valid then.

    It is what `roads.itinerary` goes by, road for road.

    Parameters
    ----------
    leg_kmh : the planning speed of the leg.
    """
    valid = [one for one in speeds if one.valid.contains(at) and one.speed_kmh < leg_kmh]
    whole = [one.speed_kmh for one in valid if not (one.edges or one.kinds or one.surfaces)]
    least = min([leg_kmh, *whole])
    kinds: dict[str, int] = {}
    surfaces: dict[str, int] = {}
    edges: dict[int, int] = {}
    for one in valid:
        if one.edges or (one.kinds and one.surfaces):
            found = _numbers(graph, one)
            edges |= {n: min(one.speed_kmh, edges.get(n, least)) for n in found}
            continue
        for name in one.kinds:
            kinds[name] = min(one.speed_kmh, kinds.get(name, least))
        for name in one.surfaces:
            surfaces[name] = min(one.speed_kmh, surfaces.get(name, least))
    return Pace(least, kinds, surfaces, edges)


def _numbers(graph: Graph, speed: RoadSpeed) -> list[int]:
    """The numbers of the edges that fit all that a speed names; what is not there fits nothing."""
    import numpy as np  # arrays; judging never comes here

    fits = np.ones(graph.edges, np.bool_)
    if speed.edges:
        fits = _named(graph, frozenset(speed.edges))
    for wanted, names, numbers in (
        (speed.kinds, graph.kinds, graph.kind),
        (speed.surfaces, graph.surfaces, graph.surface),
    ):
        if wanted:
            fits &= np.isin(numbers, [n for n, name in enumerate(names) if name in wanted])
    return [int(number) for number in np.flatnonzero(fits)]


def _named(graph: Graph, wanted: Collection[str]) -> NDArray[np.bool_]:
    import numpy as np  # arrays; judging never comes here

    fits = np.zeros(graph.edges, np.bool_)
    left = len(wanted)
    for number, name in enumerate(graph.edge_ids):
        if name in wanted:
            fits[number] = True
            left -= 1
            if not left:
                break
    return fits
