"""Why some rules about people, vehicles, papers and the last hours never have some status."""

from __future__ import annotations

from safeconduct.clearance import Status

UNMET, UNKNOWN, NOTHING = Status.UNMET, Status.UNKNOWN, Status.NOT_APPLICABLE

_NOT_RECORDED = "What it asks for is recorded or not: what is missing waits, and is unknown then."
_IN_THE_REGISTER = "Whether there is anything against it can be read off the register."
_EVERY_COLUMN = "Every movement has a column to look at."

EMPTY = {
    ("E6", UNMET): _NOT_RECORDED,
    ("E9", UNKNOWN): "A word is there or it is missing; a doubt about one is rule A1's or A8's.",
    ("G3", UNMET): _NOT_RECORDED,
    ("N3", UNMET): _NOT_RECORDED,
    ("U3", UNMET): "A table is loaded or it is not; whether the risk is within it is rule U2's.",
    ("U4", UNMET): _NOT_RECORDED,
    ("V2", NOTHING): _EVERY_COLUMN,
    ("V3", NOTHING): _EVERY_COLUMN,
    ("V5", UNKNOWN): "How far an escort goes is part of its record.",
    ("X2", UNMET): _NOT_RECORDED,
    ("X3", UNKNOWN): _IN_THE_REGISTER,
    ("X3", NOTHING): "It is met where nobody has set a deadline.",
    ("X4", UNKNOWN): _IN_THE_REGISTER,
    ("X4", NOTHING): "It is met where nobody has seen forces gather.",
    ("X5", UNMET): _NOT_RECORDED,
}
