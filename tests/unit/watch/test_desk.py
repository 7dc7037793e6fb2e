"""A desk with answers, to which one record more is brought."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.clearance import Verdict
from safeconduct.spacetime import Point
from safeconduct.vocabulary import (
    Condition,
    ConditionKind,
    Hazard,
    Impose,
    Incident,
    Means,
    Order,
    Presence,
    Report,
    Source,
    Welcome,
    Withdraw,
)
from safeconduct.watch import Desk
from tests.unit.clearance.heard_towns import HEARD, required
from tests.worlds.two_towns import MONTH, NOW, PATRON, TOWNS, binds, leg, may, notice, said

# A second movement that drives the first road only; its far end lies on both banks.
SHORT = replace(
    TOWNS.movement(),
    id="to-the-bridge",
    legs=(leg("there", TOWNS.movement().legs[0].direction, "bridge-road"),),
    one_way="the trucks stay at the bridge",
)
BOTH = ("relief-to-birch", "to-the-bridge")
DESK = Desk.of(TOWNS.plus(SHORT).judge(), BOTH)


def judged_again(record):
    """The movements that are judged again when a record comes in."""
    brought = DESK.with_record(record)
    assert brought is not None
    return [changed.movement for changed in brought[1]]


def withdrawal(party, act):
    return said(party, NOW, Withdraw(id="taken-back", party=party, of=(act,)), id="letter")


@pytest.mark.parametrize(
    ("record", "movements"),
    [
        (Source(id="paper", publisher="A paper"), []),
        (notice("north", 1, NOW, id="told", movement=SHORT.id, legs=("there",)), [SHORT.id]),
        (withdrawal("south", "south-passage"), [*BOTH]),
        (Hazard(id="flood", hazard="flood", areas=("far-hills",), from_at=NOW), []),
        (Hazard(id="flood", hazard="flood", areas=("nowhere",), from_at=NOW), [*BOTH]),
        (said("north", NOW, Welcome(id="kind", party="north"), id="kind-words"), []),
    ],
    ids=[
        "a source",
        "a notice",
        "a word taken back",
        "far away",
        "nobody knows where",
        "kind words",
    ],
)
def test_only_what_a_record_can_touch_is_judged_again(record, movements):
    assert judged_again(record) == movements


def test_the_answer_is_that_of_a_fresh_judgement():
    letter = withdrawal("north", "north-passage")
    desk, (changed, _) = DESK.with_record(letter) or pytest.fail("laid anew")
    fresh = TOWNS.plus(SHORT, letter).judge()
    assert {m: one.judgement for m, one in desk.answers.items()} == {
        m: fresh.judge(m) for m in BOTH
    }
    assert (changed.is_other, changed.now.verdict) == (True, Verdict.NO_GO)


def test_what_nobody_reads_differently_is_told_as_such():
    _, changed = DESK.with_record(
        Presence(
            id="more",
            party="south",
            areas=("south-bank",),
            means=frozenset({Means.GROUND_FIRE}),
            valid=MONTH,
        )
    ) or pytest.fail("laid anew")
    # The south's ground fire was asked for there already.
    assert [(one.movement, one.is_other) for one in changed] == [(m, False) for m in BOTH]


@pytest.mark.parametrize(
    ("lat_e7", "near"), [(100_000_000, [*BOTH]), (200_000_000, [])], ids=["near", "far"]
)
def test_an_incident_at_a_point_touches_the_ways_near_it(lat_e7, near):
    shots = Incident(id="shots", what="shots", at=NOW, near=Point(0, lat_e7))
    told = said("relief", NOW, Report(id="told", party="relief", incident=shots), id="radio")
    assert judged_again(told) == near


def test_a_record_that_takes_something_away_needs_a_new_desk():
    told_otherwise = replace(TOWNS.record("bridge-post"), hold_max_s=7_200)
    assert DESK.with_record(told_otherwise) is None


HEARD_DESK = Desk.of(HEARD.plus(SHORT, PATRON).judge(), BOTH)


@pytest.mark.parametrize(
    ("record", "movements"),
    [
        (required(), [*BOTH]),
        (required(areas=("north-bank",)), [*BOTH]),
        (required(party="patron"), []),
        (required(party="patron", areas=("north-bank",)), []),
        (binds("patron", "north", "far-hills"), [*BOTH]),
    ],
    ids=["everywhere", "in-an-area", "no-concern", "no-concern-there", "a-binder"],
)
def test_a_requirement_is_weighed_where_its_party_is_a_concern(record, movements):
    _, changed = HEARD_DESK.with_record(record) or pytest.fail("laid anew")
    assert [one.movement for one in changed] == movements


def test_a_requirement_that_is_not_met_is_no_go_at_once():
    late = HEARD.plus(SHORT).hearing_of("birch-1", complete_at=may(5))
    desk = Desk.of(late.judge(), BOTH)
    after, changed = desk.with_record(required()) or pytest.fail("laid anew")
    assert {one.now.verdict for one in changed} == {Verdict.NO_GO}
    fresh = late.plus(required()).judge()
    assert {m: one.judgement for m, one in after.answers.items()} == {
        m: fresh.judge(m) for m in BOTH
    }
    assert after.judge.situation.hearing is late.hearing


def test_what_makes_somebody_else_a_concern_is_weighed_with_whom_is_required():
    world = HEARD.plus(SHORT, PATRON, required(party="patron", writer="nobody-knows"))
    for more in (
        binds("patron", "north", "far-hills"),
        said("north", NOW, waits_for_patron("north-passage"), id="on-one-more-condition"),
    ):
        known = world.plus(said("patron", NOW, Welcome(id="patron-act", party="patron"), id="p"))
        desk = Desk.of(known.judge(), BOTH)
        after, _ = desk.with_record(more) or pytest.fail("laid anew")
        fresh = known.plus(more).judge()
        for m, one in after.answers.items():
            assert one.judgement == fresh.judge(m)
            assert "NOT-HEARD" in one.judgement.codes


def waits_for_patron(grant):
    condition = Condition(
        id="patron-first", kind=ConditionKind.RECIPROCAL, on="patron", what="the patron moves",
        order=Order.TOGETHER, awaits=("patron-act",),
    )  # fmt: skip
    return Impose(id="tied", party="north", of=(grant,), condition=condition)


def test_what_has_not_happened_yet_changes_nothing():
    later = replace(withdrawal("north", "north-passage"), said_at=may(20))
    brought = DESK.with_record(later)
    assert brought is not None
    assert not any(changed.is_other for changed in brought[1])
