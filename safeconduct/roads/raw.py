"""What a source says of roads, before anybody has worked out which areas they run in.

Readers give these values and the build takes them. They refuse nothing beyond single fields; what
does not fit together is refused when a network is built.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from safeconduct.errors import WrongField
from safeconduct.spacetime import Point

__all__ = ["Declaration", "RawEdge", "RawNetwork", "RawPlace"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A person's word that a road or a place is in an area.

    Parameters
    ----------
    from_dm, to_dm : decimetres along the edge; None for its start and its end.
    only_touched : the area reaches the road but does not hold it, like one bank of a border road.

    Raises
    ------
    WrongField : a border is negative, or the end is not after the start.
    """

    area: str
    from_dm: int | None = None
    to_dm: int | None = None
    only_touched: bool = False

    def __post_init__(self) -> None:
        start, end = self.from_dm or 0, self.to_dm
        if start < 0 or (end is not None and end <= start):
            raise WrongField(
                f"Area {self.area} is declared from {start} dm to {end} dm along a road.",
                "Give an end after the start, measured from the road's first place.",
                area=self.area,
            )


@dataclass(frozen=True, slots=True)
class RawPlace:
    """A place as a source names it; `areas` are those declared for it."""

    id: str
    name: str = ""
    at: Point | None = None
    areas: tuple[Declaration, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RawEdge:
    """A road as a source draws or lists it; `areas` are those declared for it.

    Parameters
    ----------
    length_dm : as stated by the source; without it the line is measured, or else the straight way
        between two places that are on the map.
    line : its course from `a` to `b`, straight in longitude and latitude between its points.
    schematic : drawn by a person, with coordinates that are only roughly right.
    kind, surface : as the source calls them; empty where it does not.

    Raises
    ------
    WrongField : a length below 1 dm; a line of fewer than two different points, or one that jumps
        half around the earth, as lines over the date line do.
    """

    id: str
    a: str
    b: str
    name: str = ""
    length_dm: int | None = None
    line: tuple[Point, ...] = ()
    areas: tuple[Declaration, ...] = ()
    schematic: bool = False
    note: str = ""
    kind: str = ""
    surface: str = ""

    def __post_init__(self) -> None:
        if self.length_dm is not None and self.length_dm < 1:
            raise WrongField(
                f"Edge {self.id} has a length of {self.length_dm} dm.",
                "Give a length of at least 0.0001 km, or leave it out.",
                edge=self.id,
            )
        if self.line and len(set(self.line)) < 2:
            raise WrongField(
                f"Edge {self.id} has a line without any length.",
                "Give the line at least two different points, or leave it out.",
                edge=self.id,
            )
        for start, end in pairwise(self.line):
            if abs(start.lon_e7 - end.lon_e7) > 1_800_000_000:
                raise WrongField(
                    f"Edge {self.id} jumps from {start} to {end} (longitude, latitude).",
                    "Split the line where it crosses the date line.",
                    edge=self.id,
                )


@dataclass(frozen=True, slots=True)
class RawNetwork:
    """Places and roads of one source, or of several put together with `|`."""

    places: tuple[RawPlace, ...] = ()
    edges: tuple[RawEdge, ...] = ()
    label: str = ""

    def __or__(self, other: RawNetwork) -> RawNetwork:
        label = "; ".join(part for part in (self.label, other.label) if part)
        return RawNetwork(self.places + other.places, self.edges + other.edges, label)
