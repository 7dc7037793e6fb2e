"""Roads taken from an import into the register, so that a route over them can be kept.

Whoever judges such a route has the register and perhaps not the folder that the roads came from.
So the record holds all that a judge's network is built from, and where it was taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.spacetime import Point


@dataclass(frozen=True, slots=True)
class Junction:
    """Where an end of adopted roads is; the id is that of the imported network."""

    id: str
    near: Point


class Driven(Enum):
    """Which way a road may be driven: either, or only from `a` to `b`, or only from `b` to `a`."""

    EITHER_WAY = "either-way"
    FORWARDS = "forwards"
    BACKWARDS = "backwards"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedRoad:
    """One edge of an imported network as it was there; the id is the same.

    Parameters
    ----------
    a, b : ids of junctions of the record.
    length_dm : decimetres along its course.
    line : its course from `a` to `b`; empty where the source does not tell it.
    """

    id: str
    a: str
    b: str
    length_dm: int
    line: tuple[Point, ...] = ()
    name: str = ""
    kind: str = ""
    surface: str = ""
    driven: Driven = Driven.EITHER_WAY

    def __post_init__(self) -> None:
        if self.length_dm < 1:
            raise WrongField(
                f"The adopted road {self.id} is {self.length_dm} dm long.",
                "Give its length in whole decimetres, 1 or more.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A place of the register, and the junction that it is taken to be, so far away."""

    place: str
    junction: str
    distance_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A place that was looked for on the whole import, and is at no junction of these roads.

    By this a judge knows which places were looked for on these roads, and which never were.

    Parameters
    ----------
    near : where the place was then; one that is drawn elsewhere since has to be looked for again.
    junction : that of the import which it is taken to be; empty where none was near enough.
    """

    place: str
    near: Point
    junction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedRoads:
    """Roads of an imported network that the register's own network has from now on.

    They are cut by the areas of the register when they are recorded, and again with every newer
    network. An area without an outline touches all of them and holds none.

    Parameters
    ----------
    graph, graph_sha256 : the imported network, and the digest of its folder's manifest, which names
        the digest of every file in it.
    source, source_sha256, dated : the file that was imported, its digest and the date of its data.
    credit : whose data it is, and under which licence.
    joints : the places at which these roads and those of the register meet.
    apart : the checkpoints and crossings that were looked for, and are elsewhere.

    Raises
    ------
    WrongField : no road; an id is used twice; a road or a joint ends at no junction of the record;
        a junction is taken for two places, or a place for two junctions; a place is apart and at a
        junction of the record.
    """

    tag: ClassVar[str] = "adopted-roads"
    id: str
    graph: str
    graph_sha256: str
    junctions: tuple[Junction, ...]
    roads: tuple[AdoptedRoad, ...]
    joints: tuple[Joint, ...] = ()
    apart: tuple[Apart, ...] = ()
    source: str = ""
    source_sha256: str = ""
    dated: str = ""
    credit: str = ""

    def __post_init__(self) -> None:
        if not self.roads:
            raise self._wrong("holds no road", "List the roads of the route.")
        for what, ids in (
            ("road", [one.id for one in self.roads]),
            ("junction", [one.id for one in self.junctions]),
            ("place", [one.place for one in self.joints] + [one.place for one in self.apart]),
            ("joint's junction", [one.junction for one in self.joints]),
        ):
            if twice := _twice(ids):
                raise self._wrong(f"has the {what} {twice} twice", "List each once.")
        known = {one.id for one in self.junctions}
        ends = [(f"road {one.id}", end) for one in self.roads for end in (one.a, one.b)]
        ends += [(f"place {one.place}", one.junction) for one in self.joints]
        for what, end in ends:
            if end not in known:
                raise self._wrong(
                    f"lets the {what} end at the junction {end}, which it does not hold",
                    "List the junction with its position.",
                )
        for one in self.apart:
            if one.junction in known:
                raise self._wrong(
                    f"has the place {one.place} apart, and at its own junction {one.junction}",
                    "List it among the joints.",
                )

    def _wrong(self, what: str, remedy: str) -> WrongField:
        return WrongField(f"The record {self.id} of adopted roads {what}.", remedy, id=self.id)


def _twice(ids: Iterable[str]) -> str:
    met: set[str] = set()
    for id in ids:
        if id in met:
            return id
        met.add(id)
    return ""
