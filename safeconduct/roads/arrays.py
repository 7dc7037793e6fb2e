"""A drawn network as arrays: the same places, edges, pieces and classes, for a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph, Ints
from safeconduct.roads.network import Network

__all__ = ["division_of", "graph_of"]


def division_of(network: Network, one_way: Mapping[str, bool] | None = None) -> Division:
    """The network in arrays: the same pieces, classes and overlaps, under the same ids.

    Node `n` is place `n` of the network and edge `e` its edge `e`, driven either way.

    Parameters
    ----------
    one_way : edges that are driven one way only, by id: whether that is from `b` to `a`.
    """
    cuts = [network.pieces(edge.id) for edge in network.edges]
    classes = [network.edge_classes(edge.id) for edge in network.edges]
    bundles = sorted({tuple(sorted({*each})) for each in classes})
    numbers = {bundle: number for number, bundle in enumerate(bundles)}
    first = np.zeros(len(cuts) + 1, np.int32)
    np.cumsum([len(pieces) for pieces in cuts], out=first[1:])
    return Division(
        graph=graph_of(network, one_way),
        areas=network.areas,
        classes=network.classes,
        overlaps=network.overlaps,
        piece_first=first,
        piece_end_dm=_ints([piece.end_dm for pieces in cuts for piece in pieces]),
        piece_class=_ints([cls for each in classes for cls in each]),
        edge_bundle=_ints([numbers[tuple(sorted({*each}))] for each in classes]),
        bundles=tuple(bundles),
        node_class=_ints([network.place_class(place.id) for place in network.places]),
        notes=network.notes,
    )


def graph_of(network: Network, one_way: Mapping[str, bool] | None = None) -> Graph:
    """The places and edges of a network as arrays; limits are not known. `one_way` as above.

    A place whose position is not known stands at 0, 0, and the notes say so.
    """
    places, edges = network.places, network.edges
    node = {place.id: number for number, place in enumerate(places)}
    a = _ints([node[edge.a] for edge in edges])
    b = _ints([node[edge.b] for edge in edges])
    tails = np.concatenate([a, b])
    order = np.argsort(tails, kind="stable")
    barred = one_way or {}
    driven = [barred.get(edge.id) is not True for edge in edges]
    driven += [barred.get(edge.id) is not False for edge in edges]
    order = order[np.array(driven, np.bool_)[order]]
    number = np.arange(len(edges), dtype=np.int32)
    first = np.zeros(len(places) + 1, np.int32)
    np.cumsum(np.bincount(tails[order], minlength=len(places)), out=first[1:])
    line_first = np.zeros(len(edges) + 1, np.int64)
    np.cumsum([len(edge.line) for edge in edges], out=line_first[1:])
    names = sorted({edge.name for edge in edges})
    kinds = sorted({"", *(edge.kind for edge in edges)})
    surfaces = sorted({"", *(edge.surface for edge in edges)})
    unplaced = sum(place.at is None for place in places)
    note = f"position not known of {unplaced} of {len(places)} places: they stand at 0, 0"
    unknown, octets = np.zeros(len(edges), np.int32), np.zeros(len(edges), np.uint8)
    return Graph(
        id=network.id,
        lon_e7=_ints([place.at.lon_e7 if place.at else 0 for place in places]),
        lat_e7=_ints([place.at.lat_e7 if place.at else 0 for place in places]),
        junction=np.arange(len(places), dtype=np.int32),
        first=first,
        head=np.concatenate([b, a])[order],
        edge=np.concatenate([number, number])[order],
        backwards=np.repeat(np.array([0, 1], np.uint8), len(edges))[order],
        a=a,
        b=b,
        length_dm=_ints([edge.length_dm for edge in edges]),
        kind=np.array([kinds.index(edge.kind) for edge in edges], np.uint8),
        surface=np.array([surfaces.index(edge.surface) for edge in edges], np.uint8),
        weight_kg=unknown,
        height_cm=unknown,
        width_cm=unknown,
        bridge=octets,
        line_first=line_first,
        line_lon_e7=_ints([at.lon_e7 for edge in edges for at in edge.line]),
        line_lat_e7=_ints([at.lat_e7 for edge in edges for at in edge.line]),
        name=_ints([names.index(edge.name) for edge in edges]),
        component=_components(len(places), a, b),
        kinds=tuple(kinds),
        surfaces=tuple(surfaces),
        names=tuple(names),
        node_ids=tuple(place.id for place in places),
        edge_ids=tuple(edge.id for edge in edges),
        notes=(note,) if unplaced else (),
        source_sha256=network.source_sha256,
        label=network.label,
    )


def _components(nodes: int, a: Ints, b: Ints) -> Ints:
    """The connected part of each node, the largest numbered 0; every edge goes both ways."""
    leader = list(range(nodes))

    def lead(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for one, other in zip(a.tolist(), b.tolist(), strict=True):
        leader[lead(one)] = lead(other)
    leaders = np.array([lead(node) for node in range(nodes)], np.int64)
    found, number, sizes = np.unique(leaders, return_inverse=True, return_counts=True)
    rank = np.empty(len(found), np.int32)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(found), dtype=np.int32)
    return rank[number]


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int32)
