"""What every class of road asks for, as arrays: read once, for as long as the ground is the same.

Nothing here depends on what anybody has said, so that a changed statement finds it ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from safeconduct.cover.keys import Key
from safeconduct.roads.network import RoadClass
from safeconduct.spacetime import Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safeconduct.cover.ground import Surveyor

__all__ = ["Chart"]

Numbers: TypeAlias = "NDArray[np.int64]"


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Every class of road, and the keys that it asks for.

    An *asking* is one key on one class. Class `c` has the askings `first[c]` up to `first[c + 1]`.

    Parameters
    ----------
    spans : different sets of spans; the next two are numbers into it.
    ground : of each class, when it is assessed, its consent holder known and no hazard there.
    asked : of each asking, when the key is asked.
    keys : every key that some class asks for.
    askings : of each key, the asking on every class, -1 where it asks for none; shape (K, C).
    """

    classes: tuple[RoadClass, ...]
    spans: tuple[Spans, ...]
    ground: Numbers
    first: Numbers
    asked: Numbers
    keys: tuple[Key, ...]
    askings: NDArray[np.int32]
    _inside: dict[frozenset[str], Numbers] = field(default_factory=dict)
    _bundled: dict[int, tuple[object, Numbers, Numbers]] = field(default_factory=dict)

    @classmethod
    def of(cls, classes: tuple[RoadClass, ...], surveyor: Surveyor) -> Chart:
        """The chart of these classes, read by a surveyor."""
        number: dict[Spans, int] = {}
        keys: dict[Key, int] = {}
        ground, asked = [], []
        first = [0]
        rows: list[tuple[int, int]] = []
        for touched, within in classes:
            found = surveyor.ground(touched, within)
            spans = found.assessed & found.holder_known
            for _, closed in found.hazards:
                spans = spans - closed
            ground.append(number.setdefault(spans, len(number)))
            for key, when in (*found.asked, *found.consents):
                rows.append((keys.setdefault(key, len(keys)), len(ground) - 1))
                asked.append(number.setdefault(when, len(number)))
            first.append(len(asked))
        askings = np.full((len(keys), len(classes)), -1, np.int32)
        for asking, (key_number, cls_number) in enumerate(rows):
            askings[key_number, cls_number] = asking
        return cls(
            classes,
            tuple(number),
            np.array(ground, np.int64),
            np.array(first, np.int64),
            np.array(asked, np.int64),
            tuple(keys),
            askings,
        )

    def inside(self, sets: Iterable[frozenset[str]]) -> Numbers:
        """The numbers of the classes that lie within some area of each of these sets, rising."""
        numbers: Numbers | None = None
        for areas in sets:
            if areas not in self._inside:
                self._inside[areas] = np.array(
                    [n for n, (_, within) in enumerate(self.classes) if within & areas], np.int64
                )
            here = self._inside[areas]
            numbers = here if numbers is None else np.intersect1d(numbers, here, True)
        return np.arange(len(self.classes)) if numbers is None else numbers

    def asking(self, key: int, classes: Numbers) -> Numbers:
        """The askings of a key, by its number, on these classes."""
        found = self.askings[key, classes]
        return np.asarray(found[found >= 0], np.int64)

    def bundled(self, bundles: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
        """Where each bundle begins, and the classes of all of them one after the other."""
        known = self._bundled.get(id(bundles))
        if known is None or known[0] is not bundles:
            first = np.zeros(len(bundles), np.int64)
            np.cumsum([len(bundle) for bundle in bundles[:-1]], out=first[1:])
            flat = np.array([cls for bundle in bundles for cls in bundle], np.int64)
            known = self._bundled[id(bundles)] = (bundles, first, flat)
        return known[1], known[2]
