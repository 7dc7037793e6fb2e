"""Which keys the column of a made-up world needs, where, from which second to which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from safeconduct.clearance import Stretch
from safeconduct.cover import Key, LegProfile
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Binds, Checkpoint, LegalBasis
from tests.laws.asking import (
    in_order,
    judge_of,
)
from tests.worlds.world import World


@dataclass(frozen=True, slots=True)
class Need:
    """One key that is asked for on one stretch or place.

    `prompt` is the time the column is there, `wide` the same with the margin; `stretch` is None at
    a place. `by_grants` says that it is asked for all of that time, and of grants alone.
    """

    key: Key
    prompt: Span
    wide: Span
    stretch: Stretch | None
    by_grants: bool


@cache
def needs(seed: int) -> tuple[Need, ...]:
    """Every key that the movements of a world in order ask for, where and how long."""
    world = in_order(seed).world
    judge = judge_of(world)
    return tuple(need for id in world.movements for need in _needs(judge.bench_of(id)))


def _needs(bench: Any) -> Iterable[Need]:
    cover, margin_s = bench.cover, bench.movement.margin_s
    legs = {leg.id: LegProfile.of(leg) for leg in bench.movement.legs}
    bases = bench.situation.facts(LegalBasis)
    for entry in bench.itinerary.entries:
        prompt, wide = Span(entry.enter, entry.leave), Span(entry.enter, entry.leave + margin_s)
        for number, cls in enumerate(entry.classes):
            ground = cover.ground(cls)
            stretch = None
            if entry.pieces:
                piece = entry.pieces[number]
                stretch = Stretch(piece.edge, piece.start_dm, piece.end_dm)
            for key, asked in (*ground.asked, *ground.consents):
                spared = any(key.party in basis.replaces for basis in bases)
                spared |= bool(cover.by_instrument(key, cls, legs[entry.leg], bench.movement))
                yield Need(key, prompt, wide, stretch, asked.holds(wide) and not spared)


def voices(world: World, party: str) -> set[str]:
    """The party and those whose word may bind it."""
    return {party, *(one.binder for one in world.all(Binds) if one.bound == party)}


def posted(seed: int, party: str) -> Spans:
    """When the column of a world in order is at a checkpoint of somebody whose voice this is."""
    world = in_order(seed).world
    bench = judge_of(world).bench_of(world.movements[0])
    posts = bench.situation.facts(Checkpoint)
    places = {post.place for post in posts if party in voices(world, post.party)}
    return Spans.of(
        Span(entry.enter, entry.leave + bench.movement.margin_s)
        for entry in bench.itinerary.entries
        if entry.place in places
    )
