"""Areas that are put together from others: what is in them, and which roads that gives them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from safeconduct.errors import AreaRefused, UnknownReference
from safeconduct.roads.pieces import Edge, Stretch, merged
from safeconduct.spacetime import Area

__all__ = ["members_of", "shared_ground", "slivers", "with_composites"]

#: A gap between two members that is shorter than this is taken for a flaw of the map and reported.
SLIVER_DM = 1_000


def members_of(areas: Sequence[Area]) -> dict[str, frozenset[str]]:
    """For each area that has members, all areas in it, also those inside its members.

    Composites come after the composites they contain.

    Raises
    ------
    UnknownReference : a member is no area.
    AreaRefused : an area contains itself through its members.
    """
    known = {area.id: area for area in areas}
    found: dict[str, frozenset[str]] = {}
    for area in areas:
        _collect(area, known, found, ())
    return found


def _collect(
    area: Area, known: Mapping[str, Area], found: dict[str, frozenset[str]], path: tuple[str, ...]
) -> frozenset[str]:
    if area.id in path:
        raise AreaRefused(
            f"The area {area.id} contains itself: {' > '.join((*path, area.id))}.",
            "Remove it from the members of one of these areas.",
            area=area.id,
        )
    if not area.members or area.id in found:
        return found.get(area.id, frozenset())
    inside = set(area.members)
    for member in area.members:
        if member not in known:
            close = difflib.get_close_matches(member, sorted(known), n=3)
            raise UnknownReference(
                f"The area {area.id} has the member {member!r}, which is not defined.",
                f"Did you mean {' or '.join(close)}?" if close else "Define it, or remove it.",
                id=member,
                area=area.id,
            )
        inside |= _collect(known[member], known, found, (*path, area.id))
    found[area.id] = frozenset(inside)
    return found[area.id]


def with_composites(
    stretches: Iterable[Stretch], members: Mapping[str, frozenset[str]]
) -> tuple[Stretch, ...]:
    """The stretches, and for each composite those of its members as its own; merged."""
    given = tuple(stretches)
    gained = (
        Stretch(composite, stretch.start_dm, stretch.end_dm)
        for composite, inside in members.items()
        for stretch in given
        if stretch.area in inside
    )
    return merged((*given, *gained))


def shared_ground(
    pairs: Iterable[tuple[str, str]], members: Mapping[str, frozenset[str]]
) -> frozenset[tuple[str, str]]:
    """The pairs of areas that share ground, and what follows from them for composites.

    A composite shares ground with each of its members, and with whatever one of them does.
    """
    known = {(min(pair), max(pair)) for pair in pairs}
    for composite, inside in members.items():
        known |= {(min(composite, member), max(composite, member)) for member in inside}
        for one, other in tuple(known):
            for member, outside in ((one, other), (other, one)):
                if member in inside and outside != composite:
                    known.add((min(composite, outside), max(composite, outside)))
    return frozenset(known)


def slivers(edge: Edge, areas: Mapping[str, Area], composites: Iterable[str]) -> Iterator[str]:
    """A sentence for each stretch under 100 m that a composite leaves open between its members."""
    for composite in composites:
        inside = [stretch for stretch in edge.within if stretch.area == composite]
        for before, after in pairwise(inside):
            gap_dm = after.start_dm - before.end_dm
            if gap_dm < SLIVER_DM:
                members = [s for s in edge.within if s.area in areas[composite].members]
                ends = [s.area for s in members if s.end_dm == before.end_dm] or [composite]
                starts = [s.area for s in members if s.start_dm == after.start_dm] or [composite]
                yield (
                    f"uncovered sliver of {gap_dm // 10}.{gap_dm % 10} m on edge {edge.id} "
                    f"between {areas[ends[0]].name} and {areas[starts[0]].name}, "
                    f"in area {composite}"
                )
