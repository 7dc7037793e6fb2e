"""The webs of `band_roads.py` with places to wait at, some of them only for a part of the day."""

from __future__ import annotations

from random import Random

from safeconduct.spacetime import Span
from safeconduct.vocabulary import WaitingPlace
from tests.worlds.band_roads import FROM, PLACES, UNTIL, webs
from tests.worlds.two_towns import MOVEMENT, Towns

__all__ = ["waiting_webs"]


def waiting_webs(seed: int) -> Towns:
    """A world of this seed, in which the column fits at one to three places."""
    rng = Random(f"waits {seed}")
    world = webs(seed)
    column_m = rng.choice((200, 1_000))
    places = rng.sample(PLACES, rng.randint(1, 3))
    yards = [
        WaitingPlace(
            id=f"yard-{place}",
            place=place,
            holds_m=column_m - (rng.random() < 0.1),
            by="driver",
            checked_at=FROM - 86_400,
            valid=rng.choice((Span(FROM, UNTIL), Span(FROM - 1, UNTIL + 1), _hours(rng))),
        )
        for place in places
    ]
    convoy = world.movement().convoy
    shorter = type(convoy)(vehicles=convoy.vehicles, column_m=column_m)
    return world.plus(*yards).but(MOVEMENT, convoy=shorter)


def _hours(rng: Random) -> Span:
    start = FROM + rng.randrange(0, 60) * 300
    return Span(start, start + rng.randrange(12, 100) * 300)
