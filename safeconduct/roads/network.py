"""A road network as one plain value: places, edges, pieces, and the few classes they fall into.

Whole numbers and names only, so that a verdict never depends on a geometry library. Everything a
lookup needs is worked out once, on first use.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar

from safeconduct.errors import UnknownReference, WrongField
from safeconduct.roads.pieces import Edge, Piece, Place, Stretch, pieces_of

__all__ = ["FORMAT", "Edge", "Network", "Piece", "Place", "RoadClass", "Stretch"]

#: The form of `Network.as_json`; a program that meets a higher number must refuse it.
FORMAT = 1

RoadClass: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""The areas that touch a piece or place, and those that hold it within them."""

_Named = TypeVar("_Named", Edge, Place)


# No slots: the tables below are worked out on first use and kept in the instance.
@dataclass(frozen=True)
class Network:
    """Roads between places, and which areas touch and hold each piece of them.

    Places and edges are kept in the order of their ids and `overlaps` in one order, so that equal
    networks are equal values with one `version`.

    Parameters
    ----------
    areas : the ids of all areas it was built with, also of those that no road touches.
    overlaps : pairs of areas that share ground; `overlap` answers from them.
    notes : what the build dropped or closed, and what is only schematic; for people.
    source_sha256 : the digest of everything the build read, so that a stale copy is noticed.
    label : where it came from, in words.

    Raises
    ------
    WrongField : one id is used twice.
    UnknownReference : an edge ends at a place that is not there; a stretch, a place or a pair of
        overlapping areas names an area that is not in `areas`.

    >>> network = Network("n", (Place("A"), Place("B")), (Edge("e", "A", "B", 90),))
    >>> network.piece_class(network.pieces("e")[0]), network.classes
    (0, ((frozenset(), frozenset()),))
    """

    id: str
    places: tuple[Place, ...]
    edges: tuple[Edge, ...]
    areas: frozenset[str] = frozenset()
    overlaps: frozenset[tuple[str, str]] = frozenset()
    notes: tuple[str, ...] = ()
    source_sha256: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", _by_id("place", self.places))
        object.__setattr__(self, "edges", _by_id("edge", self.edges))
        pairs = frozenset((min(pair), max(pair)) for pair in self.overlaps)
        object.__setattr__(self, "overlaps", pairs)
        known = {place.id for place in self.places}
        for edge in self.edges:
            for end in (edge.a, edge.b):
                _check_known("place", end, known, f"Edge {edge.id} ends at")
            for stretch in edge.touched:  # what is within is touched
                _check_known("area", stretch.area, self.areas, f"Edge {edge.id} runs in")
        for place in self.places:
            for area in sorted(place.touched):
                _check_known("area", area, self.areas, f"Place {place.id} lies in")
        for area in sorted({area for pair in pairs for area in pair}):
            _check_known("area", area, self.areas, "An overlap names")

    def edge(self, id: str) -> Edge:
        """The edge of this id; UnknownReference, with ids that look alike, when there is none."""
        return _found(self._edges, "edge", id, self)

    def place(self, id: str) -> Place:
        """The place of this id; UnknownReference, with ids that look alike, when there is none."""
        return _found(self._places, "place", id, self)

    def has_edge(self, id: str) -> bool:
        """Whether there is an edge of this id."""
        return id in self._edges

    def has_place(self, id: str) -> bool:
        """Whether there is a place of this id."""
        return id in self._places

    def pieces(self, edge_id: str) -> tuple[Piece, ...]:
        """The pieces of an edge, from its start to its end; UnknownReference as for `edge`."""
        self.edge(edge_id)
        return self._pieces[edge_id]

    def edge_classes(self, edge_id: str) -> tuple[int, ...]:
        """The class numbers of the pieces of an edge, one for each, in the same order."""
        self.edge(edge_id)
        return self._edge_classes[edge_id]

    def piece_class(self, piece: Piece) -> int:
        """The number of the class of a piece of this network; UnknownReference for a stranger."""
        return self._number((piece.touched, piece.within), f"piece of edge {piece.edge}")

    def place_class(self, place_id: str) -> int:
        """The number of the class of a place; UnknownReference as for `place`."""
        place = self.place(place_id)
        return self._number((place.touched, place.within), f"place {place_id}")

    def overlap(self, one: str, other: str) -> bool:
        """Whether two areas share ground; an area overlaps itself.

        Raises
        ------
        UnknownReference : an area that the network was not built with, of which it knows nothing.
        """
        for area in (one, other):
            _check_known("area", area, self.areas, f"Network {self.id} is asked about")
        return one == other or (min(one, other), max(one, other)) in self.overlaps

    @cached_property
    def classes(self) -> tuple[RoadClass, ...]:
        """Every class of road and place once, in the order of the names of its areas."""
        found = {(piece.touched, piece.within) for cut in self._pieces.values() for piece in cut}
        found |= {(place.touched, place.within) for place in self.places}
        return tuple(sorted(found, key=lambda pair: (sorted(pair[0]), sorted(pair[1]))))

    @cached_property
    def version(self) -> str:
        """The SHA-256 of the canonical JSON of the network, as 64 lower-case hex digits."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def canonical(self) -> bytes:
        """The network as canonical JSON (RFC 8785): the same bytes on every machine."""
        # Its keys are ASCII, its numbers whole: the standard writer makes the bytes of RFC 8785.
        text = json.dumps(self.as_json(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return text.encode()

    def as_json(self) -> dict[str, Any]:
        """The network as JSON values, in one order, integers only."""
        return {
            "areas": sorted(self.areas),
            "edges": [_edge_json(edge) for edge in self.edges],
            "format": FORMAT,
            "id": self.id,
            "label": self.label,
            "notes": list(self.notes),
            "overlaps": [list(pair) for pair in sorted(self.overlaps)],
            "places": [_place_json(place) for place in self.places],
            "source_sha256": self.source_sha256,
        }

    @cached_property
    def _edges(self) -> dict[str, Edge]:
        return {edge.id: edge for edge in self.edges}

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {place.id: place for place in self.places}

    @cached_property
    def _pieces(self) -> dict[str, tuple[Piece, ...]]:
        return {edge.id: pieces_of(edge) for edge in self.edges}

    @cached_property
    def _numbers(self) -> dict[RoadClass, int]:
        return {pair: number for number, pair in enumerate(self.classes)}

    @cached_property
    def _edge_classes(self) -> dict[str, tuple[int, ...]]:
        return {id: tuple(map(self.piece_class, cut)) for id, cut in self._pieces.items()}

    def _number(self, pair: RoadClass, what: str) -> int:
        try:
            return self._numbers[pair]
        except KeyError:
            raise UnknownReference(
                f"The {what} has areas that no road of network {self.id} has.",
                "Ask the network that the piece was taken from.",
                network=self.id,
            ) from None


def _by_id(what: str, named: Iterable[_Named]) -> tuple[_Named, ...]:
    ordered = sorted(named, key=lambda one: one.id)
    for one, following in pairwise(ordered):
        if one.id == following.id:
            raise WrongField(
                f"The id {one.id} is used for two {what}s.",
                f"Give every {what} an id of its own.",
                id=one.id,
            )
    return tuple(ordered)


def _found(known: Mapping[str, _Named], what: str, id: str, network: Network) -> _Named:
    try:
        return known[id]
    except KeyError:
        raise _unknown(what, id, known, f"Network {network.id} is asked for") from None


def _check_known(what: str, id: str, known: Iterable[str], says: str) -> None:
    if id not in known:
        raise _unknown(what, id, known, says)


def _unknown(what: str, id: str, known: Iterable[str], says: str) -> UnknownReference:
    close = difflib.get_close_matches(id, sorted(known), n=3)
    advice = f"Did you mean {' or '.join(close)}?" if close else f"Define the {what}, or name one."
    return UnknownReference(
        f"{says} the {what} {id!r}, which is not defined.", advice, id=id, close=close
    )


def _edge_json(edge: Edge) -> dict[str, Any]:
    # Left out where they are not known, so that networks without them keep their version.
    known = {"kind": edge.kind, "surface": edge.surface}
    return {key: value for key, value in known.items() if value} | {
        "a": edge.a,
        "b": edge.b,
        "id": edge.id,
        "length_dm": edge.length_dm,
        "line": [[point.lon_e7, point.lat_e7] for point in edge.line],
        "name": edge.name,
        "note": edge.note,
        "schematic": edge.schematic,
        "touched": [[s.area, s.start_dm, s.end_dm] for s in edge.touched],
        "within": [[s.area, s.start_dm, s.end_dm] for s in edge.within],
    }


def _place_json(place: Place) -> dict[str, Any]:
    at = place.at
    return {
        "at": None if at is None else [at.lon_e7, at.lat_e7],
        "id": place.id,
        "name": place.name,
        "note": place.note,
        "touched": sorted(place.touched),
        "within": sorted(place.within),
    }
