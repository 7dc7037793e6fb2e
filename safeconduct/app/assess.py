"""Can this movement go? The judgement, the plan that follows from it, and who is bound when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.adapters.files.figuresfile import planning_figures
from safeconduct.app.assessed import Assessed
from safeconduct.app.decided import Decided, came_out, decided, outcome_json
from safeconduct.app.hearing import doubted
from safeconduct.app.opening import Opened
from safeconduct.clearance import Judge, Judgement
from safeconduct.clearance.bench import Bench
from safeconduct.errors import SafeconductError, UnknownReference, WrongField
from safeconduct.planning import Bound, Plan, bound_table, plan
from safeconduct.planning.cost import Cost, Deadline, cost
from safeconduct.situation import Situation
from safeconduct.spacetime import BEGINNING, OPEN_END, Edge, Span, instant
from safeconduct.vocabulary import Movement, Outcome, Patient, PatientState

HOUR_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One movement assessed: the sealed judgement, the plan, and the table of parties.

    `bench` is what the judgement was made on, for doors that show more; None when the movement
    could not be judged at all.
    """

    opened: Opened
    movement: Movement
    judgement: Judgement
    plan: Plan
    bound: tuple[Bound, ...]
    horizon: Span
    bench: Bench | None
    cost: Cost
    decisions: tuple[Decided, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The judgement's own fields; beside them the plan, the table, what not going costs, the
        decision and outcome that hold, and notes on what could not be read or may be missing."""
        return self.judgement.as_json() | {
            "plan": self.plan.as_json(),
            "bound": [row.as_json() for row in self.bound],
            "cost": self.cost.as_json(),
            "decision": self.decisions[-1].as_json() if self.decisions else None,
            "outcome": outcome_json(self.outcomes[-1]) if self.outcomes else None,
            "notes": list(self.notes),
        }


def assess(
    opened: Opened,
    movement: str | None = None,
    *,
    at: str | None = None,
    known_at: str | None = None,
    profile: str | None = None,
    figures: str | None = None,
    propose: bool = True,
) -> Answer:
    """One movement as of `at`, from what was known at `known_at`.

    A movement without an adopted route is planned first and judged by the best route found, as a
    proposal: CONDITIONAL at best.

    Parameters
    ----------
    movement : its id; may be left out where only one is known.
    at : a moment as text; a live register takes this moment, a replay the first moment its
        `expected.yaml` asks about.
    known_at : a moment as text; the same moment as `at` when left out.
    figures : a file of planning figures for what not going costs, instead of those of the package.
    propose : whether a route may be proposed; without it, such a movement is NO-GO by itself.

    Raises
    ------
    UnknownReference : no such movement, or several and none named, or no such profile.
    TimeRefused : a moment that cannot be read.
    """
    as_of = moment_of(opened, movement, at)
    known = as_of if known_at is None else instant(known_at, _zone(opened), edge=Edge.END)
    judge = opened.judge(as_of, known)
    chosen = judge.movement(
        only_movement(judge.situation.movements) if movement is None else movement
    )
    if profile is not None:
        judge.policy.profile(profile)
    if chosen.has_route or not propose:
        judgement = judge.judge(chosen.id, profile=profile)
        bench = _bench(judge, chosen.id, profile)
        others = _others(judge, chosen, bench) if profile is None else ()
        on = Assessed(movement=chosen, judgement=judgement, bench=bench, others=others)
    else:
        on = _proposed(judge, chosen, profile)
    return answer_on(opened, judge, on, figures=figures)


def answer_on(opened: Opened, judge: Judge, on: Assessed, *, figures: str | None = None) -> Answer:
    """Everything that is told beside a judgement."""
    known = judge.movement(on.movement.id)
    situation, horizon = judge.situation, _horizon(on.bench, on.movement)
    return Answer(
        opened=opened,
        movement=on.movement,
        judgement=on.judgement,
        plan=plan(on.judgement, on.bench, *on.others),
        bound=bound_table(on.bench, horizon) if on.bench else (),
        horizon=horizon,
        bench=on.bench,
        cost=cost(known, situation.as_of, planning_figures(figures), deadlines(situation, known)),
        decisions=decided(situation, opened.store, known),
        outcomes=came_out(situation, known),
        notes=(*opened.notes, *doubted(situation.hearing, on.judgement.findings)),
    )


def _proposed(judge: Judge, movement: Movement, profile: str | None) -> Assessed:
    from safeconduct.app.proposing import propose  # the search; a routed movement never needs it

    return propose(judge, movement, profile).assessed


def deadlines(situation: Situation, movement: Movement) -> Iterator[Deadline]:
    """Of every patient who waits for the movement, and whose case has a deadline."""
    for patient in situation.facts_of(Patient, movement.id):
        if patient.deadline_at is not None and patient.state is PatientState.WAITING:
            yield Deadline(patient.deadline_at, patient.case)


def _bench(judge: Judge, movement: str, profile: str | None) -> Bench | None:
    try:
        return judge.bench_of(movement, profile=profile)
    except SafeconductError:
        return None


def _others(judge: Judge, movement: Movement, bench: Bench | None) -> tuple[Bench, ...]:
    """In a joint convoy, the benches of the organisations other than the strictest."""
    if bench is None or not movement.joint:
        return ()
    found = judge.benches_of(movement.id)
    return tuple(one for one in found if one.profile.id != bench.profile.id)


def moment_of(opened: Opened, movement: str | None, at: str | None) -> int:
    """As of when is asked: what was typed, this moment, or a replay's first moment.

    Raises
    ------
    TimeRefused : a moment that cannot be read. WrongField : a replay without any moment.
    """
    if at is not None:
        return instant(at, _zone(opened), edge=Edge.END)
    if not opened.store.replay:
        return opened.by_the_clock(now())
    expected = opened.case.expected if opened.case else ()
    for moment in expected:
        if movement in (None, moment.movement):
            return moment.at
    raise WrongField(
        f"{opened.name} is a replay, and a replay has no present moment.",
        "Say as of when: `--at 2016-11-04T07:30:00Z`.",
    )


def _zone(opened: Opened) -> str | None:
    return opened.case.zone if opened.case else None


def only_movement(movements: Mapping[str, Movement]) -> str:
    """The id of the one movement there is; UnknownReference where there are several, or none."""
    if len(movements) == 1:
        return next(iter(movements))
    names = ", ".join(sorted(movements)) or "none at that moment"
    raise UnknownReference(
        "Which movement is meant is not said.", f"Give `--movement`; known: {names}."
    )


def _horizon(bench: Bench | None, movement: Movement) -> Span:
    """The hours to show: from one hour before departure to one hour after the trip."""
    if bench is None or not bench.itinerary.entries:
        return Span(movement.depart_at - HOUR_S, movement.latest_at + HOUR_S)
    trip = bench.trip
    return Span(max(trip.start - HOUR_S, BEGINNING), min(trip.end + HOUR_S, OPEN_END))
