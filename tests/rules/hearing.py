"""Rule R1, row by row: whose word has come whole."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.clearance import Status
from safeconduct.situation import REPLAYED
from tests.rules.rows import Row
from tests.unit.clearance.heard_towns import HEARD, HeardTowns, required
from tests.worlds.two_towns import TOWNS, may

MET, UNKNOWN, NOTHING = Status.MET, Status.UNKNOWN, Status.NOT_APPLICABLE


def last_heard(moment: int | None) -> HeardTowns:
    """Birch is required for the north, and has last said at a moment how much it wrote."""
    return HEARD.plus(required()).hearing_of("birch-1", complete_at=moment)


ROWS = (
    Row("R1", MET, "no office is required for any party", "", lambda: TOWNS),
    Row(
        "R1",
        MET,
        "the office that is required for the north was heard an hour and a half ago",
        "",
        lambda: HEARD.plus(required()),
    ),
    Row(
        "R1",
        UNKNOWN,
        "of the office that is required for the north nothing has come since the day before",
        "NOT-HEARD",
        lambda: last_heard(may(5, 18)),
    ),
    Row(
        "R1",
        UNKNOWN,
        "the office that is required for the north never said how much it wrote",
        "NOT-HEARD",
        lambda: last_heard(None),
    ),
    Row(
        "R1",
        UNKNOWN,
        "a device that recorded what the north said has two histories",
        "NOT-HEARD",
        lambda: HEARD.hearing_of("birch-1", doubts={"forked"}),
    ),
    Row(
        "R1",
        UNKNOWN,
        "the clock of this machine stands before what was recorded on it",
        "CLOCK-DOUBT",
        lambda: replace(
            HEARD,
            hearing=replace(HEARD.hearing, clock="it says noon, and its last entry says two"),
        ),
    ),
    Row(
        "R1",
        NOTHING,
        "a case is replayed, which has no writers",
        "",
        lambda: replace(HEARD, hearing=REPLAYED),
    ),
)

EMPTY = {
    ("R1", Status.UNMET): "Of a word that has not come nobody knows what it says.",
}
