"""Made-up worlds, asked: what the engine says of one, which keys it misses, and what to change.

The properties draw numbers: a seed, how many small changes, and picks. The worlds of a run are a
few hundred, kept with their verdicts, so that a property pays only for the change it tries.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any, TypeVar

from hypothesis import HealthCheck, reject, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.clearance import Judge, Judgement, Verdict
from safeconduct.clearance.bench import Bench
from safeconduct.errors import RouteRefused, UnknownReference
from safeconduct.policy import Policy
from safeconduct.situation import picture
from safeconduct.vocabulary import (
    Acknowledge,
    Act,
    Authority,
    Confirm,
    Do,
    Form,
    Impose,
    SameStatement,
    Statement,
    Telling,
    Withdraw,
)
from tests.worlds.near_misses import mutate
from tests.worlds.random_worlds import whole
from tests.worlds.world import UNDERTAKEN, World, add, swap, swap_act

T = TypeVar("T")
Spot = tuple[Any, ...]

COUNT = int(os.environ.get("SAFECONDUCT_EXAMPLES", "60"))
#: A filter may turn away many draws (no grant to drop, nothing to narrow); none is slow.
examples = settings(
    max_examples=COUNT, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
#: For properties of few worlds, or of many questions.
some = settings(examples, max_examples=max(50, COUNT // 8))
#: Runs with other seeds try other worlds.
FIRST = int(os.environ.get("SAFECONDUCT_SEED", "1")) * 1_000_000
SEEDS = range(FIRST, FIRST + max(100, COUNT // 5))

seeds = st.sampled_from(SEEDS)
changes = st.integers(1, 3)
picks = st.integers(0, 9_999)
RANK = {Verdict.NO_GO: 0, Verdict.CONDITIONAL: 1, Verdict.GO: 2}


@cache
def policy() -> Policy:
    """The policy that every world is judged under."""
    return core_policy()


def judge_of(world: World) -> Judge:
    """The judge of a world, at the moment the world is asked about."""
    known = [value for value, claimed_at in world.records if claimed_at <= world.known_at]
    when = {"as_of": world.as_of, "known_at": world.known_at}
    situation = picture(known, **when, hearing=world.hearing)
    return Judge(situation, world.network, policy())


def judged(world: World) -> Judgement:
    """The judgement of the first movement; an example in which nobody knows it is passed over."""
    try:
        return _judged(world)
    except UnknownReference:
        reject()


def _judged(world: World) -> Judgement:
    return judge_of(world).judge(world.movements[0])


def bench_of(world: World) -> Bench:
    """What that judgement is made on; an example whose movement is not known is passed over.

    So is one whose route is refused: there is no way of which anything could be missing.
    """
    try:
        return judge_of(world).bench_of(world.movements[0])
    except (RouteRefused, UnknownReference):
        reject()


def rank(world: World) -> int:
    """0 for NO-GO, 1 for CONDITIONAL, 2 for GO; a movement that nobody knows may not go."""
    try:
        return RANK[_judged(world).verdict]
    except UnknownReference:
        return 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A world and the rank of its verdict."""

    world: World
    rank: int


@cache
def in_order(seed: int) -> Asked:
    """The world of a seed, in which everything is in order (it may still wait or rest on risk)."""
    world = whole(seed)
    return Asked(world, rank(world))


@cache
def near(seed: int, changes: int) -> Asked:
    """The same after one to three small changes, most of them for the worse."""
    world, rng = in_order(seed).world, Random(f"laws {seed} {changes}")
    for _ in range(changes):
        world = mutate(world, rng)
    return Asked(world, rank(world))


@cache
def going() -> tuple[int, ...]:
    """The seeds whose world in order may go; more than a third of all."""
    return tuple(seed for seed in SEEDS if in_order(seed).rank == 2)


going_seeds = st.deferred(lambda: st.sampled_from(going()))


def going_with(kind: type, has: Callable[[Any], bool] = lambda _: True) -> SearchStrategy[int]:
    """The seeds whose world in order may go and has a record or act of this kind."""

    def fits(seed: int) -> bool:
        world = in_order(seed).world
        return any(has(one) for one in (*world.all(kind), *(a for a, _ in world.acts(kind))))

    return st.deferred(lambda: st.sampled_from(tuple(filter(fits, going()))))


def one_of(values: Sequence[T], pick: int) -> T:
    """The value that a pick points at; where there is none, the example is passed over."""
    if not values:
        reject()
    return values[pick % len(values)]


# What is missing.


def lacking(world: World) -> frozenset[Spot]:
    """Every key that is missing: its names, on which entry of the way, and exactly when."""
    bench = bench_of(world)
    found = set()
    for key, spots in bench.ledger.missing.items():
        for spot in spots:
            where = (spot.entry.edge or spot.entry.place, spot.entry.enter, spot.cls)
            found.add((*key.order, *where, spot.missing.bounds))
    return frozenset(found)


# Acts.


def granted(world: World) -> list[tuple[Any, Statement]]:
    """Every act that carries an undertaking on the road, with its statement, by id."""
    acts = [(a, s) for a, s in world.acts(*UNDERTAKEN) if a.undertaking and a.undertaking.areas]
    return sorted(acts, key=lambda pair: str(pair[0].id))


def told_once(world: World) -> list[tuple[Any, Statement]]:
    """Those of them that nobody told a second time: what changes one would not make two differ."""
    linked = {id for one in world.all(SameStatement) for id in one.statements}
    return [(act, said) for act, said in granted(world) if said.id not in linked]


def opening(world: World) -> list[tuple[Any, Statement]]:
    """Every act that gives cover or gives it back, with its statement, by id."""
    strings = _strings(world)
    kinds = (*UNDERTAKEN, Confirm, Acknowledge, Do, Withdraw)
    found = [
        (act, said)
        for act, said in world.acts(*kinds)
        if not (isinstance(act, Do) and act.failed)
        # A withdrawal takes cover away, unless all that it takes away is a string.
        and not (isinstance(act, Withdraw) and not (act.of and strings.issuperset(act.of)))
    ]
    return sorted(found, key=lambda pair: str(pair[0].id))


def _strings(world: World) -> set[str]:
    tied = [act.condition for act, _ in world.acts(Impose)]
    worded = [act.undertaking.conditions for act, _ in granted(world)]
    return {one.id for one in (*tied, *(one for some in worded for one in some))}


def _as_it_reads(world: World, said: Statement) -> Statement:
    """The statement, or what other changes have left of it."""
    there = world.all(Statement)
    same = [one for one in there if one is said] or [one for one in there if one.id == said.id]
    return same[0]


def without(world: World, act: Act, said: Statement) -> World:
    """The world in which this act was not part of what was said; the rest of it was."""
    now = _as_it_reads(world, said)
    return swap(world, now, replace(now, acts=tuple(one for one in now.acts if one.id != act.id)))


def alone(world: World, act: Act, said: Statement) -> tuple[World, Statement]:
    """The world in which an act is a statement of its own and nobody confirms it; and that one."""
    rest = replace(said, acts=tuple(one for one in said.acts if one is not act))
    by_itself = replace(said, id=f"only-{act.id}", acts=(act,))
    world = swap(world, said, rest)
    for one in world.all(Statement):
        if any(isinstance(other, Confirm) and act.id in other.of for other in one.acts):
            world = swap(world, one, replace(one, acts=tuple(_less(a, act.id) for a in one.acts)))
    return add(world, by_itself, recorded_at(world, rest)), by_itself


def _less(act: Act, id: str) -> Act:
    if not isinstance(act, Confirm):
        return act
    return replace(act, of=tuple(one for one in act.of if one != id))


def recorded_at(world: World, said: Statement) -> int:
    """When a statement of a world was recorded."""
    return next(at for value, at in world.records if value is said)


def regranted(world: World, act: Act, said: Statement, **terms: Any) -> World:
    """The world in which an act undertakes something else."""
    now = _as_it_reads(world, said)
    same: Any = next(one for one in now.acts if one.id == act.id)
    undertaking = replace(same.undertaking, **terms)
    return swap_act(world, now, same, replace(same, undertaking=undertaking))


def in_writing(id: str, actor: str, said_at: int, *acts: Act) -> Statement:
    """A word as good as words can be: said directly, in writing, by the voice that commands."""
    return Statement(
        id=id,
        actor=actor,
        said_at=said_at,
        form=Form.WRITTEN,
        telling=Telling.SAID,
        authority=Authority.COMMANDS,
        to=("un",),
        paraphrase="made up",
        acts=acts,
    )
