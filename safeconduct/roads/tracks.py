"""Ways over points, as a source draws them, before anybody has worked out where they join.

Readers give these columns and `graphing.py` takes them. A way is driven from its first point to
its last (forward) or the other way round; points that several ways name are where they join.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from safeconduct.roads.graph import Ints, Longs, Octets

__all__ = ["Flags", "Numbered", "Tracks", "Turn"]

Flags = NDArray[np.bool_]


class Turn(NamedTuple):
    """A turn that is forbidden, or the only one allowed, at a point where ways join.

    Parameters
    ----------
    from_way, to_way : numbers of ways.
    via : number of the point.
    only : who comes by `from_way` must leave by `to_way`; else must not.
    back : it forbids no more than to turn round on the spot.
    """

    from_way: int
    via: int
    to_way: int
    only: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Numbered(Sequence[str]):
    """Ids made of a letter and a number, kept as numbers.

    >>> list(Numbered("n", np.array([12, 7])))
    ['n12', 'n7']
    """

    letter: str
    numbers: Longs

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]  # no slices
        return f"{self.letter}{self.numbers[index]}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tracks:
    """P points and W ways over them.

    Parameters
    ----------
    lon_e7, lat_e7 : of each point, degrees times 10,000,000; shape (P,).
    blocked : points that no truck passes, such as a bollard; (P,).
    point_ids, way_ids : as the source names them, each unique.
    first, ref : way `w` runs over the points `ref[first[w]:first[w + 1]]`; (W + 1,) and (K,).
    forward, backward : whether it may be driven that way; (W,).
    course : whether the points are its course; else it has two, and nobody knows the line; (W,).
    length_dm : as the source states it, 0 where it is to be measured; (W,).
    kind, surface, name : numbers into `kinds`, `surfaces` and `names`; (W,).
    weight_kg, height_cm, width_cm : the limits posted, 0 where none is known; (W,).
    bridge : 1 where the way is a bridge; (W,).
    """

    lon_e7: Ints
    lat_e7: Ints
    blocked: Flags
    point_ids: Sequence[str]
    way_ids: Sequence[str]
    first: Longs
    ref: Longs
    forward: Flags
    backward: Flags
    course: Flags
    length_dm: Longs
    kind: Octets
    surface: Octets
    weight_kg: Ints
    height_cm: Ints
    width_cm: Ints
    bridge: Octets
    name: Ints
    kinds: tuple[str, ...]
    surfaces: tuple[str, ...]
    names: Sequence[str]
    turns: Sequence[Turn] = ()
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """How many points there are."""
        return len(self.lon_e7)

    @property
    def ways(self) -> int:
        """How many ways there are."""
        return len(self.first) - 1
