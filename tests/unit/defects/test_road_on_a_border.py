"""Sections 2 to 4: what an area touches it threatens; it covers only what lies wholly within it."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.cover import Key
from safeconduct.roads import Stretch
from safeconduct.spacetime import NEVER, Spans
from tests.worlds.two_towns import GROUND, IN, MONTH, PASSAGE, RESTRAINT, TEN_DAYS, TOWNS

# The hill road is 9 km long. Its last decimetre runs along the border of the north bank: the bank
# touches it and does not hold it. So it has two pieces, one within and one only touched.
HILL = TOWNS.network.edge("hill-road")
SHORT_OF_THE_END = (Stretch("north-bank", 0, HILL.length_dm - 1),)
BORDER = replace(
    TOWNS,
    network=replace(
        TOWNS.network,
        edges=(
            *(edge for edge in TOWNS.network.edges if edge.id != "hill-road"),
            replace(HILL, within=SHORT_OF_THE_END),
        ),
    ),
)
INSIDE, ON_THE_BORDER = BORDER.network.edge_classes("hill-road")


def test_what_was_given_covers_no_road_that_its_area_only_touches():
    cover = BORDER.cover()
    for key in (Key(PASSAGE, "north"), Key(RESTRAINT, "north", GROUND)):
        assert cover.turned(key, INSIDE, IN).spans != NEVER
        assert cover.turned(key, ON_THE_BORDER, IN).spans == NEVER


def test_an_assessment_says_nothing_of_road_that_its_area_only_touches():
    cover = BORDER.cover()
    assert cover.ground(INSIDE).assessed == Spans.of([TEN_DAYS])
    assert cover.ground(ON_THE_BORDER).assessed == NEVER


def test_a_party_asks_for_its_keys_on_road_that_its_area_only_touches():
    asked = dict(BORDER.cover().ground(ON_THE_BORDER).asked)
    assert {Key(PASSAGE, "north"), Key(RESTRAINT, "north", GROUND)} <= set(asked)


def test_consent_is_needed_on_road_that_its_area_only_touches():
    assert BORDER.cover().ground(ON_THE_BORDER).holder_known == Spans.of([MONTH])


def test_one_decimetre_that_nothing_covers_makes_no_go():
    failing = BORDER.failing()
    assert {("A1", "NOT-ASSESSED"), ("A1", "PASSAGE-MISSING")} <= failing
    missing = next(f for f in BORDER.findings("A1") if f.code == "PASSAGE-MISSING")
    # Driven there and back: the same decimetre, named once.
    assert {(s.name, s.start_dm, s.end_dm) for s in missing.place} == {
        ("hill-road", HILL.length_dm - 1, HILL.length_dm)
    }
