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

__all__ = ["Asking", "Chart", "Sets"]

Numbers: TypeAlias = "NDArray[np.int64]"
Octets: TypeAlias = "NDArray[np.uint8]"
Sets: TypeAlias = tuple[frozenset[str], ...]
"""Sets of areas of which a class must lie within one each."""

#: How many answers are kept; what is asked again and again are the words of a few dozen keys.
_KEPT = 2_000


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
class Chart:
    """Every class of road, and the keys that it asks for.

    Parameters
    ----------
    spans : different sets of spans, which the others number.
    ground : of each class, when it is assessed, its consent holder known and no hazard there; (C,).
    askings : one for every key that some class asks for.
    """

    classes: tuple[RoadClass, ...]
    spans: tuple[Spans, ...]
    ground: Numbers
    askings: tuple[Asking, ...]
    _inside: dict[tuple[Sets, ...], Octets] = field(default_factory=dict)
    _bundled: list[tuple[object, Numbers, Numbers]] = field(default_factory=list)

    @classmethod
    def of(cls, classes: tuple[RoadClass, ...], surveyor: Surveyor) -> Chart:
        """The chart of these classes, read by a surveyor."""
        number = {NEVER: 0}
        ground = np.zeros(len(classes), np.int64)
        asked: dict[Key, Numbers] = {}
        for n, (touched, within) in enumerate(classes):
            found = surveyor.ground(touched, within)
            spans = found.assessed & found.holder_known
            for _, closed in found.hazards:
                spans = spans - closed
            ground[n] = number.setdefault(spans, len(number))
            for key, when in (*found.asked, *found.consents):
                if key not in asked:
                    asked[key] = np.zeros(len(classes), np.int64)
                asked[key][n] = number.setdefault(when, len(number))
        return cls(classes, tuple(number), ground, tuple(_askings(asked)))

    def lying(self, sets: Sets) -> NDArray[np.bool_]:
        """Which classes lie within some area of each of these sets; shape (C,)."""
        return np.array([all(within & areas for areas in sets) for _, within in self.classes])

    def codes(self, words: tuple[Sets, ...]) -> Octets:
        """Which of some words reach each class, as bits: eight words to a row, least first.

        A word reaches the classes that lie within some area of each of its sets.
        """
        if words not in self._inside:
            if len(self._inside) > _KEPT:
                self._inside.clear()
            rows = [self.lying(sets) for sets in words]
            self._inside[words] = np.packbits(np.array(rows), axis=0, bitorder="little")
        return self._inside[words]

    def bundled(self, bundles: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
        """Where each bundle begins, and the classes of all of them one after the other."""
        if not self._bundled or self._bundled[0][0] is not bundles:
            first = np.zeros(len(bundles), np.int64)
            np.cumsum([len(bundle) for bundle in bundles[:-1]], out=first[1:])
            flat = np.array([cls for bundle in bundles for cls in bundle], np.int64)
            self._bundled[:] = [(bundles, first, flat)]
        return self._bundled[0][1:]


def _askings(asked: Mapping[Key, Numbers]) -> Iterator[Asking]:
    """Every key with the times at which it is asked, as numbers of sets of spans by class."""
    first: dict[bytes, int] = {}
    for number, (key, numbers) in enumerate(asked.items()):
        spans, when = np.unique(numbers, return_inverse=True)
        yield Asking(key, tuple(spans.tolist()), when, first.setdefault(numbers.tobytes(), number))
