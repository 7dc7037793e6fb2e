"""The places that may lie on adopted roads though nobody has looked for them there.

Which junction a place is taken to be is found on the imported network when roads are adopted. A
checkpoint that is recorded later is not joined by that. Whether it may be on the way is judged with
whole numbers and on the wide side, from the courses that the records hold (law 16).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from safeconduct.roads.nearness import FARTHEST_M, near_box
from safeconduct.roads.network import Network
from safeconduct.spacetime import Point
from safeconduct.vocabulary import AdoptedRoad, AdoptedRoads, Apart, Joint

__all__ = ["adoption_note", "unjoined", "unrecorded"]

_ADOPTED = "adopted: "
_BY = "by the record "


def adoption_note(record: AdoptedRoads) -> str:
    """What a network says in its notes of the roads that a record brought into it."""
    return f"{_told(record)}, {_BY}{record.id}"


def _told(record: AdoptedRoads) -> str:
    whose = record.credit or record.source or record.graph
    return f"{_ADOPTED}{len(record.roads)} roads of {record.graph}, {whose}"


def unrecorded(
    network: Network, adopted: Iterable[AdoptedRoads], edges: Iterable[str]
) -> tuple[AdoptedRoad, ...]:
    """Of some edges those that may be adopted by a record that is not known, as they are drawn.

    The network says in its notes which records brought roads into it. One of them may be withheld,
    or written by somebody whose word does not count here; then every edge that no known record
    holds may be its, and nobody here can tell which places were looked for on it.

    Parameters
    ----------
    adopted : the records that are known.
    """
    adopted = tuple(adopted)
    known = {note for one in adopted for note in (adoption_note(one), _told(one))}
    if known.issuperset(note for note in network.notes if note.startswith(_ADOPTED)):
        return ()
    held = {road.id for one in adopted for road in one.roads}
    drawn = (network.edge(id) for id in sorted({*edges} - held) if network.has_edge(id))
    return tuple(
        AdoptedRoad(
            id=edge.id, a=edge.a, b=edge.b, length_dm=edge.length_dm, line=edge.line, name=edge.name
        )
        for edge in drawn
    )


def unjoined(
    network: Network,
    adopted: Iterable[AdoptedRoads],
    edges: Collection[str],
    places: Iterable[str],
    passed: Collection[str] = (),
    unrecorded: Iterable[AdoptedRoad] = (),
) -> Iterator[tuple[str, AdoptedRoad]]:
    """Each place that may be on one of some edges and is not joined to it, with each such road.

    A place was *looked for* on a road where a record of the same import takes it to be at a
    junction, or apart, and it has not moved away since. Taken to be at an end of the road, it is
    joined where the road ends at it in this network; taken to be elsewhere, it is not on the road.
    One that was never looked for may be on each road within the distance at which places are
    joined, and on every road where its position or the road's course is not known.

    Parameters
    ----------
    edges : those that are driven; others are passed over.
    passed : places that the column passes: one of these that was never looked for is where it is.
    unrecorded : further roads that are driven, of which no record is known; nobody has looked for
        anything on them.
    """
    adopted = tuple(adopted)
    of_import = {sha: _Import.of(sha, adopted) for sha in {one.graph_sha256 for one in adopted}}
    held: dict[str, tuple[AdoptedRoad, list[_Import]]] = {}
    for record in adopted:
        for road in record.roads:
            if road.id in edges:
                held.setdefault(road.id, (road, []))[1].append(of_import[record.graph_sha256])
    for road in unrecorded:
        held.setdefault(road.id, (road, []))
    if not held:
        return
    for place in sorted({*places}):
        at = network.place(place).at if network.has_place(place) else None
        for id in sorted(held):
            road, imports = held[id]
            spots = {spot for one in imports for spot in one.spots(place, at)}
            if spots:
                doubted = not spots.isdisjoint((road.a, road.b)) and place not in _ends(network, id)
            else:
                doubted = place not in passed and _near(road, at)
            if doubted:
                yield place, road


@dataclass(frozen=True, slots=True)
class _Import:
    """What all records of one imported network tell of the places that were looked for on it."""

    at: Mapping[str, Point]
    joints: Mapping[str, list[Joint]]
    apart: Mapping[str, list[Apart]]

    @classmethod
    def of(cls, sha256: str, adopted: Iterable[AdoptedRoads]) -> _Import:
        records = [one for one in adopted if one.graph_sha256 == sha256]
        joints: dict[str, list[Joint]] = defaultdict(list)
        apart: dict[str, list[Apart]] = defaultdict(list)
        for record in records:
            for joint in record.joints:
                joints[joint.place].append(joint)
            for one in record.apart:
                apart[one.place].append(one)
        at = {one.id: one.near for record in records for one in record.junctions}
        return cls(at, joints, apart)

    def spots(self, place: str, at: Point | None) -> Iterator[str]:
        """The junctions that a place is taken to be, "" for none; nothing if nobody has looked."""
        if place in self.at:
            yield place
        for joint in self.joints.get(place, ()):
            near = self.at[joint.junction]
            # Drawn elsewhere since, it may be at another junction.
            if at is None or near_box((near, near), at, joint.distance_m):
                yield joint.junction
        for one in self.apart.get(place, ()):
            if one.near == at:
                yield one.junction


def _ends(network: Network, edge_id: str) -> tuple[str, ...]:
    if not network.has_edge(edge_id):
        return ()
    edge = network.edge(edge_id)
    return edge.a, edge.b


def _near(road: AdoptedRoad, at: Point | None) -> bool:
    """Whether a position may be as near to a road as a place is to its junction."""
    if at is None or len(road.line) < 2:
        return True
    lons, lats = [one.lon_e7 for one in road.line], [one.lat_e7 for one in road.line]
    around = Point(min(lons), min(lats)), Point(max(lons), max(lats))
    return near_box(around, at, FARTHEST_M) and any(
        near_box(piece, at, FARTHEST_M) for piece in pairwise(road.line)
    )
