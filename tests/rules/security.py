"""Rules U1 to U4, row by row: under a profile of the United Nations, and under another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from safeconduct.clearance import Status
from safeconduct.policy import Organisation
from safeconduct.vocabulary import Criticality, Risk, Signer
from tests.rules.rows import Row
from tests.worlds.two_town_papers import TABLE, policy_of, sign_off, un_papers
from tests.worlds.two_towns import DAY, DEPART, TOWNS, Towns

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN
WAITS, NOTHING = Status.NOT_YET_DUE, Status.NOT_APPLICABLE


def un(*gone: str, at: int = TOWNS.now, table: Any = TABLE) -> Towns:
    """The two towns under a profile of the United Nations, with its papers but for some."""
    world = TOWNS.plus(*un_papers()).without(*gone).at(at)
    return replace(world, policy=policy_of(Organisation.UN, risk_table=table))


def risk(**changes: Any) -> Towns:
    """The residual risk was assessed otherwise."""
    return un().but("risk", **changes)


OFFICIAL, HEAD = "signed-designated-official", "signed-head-of-mission"
EARLY = DEPART - 4 * DAY

ROWS = (
    Row("U1", MET, "all twelve travellers are cleared for both banks", "", un),
    Row(
        "U1",
        UNMET,
        "one of twelve travellers is not cleared",
        "TRAVELLERS-MISSING",
        lambda: un().but("travel", cleared=11),
    ),
    Row(
        "U1",
        UNKNOWN,
        "the clearance does not reach the north bank",
        "TRAVEL-NOT-CLEARED",
        lambda: un().but("travel", areas=("south-bank",)),
    ),
    Row(
        "U1",
        WAITS,
        "nobody is cleared yet, four days before",
        "TRAVEL-NOT-CLEARED",
        lambda: un("travel", at=EARLY),
    ),
    Row("U1", NOTHING, "another organisation goes", "", lambda: TOWNS),
    Row("U2", MET, "the risk is high, and the activity is PC2", "", un),
    Row(
        "U2",
        UNMET,
        "the risk is unacceptable",
        "RISK-UNACCEPTABLE",
        lambda: risk(residual=Risk.UNACCEPTABLE),
    ),
    Row(
        "U2",
        UNMET,
        "the risk is high, and nobody assessed the activity",
        "CRITICALITY-MISSING",
        lambda: risk(criticality=None),
    ),
    Row(
        "U2",
        UNMET,
        "the risk is high, and the activity is PC3",
        "RISK-ABOVE-ALLOWED",
        lambda: risk(criticality=Criticality.PC3),
    ),
    Row(
        "U2",
        UNMET,
        "the risk is very high for PC1, and headquarters has not approved",
        "RISK-ABOVE-ALLOWED",
        lambda: risk(residual=Risk.VERY_HIGH, criticality=Criticality.PC1),
    ),
    Row(
        "U2",
        MET,
        "the risk is very high for PC1, and headquarters has approved",
        "",
        lambda: risk(residual=Risk.VERY_HIGH, criticality=Criticality.PC1, headquarters=True),
    ),
    Row(
        "U2",
        MET,
        "no table is loaded, and the activity is known",
        "",
        lambda: un(table=None).but("risk", criticality=Criticality.PC4),
    ),
    Row("U2", UNKNOWN, "nobody assessed the risk", "RISK-NOT-ASSESSED", lambda: un("risk")),
    Row(
        "U2",
        WAITS,
        "nobody assessed the risk yet, four days before",
        "RISK-NOT-ASSESSED",
        lambda: un("risk", at=EARLY),
    ),
    Row("U2", NOTHING, "another organisation goes", "", lambda: TOWNS),
    Row("U3", MET, "the organisation's table is loaded", "", un),
    Row("U3", UNKNOWN, "no table is loaded", "NOT-ASSESSED", lambda: un(table=None)),
    Row("U3", NOTHING, "another organisation goes", "", lambda: TOWNS),
    Row("U4", MET, "both offices have signed", "", un),
    Row("U4", UNKNOWN, "only the head of mission signed", "SIGN-OFF-MISSING", lambda: un(OFFICIAL)),
    Row(
        "U4",
        UNKNOWN,
        "one person signed for both offices",
        "SIGN-OFF-MISSING",
        lambda: un(HEAD).plus(sign_off(Signer.RESIDENT_COORDINATOR, by="Designated-Official ")),
    ),
    Row(
        "U4",
        UNKNOWN,
        "at PC1 the second signature shows no designation",
        "SIGN-OFF-MISSING",
        lambda: risk(criticality=Criticality.PC1),
    ),
    Row(
        "U4",
        WAITS,
        "nobody has signed yet, two days before",
        "SIGN-OFF-MISSING",
        lambda: un(OFFICIAL, HEAD, at=DEPART - 2 * DAY),
    ),
    Row("U4", NOTHING, "another organisation goes", "", lambda: TOWNS),
)
