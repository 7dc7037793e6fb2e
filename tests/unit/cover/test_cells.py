"""Sets of spans as bits: cut where something changes, clipped to the horizon, and back."""

import random
from itertools import pairwise

import numpy as np
import pytest

from safeconduct.cover import cells as cells_module
from safeconduct.cover.cells import Cells, kinds_of
from safeconduct.spacetime import NEVER, OPEN_END, Span, Spans

HORIZON = Span(100, 900)


def spans(*pairs):
    return Spans.of(Span(*pair) for pair in pairs)


def back(cells, rows):
    """The rows as sets of spans."""
    found = [[] for _ in rows]
    for row, start, end in zip(*(part.tolist() for part in cells.spans(rows)), strict=True):
        found[row].append(Span(start, end))
    return [Spans.of(each) for each in found]


def test_time_is_cut_where_a_set_begins_or_ends_inside_the_horizon():
    cells = Cells.of(HORIZON, [spans((50, 200), (300, 950)), spans((200, 400)), NEVER])
    assert cells.edges.tolist() == [100, 200, 300, 400, 900]


def test_a_row_has_a_bit_for_each_cell_that_the_set_holds():
    sets = [spans((50, 200), (300, 950)), spans((200, 400)), NEVER, spans((0, OPEN_END))]
    cells = Cells.of(HORIZON, sets)
    # Cells 100-200, 200-300, 300-400, 400-900, the least bit first.
    assert cells.bits(sets).tolist() == [[0b1101], [0b0110], [0], [0b1111]]


def test_what_lies_outside_the_horizon_is_not_there():
    outside = [spans((0, 100), (900, 1_000)), spans((20, 30))]
    assert Cells.of(HORIZON, outside).bits(outside).tolist() == [[0], [0]]


@pytest.mark.parametrize("cells_there", [1, 2, 63, 64, 65, 127, 128, 129, 300])
def test_bits_give_back_the_sets_that_they_were_made_of(cells_there):
    rng = random.Random(cells_there)
    edges = sorted(rng.sample(range(100, 901), cells_there + 1))
    horizon = Span(edges[0], edges[-1])
    sets = [NEVER, spans((edges[0], edges[-1])), spans((edges[-2], edges[-1]))]
    sets += [
        Spans.of(Span(a, b) for a, b in pairwise(edges) if rng.random() < share)
        for share in (0.1, 0.5, 0.9)
    ]
    cells = Cells(np.array(edges, np.int64))
    assert back(cells, cells.bits(sets)) == sets
    assert back(Cells.of(horizon, sets), Cells.of(horizon, sets).bits(sets)) == sets


def test_union_and_intersection_are_those_of_the_bits():
    one, other = spans((100, 300), (500, 700)), spans((200, 600))
    cells = Cells.of(HORIZON, [one, other])
    a, b = cells.bits([one, other])
    assert back(cells, np.array([a | b, a & b, a & ~b])) == [one | other, one & other, one - other]


def test_no_set_at_all_gives_no_row():
    cells = Cells.of(HORIZON, [])
    assert cells.edges.tolist() == [100, 900]
    assert cells.bits([]).shape == (0, 1)
    assert back(cells, cells.bits([])) == []


def found_again(rows):
    """How many are kept, after each row was found among them."""
    kept, kinds = kinds_of(rows)
    assert kept[kinds].tolist() == rows.tolist()
    return len(kept)


def test_of_rows_that_are_alike_one_is_kept():
    rows = np.array([[5, 1], [0, 7], [5, 1], [0, 7], [7, 0]], np.uint64)
    assert found_again(rows) == 3
    assert found_again(rows[:0]) == 0


def test_rows_that_share_a_slot_are_told_apart(monkeypatch):
    rng = np.random.default_rng(7)
    rows = rng.integers(0, 2**63, (50, 3), dtype=np.uint64)[rng.integers(0, 50, 400)]
    assert found_again(rows) == 50
    monkeypatch.setattr(cells_module, "_SLOTS", 1)  # two slots for fifty kinds
    assert 50 <= found_again(rows) <= 400


def test_rows_of_which_the_same_number_is_made_are_told_apart():
    # The number is the sum of word n times the golden number to the n: g * g of either row.
    golden = 0x9E3779B97F4A7C15
    assert found_again(np.array([[golden, 0], [0, 1], [golden, 0]], np.uint64)) >= 2
