"""What is told by several is counted once: saying so takes cover away, or nothing, and never gives.

The worlds are in order, and some of their words are told twice (`tests/worlds/twice.py`). That a
link lowers the verdict or leaves it is tried with the other limits, in `test_limit_laws.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given

from safeconduct.clearance import Judgement
from safeconduct.vocabulary import (
    Act,
    Condition,
    ConditionKind,
    Disown,
    Impose,
    Narrow,
    Reject,
    SameStatement,
    Statement,
    Withdraw,
)
from tests.laws.asking import (
    changes,
    examples,
    going_seeds,
    going_with,
    in_order,
    in_writing,
    judged,
    lacking,
    near,
    one_of,
    picks,
    rank,
    seeds,
    some,
)
from tests.worlds.twice import same, told_again
from tests.worlds.world import UNDERTAKEN, World, add, drop, swap_act

twice_told = going_with(SameStatement)


def pairs(world: World) -> list[tuple[Statement, Statement]]:
    """The statements that a world tells twice."""
    said = {one.id: one for one in world.all(Statement)}
    return [(said[a], said[b]) for a, b in (one.statements for one in world.all(SameStatement))]


def grants_of(world: World, pick: int) -> tuple[Any, Any, Statement]:
    """A grant, its twin, and the statement of the twin."""
    found = [
        (one, other, there)
        for here, there in pairs(world)
        for one, other in zip(here.acts, there.acts, strict=True)
        if one.undertaking is not None and one.undertaking.areas
    ]
    return one_of(found, pick)


def limits_of(act: Any, *of: str) -> list[Act]:
    """Every limit that names a grant, by these ids of it."""
    tie = Condition(id="string", kind=ConditionKind.QUID_PRO_QUO, on="un", what="made up")
    return [
        Withdraw(id="limit", party=act.party, of=of),
        Reject(id="limit", party=act.party, of=of),
        Disown(id="limit", party=act.party, of=of),
        Narrow(id="limit", party=act.party, of=of, windows=()),
        Narrow(id="limit", party=act.party, of=of, areas=()),
        Impose(id="limit", party=act.party, of=of, condition=tie),
    ]


@pytest.mark.law(2)
@examples
@given(twice_told, picks, picks)
def test_what_limits_one_telling_takes_what_it_would_take_from_both(
    seed: int, pick: int, how: int
) -> None:
    world = in_order(seed).world
    one, other, there = grants_of(world, pick)
    at = max(world.as_of - 1, there.said_at)
    of_one = one_of(limits_of(one, one.id), how)
    of_both = one_of(limits_of(one, one.id, other.id), how)
    limited, both = (
        add(world, in_writing("said-limit", one.party, at, act), 0) for act in (of_one, of_both)
    )
    assert lacking(limited) == lacking(both)
    assert rank(limited) == rank(both)


@pytest.mark.law(1)
@examples
@given(seeds, changes, picks)
def test_without_one_of_its_tellings_a_word_covers_no_more(
    seed: int, changed: int, pick: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank < 2)
    gone = one_of([id for one in asked.world.all(SameStatement) for id in one.statements], pick)
    assert rank(drop(asked.world, gone)) <= asked.rank


@pytest.mark.law(3)
@examples
@given(twice_told, picks, picks)
def test_a_word_that_is_told_differently_is_as_if_it_had_not_been_given(
    seed: int, pick: int, how: int
) -> None:
    world = in_order(seed).world
    one, other, there = grants_of(world, pick)
    terms = other.undertaking
    changed = one_of(
        [
            replace(terms, windows=()),
            replace(terms, unresolved="soon"),
            replace(terms, areas=(*terms.areas, "elsewhere")),
            replace(terms, unnamed_corridors=8),
            replace(terms, purposes=frozenset()),
            replace(terms, directions=frozenset()),
            replace(terms, for_whom=frozenset()),
            replace(terms, open_ended=not terms.open_ended),
        ],
        how,
    )
    apart = swap_act(world, there, other, replace(other, undertaking=changed))
    neither = world
    for here, too in pairs(world):
        for said in (here, too):
            kept = tuple(act for act in said.acts if act.id not in (one.id, other.id))
            neither = replace(
                neither,
                records=tuple(
                    (replace(said, acts=kept) if value is said else value, at)
                    for value, at in neither.records
                ),
            )
    assert lacking(apart) == lacking(neither)
    assert "TOLD-DIFFERENTLY" in _codes(judged(apart)) or not lacking(apart)


def _codes(judgement: Judgement) -> set[str]:
    return {finding.code for finding in judgement.findings if finding.rule == "A4"}


@pytest.mark.law(11)
@some
@given(going_seeds, picks)
def test_a_word_told_a_second_time_alike_and_linked_changes_no_verdict(
    seed: int, pick: int
) -> None:
    asked = in_order(seed)
    linked = {id for one in asked.world.all(SameStatement) for id in one.statements}
    said = one_of(
        [
            one
            for one in asked.world.all(Statement)
            if one.id not in linked
            and one.acts
            and all(isinstance(act, UNDERTAKEN) for act in one.acts)
            and not any(getattr(act.undertaking, "conditions", ()) for act in one.acts)
        ],
        pick,
    )
    again = add(asked.world, told_again(said, "also"), 0)
    assert rank(add(again, same(said.id, f"{said.id}-also", id="another"), 0)) == asked.rank
