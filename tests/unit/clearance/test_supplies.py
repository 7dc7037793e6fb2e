"""Rule M2: medical supplies, item by item; what was taken out is decided on and signed."""

from __future__ import annotations

import pytest

from safeconduct.clearance import Status
from safeconduct.policy import Level
from safeconduct.vocabulary import GateChoice
from tests.worlds.leaving import MOVEMENT, SUPPLIES, item, load, supplying, taken
from tests.worlds.two_towns import TOWNS, may

WITHOUT, REFUSE = GateChoice.GO_WITHOUT, GateChoice.REFUSE
SIGNED = {"choice": WITHOUT, "signed_by": "convoy leader"}
LISTED = may(6, 7)


def failing(*codes):
    return {("M2", code) for code in codes}


# -- what was loaded


@pytest.mark.parametrize(
    ("loaded", "codes"), [(19, ["ITEM-SHORT"]), (20, []), (21, ["ITEM-UNAPPROVED"])]
)
def test_one_of_an_item_more_or_less_needs_a_signature(loaded, codes):
    world = SUPPLIES.but("load", items=(item("dressings"), item(loaded=loaded)))
    assert world.failing() == failing(*codes)
    assert world.verdict() == ("conditional" if codes else "go")


def test_the_items_that_differ_are_named_with_their_counts():
    world = SUPPLIES.but("load", items=(item("insulin", 5, 0), item("dressings", 0, 7)))
    short, more = world.findings("M2")
    assert short.says == "Less is loaded than was approved: insulin, 0 of 5 approved."
    assert more.says == "More is loaded than was approved: dressings, 7 of 0 approved."


@pytest.mark.parametrize("known", [{"items": ()}, {"version": 2}, {"movement": "another"}])
def test_a_list_without_items_or_of_another_version_is_none(known):
    world = SUPPLIES.but("load", **known).at(may(6, 8))
    assert world.failing() == failing("NOT-LOADED")


@pytest.mark.parametrize(("minute", "status"), [(59, "not-yet-due"), (60, "unknown")])
def test_the_list_is_due_an_hour_before_departure(minute, status):
    finding = supplying().at(LISTED + minute * 60).only("M2")
    assert (finding.status.value, finding.level) == (status, Level.COND)


@pytest.mark.parametrize(
    ("second", "verdict"), [(-1, "go"), (0, "conditional"), (1, "conditional")]
)
def test_the_latest_list_counts_and_at_a_tie_each_does(second, verdict):
    short = load(item(loaded=19), id="again", checked_at=LISTED + second)
    assert SUPPLIES.plus(short).verdict() == verdict


def test_relief_without_medical_supplies_needs_no_list_unless_it_has_one():
    assert TOWNS.only("M2").status is Status.NOT_APPLICABLE
    assert TOWNS.plus(load(item(loaded=19))).failing() == failing("ITEM-SHORT")
    assert TOWNS.plus(taken()).waiting() == failing("NOT-LOADED")


# -- what was taken out


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({}, "the leader has not decided yet"),
        ({"choice": REFUSE, "signed_by": "convoy leader"}, "the leader refuses to go without"),
        ({"choice": WITHOUT}, "nobody signed to go without"),
        ({"choice": WITHOUT, "signed_by": " "}, "nobody signed to go without"),
    ],
)
def test_a_removal_that_nobody_signed_for_waits_for_a_signature(known, says):
    world = SUPPLIES.plus(taken(**known))
    assert world.failing() == failing("ITEM-REMOVED")
    assert world.verdict() == "conditional"
    assert world.only("M2").says == (
        "The South took out 3 x surgical kits (120 treatments) at the bridge, "
        f"2030-05-06 07:20 UTC (07:20Z); {says}."
    )


def test_a_removal_that_was_signed_for_is_shown_as_what_it_is():
    world = SUPPLIES.plus(taken(**SIGNED))
    met, without = world.findings("M2")
    assert (met.status, met.code) == (Status.MET, "")
    assert (without.status, without.code, without.party) == (Status.MET, "ITEM-REMOVED", "south")
    assert without.says.endswith("; convoy leader signed to go without.")


@pytest.mark.parametrize(("second", "verdict"), [(-1, "go"), (0, "conditional")])
def test_a_list_made_after_a_removal_settles_it(second, verdict):
    assert SUPPLIES.plus(taken(removed_at=LISTED + second)).verdict() == verdict


@pytest.mark.parametrize(
    ("second", "verdict"), [(-1, "conditional"), (0, "conditional"), (1, "go")]
)
def test_a_later_record_of_a_removal_tells_what_was_decided(second, verdict):
    decided = taken(id="decided", removed_at=may(6, 7, 20) + second, **SIGNED)
    assert SUPPLIES.plus(taken(), decided).verdict() == verdict


@pytest.mark.parametrize("other", [{"where": "a gate"}, {"party": "north"}, {"item": "insulin"}])
def test_a_removal_elsewhere_by_another_or_of_another_item_is_one_of_its_own(other):
    decided = taken(id="decided", removed_at=may(6, 7, 21), **SIGNED, **other)
    assert SUPPLIES.plus(taken(), decided).failing() == failing("ITEM-REMOVED")


def test_a_removal_from_another_movement_is_none_of_this_one():
    assert SUPPLIES.plus(taken(movement="another")).verdict() == "go"
    assert SUPPLIES.movement().id == MOVEMENT
