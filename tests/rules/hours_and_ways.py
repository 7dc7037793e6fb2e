"""Rules T1, T2, T5, G1, G2 and G4, row by row: time enough, fresh words, the whole way."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from safeconduct.clearance import Status
from safeconduct.vocabulary import (
    Confirm,
    Direction,
    Halt,
    Incident,
    IncidentReview,
    IncidentState,
    Report,
    WaitingPlace,
)
from tests.rules.rows import Row
from tests.worlds.two_towns import DAY, DEPART, HOUR, TEN_DAYS, TOWNS, Towns, leg, may, said, window

MOVEMENT, CHECK = "relief-to-birch", "quiet-in-the-morning"
MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN
WAITS, NOTHING = Status.NOT_YET_DUE, Status.NOT_APPLICABLE


def _in_order() -> Towns:
    return TOWNS


def _early() -> Towns:
    """Everything was said on 2 May, so that the days before can be looked at."""
    world = TOWNS
    for id in ("north-guarantees", "south-guarantees", "north-acknowledges", "south-acknowledges"):
        world = world.but(id, said_at=may(2))
    for id in ("notice-north", "notice-south"):
        world = world.but(id, sent_at=may(2))
    return world


def _clash(state: IncidentState | None = None) -> Towns:
    clash = Incident(id="clash", what="a clash", at=may(6, 6), areas=("north-bank",))
    told = said("relief", may(6, 6, 30), Report(id="r", party="relief", incident=clash))
    if state is None:
        return TOWNS.plus(told)
    review = IncidentReview(
        id="review", of="clash", state=state, reviewed_at=may(6, 7), by="officer", reason="asked"
    )
    return TOWNS.plus(told, review)


def _open_ended() -> Towns:
    return TOWNS.given("north-passage", open_ended=True)


def _reconfirmed() -> Towns:
    again = Confirm(id="again", party="north", of=("north-passage",))
    return _open_ended().plus(said("north", may(5, 18), again))


def _no_return() -> Towns:
    inwards = leg("in", Direction.IN, "bridge-road", "hill-road", service_s=2 * HOUR)
    return TOWNS.but(MOVEMENT, legs=(inwards,))


def _needs_more() -> Towns:
    return TOWNS.but(MOVEMENT, window_needed_s=13 * HOUR, window_basis="the loaders")


def _halting(**changes: Any) -> Towns:
    inwards, back = TOWNS.movement().legs
    rested = replace(inwards, halts=(Halt(place="bridge", wait_s=HOUR // 2),))
    yard = WaitingPlace(
        id="yard", place="bridge", holds_m=1_000, by="driver", checked_at=may(1), valid=TEN_DAYS
    )
    return TOWNS.but(MOVEMENT, legs=(rested, back)).plus(replace(yard, **changes))


ROWS = (
    Row("T1", MET, "the words hold from six to six, the trip with its margin is over by two",
        "", _in_order),
    Row("T1", UNMET, "the restraint of the north ends an hour after the column should be home",
        "MARGIN-TOO-SHORT",
        partial(TOWNS.given, "north-restraint", windows=(window(may(6, 6), may(6, 14)),))),
    Row("T1", UNMET, "with its margin the trip ends after the latest time planned",
        "TOO-LATE", partial(TOWNS.but, MOVEMENT, latest_at=may(6, 14))),
    Row("T1", UNMET, "the loaders need thirteen hours, and twelve are given",
        "WINDOW-TOO-SHORT", _needs_more),
    Row("T1", UNKNOWN, "nobody recorded how long the post at the bridge holds a column",
        "HOLD-UNKNOWN", partial(TOWNS.but, "bridge-post", hold_max_s=None)),
    Row("T1", MET, "it halts at the bridge for half an hour, where it was found to fit",
        "", partial(_halting, holds_m=1_000)),
    Row("T1", UNKNOWN, "it halts at the bridge, and nobody looked whether it can stand there",
        "HALT-NOT-CHECKED", partial(_halting, place="alder")),
    Row("T1", UNMET, "it halts at the bridge, where 900 m fit, and is 1,000 m long",
        "HALT-TOO-SMALL", partial(_halting, holds_m=900)),
    Row("T1", UNKNOWN, "a key is missing, so there is no window to measure",
        "NO-WINDOW", partial(TOWNS.without, "north-passage")),
    Row("T1", UNKNOWN, "it was to leave at nine, and nobody recorded that it did",
        "DEPARTURE-PASSED", partial(TOWNS.at, DEPART + 60)),
    Row("T2", MET, "the last word came two days before, and preparation takes one",
        "", _in_order),
    Row("T2", UNMET, "the south gave its word less than a day before departure",
        "PREPARATION-TOO-SHORT", partial(TOWNS.but, "south-guarantees", said_at=may(5, 10))),
    Row("T2", UNKNOWN, "an approval is still missing",
        "NO-SUFFICIENT-SET", partial(TOWNS.without, "south-consent")),
    Row("T5", UNMET, "the north let the column pass without an end, two days ago",
        "RECONFIRM", _open_ended),
    Row("T5", WAITS, "the same, three days before departure",
        "RECONFIRM", lambda: _early().given("north-passage", open_ended=True).at(may(3, 9))),
    Row("T5", NOTHING, "every word has an end", "", _in_order),
    Row("T5", NOTHING, "the open-ended word was reconfirmed the evening before", "", _reconfirmed),
    Row("G1", MET, "each party's restraint holds along the whole way", "", _in_order),
    Row("G1", UNMET, "the mortars of the north are restrained on its own bank only",
        "PART-OF-THE-WAY", partial(TOWNS.given, "north-restraint", areas=("north-bank",))),
    Row("G1", NOTHING, "the north gave no restraint at all, which is rule A1's",
        "", partial(TOWNS.without, "north-restraint")),
    Row("G2", MET, "both sides let the column pass, and the way back is planned and notified",
        "", _in_order),
    Row("G2", UNMET, "the south, whose town it leaves, has not let it pass",
        "SIDE-NOT-CLEARED", partial(TOWNS.without, "south-passage")),
    Row("G2", UNMET, "no way back is planned, and nobody says why", "NO-RETURN", _no_return),
    Row("G2", UNMET, "the south was told of the way in only",
        "LEG-NOT-NOTIFIED", partial(TOWNS.but, "notice-south", legs=("in",))),
    Row("G4", MET, "the whole way was checked in the morning, and it was quiet", "", _in_order),
    Row("G4", MET, "a clash was reported, and a named officer dismissed it",
        "", partial(_clash, IncidentState.DISMISSED)),
    Row("G4", UNMET, "a clash on the north bank this morning was verified",
        "INCIDENT", partial(_clash, IncidentState.VERIFIED)),
    Row("G4", UNKNOWN, "a clash on the north bank was reported and not yet verified",
        "HOLD", _clash),
    Row("G4", UNKNOWN, "nobody checked the way",
        "NOT-CHECKED", partial(TOWNS.without, CHECK)),
    Row("G4", WAITS, "nobody checked the way, and it is two days before departure",
        "NOT-CHECKED", lambda: _early().without(CHECK).at(DEPART - 2 * DAY)),
)  # fmt: skip

EMPTY = {
    ("T1", NOTHING): "Every movement takes its time.",
    ("T2", NOTHING): "Only under way, when there is nothing left to prepare.",
    ("T5", MET): "A word that is fresh, or has an end, leaves the rule with nothing to look at.",
    ("T5", UNKNOWN): "Whether a word was reconfirmed can be read off the register.",
    ("G1", UNKNOWN): "A road that nobody assessed is rule A1's.",
    ("G2", UNKNOWN): "Passage, a way back and a notice are there or not.",
    ("G2", NOTHING): "Every movement has two ends.",
    ("G4", NOTHING): "Every movement has a way that can be checked.",
}
