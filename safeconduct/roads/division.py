"""A graph divided by areas: which class of road is every piece, edge and node of it?

An edge is open when all its pieces are, so what a search asks of an edge is the set of classes of
its pieces: a *bundle*. A country has millions of edges, but only as many classes and bundles as
its areas distinguish.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from safeconduct.errors import UnknownReference
from safeconduct.roads.graph import Graph, Ints
from safeconduct.roads.network import RoadClass

__all__ = ["Classed", "Division"]


class Classed(Protocol):
    """What `cover` needs to know of roads: a `Network` and a `Division` both have it."""

    @property
    def areas(self) -> frozenset[str]:
        """The ids of all areas that the roads were divided by."""
        ...

    @property
    def classes(self) -> tuple[RoadClass, ...]:
        """Every class of road and place; their numbers are their places here."""
        ...

    def overlap(self, one: str, other: str) -> bool:
        """Whether two areas share ground; an area overlaps itself."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Division:
    """A graph and its pieces.

    Parameters
    ----------
    classes : every class once: the areas that touch the road, and those that hold it.
    overlaps : pairs of areas that share ground, each with the lesser id first.
    piece_first : the pieces of edge `e`, from its `a` to its `b`, are `piece_first[e]` up to
        `piece_first[e + 1]`; shape (E + 1,).
    piece_end_dm, piece_class : of each piece: where it ends along its edge, its class; (P,).
    edge_bundle : of each edge, a number into `bundles`; (E,).
    bundles : sets of class numbers, each sorted and each once.
    node_class : of each node, its class; (N,).
    notes : what was dropped, left open or could not be known; for people.
    survey : what `redivide` starts from; None where the graph was not divided by `divide`.
    """

    graph: Graph
    areas: frozenset[str]
    classes: tuple[RoadClass, ...]
    overlaps: frozenset[tuple[str, str]]
    piece_first: Ints
    piece_end_dm: Ints
    piece_class: Ints
    edge_bundle: Ints
    bundles: tuple[tuple[int, ...], ...]
    node_class: Ints
    notes: tuple[str, ...] = ()
    survey: object = None

    def overlap(self, one: str, other: str) -> bool:
        """Whether two areas share ground; an area overlaps itself.

        Raises
        ------
        UnknownReference : an area that the graph was not divided by.
        """
        for area in (one, other):
            if area not in self.areas:
                raise UnknownReference(
                    f"Graph {self.graph.id} is asked about the area {area!r}, which it was not "
                    "divided by.",
                    "Divide it by that area as well.",
                    id=area,
                )
        return one == other or (min(one, other), max(one, other)) in self.overlaps
