"""C4: damaged files, places without roads, contradictions, windows too short; cancelling."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from safeconduct.adapters.files.graphfolder import check_graph
from safeconduct.adapters.osm.survey import read_osm
from safeconduct.errors import RouteRefused, UnreadableFile
from safeconduct.roads.choosing import kernel_for
from safeconduct.roads.graph import Graph
from safeconduct.roads.graphing import graph_of_tracks
from safeconduct.roads.quickest import quickest, undivided
from safeconduct.roads.search import Gates, Limits
from safeconduct.roads.snapping import snap
from safeconduct.roads.trips import Run as Drive
from safeconduct.roads.trips import departures
from safeconduct.roads.ways import Pace, ways_of
from safeconduct.spacetime import Point
from tests.show.run import Run, Shown
from tests.unit.adapters.osm.extracts import Extract, road

COUNT = 400

_POINTS, _ROADS = 17_000, 8_500  # three blocks of points, two of roads, one of relations
_BIG = 60_000  # roads of ten points: seconds to read, so that it can be cancelled


def show(run: Run) -> Shown:
    """Each part says what was wrong; none being wrong is a pass."""
    doubts: list[str] = []
    figures: dict[str, object] = {"seed": run.seed}
    for part in (_damaged, _far, _apart, _contradictory, _too_short, _cancelled):
        found = part(run)
        doubts += found.pop("doubts")  # type: ignore[arg-type]  # each gives a list of sentences
        figures[part.__name__.strip("_")] = found
        run.say(f"{part.__name__.strip('_')}: {found}")
    words = (
        f"{run.count} damaged files, {len(doubts)} read wrongly or otherwise doubtful; far, apart, "
        "contradictory, too short, cancelled all told"
        if not doubts
        else f"{len(doubts)} doubts: {'; '.join(doubts[:3])}"
    )
    return Shown(not doubts, words, {**figures, "doubts": doubts})


def _row(folder: Path) -> Path:
    """A long row of roads, with a restricted turn behind it all."""
    at = {n: (36.0 + n / 1e4, 36.0) for n in range(1, _POINTS + 1)}
    ways = {n: road(2 * n - 1, 2 * n, 2 * n + 1) for n in range(1, _ROADS)}
    members = [("w", 1, "from"), ("n", 3, "via"), ("w", 2, "to")]
    turns = [(members, {"type": "restriction", "restriction": "no_straight_on"})]
    return Extract(ways, turns, at=at).write(folder / "row.osm.pbf")


def _same(one: Graph, other: Graph) -> bool:
    return all(
        list(getattr(one, name).tolist()) == list(getattr(other, name).tolist())
        for name in ("lon_e7", "lat_e7", "first", "head", "edge", "length_dm", "junction", "a", "b")
    )


def _damaged(run: Run) -> dict[str, object]:
    """Half of the count cut at random lengths and at every block; half with a bit turned over."""
    rng = random.Random(run.seed)
    path = _row(run.scratch)
    whole = path.read_bytes()
    graph = graph_of_tracks(read_osm(path).tracks)
    blocks = [spot - 6 for spot in range(len(whole)) if whole.startswith(b"OSMData", spot)]
    broken = run.scratch / "broken.osm.pbf"
    ended: Counter[str] = Counter()
    doubts: list[str] = []
    lengths = [*blocks, *(rng.randrange(len(whole)) for _ in range(run.count // 2 - len(blocks)))]
    for length in lengths:
        broken.write_bytes(whole[:length])
        ended[_read(broken, graph, f"cut at {length}", doubts, may_be_same=False)] += 1
    for _ in range(run.count - len(lengths)):
        bit = rng.randrange(8 * len(whole))
        turned = bytearray(whole)
        turned[bit // 8] ^= 1 << bit % 8
        broken.write_bytes(bytes(turned))
        ended[_read(broken, graph, f"bit {bit} turned", doubts, may_be_same=True)] += 1
    return {"blocks": len(blocks), **ended, "doubts": doubts}


def _read(path: Path, graph: Graph, what: str, doubts: list[str], *, may_be_same: bool) -> str:
    """How a damaged file was taken: refused, or, where a bit means nothing, read just the same."""
    try:
        found = graph_of_tracks(read_osm(path).tracks)
    except (UnreadableFile, RouteRefused) as refused:
        if path.name not in str(refused.file):
            doubts.append(f"{what}: the error names no file: {refused}")
        return "refused"
    if may_be_same and _same(found, graph):
        return "read the same"
    doubts.append(f"{what}: read as {found.edges} edges, against {graph.edges}")
    return "read wrongly"


def _small(run: Run) -> Graph:
    ways = {
        1: road(1, 2),
        2: road(2, 3, oneway="yes"),
        3: road(5, 6),
        4: road(3, 7, junction="roundabout", oneway="-1"),
    }
    return graph_of_tracks(read_osm(Extract(ways).write(run.scratch / "small.osm.pbf")).tracks)


def _far(run: Run) -> dict[str, object]:
    """A place 80 km north of every road: 0.72 degrees of 110.9 km."""
    try:
        found = snap(_small(run), Point(370_000_000, 367_210_000))
    except RouteRefused as refused:
        distance = refused.facts["distance_m"]
        told = f"{distance / 1000:.1f} km" in str(refused)
        good = told and 79_000 < distance < 81_000
        return {"distance_m": distance, "doubts": [] if good else [f"far: {refused}"]}
    return {"doubts": [f"far: snapped to {found}"]}


def _way(graph: Graph, start: str, end: str) -> int | None:
    ways = ways_of(undivided(graph), Pace(30))
    ids = list(graph.node_ids)
    found = quickest(kernel_for(ways), ways, [ids.index(start)], [ids.index(end)])
    return None if found is None else found.seconds


def _apart(run: Run) -> dict[str, object]:
    """Two parts, and a one-way road: there and not back."""
    graph = _small(run)
    ways = {pair: _way(graph, *pair) for pair in (("n1", "n3"), ("n3", "n1"), ("n1", "n5"))}
    doubts = []
    # Two roads of 90.2 m at 30 km/h: 10.8 s each, rounded up.
    if ways["n1", "n3"] != 22 or ways["n3", "n1"] is not None or ways["n1", "n5"] is not None:
        doubts.append(f"apart: {ways}")
    if "parts between which there is no way there and back" not in graph.notes[-1]:
        doubts.append(f"apart: not told in {graph.notes}")
    return {"ways": {" ".join(pair): seconds for pair, seconds in ways.items()}, "doubts": doubts}


def _contradictory(run: Run) -> dict[str, object]:
    """A roundabout against its own direction is left out and named."""
    graph = _small(run)
    told = [note for note in graph.notes if "against its own direction (w4)" in note]
    wrong = not told or any(id.startswith("w4") for id in graph.edge_ids)
    return {"note": told, "doubts": ["contradictory: not told, or taken"] if wrong else []}


def _too_short(run: Run) -> dict[str, object]:
    """Windows of every length around the 11 s that the first road takes."""
    graph = _small(run)
    ways = ways_of(undivided(graph), Pace(30))
    ids = list(graph.node_ids)
    doubts, found = [], {}
    for length in range(8, 15):
        gates = Gates.of([[(1000, 1000 + length)], [(0, 5000)]])
        drive = Drive(ways, gates, (ids.index("n1"),), (ids.index("n2"),))
        answer = departures(
            kernel_for(ways), [drive], earliest=0, latest=5000, limits=Limits(until=5000)
        )
        found[length] = answer.spans
        # Entered at 1000 at the earliest, left by 1000 + length: 11 s must fit.
        right = ((1000, 1000 + length - 11),) if length >= 11 else ()
        if answer.spans != right or answer.stopped:
            doubts.append(f"a window of {length} s: {answer.spans}, stopped {answer.stopped!r}")
    return {"departures": {str(n): list(spans) for n, spans in found.items()}, "doubts": doubts}


def _cancelled(run: Run) -> dict[str, object]:
    """A large import, broken off at random moments by Ctrl-C, a polite kill and a hard one."""
    at = {n: (30.0 + n / 1e5, 36.0 + n % 97 / 1e4) for n in range(1, 9 * _BIG + 2)}
    ways = {n + 1: road(*range(9 * n + 1, 9 * n + 11)) for n in range(_BIG)}
    path = Extract(ways, at=at).write(run.scratch / "big.osm.pbf")
    rng = random.Random(run.seed)
    target = run.scratch / "out"
    command = [sys.executable, "-m", "safeconduct", "roads", "import", path, "--to", target]
    began = time.monotonic()
    whole = subprocess.run(command, cwd=run.root, capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    doubts = [] if whole.returncode == 0 else [f"import: {whole.stderr}"]
    if took > 3 and "objects read" not in whole.stderr and "roads" not in whole.stderr:
        doubts.append(f"an import of {took:.1f} s told nothing")
    ended: Counter[str] = Counter()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL) * 3:
        _empty(target)
        started = subprocess.Popen(command, cwd=run.root, stderr=subprocess.PIPE, text=True)
        time.sleep(rng.uniform(0.1, took))
        started.send_signal(number)
        _, said = started.communicate()
        name = signal.Signals(number).name
        if target.exists():
            check_graph(target)  # whole, or it raises
            ended[f"{name}: whole"] += 1
        else:
            ended[f"{name}: nothing"] += 1
        left = [one.name for one in run.scratch.iterdir() if one.name.startswith(".out")]
        if left and number != signal.SIGKILL:
            doubts.append(f"{name} left {left}")
        if number != signal.SIGKILL and started.returncode not in (0, 128 + number, -number):
            doubts.append(f"{name}: exit {started.returncode}, {said}")
    return {
        "import_s": round(took, 1),
        "told": whole.stderr.splitlines(),
        **ended,
        "doubts": doubts,
    }


def _empty(folder: Path) -> None:
    for path in folder.iterdir() if folder.exists() else ():
        path.unlink()
    if folder.exists():
        folder.rmdir()
