"""The roads of a route taken from a folder of imported roads, as a record for the register.

What is recorded is all that a judge needs, so that the register answers without the folder.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np

from safeconduct.adapters.files.graphfolder import check_graph
from safeconduct.adapters.files.graphmanifest import manifest_digest, read_manifest
from safeconduct.app.importedmap import edge_of, places_on, position
from safeconduct.clearance import Judge
from safeconduct.clearance.unjoined import posts_at
from safeconduct.roads import RawEdge
from safeconduct.roads.graph import Graph
from safeconduct.roads.ways import numbers_of
from safeconduct.spacetime import Point
from safeconduct.vocabulary import (
    AdoptedRoad,
    AdoptedRoads,
    Apart,
    Driven,
    Joint,
    Junction,
    Movement,
)

__all__ = ["roads_to_adopt"]


def roads_to_adopt(
    judge: Judge, movement: Movement, folder: str, edges: Collection[str], id: str
) -> AdoptedRoads:
    """These edges of a folder, and where they meet the places of the register.

    Parameters
    ----------
    movement : its places, and the checkpoints and crossings that are known, are joined; of those
        of the latter that are elsewhere the record tells that they were looked for.
    edges : ids of edges of the folder.
    id : that of the record.

    Raises
    ------
    RouteRefused : a place has no position, or no road is near enough to it.
    UnknownReference : the folder has no edge of that id.
    MissingFile, UnreadableFile : as `check_graph`.
    """
    path = Path(folder)
    graph, manifest = check_graph(path), read_manifest(path)
    numbers = numbers_of(graph.edge_ids, edges, "edge")
    ways = _driven(graph, numbers.values())
    ends = sorted({int(end) for n in numbers.values() for end in (graph.a[n], graph.b[n])})
    found = places_on(graph, judge, movement)
    return AdoptedRoads(
        id=id,
        graph=graph.id,
        graph_sha256=manifest_digest(path),
        junctions=tuple(_junction(graph, node) for node in ends),
        roads=tuple(
            _road(edge_of(graph, number), ways[number]) for _, number in sorted(numbers.items())
        ),
        joints=tuple(
            Joint(place=place, junction=graph.node_ids[one.node], distance_m=one.distance_m)
            for place, one in sorted(found.items())
            if one.node in ends
        ),
        apart=tuple(
            Apart(
                place=place,
                near=position(judge.network, place),
                junction=graph.node_ids[found[place].node] if place in found else "",
            )
            for place in sorted(posts_at(judge.situation))
            if place not in found or found[place].node not in ends
        ),
        source=manifest.source.file,
        source_sha256=manifest.source.sha256,
        dated=manifest.source.dated,
        credit=graph.label,
    )


def _junction(graph: Graph, node: int) -> Junction:
    at = Point(int(graph.lon_e7[node]), int(graph.lat_e7[node]))
    return Junction(graph.node_ids[node], at)


def _driven(graph: Graph, edges: Collection[int]) -> dict[int, Driven]:
    """Which way each of some edges may be driven, as its arcs tell."""
    arcs = np.flatnonzero(np.isin(graph.edge, list(edges)))
    ways: dict[int, set[bool]] = {edge: set() for edge in edges}
    for arc in arcs.tolist():
        ways[int(graph.edge[arc])].add(bool(graph.backwards[arc]))
    return {
        edge: Driven.EITHER_WAY
        if len(found) != 1
        else (Driven.BACKWARDS if True in found else Driven.FORWARDS)
        for edge, found in ways.items()
    }


def _road(edge: RawEdge, driven: Driven) -> AdoptedRoad:
    assert edge.length_dm is not None  # every edge of a graph has one
    return AdoptedRoad(
        id=edge.id,
        a=edge.a,
        b=edge.b,
        length_dm=edge.length_dm,
        line=edge.line,
        name=edge.name,
        kind=edge.kind,
        surface=edge.surface,
        driven=driven,
    )
