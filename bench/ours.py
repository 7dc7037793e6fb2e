"""Our own searches as they are measured, and that what they say is right before they are.

The compiled kernel's distances must be those of the plain floor and of every rival. The screen must
agree with the kernel that is written to be read, and stand between the distances and the set
search. Every round trip that is given is driven again, hop by hop, against the gates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from floor import plain  # the script's own folder is on the path
from roadworld import DAY, World

from safeconduct.roads.graph import Longs
from safeconduct.roads.kernels import Compiled
from safeconduct.roads.reference import Reference
from safeconduct.roads.search import GATED, UNREACHED, WAIT, Hop, Labels, Start
from safeconduct.roads.trips import Departures, Run, departures

__all__ = ["SERVICE_S", "check", "check_trips", "round_trip", "searches"]

SERVICE_S = 3_600
"""How long is unloaded at the stop."""

KERNEL = Compiled()


def searches(world: World) -> dict[str, Callable[[int], Any]]:
    """What is timed, by name; each from one junction to all, but the round trip to one stop."""
    ways, gates = world.ways, world.gates
    return {
        "floor": lambda source: plain(ways.first, ways.head, ways.seconds, source),
        "static": lambda source: KERNEL.static(ways, [source]),
        "screen": lambda source: KERNEL.screen(ways, gates, [_start(source)], world.horizon.end),
        "sets": lambda source: KERNEL.sets(ways, gates, [_start(source)], world.limits),
        "round trip": lambda source: round_trip(world, source),
    }


def _start(source: int) -> Start:
    """Any moment of the day: from when on, and how late, is each place reached?"""
    return Start(source, DAY.start, DAY.end - 1)


def round_trip(world: World, source: int) -> Departures:
    """All moments of the day at which one may leave for a stop, unload there, and come home."""
    ways, gates, stop = world.ways, world.gates, world.stops[source]
    out = Run(ways, gates, (source,), (stop,), SERVICE_S)
    home = Run(ways, gates, (stop,), (source,))
    return departures(
        KERNEL, [out, home], earliest=DAY.start, latest=DAY.end - 1, limits=world.limits
    )


def check(world: World, sources: int, *, thorough: bool) -> dict[str, int]:
    """Holds our searches against one another from the first sources; how much was compared.

    Raises
    ------
    SystemExit : two of them disagree; nothing is worth timing then.
    """
    compared = 0
    for source in world.sources[:sources]:
        ways, gates, start = world.ways, world.gates, _start(source)
        floor = plain(ways.first, ways.head, ways.seconds, source)
        static = KERNEL.static(ways, [source])
        _same("static", floor, static)
        screen = KERNEL.screen(ways, gates, [start], world.horizon.end)
        labels = KERNEL.sets(ways, gates, [start], world.limits)
        soonest = np.full(world.graph.nodes, UNREACHED, np.int64)
        np.minimum.at(soonest, labels.node, labels.earliest)
        reached = screen < UNREACHED
        if (screen[reached] - DAY.start < static[reached]).any() or (soonest < screen).any():
            raise SystemExit(f"{world.graph.id}: static, screen and sets are out of order")
        compared += 3 * world.graph.nodes
        if thorough:
            _same("screen", Reference().screen(ways, gates, [start], world.horizon.end), screen)
            exact = replace(world.limits, novelty_s=0)
            _same_moments(
                Reference().sets(ways, gates, [start], exact),
                KERNEL.sets(ways, gates, [start], exact),
            )
            compared += 2 * world.graph.nodes
    return {"nodes_compared": compared}


def _same(what: str, one: Longs, other: Longs) -> None:
    if (one != other).any():
        node = int(np.flatnonzero(one != other)[0])
        raise SystemExit(f"{what}: {one[node]} and {other[node]} at node {node}")


def _same_moments(one: Labels, other: Labels) -> None:
    """The same moments at each node, unless something was dropped by either."""
    if one.stopped or other.stopped:
        one_reached, other_reached = set(one.node.tolist()), set(other.node.tolist())
        if one_reached != other_reached:
            raise SystemExit("sets: other nodes are reached by one kernel than by the other")
        return
    if _moments(one) != _moments(other):
        raise SystemExit("sets: the kernels disagree about when a node can be reached")


def _moments(labels: Labels) -> list[tuple[int, int, int]]:
    """Spans of moments at nodes, those that touch joined, in order."""
    found: list[tuple[int, int, int]] = []
    columns = (labels.node.tolist(), labels.earliest.tolist(), labels.latest.tolist())
    for node, earliest, latest in sorted(zip(*columns, strict=True)):
        if found and found[-1][0] == node and earliest <= found[-1][2] + 1:
            found[-1] = (node, found[-1][1], max(found[-1][2], latest))
        else:
            found.append((node, earliest, latest))
    return found


def check_trips(world: World, sources: int) -> dict[str, int]:
    """Drives the first and the last trip of every span of departures; how many there were.

    Raises
    ------
    SystemExit : one of them does something that the gates forbid.
    """
    driven, without = 0, 0
    rows = world.gates.rows()
    for source in world.sources[:sources]:
        found = round_trip(world, source)
        without += not found.spans
        for at in {moment for span in found.spans for moment in span}:
            out, home = found.trip(at)
            stop = world.stops[source]
            if out[0].enter != at:
                raise SystemExit(f"a trip leaving at {at} leaves at {out[0].enter}")
            arrived = _drive(world, rows, source, at, out)
            leaves = arrived + SERVICE_S
            if not _holds(rows[world.ways.node_gate[stop]], arrived, leaves):
                raise SystemExit(f"the stop {stop} is not open from {arrived} to {leaves}")
            arrived = _drive(world, rows, stop, leaves, home)
            if arrived >= DAY.end:
                raise SystemExit(f"a trip leaving at {at} is home at {arrived}")
            driven += 1
    return {"trips_driven": driven, "pairs_without_a_trip": without}


def _drive(
    world: World,
    rows: list[list[tuple[int, int]]],
    node: int,
    at: int,
    hops: tuple[Hop, ...],
) -> int:
    """When the head arrives, after every hop was found to keep to its gates."""
    ways = world.ways
    for number, hop in enumerate(hops):
        tail = int(np.searchsorted(ways.first, hop.arc, "right")) - 1
        waits = bool(ways.flags[node] & WAIT)
        if world.graph.junction[tail] != world.graph.junction[node] or hop.enter < at:
            raise SystemExit(f"hop {number} leaves {tail} at {hop.enter}, not {node} from {at} on")
        if hop.enter > at and not (waits and _holds(rows[ways.node_gate[node]], at, hop.enter)):
            raise SystemExit(f"it stands at {node} from {at} to {hop.enter}")
        if hop.arrive != hop.enter + ways.seconds[hop.arc]:
            raise SystemExit(f"hop {number} takes {hop.arrive - hop.enter} s")
        if not _holds(rows[ways.gate[hop.arc]], hop.enter, hop.arrive):
            raise SystemExit(f"arc {hop.arc} is not open from {hop.enter} to {hop.arrive}")
        node, at = int(ways.head[hop.arc]), hop.arrive
        if ways.flags[node] & GATED and not _holds(rows[ways.node_gate[node]], at, at):
            raise SystemExit(f"node {node} is not open at {at}")
    return at


def _holds(row: list[tuple[int, int]], first: int, last: int) -> bool:
    return any(opens <= first and last <= closes for opens, closes in row)
