"""Section 5: an incident suspends restraints of its means, of whoever may have fired."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import Point, Spans
from safeconduct.vocabulary import Confirm, Incident, IncidentReview, IncidentState, Report
from tests.worlds.two_towns import (
    BANKS,
    GROUND,
    MORTARS,
    PASSAGE,
    PATRON,
    RESTRAINT,
    TOWNS,
    WHOLE_DAY,
    binds,
    may,
    said,
)

SHELLS = Incident(
    id="shells", what="four shells fell", at=may(6, 9), means=MORTARS, areas=("north-bank",)
)
ALL = Spans.of([WHOLE_DAY.span])
UNTIL_NINE = Spans.one(may(6, 6), may(6, 9))


def fired(**changes):
    told = replace(SHELLS, **changes)
    return said("relief", may(6, 20), Report(id="report", party="relief", incident=told))


def confirm(at):
    return said("north", at, Confirm(id=f"confirm-{at}", party="north", of=("north-restraint",)))


def mortars(*records, world=TOWNS):
    return world.at(may(7)).plus(*records).turned(RESTRAINT, "north", MORTARS)


def test_fire_by_nobody_known_suspends_the_restraint_from_that_moment():
    assert mortars(fired()) == UNTIL_NINE


def test_it_suspends_the_restraint_of_every_party_capable_of_it():
    world = TOWNS.at(may(7)).plus(fired(means=GROUND, areas=BANKS))
    assert world.turned(RESTRAINT, "north", GROUND) == UNTIL_NINE
    assert world.turned(RESTRAINT, "south", GROUND, on="bridge-road") == UNTIL_NINE


def test_it_suspends_that_means_only_and_neither_passage_nor_consent():
    world = TOWNS.at(may(7)).plus(fired())
    assert world.turned(RESTRAINT, "north", GROUND) == ALL
    assert world.turned(PASSAGE, "north") == ALL


def test_fire_of_a_known_party_suspends_its_own_restraint_only():
    world = TOWNS.at(may(7)).plus(fired(means=GROUND, attributed_to="south", areas=BANKS))
    assert world.turned(RESTRAINT, "south", GROUND, on="bridge-road") == UNTIL_NINE
    assert world.turned(RESTRAINT, "north", GROUND) == ALL


def test_fire_elsewhere_suspends_nothing():
    assert mortars(fired(areas=("far-hills",))) == ALL


def test_an_incident_without_a_means_suspends_nothing():
    assert mortars(fired(means=None)) == ALL


def test_an_incident_given_by_a_point_only_counts_for_the_check_of_the_way_only():
    assert mortars(fired(areas=(), near=Point(0, 101_500_000))) == ALL


def test_dismissed_fire_suspends_nothing():
    review = IncidentReview(
        id="review",
        of="shells",
        state=IncidentState.DISMISSED,
        reviewed_at=may(6, 21),
        by="duty officer",
        reason="quarry blasts",
    )
    assert mortars(fired(), review) == ALL


@pytest.mark.parametrize("at", [may(6, 8, 59, 59), may(6, 9)], ids=["before", "the same second"])
def test_only_a_confirmation_after_the_fire_restores_the_restraint(at):
    assert mortars(fired(), confirm(at)) == UNTIL_NINE


def test_a_confirmation_after_the_fire_restores_the_restraint_from_then_on():
    assert mortars(fired(), confirm(may(6, 10))) == ALL - Spans.one(may(6, 9), may(6, 10))


@pytest.mark.parametrize(
    ("given_at", "left"),
    [(may(4, 10), Spans()), (may(4, 10) + 1, ALL)],
    ids=["the same second", "a second after"],
)
def test_a_word_given_after_the_fire_is_not_suspended_by_it(given_at, left):
    world = TOWNS.but("north-guarantees", said_at=given_at)
    assert mortars(fired(at=may(4, 10)), world=world) == left


def test_fire_of_a_bound_party_suspends_its_restraint_also_where_its_binder_gave_it():
    # "An incident attributed to a party cuts that party's": the restraint of the north rests on
    # the patron's word, and it was the north that fired.
    relation = binds("patron", "north", *BANKS)
    patrons = TOWNS.plus(PATRON, relation).but("north-guarantees", actor="patron")
    patrons = patrons.but("north-restraint", party="patron")
    assert mortars(world=patrons) == ALL
    assert mortars(fired(attributed_to="north"), world=patrons) == UNTIL_NINE
