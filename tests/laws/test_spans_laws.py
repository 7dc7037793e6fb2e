"""The algebra of spans, against plain sets of whole numbers that spell out every second."""

from __future__ import annotations

import os
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.spacetime import NEVER, Span, Spans

LAST = 40  # small enough to spell out, large enough for several spans beside one another

examples = settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "200")), deadline=None)
single = st.tuples(st.integers(0, LAST - 1), st.integers(1, LAST)).map(
    lambda pair: Span(min(pair[0], pair[1] - 1), max(pair[0] + 1, pair[1]))
)
sets = st.lists(single, max_size=6).map(Spans.of)


def seconds(of: Spans | Span | None) -> set[int]:
    """Every second of a span or a set, spelt out."""
    if of is None:
        return set()
    spans = [of] if isinstance(of, Span) else list(of)
    return {t for span in spans for t in range(span.start, span.end)}


@examples
@given(st.lists(single, max_size=8), st.randoms(use_true_random=False))
def test_a_set_is_the_union_of_its_spans_in_whatever_order(
    spans: list[Span], order: Random
) -> None:
    shuffled = spans[:]
    order.shuffle(shuffled)
    assert seconds(Spans.of(spans)) == set().union(*map(seconds, spans))
    assert Spans.of(shuffled + spans) == Spans.of(spans)


@examples
@given(sets, sets)
def test_the_operations_do_with_spans_what_they_do_with_seconds(a: Spans, b: Spans) -> None:
    assert seconds(a | b) == seconds(a) | seconds(b)
    assert seconds(a & b) == seconds(a) & seconds(b)
    assert seconds(a - b) == seconds(a) - seconds(b)


@examples
@given(sets, sets)
def test_every_result_is_in_normal_form(a: Spans, b: Spans) -> None:
    for result in (a | b, a & b, a - b):
        # The constructor refuses any other form.
        assert Spans(result.bounds) == result


@examples
@given(sets, sets)
def test_sets_with_the_same_seconds_are_equal(a: Spans, b: Spans) -> None:
    assert (a == b) == (seconds(a) == seconds(b))
    assert a != b or hash(a) == hash(b)


@examples
@given(sets, sets, sets)
def test_the_laws_of_sets_hold(a: Spans, b: Spans, c: Spans) -> None:
    assert a | b == b | a
    assert a & b == b & a
    assert (a | b) | c == a | (b | c)
    assert (a & b) & c == a & (b & c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a - (b | c) == (a - b) & (a - c)
    assert a - (b & c) == (a - b) | (a - c)
    assert (a - b) | (a & b) == a
    assert (a - b) & b == NEVER


@examples
@given(sets, single)
def test_what_is_inside_and_what_is_missing_make_up_the_whole(a: Spans, whole: Span) -> None:
    inside, missing = a.within(whole), a.holes(whole)
    assert seconds(inside) == seconds(a) & seconds(whole)
    assert seconds(missing) == seconds(whole) - seconds(a)
    assert a.holds(whole) == (missing == NEVER)
    assert a.first_gap(whole) == next(iter(missing), None)
    assert Spans(inside.bounds) | Spans(missing.bounds) == Spans.one(whole.start, whole.end)


@examples
@given(sets, st.integers(-1, LAST + 1))
def test_an_instant_lies_in_the_set_exactly_when_a_span_is_around_it(a: Spans, t: int) -> None:
    around = a.around(t)
    assert a.contains(t) == (t in seconds(a)) == (around is not None)
    assert around is None or (around in list(a) and around.contains(t))


@examples
@given(single, single)
def test_two_spans_meet_in_the_seconds_they_share(a: Span, b: Span) -> None:
    assert seconds(a.meet(b)) == seconds(a) & seconds(b)
    assert a.overlaps(b) == bool(seconds(a) & seconds(b))
    assert a.holds(b) == (seconds(b) <= seconds(a))


@examples
@given(sets, st.integers(0, 6), st.integers(0, 6))
def test_a_shrunk_set_keeps_the_seconds_with_enough_time_before_and_after(
    a: Spans, head_s: int, tail_s: int
) -> None:
    every = seconds(a)
    kept = {t for t in every if every.issuperset(range(t - head_s, t + tail_s + 1))}
    assert seconds(a.shrunk(head_s, tail_s)) == kept


@examples
@given(sets)
def test_lengths_are_counts_of_seconds(a: Spans) -> None:
    assert a.total_s == len(seconds(a)) == sum(span.length_s for span in a)
    assert a.longest_s() == max((span.length_s for span in a), default=0)
    assert len(a) == len(list(a))
    assert bool(a) == bool(seconds(a))
