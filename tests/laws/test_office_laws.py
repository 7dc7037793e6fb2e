"""The office's work around a verdict leaves the verdict alone, and a copy takes no words along."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.adapters.files.figuresfile import planning_figures
from safeconduct.clearance import Judge, Verdict
from safeconduct.planning.copying import left_behind, shifted
from safeconduct.planning.cost import cost
from safeconduct.situation import picture
from safeconduct.spacetime import OPEN_END
from safeconduct.vocabulary import Choice, Decision, Outcome, Result
from tests.laws.asking import (
    changes,
    going_seeds,
    granted,
    in_order,
    judge_of,
    judged,
    near,
    policy,
    seeds,
    some,
)
from tests.worlds.world import World, add

FIGURES = planning_figures()
HOURS = st.integers(1, 96)
choices, results = st.sampled_from(list(Choice)), st.sampled_from(list(Result))


def with_copy(world: World, depart_at: int) -> Judge:
    """The judge of a world that also has a copy of its first movement, called `copy`."""
    known = [value for value, claimed_at in world.records if claimed_at <= world.known_at]
    old = judge_of(world).movement(world.movements[0])
    records = (*known, shifted(old, "copy", depart_at))
    when = {"as_of": world.as_of, "known_at": world.known_at}
    situation = picture(records, **when, hearing=world.hearing)
    return Judge(situation, world.network, policy())


@some
@given(seeds, changes, choices, results, st.booleans(), st.integers(0, 3))
def test_no_decision_and_no_outcome_changes_a_judgement(
    seed: int, changed: int, choice: Choice, result: Result, against: bool, version: int
) -> None:
    world = near(seed, changed).world
    assume(world.movements[0] in judge_of(world).situation.movements)
    decided = Decision(
        id="decided", movement=world.movements[0], version=version, choice=choice, by="head",
        decided_at=world.as_of, why="so", signs=("A1", "T5"), against_advice=against,
    )  # fmt: skip
    came_out = Outcome(
        id="came-out", movement=world.movements[0], version=version, result=result, what="so",
        at=world.as_of,
    )  # fmt: skip
    more = add(add(world, decided, world.known_at), came_out, world.known_at)
    assert judged(more).sealed == judged(world).sealed


@some
@given(seeds, changes)
def test_what_not_going_costs_is_no_part_of_a_judgement(seed: int, changed: int) -> None:
    world = near(seed, changed).world
    judge = judge_of(world)
    assume(world.movements[0] in judge.situation.movements)
    movement = replace(
        judge.movement(world.movements[0]), people_in_need=777_777, last_delivery_at=world.as_of - 1
    )
    situation = picture(
        (*(r for r, at in world.records if at <= world.known_at and r.id != movement.id), movement),
        as_of=world.as_of,
        known_at=world.known_at,
        hearing=world.hearing,
    )
    needy = Judge(situation, world.network, policy()).judge(movement.id)
    assert cost(movement, world.as_of, FIGURES).people == 777_777
    # All that differs is the version of the movement that was judged.
    before = judged(world)
    assert replace(needy, versions=before.versions).sealed == before.sealed


@pytest.mark.law(4)
@some
@given(going_seeds, HOURS)
def test_a_copy_that_leaves_after_every_window_may_not_go(seed: int, hours: int) -> None:
    world = in_order(seed).world
    ends = [w.span.end for act, _ in granted(world) for w in act.undertaking.windows]
    assume(ends and max(ends) < OPEN_END)
    assert with_copy(world, max(ends) + hours * 3600).judge("copy").verdict is Verdict.NO_GO


@pytest.mark.law(4)
@some
@given(going_seeds, HOURS)
def test_a_word_that_covers_all_of_the_old_trip_and_not_of_the_new_is_named(
    seed: int, hours: int
) -> None:
    world = in_order(seed).world
    judge = judge_of(world)
    old = judge.bench_of(world.movements[0])
    assume(not old.under_way)
    copied = with_copy(world, old.movement.depart_at + hours * 3600)
    new = copied.bench_of("copy")
    named = {one.grant for one in left_behind(old, new).uncovered}
    for key, grants in old.ledger.relied.items():
        if key in new.ledger.missing or key in new.ledger.late:
            assert grants <= named
        for id in grants:
            grant = old.situation.grant(id)  # None for what stands in the place of a guarantee
            if grant and all(w.span.end <= new.trip.start for w in grant.undertaking.windows):
                assert id in named
