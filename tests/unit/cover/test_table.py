"""Gates from open spans: smaller by the column, joined for every edge, narrower at a crossing."""

from dataclasses import replace

import numpy as np
import pytest

from safeconduct.cover.keys import LegProfile
from safeconduct.cover.table import Table, table
from safeconduct.errors import WrongField
from safeconduct.roads.dividing import division_of
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Crossing, CrossingOpen
from tests.worlds.two_towns import TOWNS, may

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
