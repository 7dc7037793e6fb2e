"""C1: searches over roads say what a search of every second says, and never more.

Random small worlds for the set search and for round trips, both kernels; then distances on a real
town and, at a million junctions, on a country that is stitched from it.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from safeconduct.adapters.files.graphfolder import open_graph
from safeconduct.roads.graph import Graph, Longs
from safeconduct.roads.kernels import Compiled
from safeconduct.roads.reference import Reference
from safeconduct.roads.search import UNREACHED, Limits, SearchKernel, Start, Ways
from safeconduct.roads.trips import departures
from tests.show.commands import stream
from tests.show.run import Run, Shown
from tests.worlds.chains import Chain, brute_departures, completes, faults, random_chain
from tests.worlds.expanded import Expanded
from tests.worlds.timed import Timed, moments, random_world

COUNT = 10_000
SOAK = True

KERNELS: dict[str, SearchKernel] = {"reference": Reference(), "compiled": Compiled()}
ROADS = Path("shared") / "data" / "roads" / "porto_portugal.osm.pbf"


def show(run: Run) -> Shown:
    """Tries `count` worlds, half as many round trips, a tenth as many pairs, and 20 sources.

    Of the sources as many as `count` is of 10,000, but no fewer than two.
    """
    wrong: list[str] = []
    told: Counter[str] = Counter()
    for part in (_worlds(run, told), _round_trips(run, told), _roads(run, told)):
        for complaint in part:
            wrong.append(complaint)
            run.say(complaint)
    words = (
        f"{told['worlds']} worlds, {told['chains']} round trips, {told['pairs']} pairs on Porto, "
        f"{told['sources']} sources to all of {told['nodes']} nodes: {len(wrong)} wrong"
    )
    if not told["pairs"]:
        words += "; the roads were not searched: ../shared is not here"
    # A campaign in which nothing was reached, or nothing could depart, has tested nothing.
    tried = told["reached"] > 0 and told["departures"] > 0 and told["dropped"] > 0
    return Shown(tried and not wrong, words, dict(told) | {"wrong": len(wrong)})


def _worlds(run: Run, told: Counter[str]) -> Iterator[str]:
    """Whatever a kernel says of a small world that a search of every second does not."""
    for number in range(run.count):
        chance = random.Random(f"{run.seed}/{number}")
        waiting, column_s = number % 2 == 0, chance.randrange(5)
        world = random_world(chance, waiting=waiting, column_s=column_s)
        backwards = number % 4 >= 2
        world = _turned(world) if backwards else world
        told["worlds"] += 1
        told["with_waiting" if waiting else "without_waiting"] += 1
        told["with_column"] += column_s > 0
        told["backwards"] += backwards
        yield from (f"world {number}: {words}" for words in _in_world(world, chance, told))
        if (number + 1) % 2_000 == 0:
            run.say(f"{number + 1} worlds")


def _turned(world: Timed) -> Timed:
    starts = tuple(Start(start.node, -start.latest, -start.earliest) for start in world.starts)
    return Timed(world.ways.reversed(), world.gates.mirrored(), starts, 0)


def _in_world(world: Timed, chance: random.Random, told: Counter[str]) -> Iterator[str]:
    expanded = Expanded(world.ways, world.gates)
    every = {
        turns: expanded.reached(world.starts, world.until, u_turns=turns) for turns in (True, False)
    }
    told["reached"] += len(every[True])
    some = Limits(
        until=world.until,
        novelty_s=chance.choice((0, 2, 5)),
        u_turns=chance.random() < 0.3,
        labels=chance.choice((0, 0, 0, 6)),
        driving_s=chance.choice((0, 0, 0, 12)),
    )
    for name, kernel in KERNELS.items():
        exact = Limits(until=world.until, u_turns=True)
        labels = kernel.sets(world.ways, world.gates, world.starts, exact)
        if moments(labels) != every[True] or labels.stopped:
            yield f"{name} differs from the search of every second"
        labels = kernel.sets(world.ways, world.gates, world.starts, some)
        found = moments(labels)
        told["dropped"] += found != every[some.u_turns]
        if not found <= every[some.u_turns]:
            yield f"{name} invents moments with {some}"
        if found != every[some.u_turns] and not labels.stopped:
            yield f"{name} drops moments in silence with {some}"
        screen = kernel.screen(world.ways, world.gates, world.starts, world.until)
        if any(screen[node] > moment for node, moment in every[True]):
            yield f"{name} screens out what can be reached"


def _round_trips(run: Run, told: Counter[str]) -> Iterator[str]:
    """Whatever is said of the departures of a chain that trying every second does not bear out."""
    for number in range(run.count // 2):
        chance = random.Random(f"{run.seed}/chain/{number}")
        chain = random_chain(chance, waiting=number % 2 == 0, column_s=chance.randrange(5))
        told["chains"] += 1
        every = brute_departures(chain, u_turns=True)
        told["departures"] += len(every)
        told["chains_with_departures"] += bool(every)
        for name, kernel in KERNELS.items():
            for words in _of_chain(chain, every, kernel, told):
                yield f"chain {number}: {name} {words}"
        if (number + 1) % 1_000 == 0:
            run.say(f"{number + 1} round trips")


def _of_chain(
    chain: Chain, every: set[int], kernel: SearchKernel, told: Counter[str]
) -> Iterator[str]:
    exact = Limits(until=0, u_turns=True)
    span = {"earliest": chain.earliest, "latest": chain.latest}
    found = departures(kernel, chain.runs, **span, limits=exact)
    inside = {at for opens, closes in found.spans for at in range(opens, closes + 1)}
    if inside != every or found.stopped:
        yield "gives other departures than brute force"
    for at in inside:
        told["trips_driven"] += 1
        yield from faults(chain, at, found.trip(at), u_turns=True)
    for opens, closes in found.spans:
        for outside in {opens - 1, closes + 1} & set(range(chain.earliest, chain.latest + 1)):
            told["seconds_outside"] += 1
            if completes(chain, outside, u_turns=True):
                yield f"leaves out the departure at {outside}"
    careful = departures(kernel, chain.runs, **span, limits=Limits(until=0))
    allowed = brute_departures(chain, u_turns=False) if careful.spans else set()
    inside = {at for opens, closes in careful.spans for at in range(opens, closes + 1)}
    if not inside <= allowed:
        yield "invents departures without turning back"
    for at in inside:
        yield from faults(chain, at, careful.trip(at), u_turns=False)


def _roads(run: Run, told: Counter[str]) -> Iterator[str]:
    """Whatever distances differ from networkx's on the town, and from scipy's on the country."""
    if not (run.root.parent / ROADS).exists():
        return
    stream([sys.executable, "bench/country.py"], root=run.root, say=run.say)
    town = open_graph(run.root / "build" / "bench" / "porto")
    country = open_graph(run.root / "build" / "bench" / "country")
    chance = random.Random(run.seed)
    yield from _pairs(town, max(20, run.count // 10), chance, told)
    run.say(f"{told['pairs']} pairs on {town.nodes} nodes")
    yield from _sources(country, min(20, max(2, run.count // 500)), chance, told)


def _pairs(graph: Graph, count: int, chance: random.Random, told: Counter[str]) -> Iterator[str]:
    """Pairs are drawn from one source in twenty, since networkx goes to all nodes at once."""
    import networkx  # 0.3 s, and only where there are roads

    ways = driven(graph)
    roads = networkx.MultiDiGraph()
    tails = np.repeat(np.arange(graph.nodes), np.diff(graph.first))
    arcs = zip(tails.tolist(), ways.head.tolist(), ways.seconds.tolist(), strict=True)
    roads.add_weighted_edges_from(arcs)
    for _ in range(max(1, count // 20)):
        source = chance.randrange(graph.nodes)
        far = networkx.single_source_dijkstra_path_length(roads, source)
        ours = KERNELS["compiled"].static(ways, [source])
        for node in chance.sample(range(graph.nodes), 20):
            told["pairs"] += 1
            told["pairs_joined"] += node in far
            if far.get(node, UNREACHED) != ours[node]:
                yield f"from {source} to {node}: {ours[node]} s, networkx {far.get(node)} s"


def _sources(graph: Graph, count: int, chance: random.Random, told: Counter[str]) -> Iterator[str]:
    from scipy.sparse import csr_array  # 0.3 s, and only where there are roads
    from scipy.sparse.csgraph import dijkstra  # 0.3 s, and only where there are roads

    ways = driven(graph)
    told["nodes"] = graph.nodes
    tails = np.repeat(np.arange(graph.nodes, dtype=np.int32), np.diff(graph.first))
    # Of several arcs from one node to another scipy would take the sum.
    order = np.lexsort((ways.seconds, ways.head, tails))
    tail, head = tails[order], ways.head[order]
    quickest = np.r_[True, (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])]
    seconds = ways.seconds[order][quickest].astype(np.float64)
    shape = (graph.nodes, graph.nodes)
    matrix = csr_array((seconds, (tail[quickest], head[quickest])), shape=shape)
    for _ in range(count):
        source = chance.randrange(graph.nodes)
        far = dijkstra(matrix, indices=source)
        ours = KERNELS["compiled"].static(ways, [source])
        told["sources"] += 1
        told["distances"] += int((ours < UNREACHED).sum())
        if (_seconds(far) != ours).any():
            yield f"from {source}: other distances than scipy's"


def _seconds(far: np.ndarray) -> Longs:
    """Distances of scipy as ours are given."""
    return np.where(np.isinf(far), UNREACHED, np.where(np.isinf(far), 0, far).astype(np.int64))


def driven(graph: Graph) -> Ways:
    """The ways of a column that drives every road at 36 km/h: a decimetre in a hundredth second."""
    seconds = np.maximum(1, -(-graph.length_dm[graph.edge] // 100)).astype(np.int32)
    zeros = np.zeros(graph.arcs, np.int32)
    nowhere = np.zeros(graph.nodes, np.int32)
    arcs = np.arange(graph.arcs, dtype=np.int32)
    flags = np.zeros(graph.nodes, np.uint8)
    return Ways(graph.first, graph.head, seconds, zeros, graph.edge, arcs, nowhere, flags)
