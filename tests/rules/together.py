"""Rules A7 and A9, row by row: movements that hang together, and groups outside the agreement."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.clearance import Status
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Accept,
    Actor,
    ActorKind,
    Condition,
    ConditionKind,
    Direction,
    Instrument,
    InstrumentKind,
    Link,
    NoRecentUse,
    NotTold,
    Order,
    Presence,
)
from tests.rules.rows import Row
from tests.worlds.two_towns import BANKS, DAY, GROUND, MONTH, NOW, TOWNS, Towns, leg, may, said

LINK = Link(
    id="exchange",
    order=Order.TOGETHER,
    concerned=("north", "south"),
    movements=("relief-to-birch", "staff-out"),
    what="both in one morning",
)
BAND = (
    Actor(id="band", name="The Band", kind=ActorKind.PARTY),
    Presence(
        id="hills", party="band", areas=("north-bank",), means=frozenset({GROUND}), valid=MONTH
    ),
    NotTold(
        id="not-told", movement="relief-to-birch", party="band", reason="no contact", by="head"
    ),
)
QUIET = NoRecentUse(
    id="quiet",
    party="band",
    means=frozenset({GROUND}),
    areas=BANKS,
    during=Span(NOW - 7 * DAY, NOW),
    by="analyst",
)
OWNED = Instrument(
    id="out-of-reach",
    party="band",
    means=frozenset({GROUND}),
    areas=BANKS,
    instrument=InstrumentKind.UNREACHABLE,
    reason="no line to it",
    valid=MONTH,
    risk_owner="head of mission",
    mitigation="two scouts ahead",
    tried="by radio, daily since 1 May",
)


def _linked(direction: Direction = Direction.OUT, *, accepted: bool = True) -> Towns:
    staff = replace(
        TOWNS.movement(),
        id="staff-out",
        legs=(leg("home", direction, "-hill-road", "-bridge-road"),),
        depart_at=may(6, 9, 30),
        one_way="they stay in Alder",
    )
    parties = ("north", "south") if accepted else ("north",)
    words = (
        said(party, may(5), Accept(id=f"{party}-accepts", party=party, of=("exchange",)))
        for party in parties
    )
    return TOWNS.plus(LINK, staff, *words)


def _waits(world: Towns, grant: str, on: str, awaits: str) -> Towns:
    condition = Condition(
        id=f"{grant}-waits",
        kind=ConditionKind.RECIPROCAL,
        on=on,
        what="moves first",
        order=Order.AFTER,
        awaits=(awaits,),
    )
    return world.given(grant, conditions=(condition,))


def _you_first() -> Towns:
    return _waits(TOWNS, "north-passage", "south", "south-passage")


def _circle() -> Towns:
    return _waits(_you_first(), "south-passage", "north", "north-passage")


ROWS = (
    Row("A7", Status.MET, "staff leave in the same morning, and both parties accepted the link",
        "", _linked),
    Row("A7", Status.UNMET, "the north waits for the south to move first",
        "WAITS-FOR-OTHER", _you_first),
    Row("A7", Status.UNMET, "north and south each wait for the other", "DEADLOCK", _circle),
    Row("A7", Status.UNMET, "only the north accepted the link",
        "LINK-NOT-ACCEPTED", lambda: _linked(accepted=False)),
    Row("A7", Status.UNMET, "nobody gave a word for the staff that moves together with it",
        "OTHER-LEG", lambda: _linked(Direction.THROUGH)),
    Row("A7", Status.NOT_APPLICABLE, "it hangs on nothing else", "", lambda: TOWNS),
    Row("A9", Status.MET, "a band cannot be reached, and a named person carries that risk",
        "RISK-OWNER", lambda: TOWNS.plus(*BAND, OWNED, QUIET)),
    Row("A9", Status.UNMET, "a band can fire on the road, and nobody ever spoke to it",
        "NEVER-ASKED", lambda: TOWNS.plus(*BAND)),
    Row("A9", Status.NOT_APPLICABLE, "every group on the way has given its word",
        "", lambda: TOWNS),
)  # fmt: skip

EMPTY = {
    ("A7", Status.UNKNOWN): "A linked movement that nobody knows cannot pass: unmet, OTHER-LEG.",
    ("A9", Status.UNKNOWN): "That nobody spoke to a group can be read off the register.",
}
