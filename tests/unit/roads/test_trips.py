"""When a chain of runs can begin: small sums by hand, and brute force over every second."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from safeconduct.errors import WrongField
from safeconduct.roads.kernels import Compiled
from safeconduct.roads.reference import Reference
from safeconduct.roads.search import WAIT, Gates, Hop, Limits, Stopped
from safeconduct.roads.trips import Departures, Run, departures
from tests.worlds.chains import Chain, brute_departures, faults, random_chain
from tests.worlds.timed import ways_of_arcs

#: A--B--C, 10 s and 20 s; the second edge is open from 100 to 200, B and C always.
A, B, C = 0, 1, 2
ARCS = [(A, B, 10, 0, 0), (B, A, 10, 0, 0), (B, C, 20, 1, 1), (C, B, 20, 1, 1)]
GATES = Gates.of([[(0, 1000)], [(100, 200)]])


def ways(*, b: int = 0):
    return ways_of_arcs(ARCS, [0, 0, 0], [0, b, 0])


def round_trip(*, b: int = 0, service_s: int = 30) -> tuple[Run, Run]:
    """To C, unload, and home again."""
    roads = ways(b=b)
    return Run(roads, GATES, (A,), (C,), service_s), Run(roads, GATES, (C,), (A,))


def leave(runs: tuple[Run, ...], kernel=None, **limits: int) -> Departures:
    return departures(
        kernel or Reference(), runs, earliest=0, latest=1000, limits=Limits(until=0, **limits)
    )


def test_one_run_can_begin_whenever_the_gate_is_met():
    # B is left from 100 to 180, so A from 90 to 170.
    assert leave((Run(ways(), GATES, (A,), (C,)),)).spans == ((90, 170),)


def test_a_round_trip_fits_in_the_window_with_its_service():
    # There by 120 at the soonest; back into the edge by 180, so at C by 150, so A by 120.
    assert leave(round_trip()).spans == ((90, 120),)


def test_the_service_must_fit_too():
    assert leave(round_trip(service_s=60)).spans == ((90, 90),)
    assert leave(round_trip(service_s=61)).spans == ()


def test_the_service_lies_in_one_span_of_the_end():
    roads = ways_of_arcs(ARCS, [0, 0, 2], [0, 0, 0])
    gates = Gates.of([[(0, 1000)], [(100, 200)], [(0, 139), (140, 1000)]])
    out, home = Run(roads, gates, (A,), (C,), 30), Run(roads, gates, (C,), (A,))
    # Unloading begins at 120 or later, and would end by 139; or it begins at 140 or later.
    assert leave((out, home)).spans == ((110, 120),)
    assert leave((replace(out, service_s=19), home)).spans == ((90, 90), (110, 131))


def test_where_it_may_wait_it_may_leave_earlier():
    assert leave(round_trip(b=WAIT)).spans == ((0, 120),)


def test_nobody_stands_at_the_first_start():
    roads = ways_of_arcs(ARCS, [0, 0, 0], [WAIT, 0, 0])
    assert leave((Run(roads, GATES, (A,), (C,)),)).spans == ((90, 170),)


def test_the_trip_of_a_departure_is_told_hop_by_hop():
    out, home = leave(round_trip(b=WAIT)).trip(0)
    # Arcs in order: A-B, B-A, B-C, C-B. It stands at B from 10 until the edge opens at 100.
    assert out == (Hop(0, 0, 10), Hop(2, 100, 120))
    assert home == (Hop(3, 150, 170), Hop(1, 170, 180))


def test_no_trip_departs_outside_the_spans():
    with pytest.raises(WrongField, match=r"No trip departs at 121; there are 1 spans"):
        leave(round_trip()).trip(121)


def test_what_was_not_scanned_changes_nothing():
    gates = Gates.of([[(0, 1000)], [], [(0, 50)]])
    roads = ways_of_arcs([*ARCS, (C, B, 5, 2, 2)], [0, 0, 0], [0, 0, 0])
    found = leave((Run(roads, gates, (A,), (C,)), Run(roads, gates, (C,), (A,))))
    assert found.spans == ()
    # The edge to C is shut, so nothing that leaves C was looked at, nor anything of the way home.
    assert [rows.tolist() for rows in found.scanned] == [[0, 1], []]


@pytest.mark.parametrize("seed", range(60))
def test_scanned_rows_hold_all_that_matters(seed):
    chain = random_chain(random.Random(seed), waiting=True)
    found = solve(chain, Reference(), u_turns=True)
    opened = []
    for run, scanned in zip(chain.runs, found.scanned, strict=True):
        rows = run.gates.rows()
        for number in set(range(len(rows))) - set(scanned.tolist()):
            rows[number] = [(-1000, 1000)]
        opened.append(replace(run, gates=Gates.of(rows)))
    again = solve(replace(chain, runs=tuple(opened)), Reference(), u_turns=True)
    assert again.spans == found.spans


def test_a_driving_cap_is_said():
    found = leave(round_trip(b=WAIT), driving_s=25)
    assert found.spans == ()
    assert Stopped.DRIVING_TIME in found.stopped


def solve(chain: Chain, kernel, *, u_turns: bool) -> Departures:
    limits = Limits(until=0, u_turns=u_turns)
    span = {"earliest": chain.earliest, "latest": chain.latest}
    return departures(kernel, chain.runs, **span, limits=limits)


@pytest.mark.parametrize("kernel", [Reference(), Compiled()], ids=["reference", "compiled"])
@pytest.mark.parametrize("seed", range(50))
def test_departures_equal_brute_force_and_every_trip_can_be_driven(kernel, seed):
    chain = random_chain(random.Random(seed), waiting=seed % 3 != 0, column_s=seed % 4)
    for u_turns in (True, False):
        found = solve(chain, kernel, u_turns=u_turns)
        moments = {at for opens, closes in found.spans for at in range(opens, closes + 1)}
        every = brute_departures(chain, u_turns=u_turns)
        assert moments <= every
        assert found.stopped or moments == every
        assert not (u_turns and found.stopped)
        for at in moments:
            assert faults(chain, at, found.trip(at), u_turns=u_turns) == []


def test_the_oracle_sees_what_is_wrong_with_a_trip():
    runs = round_trip(b=WAIT)
    chain = Chain(runs, 0, 1000)
    good = leave(runs).trip(0)
    assert faults(chain, 0, good, u_turns=False) == []
    (first, second), home = good
    wrong = {
        "begins at": ((second,), home),
        "does not go on": ((first, home[0]), home),
        "takes another time": ((replace(first, arrive=11), second), home),
        "not open throughout": ((first, replace(second, enter=99, arrive=119)), home),
        "no service from which the rest": ((first, second), (replace(home[0], enter=151), home[1])),
        "ends at": ((first,), home),
    }
    for words, trip in wrong.items():
        assert words in " ".join(faults(chain, 0, trip, u_turns=False))


def test_the_reversed_ways_know_which_arc_is_which():
    roads = ways()
    turned, numbers = roads.turned()
    tails = np.repeat(np.arange(3), np.diff(roads.first))
    assert (turned.head == tails[numbers]).all()
    assert (turned.seconds == roads.seconds[numbers]).all()
    assert roads.reversed() is turned
