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

__all__ = ["Parts", "Severed", "assembled", "severed"]

_Areas: TypeAlias = frozenset[str]
_NONE: _Areas = frozenset()


@dataclass(frozen=True, slots=True)
class Severed:
    """An edge that meets a border, as the areas whose border it meets cut it.

    `pieces` are the end of each and the areas there, `within` what those hold of it.
    """

    pieces: tuple[tuple[int, RoadClass], ...]
    within: tuple[Stretch, ...]
    notes: tuple[str, ...]


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
    cuts: Mapping[int, Severed]
    undrawn: int
    survey: object


def assembled(parts: Parts) -> Division:
    """The division; classes and bundles stand in the order in which a network has them."""
    graph, ground = parts.graph, parts.ground
    holding, whole = _signatures(graph.edges, _named(parts, "holds"))
    owner, end_dm, pieces = _pieces(parts, holding, whole)
    nodes = _nodes(parts)
    classes = sorted({*pieces.classes, *nodes.classes}, key=lambda c: (sorted(c[0]), sorted(c[1])))
    number = {each: n for n, each in enumerate(classes)}
    piece_class, node_class = pieces.numbered(number), nodes.numbered(number)
    # A composite may be there for its own shape and for a member's: a border of only one of the
    # two changes nothing, and no cut is idle.
    cut = (owner[:-1] != owner[1:]) | (piece_class[:-1] != piece_class[1:])
    kept = np.append(cut, True)[: len(owner)]
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
        piece_end_dm=end_dm,
        piece_class=piece_class,
        edge_bundle=edge_bundle,
        bundles=bundles,
        node_class=node_class,
        notes=tuple(_notes(parts, holding, whole)),
        survey=parts.survey,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Classed:
    """For each of many things, which of a few classes it has."""

    which: Longs
    classes: list[RoadClass]

    def numbered(self, number: Mapping[RoadClass, int]) -> Ints:
        """The number of the class of each thing."""
        return np.array([number[each] for each in self.classes], np.int32)[self.which]


def _pieces(parts: Parts, holding: list[_Areas], whole: Ints) -> tuple[Longs, Ints, _Classed]:
    """Of each piece the edge that it is of, its end, and its class, in order along the edges."""
    graph = parts.graph
    border = np.array(sorted(parts.cuts), np.int64)
    cuts = [parts.cuts[edge] for edge in border.tolist()]
    counts = np.ones(graph.edges, np.int64)
    counts[border] = [len(cut.pieces) for cut in cuts]
    owner = np.repeat(np.arange(graph.edges), counts)
    end_dm = graph.length_dm[owner]
    kind = np.zeros(len(owner), np.int64)
    is_cut = np.zeros(graph.edges, np.bool_)
    is_cut[border] = True
    is_cut = is_cut[owner]
    end_dm[is_cut] = [end for cut in cuts for end, _ in cut.pieces]
    kinds, kind[is_cut] = _kinds(cuts)
    which, found = _distinct(kind * len(holding) + whole[owner])
    classes = []
    for cut_as, held_by in (divmod(code, len(holding)) for code in found.tolist()):
        touched, within = (areas | holding[held_by] for areas in kinds[cut_as])
        classes.append((_closed(parts, touched), _closed(parts, within)))
    return owner, end_dm, _Classed(which, classes)


def _nodes(parts: Parts) -> _Classed:
    """The class of each node."""
    touching, touched = _signatures(parts.graph.nodes, _named(parts, "touches_nodes"))
    holding, within = _signatures(parts.graph.nodes, _named(parts, "holds_nodes"))
    which, found = _distinct(touched.astype(np.int64) * len(holding) + within)
    return _Classed(
        which,
        [
            (
                _closed(parts, touching[code // len(holding)]),
                _closed(parts, holding[code % len(holding)]),
            )
            for code in found.tolist()
        ],
    )


def _closed(parts: Parts, areas: _Areas) -> _Areas:
    """The areas, and the composites that one of them is in."""
    return areas.union(id for id, inside in parts.ground.members.items() if inside & areas)


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


def severed(length_dm: int, found: Cut) -> Severed:
    """The pieces that a cut makes of an edge of this length."""
    edge = _edge(length_dm, found.touched, found.within)
    pieces = tuple((piece.end_dm, (piece.touched, piece.within)) for piece in pieces_of(edge))
    return Severed(pieces, found.within, found.notes)


def _kinds(cuts: Iterable[Severed]) -> tuple[list[RoadClass], list[int]]:
    """The different kinds of pieces that cuts make, and which of them each piece is of."""
    kinds: list[RoadClass] = [(_NONE, _NONE)]
    number = {kinds[0]: 0}
    of = []
    for cut in cuts:
        for _, areas in cut.pieces:
            if areas not in number:
                number[areas] = len(kinds)
                kinds.append(areas)
            of.append(number[areas])
    return kinds, of


def _edge(
    length_dm: int, touched: Iterable[Stretch], within: Iterable[Stretch], id: str = "-"
) -> Edge:
    """An edge with these stretches; where it leads is of no interest here."""
    return Edge(id, "-", "-", length_dm, tuple(touched), tuple(within))


def _distinct(codes: Longs) -> tuple[Longs, Longs]:
    """For each code the number of its value among the different ones, and these, rising."""
    limit = int(codes.max(initial=0)) + 1
    if limit > 8 * len(codes) + 1_000:
        kinds, of = np.unique(codes, return_inverse=True)
        return of, kinds
    # A table of so few possible values is quicker than sorting the codes.
    there = np.zeros(limit, np.bool_)
    there[codes] = True
    return (np.cumsum(there) - 1)[codes], np.flatnonzero(there)


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
