"""Small changes to what a world tells twice: one telling limited, told otherwise, linked anew."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from safeconduct import vocabulary as v
from tests.worlds.changes import less, moved, pick
from tests.worlds.twice import same
from tests.worlds.world import UNDERTAKEN, World, add, ids_of, swap, swap_act


def one_telling_limited(world: World, rng: Random) -> World | None:
    """The party takes back, narrows or ties one telling of its word, and names no other."""
    found = pick(rng, _told_twice(world))
    if found is None:
        return None
    act, said = found
    at = max(said.said_at, world.as_of - rng.choice((0, 60, 7_200)))
    string = v.Condition(
        id="string-on-one", kind=v.ConditionKind.OPERATIONAL, on="un", what="made up"
    )
    by, of = act.party, (act.id,)
    limit: Any = rng.choice(
        [
            v.Withdraw(id="one-back", party=by, of=of),
            v.Reject(id="one-no", party=by, of=of),
            v.Disown(id="one-disowned", party=by, of=of),
            v.Narrow(id="one-less", party=by, of=of, areas=less(act.undertaking.areas)),
            v.Impose(id="one-tied", party=by, of=of, condition=string),
            v.Suspend(id="one-paused", party=by, what="made up", areas=act.undertaking.areas[:1]),
        ]
    )
    told = replace(said, id=f"said-{limit.id}", said_at=min(at, world.as_of), acts=(limit,))
    return add(world, told, world.known_at)


def one_telling_otherwise(world: World, rng: Random) -> World | None:
    """One telling has another hour, area, purpose or condition, or lacks the act."""
    found = pick(rng, _told_twice(world))
    if found is None:
        return None
    act, said = found
    terms = act.undertaking
    other = rng.choice(
        [
            replace(terms, windows=moved(terms.windows, rng)),
            replace(terms, areas=less(terms.areas)),
            replace(terms, purposes=less(terms.purposes)),
            replace(terms, conditions=()),
            replace(terms, specificity=v.Specificity.MOVEMENT),  # a strength, and no difference
            None,
        ]
    )
    gone = frozenset(ids_of(act) if other is None else ids_of(terms.conditions))
    world = replace(world, dropped=world.dropped | gone)
    if other is None:
        return swap(world, said, replace(said, acts=tuple(a for a in said.acts if a is not act)))
    return None if other == terms else swap_act(world, said, act, replace(act, undertaking=other))


def told_at_another_hour(world: World, rng: Random) -> World | None:
    """One telling has it said earlier or later than the other."""
    found = pick(rng, _told_twice(world))
    if found is None:
        return None
    at = found[1].said_at + rng.choice((-3_600, -1, 1, 60, 3_600, 21_600))
    return swap(world, found[1], replace(found[1], said_at=at))


def linked(world: World, rng: Random) -> World | None:
    """Somebody says that two or three statements are one; mostly they are not."""
    said = sorted({one.id for _, one in world.acts(*UNDERTAKEN, v.Confirm)})
    if len(said) < 3:
        return None
    return add(world, same(*rng.sample(said, rng.choice((2, 2, 3))), id="joined"), world.known_at)


def _told_twice(world: World) -> list[tuple[Any, v.Statement]]:
    """The grants on the road that stand in a statement which is said to be one with another."""
    told = {id for one in world.all(v.SameStatement) for id in one.statements}
    return [
        (act, said)
        for act, said in world.acts(*UNDERTAKEN)
        if said.id in told and act.undertaking is not None and act.undertaking.areas
    ]
