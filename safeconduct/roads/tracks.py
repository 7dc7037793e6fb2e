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

from safeconduct.roads.graph import Ints, Longs, Names, Octets
from safeconduct.spacetime import Point

__all__ = ["ROAD", "Flags", "Numbered", "Tracks", "Turn", "Way", "tracks_of"]

Flags = NDArray[np.bool_]

ROAD = "road"
"""The kind of a road of which a source says no more."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way by itself; its fields mean what they mean in `Tracks`."""

    id: str
    points: tuple[int, ...]
    forward: bool = True
    backward: bool = True
    course: bool = True
    length_dm: int = 0
    kind: str = ROAD
    surface: str = ""
    weight_kg: int = 0
    height_cm: int = 0
    width_cm: int = 0
    bridge: bool = False
    name: str = ""


def tracks_of(
    ways: Sequence[Way], at: Sequence[Point], ids: Sequence[str], notes: tuple[str, ...] = ()
) -> Tracks:
    """The tracks of these ways over points at these positions, none of which is blocked."""
    kinds, surfaces, names = (
        {text: number for number, text in enumerate(sorted(texts))}
        for texts in (
            {way.kind for way in ways},
            {"", *(way.surface for way in ways)},
            {"", *(way.name for way in ways)},
        )
    )
    first = np.zeros(len(ways) + 1, np.int64)
    np.cumsum([len(way.points) for way in ways], out=first[1:])
    return Tracks(
        lon_e7=np.array([one.lon_e7 for one in at], np.int32),
        lat_e7=np.array([one.lat_e7 for one in at], np.int32),
        blocked=np.zeros(len(at), bool),
        point_ids=ids,
        way_ids=[way.id for way in ways],
        first=first,
        ref=np.array([point for way in ways for point in way.points], np.int64),
        forward=np.array([way.forward for way in ways], bool),
        backward=np.array([way.backward for way in ways], bool),
        course=np.array([way.course for way in ways], bool),
        length_dm=np.array([way.length_dm for way in ways], np.int64),
        kind=np.array([kinds[way.kind] for way in ways], np.uint8),
        surface=np.array([surfaces[way.surface] for way in ways], np.uint8),
        weight_kg=np.array([way.weight_kg for way in ways], np.int32),
        height_cm=np.array([way.height_cm for way in ways], np.int32),
        width_cm=np.array([way.width_cm for way in ways], np.int32),
        bridge=np.array([way.bridge for way in ways], np.uint8),
        name=np.array([names[way.name] for way in ways], np.int32),
        kinds=tuple(kinds),
        surfaces=tuple(surfaces),
        names=Names.of(names),
        notes=notes,
    )
