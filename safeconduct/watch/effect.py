"""What a record may change, and whether that meets what an answer depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from safeconduct.roads.nearness import near_box
from safeconduct.spacetime import Point
from safeconduct.watch.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one record may change; it may name more than changes, never less.

    Parameters
    ----------
    everything : nobody can say; every answer may change.
    movements, profiles : what it is about.
    areas, places : where the facts are that it changes; areas with all that overlap them.
    near : points of incidents, with the radius in metres within which they count.
    grants : the areas of the grants whose standing it may change, by their party.
    speaks : parties that said something, or to whom something was addressed.
    demands : parties that posed or dropped a demand.
    concerns : parties of whom it may change whose word they need (rule R1).
    """

    everything: bool = False
    movements: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    near: tuple[tuple[Point, int], ...] = ()
    grants: Mapping[str, frozenset[str]] = field(default_factory=dict)
    speaks: frozenset[str] = frozenset()
    demands: frozenset[str] = frozenset()
    concerns: frozenset[str] = frozenset()

    def touches(self, reach: Reach) -> bool:
        """Whether an answer with this reach may change."""
        return bool(
            self.everything
            or self.movements & reach.movements
            or self.profiles & reach.profiles
            or self.areas & reach.areas
            or self.places & reach.places
            or self.speaks & reach.lacking
            or self.demands & reach.asked
            or self.concerns & reach.concerned
            or any(near_box(box, at, radius_m) for at, radius_m in self.near for box in reach.boxes)
            or any(self._grant_touches(party, reach) for party in self.grants)
        )

    def _grant_touches(self, party: str, reach: Reach) -> bool:
        """Whether a word of the party may turn, have turned or explain a key of this answer."""
        if party in reach.lacking or party in reach.papers:
            return True
        return party in reach.voices and not reach.areas.isdisjoint(self.grants[party])
