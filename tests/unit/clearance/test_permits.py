"""Rule C1: every permit needed on the way is granted in all its steps, for the whole trip."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import Permit, PermitNeed, PermitState, PermitStep, Purpose
from tests.worlds.two_towns import CLEAR, DEPART, MONTH, TOWNS, may

GRANTED, OPEN, REFUSED = PermitState.GRANTED, PermitState.OPEN, PermitState.REFUSED
NEED = PermitNeed(
    id="pass",
    party="south",
    name="travel pass",
    areas=("south-bank",),
    purposes=frozenset({Purpose.AID_DELIVERY}),
    steps=("ministry", "governor"),
    valid=MONTH,
)


def permit(*states, **changes):
    steps = zip(NEED.steps, states, strict=False)
    fields = {
        "id": "permit",
        "need": "pass",
        "movement": "relief-to-birch",
        "steps": tuple(PermitStep(name=name, state=state) for name, state in steps),
        "stands_at": may(5),
        "valid": Span(DEPART, CLEAR),
    }
    return Permit(**(fields | changes))


def codes(*records, need=NEED):
    return {code for _, code in TOWNS.plus(need, *records).failing()}


def test_a_way_without_permits_asks_for_none():
    assert TOWNS.only("C1").status.value == "not-applicable"


def test_a_permit_that_is_needed_and_not_there_is_missing():
    finding = TOWNS.plus(NEED).only("C1")
    assert (finding.code, finding.party) == ("PERMIT-MISSING", "south")
    assert finding.remedy == "Obtain travel pass from The South: ministry, governor."


def test_a_permit_granted_in_all_its_steps_for_the_whole_trip_is_enough():
    world = TOWNS.plus(NEED, permit(GRANTED, GRANTED))
    assert world.verdict() == "go"
    assert world.only("C1").statements == ("pass",)


def test_a_refusal_counts_also_of_a_step_that_nobody_named():
    steps = (*permit(GRANTED, GRANTED).steps, PermitStep(name="general staff", state=REFUSED))
    assert codes(permit(steps=steps)) == {"PERMIT-REFUSED"}


@pytest.mark.parametrize(
    ("states", "code", "says"),
    [
        ((GRANTED, OPEN), "PERMIT-OPEN", "stands at 1 of 2 steps; open: governor."),
        ((GRANTED,), "PERMIT-OPEN", "stands at 1 of 2 steps; open: governor."),
        ((), "PERMIT-OPEN", "stands at 0 of 2 steps; open: ministry, governor."),
        ((GRANTED, REFUSED), "PERMIT-REFUSED", "stands at 1 of 2 steps; refused: governor."),
    ],
)
def test_every_step_counts(states, code, says):
    finding = TOWNS.plus(NEED, permit(*states)).only("C1")
    assert finding.code == code
    assert finding.says.endswith(says)


@pytest.mark.parametrize(
    "valid",
    [Span(DEPART, CLEAR - 1), Span(DEPART + 1, CLEAR), None],
    ids=["ends early", "begins late", "nobody said"],
)
def test_a_permit_is_valid_for_the_whole_trip(valid):
    assert codes(permit(GRANTED, GRANTED, valid=valid)) == {"PERMIT-NOT-VALID"}


@pytest.mark.parametrize("changes", [{"need": "visa"}, {"movement": "another"}])
def test_a_permit_for_something_else_is_none(changes):
    assert codes(permit(GRANTED, GRANTED, **changes)) == {"PERMIT-MISSING"}


@pytest.mark.parametrize(
    "changes",
    [
        {"areas": ("far-hills",)},
        {"purposes": frozenset({Purpose.STAFF_ROTATION})},
        {"valid": Span(may(1), DEPART)},
    ],
    ids=["elsewhere", "for another purpose", "no longer at departure"],
)
def test_a_permit_is_needed_where_and_when_and_for_what_it_says(changes):
    assert codes(need=replace(NEED, **changes)) == set()


def test_a_permit_for_any_purpose_is_needed_for_this_one():
    assert codes(need=replace(NEED, purposes=frozenset({Purpose.ANY}))) == {"PERMIT-MISSING"}


def test_the_permit_that_stands_latest_counts():
    later = permit(GRANTED, REFUSED, id="later", stands_at=may(6, 7))
    assert codes(permit(GRANTED, GRANTED), later) == {"PERMIT-REFUSED"}
