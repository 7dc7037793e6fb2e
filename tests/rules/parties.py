"""Rules A1 to A6 and T4, row by row: what each party gave, and why a word does not count."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from safeconduct.clearance import Status
from safeconduct.vocabulary import (
    Condition,
    ConditionKind,
    Crossing,
    CrossingOpen,
    Departure,
    Direction,
    Disown,
    Hazard,
    Incident,
    Reject,
    Report,
    Statement,
    Suspend,
    Welcome,
    Withdraw,
)
from tests.rules.rows import Row
from tests.worlds.adopted_towns import with_late_post
from tests.worlds.twice import same, told_again
from tests.worlds.two_towns import (
    BANKS,
    DEPART,
    ENVOY,
    GROUND,
    NOW,
    PASSAGE,
    TEN_DAYS,
    TOWNS,
    Towns,
    guarantee,
    may,
    said,
    undertaking,
    window,
)

MET, UNMET, UNKNOWN, EMPTY_DESK = (
    Status.MET,
    Status.UNMET,
    Status.UNKNOWN,
    Status.NOT_APPLICABLE,
)


def _in_order() -> Towns:
    return TOWNS


def _withdrawn() -> Towns:
    gone = Withdraw(id="gone", party="north", of=("north-passage",))
    return TOWNS.plus(said("north", NOW, gone))


def _suspended() -> Towns:
    return TOWNS.plus(
        said("south", NOW, Suspend(id="over", party="south", what="the truce is over"))
    )


def _fire() -> Towns:
    shots = Incident(id="shots", what="shots at a bus", at=may(6, 6), means=GROUND, areas=BANKS)
    return TOWNS.plus(said("relief", may(6, 7), Report(id="told", party="relief", incident=shots)))


def _disowned() -> Towns:
    no = Disown(id="disowned", party="north", of=("north-passage",))
    return TOWNS.plus(said("north", NOW, no))


def _rejected() -> Towns:
    no = Reject(id="no", party="north", of=("north-passage",))
    return TOWNS.plus(said("north", NOW, no))


def _priced(kind: ConditionKind, on: str, what: str) -> Towns:
    return TOWNS.given(
        "north-passage", conditions=(Condition(id="price", kind=kind, on=on, what=what),)
    )


def _confirmed_by_nobody() -> Towns:
    return TOWNS.plus(ENVOY).but("north-guarantees", actor="envoy")


def _only_the_wish() -> Towns:
    kind = Welcome(id="kind", party="north", what="the plan")
    return _silent().plus(said("north", may(5), kind))


def _silent() -> Towns:
    """The world in which the north never said anything."""
    spoken = [r.id for r in TOWNS.records if isinstance(r, Statement) and r.actor == "north"]
    return TOWNS.without(*spoken)


def _hole_at_noon() -> Towns:
    noon = may(6, 12)
    halves = (window(DEPART, noon), window(noon + 60, may(6, 18)))
    return TOWNS.given("north-restraint", windows=halves)


def _robbers() -> Towns:
    return TOWNS.plus(
        Hazard(id="robbers", hazard="robbery by night", areas=("north-bank",), from_at=may(6, 11))
    )


def _stale() -> Towns:
    valid = replace(TOWNS.record("both-banks").valid, end=DEPART)
    return TOWNS.but("south-garrison", valid=valid)


def _home() -> Towns:
    left = Departure(
        id="left", movement="relief-to-birch", version=1, departed_at=DEPART, by="convoy leader"
    )
    return TOWNS.plus(left).at(may(6, 17))


def _half_open() -> Towns:
    bridge = Crossing(id="crossing", name="The bridge", place="bridge", sides=("north", "south"))
    there = CrossingOpen(id="open", crossing="crossing", side="north", valid=TEN_DAYS)
    return TOWNS.plus(bridge, there)


def _told_differently() -> Towns:
    other = told_again(TOWNS.record("north-guarantees"), "noted-too")
    world = TOWNS.plus(other, same("north-guarantees", other.id))
    return world.given("north-passage-noted-too", unnamed_corridors=8)


def _last_month() -> Towns:
    past = undertaking(PASSAGE, "north-bank", windows=(window(may(5), DEPART),))
    return TOWNS.without("north-passage").plus(
        said("north", may(4), guarantee("old", "north", past))
    )


ROWS = (
    Row("A1", MET, "both parties gave restraint and passage for the whole trip", "", _in_order),
    Row("A1", UNMET, "the north, whose road it is, has not let the column pass",
        "PASSAGE-MISSING", partial(TOWNS.without, "north-passage")),
    Row("A1", UNMET, "the south has not undertaken to hold its fire",
        "RESTRAINT-MISSING", partial(TOWNS.without, "south-restraint")),
    Row("A1", UNMET, "the restraint of the north has a hole of one minute at noon",
        "RESTRAINT-MISSING", _hole_at_noon),
    Row("A1", UNMET, "the north said yes and then rejected the offer", "REJECTED", _rejected),
    Row("A1", UNMET, "robbers are reported on the north bank", "HAZARD", _robbers),
    Row("A1", UNKNOWN, "nobody has assessed who can act on either bank",
        "NOT-ASSESSED", partial(TOWNS.without, "both-banks")),
    Row("A1", UNKNOWN, "whether the south is still there after nine is not known", "STALE", _stale),
    Row("A1", UNKNOWN, "two different records carry one id",
        "DOUBLED-ID", lambda: TOWNS.plus(replace(TOWNS.record("both-banks"), by="another"))),
    Row("A1", UNKNOWN, "a checkpoint was recorded after the road it may stand on was adopted",
        "PLACE-NOT-JOINED", partial(with_late_post, TOWNS)),
    Row("A1", UNKNOWN, "the column left, and by its plan it is home", "TRIP-OVER", _home),
    Row("A2", MET, "everybody whose word is needed has spoken", "", _in_order),
    Row("A2", MET, "the north only welcomed the plan: not enough to go, but no silence",
        "", _only_the_wish),
    Row("A2", UNMET, "nothing that the north said is recorded",
        "SILENT", _silent),
    Row("A3", EMPTY_DESK, "both parties spoke for themselves", "", _in_order),
    Row("A3", UNMET, "an envoy gave the word of the north, which has not confirmed it",
        "SPOKEN-FOR", _confirmed_by_nobody),
    Row("A4", EMPTY_DESK, "nobody contradicts himself", "", _in_order),
    Row("A4", UNMET, "a voice of the north disowned the passage that another gave",
        "CONTESTED", _disowned),
    Row("A4", UNMET, "the north gave the passage and later rejected it", "REJECTED", _rejected),
    Row("A4", UNMET, "two offices noted one call of the north, one of them with eight corridors",
        "TOLD-DIFFERENTLY", _told_differently),
    Row("A5", EMPTY_DESK, "nothing was taken back", "", _in_order),
    Row("A5", UNMET, "the north withdrew its passage this morning", "WITHDRAWN", _withdrawn),
    Row("A5", UNMET, "the south declared the truce over", "SUSPENDED", _suspended),
    Row("A5", UNMET, "somebody fired in the morning, and nobody knows who",
        "FIRE-UNEXPLAINED", _fire),
    Row("A5", UNMET, "the passage of the north ends when the column leaves",
        "WINDOW-ENDED", _last_month),
    Row("A6", EMPTY_DESK, "no word has a price", "", _in_order),
    Row("A6", UNMET, "the north lets the column pass if it gets the bridge",
        "CONDITION-QUID-PRO-QUO",
        partial(_priced, ConditionKind.QUID_PRO_QUO, "south", "the bridge is handed over")),
    Row("A6", UNMET, "the north wants the names of the patients", "CONDITION-HARMFUL",
        partial(_priced, ConditionKind.HARMFUL, "relief", "a list of the patients' names")),
    Row("A6", UNMET, "the movement is a clause of an exchange of prisoners: for sign-off",
        "PART-OF-A-DEAL", lambda: TOWNS.but("relief-to-birch", deal="an exchange of prisoners")),
    Row("T4", EMPTY_DESK, "every time that is relied on means one instant", "", _in_order),
    Row("T4", UNMET, 'the north gave passage for "tomorrow morning"',
        "TIME-UNRESOLVED", partial(TOWNS.given, "north-passage", unresolved="tomorrow morning")),
    Row("A8", MET, "the south, whose consent the road needs, has given it", "", _in_order),
    Row("A8", UNMET, "the south has not consented",
        "CONSENT-MISSING", partial(TOWNS.without, "south-consent")),
    Row("A8", UNMET, "the south consented to the way in only", "CONSENT-MISSING",
        partial(TOWNS.given, "south-consent", directions=frozenset({Direction.IN}))),
    Row("A8", UNMET, "the bridge is a crossing, and only the north says that it is open",
        "CROSSING-SHUT", _half_open),
    Row("A8", UNKNOWN, "whose consent the road needs is not recorded",
        "CONSENT-HOLDER-UNKNOWN", partial(TOWNS.without, "consent-of-the-south")),
)  # fmt: skip

_EXPLAINS = (
    "It explains a key that rule A1 or A8 misses; where none is missing it has nothing to say."
)
_SAID = (
    "What was said is known or it is not; a doubt about a word is a missing key of rule A1 or A8."
)
_ALWAYS = "Every movement has parties, a road and its consent to look at."

EMPTY = {
    ("A1", Status.NOT_APPLICABLE): _ALWAYS,
    ("A2", Status.UNKNOWN): "Whether a party has spoken can be read off the register.",
    ("A2", Status.NOT_APPLICABLE): _ALWAYS,
    ("A8", Status.NOT_APPLICABLE): _ALWAYS,
    **{(rule, Status.MET): _EXPLAINS for rule in ("A3", "A4", "A5", "A6", "T4")},
    **{(rule, Status.UNKNOWN): _SAID for rule in ("A3", "A4", "A5", "A6", "T4")},
}
