"""Rules G1, G2 and A8: the whole way, both ends, the way back, and consent along it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import Direction
from tests.worlds.two_towns import (
    DEPART,
    HOUR,
    PASSAGE,
    TOWNS,
    guarantee,
    leg,
    may,
    said,
    undertaking,
    window,
)

MOVEMENT = "relief-to-birch"
INWARDS = leg("in", Direction.IN, "bridge-road", "hill-road", service_s=2 * HOUR)


def only_in(**changes):
    return TOWNS.but(MOVEMENT, legs=(INWARDS,), **changes)


# -- G1


def test_a_restraint_over_a_part_of_the_way_is_named_with_the_part_that_is_left_out():
    world = TOWNS.given("north-restraint", areas=("north-bank",))
    finding = world.only("G1")
    assert (finding.code, finding.party) == ("PART-OF-THE-WAY", "north")
    # The mortars of the north reach the bridge road; Alder is on the south bank too.
    assert {stretch.name for stretch in finding.place} == {"alder", "bridge-road"}
    assert "indirect fire" in finding.says


def test_a_restraint_that_covers_nothing_is_no_part_of_the_way():
    world = TOWNS.without("north-restraint")
    assert world.only("G1").status.value == "not-applicable"


def test_a_passage_over_a_part_of_the_way_is_not_for_this_rule():
    world = TOWNS.given("south-passage", areas=("north-bank",))
    assert ("A1", "PASSAGE-MISSING") in world.failing()
    assert world.only("G1").status.value == "met"


# -- G2


@pytest.mark.parametrize(("grant", "end"), [("south-passage", "alder"), ("north-passage", "birch")])
def test_passage_is_needed_on_the_side_it_leaves_and_on_the_side_it_enters(grant, end):
    finding = TOWNS.without(grant).only("G2")
    assert finding.code == "SIDE-NOT-CLEARED"
    assert end in {stretch.name for stretch in finding.place}


def test_passage_for_one_direction_leaves_the_ends_of_the_other_leg():
    world = TOWNS.given("north-passage", directions=frozenset({Direction.IN}))
    assert ("G2", "SIDE-NOT-CLEARED") in world.failing()


@pytest.mark.parametrize(("minute", "verdict"), [(40, "go"), (41, "no-go")])
def test_the_next_leg_begins_where_the_last_one_ends_as_soon_as_the_column_is_there(
    minute, verdict
):
    # The head is in Birch from 09:40; the way out is driven from 11:40 on, but begins in Birch.
    out = undertaking(
        PASSAGE,
        "north-bank",
        directions=frozenset({Direction.OUT}),
        windows=(window(may(6, 9, minute), may(6, 18)),),
    )
    world = TOWNS.given("north-passage", directions=frozenset({Direction.IN}))
    world = world.plus(said("north", may(4, 10), guarantee("north-out", "north", out)))
    assert world.verdict() == verdict
    assert world.failing() == ({("G2", "SIDE-NOT-CLEARED")} if verdict == "no-go" else set())


def test_a_way_without_return_is_planned_or_explained():
    assert only_in().failing() == {("G2", "NO-RETURN")}
    assert only_in().only("G2").says == "The column ends at Birch and no way back is planned."
    assert only_in(one_way="the trucks stay in Birch").verdict() == "go"


def test_each_notice_names_every_leg():
    world = TOWNS.but("notice-south", legs=("in",))
    finding = world.only("G2")
    assert (finding.code, finding.party) == ("LEG-NOT-NOTIFIED", "south")
    assert "told of the movement but not of the leg out" in finding.says


def test_legs_may_be_notified_one_by_one():
    first = TOWNS.record("notice-south")
    world = TOWNS.but("notice-south", legs=("in",)).plus(replace(first, id="more", legs=("out",)))
    assert world.failing() == set()


# -- A8


def test_consent_is_a_key_of_its_own():
    world = TOWNS.without("south-consent")
    assert {rule for rule, _ in world.failing()} == {"A8", "T1", "T2"}
    finding = world.only("A8")
    assert finding.party == "south"
    assert "no consent that counts" in finding.says


def test_an_unknown_holder_is_a_doubt_with_the_road_named():
    world = TOWNS.without("consent-of-the-south")
    finding = next(f for f in world.findings("A8") if f.code == "CONSENT-HOLDER-UNKNOWN")
    assert finding.status.value == "unknown"
    assert "Whose legal consent" in finding.says
    assert ("T2", "NO-SUFFICIENT-SET") in world.failing()
    assert world.verdict() == "no-go"


def test_a_holder_unknown_for_part_of_the_trip_is_a_doubt_for_that_part():
    world = TOWNS.but("consent-of-the-south", valid=Span(may(1), may(6, 12)))
    finding = next(f for f in world.findings("A8") if f.code == "CONSENT-HOLDER-UNKNOWN")
    assert finding.span == Span(may(6, 12), may(6, 13, 2))


def test_a_holder_who_never_consented_to_the_way_back_leaves_it_shut():
    world = TOWNS.given("south-consent", directions=frozenset({Direction.IN}))
    finding = world.only("A8")
    assert "direction out" in finding.remedy
    assert finding.span.start > DEPART
