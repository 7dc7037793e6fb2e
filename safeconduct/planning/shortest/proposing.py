"""What to ask of whom so that a movement can go, by any road, and what is left to do ourselves.

The list is a start for negotiators: what a party can be asked for in one breath, what it will not
hear, and in which order to ask, no record says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.clearance import Judge
from safeconduct.clearance.bench import Bench
from safeconduct.clearance.judging import under
from safeconduct.planning.asks import OwnTask, ask_json
from safeconduct.planning.drives import ended
from safeconduct.planning.legroads import Roads
from safeconduct.planning.shortest.answering import if_granted, left_to_do
from safeconduct.planning.shortest.chores import told
from safeconduct.planning.shortest.finding import (
    DEFAULT_STEPS,
    AskList,
    Shortest,
    shortest_asks,
)
from safeconduct.planning.shortest.puzzle import Steps
from safeconduct.planning.shortest.setting import stages_of
from safeconduct.planning.shortest.solving import AtLeast
from safeconduct.planning.shortest.trimming import adopted, on_this_road, trimmed
from safeconduct.planning.shortest.trying import NONE_MISSED
from safeconduct.planning.shortest.wanted import Wanted
from safeconduct.roads.search import Stopped
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Ask, Departure, Movement

__all__ = ["Proposal", "Proposed", "propose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One list of asks, the road that it opens, and what is left to do.

    Parameters
    ----------
    movement : on that road, leaving when this trip does; the movement itself where it does so
        already, else its next version, not adopted yet.
    wanted : the list before it was trimmed.
    own_tasks : what would keep it from GO once everything is granted to the letter.
    seconds_m : what is asked for before trimming, in seconds times metres of road.
    road : the roads of each leg by name, in driving order.
    """

    movement: Movement
    wanted: tuple[Wanted, ...]
    asks: tuple[Ask, ...]
    own_tasks: tuple[OwnTask, ...]
    proven: bool
    road: tuple[tuple[str, ...], ...]
    clear_at: int
    seconds_m: int = 0

    @property
    def parties(self) -> tuple[str, ...]:
        """Whom something is asked of."""
        return tuple(sorted({ask.party for ask in self.asks}))

    @property
    def size(self) -> tuple[int, int]:
        """How many parties, and how many asks."""
        return len(self.parties), len(self.asks)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "parties": list(self.parties),
            "asks": [ask_json(ask) for ask in self.asks],
            "own_tasks": [{"rule": t.rule, "code": t.code, "says": t.says} for t in self.own_tasks],
            "proven": self.proven,
            "seconds_m": self.seconds_m,
            "departs": utc(self.movement.depart_at),
            "clear": utc(self.clear_at),
            "version": self.movement.version,
            "legs": [
                {
                    "leg": leg.id,
                    "route": [f"{'-' if s.backwards else ''}{s.edge}" for s in leg.route],
                    "roads": list(names),
                }
                for leg, names in zip(self.movement.legs, self.road, strict=True)
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The shortest lists for a movement; or what must be done before any list can help.

    Parameters
    ----------
    proposals : the shortest by any road first; one without asks where it can be driven as things
        are.
    adopted : the fewest asks for the road that is adopted, at the time that is planned; None where
        none is. `proven` says of it that no fewer do on that road.
    own_tasks : where no list opens a trip, the fewest own tasks that would, everything else being
        granted. Who can be asked for what there is known only once they are done.
    bound : the parties and asks that every list has at least, where the search was stopped.
    why_not : in a sentence, where there is neither a list nor a task.
    stopped : why a trip may have been missed.
    """

    proposals: tuple[Proposal, ...]
    adopted: Proposal | None = None
    own_tasks: tuple[OwnTask, ...] = ()
    bound: AtLeast | None = None
    why_not: str = ""
    stopped: Stopped = NONE_MISSED
    candidates: int = 0
    searches: int = 0
    steps: int = 0

    @property
    def needs_less(self) -> bool:
        """Whether another road needs fewer parties, or fewer asks of as many, than the adopted."""
        if self.adopted is None or not self.proposals:
            return False
        best = self.proposals[0]
        return best.size < self.adopted.size

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        bound = self.bound
        return {
            "adopted": None if self.adopted is None else self.adopted.as_json(),
            "needs_less": self.needs_less,
            "lists": [one.as_json() for one in self.proposals],
            "own_tasks": [{"rule": t.rule, "code": t.code, "says": t.says} for t in self.own_tasks],
            "bound": None if bound is None else {"parties": bound.parties, "asks": bound.asks},
            "why_not": self.why_not,
            "stopped": [str(flag.name) for flag in Stopped if flag in self.stopped],
            "solver": {
                "name": "implicit hitting set",
                "candidates": self.candidates,
                "searches": self.searches,
                "steps": self.steps,
            },
        }


def propose(
    roads: Roads,
    judge: Judge,
    movement: Movement,
    *,
    lists: int = 1,
    steps: int = DEFAULT_STEPS,
) -> Proposed:
    """The shortest lists of asks that open a movement by any of these roads, trimmed to a trip.

    What is asked for now cannot be relied on before the movement's time for preparation has passed
    (rule T2), so every trip leaves after that.

    Parameters
    ----------
    roads : those that may be driven, under every profile of the movement.
    judge : of the situation, on the movement's own network.
    lists, steps : as for `shortest_asks`.

    Raises
    ------
    RouteRefused : no road leads from one of its places to the next.
    """
    here = _adopted(judge, movement, steps) if movement.has_route else None
    if here is not None and _has_departed(judge, movement):
        return Proposed(proposals=(), adopted=here, why_not="The column has left.")
    return replace(_by_any_road(roads, judge, movement, lists, steps), adopted=here)


def _has_departed(judge: Judge, movement: Movement) -> bool:
    left = judge.situation.facts_of(Departure, movement.id)
    return any(one.version == movement.version for one in left)


def _adopted(judge: Judge, movement: Movement, steps: int) -> Proposal | None:
    """What the adopted road needs at the planned time; None where nothing of the trip is left."""
    benches = [judge.bench(under(movement, profile)) for profile in movement.profiles]
    if not all(bench.itinerary.entries for bench in benches):
        return None
    wanted, proven = on_this_road(benches, Steps(steps))
    return replace(_trimmed(judge, benches, movement, wanted), proven=proven)


def _by_any_road(
    roads: Roads, judge: Judge, movement: Movement, lists: int, steps: int
) -> Proposed:
    now = judge.situation.as_of
    bare = ended(movement, judge.network)
    earliest = max(movement.depart_at, now + movement.preparation_s)
    stages = stages_of(roads, bare, earliest)
    if not stages:
        return Proposed(
            proposals=(),
            why_not="There is no time left between the first possible departure "
            f"({utc(earliest)}) and the latest end ({utc(movement.latest_at)}).",
        )
    found = shortest_asks(
        roads.covers,
        roads.division,
        bare,
        stages,
        kernel=roads.kernel(stages[0].passages[0].ways),
        lists=lists,
        steps=steps,
    )
    return Proposed(
        proposals=tuple(
            _proposal(roads, movement, one, number < found.proven)
            for number, one in enumerate(found.lists)
        ),
        own_tasks=tuple(told(one, roads.covers[0].situation) for one in found.chores),
        bound=found.bound,
        why_not=_why_not(found),
        stopped=found.stopped,
        candidates=found.candidates,
        searches=found.searches,
        steps=found.steps,
    )


def _why_not(found: Shortest) -> str:
    if found.lists or found.chores or found.bound is not None:
        return ""
    return "No trip by these roads ends in time, whatever anybody grants and whatever is assessed."


def _proposal(roads: Roads, movement: Movement, one: AskList, proven: bool) -> Proposal:
    goes = adopted(movement, roads.division, one.trip)
    judge = roads.judge_on(frozenset(step.edge for leg in goes.legs for step in leg.route))
    benches = [judge.bench(under(goes, profile)) for profile in goes.profiles]
    made = _trimmed(judge, benches, goes, one.wanted)
    return replace(made, proven=proven, seconds_m=-(-one.seconds_dm // 10))


def _trimmed(
    judge: Judge, benches: Sequence[Bench], goes: Movement, wanted: Sequence[Wanted]
) -> Proposal:
    asks = trimmed(benches, wanted, prefix=f"ask-{goes.id}")
    return Proposal(
        movement=goes,
        wanted=tuple(wanted),
        asks=asks,
        own_tasks=left_to_do(if_granted(judge, goes, asks)),
        proven=True,
        road=tuple(_roads(benches[0], goes, number) for number in range(len(goes.legs))),
        clear_at=benches[0].itinerary.ends_at,
    )


def _roads(bench: Bench, movement: Movement, leg: int) -> tuple[str, ...]:
    """The roads of a leg by name, each once where it is driven in one go."""
    names: list[str] = []
    for step in movement.legs[leg].route:
        name = bench.network.edge(step.edge).name or step.edge
        if not names or names[-1] != name:
            names.append(name)
    return tuple(names)
