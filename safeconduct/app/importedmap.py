"""Imported roads as the map of a plan: cut by the register's areas, its places at their junctions.

The search goes over the whole graph. The judge looks at a network of just the edges that a route
uses, built from their lines as the network of a case is, so that judging stays exact and small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from safeconduct.adapters.files.graphfolder import check_graph
from safeconduct.app.kernels import kernel_for
from safeconduct.app.opening import Opened
from safeconduct.app.roadway import TRUCK
from safeconduct.clearance import Judge
from safeconduct.cover import Cover
from safeconduct.errors import RouteRefused
from safeconduct.planning.drives import ended
from safeconduct.planning.legroads import Roads
from safeconduct.roads import Network, RawEdge, RawNetwork, RawPlace
from safeconduct.roads.adopting import on_the_map
from safeconduct.roads.build import build
from safeconduct.roads.dividing import divide
from safeconduct.roads.graph import Graph
from safeconduct.roads.snapping import FARTHEST_M, Snapped, arrivals, snap
from safeconduct.roads.ways import limit_notes, numbers_of
from safeconduct.spacetime import Area, Point
from safeconduct.vocabulary import AdoptedRoads, Checkpoint, Crossing, Movement, WaitingPlace

__all__ = ["edge_of", "imported", "imported_to", "places_on", "position"]


def imported(opened: Opened, judge: Judge, movement: Movement, folder: str) -> Roads:
    """The roads of a folder, with the places of the movement, and its checkpoints and crossings.

    An area without an outline cannot be found on a map. So what threatens or is needed there counts
    on every road, and what was given there on none.

    Raises
    ------
    RouteRefused : a place has no position, or no road is near enough to it.
    MissingFile, UnreadableFile : as `check_graph`.
    """
    roads, _ = imported_to(opened, judge, movement, folder)
    return roads


def imported_to(
    opened: Opened,
    judge: Judge,
    movement: Movement,
    folder: str,
    ends: Sequence[str] = (),
    also: Sequence[str] = (),
) -> tuple[Roads, dict[str, str]]:
    """The roads of a folder as in `imported`, and why each of some places is not on them.

    Parameters
    ----------
    ends : the places that must be on the roads; those of the movement when left out.
    also : places that are looked for as well, and may be missing.
    """
    # A flipped bit can lead a plan over a road that is not there, so all is compared first: 0.3 s
    # of work for a million nodes.
    graph = check_graph(Path(folder))
    found = _Places.of(graph, judge, movement, ends, also)
    areas = tuple(on_the_map(opened.areas))
    division = divide(replace(graph, node_ids=_Renamed(graph.node_ids, found.names)), areas)
    numbers: dict[str, int] = {}
    judge_of = _judges(judge, division.graph, areas, numbers)
    roads = Roads(
        division=division,
        covers=tuple(
            Cover(judge.situation, division, judge.policy.profile(profile))
            for profile in movement.profiles
        ),
        nodes={
            place: (one.node, *(n for n in arrivals(graph, one.node) if n != one.node))
            for place, one in found.snapped.items()
        },
        judge_on=judge_of,
        numbers=numbers,
        kernel=kernel_for,
        vehicle=TRUCK,
        notes=(*found.notes, *_unplaced(opened.areas, areas), *limit_notes(graph, TRUCK)),
    )
    return roads, found.lost


@dataclass(frozen=True, slots=True, eq=False)
class _Renamed(Sequence[str]):
    """The ids of the nodes, but that of a place where one was found at a junction."""

    ids: Sequence[str]
    names: dict[int, str]

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]  # no slices
        return self.names.get(index) or self.ids[index]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where the places are on the imported roads."""

    snapped: dict[str, Snapped]
    notes: tuple[str, ...]
    lost: dict[str, str]

    @property
    def names(self) -> dict[int, str]:
        return {one.node: place for place, one in self.snapped.items()}

    @classmethod
    def of(
        cls,
        graph: Graph,
        judge: Judge,
        movement: Movement,
        wanted: Sequence[str] = (),
        also: Sequence[str] = (),
    ) -> _Places:
        ends = dict.fromkeys(wanted or _ends(judge, movement))
        posts = [(one.id, one.place) for one in judge.situation.facts(Checkpoint)]
        posts += [(one.id, one.place) for one in judge.situation.facts(Crossing)]
        snapped: dict[str, Snapped] = {}
        notes: list[str] = []
        for place in ends:
            snapped[place] = one = snap(graph, position(judge.network, place), FARTHEST_M)
            notes.append(f"{place} is taken to be at {_junction(graph, one)}")
        for id, place in posts:
            if place in ends:
                continue
            try:
                one = snap(graph, position(judge.network, place), FARTHEST_M)
            except RouteRefused as error:
                if not judge.network.has_place(place) or judge.network.place(place).at is None:
                    raise
                notes.append(f"{id} is not on these roads. {error.found}")
                continue
            snapped[place] = one
            notes.append(f"{id} is taken to be at {_junction(graph, one)}")
        _check_apart(graph, snapped)
        notes += _waiting(graph, judge, snapped)
        lost: dict[str, str] = {}
        taken = {one.node: place for place, one in snapped.items()}
        for place in sorted({*also} - snapped.keys()):
            try:
                one = snap(graph, position(judge.network, place), FARTHEST_M)
            except RouteRefused as error:
                lost[place] = error.found
                continue
            other = taken.setdefault(one.node, place)
            if other != place:
                lost[place] = (
                    f"It is nearest to the same junction as {other}, "
                    f"{graph.node_ids[one.node]}, so the two cannot be told apart."
                )
                continue
            snapped[place] = one
            notes.append(f"{place} is taken to be at {_junction(graph, one)}")
        return cls(snapped=snapped, notes=tuple(notes), lost=lost)


def _ends(judge: Judge, movement: Movement) -> Iterator[str]:
    for leg in ended(movement, judge.network).legs:
        yield from (leg.origin, leg.destination)


def places_on(graph: Graph, judge: Judge, movement: Movement) -> dict[str, Snapped]:
    """The places of a movement, and its checkpoints and crossings, that are on these roads.

    Raises
    ------
    RouteRefused : as `imported`.
    """
    return _Places.of(graph, judge, movement).snapped


def _waiting(graph: Graph, judge: Judge, snapped: dict[str, Snapped]) -> Iterator[str]:
    """Takes up the waiting places that have a junction of their own; says where, or why not.

    No plan hangs on one: what is not found is only no place to wait at.
    """
    for place in sorted({one.place for one in judge.situation.facts(WaitingPlace)} - {*snapped}):
        try:
            one = snap(graph, position(judge.network, place), FARTHEST_M)
        except RouteRefused as error:
            yield f"nobody waits at {place} on these roads. {error.found}"
            continue
        if one.node in {other.node for other in snapped.values()}:
            yield f"nobody waits at {place}: another place is at {_junction(graph, one)}"
            continue
        snapped[place] = one
        yield f"{place} is taken to be at {_junction(graph, one)}"


def _junction(graph: Graph, one: Snapped) -> str:
    return f"junction {graph.node_ids[one.node]}, {one.distance_m} m away"


def position(network: Network, place: str) -> Point:
    """Where a place is; RouteRefused, with what to do, where it has no position."""
    at = network.place(place).at
    if at is None:
        raise RouteRefused(
            f"The place {place} has no position, so it cannot be found on imported roads.",
            "Give it one in the case: `at: [LON, LAT]`.",
            place=place,
        )
    return at


def _check_apart(graph: Graph, snapped: dict[str, Snapped]) -> None:
    """Two places at one junction would be one place to the judge, and one of them forgotten."""
    taken: dict[int, str] = {}
    for place, one in snapped.items():
        other = taken.setdefault(one.node, place)
        if other != place:
            raise RouteRefused(
                f"The places {other} and {place} are nearest to the same junction, "
                f"{graph.node_ids[one.node]}.",
                "Correct their positions, or import roads that tell them apart.",
                node=graph.node_ids[one.node],
            )


# -- areas


def _unplaced(areas: Sequence[Area], outlined: Sequence[Area]) -> Iterator[str]:
    lost = sorted({area.id for area in areas} - {area.id for area in outlined})
    if lost:
        yield (
            f"no outline: {', '.join(lost)}. What threatens or is needed there counts on every "
            "road, and what was given there on none."
        )


# -- the judge's own network


def _judges(
    judge: Judge, graph: Graph, areas: Sequence[Area], known: dict[str, int]
) -> Callable[[frozenset[str]], Judge]:
    # Every checkpoint and crossing was looked for on these very roads, and is joined or told apart.
    situation = judge.situation.without(AdoptedRoads)

    @cache
    def judge_on(edges: frozenset[str]) -> Judge:
        known.update(numbers_of(graph.edge_ids, edges - known.keys(), "edge"))
        numbers = {id: known[id] for id in edges}
        raw = [edge_of(graph, number) for _, number in sorted(numbers.items())]
        ends = {int(node) for n in numbers.values() for node in (graph.a[n], graph.b[n])}
        places = tuple(_place(graph, node) for node in sorted(ends))
        roads = RawNetwork(places, tuple(raw), graph.label)
        network = build(areas, roads, id=f"{graph.id}, the roads of a route")
        return Judge(situation, network, judge.policy, judge.steps)

    return judge_on


def _place(graph: Graph, node: int) -> RawPlace:
    at = Point(int(graph.lon_e7[node]), int(graph.lat_e7[node]))
    return RawPlace(graph.node_ids[node], at=at)


def edge_of(graph: Graph, number: int) -> RawEdge:
    """An edge of a graph as a source would tell it."""
    start, end = (int(one) for one in graph.line_first[number : number + 2])
    line = tuple(
        Point(int(lon), int(lat))
        for lon, lat in zip(graph.line_lon_e7[start:end], graph.line_lat_e7[start:end], strict=True)
    )
    return RawEdge(
        graph.edge_ids[number],
        graph.node_ids[int(graph.a[number])],
        graph.node_ids[int(graph.b[number])],
        graph.names[int(graph.name[number])],
        int(graph.length_dm[number]),
        line,
        kind=graph.kinds[int(graph.kind[number])],
        surface=graph.surfaces[int(graph.surface[number])],
    )
