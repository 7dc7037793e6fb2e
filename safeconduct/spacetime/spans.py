"""Spans of time and sets of them: half-open, UTC, whole seconds.

`Span` is one unbroken stretch `[start, end)`. `Spans` is any set of instants that consists of
such stretches, kept sorted, disjoint and never touching, so that equal sets are equal values.
A span includes its start and excludes its end: two spans that touch share no instant.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from safeconduct.errors import EmptySpan, WrongField
from safeconduct.spacetime.instants import BEGINNING, OPEN_END, check_instant, utc

__all__ = ["BEGINNING", "NEVER", "OPEN_END", "Span", "Spans"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One unbroken stretch of time: `start` belongs to it, `end` does not.

    Parameters
    ----------
    start, end : UTC seconds, within [BEGINNING, OPEN_END].

    Raises
    ------
    EmptySpan : it ends before, or at the moment, it starts.
    WrongField : a bound is no whole number (a bool is none) or lies outside the calendar.

    >>> Span(9, 12).holds(Span(9, 10)), Span(9, 12).contains(12)
    (True, False)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        check_instant(self.start)
        check_instant(self.end)
        if self.start >= self.end:
            raise EmptySpan(
                f"A span from {utc(self.start)} to {utc(self.end)} holds no moment at all.",
                "Give an end that is later than the start.",
                start=self.start,
                end=self.end,
            )

    @property
    def length_s(self) -> int:
        """Its length in seconds, at least 1."""
        return self.end - self.start

    def contains(self, instant: int) -> bool:
        """Whether `instant` lies in it."""
        return self.start <= instant < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside it."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one second; touching is not enough."""
        return self.start < other.end and other.start < self.end

    def meet(self, other: Span) -> Span | None:
        """What the two share, or None."""
        if not self.overlaps(other):
            return None
        return Span(max(self.start, other.start), min(self.end, other.end))


# Which of the four states (in neither, only in a, only in b, in both) each operation keeps. None
# keeps "in neither", so a result never reaches beyond its operands.
_EITHER = (False, True, True, True)
_BOTH = (False, False, False, True)
_ONLY_FIRST = (False, True, False, False)


def _sweep(a: tuple[int, ...], b: tuple[int, ...], keeps: tuple[bool, ...]) -> tuple[int, ...]:
    """The bounds at which the wanted state begins or ends: one pass over both lists.

    After i bounds of a list we are inside one of its spans exactly when i is odd.
    """
    out: list[int] = []
    i = j = 0
    kept = False
    # A moment no operand can reach closes both lists, so that the loop needs no tail.
    a, b = (*a, OPEN_END + 1), (*b, OPEN_END + 1)
    while (now := min(a[i], b[j])) <= OPEN_END:
        i += a[i] == now
        j += b[j] == now
        if keeps[(i & 1) + 2 * (j & 1)] != kept:
            kept = not kept
            out.append(now)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Spans:
    """A set of instants: no span, one, or many; immutable, hashable, equal when the set is equal.

    Build one with `Spans.of` or `Spans.one`; the constructor takes only what is in normal form.

    Parameters
    ----------
    bounds : start, end, start, end, ... in UTC seconds, strictly rising. They are kept flat
        because sets of spans are the inner loop of cover and planning.

    Raises
    ------
    WrongField : the bounds are odd in number, do not rise strictly, or are no instants.

    >>> day = Spans.one(6, 18)
    >>> closed = Spans.of([Span(9, 12), Span(8, 10)])
    >>> (day - closed).bounds
    (6, 8, 12, 18)
    """

    bounds: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for bound in self.bounds:
            check_instant(bound)
        if len(self.bounds) % 2 or any(early >= late for early, late in pairwise(self.bounds)):
            raise WrongField(
                f"The bounds {self.bounds} are not start, end, start, end in rising order.",
                "Build the set with Spans.of, which sorts and joins spans.",
                bounds=list(self.bounds),
            )

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Self:
        """The union of `spans`, in any order; they may overlap, touch or be none at all."""
        out: list[int] = []
        for span in sorted(spans):
            if not out or span.start > out[-1]:
                out += (span.start, span.end)
            elif span.end > out[-1]:
                out[-1] = span.end
        return cls._normal(tuple(out))

    @classmethod
    def one(cls, start: int, end: int) -> Self:
        """The set with the single span `[start, end)`; EmptySpan when that holds no moment."""
        span = Span(start, end)
        return cls._normal((span.start, span.end))

    @classmethod
    def _normal(cls, bounds: tuple[int, ...]) -> Self:
        """A set from bounds that are known to be in normal form, unchecked: the hot path."""
        made = object.__new__(cls)
        object.__setattr__(made, "bounds", bounds)
        return made

    def __iter__(self) -> Iterator[Span]:
        rising = iter(self.bounds)
        return map(Span, rising, rising)

    def __len__(self) -> int:
        return len(self.bounds) // 2

    def __bool__(self) -> bool:
        return bool(self.bounds)

    def __or__(self, other: Spans) -> Spans:
        if not isinstance(other, Spans):
            return NotImplemented
        if self is other or not other.bounds:
            return self
        return Spans._normal(_sweep(self.bounds, other.bounds, _EITHER)) if self.bounds else other

    def __and__(self, other: Spans) -> Spans:
        if not isinstance(other, Spans):
            return NotImplemented
        if self is other or not self.bounds:
            return self
        if len(self.bounds) == 2:
            return other._clipped(*self.bounds)
        if len(other.bounds) <= 2:
            return self._clipped(*other.bounds) if other.bounds else other
        return Spans._normal(_sweep(self.bounds, other.bounds, _BOTH))

    def __sub__(self, other: Spans) -> Spans:
        if not isinstance(other, Spans):
            return NotImplemented
        if self is other:
            return NEVER
        if not self.bounds or not other.bounds:
            return self
        return Spans._normal(_sweep(self.bounds, other.bounds, _ONLY_FIRST))

    def contains(self, instant: int) -> bool:
        """Whether `instant` lies in one of the spans."""
        return bisect_right(self.bounds, instant) & 1 == 1

    def holds(self, span: Span) -> bool:
        """Whether every second of `span` lies in the set; one missing second is False."""
        after_start = bisect_right(self.bounds, span.start)
        return after_start & 1 == 1 and span.end <= self.bounds[after_start]

    def around(self, instant: int) -> Span | None:
        """The whole span of the set in which `instant` lies, or None."""
        after = bisect_right(self.bounds, instant)
        return Span(self.bounds[after - 1], self.bounds[after]) if after & 1 else None

    def within(self, span: Span) -> Spans:
        """The part of the set that lies inside `span`."""
        return self._clipped(span.start, span.end)

    def _clipped(self, start: int, end: int) -> Spans:
        first, last = bisect_right(self.bounds, start), bisect_left(self.bounds, end)
        head = (start,) if first & 1 else ()
        tail = (end,) if last & 1 else ()
        return Spans._normal(head + self.bounds[first:last] + tail)

    def holes(self, within: Span) -> Spans:
        """The part of `within` that the set lacks."""
        first = bisect_right(self.bounds, within.start)
        last = bisect_left(self.bounds, within.end)
        head = () if first & 1 else (within.start,)
        tail = () if last & 1 else (within.end,)
        return Spans._normal(head + self.bounds[first:last] + tail)

    def first_gap(self, span: Span) -> Span | None:
        """The earliest unbroken stretch of `span` that the set lacks, or None if it lacks none."""
        return next(iter(self.holes(span)), None)

    def longest_s(self) -> int:
        """The length of its longest span in seconds; 0 for the empty set."""
        return max((end - start for start, end in self._pairs()), default=0)

    @property
    def total_s(self) -> int:
        """The seconds of all its spans together."""
        return sum(self.bounds[1::2]) - sum(self.bounds[::2])

    def shrunk(self, head_s: int, tail_s: int) -> Spans:
        """Every span with `head_s` seconds taken off its start and `tail_s` off its end.

        Spans too short for that vanish. A column that needs `tail_s` to clear a road may enter it
        at the instants of `open_times.shrunk(0, tail_s)`, and at no others.

        Raises
        ------
        WrongField : an amount is negative; cover is never widened this way.
        """
        if head_s < 0 or tail_s < 0:
            raise WrongField(
                f"Spans cannot be shrunk by {head_s} s and {tail_s} s: an amount is negative.",
                "Give amounts of 0 seconds or more.",
                head_s=head_s,
                tail_s=tail_s,
            )
        out: list[int] = []
        for start, end in self._pairs():
            if start + head_s < end - tail_s:
                out += (start + head_s, end - tail_s)
        return Spans._normal(tuple(out))

    def _pairs(self) -> Iterator[tuple[int, int]]:
        rising = iter(self.bounds)
        return zip(rising, rising, strict=True)


#: The set without any instant.
NEVER = Spans()
