"""A network with roads taken over from an import: cut by the same areas, joined at its places.

The only other step, beside `build`, at which geometry is used. What comes out is a network like any
other, so that whoever judges on it needs neither geometry nor the folder that the roads came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from safeconduct.errors import RouteRefused, UnknownReference, WrongField
from safeconduct.roads.build import build
from safeconduct.roads.composites import members_of, shared_ground
from safeconduct.roads.lines import distance_dm
from safeconduct.roads.network import Network
from safeconduct.roads.pieces import Edge, Place, Stretch, pieces_of
from safeconduct.roads.pin import adopted_digest
from safeconduct.roads.raw import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.unjoined import adoption_note
from safeconduct.spacetime import Area
from safeconduct.vocabulary import AdoptedRoads, Joint, Junction

__all__ = ["extended", "on_the_map", "with_adopted"]

#: Two positions of one place or junction may be this far apart, in decimetres: a newer survey moves
#: a crossroads by less, and a column that is 10 m long at the least does not notice.
_SAME_DM = 100


def extended(
    network: Network,
    areas: Sequence[Area],
    new: AdoptedRoads,
    held: Iterable[AdoptedRoads] = (),
) -> Network:
    """The network with the roads of a record; as it is where it has all of them already.

    An area without an outline cannot be found on a map. So it touches every new road over all its
    length and holds none: what threatens there counts on them, and what was given there does not.
    A place that a junction is taken to be is touched by what touches either of the two, and lies
    within an outline only if both do.

    Parameters
    ----------
    areas : those that the network was cut by; others are left out, as on its other roads.
    held : the records whose roads the network has already; their joints hold for the new ones.

    Raises
    ------
    WrongField : a road of the same id is there and is another, or a junction is elsewhere.
    UnknownReference : a joint names a place that the network does not have.
    RouteRefused : a line does not end at its junctions; one place is taken for two junctions.
    AreaRefused : an outline without a clear inside.
    """
    held = tuple(held)
    known = tuple(area for area in areas if area.id in network.areas)
    outlined = tuple(on_the_map(known))
    drawn = build(outlined, _raw(new), id=new.id)
    joints = _Joints.of(network, (*held, new))
    origin = {road.id: one for one in held for road in one.roads}
    unplaced = network.areas - {area.id for area in outlined}
    before = {edge.id: joints.joined(edge) for edge in network.edges}
    added: dict[str, Edge] = {}
    for edge in drawn.edges:
        ours = joints.joined(_touched_by(edge, unplaced))
        if edge.id not in before:
            added[edge.id] = ours
        else:
            _check_same(before[edge.id], ours, new, origin.get(edge.id))
    places = _places(network, drawn, joints, unplaced)
    edges = (*before.values(), *added.values())
    if not added and {place.id: place for place in network.places} == places:
        return network
    pairs = network.overlaps | drawn.overlaps | _unclear(added.values(), unplaced)
    return replace(
        network,
        places=tuple(places.values()),
        edges=edges,
        overlaps=shared_ground(pairs, members_of(sorted(known, key=lambda area: area.id))),
        notes=tuple(dict.fromkeys((*network.notes, *drawn.notes, *_told(new, unplaced)))),
        source_sha256=adopted_digest(network.source_sha256, new),
        label="; ".join(dict.fromkeys(one for one in (network.label, _credit(new)) if one)),
    )


def with_adopted(
    network: Network,
    areas: Sequence[Area],
    records: Iterable[object],
    held: Iterable[object] = (),
) -> Network:
    """The network with the roads of all records of adopted roads among some; as `extended`.

    Parameters
    ----------
    held : records whose adopted roads the network has already.
    """
    there = [one for one in held if isinstance(one, AdoptedRoads)]
    for one in records:
        if isinstance(one, AdoptedRoads):
            network = extended(network, areas, one, there)
            there.append(one)
    return network


def on_the_map(areas: Sequence[Area]) -> Iterator[Area]:
    """The areas that are on a map: with outlines, or put together from such only."""
    drawn = {area.id for area in areas if area.polygons}
    while True:
        more = {
            area.id for area in areas if area.members and drawn.issuperset(area.members)
        } - drawn
        if not more:
            break
        drawn |= more
    return (area for area in areas if area.id in drawn)


def _raw(new: AdoptedRoads) -> RawNetwork:
    places = tuple(RawPlace(one.id, at=one.near) for one in new.junctions)
    roads = tuple(
        RawEdge(
            one.id,
            one.a,
            one.b,
            one.name,
            one.length_dm,
            one.line,
            kind=one.kind,
            surface=one.surface,
        )
        for one in new.roads
    )
    return RawNetwork(places, roads)


# -- where the new roads meet the old


@dataclass(frozen=True, slots=True)
class _Joints:
    """The place that each junction is taken to be, by the records so far and the new one."""

    place: Mapping[str, str]

    @classmethod
    def of(cls, network: Network, records: Sequence[AdoptedRoads]) -> _Joints:
        found: dict[str, str] = {}
        stood: dict[str, tuple[Joint, Junction]] = {}
        for record in records:
            at = {one.id: one for one in record.junctions}
            for joint in record.joints:
                if not network.has_place(joint.place):
                    raise UnknownReference(
                        f"The adopted roads {record.id} begin or end at the place {joint.place}, "
                        "which the network does not have.",
                        "Draw that place into the new roads as well.",
                        id=joint.place,
                    )
                other = found.setdefault(joint.junction, joint.place)
                earlier = stood.setdefault(joint.place, (joint, at[joint.junction]))
                if other != joint.place or _apart(earlier[1], at[joint.junction]):
                    raise _two_in_one(record, joint, other, earlier[0])
        return cls(found)

    def joined(self, edge: Edge) -> Edge:
        """The edge, ending at places where its junctions are taken to be such."""
        a, b = (self.place.get(end, end) for end in (edge.a, edge.b))
        return edge if (a, b) == (edge.a, edge.b) else replace(edge, a=a, b=b)


def _apart(one: Junction, other: Junction) -> bool:
    return one.near != other.near and distance_dm(one.near, other.near) > _SAME_DM


def _two_in_one(record: AdoptedRoads, joint: Joint, other: str, before: Joint) -> RouteRefused:
    if other != joint.place:
        return RouteRefused(
            f"The adopted roads {record.id} take the junction {joint.junction} for "
            f"{joint.place}, and roads adopted earlier take it for {other}.",
            "Correct the position of one of the two places, or import roads that tell them apart.",
            place=joint.place,
        )
    return RouteRefused(
        f"The adopted roads {record.id} take {joint.place} to be at the junction "
        f"{joint.junction}, and roads adopted earlier take it to be at {before.junction}: a column "
        "would jump from one to the other.",
        "Plan over the roads that were adopted, or give the other spot a place of its own.",
        place=joint.place,
    )


def _check_same(there: Edge, ours: Edge, new: AdoptedRoads, origin: AdoptedRoads | None) -> None:
    if (there.a, there.b, there.length_dm, there.line) == (
        ours.a,
        ours.b,
        ours.length_dm,
        ours.line,
    ):
        return
    whose = "drawn into the register's own network"
    if origin:
        whose = f"adopted from {origin.graph} (manifest SHA-256 {origin.graph_sha256})"
    raise WrongField(
        f"The road {ours.id} of {new.graph} (manifest SHA-256 {new.graph_sha256}) is another than "
        f"the road of that id which was {whose}: {_shape(ours)}, against {_shape(there)}.",
        "Plan over the folder that those roads were adopted from; or import the newer file with a "
        "`--prefix` of its own, so that its roads are others.",
        edge=ours.id,
    )


def _shape(edge: Edge) -> str:
    return f"{edge.length_dm // 10} m from {edge.a} to {edge.b} with {len(edge.line)} points"


def _places(
    network: Network, drawn: Network, joints: _Joints, unplaced: frozenset[str]
) -> dict[str, Place]:
    """Every place by id: those of the network, the new junctions, and the two as one at a joint."""
    here = {place.id: place for place in network.places}
    on_map = frozenset(network.areas - unplaced)
    for place in drawn.places:
        name = joints.place.get(place.id)
        if name is not None:
            here[name] = _as_one(here[name], place, on_map)
            continue
        ours = replace(place, touched=place.touched | unplaced)
        there = here.setdefault(place.id, ours)
        if there.at is None or there.at != ours.at:
            raise WrongField(
                f"The junction {place.id} is at {ours.at}, and the network has a place of that id "
                f"at {there.at or 'no position'} (longitude, latitude).",
                "Plan over the roads that were adopted before; or give the place of the case "
                "another id.",
                place=place.id,
            )
    for junction, name in joints.place.items():
        # A junction of roads adopted earlier, which is taken for a place from now on.
        if junction != name and (lone := here.pop(junction, None)) is not None:
            here[name] = _as_one(here[name], lone, on_map)
    return here


def _as_one(place: Place, junction: Place, on_map: frozenset[str]) -> Place:
    """The place with the junction that it is taken to be; what was declared of it still holds."""
    return replace(
        place,
        touched=place.touched | (junction.touched & on_map),
        within=place.within - (on_map - junction.within),
    )


# -- areas without an outline


def _touched_by(edge: Edge, unplaced: Iterable[str]) -> Edge:
    everywhere = tuple(Stretch(area, 0, edge.length_dm) for area in sorted(unplaced))
    return replace(edge, touched=(*edge.touched, *everywhere))


def _unclear(edges: Iterable[Edge], unplaced: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The pairs of areas that may share ground, since one of them has no outline."""
    together = {piece.touched for edge in edges for piece in pieces_of(edge)}
    return frozenset(
        pair
        for areas in together
        for pair in combinations(sorted(areas), 2)
        if not unplaced.isdisjoint(pair)
    )


# -- what is told


def _credit(new: AdoptedRoads) -> str:
    return new.credit or new.source or new.graph


def _told(new: AdoptedRoads, unplaced: frozenset[str]) -> Iterator[str]:
    yield adoption_note(new)
    for joint in new.joints:
        yield (
            f"{joint.place} is taken to be at junction {joint.junction}, {joint.distance_m} m away"
        )
    if unplaced:
        yield (
            f"no outline: {', '.join(sorted(unplaced))}. What threatens or is needed there counts "
            f"on every road of {new.graph}, and what was given there on none."
        )
