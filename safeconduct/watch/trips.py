"""Which movements went where an undertaking stood, and who is asked for passage on their way.

"A movement's trip" in section 10 of docs/reference/semantics.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.cover import Cover, LegProfile, fits_leg
from safeconduct.errors import WrongField
from safeconduct.roads import Network
from safeconduct.situation import Grant
from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    ConsentNeed,
    Departure,
    Leg,
    Means,
    Movement,
    Outcome,
    Presence,
    Result,
    UndertakingKind,
)
from safeconduct.watch.stood import Stood

NOT_GONE = frozenset({Result.CANCELLED, Result.DENIED})


@dataclass(frozen=True, slots=True)
class Trip:
    """One version of a movement, when it was on the way, and what became of it."""

    movement: Movement
    span: Span
    departed: bool
    outcomes: tuple[Outcome, ...]
    ours: bool

    @property
    def went(self) -> bool:
        """Whether it is recorded as having been under way at all."""
        return self.departed or any(one.result not in NOT_GONE for one in self.outcomes)


def trips(cover: Cover) -> tuple[Trip, ...]:
    """Every version of every movement that departed or had an outcome, in a fixed order."""
    situation = cover.situation
    found = []
    for movement in situation.facts(Movement):
        key = (movement.id, movement.version)
        departed = [
            one.departed_at
            for one in situation.facts_of(Departure, movement.id)
            if (one.movement, one.version) == key and one.id not in situation.assumed
        ]
        outcomes = tuple(
            one
            for one in situation.facts_of(Outcome, movement.id)
            if (one.movement, one.version) == key
            and one.id not in situation.assumed
            and (one.at is None or one.at <= situation.as_of)
        )
        start = min(departed, default=movement.depart_at)
        end = min(start + movement.latest_at - movement.depart_at, OPEN_END)
        ours = movement.id in situation.assumed
        if departed or outcomes:
            found.append(Trip(movement, Span(start, end), bool(departed), outcomes, ours))
    return tuple(found)


class Ways:
    """Asks the network where a trip went."""

    def __init__(self, cover: Cover) -> None:
        if not isinstance(cover.network, Network):
            raise WrongField(
                "The way of a trip is asked of roads that have classes only, without named edges.",
                "Make the cover of the road network that the trips were planned on.",
            )
        self.cover, self.network = cover, cover.network

    def meets(self, trip: Trip, grant: Grant, stood: Stood, *, within: bool = False) -> bool:
        """Whether a trip was where and when the undertaking stood, on a leg that fits it.

        Parameters
        ----------
        within : ask for road wholly within one of its areas, not only touching one.
        """
        if not stood.spans or not stood.spans.within(trip.span):
            return False
        areas = stood.areas_at(self.cover.situation.as_of)
        legs = [leg for leg in trip.movement.legs if self._fits(grant, leg)]
        if not grant.undertaking.areas:
            return bool(legs) and not within
        return any(areas & self._areas(leg, within=within) for leg in legs)

    def asked(self, movement: Movement, *, recorded: bool = False) -> frozenset[str]:
        """Who is asked for passage or consent anywhere on a movement's way, at whatever time.

        Parameters
        ----------
        recorded : leave out what we assumed.
        """
        situation, known = self.cover.situation, self.network.areas
        way = frozenset().union(*(self._areas(leg) for leg in movement.legs))
        there: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
            (one.id, one.areas, (one.party,))
            for one in situation.facts(Presence)
            if one.controls or Means.CHECKPOINT in one.means
        ]
        there += [(one.id, one.areas, one.holders) for one in situation.facts(ConsentNeed)]
        return frozenset(
            who
            for id, areas, parties in there
            if (way.intersection(areas) or set(areas) - known)
            and not (recorded and id in situation.assumed)
            for who in parties
        )

    def _fits(self, grant: Grant, leg: Leg) -> bool:
        if grant.undertaking.kind is UndertakingKind.DEED:
            return True
        return fits_leg(self.cover.standings.by_grant[grant.id], LegProfile.of(leg))

    def _areas(self, leg: Leg, *, within: bool = False) -> frozenset[str]:
        """The areas that the pieces and places of a leg touch, or lie within."""
        classes: set[int] = set()
        for step in leg.route:
            if self.network.has_edge(step.edge):
                edge = self.network.edge(step.edge)
                classes |= {*self.network.edge_classes(step.edge)}
                classes |= {self.network.place_class(place) for place in (edge.a, edge.b)}
        return frozenset().union(*(self.network.classes[cls][within] for cls in classes))
