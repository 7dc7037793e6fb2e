"""What every class of road asks for, as arrays: read once, for as long as the ground is the same.

Nothing here depends on what anybody has said, so that a changed statement finds it ready.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from safeconduct.cover.keys import Key
from safeconduct.roads.network import RoadClass
from safeconduct.spacetime import NEVER, Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safeconduct.cover.ground import Surveyor

__all__ = ["Asking", "Cases", "Chart", "Sets"]

Numbers: TypeAlias = "NDArray[np.int64]"
Flags: TypeAlias = "NDArray[np.bool_]"
Sets: TypeAlias = tuple[frozenset[str], ...]
"""Sets of areas of which a class must lie within one each."""

#: How many answers are kept; what is asked again and again are the words of a few dozen keys.
_KEPT = 2_000
#: By how many words classes are told apart before these are numbered anew, of which there are at
#: most so many as there are classes: 2^4 times as many numbers are a short table.
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Asking:
    """One key, and when each class of road asks for it.

    Parameters
    ----------
    spans : the different times at which it is asked, as numbers into `Chart.spans`.
    when : of each class, a number into `spans`; shape (C,).
    like : the number of the first key that is asked at the same times on the same classes.
    """

    key: Key
    spans: tuple[int, ...]
    when: Numbers
    like: int


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Which case of one key each class of road is: when it asks, and which words reach it.

    Parameters
    ----------
    of : the case of each class; shape (C,).
    asked : of each case, when the key is asked, as a number into `Chart.spans`; shape (K,).
    parts : of each case, how many entries of `part` are its own, one after the other; at least 1.
    part : words, counted from 1; before those of every case stands a 0.
    """

    of: Numbers
    asked: Numbers
    parts: Numbers
    part: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Every class of road, and the keys that it asks for.

    Parameters
    ----------
    spans : different sets of spans, which the others number.
    ground : of each class, when it is assessed, its holder known, and nothing closes it; (C,).
    askings : one for every key that some class asks for.
    within : for every area that holds some class, which classes it holds; (C,).
    """

    classes: tuple[RoadClass, ...]
    spans: tuple[Spans, ...]
    ground: Numbers
    askings: tuple[Asking, ...]
    within: Mapping[str, Flags]
    _cases: dict[tuple[int, tuple[Sets, ...]], Cases] = field(default_factory=dict)
    _bundled: list[tuple[object, Numbers, tuple[Numbers, ...]]] = field(default_factory=list)

    @classmethod
    def of(cls, classes: tuple[RoadClass, ...], surveyor: Surveyor) -> Chart:
        """The chart of these classes, read by a surveyor."""
        number = {NEVER: 0}
        ground = np.zeros(len(classes), np.int64)
        asked: dict[Key, Numbers] = {}
        holds: dict[str, Flags] = {}
        for n, (touched, within) in enumerate(classes):
            found = surveyor.ground(touched, within)
            spans = found.assessed & found.holder_known
            for _, closed in (*found.hazards, *found.closures):
                spans = spans - closed
            ground[n] = number.setdefault(spans, len(number))
            for key, when in (*found.asked, *found.consents):
                if key not in asked:
                    asked[key] = np.zeros(len(classes), np.int64)
                asked[key][n] = number.setdefault(when, len(number))
            for area in within:
                if area not in holds:
                    holds[area] = np.zeros(len(classes), np.bool_)
                holds[area][n] = True
        return cls(classes, tuple(number), ground, tuple(_askings(asked)), holds)

    def lying(self, sets: Sets) -> Flags:
        """Which classes lie within some area of each of these sets; shape (C,)."""
        found = np.ones(len(self.classes), np.bool_)
        nowhere = np.zeros(len(self.classes), np.bool_)
        for areas in sets:
            some = nowhere.copy()
            for area in areas:
                some |= self.within.get(area, nowhere)
            found &= some
        return found

    def cases(self, asking: Asking, words: tuple[Sets, ...]) -> Cases:
        """The cases that there are of a key's times and of the words that reach a class.

        A word reaches the classes that lie within some area of each of its sets.
        """
        wanted = asking.like, words
        if wanted not in self._cases:
            if len(self._cases) > _KEPT:
                self._cases.clear()
            self._cases[wanted] = self._told_apart(asking, words)
        return self._cases[wanted]

    def _told_apart(self, asking: Asking, words: tuple[Sets, ...]) -> Cases:
        of = asking.when
        reached = np.array([self.lying(sets) for sets in words], np.bool_)
        reached = reached.reshape(len(words), len(of))
        for few in range(0, len(words), _AT_ONCE):
            for row in reached[few : few + _AT_ONCE]:
                of = 2 * of + row
            of = _renumbered(of)
        first = np.zeros(of.max(initial=-1) + 1, np.int64)
        first[of] = np.arange(len(of))
        reaching = np.ones((len(first), 1 + len(words)), np.bool_)
        reaching[:, 1:] = reached[:, first].T
        spans = np.array(asking.spans, np.int64)
        parts = np.count_nonzero(reaching, axis=1)
        return Cases(of, spans[asking.when[first]], parts, np.nonzero(reaching)[1])

    def bundled(self, bundles: Sequence[Sequence[int]]) -> tuple[Numbers, tuple[Numbers, ...]]:
        """Where each bundle stands when they are sorted by size, and their classes so sorted.

        Of the classes the first array has the first of every bundle, the largest bundle before
        the others; the second array the second of those that have two; and so on.
        """
        if not self._bundled or self._bundled[0][0] is not bundles:
            sizes = np.array([len(bundle) for bundle in bundles], np.int64)
            order = np.argsort(-sizes, kind="stable")
            place = np.empty_like(order)
            place[order] = np.arange(len(order))
            deep = [
                np.array([bundles[n][depth] for n in order if sizes[n] > depth], np.int64)
                for depth in range(sizes.max(initial=0))
            ]
            self._bundled[:] = [(bundles, place, tuple(deep))]
        return self._bundled[0][1:]


def _renumbered(numbers: Numbers) -> Numbers:
    """The same numbers told apart by 0, 1, 2 and so on, with none left out."""
    there = np.zeros(numbers.max(initial=-1) + 1, np.bool_)
    there[numbers] = True
    return (np.cumsum(there) - 1)[numbers]


def _askings(asked: Mapping[Key, Numbers]) -> Iterator[Asking]:
    """Every key with the times at which it is asked, as numbers of sets of spans by class."""
    first: dict[bytes, int] = {}
    for number, (key, numbers) in enumerate(asked.items()):
        spans, when = np.unique(numbers, return_inverse=True)
        yield Asking(key, tuple(spans.tolist()), when, first.setdefault(numbers.tobytes(), number))
