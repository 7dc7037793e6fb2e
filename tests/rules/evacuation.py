"""Rules E1 and E2, row by row."""

from __future__ import annotations

from safeconduct.clearance import Status
from tests.rules.rows import Row
from tests.worlds.leaving import EVACUATION, leaving
from tests.worlds.two_towns import TOWNS

ROWS = (
    Row("E1", Status.MET, "people leave of their own will, by any way", "", lambda: EVACUATION),
    Row(
        "E1",
        Status.UNMET,
        "people are forced onto one route",
        "NOT-VOLUNTARY",
        lambda: EVACUATION.but("terms", forced_route=True),
    ),
    Row("E1", Status.UNKNOWN, "nobody has recorded it", "VOLUNTARINESS-UNKNOWN", leaving),
    Row("E1", Status.NOT_APPLICABLE, "aid goes in and nobody leaves", "", lambda: TOWNS),
    Row("E2", Status.MET, "people choose where they go", "", lambda: EVACUATION),
    Row(
        "E2",
        Status.UNMET,
        "the only destination is held by a party that can fire on the way from outside",
        "ONLY-TO-ATTACKER",
        lambda: EVACUATION.but("terms", held_by=("north",)),
    ),
    Row("E2", Status.UNKNOWN, "nobody has recorded it", "CHOICE-UNKNOWN", leaving),
    Row("E2", Status.NOT_APPLICABLE, "aid goes in and nobody leaves", "", lambda: TOWNS),
)
