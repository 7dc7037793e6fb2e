"""A country of a million junctions, for measuring: Porto 18 times over, joined by long roads.

Its global structure is synthetic and proves nothing about any country: all its towns are one town,
and between two neighbours there are three roads. Up to the scale of a town everything is what the
importer makes of OpenStreetMap.

    python bench/country.py              makes the two folders of roads, where they are missing
    python bench/country.py --again      and makes them anew where they are there

The folders lie in `build/bench`: `porto` and `country`. They are opened with `open_graph`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from safeconduct.adapters.files.graphfolder import open_graph, write_graph
from safeconduct.adapters.osm.survey import LABEL, Survey, read_osm
from safeconduct.roads.graph import Graph, Longs, Names
from safeconduct.roads.graphing import graph_of_tracks
from safeconduct.roads.parts import strong_parts
from safeconduct.roads.tracks import Tracks, Turn

ROOT = Path(__file__).parents[1]
SOURCE = ROOT.parent / "shared" / "data" / "roads" / "porto_portugal.osm.pbf"
BUILT = ROOT / "build" / "bench"

ACROSS, UP = 6, 3
"""Copies from west to east, and from south to north."""

ROADS = 3
"""Roads between two neighbours."""

GAP_E7 = 3_000_000
"""Between two copies lie 0.3 degrees: some 25 to 33 km."""

SYNTHETIC = (
    f"synthetic: {ACROSS * UP} shifted copies of one town, joined by a few long roads; its global "
    "structure is that of no country"
)


@dataclass(frozen=True, slots=True)
class Towns:
    """The graphs that everything is measured on."""

    porto: Graph
    country: Graph


def towns(*, again: bool = False) -> Towns:
    """Porto and the country, opened from their folders; what is missing is made first."""
    return Towns(_kept("porto", again), _kept("country", again))


def survey() -> Survey:
    """What the importer reads of Porto.

    Raises
    ------
    SystemExit : the material is not beside the repository.
    """
    if not SOURCE.exists():
        raise SystemExit(f"The roads to measure on are not there: {SOURCE}. Put the file there.")
    return read_osm(SOURCE)


def _kept(name: str, again: bool) -> Graph:
    folder = BUILT / name
    if again and folder.exists():
        shutil.rmtree(folder)
    if not folder.exists():
        BUILT.mkdir(parents=True, exist_ok=True)
        read = survey()
        tracks = read.tracks if name == "porto" else stitched(read.tracks)
        graph = graph_of_tracks(tracks, id=name, source_sha256=read.sha256, label=LABEL)
        # Two runs at a time may make it; the first to have finished counts.
        fresh = folder.with_name(f".{name}-{os.getpid()}")
        write_graph(graph, fresh)
        try:
            fresh.rename(folder)
        except OSError:
            shutil.rmtree(fresh)
    return open_graph(folder)


def stitched(town: Tracks) -> Tracks:
    """So many copies of a town, each shifted, and a road between every two neighbours."""
    copies = [(x, y) for y in range(UP) for x in range(ACROSS)]
    step_lon = int(town.lon_e7.max()) - int(town.lon_e7.min()) + GAP_E7
    step_lat = int(town.lat_e7.max()) - int(town.lat_e7.min()) + GAP_E7
    points, ways, count = town.points, town.ways, len(copies)
    a, b = _joins(town)
    roads = len(a)
    kind = np.concatenate([np.tile(town.kind, count), np.full(roads, _most(town), np.uint8)])

    def ints(column: np.ndarray, last: int) -> np.ndarray:
        return np.concatenate([np.tile(column, count), np.full(roads, last, column.dtype)])

    first = np.concatenate([town.first[:-1] + n * len(town.ref) for n in range(count)])
    joined = len(town.ref) * count + 2 * np.arange(roads + 1)
    return replace(
        town,
        lon_e7=np.concatenate([town.lon_e7 + np.int32(x * step_lon) for x, _ in copies]),
        lat_e7=np.concatenate([town.lat_e7 + np.int32(y * step_lat) for _, y in copies]),
        blocked=np.tile(town.blocked, count),
        point_ids=_numbered(town.point_ids, count),
        way_ids=[*_numbered(town.way_ids, count), *(f"long-{n}" for n in range(roads))],
        first=np.concatenate([first, joined]),
        ref=np.concatenate([*(town.ref + n * points for n in range(count)), _pairs(a, b)]),
        forward=ints(town.forward, 1),
        backward=ints(town.backward, 1),
        course=ints(town.course, 1),
        length_dm=ints(town.length_dm, 0),
        kind=kind,
        surface=ints(town.surface, 0),
        weight_kg=ints(town.weight_kg, 0),
        height_cm=ints(town.height_cm, 0),
        width_cm=ints(town.width_cm, 0),
        bridge=ints(town.bridge, 0),
        name=ints(town.name, 0),
        turns=[
            Turn(t.from_way + n * ways, t.via + n * points, t.to_way + n * ways, t.only, t.back)
            for n in range(count)
            for t in town.turns
        ],
        notes=(SYNTHETIC,),
    )


def _numbered(ids: Sequence[str], count: int) -> Names:
    known = list(ids)
    return Names.of([f"{one}/{n}" for n in range(count) for one in known])


def _pairs(a: Longs, b: Longs) -> Longs:
    return np.stack([a, b], axis=1).reshape(-1)


def _most(town: Tracks) -> int:
    """The kind of road that a road between towns is."""
    return town.kinds.index("primary")


def _joins(town: Tracks) -> tuple[Longs, Longs]:
    """The points at both ends of every long road, numbered as in the stitched tracks."""
    west, east, south, north = _gates(town)
    a, b = [], []
    for y in range(UP):
        for x in range(ACROSS):
            here = (y * ACROSS + x) * town.points
            if x + 1 < ACROSS:
                a.append(here + east)
                b.append(here + town.points + west)
            if y + 1 < UP:
                a.append(here + north)
                b.append(here + ACROSS * town.points + south)
    return np.concatenate(a), np.concatenate(b)


def _gates(town: Tracks) -> tuple[Longs, Longs, Longs, Longs]:
    """Where the long roads leave a town: to the west, east, south and north.

    To the west it is the westernmost point of each of three bands of latitude, and so on.
    """
    found = _reached(town)
    lon, lat = town.lon_e7[found].astype(np.int64), town.lat_e7[found].astype(np.int64)
    rows, columns = _bands(lat), _bands(lon)
    west = [found[row[lon[row].argmin()]] for row in rows]
    east = [found[row[lon[row].argmax()]] for row in rows]
    south = [found[column[lat[column].argmin()]] for column in columns]
    north = [found[column[lat[column].argmax()]] for column in columns]
    return np.array(west), np.array(east), np.array(south), np.array(north)


def _bands(at: Longs) -> list[Longs]:
    """Which of these places lie in each of as many equal bands as there are roads."""
    edges = np.linspace(int(at.min()), int(at.max()) + 1, ROADS + 1)
    band = np.searchsorted(edges, at, "right") - 1
    return [np.flatnonzero(band == number) for number in range(ROADS)]


def _reached(town: Tracks) -> Longs:
    """The ends of ways in the largest part between whose points there is a way there and back."""
    inner = np.ones(len(town.ref) - 1, bool)
    inner[town.first[1:-1] - 1] = False  # from the last point of a way to the first of the next
    step = np.flatnonzero(inner)
    way = np.searchsorted(town.first, step, "right") - 1
    forth, back = step[town.forward[way]], step[town.backward[way]]
    tail = np.concatenate([town.ref[forth], town.ref[back + 1]])
    head = np.concatenate([town.ref[forth + 1], town.ref[back]])
    free = ~(town.blocked[tail] | town.blocked[head])
    tail, head = tail[free], head[free]
    first = np.zeros(town.points + 1, np.int32)
    np.cumsum(np.bincount(tail, minlength=town.points), out=first[1:])
    order = np.argsort(tail, kind="stable")
    part = strong_parts(first, head[order].astype(np.int32))
    ends = np.zeros(town.points, bool)
    ends[town.ref[town.first[:-1]]] = True
    return np.flatnonzero((part == 0) & ends & ~town.blocked)


def main() -> None:
    """Makes what is missing and says what there is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--again", action="store_true", help="make both anew")
    chosen = parser.parse_args()
    begun = time.perf_counter()
    made = towns(again=chosen.again)
    for graph in (made.porto, made.country):
        inside = int((graph.component == 0).sum())
        print(
            f"{graph.id}: {graph.nodes} nodes ({inside} of them in the largest part), "
            f"{graph.arcs} arcs, {graph.edges} edges"
        )
    print(made.country.notes[0])
    print(f"{time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
