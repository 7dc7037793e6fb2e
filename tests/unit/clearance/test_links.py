"""Rule A7: movements that hang together, "you first", and circles that no order satisfies.

The other movement takes relief staff out of Birch and leaves at 09:30; 15 km, one way.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.vocabulary import (
    Accept,
    Condition,
    ConditionKind,
    Departure,
    Direction,
    Link,
    Order,
    Reject,
)
from tests.worlds.two_towns import DEPART, HOUR, TOWNS, leg, may, said

OTHER = replace(
    TOWNS.movement(),
    id="staff-out",
    legs=(leg("home", Direction.OUT, "-hill-road", "-bridge-road"),),
    depart_at=may(6, 9, 30),
    one_way="they stay in Alder",
)
LINK = Link(
    id="exchange",
    order=Order.TOGETHER,
    concerned=("north", "south"),
    movements=("relief-to-birch", "staff-out"),
    what="both in one morning",
)


def accept(party):
    return said(party, may(5), Accept(id=f"{party}-accepts", party=party, of=("exchange",)))


PASSAGES = ("north-passage", "south-passage")
ACCEPTED = (accept("north"), accept("south"))


def linked(*records, other=OTHER, link=LINK):
    return TOWNS.plus(link, *(records or ACCEPTED), other)


def codes(world):
    return {code for rule, code in world.failing() if rule == "A7"}


def test_a_movement_that_hangs_on_nothing_has_nothing_to_meet():
    assert TOWNS.only("A7").status.value == "not-applicable"


def test_an_accepted_link_makes_one_unit_that_may_go():
    world = linked()
    assert world.verdict() == "go"
    assert world.only("A7").statements == ("exchange",)


def test_a_link_that_not_all_have_accepted_stands_in_the_way():
    world = linked(accept("north"))
    assert world.failing() == {("A7", "LINK-NOT-ACCEPTED")}
    assert "is not accepted by all concerned: The North, The South." in world.only("A7").says


def test_a_link_that_was_accepted_and_then_rejected_stands_in_the_way():
    back = said("south", may(5, 1), Reject(id="no", party="south", of=("exchange",)))
    assert ("A7", "LINK-NOT-ACCEPTED") in linked(*ACCEPTED, back).failing()


def test_a_link_between_other_movements_is_no_concern():
    link = replace(LINK, movements=("staff-out", "another"))
    assert linked(accept("north"), link=link).verdict() == "go"


def test_all_pass_or_none():
    # The relief has all its words; for staff passing through, nobody has given any.
    through = replace(OTHER, legs=(leg("home", Direction.THROUGH, "-hill-road", "-bridge-road"),))
    world = linked(other=through)
    assert world.failing() == {("A7", "OTHER-LEG")}
    assert "This movement passes only together with staff-out, which is not covered" in (
        world.only("A7").says
    )


def test_a_linked_movement_that_nobody_knows_cannot_pass():
    world = TOWNS.plus(LINK, *ACCEPTED)
    assert codes(world) == {"OTHER-LEG"}
    assert "is not known or cannot be judged" in world.only("A7").says


def test_a_linked_movement_whose_route_does_not_join_cannot_pass():
    broken = replace(OTHER, legs=(leg("home", Direction.OUT, "-bridge-road", "-hill-road"),))
    assert codes(linked(other=broken)) == {"OTHER-LEG"}


def test_a_linked_movement_without_a_route_cannot_pass():
    (home,) = OTHER.legs
    without = replace(OTHER, legs=(replace(home, route=(), origin="birch", destination="alder"),))
    assert codes(linked(other=without)) == {"OTHER-LEG"}


@pytest.mark.parametrize(
    ("depart_at", "together"),
    [
        (may(6, 13, 1), True),  # the relief is clear at 13:02: one minute together
        (may(6, 13, 2), False),
    ],
)
def test_linked_movements_overlap_in_time(depart_at, together):
    later = replace(OTHER, depart_at=depart_at, latest_at=may(6, 18))
    assert codes(linked(other=later)) == (set() if together else {"OTHER-LEG"})


@pytest.mark.parametrize(
    "changes",
    [
        {"latest_at": may(6, 10, 30)},  # it takes 30 min, up to 30 of hold, 2 of tail, 60 margin
        {"window_needed_s": 13 * HOUR},  # the words hold for 12 hours
        {"margin_s": 8 * HOUR},  # 10:32 and 8 hours is past 18:00
    ],
    ids=["ends too late", "needs a longer window", "bears too little delay"],
)
def test_a_linked_movement_meets_t1_as_a_whole(changes):
    other = replace(OTHER, **({"latest_at": may(7)} | changes))
    assert linked(other=other).judged("staff-out").verdict.value == "no-go"
    assert codes(linked(other=other)) == {"OTHER-LEG"}


def test_a_linked_movement_that_has_already_arrived_is_no_error():
    # Gone at 09:30 and over at 10:32; the relief is under way at 11:00.
    gone = [
        Departure(id=f"left-{m}", movement=m, version=1, departed_at=at, by="leader")
        for m, at in (("relief-to-birch", DEPART), ("staff-out", may(6, 9, 30)))
    ]
    world = linked().plus(*gone).at(may(6, 11))
    assert "ERROR" not in codes(world)


@pytest.mark.parametrize(
    ("depart_at", "movements", "in_order"),
    [
        (may(6, 7, 58), ("staff-out", "relief-to-birch"), True),  # clear at 09:00
        (may(6, 7, 59), ("staff-out", "relief-to-birch"), False),
        (may(6, 7, 58), ("relief-to-birch", "staff-out"), False),
        (may(6, 13, 2), ("relief-to-birch", "staff-out"), True),
    ],
)
def test_one_after_the_other_means_that_the_first_is_clear_before(depart_at, movements, in_order):
    # The staff need 30 min, up to 30 of hold and 2 for the tail: 62 min from Birch to Alder.
    link = replace(LINK, order=Order.AFTER, movements=movements)
    other = replace(OTHER, depart_at=depart_at, latest_at=may(6, 18))
    assert codes(linked(link=link, other=other)) == (set() if in_order else {"OTHER-LEG"})


# -- conditions that wait for one another


def waits(world, grant, on, *awaits, order=Order.AFTER):
    condition = Condition(
        id=f"{grant}-waits",
        kind=ConditionKind.RECIPROCAL,
        on=on,
        what="moves first.",
        order=order,
        awaits=awaits,
    )
    return world.given(grant, conditions=(condition,))


def test_you_first_is_unmet_until_the_first_has_moved():
    world = waits(TOWNS, "north-passage", "south", "south-passage")
    finding = world.only("A7")
    assert (finding.code, finding.party) == ("WAITS-FOR-OTHER", "north")
    assert finding.says == "What The North gave (north-passage) waits for The South: moves first."
    assert world.verdict() == "no-go"


def test_a_circle_is_a_deadlock_told_to_each_of_its_parties_with_both_legs():
    world = waits(TOWNS, "north-passage", "south", "south-passage")
    world = waits(world, "south-passage", "north", "north-passage")
    found = world.findings("A7")
    assert {(f.party, f.code) for f in found} == {("north", "DEADLOCK"), ("south", "DEADLOCK")}
    for finding in found:
        assert "no order of moving satisfies all of these" in finding.says
        assert "The North (north-passage) waits for The South" in finding.says
        assert "The South (south-passage) waits for The North" in finding.says


def test_a_circle_of_words_that_are_not_needed_is_no_deadlock_of_this_movement():
    spare = {grant: replace(TOWNS.act(grant), id=f"{grant}-2") for grant in PASSAGES}
    world = TOWNS.plus(*(said(act.party, may(4), act) for act in spare.values()))
    world = waits(world, "north-passage-2", "south", "south-passage-2")
    world = waits(world, "south-passage-2", "north", "north-passage-2")
    assert world.verdict() == "go"
