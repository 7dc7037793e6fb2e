"""Which areas share ground, and what a fact may change: the half of tracing that needs no words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from safeconduct.roads import Network
from safeconduct.roads.unjoined import unjoined
from safeconduct.situation import Situation
from safeconduct.vocabulary import (
    AdoptedRoads,
    Ask,
    Assessment,
    Chase,
    Checkpoint,
    Closure,
    CompositeGround,
    Contact,
    Crossing,
    CrossingOpen,
    Decision,
    DraftAccepted,
    Evidence,
    Hazard,
    HazardCleared,
    Loosening,
    Movement,
    Outcome,
    Presence,
    Reached,
    Refuge,
    Reply,
    RequiredWriter,
    RoadReopened,
    Settlement,
    Source,
    WaitingPlace,
)
from safeconduct.watch.effect import Effect

#: Records that no rule reads.
UNREAD = (
    Source,
    CompositeGround,
    Chase,
    Contact,
    Decision,
    DraftAccepted,
    Evidence,
    Outcome,
    Reached,
    Reply,
    Settlement,
)


class Ground:
    """Traces facts in a situation that already holds them."""

    def __init__(self, situation: Situation, network: Network) -> None:
        self.situation, self.network = situation, network

    def around(self, areas: Iterable[str]) -> frozenset[str]:
        """All areas that share ground with some of these; an unknown area shares it with all."""
        named, known = frozenset(areas), self.network.areas
        if named - known:
            return known | named
        return named | {b for b in known if any(self.network.overlap(a, b) for a in named)}

    def effect(self, record: Any) -> Effect:
        """What a fact may change; what is not known to be less changes everything."""
        if isinstance(record, UNREAD):
            return Effect()
        if isinstance(record, Ask):
            return Effect(speaks=frozenset({record.party}))
        if isinstance(record, Loosening):
            return Effect(profiles=frozenset({record.profile}))
        if isinstance(record, RequiredWriter):
            return Effect(concerns=frozenset({record.party}))
        if isinstance(record, Movement):
            return Effect(movements=frozenset({record.id}))
        if hasattr(record, "movement"):
            return Effect(movements=frozenset({record.movement}))
        if isinstance(record, Checkpoint | Crossing):
            return Effect(places=frozenset({record.place, *self._ends_near(record.place)}))
        if isinstance(record, Refuge | WaitingPlace):
            return Effect(places=frozenset({record.place}))
        if isinstance(record, CrossingOpen):
            crossings = (c for c in self.situation.facts(Crossing) if c.id == record.crossing)
            return Effect(places=frozenset(c.place for c in crossings))
        if isinstance(record, Closure):
            return self._closing((record,))
        if isinstance(record, RoadReopened):
            return self._closing(c for c in self.situation.facts(Closure) if c.id == record.of)
        areas = [*getattr(record, "areas", ()), *self._areas_elsewhere(record)]
        if not areas and not isinstance(record, HazardCleared):
            return Effect(everything=True)
        return Effect(areas=self.around(areas))

    def _ends_near(self, place: str) -> Iterable[str]:
        """The ends of the adopted roads that a place may be on, where nobody looked for it."""
        adopted = self.situation.facts(AdoptedRoads)
        roads = {road.id for one in adopted for road in one.roads}
        for _, road in unjoined(self.network, adopted, roads, [place]):
            if self.network.has_edge(road.id):
                edge = self.network.edge(road.id)
                yield from (edge.a, edge.b)

    def _closing(self, closures: Iterable[Closure]) -> Effect:
        """Who drives on what some closures name; an edge nobody knows is every road."""
        found = list(closures)
        edges = {edge for closure in found for edge in closure.edges}
        if not all(map(self.network.has_edge, edges)):
            return Effect(everything=True)
        ends = {end for edge in map(self.network.edge, edges) for end in (edge.a, edge.b)}
        areas = [area for closure in found for area in closure.areas]
        return Effect(areas=self.around(areas), places=frozenset(ends))

    def _areas_elsewhere(self, record: Any) -> Iterable[str]:
        """The areas of other facts that this one changes: those that name it, or that it names."""
        assessments = self.situation.facts(Assessment)
        others: Iterable[Assessment | Hazard] = ()
        if isinstance(record, Presence):
            others = (a for a in assessments if record.id in a.presences)
        elif isinstance(record, Assessment):
            others = (a for a in assessments if record.id in a.supersedes)
        elif isinstance(record, HazardCleared):
            others = (h for h in self.situation.facts(Hazard) if h.id == record.of)
        return (area for other in others for area in other.areas)
