"""From what areas hold and cut, edge by edge, to the pieces, classes and bundles of a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from safeconduct.roads.composites import slivers, with_composites
from safeconduct.roads.contacts import Contact
from safeconduct.roads.cutting import Cut
from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph, Ints, Longs
from safeconduct.roads.ground import Ground
from safeconduct.roads.network import RoadClass
from safeconduct.roads.pieces import Edge, Stretch, pieces_of

__all__ = ["Parts", "assembled"]

_Areas: TypeAlias = frozenset[str]
_NONE: _Areas = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What a division is put together from.

    Parameters
    ----------
    contacts : of each area with a shape.
    cuts : of every edge that meets a border, by those areas alone whose border it meets.
    undrawn : how many edges have no course.
    survey : handed on to the division.
    """

    graph: Graph
    ground: Ground
    contacts: Mapping[str, Contact]
    cuts: Mapping[int, Cut]
    undrawn: int
    survey: object


def assembled(parts: Parts) -> Division:
    """The division; classes and bundles stand in the order in which a network has them."""
    graph, ground = parts.graph, parts.ground
    border = np.array(sorted(parts.cuts), np.int64)
    holding, whole = _signatures(graph.edges, _named(parts, "holds"))
    pieces, keys = _cut_pieces(parts, border)
    first = np.ones(graph.edges + 1, np.int64)
    first[0] = 0
    first[border + 1] = [len(cut) for cut in pieces]
    np.cumsum(first, out=first)
    owner = np.repeat(np.arange(graph.edges), np.diff(first))
    is_cut = np.zeros(graph.edges, np.bool_)
    is_cut[border] = True
    is_cut = is_cut[owner]
    end_dm = graph.length_dm[owner]
    end_dm[is_cut] = [end for cut in pieces for end, _ in cut]
    key = np.zeros(len(owner), np.int64)
    key[is_cut] = [number for cut in pieces for _, number in cut]

    touching, touched = _signatures(graph.nodes, _named(parts, "touches_nodes"))
    inside, within = _signatures(graph.nodes, _named(parts, "holds_nodes"))
    piece_of, piece_kinds = _distinct(key * len(holding) + whole[owner])
    node_of, node_kinds = _distinct(touched.astype(np.int64) * len(inside) + within)
    closed = _Closing(ground.members)
    piece_classes = [
        closed.both(keys[kind // len(holding)], holding[kind % len(holding)])
        for kind in piece_kinds.tolist()
    ]
    node_classes = [
        (closed(touching[kind // len(inside)]), closed(inside[kind % len(inside)]))
        for kind in node_kinds.tolist()
    ]
    classes = sorted({*piece_classes, *node_classes}, key=lambda c: (sorted(c[0]), sorted(c[1])))
    number = {each: n for n, each in enumerate(classes)}
    piece_class = np.array([number[c] for c in piece_classes], np.int32)[piece_of]
    node_class = np.array([number[c] for c in node_classes], np.int32)[node_of]
    # A composite may be named for its own shape and for a member's: a border of only one of the
    # two changes nothing, and no cut is idle.
    idle = (owner[:-1] == owner[1:]) & (piece_class[:-1] == piece_class[1:])
    kept = np.append(~idle, True)[: len(owner)]
    owner, end_dm, piece_class = owner[kept], end_dm[kept], piece_class[kept]
    first = np.zeros(graph.edges + 1, np.int32)
    np.cumsum(np.bincount(owner, minlength=graph.edges), out=first[1:])
    edge_bundle, bundles = _bundles(first, piece_class)
    return Division(
        graph=graph,
        areas=frozenset(ground.areas),
        classes=tuple(classes),
        overlaps=ground.overlaps((), ()),
        piece_first=first,
        piece_end_dm=end_dm.astype(np.int32),
        piece_class=piece_class,
        edge_bundle=edge_bundle,
        bundles=bundles,
        node_class=node_class,
        notes=tuple(_notes(parts, holding, whole)),
        survey=parts.survey,
    )


def _named(parts: Parts, what: str) -> Iterator[tuple[str, Ints]]:
    return ((id, getattr(one, what)) for id, one in parts.contacts.items())


def _signatures(count: int, held: Iterable[tuple[str, Ints]]) -> tuple[list[_Areas], Ints]:
    """The different sets of areas that `count` things are in, and which of them each one has."""
    sets, number = [_NONE], {_NONE: 0}
    found = np.zeros(count, np.int32)
    for area, where in held:
        before = found[where]
        after = np.zeros(len(sets), np.int32)
        for old in np.flatnonzero(np.bincount(before, minlength=len(sets))).tolist():
            new = sets[old] | {area}
            if new not in number:
                number[new] = len(sets)
                sets.append(new)
            after[old] = number[new]
        found[where] = after[before]
    return sets, found


def _cut_pieces(parts: Parts, border: Longs) -> tuple[list[list[tuple[int, int]]], list[RoadClass]]:
    """The ends and kinds of the pieces of each edge at a border, and what each kind has."""
    keys: list[RoadClass] = [(_NONE, _NONE)]
    number = {keys[0]: 0}
    out: list[list[tuple[int, int]]] = []
    for edge, length_dm in zip(
        border.tolist(), parts.graph.length_dm[border].tolist(), strict=True
    ):
        found = parts.cuts[edge]
        ends = []
        for piece in pieces_of(_edge(length_dm, found.touched, found.within)):
            areas = piece.touched, piece.within
            if areas not in number:
                number[areas] = len(keys)
                keys.append(areas)
            ends.append((piece.end_dm, number[areas]))
        out.append(ends)
    return out, keys


def _edge(
    length_dm: int, touched: Iterable[Stretch], within: Iterable[Stretch], id: str = "-"
) -> Edge:
    """An edge with these stretches; where it leads is of no interest here."""
    return Edge(id, "-", "-", length_dm, tuple(touched), tuple(within))


def _distinct(codes: Longs) -> tuple[Longs, Longs]:
    """For each code the number of its value among the different ones, and these, rising."""
    kinds, of = np.unique(codes, return_inverse=True)
    return of, kinds


class _Closing:
    """Adds to a set of areas the composites that a member of it brings in."""

    def __init__(self, members: Mapping[str, _Areas]) -> None:
        self.members = members

    def __call__(self, areas: _Areas) -> _Areas:
        return areas.union(id for id, inside in self.members.items() if inside & areas)

    def both(self, cut: RoadClass, whole: _Areas) -> RoadClass:
        """The class of a piece, cut like this, of an edge that these areas hold whole."""
        return self(cut[0] | whole), self(cut[1] | whole)


def _bundles(first: Ints, piece_class: Ints) -> tuple[Ints, tuple[tuple[int, ...], ...]]:
    """For each edge the number of the set of its classes, and these sets in order."""
    single = np.diff(first) == 1
    alone = piece_class[first[:-1][single]]
    several = np.flatnonzero(~single)
    sets = [
        tuple(sorted({*piece_class[first[edge] : first[edge + 1]].tolist()}))
        for edge in several.tolist()
    ]
    bundles = sorted({*sets, *((cls,) for cls in np.unique(alone).tolist())})
    number = {bundle: n for n, bundle in enumerate(bundles)}
    of_class = np.zeros(int(piece_class.max(initial=0)) + 1, np.int32)
    for bundle, n in number.items():
        if len(bundle) == 1:
            of_class[bundle[0]] = n
    out = np.empty(len(single), np.int32)
    out[single] = of_class[alone]
    out[several] = [number[each] for each in sets]
    return out, tuple(bundles)


def _notes(parts: Parts, holding: list[_Areas], whole: Ints) -> Iterator[str]:
    """What was dropped, what a composite leaves open, and what nobody can know."""
    for edge in sorted(parts.cuts):
        yield from parts.cuts[edge].notes
        if parts.ground.members:
            yield from _slivers(parts, edge, holding[whole[edge]])
    if parts.undrawn:
        yield (
            f"course not known of {parts.undrawn} of {parts.graph.edges} edges: they are taken to "
            "be in no area"
        )
    for id in sorted(parts.ground.areas.keys() - parts.ground.shapes.keys()):
        yield f"area {id} has no outline: nothing of it is known on these roads"


def _slivers(parts: Parts, edge: int, whole: _Areas) -> Iterator[str]:
    found, ground = parts.cuts[edge], parts.ground
    length_dm = int(parts.graph.length_dm[edge])
    named = {stretch.area for stretch in found.within}
    # Where an area holds the whole edge, so does every composite that it is in.
    open_ones = [
        id
        for id, inside in ground.members.items()
        if not whole & {id, *inside} and named & {id, *inside}
    ]
    if open_ones:
        within = with_composites(found.within, ground.members)
        each = _edge(length_dm, within, within, parts.graph.edge_ids[edge])
        yield from slivers(each, ground.areas, open_ones)
