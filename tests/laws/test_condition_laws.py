"""Strings attached: law 8, that a condition nobody answered counts as unmet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.situation import REPLAYED
from safeconduct.vocabulary import (
    Accept,
    Act,
    Condition,
    ConditionKind,
    Do,
    Impose,
    Link,
    Order,
    Statement,
    Suspend,
    Withdraw,
)
from tests.laws.asking import (
    examples,
    going_seeds,
    granted,
    in_order,
    in_writing,
    lacking,
    near,
    one_of,
    picks,
    rank,
    regranted,
    seeds,
    some,
    told_once,
    without,
)
from tests.worlds.world import World, add

STRINGS: dict[str, tuple[ConditionKind, Order | None, tuple[str, ...]]] = {
    kind.value: (kind, None, ()) for kind in ConditionKind
}
STRINGS |= {
    ConditionKind.RECIPROCAL.value: (ConditionKind.RECIPROCAL, Order.TOGETHER, ()),
    "for what nobody knows": (ConditionKind.RECIPROCAL, Order.TOGETHER, ("nobody-knows",)),
    "for itself": (ConditionKind.RECIPROCAL, Order.TOGETHER, ("itself",)),
    "for itself first": (ConditionKind.RECIPROCAL, Order.AFTER, ("itself",)),
    "for a link nobody accepted": (ConditionKind.RECIPROCAL, Order.TOGETHER, ("a-link",)),
}


def _string(name: str, act: Any) -> Condition:
    kind, order, awaits = STRINGS[name]
    awaits = tuple(act.id if one == "itself" else one for one in awaits)
    return Condition(id="string", kind=kind, on="un", what="made up", order=order, awaits=awaits)


def _tied(world: World, name: str, act: Any, said: Statement, *, later: bool) -> World:
    """The world in which a grant carries a string, from the first or tied to it afterwards."""
    world = add(world, Link(id="a-link", order=Order.TOGETHER, concerned=("army", "front")), 0)
    string = _string(name, act)
    if not later:
        return regranted(world, act, said, conditions=(*act.undertaking.conditions, string))
    tie = Impose(id="tie", party=act.party, of=(act.id,), condition=string)
    return add(world, in_writing("said-tie", act.party, said.said_at + 1, tie), 0)


@pytest.mark.law(8)
@examples
@given(seeds, st.integers(0, 2), picks, st.sampled_from(sorted(STRINGS)), st.booleans())
def test_a_grant_with_an_unanswered_condition_is_as_if_it_had_not_been_given(
    seed: int, changed: int, pick: int, name: str, later: bool
) -> None:
    world = near(seed, changed).world if changed else in_order(seed).world
    act, said = one_of(granted(world), pick)
    tied = _tied(world, name, act, said, later=later)
    assert lacking(tied) == lacking(without(world, act, said))


@pytest.mark.law(8)
@some
@given(seeds, picks, picks)
def test_two_grants_that_wait_for_each_other_are_as_if_neither_had_been_given(
    seed: int, one: int, other: int
) -> None:
    world = in_order(seed).world
    pair = one_of(granted(world), one), one_of(granted(world), other)
    assume(pair[0][0] is not pair[1][0])
    waiting, neither = world, world
    for (act, said), (awaited, _) in (pair, pair[::-1]):
        string = Condition(
            id=f"string-{act.id}",
            kind=ConditionKind.RECIPROCAL,
            on=awaited.party,
            what="made up",
            order=Order.TOGETHER,
            awaits=(awaited.id,),
        )
        tie = Impose(id=f"tie-{act.id}", party=act.party, of=(act.id,), condition=string)
        told = in_writing(f"said-{tie.id}", act.party, said.said_at, tie)
        waiting = add(waiting, told, 0)
        neither = without(neither, act, said)
    assert lacking(waiting) == lacking(neither)


ANSWERS = ("done", "dropped", "done, not failed since", "accepted")


@pytest.mark.law(8)
@some
@given(going_seeds, picks, st.sampled_from(sorted(STRINGS)), st.sampled_from(ANSWERS))
def test_a_condition_that_was_met_or_dropped_takes_nothing_away(
    seed: int, pick: int, name: str, how: str
) -> None:
    # A link may concern one more party, whose word would have to be heard too: not asked here.
    world = replace(in_order(seed).world, hearing=REPLAYED)
    act, said = one_of(told_once(world), pick)
    assume(how != "accepted" or name == "for a link nobody accepted")
    tied = _tied(world, name, act, said, later=False)
    for number, (actor, answer) in enumerate(_answers(act.party, how)):
        tied = add(tied, in_writing(f"answer-{number}", actor, said.said_at + number, answer), 0)
    assert rank(tied) == 2


def _answers(party: str, how: str) -> list[tuple[str, Any]]:
    done = Do(id="done", party="un", of=("string",), what="made up", evidence="made up")
    if how == "dropped":
        return [(party, Withdraw(id="drops", party=party, of=("string",)))]
    if how == "accepted":
        pair = ("army", "front")
        return [(one, Accept(id=f"yes-{one}", party=one, of=("a-link",))) for one in pair]
    failed = replace(done, id="failed", failed=True)
    return [("un", done)] if how == "done" else [("un", failed), ("un", done)]


@pytest.mark.law(8)
@some
@given(going_seeds, picks, st.sampled_from(sorted(STRINGS)), st.integers(0, 1))
def test_a_condition_that_failed_after_it_was_met_or_in_the_same_second_is_open(
    seed: int, pick: int, name: str, later_s: int
) -> None:
    world = in_order(seed).world
    act, said = one_of(granted(world), pick)
    tied = _tied(world, name, act, said, later=False)
    done = Do(id="done", party="un", of=("string",), what="made up", evidence="made up")
    failed = replace(done, id="failed", failed=True)
    tied = add(tied, in_writing("first", "un", said.said_at, done), 0)
    tied = add(tied, in_writing("second", "un", said.said_at + later_s, failed), 0)
    assert lacking(tied) == lacking(without(world, act, said))


ENDED: dict[str, Callable[[Any], Act]] = {
    "withdrawn": lambda act: Withdraw(id="ends", party=act.party, of=(act.id,)),
    "all withdrawn": lambda act: Withdraw(id="ends", party=act.party),
    "suspended": lambda act: Suspend(id="ends", party=act.party, what=""),
}


@pytest.mark.law(8)
@some
@given(going_seeds, picks, picks, st.sampled_from(sorted(ENDED)))
def test_a_grant_that_waits_for_one_that_was_taken_back_is_as_if_neither_had_been_given(
    seed: int, one: int, other: int, how: str
) -> None:
    world = in_order(seed).world
    act, said = one_of(granted(world), one)
    awaited, _ = one_of(granted(world), other)
    assume(act is not awaited and act.party != awaited.party)
    # It ends now, before any of it had begun.
    assume(all(window.span.start >= world.as_of for window in awaited.undertaking.windows))
    string = Condition(
        id="string",
        kind=ConditionKind.RECIPROCAL,
        on=awaited.party,
        what="made up",
        order=Order.TOGETHER,
        awaits=(awaited.id,),
    )
    tie = Impose(id="tie", party=act.party, of=(act.id,), condition=string)
    ends = ENDED[how](awaited)
    ended = add(world, in_writing("said-ends", awaited.party, world.as_of, ends), 0)
    waiting = add(ended, in_writing("said-tie", act.party, said.said_at, tie), 0)
    assert lacking(waiting) == lacking(without(ended, act, said))
