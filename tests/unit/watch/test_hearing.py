"""Whose word is to be merged: told ahead of the moment at which it is too old, and once it is.

What the office in Birch wrote up to 06:00 has come, and it may be six hours old; the movement
leaves at 09:00 and ends by 15:00.
"""

from __future__ import annotations

from dataclasses import replace

from safeconduct.situation import REPLAYED, Heard
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Outcome, Result
from safeconduct.watch.item import Due, ToDo
from tests.unit.clearance.heard_towns import HEARD, SIX, HeardTowns, required
from tests.unit.clearance.test_links import LINK, OTHER, accept
from tests.unit.watch.office import agenda, contact
from tests.worlds.two_towns import DAY, HOUR, MOVEMENT, NOW, may

ASKED = HEARD.plus(required())


def merges(towns: HeardTowns, within_s: int = DAY) -> list[Due]:
    return [one for one in agenda(towns, within_s).items if one.to_do is ToDo.MERGE]


def test_a_word_is_told_ahead_of_the_moment_at_which_it_is_too_old() -> None:
    (found,) = merges(ASKED)
    assert (found.when, found.overdue) == (SIX + 6 * HOUR + 1, False)
    assert (found.movements, found.rules, found.records) == (
        (MOVEMENT,),
        ("R1",),
        ("birch-on-the-north",),
    )
    assert found.what == (
        "Merge what the office birch exports: from then on its word on The North is too old to "
        "rest on."
    )
    assert merges(ASKED, found.when - NOW - 1) == []
    assert merges(ASKED, found.when - NOW) == [found]


def test_a_word_that_is_too_old_is_overdue_and_nobody_is_to_be_called_for_it() -> None:
    world = ASKED.plus(contact("north-staff", "north")).hearing_of("birch-1", complete_at=may(5))
    (found,) = merges(world)
    assert (found.when, found.overdue) == (may(5, 6, 0, 1), True)
    assert found.what.startswith("Merge what the office birch exports after 2030-05-06 01:30")
    assert (found.party, found.call, found.rules) == ("", None, ("R1",))


def test_a_word_that_will_do_until_the_end_is_not_told() -> None:
    device = ASKED.hearing_of("birch-1", complete_at=may(6, 9))
    assert merges(device.hearing_of("birch-root", complete_at=may(6, 9))) == []
    (found,) = merges(device)
    assert found.when == SIX + 6 * HOUR + 1  # what its root says of its devices
    ends = HEARD.plus(required(valid=Span(may(1), may(6, 12))))
    assert merges(ends) == []


def test_the_word_of_who_writes_here_is_not_to_be_merged() -> None:
    own = HEARD.plus(required(office="alder", fresh_within_s=HOUR))
    assert merges(own) == []
    assert merges(HEARD.plus(required(writer="alder-1", fresh_within_s=HOUR))) == []
    # A second device of that office sits elsewhere.
    elsewhere = Heard(writer="alder-2", office="alder", complete_at=NOW - 1)
    (found,) = merges(own.heard(elsewhere))
    assert found.when == NOW + HOUR


def test_a_word_that_a_linked_movement_rests_on_is_told_once_and_for_that_movement() -> None:
    link = (LINK, accept("north"), accept("south"), replace(OTHER, depart_at=may(6, 12, 55)))
    world = ASKED.plus(*link)
    (found,) = (one for one in agenda(world).items if one.when == SIX + 6 * HOUR + 1)
    assert (found.to_do, found.movements) == (ToDo.MERGE, (MOVEMENT, OTHER.id))


def test_what_nobody_needs_any_more_is_not_told() -> None:
    done = Outcome(
        id="done", movement=MOVEMENT, version=1, result=Result.CANCELLED, what="rain", at=NOW
    )
    assert merges(ASKED.plus(done)) == []
    assert merges(HEARD.plus(required(party="envoy"))) == []
    assert merges(replace(ASKED, hearing=REPLAYED)) == []


def test_a_requirement_that_begins_later_is_told_where_it_will_not_be_met() -> None:
    later = required(valid=Span(may(6, 10), may(9)))
    (found,) = merges(HEARD.plus(later))
    assert found.when == SIX + 6 * HOUR + 1
    never = HEARD.plus(later).hearing_of("birch-1", complete_at=None)
    (found,) = merges(never)
    assert found.when == may(6, 10)
    assert found.what.endswith("cannot be rested on: it has never said how much it has written.")


def test_a_doubted_clock_is_to_be_checked() -> None:
    world = replace(HEARD, hearing=replace(HEARD.hearing, clock="it says noon"))
    (found,) = (one for one in agenda(world).items if one.rules == ("R1",))
    assert found.to_do is ToDo.CHECK and found.what.startswith("Set the clock right")
