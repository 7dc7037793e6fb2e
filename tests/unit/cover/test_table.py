"""Gates from open spans: smaller by the column, joined for every edge, narrower at a crossing."""

from dataclasses import replace

import numpy as np
import pytest

from safeconduct.cover.keys import LegProfile
from safeconduct.cover.table import Table, table
from safeconduct.errors import WrongField
from safeconduct.roads import Edge, Network, Place
from safeconduct.roads.dividing import division_of
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import (
    Crossing,
    CrossingOpen,
    Incident,
    Instrument,
    InstrumentKind,
    Means,
    NoRecentUse,
    Report,
)
from tests.worlds.two_towns import (
    AIR,
    BANKS,
    GROUND,
    MONTH,
    MORTARS,
    NOW,
    PATRON,
    TOWNS,
    binds,
    guarantee,
    may,
    restraint,
    said,
    window,
)

BRIDGE = Crossing(id="crossing", name="the bridge", place="bridge", sides=("north", "south"))


def side(name, from_hour, to_hour):
    valid = Span(may(6, from_hour), may(6, to_hour))
    return CrossingOpen(id=f"open-{name}", crossing="crossing", side=name, valid=valid)


def spans(*pairs):
    return Spans.of(Span(start, end) for start, end in pairs)


def made(*classes, bundles=((0,),), own=()):
    """A table of these classes; the rows of bundles are joined by hand."""
    rows = []
    for first, *others in bundles:
        rows.append(classes[first])
        for other in others:
            rows[-1] = rows[-1] & classes[other]
    rows += [*classes, *(found for _, found in own)]
    pairs = [(span.start, span.end) for row in rows for span in row]
    return Table(
        horizon=Span(0, 1_000),
        bundles=len(bundles),
        kinds=np.arange(len(rows)),
        first=np.cumsum([0, *map(len, rows)]),
        starts=np.array([start for start, _ in pairs], np.int64),
        ends=np.array([end for _, end in pairs], np.int64),
        nodes=tuple(node for node, _ in own),
    )


def test_a_half_open_span_ends_for_the_head_when_the_tail_must_be_clear():
    # Open [10, 50): a column of 8 s that arrives at 42 is clear at 50, as the road closes.
    assert made(spans((10, 50))).gates(column_s=8).rows()[0] == [(10, 42)]
    assert made(spans((10, 50))).gates().rows()[0] == [(10, 50)]
    assert made(spans((10, 50))).gates(early_s=5).rows()[0] == [(15, 50)]


def test_a_span_too_short_for_the_column_is_dropped():
    one = made(spans((0, 10), (20, 31)))
    assert one.gates(column_s=11).rows()[0] == [(20, 20)]
    assert one.gates(column_s=12).rows()[0] == []
    assert one.gates(early_s=6, column_s=5).rows()[0] == [(26, 26)]


def test_an_edge_is_open_while_all_its_pieces_are():
    one = made(spans((0, 40), (50, 90)), spans((10, 60)), bundles=((0,), (0, 1), (1,)))
    rows = one.gates(column_s=2).rows()
    assert rows[1] == [(10, 38), (50, 58)]
    assert rows[:3:2] == [[(0, 38), (50, 88)], [(10, 58)]]


def test_the_rows_are_bundles_then_classes_then_nodes_of_their_own():
    one = made(
        spans((0, 5)), spans((3, 9)), bundles=((0, 1),), own=((7, spans((4, 5))), (2, spans()))
    )
    assert one.gates().rows() == [[(3, 5)], [(0, 5)], [(3, 9)], [(4, 5)], []]
    assert one.own_gates == {7: 3, 2: 4}


@pytest.mark.parametrize("which", ["early_s", "column_s"])
def test_cover_is_never_widened(which):
    with pytest.raises(WrongField, match=rf"{which} = -1: cover is never widened"):
        made(spans((0, 5))).gates(**{which: -1})


DAY = Span(may(6), may(7))


def gates_of(world, horizon=DAY):
    """A world's table for its first leg, its division, and its rows without any column."""
    division = division_of(world.network)
    movement = world.movement()
    leg = LegProfile.of(movement.legs[0])
    found = table(world.cover(), division, leg, movement, horizon)
    return found, division, found.gates().rows()


def test_a_crossing_narrows_the_gate_of_its_place_and_of_no_other():
    plain, division, before = gates_of(TOWNS)
    assert (plain.own, plain.own_gates) == ((), {})
    world = TOWNS.plus(BRIDGE, side("north", 8, 12), side("south", 10, 16))
    found, _, rows = gates_of(world)
    node = [*division.graph.node_ids].index("bridge")
    assert found.own_gates == {node: len(before)}
    row = before[len(division.bundles) + division.node_class[node]]
    assert row[0][0] < may(6, 10) < may(6, 12) < row[0][1]
    assert rows == [*before, [(may(6, 10), may(6, 12))]]


def test_a_crossing_that_nobody_has_opened_shuts_its_place():
    assert gates_of(TOWNS.plus(BRIDGE))[2][-1] == []


def test_a_crossing_at_a_place_that_the_roads_do_not_have_is_said():
    found, _, _ = gates_of(TOWNS.plus(replace(BRIDGE, place="ferry")))
    assert found.own == ()
    assert found.notes == ("crossing at ferry: no place of these roads",)


def test_what_lies_outside_the_horizon_is_closed():
    wide, _, _ = gates_of(TOWNS)
    narrow, _, _ = gates_of(TOWNS, Span(may(6, 9), may(6, 10)))
    inside = Spans.one(may(6, 9), may(6, 10))
    assert narrow.classes == tuple(spans & inside for spans in wide.classes)
    assert any(narrow.classes) and narrow.classes != wide.classes


def alone(world, horizon=DAY):
    """What the cover says of each class by itself, for the first leg."""
    cover, movement = world.cover(), world.movement()
    leg = LegProfile.of(movement.legs[0])
    classes = range(len(world.network.classes))
    return tuple(cover.open_spans(cls, leg, movement).within(horizon) for cls in classes)


UNSPOKEN = TOWNS.without("south-restraint")
RADIO = Instrument(
    id="radio",
    party="south",
    means=frozenset({GROUND}),
    areas=BANKS,
    instrument=InstrumentKind.UNREACHABLE,
    reason="nobody answers",
    valid=MONTH,
    risk_owner="head of office",
    mitigation="armoured cars",
    tried="by radio, daily",
)
QUIET = NoRecentUse(
    id="quiet",
    party="south",
    means=frozenset(Means),
    areas=BANKS,
    during=Span(NOW - 7 * 86_400, NOW),
    by="analyst",
)


@pytest.mark.parametrize("means", [GROUND, MORTARS, AIR])
def test_a_risk_owner_for_one_means_says_nothing_of_another(means):
    both = frozenset({GROUND, MORTARS, AIR})
    instrument = replace(RADIO, means=frozenset({means}))
    armed = UNSPOKEN.but("south-garrison", means=both).plus(instrument, QUIET)
    found, _, _ = gates_of(armed)
    assert found.classes == alone(armed)
    south = armed.on("bridge-road")
    assert not found.classes[south]
    enough = armed.but("radio", means=both)
    assert gates_of(enough)[0].classes[south] == alone(enough)[south] != Spans()


def test_an_instrument_counts_only_on_road_where_nothing_contradicts_it():
    shots = Incident(id="shots", what="shots", at=NOW - 86_400, means=GROUND, areas=("south-bank",))
    told = said("relief", NOW, Report(id="told", party="relief", incident=shots))
    for world in (UNSPOKEN.plus(RADIO), UNSPOKEN.plus(RADIO, QUIET, told)):
        assert gates_of(world)[0].classes == alone(world)
        assert not gates_of(world)[0].classes[world.on("bridge-road")]


def test_more_words_for_one_key_than_one_octet_holds_all_count():
    # Twelve grants of an hour each for the south's restraint: together they hold all day.
    def hour(n):
        given = replace(
            restraint("south-bank", means=(GROUND,)), windows=(window(may(6, n), may(6, n + 1)),)
        )
        return said("south", NOW - n, guarantee(f"hour-{n}", "south", given))

    world = UNSPOKEN.plus(*(hour(n) for n in range(6, 18)))
    south = world.on("bridge-road")
    found = gates_of(world)[0].classes
    assert found == alone(world)
    assert found[south] == Spans.one(may(6, 6), may(6, 18))
    for n in range(6, 18):
        gap = Spans.one(may(6, n), may(6, n + 1))
        assert gates_of(world.without(f"hour-{n}"))[0].classes[south] == found[south] - gap


def test_a_changed_statement_finds_the_chart_ready_and_gets_its_own_table():
    cover, movement = TOWNS.cover(), TOWNS.movement()
    leg, division = LegProfile.of(movement.legs[0]), division_of(TOWNS.network)
    before = table(cover, division, leg, movement, DAY)
    later = cover.in_situation(UNSPOKEN.situation())
    after = table(later, division, leg, movement, DAY)
    assert later.chart is cover.chart
    assert after.classes == alone(UNSPOKEN) != before.classes == alone(TOWNS)
    # Who is on the ground is read anew.
    gone = cover.in_situation(TOWNS.without("south-garrison").situation())
    assert gone.chart is not cover.chart


def test_a_table_is_refused_for_roads_of_other_classes():
    other = division_of(Network("n", (Place("A"), Place("B")), (Edge("e", "A", "B", 9),)))
    movement = TOWNS.movement()
    leg = LegProfile.of(movement.legs[0])
    with pytest.raises(WrongField, match=r"not of the 1 of graph n.*Make the cover of the div"):
        table(TOWNS.cover(), other, leg, movement, DAY)


def patrons(*areas):
    """The north's words are the patron's own, who binds the north in these areas."""
    world = TOWNS.plus(PATRON, binds("patron", "north", *areas))
    world = world.but("north-guarantees", actor="patron")
    return world.but("north-passage", party="patron").but("north-restraint", party="patron")


FIRE = Incident(
    id="fire", what="fire", at=may(6, 9), means=MORTARS, areas=BANKS, attributed_to="north"
)


@pytest.mark.parametrize(
    "world",
    [
        patrons(*BANKS),
        patrons("south-bank"),
        patrons("north-bank"),
        patrons(*BANKS).plus(
            said("relief", may(6, 9), Report(id="r", party="relief", incident=FIRE))
        ),
        TOWNS.plus(PATRON, binds("patron", "north", *BANKS)).but(
            "north-guarantees", actor="patron"
        ),
        TOWNS.plus(PATRON, binds("patron", "north", "south-bank")).but(
            "north-guarantees", actor="patron"
        ),
    ],
    ids=[
        *("the binder's word", "not in the north", "not in the south", "the bound fires"),
        *("the binder as a voice", "a voice in the south only"),
    ],
)
def test_a_binder_counts_where_while_and_as_far_as_the_cover_says(world):
    world = world.at(may(6, 10))
    assert gates_of(world)[0].classes == alone(world)


def test_the_binders_that_are_asked_about_make_a_difference():
    found = [
        gates_of(world.at(may(6, 10)))[0].classes
        for world in (TOWNS, patrons(*BANKS), patrons("south-bank"), patrons("north-bank"))
    ]
    assert found[0] == found[1]
    assert len({*map(str, found[1:])}) == 3
