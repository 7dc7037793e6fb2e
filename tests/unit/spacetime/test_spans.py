"""Spans and sets of spans, by small numbers that can be checked by hand."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from safeconduct.errors import EmptySpan, WrongField
from safeconduct.spacetime import BEGINNING, NEVER, OPEN_END, Span, Spans


def spans(*bounds: int) -> Spans:
    """The set with these bounds, which must be in normal form."""
    return Spans(bounds)


# One span.


def test_a_span_includes_its_start_and_excludes_its_end() -> None:
    nine_to_twelve = Span(9, 12)
    assert [t for t in range(20) if nine_to_twelve.contains(t)] == [9, 10, 11]
    assert nine_to_twelve.length_s == 3


def test_spans_that_touch_share_nothing() -> None:
    assert not Span(6, 9).overlaps(Span(9, 12))
    assert Span(6, 9).meet(Span(9, 12)) is None


def test_spans_meet_in_what_they_share() -> None:
    assert Span(6, 10).meet(Span(9, 12)) == Span(9, 10)
    assert Span(0, 20).meet(Span(9, 12)) == Span(9, 12)


def test_a_span_holds_itself_and_what_lies_inside_but_not_one_second_more() -> None:
    assert Span(9, 12).holds(Span(9, 12))
    assert Span(9, 12).holds(Span(10, 11))
    assert not Span(9, 12).holds(Span(9, 13))
    assert not Span(9, 12).holds(Span(8, 12))


def test_spans_are_ordered_by_start_then_end() -> None:
    assert sorted([Span(3, 9), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 9)]


def test_a_span_that_ends_as_it_starts_is_refused_in_the_words_of_the_clock() -> None:
    with pytest.raises(EmptySpan) as refused:
        Span(1478242800, 1478242800)
    assert "from 2016-11-04T07:00:00Z to 2016-11-04T07:00:00Z holds no moment" in str(refused.value)
    assert "Give an end that is later" in refused.value.remedy
    assert refused.value.facts == {"start": 1478242800, "end": 1478242800}


@pytest.mark.parametrize(("start", "end"), [(False, 5), (0, 5.0), ("0", 5), (0, None)])
def test_bounds_that_are_no_whole_numbers_are_refused(start: Any, end: Any) -> None:
    with pytest.raises(WrongField, match="An instant must be a whole number of UTC seconds"):
        Span(start, end)


def test_a_span_may_reach_to_the_far_ends_and_no_further() -> None:
    assert Span(BEGINNING, OPEN_END).contains(0)
    with pytest.raises(WrongField, match="outside the calendar"):
        Span(0, OPEN_END + 1)


def test_a_span_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Span(1, 2).start = 0  # type: ignore[misc]


# Sets of spans: building.


def test_spans_in_any_order_are_sorted_and_joined_where_they_overlap_or_touch() -> None:
    made = Spans.of([Span(9, 12), Span(1, 3), Span(8, 10), Span(3, 4), Span(9, 10)])
    assert made.bounds == (1, 4, 8, 12)


def test_a_set_may_be_built_from_nothing_and_is_then_never() -> None:
    assert Spans.of([]) == NEVER
    assert not NEVER
    assert len(NEVER) == 0


def test_a_set_of_one_span_refuses_an_empty_one() -> None:
    assert Spans.one(2, 5).bounds == (2, 5)
    with pytest.raises(EmptySpan, match="holds no moment"):
        Spans.one(5, 2)


@pytest.mark.parametrize("bounds", [(1,), (1, 1), (3, 2), (1, 4, 4, 6), (1, 4, 3, 6), (1, 2, 3)])
def test_bounds_outside_the_normal_form_are_refused(bounds: tuple[int, ...]) -> None:
    with pytest.raises(WrongField, match=r"not start, end, .* in rising order.*Spans\.of"):
        Spans(bounds)


def test_bounds_that_are_no_instants_are_refused() -> None:
    with pytest.raises(WrongField, match="of type float"):
        Spans((1, 2.5))  # type: ignore[arg-type]


def test_equal_sets_are_equal_values_with_equal_hashes() -> None:
    one, other = Spans.of([Span(1, 3), Span(3, 5)]), Spans.one(1, 5)
    assert one == other
    assert hash(one) == hash(other)


def test_a_set_gives_its_spans_in_order() -> None:
    assert list(spans(1, 3, 7, 8)) == [Span(1, 3), Span(7, 8)]
    assert len(spans(1, 3, 7, 8)) == 2


# Sets of spans: the three operations.


def test_union_joins_what_touches() -> None:
    assert spans(1, 3, 8, 9) | spans(3, 5) == spans(1, 5, 8, 9)


def test_intersection_of_touching_sets_is_never() -> None:
    assert spans(1, 3, 8, 9) & spans(3, 8, 9, 11) == NEVER


def test_intersection_keeps_what_both_hold() -> None:
    # 2-3 from the first spans, 8-9 from the second: nothing else is in both.
    assert spans(1, 3, 7, 9) & spans(2, 5, 8, 12) == spans(2, 3, 8, 9)


def test_minus_cuts_holes_and_trims_ends() -> None:
    assert spans(6, 18) - spans(0, 7, 9, 12, 17, 20) == spans(7, 9, 12, 17)


def test_a_set_minus_itself_is_never() -> None:
    made = spans(1, 3, 7, 9)
    assert made - made == NEVER
    assert made - spans(1, 3, 7, 9) == NEVER


def test_never_changes_nothing_and_meets_nothing() -> None:
    made = spans(1, 3, 7, 9)
    assert (made | NEVER) is made
    assert (NEVER | made) is made
    assert (made - NEVER) is made
    assert made & NEVER == NEVER == NEVER & made
    assert NEVER - made == NEVER


def test_the_operations_reach_to_the_far_ends() -> None:
    always = Spans.one(BEGINNING, OPEN_END)
    assert always - spans(3, 5) == spans(BEGINNING, 3, 5, OPEN_END)
    assert (always - spans(3, 5)) | spans(3, 5) == always


@pytest.mark.parametrize("operation", ["__or__", "__and__", "__sub__"])
def test_the_operations_know_only_sets(operation: str) -> None:
    assert getattr(spans(1, 3), operation)(Span(1, 3)) is NotImplemented


# Sets of spans: questions.


def test_a_set_holds_a_span_only_when_no_second_is_missing() -> None:
    made = spans(1, 5, 6, 9)
    assert made.holds(Span(1, 5))
    assert made.holds(Span(6, 8))
    assert not made.holds(Span(4, 7))  # second 5 is missing
    assert not made.holds(Span(0, 2))
    assert not NEVER.holds(Span(1, 2))


def test_a_set_contains_the_starts_and_not_the_ends() -> None:
    made = spans(1, 3, 6, 7)
    assert [t for t in range(9) if made.contains(t)] == [1, 2, 6]


def test_around_gives_the_whole_span_or_none() -> None:
    made = spans(1, 3, 6, 9)
    assert made.around(6) == Span(6, 9)
    assert made.around(8) == Span(6, 9)
    assert made.around(3) is None
    assert made.around(9) is None


def test_within_clips_at_both_ends() -> None:
    assert spans(1, 5, 6, 9, 12, 13).within(Span(3, 8)) == spans(3, 5, 6, 8)
    assert spans(1, 5).within(Span(2, 4)) == spans(2, 4)
    assert spans(1, 5).within(Span(5, 9)) == NEVER


def test_holes_are_what_is_missing_inside() -> None:
    made = spans(1, 5, 6, 9)
    assert made.holes(Span(0, 12)) == spans(0, 1, 5, 6, 9, 12)
    assert made.holes(Span(1, 9)) == spans(5, 6)
    assert made.holes(Span(2, 4)) == NEVER
    assert NEVER.holes(Span(2, 4)) == spans(2, 4)


def test_the_first_gap_is_the_earliest_hole_or_none() -> None:
    made = spans(1, 5, 6, 9)
    assert made.first_gap(Span(2, 20)) == Span(5, 6)
    assert made.first_gap(Span(1, 5)) is None


def test_longest_and_total_are_counted_in_seconds() -> None:
    made = spans(1, 5, 6, 9)
    assert made.longest_s() == 4
    assert made.total_s == 4 + 3
    assert NEVER.longest_s() == NEVER.total_s == 0


def test_shrinking_takes_off_both_ends_and_drops_what_is_too_short() -> None:
    # 0-10 becomes 2-7; 20-25 would be 22-22, which holds no moment.
    assert spans(0, 10, 20, 25).shrunk(2, 3) == spans(2, 7)
    assert spans(0, 10).shrunk(0, 0) == spans(0, 10)


@pytest.mark.parametrize("amounts", [(-1, 0), (0, -1)])
def test_shrinking_never_widens(amounts: tuple[int, int]) -> None:
    with pytest.raises(WrongField, match=r"cannot be shrunk by .*: an amount is negative"):
        spans(0, 10).shrunk(*amounts)
