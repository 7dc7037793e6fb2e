"""Small changes to what is recorded of roads: closed, reopened, driven slower, where to halt."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from safeconduct import vocabulary as v
from safeconduct.spacetime import OPEN_END, Span
from tests.verifier.column import trip
from tests.worlds.changes import edited, pick
from tests.worlds.draft import DAY, HOUR
from tests.worlds.limits import NOWHERE
from tests.worlds.road_facts import KINDS, SURFACES
from tests.worlds.world import World, add, swap


def road_closed(world: World, rng: Random) -> World:
    """A road, an area or something nobody knows is closed as the column comes or goes."""
    plan = world.movement
    posts, speeds = world.all(v.Checkpoint), world.all(v.RoadSpeed)
    spot = rng.choice(trip(plan, world.network, posts, speeds))
    aside = rng.choice((-60, -1, 0, 0, 1))
    valid = rng.choice(
        (
            Span(spot.start - HOUR, spot.start + aside),
            Span(spot.end + aside, spot.end + DAY),
            Span(spot.end + plan.margin_s + aside, OPEN_END),
        )
    )
    roads: tuple[dict[str, Any], ...] = (
        {"edges": (spot.edge or rng.choice(world.network.edges).id,)},
        {"areas": (rng.choice((*sorted(world.network.areas), NOWHERE)),)},
        {"edges": ("no-such-road",), "areas": ()},
    )
    number = len(world.records)
    named = roads[0] if rng.random() < 0.6 else rng.choice(roads[1:])
    closure = v.Closure(id=f"shut-{number}", why="made up", valid=valid, **named)
    world = add(world, closure, world.known_at - rng.choice((0, DAY)))
    if rng.random() < 0.4:
        at = rng.choice((world.as_of, valid.start + rng.choice((-1, 0, 1))))
        report = v.RoadReopened(
            id=f"open-{number}", of=closure.id, reopened_at=at, by="watch",
            evidence=rng.choice(("made up", "made up", "")),
        )  # fmt: skip
        world = add(world, report, world.known_at)
    return world


def closure_otherwise(world: World, rng: Random) -> World | None:
    """A closure names another road or time, or the report that ended it is worth nothing."""
    edges = [edge.id for edge in world.network.edges]
    edits: tuple[tuple[type, dict[str, Any]], ...] = (
        (v.Closure, {"valid": lambda old: Span(old.start, old.end + rng.choice((-1, 1, HOUR)))}),
        (v.Closure, {"valid": lambda old: Span(old.start - rng.choice((1, HOUR)), old.end)}),
        (v.Closure, {"edges": lambda old: (*old, rng.choice(edges))}),
        (v.RoadReopened, {"evidence": lambda _: ""}),
        (v.RoadReopened, {"of": lambda _: "another"}),
        (v.RoadReopened, {"reopened_at": lambda at: at + rng.choice((-DAY, -1, 1, HOUR))}),
    )
    found = pick(rng, [edit for edit in edits if world.all(edit[0])])
    if found is None:
        return None
    kind, edit = found
    if kind is v.Closure and any(one.valid.end == OPEN_END for one in world.all(v.Closure)):
        return None
    return edited(world, rng, kind, **edit)


def driven_slower(world: World, rng: Random) -> World:
    """A planning speed of some roads that nobody counted on, valid at departure or just not."""
    at = world.movement.depart_at
    valid = rng.choice((Span(at, at + 1), Span(at, OPEN_END), Span(at - DAY, at)))
    edge = rng.choice(world.network.edges)
    named: dict[str, Any] = rng.choice(
        (
            {},
            {"edges": (edge.id,)},
            {"kinds": KINDS},
            {"surfaces": SURFACES[:1]},
            {"edges": (edge.id,), "kinds": KINDS[1:]},
        )
    )
    speed = v.RoadSpeed(
        id=f"slow-{len(world.records)}",
        speed_kmh=rng.choice((5, 14, 39)),
        valid=valid,
        basis=v.SpeedBasis.CONVOY_LOG,
        **named,
    )
    return add(world, speed, world.known_at)


def speed_forgotten(world: World, rng: Random) -> World | None:
    """A planning speed reads a little otherwise, or was not valid when the column left."""
    at = world.movement.depart_at
    edits: tuple[dict[str, Any], ...] = (
        {"speed_kmh": lambda kmh: kmh + rng.choice((-1, 1))},
        {"valid": lambda old: replace(old, end=max(at + rng.choice((0, 1)), old.start + 1))},
    )
    return edited(world, rng, v.RoadSpeed, **rng.choice(edits))


def halt_otherwise(world: World, rng: Random) -> World | None:
    """A leg halts longer or shorter, at another place, or where nobody looked."""
    plan = world.movement
    number = rng.randrange(len(plan.legs))
    leg = plan.legs[number]
    places = [place.id for place in world.network.places]
    if leg.halts and rng.random() < 0.7:
        (halt,) = leg.halts
        changed = rng.choice(
            (
                (),
                (replace(halt, wait_s=max(1, halt.wait_s + rng.choice((-60, -1, 1, 60)))),),
                (replace(halt, place=rng.choice(places)),),
            )
        )
    else:
        changed = (v.Halt(place=rng.choice(places), wait_s=rng.choice((1, HOUR))),)
    legs = (*plan.legs[:number], replace(leg, halts=changed), *plan.legs[number + 1 :])
    return swap(world, plan, replace(plan, legs=legs))


def waiting_place_otherwise(world: World, rng: Random) -> World | None:
    """A waiting place holds a metre less, for a second less, or was looked at once more."""
    found = pick(rng, world.all(v.WaitingPlace))
    if found is None:
        return None
    shorter = found.valid.length_s > 1
    changed = rng.choice(
        (
            replace(found, holds_m=max(1, found.holds_m + rng.choice((-1, -1, 1)))),
            replace(found, valid=replace(found.valid, start=found.valid.start + shorter)),
            replace(found, valid=replace(found.valid, end=found.valid.end - shorter)),
            replace(found, checked_at=found.checked_at + rng.choice((-1, 1, DAY))),
            replace(found, place=rng.choice(world.network.places).id),
        )
    )
    if rng.random() < 0.5:
        return swap(world, found, changed)
    again = replace(
        changed,
        id=f"yard-{len(world.records)}",
        checked_at=found.checked_at + rng.choice((-1, 0, 1)),
        valid=rng.choice((changed.valid, Span(found.valid.start, found.valid.start + 1))),
    )
    return add(world, again, world.known_at)
