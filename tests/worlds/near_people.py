"""Small changes to the papers about people and supplies: a consent, a seat, a second, an item."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from safeconduct import vocabulary as v
from tests.worlds.changes import SECONDS, edited, less, moved, pick
from tests.worlds.people_facts import CARE
from tests.worlds.world import World, add

_MAYBE = (None, False, True)


def case_otherwise(world: World, rng: Random) -> World | None:
    """A case lacks something, needs more, or has a second more or less."""
    edits: tuple[dict[str, Any], ...] = (
        {"consents": lambda _: rng.choice(_MAYBE)},
        {"accepted": lambda _: rng.choice(_MAYBE)},
        {"destination": lambda _: ""},
        {"facility": lambda _: ""},
        {"travels": lambda travels: not travels},
        {"state": lambda _: rng.choice(tuple(v.PatientState))},
        {"deadline_at": lambda at: at and at + rng.choice((-1, 1))},
        {"deadline_at": lambda _: world.movement.latest_at + rng.choice(SECONDS)},
        {"max_transport_s": lambda most: most and most + rng.choice((-1, 1))},
        {"companions": lambda seats: seats + 1},
        {"list_owner": lambda _: rng.choice(("army", "army-wing", "envoy"))},
        {"cleared_by": less},
        {"cleared_by": lambda parties: (*parties, "council")},
        {"stands_at": lambda at: at + rng.choice(SECONDS)},
    )
    return edited(world, rng, v.Patient, **rng.choice(edits))


def clearance_otherwise(world: World, rng: Random) -> World | None:
    """A clearance is tied, refused, still open, or holds for a little less or more."""
    edits: tuple[dict[str, Any], ...] = (
        {"tied_to": lambda tied: "" if tied else "prisoners let go"},
        {"state": lambda _: rng.choice(tuple(v.PermitState))},
        {"valid": lambda valid: moved(valid, rng)},
        {"valid": lambda valid: moved(valid, rng)},
        {"valid": lambda _: None},
        {"case": lambda _: "C-8"},
        {"party": lambda _: "council"},
        {"stands_at": lambda at: at + rng.choice(SECONDS)},
    )
    return edited(world, rng, v.PatientClearance, **rng.choice(edits))


def told_again(world: World, rng: Random) -> World | None:
    """A second record of the same thing, a moment earlier or later or at the same, says less."""
    kinds: tuple[tuple[type, str, dict[str, Any]], ...] = (
        (v.Patient, "stands_at", {"consents": None}),
        (v.Patient, "stands_at", {"travels": False}),
        (v.Patient, "stands_at", {"companions": 40}),
        (v.PatientClearance, "stands_at", {"state": v.PermitState.OPEN}),
        (v.PatientClearance, "stands_at", {"tied_to": "an exchange"}),
        (v.LoadList, "checked_at", {"items": ()}),
        (v.Removal, "removed_at", {"choice": v.GateChoice.REFUSE}),
    )
    kind, moment, worse = rng.choice(kinds)
    old = pick(rng, world.all(kind))
    if old is None:
        return None
    at = getattr(old, moment) + rng.choice((-1, 0, 0, 1))
    again = replace(old, id=f"{old.id}-again", **{moment: at}, **worse)
    return add(world, again, world.known_at + rng.choice((0, 0, 0, 1)))


def care_otherwise(world: World, rng: Random) -> World | None:
    """Somebody did not look, or saw what must not be; a guard is missing at the screening."""
    one = rng.choice(CARE)
    edits: tuple[tuple[type, dict[str, Any]], ...] = (
        (v.EvacuationCare, {one: lambda _: rng.choice(_MAYBE)}),
        (v.EvacuationCare, {one: lambda _: None}),
        (v.EvacuationTerms, {"forced_route": lambda _: rng.choice(_MAYBE)}),
        (v.LastResort, {"result": lambda _: ""}),
        (v.ReturnTerms, {"temporary": lambda _: rng.choice(_MAYBE)}),
        (v.ReturnTerms, {"called_by": lambda _: ""}),
        (v.ReturnTerms, {"waiver_signed": lambda _: rng.choice(_MAYBE)}),
        (v.Screening, {"planned": lambda planned: not planned}),
        (v.Screening, {"party": lambda _: "council"}),
        (v.Screening, {"independent": lambda _: rng.choice(("army", "army-wing", "", "un"))}),
        (v.Screening, {"sign_off": lambda _: ""}),
        (v.Screening, {"guaranteed_in": lambda _: ""}),
    )
    kind, edit = rng.choice(edits)
    return edited(world, rng, kind, **edit)


def load_otherwise(world: World, rng: Random) -> World | None:
    """One of an item more or less, another version, nothing at all, or made a second later."""
    by = rng.choice((-1, 1))

    def recounted(items: tuple[v.ItemCount, ...]) -> tuple[v.ItemCount, ...]:
        return tuple(replace(one, loaded=one.loaded + by) for one in items[:1]) + items[1:]

    edits: tuple[dict[str, Any], ...] = (
        {"items": recounted},
        {"items": recounted},
        {"items": lambda _: ()},
        {"version": lambda version: version + 1},
        {"checked_at": lambda at: at + rng.choice(SECONDS)},
    )
    return edited(world, rng, v.LoadList, **rng.choice(edits))


def item_taken(world: World, rng: Random) -> World:
    """Something is taken out, about when the load list was made; signed for, or not."""
    listed = pick(rng, world.all(v.LoadList))
    at = listed.checked_at + rng.choice((-1, 0, 1)) if listed else world.as_of - 60
    removal = v.Removal(
        id="new-removal",
        movement=world.movement.id,
        item=rng.choice(("surgical kits", "insulin")),
        count=1,
        party="army",
        removed_at=at,
        where=rng.choice(("made up", "a gate")),
        choice=rng.choice(tuple(v.GateChoice)),
        signed_by=rng.choice(("", "leader")),
    )
    return add(world, removal, world.known_at)
