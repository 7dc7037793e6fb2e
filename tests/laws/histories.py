"""Made-up worlds and what came after them, asked for the parties' records."""

from __future__ import annotations

from functools import cache

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.cover import Cover
from safeconduct.situation import picture
from safeconduct.watch import Kept, PartyRecord, parties_of, records
from tests.worlds.aftermath import aftermath
from tests.worlds.world import World

PROFILE = core_policy().profile("default")


def told(world: World) -> tuple[PartyRecord, ...]:
    """The record of every party of a world, at the moment and from the knowledge it is asked."""
    known = [one for one, at in world.records if at <= world.known_at]
    when = {"as_of": world.as_of, "known_at": world.known_at}
    situation = picture(known, **when, hearing=world.hearing)
    return records(Cover(situation, world.network, PROFILE), parties_of(situation))


@cache
def history(seed: int) -> tuple[World, tuple[PartyRecord, ...]]:
    """A world with what came after it, and its records."""
    world = aftermath(seed)
    return world, told(world)


def undertakings(records: tuple[PartyRecord, ...]) -> dict[str, Kept]:
    """Every undertaking of some records, by the id of its act."""
    return {one.grant.id: one for record in records for one in record.undertakings}
