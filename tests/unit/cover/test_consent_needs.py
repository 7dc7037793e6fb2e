"""Sections 4 and 6: whose legal consent a road needs, and the recorded basis that replaces it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.cover import Key
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import (
    BasisKind,
    Condition,
    ConditionKind,
    ConsentNeed,
    Do,
    LegalBasis,
    Purpose,
    Withdraw,
)
from tests.worlds.two_towns import BANKS, CONSENT, MONTH, TOWNS, WHOLE_DAY, may, said

CONDITION = Condition(
    id="monitor-it", kind=ConditionKind.OPERATIONAL, on="relief", what="a monitor at the bridge"
)
RESOLUTION = LegalBasis(
    id="resolution",
    basis=BasisKind.RESOLUTION,
    areas=("north-bank",),
    replaces=("south",),
    valid=Span(may(6, 8), may(6, 20)),
    text="relief may cross without the consent of the south",
    purposes=frozenset({Purpose.AID_DELIVERY}),
)
NO_WORD = TOWNS.without("south-consent")


def ground(world, on="hill-road"):
    return world.cover().ground(world.on(on))


def consented(world, on="hill-road"):
    return world.turned(CONSENT, "south", on=on)


def test_road_with_a_consent_need_asks_its_holder_for_consent():
    assert dict(ground(TOWNS).consents) == {Key(CONSENT, "south"): Spans.of([MONTH])}
    assert ground(TOWNS).holder_known == Spans.of([MONTH])


def test_road_without_a_consent_need_has_an_unknown_holder():
    unknown = TOWNS.without("consent-of-the-south")
    assert ground(unknown).holder_known == NEVER
    assert ground(unknown).consents == ()


def test_the_holder_is_known_only_while_a_need_is_valid():
    brief = TOWNS.but("consent-of-the-south", valid=Span(may(6), may(7)))
    assert ground(brief).holder_known == Spans.one(may(6), may(7))


def test_a_need_counts_on_road_that_it_touches():
    # The bridge touches both banks, so a need of the south bank alone is asked there.
    south_only = TOWNS.but("consent-of-the-south", areas=("south-bank",))
    assert ground(south_only, "bridge").holder_known == Spans.of([MONTH])
    assert ground(south_only).holder_known == NEVER


def test_two_holders_are_two_keys():
    both = TOWNS.plus(ConsentNeed(id="also", areas=BANKS, holders=("north",), valid=MONTH))
    assert [key.party for key, _ in ground(both).consents] == ["north", "south"]


def test_consent_turns_its_key_and_nothing_else_does():
    assert consented(TOWNS) == Spans.of([WHOLE_DAY.span])
    assert consented(NO_WORD) == NEVER


def test_a_basis_replaces_the_consent_it_names_while_it_is_valid():
    assert consented(NO_WORD.plus(RESOLUTION)) == Spans.of([RESOLUTION.valid])


@pytest.mark.parametrize(
    "changes",
    [
        {"areas": ("south-bank",)},  # the hill road is not within it
        {"replaces": ("north",)},
        {"purposes": frozenset({Purpose.STAFF_ROTATION})},
        {"conditions": (CONDITION,)},
    ],
    ids=["elsewhere", "another holder", "another purpose", "an open condition"],
)
def test_a_basis_that_does_not_fit_replaces_nothing(changes):
    assert consented(NO_WORD.plus(replace(RESOLUTION, **changes))) == NEVER


def test_a_basis_for_any_purpose_fits_every_leg():
    broad = replace(RESOLUTION, purposes=frozenset({Purpose.ANY}))
    assert consented(NO_WORD.plus(broad)) == Spans.of([RESOLUTION.valid])


def test_the_condition_of_a_basis_is_met_by_a_deed_with_evidence():
    tied = NO_WORD.plus(replace(RESOLUTION, conditions=(CONDITION,)))
    deed = Do(id="posted", party="relief", of=("monitor-it",), what="a monitor is at the bridge")
    assert consented(tied.plus(said("relief", may(5), deed))) == NEVER
    proven = replace(deed, evidence="photograph")
    assert consented(tied.plus(said("relief", may(5), proven))) == Spans.of([RESOLUTION.valid])


def test_the_condition_of_a_basis_may_be_dropped_by_the_holder():
    tied = NO_WORD.plus(replace(RESOLUTION, conditions=(CONDITION,)))
    drop = Withdraw(id="drop", party="south", of=("monitor-it",))
    assert consented(tied.plus(said("south", may(5), drop))) == Spans.of([RESOLUTION.valid])


def test_a_basis_turns_neither_passage_nor_restraint():
    silent = TOWNS.without("south-guarantees").plus(replace(RESOLUTION, areas=BANKS))
    assert ("A1", "PASSAGE-MISSING") in silent.failing()
    assert ("A1", "RESTRAINT-MISSING") in silent.failing()
    assert ("A8", "CONSENT-MISSING") not in silent.but("resolution", valid=MONTH).failing()
