"""How fast searches over roads are, beside other libraries, in one run.

Porto and a stitched country of a million junctions (`country.py`), with seeded windows on about
40 % of their edges (`roadworld.py`). Everything that is compared is timed in turn, A B C, A B C,
from the same junctions; figures are medians, and ratios hold better than seconds on a machine that
others use too. Seconds are the processor's, those of the server's process for what a server does.
Nothing is timed before all agree about the distances.

    python bench/roads.py                     tables for people; some ten minutes
    python bench/roads.py --json              and one JSON line at the end
    python bench/roads.py --scale porto       without the country; two minutes

It needs the extra [bench]; pgRouting is measured where PostgreSQL has it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from around import importing, opening  # the script's own folder is on the path
from country import SYNTHETIC, towns
from interleaved import in_turn, load, machine
from ours import check, check_trips, searches
from rivals import Rival, rivals
from roadworld import BIG, NOVELTY_S, WAITING, World, world

from safeconduct.adapters.clock import now
from safeconduct.roads.graph import Graph
from safeconduct.spacetime import utc

SOURCES, CHECKED, LEAST = 15, 3, 5
FEWER = {"networkx": LEAST, "pgRouting": LEAST, "rustworkx": LEAST}
"""At a million junctions these take seconds each, so they are asked less often."""


def main() -> None:
    """Measures what was asked for and prints it."""
    chosen = _arguments()
    made = towns()
    graphs = {"porto": made.porto, "country": made.country}
    wanted = [name for name in graphs if chosen.scale in (name, "both")]
    figures: dict[str, Any] = {
        "measured_at": utc(now()),
        "machine": machine(),
        "seed": chosen.seed,
        "load_before": load(),
    }
    for name in wanted:
        figures[name] = _measured(graphs[name], chosen)
        print(_table(name, figures[name]), flush=True)
    figures["import"] = importing()
    figures["load_after"] = load()
    print(f"import: {figures['import']}; load {figures['load_before']} {figures['load_after']}")
    if chosen.json:
        print(json.dumps(figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="one JSON line at the end")
    parser.add_argument("--scale", choices=("porto", "country", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", type=int, default=SOURCES)
    parser.add_argument("--alone", action="store_true", help="without the other libraries")
    return parser.parse_args()


def _measured(graph: Graph, chosen: argparse.Namespace) -> dict[str, Any]:
    here = world(graph, seed=chosen.seed, sources=chosen.sources)
    big = graph.nodes >= BIG
    agreed = check(here, CHECKED, thorough=not big) | check_trips(here, len(here.sources))
    works = searches(here)
    with rivals(here.ways, none=chosen.alone) as (others, missing):
        for source in here.sources[: 1 if big else CHECKED]:
            agreed["distances_compared"] = agreed.get("distances_compared", 0) + _agree(
                others, np.asarray(works["static"](source)), source
            )
        works |= {name: rival.work for name, rival in others.items()}
        for work in works.values():  # what is done once only, such as compiling
            work(here.sources[0])
        slow = FEWER if big else None
        servers = {name: rival.spent for name, rival in others.items() if rival.spent}
        times = in_turn(works, here.sources, fewer=slow, elsewhere=servers)
    return {
        "nodes": graph.nodes,
        "arcs": graph.arcs,
        "edges": graph.edges,
        "restricted": round(here.restricted, 3),
        "waiting": WAITING,
        "novelty_s": NOVELTY_S,
        "note": SYNTHETIC if big else "",
        "agreed": agreed,
        "missing": missing,
        "searches": _ratios(times),
        "labels_a_node": _labels(here),
        "opening": opening(graph.id),
        "memory": _memory(graph.id, chosen.seed),
    }


def _agree(others: Mapping[str, Rival], known: Any, source: int) -> int:
    """How many distances were compared; one that differs ends everything."""
    for name, rival in others.items():
        found = rival.distances(source)
        if (found != known).any():
            node = int(np.flatnonzero(found != known)[0])
            raise SystemExit(f"{name} says {found[node]} s to node {node}, we say {known[node]}")
    return len(others) * len(known)


def _ratios(times: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The times, with the median of their ratios to the floor, taken from the same source."""
    floor = times["floor"]
    for one in times.values():
        pairs = zip(one["each_s"], floor["each_s"], strict=False)
        one["to_floor"] = round(float(np.median([mine / plain for mine, plain in pairs])), 3)
    return times


def _labels(here: World) -> float:
    labels = [len(searches(here)["sets"](source).node) for source in here.sources[:CHECKED]]
    return round(float(np.median(labels)) / here.graph.nodes, 2)


def _memory(name: str, seed: int) -> dict[str, Any]:
    # Large arrays are given back to the system as soon as they are not needed any more, so that
    # none is found lying ready and goes uncounted.
    surroundings = {**os.environ, "MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "0"}
    script = Path(__file__).with_name("around.py")
    done = subprocess.run(
        [sys.executable, script, name, str(seed)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the memory was not measured: {done.stderr.strip()[-400:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _table(name: str, found: Mapping[str, Any]) -> str:
    lines = [f"\n{name}: {found['nodes']} nodes, {found['arcs']} arcs; agreed {found['agreed']}"]
    lines += [
        f"  {what:<12} {one['median_s'] * 1000:>10.1f} ms  {one['to_floor']:>8.2f} x floor  "
        f"(wall {one['wall_s'] * 1000:.1f} ms, of {one['times']})"
        for what, one in found["searches"].items()
    ]
    lines += [f"  {what:<12} left out: {why}" for what, why in found["missing"].items()]
    lines.append(f"  labels a node {found['labels_a_node']}, opening {found['opening']}")
    lines.append(f"  memory {found['memory']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
