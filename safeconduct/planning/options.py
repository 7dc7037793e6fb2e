"""A route of a movement as it is shown, its windows, its length, who is near; and several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from safeconduct.clearance import Judge
from safeconduct.clearance.bench import planned
from safeconduct.clearance.checks import CHECKS
from safeconduct.planning.timing import Timing
from safeconduct.planning.windows import Obstacle, Windows, benches, obstacles
from safeconduct.register import canonical, digest, encode
from safeconduct.roads import Network
from safeconduct.roads.search import Stopped
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Movement, Step

__all__ = ["Exposure", "Option", "Options", "RoadShare", "exposure", "named"]


@dataclass(frozen=True, slots=True)
class RoadShare:
    """A road by its name, and how much of it is driven in one go; the edge where it has no name."""

    name: str
    length_dm: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """How long, and over how much road, a column is within reach of armed parties.

    Parameters
    ----------
    party_s : seconds on each road, or at each place, times the parties who can act there then.
    party_m : metres of road times these parties, each way by itself.
    """

    party_s: int
    party_m: int
    parties: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Option:
    """One route of a movement, timed.

    Parameters
    ----------
    movement : with this route.
    judge : on a network that has its roads.
    roads : of each leg, by name.
    why : what sets it apart from the others shown.
    """

    id: str
    movement: Movement
    judge: Judge
    timing: Timing
    windows: Windows
    roads: tuple[tuple[RoadShare, ...], ...]
    length_dm: int
    exposure: Exposure
    adopted: bool = False
    why: str = ""

    @property
    def mark(self) -> str:
        """Six letters made of its roads and halts, so that another of the same id is noticed."""
        legs = self.movement.legs
        made_of: list[object] = [leg.route for leg in legs]
        made_of += [leg.halts for leg in legs] if self.movement.halts else []
        return digest(canonical(encode(made_of)))[:6]

    @property
    def margin_s(self) -> int | None:
        """The largest delay that a trip in any of its windows bears."""
        return max((one.margin_s for one in self.windows.shown), default=None)

    @property
    def arrives_at(self) -> int | None:
        """The earliest moment at which the head is at the end of the first leg."""
        return min((one.legs[0].arrives_at for one in self.windows.shown), default=None)

    def obstacles(self, at: int) -> tuple[Obstacle, ...]:
        """What stands in its way at one departure, under the profile that misses most."""
        looked = benches(self.judge, self.movement, at)
        return max((obstacles(bench) for bench in looked), key=len)

    def circle(self, at: int) -> tuple[tuple[str, str], ...]:
        """The words on its way that wait for one another, by party: no order satisfies them."""
        found = {
            (finding.party, finding.says)
            for bench in benches(self.judge, self.movement, at)
            for finding in CHECKS["A7"](bench)
            if finding.code == "DEADLOCK"
        }
        return tuple(sorted(found))

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "id": self.id,
            "mark": self.mark,
            "adopted": self.adopted,
            "why": self.why,
            "legs": [
                {
                    "leg": leg.id,
                    "route": [f"{'-' if s.backwards else ''}{s.edge}" for s in leg.route],
                    "roads": [{"name": road.name, "length_dm": road.length_dm} for road in roads],
                    "halts": [{"place": one.place, "wait_s": one.wait_s} for one in leg.halts],
                }
                for leg, roads in zip(self.movement.legs, self.roads, strict=True)
            ],
            "length_dm": self.length_dm,
            "duration_s": self.timing.duration_s,
            "margin_s": self.margin_s,
            "exposure": {
                "party_s": self.exposure.party_s,
                "party_m": self.exposure.party_m,
                "parties": list(self.exposure.parties),
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The routes that are shown, those with a window first.

    Parameters
    ----------
    blocked : the shortest routes without a window, for saying what stands in their way.
    hopeless : no trip ends in time by any road, also if the column could wait anywhere.
    complete : every route that passes no place twice on a leg was looked at.
    stopped : why the search may have missed a window.
    unconfirmed : departures that the search holds for covered and the judge does not.
    otherwise : departures that the search holds for covered with waits of other lengths than those
        that are shown; not put to the judge.
    unused : waiting places at which no trip was let wait.
    """

    shown: tuple[Option, ...]
    blocked: tuple[Option, ...]
    hopeless: bool
    complete: bool
    stopped: Stopped
    unconfirmed: Spans = NEVER
    otherwise: Spans = NEVER
    unused: frozenset[str] = frozenset()


def named(network: Network, leg: Iterable[Step]) -> Iterator[RoadShare]:
    """The roads that some steps drive, each as far as it is driven in one go."""
    edges = [network.edge(step.edge) for step in leg]
    for name, some in groupby(edges, key=lambda edge: edge.name or edge.id):
        yield RoadShare(name, sum(edge.length_dm for edge in some))


def exposure(judge: Judge, movement: Movement) -> Exposure:
    """Who can act where the column is, while it is there."""
    trip = planned(movement, judge.network, judge.situation)
    cover = judge.cover(movement.profiles[0])
    seconds = decimetres = 0
    parties: set[str] = set()
    for entry in trip.entries:
        during = Span(entry.enter, entry.leave)
        here: set[str] = set()
        for number, cls in enumerate(entry.classes):
            acting = {
                one.presence.party for one in cover.ground(cls).acting if one.spans.within(during)
            }
            here |= acting
            if entry.pieces:
                decimetres += entry.pieces[number].length_dm * len(acting)
        seconds += during.length_s * len(here)
        parties |= here
    return Exposure(seconds, decimetres // 10, tuple(sorted(parties)))
