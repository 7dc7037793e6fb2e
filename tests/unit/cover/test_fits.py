"""Section 6: when a good grant fits a leg and a piece of road, and which key it turns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.cover import Key
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Authority, Confirm, Direction, Disown, Movers, Purpose
from tests.worlds.two_town_papers import papers
from tests.worlds.two_towns import (
    AIR,
    BANKS,
    CONSENT,
    GROUND,
    IN,
    MORTARS,
    OUT,
    PASSAGE,
    PATRON,
    RESTRAINT,
    SPOKEN,
    TEN_DAYS,
    WHOLE_DAY,
    binds,
    may,
    said,
)

ALL = Spans.of([WHOLE_DAY.span])
AID, ANY = Purpose.AID_DELIVERY, Purpose.ANY
HUMANITARIAN, CIVILIANS = Movers.HUMANITARIAN, Movers.CIVILIANS


def passage(*, leg=IN, on="hill-road", **given):
    return SPOKEN.given("north-passage", **given).turned(PASSAGE, "north", leg=leg, on=on)


@pytest.mark.parametrize(
    ("purposes", "fits"),
    [({AID}, True), ({ANY}, True), ({Purpose.MEDICAL_SUPPLIES}, False), (set(), False)],
)
def test_a_word_fits_the_purpose_it_was_given_for(purposes, fits):
    assert bool(passage(purposes=frozenset(purposes))) is fits


@pytest.mark.parametrize(
    ("directions", "fits"),
    [
        ({Direction.IN}, True),
        ({Direction.ANY}, True),
        ({Direction.OUT}, False),
        ({Direction.THROUGH}, False),
        (set(), False),
    ],
)
def test_a_word_fits_the_direction_it_was_given_for(directions, fits):
    assert bool(passage(directions=frozenset(directions))) is fits


@pytest.mark.parametrize(
    ("for_whom", "fits"),
    [
        ({HUMANITARIAN}, True),
        ({Movers.ANYONE}, True),
        ({HUMANITARIAN, CIVILIANS}, True),
        ({CIVILIANS}, False),
        (set(), False),
    ],
)
def test_a_word_fits_the_people_it_was_given_for(for_whom, fits):
    assert bool(passage(for_whom=frozenset(for_whom))) is fits


def test_all_who_move_must_be_meant():
    mixed = replace(IN, movers=frozenset({HUMANITARIAN, CIVILIANS}))
    assert passage(leg=mixed) == NEVER
    assert passage(leg=mixed, for_whom=frozenset({HUMANITARIAN, CIVILIANS})) == ALL


def test_a_word_for_both_directions_fits_the_way_back():
    assert passage(leg=OUT) == ALL
    assert passage(leg=OUT, directions=frozenset({Direction.IN})) == NEVER


def test_a_word_covers_only_road_that_lies_within_its_areas():
    assert passage() == ALL
    assert passage(on="bridge-road") == NEVER
    assert passage(on="bridge") == ALL  # within both banks


def test_road_that_an_area_only_touches_is_not_covered():
    # The river road lies in the south up to its 4th km and in the north from there on.
    south, north = SPOKEN.network.edge_classes("river-road")
    given = SPOKEN.cover()
    assert given.turned(Key(PASSAGE, "north"), north, IN).spans == ALL
    assert given.turned(Key(PASSAGE, "north"), south, IN).spans == NEVER


def test_a_restraint_turns_the_key_of_each_of_its_means_and_no_other():
    assert SPOKEN.turned(RESTRAINT, "north", GROUND) == ALL
    assert SPOKEN.turned(RESTRAINT, "north", MORTARS) == ALL
    assert SPOKEN.turned(RESTRAINT, "north", AIR) == NEVER


def test_no_kind_stands_in_for_another():
    only = SPOKEN.without("north-restraint", "south-guarantees")
    assert only.turned(PASSAGE, "north") == ALL
    assert only.turned(RESTRAINT, "north", GROUND) == NEVER
    assert only.turned(CONSENT, "north") == NEVER


def test_no_party_stands_in_for_another():
    assert SPOKEN.turned(RESTRAINT, "south", MORTARS) == NEVER


def patrons(*relations):
    """The north's words are the patron's, about itself."""
    world = SPOKEN.plus(PATRON, *relations).but("north-guarantees", actor="patron")
    return world.but("north-passage", party="patron").but("north-restraint", party="patron")


def test_the_word_of_a_binder_turns_the_key_of_the_bound():
    assert patrons().turned(PASSAGE, "north") == NEVER
    assert patrons(binds("patron", "north", *BANKS)).turned(PASSAGE, "north") == ALL
    world = patrons(binds("patron", "north", *BANKS)).plus(*papers())
    again = world.but("north-calls", actor="patron").but("north-still", party="patron")
    assert again.verdict() == "go"


def test_a_binder_binds_only_where_and_while_the_relation_says():
    there = patrons(binds("patron", "north", "south-bank"))
    assert there.turned(RESTRAINT, "north", MORTARS, on="bridge-road") == ALL
    assert there.turned(RESTRAINT, "north", MORTARS, on="hill-road") == NEVER
    noon = binds("patron", "north", *BANKS, valid=Span(may(1), may(6, 12)))
    assert patrons(noon).turned(PASSAGE, "north") == Spans.one(may(6, 6), may(6, 12))
    expired = binds("patron", "north", *BANKS, valid=Span(may(1), may(6)))
    assert patrons(expired).turned(PASSAGE, "north") == NEVER


@pytest.mark.parametrize("at", [may(1), may(5, 12)], ids=["before it was given", "afterwards"])
def test_what_the_bound_disowns_turns_none_of_its_keys_until_the_binder_commands_it(at):
    no = said("north", at, Disown(id="no", party="north", of=("north-passage",)))
    disowned = patrons(binds("patron", "north", *BANKS)).plus(no)
    assert disowned.turned(PASSAGE, "north") == NEVER
    yes = Confirm(id="yes", party="patron", of=("north-passage",))
    for voice, spans in ((Authority.SPEAKS_FOR, NEVER), (Authority.COMMANDS, ALL)):
        again = disowned.plus(said("patron", may(5, 13), yes, authority=voice))
        assert again.turned(PASSAGE, "north") == spans


def test_a_relation_without_evidence_binds_nobody():
    rumour = binds("patron", "north", *BANKS, evidence="")
    assert patrons(rumour).turned(PASSAGE, "north") == NEVER


def test_a_relation_does_not_go_through_a_third():
    chain = (binds("patron", "south", *BANKS), binds("south", "north", *BANKS))
    assert patrons(*chain).turned(PASSAGE, "north") == NEVER


def test_the_bound_does_not_speak_for_its_binder():
    relation = binds("south", "north", *BANKS)
    assert SPOKEN.plus(relation).turned(PASSAGE, "south", on="hill-road") == NEVER


def test_a_key_is_turned_during_the_union_of_all_words_that_fit():
    morning = SPOKEN.act("north-passage").undertaking
    early = replace(WHOLE_DAY, span=Span(may(6, 4), may(6, 7)))
    spare = replace(
        SPOKEN.act("north-passage"), id="spare", undertaking=replace(morning, windows=(early,))
    )
    world = SPOKEN.plus(replace(SPOKEN.record("north-guarantees"), id="also", acts=(spare,)))
    assert world.turned(PASSAGE, "north") == Spans.one(may(6, 4), may(6, 18))


def test_road_is_open_while_it_is_assessed_and_every_key_is_turned():
    cover, movement = SPOKEN.cover(), SPOKEN.movement()
    assert cover.open_spans(SPOKEN.on("hill-road"), IN, movement) == ALL
    lapsed = SPOKEN.but("both-banks", valid=Span(may(1), may(6, 12)))
    spans = lapsed.cover().open_spans(SPOKEN.on("hill-road"), IN, movement)
    assert spans == Spans.one(may(6, 6), may(6, 12))


def test_road_where_nobody_can_act_is_open_while_it_is_assessed_and_consented():
    empty = SPOKEN.but("both-banks", presences=())
    empty = empty.without("north-garrison", "north-mortars", "south-garrison")
    spans = empty.cover().open_spans(SPOKEN.on("hill-road"), IN, SPOKEN.movement())
    assert spans == Spans.of([TEN_DAYS]) & ALL
