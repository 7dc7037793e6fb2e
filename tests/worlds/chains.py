"""Trips of several runs: random ones, brute force over every second, and trips driven again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from safeconduct.roads.search import WAIT, Hop, Start
from safeconduct.roads.trips import Run
from tests.worlds.expanded import Expanded
from tests.worlds.timed import random_world


@dataclass(frozen=True)
class Chain:
    """Runs one after another, and the span that all of it must fit into."""

    runs: tuple[Run, ...]
    earliest: int
    latest: int


def random_chain(chance: random.Random, *, waiting: bool, column_s: int = 0) -> Chain:
    """One to three runs there and back, on the same roads but with gates of their own."""
    world = random_world(chance, waiting=waiting, column_s=column_s)
    nodes = range(len(world.ways.flags))
    places = [tuple(chance.sample(nodes, chance.choice((1, 1, 2)))) for _ in nodes]
    runs, here = [], places[0]
    for number in range(chance.randint(1, 3)):
        there = places[(number + 1) % len(places)]
        seconds = chance.choice((0, 0, 2, 5))
        gates = world.gates
        if chance.random() < 0.5:
            rows = gates.rows()
            chance.shuffle(rows)
            gates = type(gates).of(rows)
        runs.append(Run(world.ways, gates, here, there, seconds))
        here = there
    return Chain(tuple(runs), chance.randint(0, 5), world.until - chance.randint(0, 5))


def serves(run: Run, end: int, arrival: int) -> bool:
    """Whether the column may stand for the service: one span holds every second of it."""
    row = Expanded(run.ways, run.gates).rows[int(run.ways.node_gate[end])]
    seconds = range(arrival, arrival + run.service_s + 1)
    return any(all(opens <= at <= closes for at in seconds) for opens, closes in row)


def leaving(run: Run) -> Run:
    """The first run: at its starts nobody stands."""
    flags = run.ways.flags.copy()
    flags[list(run.starts)] &= np.uint8(255 - WAIT)
    return replace(run, ways=replace(run.ways, flags=flags))


def completes(chain: Chain, departure: int, *, u_turns: bool) -> bool:
    """Whether the whole chain can be driven when the column leaves at this moment."""
    begins = {departure}
    for number, run in enumerate(chain.runs):
        world = Expanded((leaving(run) if number == 0 else run).ways, run.gates)
        starts = [Start(node, at, at) for node in run.starts for at in begins]
        reached = world.reached(starts, chain.latest, u_turns=u_turns)
        begins = {
            at + run.service_s
            for node, at in reached
            if node in run.ends and at + run.service_s <= chain.latest and serves(run, node, at)
        }
    return bool(begins)


def brute_departures(chain: Chain, *, u_turns: bool) -> set[int]:
    """Every moment of departure that works, each one tried."""
    moments = range(chain.earliest, chain.latest + 1)
    return {at for at in moments if completes(chain, at, u_turns=u_turns)}


def faults(chain: Chain, at: int, trips: Sequence[Sequence[Hop]], *, u_turns: bool) -> list[str]:
    """What is wrong with a trip, driven again second by second; nothing when it is sound.

    When each service begins is not said, so every moment that it could is tried.
    """
    return _faults_from(chain, 0, at, trips, u_turns)


def _faults_from(
    chain: Chain, number: int, at: int, trips: Sequence[Sequence[Hop]], u_turns: bool
) -> list[str]:
    if number == len(chain.runs):
        return [] if at <= chain.latest else [f"ends at {at}, too late"]
    run, hops = chain.runs[number], trips[number]
    world = Expanded((leaving(run) if number == 0 else run).ways, run.gates)
    found: list[str] = []
    for node in [_tail(run, hops[0])] if hops else run.starts:
        found += _hop_faults(world, run, node, at, hops, u_turns)
        end = int(run.ways.head[hops[-1].arc]) if hops else node
        begins = hops[-1].arrive if hops else at
        if end not in run.ends:
            found.append(f"run {number} ends at {end}")
        if not serves(run, end, begins) and not world.may_stand(end, begins):
            found.append(f"run {number} has no service from {begins} on")
        while not found and begins <= chain.latest:
            if serves(run, end, begins):
                rest = _faults_from(chain, number + 1, begins + run.service_s, trips, u_turns)
                if not rest:
                    return []
            if not world.may_stand(end, begins):
                found.append(f"run {number} has no service from which the rest can be driven")
            begins += 1
        if hops:
            return found or [f"run {number} ends too late"]
        at_other, found = found, []
    return at_other or ["no start works"]


def _tail(run: Run, hop: Hop) -> int:
    return int(np.searchsorted(run.ways.first, hop.arc, side="right")) - 1


def _hop_faults(
    world: Expanded, run: Run, node: int, at: int, hops: Sequence[Hop], u_turns: bool
) -> list[str]:
    found, came_by = list[str](), -1
    if node not in run.starts:
        found.append(f"begins at {node}")
    if not world.may_be_at(node, at):
        found.append(f"begins while {node} is closed")
    for hop in hops:
        edge, head = int(run.ways.edge[hop.arc]), int(run.ways.head[hop.arc])
        if _tail(run, hop) != node or hop.enter < at:
            found.append(f"{hop} does not go on from {node} at {at}")
        if not all(world.may_stand(node, second) for second in range(at, hop.enter)):
            found.append(f"stands at {node} before {hop}")
        if hop.arrive - hop.enter != int(run.ways.seconds[hop.arc]):
            found.append(f"{hop} takes another time")
        row, driven = int(run.ways.gate[hop.arc]), range(hop.enter, hop.arrive + 1)
        if not any(all(o <= second <= c for second in driven) for o, c in world.rows[row]):
            found.append(f"{hop} is not open throughout")
        if not world.may_be_at(node, hop.enter) or not world.may_be_at(head, hop.arrive):
            found.append(f"{hop} passes a node that is closed")
        if edge == came_by and not u_turns and not int(world.ways.flags[node]) & WAIT:
            found.append(f"{hop} turns back")
        node, at, came_by = head, hop.arrive, edge
    return found
