"""Rule T1 and halts: a column halts only where it was found to fit, for as long as it stands there.

The column leaves Alder at 09:00 and halts at the bridge for half an hour on its way in. It is there
from 09:12; held for 30 min at the latest it goes on at 10:12, and its tail 2 min later: 10:14. With
the margin of one hour, 11:14. All that follows is half an hour later: clear at 13:32, or 14:32.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import Departure, Halt, WaitingPlace
from tests.worlds.two_towns import (
    CLEAR_WITH_MARGIN,
    DEPART,
    HOUR,
    TEN_DAYS,
    TOWNS,
    Towns,
    may,
    window,
)

MOVEMENT = "relief-to-birch"
YARD = WaitingPlace(
    id="yard", place="bridge", holds_m=1_000, by="driver", checked_at=may(1), valid=TEN_DAYS
)
THERE, GONE, LATE = may(6, 9, 12), may(6, 10, 14), may(6, 11, 14)


def halting(*checks: WaitingPlace, wait_s: int = HOUR // 2, world: Towns = TOWNS) -> Towns:
    inwards, back = world.movement().legs
    rested = replace(inwards, halts=(Halt(place="bridge", wait_s=wait_s),))
    return world.but(MOVEMENT, legs=(rested, back)).plus(*checks)


def test_a_halt_where_the_column_fits_is_no_obstacle() -> None:
    world = halting(YARD)
    assert world.verdict() == "go"
    assert world.bench().trip == Span(may(6, 9), may(6, 13, 32))


def test_the_check_must_hold_from_the_heads_arrival_to_the_tails_leaving_and_the_margin() -> None:
    assert halting(replace(YARD, valid=Span(THERE, LATE))).verdict() == "go"
    late = halting(replace(YARD, valid=Span(THERE, LATE - 1)))
    assert late.failing() == {("T1", "MARGIN-TOO-SHORT")}
    assert "after the record of the waiting place has ended" in late.only("T1").says
    for valid in (Span(THERE + 1, LATE), Span(THERE, GONE - 1)):
        assert halting(replace(YARD, valid=valid)).failing() == {("T1", "HALT-NOT-CHECKED")}


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"holds_m": 999}, "HALT-TOO-SMALL", "is 1000 m long; 999 m were found to fit there."),
        ({"place": "birch"}, "HALT-NOT-CHECKED", "recorded that it can stand there."),
        ({"valid": Span(may(1), may(6, 10))}, "HALT-NOT-CHECKED", "there for all of that time."),
        ({"checked_at": may(7)}, "HALT-NOT-CHECKED", "recorded that it can stand there."),
    ],
)
def test_a_halt_that_nobody_checked_is_no_go(changes: dict[str, Any], code: str, says: str) -> None:
    world = halting(replace(YARD, **changes))
    assert (world.verdict(), world.failing()) == ("no-go", {("T1", code)})
    finding = world.only("T1")
    assert finding.says.startswith("The column halts at Bridge, ") and says in finding.says
    assert [one.name for one in finding.place] == ["bridge"]
    assert "Record a waiting place there that holds 1000 m" in finding.remedy


def test_a_later_check_that_finds_less_room_counts() -> None:
    later = replace(YARD, id="later", holds_m=400, checked_at=may(5))
    assert halting(YARD, later).failing() == {("T1", "HALT-TOO-SMALL")}
    over = replace(later, valid=Span(may(5), may(6)))
    assert halting(YARD, over).failing() == {("T1", "HALT-NOT-CHECKED")}


def test_who_can_harm_it_there_must_be_bound_while_it_stands_there() -> None:
    # The passage of the north is asked at the bridge, and nowhere before it.
    for ends, rule in ((may(6, 14, 20), None), (may(6, 14, 20) - 1, "T1")):
        world = halting(YARD).given("north-passage", windows=(window(THERE, ends),))
        assert {r for r, _ in world.failing()} == ({rule} if rule else set())
    gap = (window(THERE, GONE - 1), window(GONE, may(6, 18)))
    world = halting(YARD).given("north-passage", windows=gap)
    assert ("A1", "PASSAGE-MISSING") in world.failing()


def test_a_halt_makes_the_trip_longer_and_makes_good_no_delay() -> None:
    exact = TOWNS.but(MOVEMENT, latest_at=CLEAR_WITH_MARGIN)
    assert exact.verdict() == "go"
    assert halting(YARD, wait_s=1, world=exact).failing() == {("T1", "TOO-LATE")}


def test_a_halt_needs_no_room_where_the_column_is_only_held_or_served() -> None:
    assert TOWNS.plus(replace(YARD, holds_m=1)).verdict() == "go"


def test_under_way_a_halt_that_lies_behind_is_not_asked_about() -> None:
    left = Departure(id="left", movement=MOVEMENT, version=1, departed_at=DEPART, by="leader")
    on_the_way = halting().plus(left)
    assert ("T1", "HALT-NOT-CHECKED") in on_the_way.at(GONE - 1).failing()
    assert ("T1", "HALT-NOT-CHECKED") not in on_the_way.at(GONE).failing()


def test_a_waiting_place_that_nobody_halts_at_changes_no_answer() -> None:
    assert TOWNS.judged().hash == TOWNS.plus(YARD).judged().hash
