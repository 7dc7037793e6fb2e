"""Small changes to what was said in a world, and when."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from safeconduct import vocabulary as v
from tests.worlds.changes import SECONDS, less, moved, pick, regranted, retold
from tests.worlds.draft import DAY, window
from tests.worlds.limits import limits_for
from tests.worlds.world import UNDERTAKEN, World, add, swap, swap_act


def shift_window(world: World, rng: Random) -> World | None:
    """A window of a grant begins or ends a little earlier or later."""
    return regranted(world, rng, windows=lambda windows: moved(windows, rng))


def shift_span(world: World, rng: Random) -> World | None:
    """A span of any record begins or ends a little earlier or later."""
    old, _ = rng.choice(world.but_required)
    new = moved(old, rng)
    return None if new is old else swap(world, old, new)


def shift_moment(world: World, rng: Random) -> World | None:
    """Something was said, done or found a little earlier or later."""
    names = ("said_at", "from_at", "cleared_at", "checked_at", "reviewed_at", "sent_at")
    dated = [(one, name) for one, _ in world.records for name in names if getattr(one, name, 0)]
    old, name = rng.choice(dated)
    moment = rng.choice((getattr(old, name) + rng.choice(SECONDS), world.as_of, world.as_of + 1))
    return swap(world, old, replace(old, **{name: moment}))


def recorded_later(world: World, rng: Random) -> World:
    """A record reached the register just in time, or just too late."""
    old, _ = rng.choice(world.but_required)
    at = world.known_at + rng.choice((0, 1))
    return replace(world, records=tuple((x, at if x is old else a) for x, a in world.records))


def shift_effect(world: World, rng: Random) -> World | None:
    """A withdrawal or suspension takes effect at another moment."""
    found = pick(rng, world.acts(v.Withdraw, v.Suspend))
    if found is None:
        return None
    act, said = found
    moments = (said.said_at, world.movement.depart_at, world.movement.latest_at)
    at = rng.choice((None, *(moment + rng.choice((-1, 0, 1)) for moment in moments)))
    return swap_act(world, said, act, replace(act, effective_at=at))


def fewer_areas(world: World, rng: Random) -> World | None:
    """A grant loses an area."""
    return regranted(world, rng, areas=less)


def fewer_means(world: World, rng: Random) -> World | None:
    """A restraint loses a means."""
    return regranted(world, rng, means=less)


def other_terms(world: World, rng: Random) -> World | None:
    """A grant was given for something else, another way, other people, or only in general."""
    edits: tuple[dict[str, Any], ...] = (
        {"purposes": less},
        {"directions": less},
        {"for_whom": less},
        {"purposes": lambda _: frozenset({v.Purpose.FIGHTERS_LEAVING})},
        {"directions": lambda _: frozenset({v.Direction.THROUGH})},
        {"for_whom": lambda _: frozenset({v.Movers.CIVILIANS, v.Movers.HUMANITARIAN})},
        {"specificity": lambda _: v.Specificity.GENERAL},
        {"unresolved": lambda _: "soon"},
        {"windows": lambda _: ()},
        {"areas": lambda _: (), "unnamed_corridors": lambda _: 2},
    )
    return regranted(world, rng, **rng.choice(edits))


def other_telling(world: World, rng: Random) -> World | None:
    """A word was told, worded or addressed in another way, or by somebody else."""
    edits: tuple[dict[str, Any], ...] = (
        {"telling": v.Telling.INFERRED},
        {"to": ()},
        {"to": ("envoy",)},
        {"form": v.Form.ANNOUNCEMENT},
        {"form": v.Form.RELAYED},
        {"form": v.Form.ORAL, "noted": True, "call_back": False},
        {"form": v.Form.ORAL, "noted": False, "call_back": True},
        {"form": v.Form.WRITTEN, "noted": False, "call_back": False},
        {"actor": "envoy"},
        {"actor": "patron"},
        {"authority": v.Authority.SPEAKS_FOR},
        {"authority": v.Authority.COMMANDS},
    )
    return retold(world, rng, **rng.choice(edits))


def narrower_confirm(world: World, rng: Random) -> World | None:
    """A party confirmed less than it had granted."""
    found = pick(rng, world.acts(v.Confirm))
    if found is None:
        return None
    act, said = found
    granted = [one for one, _ in world.acts(*UNDERTAKEN) if one.id in act.of and one.undertaking]
    if not granted:
        return None
    terms = granted[0].undertaking
    narrower = rng.choice(
        (
            replace(act, areas=terms.areas),
            replace(act, areas=terms.areas[1:]),
            replace(act, windows=moved(terms.windows, rng)),
        )
    )
    return swap_act(world, said, act, narrower)


def string_attached(world: World, rng: Random) -> World | None:
    """A reciprocal string is tied between two grants, one way or both ways round."""
    acts = [(a, one) for a, one in world.acts(*UNDERTAKEN) if a.undertaking]
    if len(acts) < 2:
        return None
    pair = rng.sample(acts, 2)
    ways = [pair] if rng.random() < 0.5 else [pair, pair[::-1]]
    for number, ((act, _), (other, _)) in enumerate(ways):
        condition = v.Condition(
            id=f"mutual-{number}-{act.id}",
            kind=v.ConditionKind.RECIPROCAL,
            on=other.party,
            what="made up",
            order=rng.choice(tuple(v.Order)),
            awaits=(other.id,),
        )
        tie = v.Impose(id=f"tie-{condition.id}", party=act.party, of=(act.id,), condition=condition)
        said = replace(acts[0][1], id=f"said-{tie.id}", actor=act.party, acts=(tie,))
        world = add(world, said, world.known_at)
    return world


def deed_undone(world: World, rng: Random) -> World | None:
    """Something done loses its evidence, failed after all, or failed before it was done."""
    found = pick(rng, world.acts(v.Do))
    if found is None:
        return None
    act, said = found
    if rng.random() < 0.3:
        return swap_act(world, said, act, replace(act, evidence=""))
    failed = replace(act, id=f"{act.id}-failed", failed=True)
    at = said.said_at + rng.choice((-1, 0, 1))
    return add(world, replace(said, id=f"{said.id}-failed", said_at=at, acts=(failed,)), at)


def limit_added(world: World, rng: Random) -> World:
    """A limit, a hazard or an incident comes on top."""
    granted = [said.said_at for _, said in world.acts(*UNDERTAKEN)]
    said_at = rng.choice((world.as_of, *(at + rng.choice((-1, 0, 1)) for at in granted)))
    said_at = min(said_at, world.as_of)
    limits = limits_for(world, said_at)
    kinds = sorted({_kind(one) for one in limits})
    kind = rng.choice(kinds)
    return add(world, rng.choice([one for one in limits if _kind(one) == kind]), world.known_at)


def limit_answered(world: World, rng: Random) -> World | None:
    """Whoever was limited confirms, in full or in part, with or without the authority."""
    limited = world.acts(v.Suspend, v.Disown, v.Deny)
    granted = [(a, one) for a, one in world.acts(*UNDERTAKEN) if a.undertaking]
    if not limited or not granted:
        return None
    doubt = max(said.said_at for _, said in limited)
    act, said = rng.choice(granted)
    again = v.Confirm(id=f"again-{len(world.records)}", party=act.party, of=(act.id,))
    if rng.random() < 0.2:
        again = replace(again, areas=act.undertaking.areas[:1])
    at = min(doubt + rng.choice((0, 1, 60)), world.as_of)
    told = replace(
        said,
        id=f"said-{again.id}",
        actor=act.party,
        said_at=at,
        form=v.Form.WRITTEN,
        authority=rng.choice((v.Authority.COMMANDS, v.Authority.SPEAKS_FOR)),
        to=("un",),
        acts=(again,),
    )
    return add(world, told, at)


def _kind(value: v.Record) -> str:
    return type(value.acts[0] if isinstance(value, v.Statement) else value).__name__


def link_taken_back(world: World, rng: Random) -> World | None:
    """One concerned rejects a link it accepted, withdraws its word, or accepts again."""
    accepts = [(act, said) for act, said in world.acts(v.Accept) if act.undertaking is None]
    found = pick(rng, accepts)
    if found is None:
        return None
    act, said = found
    back: v.Act = rng.choice(
        (
            v.Reject(id=f"{act.id}-back", party=act.party, of=act.of),
            v.Withdraw(id=f"{act.id}-back", party=act.party, of=(act.id,)),
            v.Withdraw(id=f"{act.id}-back", party=act.party, of=act.of),
        )
    )
    at = said.said_at + rng.choice((-1, 0, 1))
    return add(world, replace(said, id=f"{said.id}-back", said_at=at, acts=(back,)), at)


def idle_word(world: World, rng: Random) -> World:
    """Something that neither grants nor limits: it must change nothing."""
    act: v.Act = rng.choice(
        (
            v.Welcome(id="kind-words", party="army", what="made up"),
            v.Forecast(id="outlook", party="army", what="made up"),
            v.Demand(id="demand", party="army", to=("front",), what="made up"),
            v.DeclineToComment(id="silence", party="front", about="made up"),
        )
    )
    template = rng.choice(world.all(v.Statement))
    said = replace(template, id="idle", actor="army", said_at=world.as_of, acts=(act,))
    return add(world, said, world.known_at)


def far_pause(world: World, rng: Random) -> World:
    """A party suspends or ends everything in an area that no road comes near."""
    party = rng.choice(("army", "front", "council"))
    act: v.Act = rng.choice(
        (
            v.Suspend(id="far-pause", party=party, what="made up", areas=("far",)),
            v.Withdraw(id="far-end", party=party, areas=("far",)),
        )
    )
    template = rng.choice(world.all(v.Statement))
    said = replace(template, id="far-off", actor=party, said_at=world.as_of, acts=(act,))
    return add(world, said, world.known_at)


def second_chance(world: World, rng: Random) -> World | None:
    """The same grant given once more, under another id and with a window moved a little."""
    found = pick(rng, [pair for pair in world.acts(*UNDERTAKEN) if pair[0].undertaking])
    if found is None or not found[0].undertaking.windows:
        return None
    act, said = found
    terms = act.undertaking
    span = terms.windows[0].span
    shifted = window(span.start + rng.choice(SECONDS), span.end + DAY)
    again = v.Guarantee(
        id=f"{act.id}-again", party=act.party, undertaking=replace(terms, windows=(shifted,))
    )
    return add(world, replace(said, id=f"{said.id}-again", acts=(again,)), said.said_at)
