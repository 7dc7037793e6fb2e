"""Law 6: one second that is missing at either end is missing."""

from __future__ import annotations

from safeconduct.spacetime import Span, Spans

OPEN = Spans.of([Span(10, 20), Span(30, 40)])


def test_a_set_lacks_what_reaches_one_second_beyond_it():
    assert OPEN.holds(Span(10, 20))
    assert not OPEN.holds(Span(10, 21))
    assert not OPEN.holds(Span(9, 20))
    assert not OPEN.holds(Span(30, 41))


def test_a_gap_of_one_second_is_a_gap():
    nearly = Spans.of([Span(10, 20), Span(21, 40)])
    assert not nearly.holds(Span(10, 40))
    assert nearly.first_gap(Span(10, 40)) == Span(20, 21)
