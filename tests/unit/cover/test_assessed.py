"""Section 3: the closed world. Road that no current assessment covers is not open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Mines
from tests.worlds.two_towns import BANKS, TEN_DAYS, TOWNS, may

ALL = Spans.of([TEN_DAYS])


def assessed(world, on="hill-road"):
    return world.cover().ground(world.on(on)).assessed


def newer(world, **changes):
    """The assessment of both banks, told anew from 6 May 10:00 on, in the place of the old one."""
    fields = {
        "id": "told-anew",
        "supersedes": ("both-banks",),
        "valid": Span(may(6, 10), may(8)),
    }
    return world.plus(replace(world.record("both-banks"), **(fields | changes)))


def test_road_within_an_assessed_area_is_assessed_while_it_is_valid():
    assert assessed(TOWNS) == ALL


def test_road_without_any_assessment_is_never_assessed():
    assert assessed(TOWNS.without("both-banks")) == NEVER


def test_road_in_another_area_gains_nothing_from_an_assessment():
    south_only = TOWNS.but("both-banks", areas=("south-bank",))
    assert assessed(south_only) == NEVER
    assert assessed(south_only, on="bridge-road") == ALL


def test_an_assessment_opens_from_its_first_second_to_its_last():
    brief = TOWNS.but("both-banks", valid=Span(may(6, 9), may(6, 9, 0, 1)))
    assert assessed(brief) == Spans.one(may(6, 9), may(6, 9, 0, 1))


@pytest.mark.parametrize(
    ("mines", "opens"),
    [(Mines.NONE_REPORTED, True), (Mines.CLEARED, True), (Mines.NOT_ASSESSED, False)],
)
def test_an_assessment_that_did_not_look_for_mines_opens_nothing(mines, opens):
    assert bool(assessed(TOWNS.but("both-banks", mines=mines))) is opens


def test_mines_may_be_told_by_another_assessment_of_the_same_ground():
    silent = TOWNS.but("both-banks", mines=Mines.NOT_ASSESSED)
    sappers = replace(
        TOWNS.record("both-banks"),
        id="sappers",
        mines=Mines.CLEARED,
        valid=Span(may(6, 9), may(6, 12)),
    )
    # Assessed on both counts only while both hold.
    assert assessed(silent.plus(sappers)) == Spans.one(may(6, 9), may(6, 12))


def test_a_presence_that_nobody_has_recorded_leaves_the_road_not_assessed():
    assert assessed(TOWNS.without("north-mortars")) == NEVER


def test_a_presence_past_its_time_makes_the_assessment_stale_from_that_second():
    lapsed = TOWNS.but("south-garrison", valid=Span(may(1), may(6, 11)))
    assert assessed(lapsed) == Spans.one(may(1), may(6, 11))
    assert lapsed.cover().ground(lapsed.on("hill-road")).stale == Spans.one(may(6, 11), may(10))


def test_a_presence_that_has_not_begun_makes_the_assessment_stale_until_it_does():
    coming = TOWNS.but("south-garrison", valid=Span(may(3), may(10)))
    assert assessed(coming) == Spans.one(may(3), may(10))


def test_a_stale_assessment_that_only_touches_the_road_closes_it_too():
    # The place bridge lies within both banks; an assessment of the south bank alone touches it.
    stale = replace(
        TOWNS.record("both-banks"),
        id="of-the-south-bank",
        areas=("south-bank",),
        presences=("nobody-recorded-this",),
        valid=Span(may(6, 10), may(6, 11)),
    )
    assert assessed(TOWNS.plus(stale), on="bridge") == ALL - Spans.one(may(6, 10), may(6, 11))
    assert assessed(TOWNS.plus(stale)) == ALL  # the hill road does not touch the south bank


UNTIL_SUPERSEDED = Spans.one(may(1), may(6, 10))


def test_a_superseding_assessment_takes_over_for_good():
    blind = newer(TOWNS, mines=Mines.NOT_ASSESSED)
    # The old one does not come back when the newer has ended on 8 May: a doubt does not lapse.
    assert assessed(blind) == UNTIL_SUPERSEDED


def test_an_assessment_supersedes_only_on_its_own_ground():
    blind_in_the_south = newer(TOWNS, areas=("south-bank",), mines=Mines.NOT_ASSESSED)
    assert assessed(blind_in_the_south) == ALL
    assert assessed(blind_in_the_south, on="bridge-road") == UNTIL_SUPERSEDED


def test_a_superseded_assessment_is_not_stale_any_more():
    lapsed = TOWNS.but("south-garrison", valid=Span(may(1), may(6, 10)))
    renewed = newer(lapsed, presences=("north-garrison", "north-mortars"))
    # To 6 May 10:00 by the old one, then to 8 May by the newer; after that there is none.
    assert assessed(renewed) == Spans.one(may(1), may(8))


def test_a_superseded_assessment_supersedes_all_the_same():
    second = newer(TOWNS)
    third = replace(
        second.record("told-anew"), id="third", supersedes=("told-anew",), mines=Mines.NOT_ASSESSED
    )
    # Were the first in force again because the second is not, its word on mines would count.
    assert assessed(second.plus(third)) == UNTIL_SUPERSEDED


def test_an_assessment_does_not_supersede_itself():
    # "No other known assessment": one that names itself by mistake stays in force.
    assert assessed(TOWNS.but("both-banks", supersedes=("both-banks",))) == ALL


def test_overlapping_assessments_add_up_in_time():
    first = TOWNS.but("both-banks", valid=Span(may(1), may(6, 10)))
    second = replace(TOWNS.record("both-banks"), id="second", valid=Span(may(6, 10), may(9)))
    assert assessed(first.plus(second)) == Spans.one(may(1), may(9))
    assert assessed(first.plus(replace(second, areas=BANKS[:1]))) == Spans.one(may(1), may(9))
