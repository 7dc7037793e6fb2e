"""Section 4: who acts on a road, which keys that asks for, and how a presence leaves."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.cover import Key
from safeconduct.spacetime import NEVER, OPEN_END, Span, Spans
from safeconduct.vocabulary import Means, Presence
from tests.worlds.two_towns import (
    AIR,
    BANKS,
    GROUND,
    MORTARS,
    PASSAGE,
    RESTRAINT,
    TEN_DAYS,
    TOWNS,
    may,
)

FOR_EVER = Spans.one(may(1), OPEN_END)


def asked(world, on="hill-road"):
    return dict(world.cover().ground(world.on(on)).asked)


def told_anew(world, *presences, **changes):
    """A newer assessment of the north bank, valid 6 to 8 May, which names only these."""
    fields = {
        "id": "told-anew",
        "areas": ("north-bank",),
        "presences": presences,
        "supersedes": ("both-banks",),
        "valid": Span(may(6), may(8)),
    }
    return world.plus(replace(world.record("both-banks"), **(fields | changes)))


def test_each_means_of_each_presence_asks_for_a_restraint_and_control_for_a_passage():
    assert set(asked(TOWNS)) == {
        Key(RESTRAINT, "north", GROUND),
        Key(RESTRAINT, "north", MORTARS),
        Key(PASSAGE, "north"),
    }


def test_a_checkpoint_asks_for_a_passage_and_never_for_a_restraint():
    post = TOWNS.but("south-garrison", controls=False, means=frozenset({Means.CHECKPOINT}))
    assert {key for key in asked(post, "bridge-road") if key.party == "south"} == {
        Key(PASSAGE, "south")
    }


def test_control_without_means_asks_for_a_passage():
    held = TOWNS.but("south-garrison", controls=True, means=frozenset())
    assert Key(PASSAGE, "south") in asked(held, "bridge-road")


def test_means_without_control_ask_for_no_passage():
    seen = TOWNS.but("north-garrison", controls=False)
    assert Key(PASSAGE, "north") not in asked(seen)
    assert Key(RESTRAINT, "north", GROUND) in asked(seen)


def test_a_presence_threatens_what_it_touches_even_where_it_holds_nothing():
    # Bridge lies within both banks; the hill road touches the north bank only.
    assert Key(RESTRAINT, "south", GROUND) in asked(TOWNS, "bridge")
    assert Key(RESTRAINT, "south", GROUND) not in asked(TOWNS)


def test_a_presence_that_no_assessment_names_still_acts():
    planes = Presence(
        id="planes", party="south", areas=BANKS, means=frozenset({AIR}), valid=TEN_DAYS
    )
    assert asked(TOWNS.plus(planes))[Key(RESTRAINT, "south", AIR)] == FOR_EVER


def test_a_presence_acts_from_the_second_it_begins():
    coming = TOWNS.but("north-garrison", valid=Span(may(6, 10), may(10)))
    assert asked(coming)[Key(PASSAGE, "north")] == Spans.one(may(6, 10), OPEN_END)


def test_a_presence_stays_after_the_end_of_its_time():
    lapsed = TOWNS.but("north-garrison", valid=Span(may(1), may(2)))
    assert asked(lapsed)[Key(PASSAGE, "north")] == FOR_EVER


def test_a_presence_leaves_while_a_superseding_assessment_does_not_name_it():
    gone = asked(told_anew(TOWNS, "north-mortars"))
    assert gone[Key(PASSAGE, "north")] == FOR_EVER - Spans.one(may(6), may(8))
    assert gone[Key(RESTRAINT, "north", MORTARS)] == FOR_EVER


def test_a_presence_leaves_only_on_the_ground_of_the_newer_assessment():
    gone = told_anew(TOWNS)
    assert asked(gone, "bridge-road")[Key(RESTRAINT, "north", MORTARS)] == FOR_EVER


def test_an_assessment_that_supersedes_nothing_sends_nobody_away():
    beside = told_anew(TOWNS, supersedes=())
    assert asked(beside)[Key(PASSAGE, "north")] == FOR_EVER


def test_a_presence_stays_where_another_assessment_in_force_names_it():
    kept = replace(
        TOWNS.record("both-banks"),
        id="second-opinion",
        presences=("north-garrison",),
        valid=Span(may(6), may(7)),
    )
    gone = asked(told_anew(TOWNS).plus(kept))
    # Kept by the second opinion on 6 May; gone by the newer assessment on 7 May only.
    assert gone[Key(PASSAGE, "north")] == FOR_EVER - Spans.one(may(7), may(8))


def test_a_presence_leaves_only_by_direct_supersession():
    second = told_anew(TOWNS, "south-garrison")
    third = replace(
        TOWNS.record("both-banks"),
        id="third",
        presences=("south-garrison",),
        supersedes=("told-anew",),
        valid=Span(may(6), may(8)),
    )
    # The third is in force and supersedes the second; neither named the garrison of the north, so
    # nothing that is in force sends it away.
    assert asked(second.plus(third))[Key(PASSAGE, "north")] == FOR_EVER


def test_an_assessment_that_is_superseded_itself_sends_nobody_away():
    away = told_anew(TOWNS)
    back = replace(
        TOWNS.record("both-banks"),
        id="back",
        supersedes=("told-anew",),
        valid=Span(may(7), may(8)),
    )
    kept = asked(away.plus(back))[Key(PASSAGE, "north")]
    assert kept == FOR_EVER - Spans.one(may(6), may(7))


def test_two_presences_of_one_party_ask_for_one_key():
    again = replace(TOWNS.record("north-garrison"), id="patrol", valid=Span(may(-3), may(2)))
    assert asked(TOWNS.plus(again))[Key(PASSAGE, "north")] == Spans.one(may(-3), OPEN_END)


def test_ground_where_nobody_can_act_asks_for_nothing():
    empty = TOWNS.without("north-garrison", "north-mortars", "south-garrison")
    assert asked(empty) == {}
    assert empty.cover().ground(empty.on("hill-road")).assessed == NEVER  # they are still named
