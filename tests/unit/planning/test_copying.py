"""What a movement made from another one leaves behind, where the rarer records are concerned."""

from __future__ import annotations

from safeconduct.planning.copying import left_behind, shifted
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Instrument, InstrumentKind, Link, NoRecentUse, Order
from tests.worlds.two_towns import BANKS, DAY, DEPART, GROUND, MONTH, MORTARS, NOW, TOWNS, may

COPY = shifted(TOWNS.movement(), "copy", DEPART + DAY)


def left(world):
    return left_behind(world.bench(), world.judge().bench(COPY))


def test_a_link_is_not_taken_along():
    link = Link(
        id="pair", order=Order.TOGETHER, concerned=("north",), movements=("relief-to-birch",)
    )
    assert left(TOWNS).links == ()
    assert left(TOWNS.plus(link)).links == ("pair",)


def test_a_risk_that_somebody_carries_for_the_old_movement_is_named():
    means = frozenset({GROUND, MORTARS})
    notified = Instrument(
        id="notified", party="north", means=means, areas=BANKS,
        instrument=InstrumentKind.NOTIFICATION, valid=MONTH, reason="it never signs",
        risk_owner="head of office", mitigation="daylight only",
    )  # fmt: skip
    unused = NoRecentUse(
        id="unused",
        party="north",
        means=means,
        areas=BANKS,
        during=Span(may(-5), NOW),
        by="officer",
    )
    world = TOWNS.without("north-restraint").plus(notified, unused)
    (named,) = [one for one in left(world).uncovered if one.grant == "notified"]
    assert named.party == "north"
    assert named.says.startswith("notified, accepted of The North in the place of a guarantee")


def test_a_copy_lasts_as_long_unless_it_is_told_otherwise():
    old = TOWNS.movement()
    assert COPY.latest_at - COPY.depart_at == old.latest_at - old.depart_at
    assert shifted(old, "copy", DEPART + DAY, DEPART + 2 * DAY).latest_at == DEPART + 2 * DAY
