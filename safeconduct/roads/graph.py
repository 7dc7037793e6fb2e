"""Roads as arrays: the form in which a whole country fits into memory and a search is quick.

A `Network` names every road and is what judgements are made on; a `Graph` numbers them. The two
meet in edge ids: `Graph.edge_ids[number]` is the id of the `Network`'s edge. Arrays may be mapped
from files and are never written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Graph", "Ints", "Longs", "Names", "Octets"]

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Octets = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Names(Sequence[str]):
    """Many short texts in two arrays: text `i` is UTF-8 in `data[starts[i]:starts[i + 1]]`.

    >>> names = Names.of(["Castello Road", ""])
    >>> names[0], names[1], len(names)
    ('Castello Road', '', 2)
    """

    data: Octets
    starts: Longs

    @classmethod
    def of(cls, texts: Iterable[str]) -> Names:
        """These texts, in this order."""
        encoded = [text.encode() for text in texts]
        starts = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(text) for text in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> str:  # type: ignore[override]  # no slices
        if not 0 <= index < len(self):
            raise IndexError(index)
        return bytes(self.data[self.starts[index] : self.starts[index + 1]]).decode()

    def find(self, text: str) -> int | None:
        """The place of the first text that is this one; None if none is. Quick among a million.

        >>> Names.of(["n12", "n1"]).find("n1")
        1
        """
        wanted = text.encode()
        lengths = np.diff(self.starts)
        if not wanted:
            return next(iter(np.flatnonzero(lengths == 0).tolist()), None)
        data, at = self.data.tobytes(), -1
        while (at := data.find(wanted, at + 1)) >= 0:
            index = int(np.searchsorted(self.starts, at, "right")) - 1
            if self.starts[index] == at and lengths[index] == len(wanted):
                return index
        return None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Graph:
    """A directed road network in arrays; N nodes, M arcs, E edges.

    Nodes stand in Morton order of their position, so that neighbours in space are neighbours in
    memory. An edge is a stretch of road between two junctions; an arc drives it one way, and a
    one-way edge has one arc. A junction with forbidden or compulsory turns is several nodes, one
    for each way of arriving there, so that a search needs to know nothing of turns.

    Parameters
    ----------
    lon_e7, lat_e7 : of each node, degrees times 10,000,000; shape (N,).
    junction : the node that stands for the same junction, itself where there is but one; (N,).
    first : the arcs that leave node `v` are `first[v]` up to `first[v + 1]`; (N + 1,).
    head, edge, backwards : of each arc: the node it leads to, the edge it drives, and whether it
        drives it from `b` to `a` (1) or from `a` to `b` (0); (M,).
    a, b, length_dm : of each edge: the junctions at its ends, its geodesic length; (E,).
    kind, surface : of each edge, numbers into `kinds` and `surfaces`; (E,).
    weight_kg, height_cm, width_cm : the limits posted on each edge, 0 where none is known; (E,).
    bridge : 1 where the edge is or holds a bridge; (E,).
    line_first, line_lon_e7, line_lat_e7 : the course of edge `e`, its ends included, is the part
        from `line_first[e]` to `line_first[e + 1]`; empty where it is not known.
    name : of each edge, a number into `names`; (E,).
    component : of each node, the number of its strongly connected part, 0 for the largest; (N,).
    node_ids, edge_ids : unique, as the source names them (the node ids of one junction's copies
        differ by an ending).
    """

    id: str
    lon_e7: Ints
    lat_e7: Ints
    junction: Ints
    first: Ints
    head: Ints
    edge: Ints
    backwards: Octets
    a: Ints
    b: Ints
    length_dm: Ints
    kind: Octets
    surface: Octets
    weight_kg: Ints
    height_cm: Ints
    width_cm: Ints
    bridge: Octets
    line_first: Longs
    line_lon_e7: Ints
    line_lat_e7: Ints
    name: Ints
    component: Ints
    kinds: tuple[str, ...]
    surfaces: tuple[str, ...]
    names: Sequence[str]
    node_ids: Sequence[str]
    edge_ids: Sequence[str]
    notes: tuple[str, ...] = ()
    source_sha256: str = ""
    label: str = ""

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.lon_e7)

    @property
    def arcs(self) -> int:
        """How many arcs there are."""
        return len(self.head)

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return len(self.a)
