"""A permit, step by step: the first step that is not granted, and since when it lies there."""

from __future__ import annotations

from safeconduct.vocabulary import PermitState
from safeconduct.watch.permitting import PermitStanding, permit_standing, permits_of
from tests.unit.watch.office import letter, stands
from tests.worlds.two_towns import MOVEMENT, TOWNS, Towns, may


def standing(towns: Towns) -> PermitStanding:
    return permit_standing(towns.situation(), towns.record("letter"), MOVEMENT)


def test_a_permit_that_nobody_recorded_has_all_its_steps_open_since_nobody_knows_when() -> None:
    found = standing(TOWNS.plus(letter()))
    assert [step.state for step in found.steps] == [PermitState.OPEN] * 2
    assert (found.next_step, found.open_since, found.granted) == ("ministry", None, 0)


def test_a_step_is_open_since_the_one_before_was_granted() -> None:
    found = standing(TOWNS.plus(letter(), stands(may(3), ministry=may(3), governor=None)))
    assert (found.next_step, found.open_since) == ("governor", may(3))


def test_a_permit_with_all_steps_granted_waits_for_nothing() -> None:
    found = standing(TOWNS.plus(letter(), stands(may(4), ministry=may(3), governor=may(4))))
    assert (found.next_step, found.open_since, found.granted) == ("", None, 2)


def test_the_latest_record_tells_how_a_permit_stands() -> None:
    records = [stands(may(3), ministry=may(3), governor=None), stands(may(4), ministry=None)]
    assert standing(TOWNS.plus(letter(), *records)).next_step == "ministry"


def test_a_movement_needs_the_permits_of_its_way_and_purpose_only() -> None:
    other = letter(id="hills", areas=("far-hills",))
    towns = TOWNS.plus(letter(), other)
    found = permits_of(towns.situation(), towns.movement(), towns.bench())
    assert [one.need.id for one in found] == ["letter"]
