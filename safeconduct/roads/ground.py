"""All areas of a network together: their shapes, and what they make of an edge or a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from safeconduct.errors import WrongField
from safeconduct.roads.composites import members_of, shared_ground, with_composites
from safeconduct.roads.cutting import Cut
from safeconduct.roads.declared import declared_at, declared_on
from safeconduct.roads.outlines import areas_at, overlapping, shapes_of
from safeconduct.roads.pieces import Edge, Place, pieces_of
from safeconduct.roads.raw import RawEdge, RawPlace
from safeconduct.spacetime import Area

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Ground"]


@dataclass(frozen=True, slots=True)
class Ground:
    """All areas, what composites consist of, and the shapes of those that have one.

    Build it with `Ground.of`, which refuses areas that share an id or contain themselves, and
    outlines without a clear inside.
    """

    areas: dict[str, Area]
    members: dict[str, frozenset[str]]
    shapes: dict[str, BaseGeometry]

    @classmethod
    def of(cls, areas: Sequence[Area], before: Ground | None = None) -> Ground:
        """The ground of these areas; shapes that are the same are taken from one of `before`."""
        ordered = sorted(areas, key=lambda area: area.id)
        by_id = {area.id: area for area in ordered}
        if len(by_id) < len(ordered):
            ids = [area.id for area in ordered]
            twice = next(id for id in ids if ids.count(id) > 1)
            raise WrongField(
                f"The id {twice} is used for two areas.",
                "Give every area an id of its own.",
                id=twice,
            )
        members = members_of(ordered)
        known = _unchanged(before, by_id, members) if before else {}
        return cls(by_id, members, shapes_of(ordered, members, known))

    def edge(self, raw: RawEdge, length_dm: int, found: Cut) -> Edge:
        """The edge with all its stretches: found on the map, declared, and of composites."""
        touched, within = declared_on(raw, length_dm, self.shapes)
        return Edge(
            raw.id,
            raw.a,
            raw.b,
            length_dm,
            with_composites((*found.touched, *touched), self.members),
            with_composites((*found.within, *within), self.members),
            raw.line,
            raw.name,
            raw.schematic or not raw.line,
            raw.note,
            raw.kind,
            raw.surface,
        )

    def place(self, raw: RawPlace) -> Place:
        """The place with all areas that touch and hold it."""
        touched, within = declared_at(raw, self.shapes)
        if raw.at is not None:
            near, around = areas_at(raw.at, self.shapes)
            touched, within = touched | near, within | around
        for composite, inside in self.members.items():
            touched |= {composite} if touched & inside else set()
            within |= {composite} if within & inside else set()
        return Place(raw.id, raw.name, raw.at, frozenset(touched), frozenset(within), raw.note)

    def overlaps(
        self, edges: Iterable[Edge], places: Iterable[Place]
    ) -> frozenset[tuple[str, str]]:
        """The pairs of areas that share ground: surface on the map, or else road or a place."""
        together = {piece.touched for edge in edges for piece in pieces_of(edge)}
        together |= {place.within for place in places}
        pairs = {
            (one, other)
            for areas in together
            for one, other in combinations(sorted(areas), 2)
            if one not in self.shapes or other not in self.shapes
        }
        return shared_ground(pairs | overlapping(self.shapes), self.members)


def _unchanged(
    before: Ground, areas: Mapping[str, Area], members: Mapping[str, frozenset[str]]
) -> dict[str, BaseGeometry]:
    """The shapes of areas that read as they did before, and all their members too."""
    same = {id for id, area in areas.items() if before.areas.get(id) == area}
    return {
        id: shape
        for id, shape in before.shapes.items()
        if id in same and members.get(id, frozenset()) <= same
    }
