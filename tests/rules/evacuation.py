"""Rules E1 and E2, row by row."""

from __future__ import annotations

from typing import Any

from safeconduct.clearance import Status
from safeconduct.vocabulary import EvacuationTerms, Movers, Purpose
from tests.rules.rows import Row
from tests.worlds.two_towns import TOWNS, Towns, leg

_GIVEN = ("north-restraint", "north-passage", "south-restraint", "south-passage", "south-consent")
_GOOD: dict[str, Any] = {
    "voluntary": True,
    "forced_route": False,
    "own_choice": True,
    "acceptable_destination": True,
}


def leaving(purpose: Purpose = Purpose.CIVILIAN_EVACUATION) -> Towns:
    """The way back carries people out of Birch; both parties have agreed to that."""
    world, movers = TOWNS, frozenset({Movers.CIVILIANS})
    for grant in _GIVEN:
        world = world.given(
            grant, purposes=frozenset({Purpose.ANY}), for_whom=frozenset({Movers.ANYONE})
        )
    there, back = TOWNS.movement().legs
    out = leg(back.id, back.direction, "-hill-road", "-bridge-road", purpose=purpose, movers=movers)
    return world.but("relief-to-birch", legs=(there, out))


def _terms(**known: Any) -> Towns:
    return leaving().plus(
        EvacuationTerms(id="terms", movement="relief-to-birch", **(_GOOD | known))
    )


ROWS = (
    Row("E1", Status.MET, "people leave of their own will, by any way", "", _terms),
    Row(
        "E1",
        Status.UNMET,
        "people are forced onto one route",
        "NOT-VOLUNTARY",
        lambda: _terms(forced_route=True),
    ),
    Row("E1", Status.UNKNOWN, "nobody has recorded it", "VOLUNTARINESS-UNKNOWN", leaving),
    Row("E1", Status.NOT_APPLICABLE, "aid goes in and nobody leaves", "", lambda: TOWNS),
    Row("E2", Status.MET, "people choose where they go", "", _terms),
    Row(
        "E2",
        Status.UNMET,
        "the only destination is held by a party that can fire on the way",
        "ONLY-TO-ATTACKER",
        lambda: _terms(held_by=("south",)),
    ),
    Row("E2", Status.UNKNOWN, "nobody has recorded it", "CHOICE-UNKNOWN", leaving),
    Row("E2", Status.NOT_APPLICABLE, "aid goes in and nobody leaves", "", lambda: TOWNS),
)
