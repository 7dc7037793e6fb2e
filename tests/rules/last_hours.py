"""Rules G3, N3, X1 and X3 to X5, row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from safeconduct.clearance import Status
from safeconduct.policy import Organisation
from safeconduct.spacetime import Span
from safeconduct.vocabulary import BuildUp, Confirm, Daylight, Depth, Refuge, Withdraw
from tests.rules.rows import Row
from tests.worlds.two_town_papers import demand, policy_of
from tests.worlds.two_towns import (
    BANKS,
    CLEAR_WITH_MARGIN,
    DAY,
    DEPART,
    HOUR,
    NOW,
    TOWNS,
    Towns,
    may,
    said,
)

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN
WAITS, NOTHING = Status.NOT_YET_DUE, Status.NOT_APPLICABLE


def relayed(**changes: Any) -> Towns:
    """The notice to the north went through a relay."""
    return TOWNS.but("notice-north", via="relay desk", **changes)


def by_day(dusk: int, *more: Any, at: int = NOW) -> Towns:
    """The operation is in a refuge an hour before dusk; it is day from six on."""
    day = Daylight(id="day", areas=BANKS, during=Span(may(6, 6), dusk), by="almanac")
    policy = policy_of(Organisation.ANY, refuge_before_dusk_s=HOUR)
    return replace(TOWNS.plus(day, *more).at(at), policy=policy)


def night_in_birch() -> Towns:
    """They stay in Birch overnight, where a yard is a place of refuge, and drive back at dawn."""
    there = TOWNS.movement().legs[0]
    stay = replace(there, service_s=21 * HOUR)
    world = by_day(may(6, 16)).plus(
        Daylight(id="next-day", areas=BANKS, during=Span(may(7, 6), may(7, 17)), by="almanac")
    )
    return world.but("relief-to-birch", legs=(stay, TOWNS.movement().legs[1]))


YARD = Refuge(id="yard", place="birch", valid=Span(may(6), may(8)), by="access officer")
TROOPS = BuildUp(
    id="troops", areas=("north-bank",), seen_at=may(5), what="trucks with troops", by="driver"
)
ALL_SOUTH = ("south-restraint", "south-passage", "south-consent")
NO_SHADE = replace(TOWNS, policy=policy_of(Organisation.ANY, refuge_before_dusk_s=HOUR))

ROWS = (
    Row("G3", MET, "the unit at the bridge has confirmed the passage", "", lambda: TOWNS),
    Row(
        "G3",
        UNKNOWN,
        "the passage of the south is known in its capital only",
        "UNIT-UNCONFIRMED",
        lambda: TOWNS.but("south-guarantees", depth=Depth.CAPITAL),
    ),
    Row(
        "G3",
        WAITS,
        "the passage is known in the capital only, two days before",
        "UNIT-UNCONFIRMED",
        lambda: TOWNS.but("south-guarantees", depth=Depth.CAPITAL).at(DEPART - 40 * HOUR),
    ),
    Row("G3", NOTHING, "no post stands on the way", "", lambda: TOWNS.without("bridge-post")),
    Row(
        "N3",
        MET,
        "a relay passed the notice on, and the access officer answers for it",
        "",
        lambda: relayed(submitted_by="access officer"),
    ),
    Row(
        "N3",
        UNKNOWN,
        "a relay passed the notice on, and nobody answers for it",
        "SUBMITTER-UNKNOWN",
        relayed,
    ),
    Row(
        "N3",
        WAITS,
        "a relay passed the notice on, and there is time to name who answers for it",
        "SUBMITTER-UNKNOWN",
        lambda: relayed(sent_at=may(1)).at(DEPART - 4 * DAY),
    ),
    Row("N3", NOTHING, "the notices went straight to the parties", "", lambda: TOWNS),
    Row("X1", MET, "it is home an hour before dusk", "", lambda: by_day(may(6, 16))),
    Row("X1", UNMET, "dusk falls on the way back", "AFTER-DARK", lambda: by_day(may(6, 12))),
    Row("X1", UNKNOWN, "nobody knows when dusk falls", "DAYLIGHT-UNKNOWN", lambda: NO_SHADE),
    Row(
        "X1",
        WAITS,
        "nobody has recorded dusk yet, two days before",
        "DAYLIGHT-UNKNOWN",
        lambda: NO_SHADE.at(DEPART - 2 * DAY),
    ),
    Row("X1", UNMET, "it stays the night in Birch, anywhere", "AFTER-DARK", night_in_birch),
    Row(
        "X1",
        MET,
        "it stays the night in Birch, in a place of refuge",
        "",
        lambda: night_in_birch().plus(YARD),
    ),
    Row("X1", NOTHING, "the operation has set nothing for darkness", "", lambda: TOWNS),
    Row("X3", MET, "nobody has set a deadline", "", lambda: TOWNS),
    Row(
        "X3",
        UNMET,
        "the ultimatum of the south runs out while the column unloads",
        "DEADLINE",
        lambda: TOWNS.plus(demand(may(6, 11))),
    ),
    Row(
        "X3",
        MET,
        "the ultimatum runs out when the column is clear with its margin",
        "",
        lambda: TOWNS.plus(demand(CLEAR_WITH_MARGIN)),
    ),
    Row(
        "X3",
        MET,
        "the south has taken its ultimatum back",
        "",
        lambda: TOWNS.plus(
            demand(may(6, 11)),
            said("south", may(5), Withdraw(id="back", party="south", of=("ultimatum",))),
        ),
    ),
    Row(
        "X3",
        MET,
        "the south has given every word again after its ultimatum",
        "",
        lambda: TOWNS.plus(
            demand(may(6, 11)),
            said("south", may(5), Confirm(id="again", party="south", of=ALL_SOUTH)),
        ),
    ),
    Row("X4", MET, "no force was seen to gather", "", lambda: TOWNS),
    Row(
        "X4",
        UNMET,
        "trucks with troops came to the north bank yesterday",
        "BUILD-UP",
        lambda: TOWNS.plus(TROOPS),
    ),
    Row("X5", MET, "both parties have said it again on the last day", "", lambda: TOWNS),
    Row(
        "X5",
        UNKNOWN,
        "the north has not said it again, and it leaves within the hour",
        "NOT-RECONFIRMED",
        lambda: TOWNS.without("north-calls").at(DEPART - HOUR),
    ),
    Row(
        "X5",
        WAITS,
        "the north has not said it again, and there is time to call",
        "NOT-RECONFIRMED",
        lambda: TOWNS.without("north-calls"),
    ),
    Row(
        "X5",
        NOTHING,
        "nobody has given a word yet",
        "",
        lambda: TOWNS.without("north-guarantees", "south-guarantees"),
    ),
)
