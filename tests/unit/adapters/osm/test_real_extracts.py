"""Real extracts: their counts, and every bit of road against a plain reading of the same file."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import networkx
import numpy as np
import pytest

from safeconduct.adapters.osm.survey import read_osm
from safeconduct.roads.graph import Graph
from safeconduct.roads.graphing import graph_of_raw, graph_of_tracks
from safeconduct.roads.sources import town_graph
from safeconduct.roads.sources.roadlines import road_lines
from tests.shared_material import shared_dir
from tests.unit.adapters.osm.plain_reading import Plain, plain_reading

#: Junctions, copies of them, edges, arcs, kilometres, junctions of the largest part.
GOLDEN = {
    "andorra": (1729, 0, 2009, 3433, 452, 1697),
    "baltimore": (4955, 2, 7306, 12216, 621, 4694),
    "liechtenstein": (4018, 2, 4509, 8879, 626, 3791),
    "porto_portugal": (60838, 304, 80525, 141784, 9249, 59976),
}


def roads() -> Path:
    return shared_dir() / "data" / "roads"


@pytest.fixture(scope="module", params=list(GOLDEN))
def read(request: pytest.FixtureRequest) -> tuple[str, Graph, Plain]:
    path = roads() / f"{request.param}.osm.pbf"
    return request.param, graph_of_tracks(read_osm(path).tracks), plain_reading(path)


def counts(graph: Graph) -> tuple[int, int, int, int, int, int]:
    stands = graph.junction == np.arange(graph.nodes)
    km = round(int(graph.length_dm.sum()) / 10_000)
    largest = int((graph.component[stands] == 0).sum())
    copies = int((~stands).sum())
    return int(stands.sum()), copies, graph.edges, graph.arcs, km, largest


def test_the_counts_of_a_real_extract(read: tuple[str, Graph, Plain]) -> None:
    name, graph, _ = read
    assert counts(graph) == GOLDEN[name]


def driven(graph: Graph) -> dict[int, set[bool]]:
    """The ways each edge is driven: backwards or not; copies of junctions add none."""
    found: defaultdict[int, set[bool]] = defaultdict(set)
    for edge, backwards in zip(graph.edge.tolist(), graph.backwards.tolist(), strict=True):
        found[edge].add(bool(backwards))
    return found


def test_every_bit_of_road_is_there_and_no_other(read: tuple[str, Graph, Plain]) -> None:
    _, graph, plain = read
    drawn = {spot for bits in plain.bits.values() for bit in bits for spot in bit}
    ours: defaultdict[int, list[tuple[tuple[int, int], tuple[int, int]]]] = defaultdict(list)
    ways = driven(graph)
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for edge in range(graph.edges):
        parts[int(graph.edge_ids[edge].split(":")[0].removeprefix("w"))].append(edge)
    for way, edges in parts.items():
        for backwards in (False, True):
            for edge in sorted(edges, key=lambda e: _place(graph.edge_ids[e])):
                if backwards not in ways[edge]:
                    continue
                at = slice(int(graph.line_first[edge]), int(graph.line_first[edge + 1]))
                lon, lat = graph.line_lon_e7[at].tolist(), graph.line_lat_e7[at].tolist()
                line = list(zip(lon, lat, strict=True))
                for a, b in pairwise(line):
                    # Two points of the map may lie at one spot.
                    if a != b:
                        ours[way].append((b, a) if backwards else (a, b))
    for way in plain.bits.keys() | ours.keys():
        assert _joined(ours[way], drawn) == Counter(plain.bits[way]), f"way {way}"


def _place(id: str) -> tuple[float, ...]:
    number, _, part = id.partition(":")[2].partition(".")
    return float(number or 1), float(part or 1)


def _joined(
    bits: list[tuple[tuple[int, int], tuple[int, int]]], drawn: set[tuple[int, int]]
) -> Counter[tuple[tuple[int, int], tuple[int, int]]]:
    """The bits with the points taken out that only a split put in."""
    found: Counter[tuple[tuple[int, int], tuple[int, int]]] = Counter()
    for a, b in bits:
        if a not in drawn:
            continue
        came = a
        while b not in drawn:
            nexts = [y for x, y in bits if x == b and y != came]
            came, b = b, nexts[0]
        found[a, b] += 1
    return found


def test_every_length_is_that_on_the_ellipsoid(read: tuple[str, Graph, Plain]) -> None:
    _, graph, plain = read
    ways = driven(graph)
    dm: Counter[int] = Counter()
    edges: Counter[int] = Counter()
    for edge in range(graph.edges):
        way = int(graph.edge_ids[edge].split(":")[0].removeprefix("w"))
        dm[way] += int(graph.length_dm[edge]) * len(ways[edge])
        edges[way] += len(ways[edge])
    assert graph.length_dm.max() <= 20_000
    sample = sorted(plain.bits)[:: max(1, len(plain.bits) // 400)]
    for way in sample:
        # Each edge is rounded to a decimetre by itself, and has one at least.
        assert abs(dm[way] - plain.metres(way) * 10) <= edges[way] + 1, f"way {way}"


def test_the_largest_part_is_that_of_the_plain_reading(read: tuple[str, Graph, Plain]) -> None:
    name, restricted, plain = read
    # The plain reading knows nothing of turns; a restricted one can only take junctions away.
    tracks = replace(read_osm(roads() / f"{name}.osm.pbf").tracks, turns=())
    graph = graph_of_tracks(tracks)
    bits = networkx.DiGraph()
    for n, link in enumerate(plain.links):
        # A bollard is another point on every bit, so that none goes on from there.
        bits.add_edge(*((id, n) if id in plain.shut else id for id in link))
    largest = max(networkx.strongly_connected_components(bits), key=len)
    ours = _of_the_largest(graph) - plain.shut
    known = set(graph.node_ids)
    assert len(ours) > 1000
    assert ours == {id for id in largest if f"n{id}" in known}
    assert _of_the_largest(restricted) - plain.shut <= ours


def _of_the_largest(graph: Graph) -> set[int]:
    """The numbers of the points of the largest part, without those that a split put in."""
    ids = (graph.node_ids[node] for node in np.flatnonzero(graph.component == 0).tolist())
    return {int(id[1:].partition("~")[0]) for id in ids if id.startswith("n")}


def test_the_roads_of_sudan_are_in_forty_four_parts() -> None:
    text = (roads() / "sudan_primary_roads_osm.geojson").read_text()
    graph = graph_of_tracks(road_lines(text))
    assert counts(graph) == (2334, 0, 2334, 4668, 3246, 577)
    assert int(graph.component.max()) + 1 == 44
    assert graph.notes[-1].startswith("44 parts between which there is no way")


def test_the_towns_of_syria_are_one_part() -> None:
    folder = roads() / "syria-towns"
    raw = town_graph((folder / "locations.csv").read_text(), (folder / "routes.csv").read_text())
    graph = graph_of_raw(raw)
    assert counts(graph) == (144, 0, 244, 488, 13_780, 144)
    lengths = dict(zip(graph.edge_ids, graph.length_dm.tolist(), strict=True))
    assert lengths == {edge.id: edge.length_dm for edge in raw.edges}
