"""Loosened rules and joint convoys: the one record that may raise a verdict, and how far.

Law 2 is about limits, and a loosening is none: `tests/worlds/limits.py` adds no such record. What
holds of it instead stands here: it never gives a GO, nor opens what may never be loosened. A joint
convoy never goes where one of its organisations alone would not.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.policy import Level
from safeconduct.spacetime import BEGINNING, OPEN_END, Span
from safeconduct.vocabulary import Loosening
from tests.laws.asking import (
    RANK,
    SEEDS,
    changes,
    examples,
    going,
    going_seeds,
    in_order,
    judge_of,
    judged,
    near,
    one_of,
    picks,
    policy,
    rank,
    seeds,
    some,
)
from tests.worlds.world import World, add, swap

RULES = tuple(rule.id for rule in policy().rules)
PROFILES = tuple(profile.id for profile in policy().profiles)


def loosened(world: World, rule: str, **fields: object) -> World:
    """The world in which the head of mission loosens one rule for the movement's own profile."""
    known: dict[str, object] = {
        "id": f"less-{rule}",
        "profile": world.movement.profile,
        "decided_at": world.as_of,
        "valid": Span(BEGINNING, OPEN_END),
    }
    entry = Loosening(rule=rule, by="head of mission", why="made up", **(known | fields))  # type: ignore[arg-type]
    return add(world, entry, 0)


def joint(world: World, *profiles: str) -> World:
    """The world in which the movement is made together with these organisations."""
    others = tuple(one for one in profiles if one != world.movement.profile)
    return swap(world, world.movement, replace(world.movement, joint=others))


@pytest.mark.law(2)
@examples
@given(seeds, changes, picks)
def test_a_loosened_rule_never_makes_a_go(seed: int, changed: int, pick: int) -> None:
    world = near(seed, changed).world
    rule = one_of([id for id in RULES if id not in policy().never_loosened], pick)
    if policy().rule(rule).level is not Level.INVARIANT:
        assert rank(loosened(world, rule)) <= 1


@pytest.mark.law(2, 17)
@some
@given(seeds, changes, picks)
def test_what_may_never_be_loosened_leaves_every_finding_as_it_was(
    seed: int, changed: int, pick: int
) -> None:
    world = near(seed, changed).world
    never = [id for id in RULES if id in policy().never_loosened]
    after, before = judged(loosened(world, one_of(never, pick))), judged(world)
    assert (after.verdict, after.findings) == (before.verdict, before.findings)


@pytest.mark.law(2)
@some
@given(seeds, changes, picks)
def test_a_loosening_changes_the_findings_of_its_own_rule_only(
    seed: int, changed: int, pick: int
) -> None:
    world, rule = near(seed, changed).world, one_of(RULES, pick)
    after, before = judged(loosened(world, rule)), judged(world)
    assert [f for f in after.findings if f.rule != rule] == [
        f for f in before.findings if f.rule != rule
    ]
    kept = [replace(f, level=Level.HARD, loosened="") if f.loosened else f for f in after.findings]
    assert kept == list(before.findings)


@pytest.mark.law(2)
@some
@given(seeds, changes, picks, st.sampled_from((-1, 0)))
def test_a_loosening_whose_time_is_over_or_not_yet_come_changes_nothing(
    seed: int, changed: int, pick: int, side: int
) -> None:
    world, rule = near(seed, changed).world, one_of(RULES, pick)
    now = world.as_of
    valid = Span(BEGINNING, now) if side < 0 else Span(now + 1, OPEN_END)
    assert judged(loosened(world, rule, valid=valid)).sealed == judged(world).sealed


def test_loosenings_do_raise_some_verdicts_and_lower_others() -> None:
    lower = [loosened(in_order(seed).world, "T1") for seed in going()[:30]]
    assert {rank(world) for world in lower} == {1}
    raised = [
        (near(seed, changed).rank, rank(loosened(near(seed, changed).world, rule)))
        for seed in SEEDS[:60]
        for changed in (1, 2)
        for rule in ("T1", "T2", "T3", "G4", "N4", "C1")
    ]
    assert (0, 1) in raised


@pytest.mark.law(10, 12)
@examples
@given(seeds, changes, picks, picks)
def test_a_joint_convoy_goes_only_where_each_of_its_organisations_would(
    seed: int, changed: int, first: int, second: int
) -> None:
    world = near(seed, changed).world
    together = joint(world, *dict.fromkeys((one_of(PROFILES, first), one_of(PROFILES, second))))
    movement, judge = together.movement, judge_of(together)
    assume(judge.situation.movements.get(movement.id) == movement)  # and no newer version
    alone = {one: judge.judge(movement.id, profile=one).verdict for one in movement.profiles}
    judgement = judge.judge(movement.id)
    assert {one.profile: one.verdict for one in judgement.by_profile} == alone
    assert RANK[judgement.verdict] == min(RANK[verdict] for verdict in alone.values())
    assert judgement.sealed == judge_of(together).judge(movement.id).sealed


@pytest.mark.law(2)
@some
@given(going_seeds, picks)
def test_one_organisation_more_never_raises_a_verdict(seed: int, pick: int) -> None:
    world = in_order(seed).world
    assert rank(joint(world, one_of(PROFILES, pick))) <= rank(world)
