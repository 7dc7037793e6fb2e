"""The office's papers of the two towns: the vehicles, who watches over them, the last calls.

Both parties say once more, on the day before departure, that something stands; only of one minute
on the way, so that these words cure nothing that a test takes away from what was said before.
"""

from __future__ import annotations

from typing import Any

from safeconduct.vocabulary import (
    Body,
    Confirm,
    ConvoyWatch,
    GateCheck,
    Record,
    Vehicle,
    VehicleSeen,
)
from tests.worlds.two_town_records import may, movement, said, window

RELIEF = "relief-to-birch"
#: The column has driven on, unloads in Birch and is not yet on its way back.
MINUTE = window(may(6, 10, 30), may(6, 10, 31))
SAID_AGAIN, GATE = may(5, 9, 30), may(5, 9, 45)
TRUCKS = tuple(f"truck-{number}" for number in range(1, movement().convoy.vehicles + 1))


def vehicle(number: int, version: int = 1, **changes: Any) -> Vehicle:
    """One truck of the list, marked on both legs."""
    fields: dict[str, Any] = {
        "id": f"truck-{number}" if version == 1 else f"truck-{number}-{version}",
        "plate": f"A-{100 + number}",
        "make": "ten-ton truck",
        "body": Body.CLOSED,
        "driver": f"badge {number}",
        "marked": frozenset({"in", "out"}),
        "photos": True,
    }
    return Vehicle(movement=RELIEF, version=version, number=number, **(fields | changes))


def seen(count: int = len(TRUCKS)) -> tuple[VehicleSeen, ...]:
    """The column as it is listed, as somebody saw it."""
    return tuple(VehicleSeen(plate=f"A-{100 + n}", body=Body.CLOSED) for n in range(1, count + 1))


def gate_check(id: str = "at-the-gate", at: int = GATE, **changes: Any) -> GateCheck:
    """A look at the column in which everything is as it should be."""
    fields: dict[str, Any] = {
        "version": 1,
        "by": "loading officer",
        "seen": seen(),
        "weapons": False,
        "armed_beside": False,
        "aid_only": True,
    }
    return GateCheck(id=id, movement=RELIEF, checked_at=at, **(fields | changes))


def convoy_watch(version: int = 1, **changes: Any) -> ConvoyWatch:
    """Who leads the column and which room follows it."""
    fields: dict[str, Any] = {
        "id": "watch" if version == 1 else f"watch-{version}",
        "leader": "convoy leader",
        "room": "radio room in Alder",
        "hand_over": True,
        "check_every_s": 1_800,
        "clearance_lodged": True,
    }
    return ConvoyWatch(movement=RELIEF, version=version, **(fields | changes))


def list_of(version: int) -> tuple[Record, ...]:
    """The vehicles of one version, and who watches over them."""
    trucks = tuple(vehicle(number, version) for number in range(1, len(TRUCKS) + 1))
    return (*trucks, convoy_watch(version))


def said_again() -> tuple[Record, ...]:
    """Each party's last word before departure."""
    north = Confirm(id="north-still", party="north", of=("north-passage",), windows=(MINUTE,))
    south = Confirm(id="south-still", party="south", of=("south-consent",), windows=(MINUTE,))
    return (
        said("north", SAID_AGAIN, north, id="north-calls"),
        said("south", SAID_AGAIN, south, id="south-calls"),
    )


def papers() -> tuple[Record, ...]:
    """All of it, for the first version."""
    return (*list_of(1), gate_check(), *said_again())
