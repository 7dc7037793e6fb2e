"""Small changes to the papers of a column: one vehicle more, one second too late."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from safeconduct import vocabulary as v
from safeconduct.roads.occupancy import itinerary
from tests.worlds.changes import edited, pick
from tests.worlds.draft import DAY
from tests.worlds.world import World, add, swap


def extra_vehicle(world: World, rng: Random) -> World | None:
    """A vehicle more on the list, or at the gate, than the plan has."""
    gate = pick(rng, world.all(v.GateCheck))
    listed = pick(rng, world.all(v.Vehicle))
    if gate is None or listed is None:
        return None
    if rng.random() < 0.5:
        more = replace(listed, id=f"extra-{len(world.records)}", plate="extra")
        return add(world, more, world.known_at)
    seen = v.VehicleSeen(plate=rng.choice(("extra", listed.plate)), body=listed.body)
    return swap(world, gate, replace(gate, seen=(*gate.seen, seen)))


def another_body(world: World, rng: Random) -> World | None:
    """A listed vehicle is built otherwise than the one at the gate, or has no driver."""
    other = {v.Body.OPEN: v.Body.CLOSED, v.Body.CLOSED: v.Body.OPEN}
    if rng.random() < 0.7:
        return edited(world, rng, v.Vehicle, body=lambda body: other[body])
    return edited(world, rng, v.Vehicle, driver=lambda _: "")


def another_list(world: World, rng: Random) -> World | None:
    """A notice went out with one vehicle less, or with none."""
    return edited(world, rng, v.Notice, listed=lambda listed: rng.choice((listed[:-1], ())))


def stale_gate_check(world: World, rng: Random) -> World | None:
    """The look at the gate was of another version, left something open, or was made again."""
    gate = pick(rng, world.all(v.GateCheck))
    if gate is None:
        return None
    changed = rng.choice(
        (
            replace(gate, version=gate.version + 1),
            replace(gate, weapons=None),
            replace(gate, armed_beside=not gate.armed_beside),
            replace(gate, aid_only=False),
        )
    )
    if rng.random() < 0.5:
        return swap(world, gate, changed)
    again = replace(
        changed,
        id=f"gate-{len(world.records)}",
        checked_at=gate.checked_at + rng.choice((-1, 0, 1)),
    )
    return add(world, again, world.known_at)


def reconfirmed_too_early(world: World, rng: Random) -> World | None:
    """A party said it for the last time a second too early, or just in time."""
    last = [one for one in world.all(v.Statement) if one.id.startswith("last-word-")]
    said = pick(rng, last)
    if said is None:
        return None
    at = world.movement.depart_at - DAY + rng.choice((-1, -1, 0))
    return swap(world, said, replace(said, said_at=at)) if at <= world.as_of else None


def ultimatum(world: World, rng: Random) -> World | None:
    """A party sets a deadline a second before the column is clear, or in that very second."""
    posts = world.all(v.Checkpoint)
    plan = world.movement
    speeds = world.all(v.RoadSpeed)
    clear_at = itinerary(plan, world.network, posts, speeds).ends_at + plan.margin_s
    demand = v.Demand(
        id=f"ultimatum-{len(world.records)}",
        party=rng.choice(("army", "army", "front", "army-wing", "strangers")),
        to=("un",),
        what="made up",
        deadline_at=clear_at + rng.choice((-1, -1, 0)),
    )
    template = rng.choice(world.all(v.Statement))
    said = replace(
        template, id=f"said-{demand.id}", actor=demand.party, said_at=world.as_of, acts=(demand,)
    )
    return add(world, said, world.known_at)


def unit_unconfirmed(world: World, rng: Random) -> World | None:
    """A word about passage has reached the capital and not the unit at the checkpoint."""
    passages = [
        said
        for act, said in world.acts(v.Guarantee, v.Accept, v.Announce, v.Confirm)
        if isinstance(act, v.Confirm)
        or (act.undertaking and act.undertaking.kind is v.UndertakingKind.PASSAGE)
    ]
    said = pick(rng, passages)
    if said is None or said.depth is not v.Depth.UNIT:
        return None
    return swap(world, said, replace(said, depth=rng.choice((v.Depth.SECTOR, v.Depth.UNKNOWN))))


def escorted(world: World, rng: Random) -> World:
    """An escort that has passed no gate, or is imposed."""
    escort = v.Escort(
        id=f"escort-{len(world.records)}",
        movement=world.movements[0],
        party="army",
        areas=("far",),
        imposed=rng.random() < 0.5,
        risk_owner=rng.choice(("", "head of office")),
        neutrality=rng.choice(("", "made up")),
    )
    return add(world, escort, world.known_at)
