"""Small changes to what is so in a world: who is there, the papers, the plan, the road."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from safeconduct import vocabulary as v
from safeconduct.roads.network import Edge, Place, Stretch
from safeconduct.spacetime import Span
from tests.worlds.changes import edited, less, pick
from tests.worlds.draft import DAY, HOUR
from tests.worlds.limits import NOWHERE
from tests.worlds.world import World, add, drop, reroad


def record_lost(world: World, rng: Random) -> World | None:
    """A record is missing."""
    old, _ = rng.choice(world.but_required)
    return None if old.id == world.movements[0] else drop(world, old.id)


def presence_grows(world: World, rng: Random) -> World | None:
    """A party can do more, in more places, or began later."""
    edits: tuple[dict[str, Any], ...] = (
        {"means": lambda means: means | {rng.choice(tuple(v.Means))}},
        {"controls": lambda _: True},
        {"areas": lambda areas: (*areas, rng.choice(sorted(world.network.areas)))},
        {"valid": lambda valid: Span(world.movement.latest_at, valid.end + DAY)},
    )
    return edited(world, rng, v.Presence, **rng.choice(edits))


def newcomer(world: World, rng: Random) -> World:
    """A presence that no grant was made for, named by an assessment or by none."""
    start = world.movement.depart_at + rng.choice((-DAY, -1, 0, 60, HOUR))
    presence = v.Presence(
        id="newcomer",
        party=rng.choice(("brigade", "strangers")),
        areas=(rng.choice((*sorted(world.network.areas), NOWHERE)),),
        means=frozenset({rng.choice(tuple(v.Means))}),
        valid=Span(start, start + 9 * DAY),
    )
    return add(world, presence, world.known_at)


def assessed_otherwise(world: World, rng: Random) -> World | None:
    """An assessment says less: fewer areas or presences, mines not looked for, replacing none."""
    edits: tuple[dict[str, Any], ...] = (
        {"areas": less},
        {"presences": less},
        {"presences": lambda named: (*named, "nobody-knows")},
        {"mines": lambda _: v.Mines.NOT_ASSESSED},
        {"supersedes": lambda _: ()},
    )
    return edited(world, rng, v.Assessment, **rng.choice(edits))


def assessed_anew(world: World, rng: Random) -> World | None:
    """A newer assessment of some areas replaces one, and leaves out a presence it named."""
    old = pick(rng, world.all(v.Assessment))
    if old is None:
        return None
    start = world.movement.depart_at + rng.choice((-DAY, -1, 0, 1, HOUR))
    end = world.movement.latest_at + rng.choice((-HOUR, -1, 0, DAY))
    newer = replace(
        old,
        id=f"{old.id}-anew",
        areas=rng.choice((old.areas, old.areas[:1])),
        valid=Span(start, end),
        presences=old.presences[1:],
        supersedes=(old.id,),
    )
    return add(world, newer, world.known_at)


def consent_otherwise(world: World, rng: Random) -> World | None:
    """More holders, fewer areas with a known holder, or a basis that replaces less."""
    edits: tuple[tuple[type, dict[str, Any]], ...] = (
        (v.ConsentNeed, {"holders": lambda held: (*held, "council")}),
        (v.ConsentNeed, {"areas": lambda _: (rng.choice(("far", NOWHERE)),)}),
        (v.LegalBasis, {"areas": less}),
        (v.LegalBasis, {"purposes": lambda _: frozenset({v.Purpose.AID_DELIVERY})}),
        (v.LegalBasis, {"conditions": lambda _: (_string("on-the-basis"),)}),
    )
    kind, edit = rng.choice(edits)
    return edited(world, rng, kind, **edit)


def _string(id: str) -> v.Condition:
    return v.Condition(id=id, kind=v.ConditionKind.OPERATIONAL, on="un", what="made up")


def fact_thinned(world: World, rng: Random) -> World | None:
    """A relation, an instrument, a clearing or a receipt lacks what makes it count."""
    edits: tuple[tuple[type, dict[str, Any]], ...] = (
        (v.Binds, {"evidence": lambda _: ""}),
        (v.Binds, {"areas": less}),
        (v.Binds, {"bound": lambda _: "strangers"}),
        (v.Instrument, {"risk_owner": lambda _: ""}),
        (v.Instrument, {"tried": lambda _: ""}),
        (v.Instrument, {"mitigation": lambda _: ""}),
        (v.Instrument, {"means": lambda _: frozenset({v.Means.MINES})}),
        (v.NoRecentUse, {"areas": less}),
        (v.HazardCleared, {"evidence": lambda _: ""}),
        (v.HazardCleared, {"of": lambda _: "another"}),
        (v.CrossingOpen, {"side": lambda _: "near"}),
        (v.Checkpoint, {"hold_max_s": lambda _: None}),
        (v.Checkpoint, {"hold_max_s": lambda most: (most or 0) + 1}),
        (v.Notice, {"legs": less}),
        (v.Notice, {"version": lambda version: version + 1}),
        (v.Link, {"concerned": lambda concerned: (*concerned, "envoy-2")}),
        (v.Actor, {"member_of": lambda _: ("army",)}),
    )
    kind, edit = rng.choice(edits)
    return edited(world, rng, kind, **edit)


def replanned(world: World, rng: Random) -> World | None:
    """The plan reads otherwise: later, slower, longer margin, a window needed, no reason given."""
    edits: tuple[dict[str, Any], ...] = (
        {"margin_s": lambda margin_s: margin_s + rng.choice((1, 60))},
        {"latest_at": lambda at: at + rng.choice((-60, -1, 1))},
        {"depart_at": lambda at: at + rng.choice((-60, -1, 1, 60))},
        {"window_needed_s": lambda _: rng.choice((60, HOUR, 2 * HOUR, DAY))},
        {"one_way": lambda _: ""},
        {"profile": lambda _: "written-and-unconditional"},
        {"convoy": lambda convoy: replace(convoy, column_m=convoy.column_m + 1)},
    )
    return edited(world, rng, v.Movement, **rng.choice(edits))


def new_version(world: World, rng: Random) -> World:
    """A second version of the movement, known or not yet known, of which nobody was told."""
    newer = replace(world.movement, version=2, title=rng.choice(("made up", "made anew")))
    return add(world, newer, world.known_at + rng.choice((0, 1)))


def held_longer(world: World, rng: Random) -> World:
    """Another checkpoint on the way."""
    post = v.Checkpoint(
        id="new-post",
        place=rng.choice(world.network.places).id,
        party="army",
        hold_min_s=0,
        hold_max_s=rng.choice((0, 1, 600, None)),
    )
    return add(world, post, world.known_at)


def road_recut(world: World, rng: Random) -> World | None:
    """An area holds or touches a decimetre more or less of an edge, or none of it at all."""
    edge = rng.choice(world.network.edges)
    held = pick(rng, edge.within)
    touches = pick(rng, edge.touched)
    if held is None or touches is None:
        return None
    without = tuple(one for one in edge.within if one is not held)
    recut: tuple[Edge, ...] = (
        replace(edge, within=without),
        replace(edge, within=(*without, Stretch(held.area, held.start_dm, held.end_dm - 1))),
        replace(edge, within=(*without, Stretch(held.area, held.start_dm + 1, held.end_dm))),
        replace(edge, touched=(*edge.touched, Stretch("far", 0, 1))),
        replace(edge, touched=(*edge.touched, Stretch(touches.area, 0, edge.length_dm))),
    )
    edges = tuple(one for one in world.network.edges if one is not edge)
    return reroad(world, replace(world.network, edges=(*edges, rng.choice(recut))))


def place_moved(world: World, rng: Random) -> World | None:
    """A place lies on a border that it did not lie on."""
    place = rng.choice(world.network.places)
    if not place.within:
        return None
    moved: Place = rng.choice(
        (
            replace(place, within=less(place.within)),
            replace(place, touched=place.touched | {"far"}),
        )
    )
    places = tuple(one for one in world.network.places if one is not place)
    return reroad(world, replace(world.network, places=(*places, moved)))


def gate_put_up(world: World, rng: Random) -> World:
    """A crossing with opening times that just hold the trip, or just do not."""
    place = rng.choice(world.network.places).id
    world = add(world, v.Crossing(id="new-gate", name="", place=place, sides=("a", "b")), 0)
    for side in ("a", "b"):
        start = world.movement.depart_at + rng.choice((-HOUR, 0, 1, 60))
        end = world.movement.latest_at + rng.choice((-HOUR, -60, 0))
        valid = Span(min(start, end - 1), end)
        opens = v.CrossingOpen(id=f"opens-{side}", crossing="new-gate", side=side, valid=valid)
        world = add(world, opens, world.known_at)
    return world
