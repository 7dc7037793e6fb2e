"""The table of parties against hours: one cell an hour, bound only when all of it is."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from safeconduct.app.assess import Answer, assess
from safeconduct.app.opening import open_case
from safeconduct.cli.hours import hours_table
from safeconduct.planning import Bound
from safeconduct.spacetime import Span, Spans
from tests.unit.app.folders import TWO_TOWNS

HOUR = 3600
# 6 May 2030, 08:00 UTC: one hour before the column leaves.
EIGHT = 1904284800
NONE = Spans.of([])


def hours(start: int, end: int) -> Span:
    """From one hour of that day to another, UTC."""
    return Span(EIGHT + (start - 8) * HOUR, EIGHT + (end - 8) * HOUR)


@pytest.fixture(scope="module")
def answer() -> Answer:
    return assess(open_case(str(TWO_TOWNS)), at="2030-05-06T07:30:00Z")


def shown(answer: Answer) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=80, highlight=False).print(hours_table(answer))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def row(answer: Answer, **spans: Spans) -> str:
    """The cells of one row that has these spans, in a table from 8 to 14."""
    fields = {"bound": NONE, "partly": NONE, "offered": NONE} | spans
    one = Bound(party="north", what="passage", rejected_at=None, **fields)
    lines = shown(replace(answer, bound=(one,), horizon=hours(8, 14)))
    (found,) = (line for line in lines if line.startswith("  passage"))
    return found.split()[1]


def test_a_party_that_is_bound_for_the_whole_table_has_full_cells(answer: Answer) -> None:
    lines = shown(answer)
    # Seven cells from 08:00 on, the last cut off at 14:02 by the end of the table, not by a gap.
    assert [line.split()[-1] for line in lines if line.startswith("  ")][1:] == ["█" * 21] * 5


def test_the_column_is_shown_in_every_hour_that_it_touches(answer: Answer) -> None:
    (line,) = (line for line in shown(answer) if line.startswith("the column"))
    # Away from 09:00 to 13:02: five cells of three letters, one cell in.
    assert line.endswith("   " + "━" * 15) and line.count("━") == 15


def test_the_hours_stand_over_the_cells_in_the_zone_of_the_movement(answer: Answer) -> None:
    assert shown(answer)[0].split() == ["08", "09", "10", "11", "12", "13", "14"]
    kabul = replace(answer, movement=replace(answer.movement, zone="Asia/Kabul"))
    assert shown(kabul)[0].split() == ["12", "13", "14", "15", "16", "17", "18"]
    # Kabul is four and a half hours ahead: what the cells begin at stands below.
    assert shown(kabul)[-1] == "a cell is an hour, from 06 May 12:30 Asia/Kabul"


@pytest.mark.parametrize(
    ("spans", "cells"),
    [
        ({"bound": Spans.of([hours(8, 14)])}, "██████"),
        ({"bound": Spans.of([hours(9, 11)])}, "·██···"),
        ({"bound": Spans.of([Span(EIGHT + 1, EIGHT + HOUR)])}, "▒·····"),  # one second short
        ({"partly": Spans.of([hours(8, 10)]), "bound": Spans.of([hours(10, 14)])}, "▒▒████"),
        ({"offered": Spans.of([hours(8, 12)])}, "░░░░··"),
        ({"offered": Spans.of([hours(8, 14)]), "bound": Spans.of([hours(9, 10)])}, "░█░░░░"),
        ({}, "······"),
    ],
)
def test_a_cell_shows_the_most_that_holds_in_all_of_it(
    answer: Answer, spans: dict[str, Spans], cells: str
) -> None:
    assert row(answer, **spans) == "".join(cell * 3 for cell in cells)


def test_a_long_trip_has_several_hours_in_a_cell_and_says_so(answer: Answer) -> None:
    long = replace(answer, horizon=Span(EIGHT, EIGHT + 60 * HOUR))
    lines = shown(long)
    # 60 hours in at most 24 cells: three hours a cell, 20 cells.
    assert lines[-1].startswith("a cell is 3 hours, from 06 May 08:00 UTC")
    # A number over every third cell, nine hours on: 08, 17, 02 of the next day, ...
    assert lines[0].split() == ["08", "17", "02", "11", "20", "05", "14"]
    # Bound from 08:00 to 14:02, so for all of two cells and for two minutes of the third.
    assert [x.split()[-1] for x in lines if x.startswith("  ")][1:] == ["██▒" + "·" * 17] * 5


def test_a_party_is_named_once_with_the_day_of_its_refusal(answer: Answer) -> None:
    refused = tuple(
        replace(one, rejected_at=EIGHT) if one.party == "south" else one for one in answer.bound
    )
    lines = shown(replace(answer, bound=refused))
    assert lines.count("The North") == 1
    assert [line for line in lines if "South" in line] == ["The South  ✗ rejected 2030-05-06"]


def test_a_way_that_cannot_be_read_says_that_nobody_is_known_to_be_bound(answer: Answer) -> None:
    (line,) = shown(replace(answer, bound=(), bench=None))
    assert line == "Nothing on the way could be read, so nobody is known to be bound."
