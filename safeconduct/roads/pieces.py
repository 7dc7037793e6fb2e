"""Places, edges, and the pieces an edge falls into where its areas begin and end.

Whole decimetres along the edge and sets of names: no geometry. Two neighbouring areas end and
begin at the same number, so no piece between them is left over and none belongs to both by a
rounding error. An area touches a piece when any of it lies in the area; an area holds a piece
within it only when all of it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from safeconduct.errors import WrongField
from safeconduct.spacetime import Point

__all__ = ["Edge", "Piece", "Place", "Stretch", "merged", "pieces_of"]


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """The part `[start_dm, end_dm)` of an edge that one area touches, or holds within it.

    Raises
    ------
    WrongField : a border is no whole number or negative, or the stretch has no length.
    """

    area: str
    start_dm: int
    end_dm: int

    def __post_init__(self) -> None:
        borders = (self.start_dm, self.end_dm)
        if any(type(border) is not int for border in borders) or not 0 <= borders[0] < borders[1]:
            raise WrongField(
                f"A stretch of area {self.area} runs from {self.start_dm!r} to {self.end_dm!r}.",
                "Give whole decimetres from the start of the edge, the end after the start.",
                area=self.area,
            )


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same ground in the fewest stretches: those of one area that overlap or meet are joined.

    >>> merged([Stretch("x", 40, 90), Stretch("x", 0, 40)])
    (Stretch(area='x', start_dm=0, end_dm=90),)
    """
    out: list[Stretch] = []
    for stretch in sorted(stretches):
        last = out[-1] if out else None
        if last is None or last.area != stretch.area or last.end_dm < stretch.start_dm:
            out.append(stretch)
        elif stretch.end_dm > last.end_dm:
            out[-1] = Stretch(last.area, last.start_dm, stretch.end_dm)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Place:
    """A site of no length where a column stops, is held, or turns from one edge into the next.

    Parameters
    ----------
    at : where it is, if that is known; a drawn network may not say.
    touched, within : the areas it lies in or on the border of, and those it lies inside of.

    Raises
    ------
    WrongField : it has no id, or lies inside an area that does not touch it.
    """

    id: str
    name: str = ""
    at: Point | None = None
    touched: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    note: str = ""

    def __post_init__(self) -> None:
        _check_id("place", self.id)
        if not self.within <= self.touched:
            raise WrongField(
                f"Place {self.id} is inside {_listed(self.within - self.touched)} without being "
                "touched by it.",
                "List every area that holds the place among those that touch it as well.",
                place=self.id,
            )


@dataclass(frozen=True, slots=True)
class Edge:
    """A road between two places, with the stretches of it that areas touch and hold.

    Stretches may come in any order and overlap; they are kept merged, so that equal roads are
    equal values.

    Parameters
    ----------
    a, b : ids of the places at its start and its end; driven either way.
    length_dm : decimetres, at least 1.
    line : its course, for drawing; empty when it is not known.
    schematic : drawn or declared by a person rather than taken from a survey.
    kind, surface : what kind of road it is and what it is made of, in the source's words; empty
        when it is not known. Planning speeds may go by them.

    Raises
    ------
    WrongField : no id, no length, a stretch beyond the end, or one within an area that does not
        touch all of it.
    """

    id: str
    a: str
    b: str
    length_dm: int
    touched: tuple[Stretch, ...] = ()
    within: tuple[Stretch, ...] = ()
    line: tuple[Point, ...] = ()
    name: str = ""
    schematic: bool = False
    note: str = ""
    kind: str = ""
    surface: str = ""

    def __post_init__(self) -> None:
        _check_id("edge", self.id)
        if type(self.length_dm) is not int or self.length_dm < 1:
            raise WrongField(
                f"Edge {self.id} has a length of {self.length_dm!r} dm.",
                "Give its length in whole decimetres, 1 or more.",
                edge=self.id,
            )
        object.__setattr__(self, "touched", merged(self.touched))
        object.__setattr__(self, "within", merged(self.within))
        for stretch in self.touched + self.within:
            if stretch.end_dm > self.length_dm:
                raise WrongField(
                    f"Edge {self.id} is {self.length_dm} dm long, but its stretch of area "
                    f"{stretch.area} ends at {stretch.end_dm} dm.",
                    "End the stretch with the edge, or correct the length of the edge.",
                    edge=self.id,
                    area=stretch.area,
                )
        # What is within is touched, so adding it to the touched stretches must change nothing.
        excess = {*merged(self.touched + self.within)} - {*self.touched}
        if excess:
            odd = {stretch.area for stretch in excess}
            raise WrongField(
                f"Edge {self.id} has a stretch within {_listed(odd)} that the area does not touch.",
                "Let the touched stretches of an area contain those within it.",
                edge=self.id,
            )


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """The part `[start_dm, end_dm)` of an edge throughout which the same areas apply."""

    edge: str
    start_dm: int
    end_dm: int
    touched: frozenset[str]
    within: frozenset[str]

    @property
    def length_dm(self) -> int:
        """Its length in decimetres, at least 1."""
        return self.end_dm - self.start_dm


def pieces_of(edge: Edge) -> tuple[Piece, ...]:
    """The edge, cut wherever an area begins or ends: at least one piece, none left out.

    Neighbouring pieces differ in their areas, so a cut is never idle.

    >>> road = Edge("e", "A", "B", 90, (Stretch("x", 0, 40), Stretch("y", 40, 90)))
    >>> [(piece.start_dm, piece.end_dm, *piece.touched) for piece in pieces_of(road)]
    [(0, 40, 'x'), (40, 90, 'y')]
    """
    touched: set[str] = set()
    within: set[str] = set()
    changes: dict[int, list[tuple[set[str], str]]] = {0: [], edge.length_dm: []}
    for areas_here, stretches in ((touched, edge.touched), (within, edge.within)):
        for stretch in stretches:
            changes.setdefault(stretch.start_dm, []).append((areas_here, stretch.area))
            changes.setdefault(stretch.end_dm, []).append((areas_here, stretch.area))
    out: list[Piece] = []
    for start_dm, end_dm in pairwise(sorted(changes)):
        # Merged stretches of one area never meet: at each of its borders an area comes or goes.
        for areas_here, area in changes[start_dm]:
            areas_here ^= {area}
        out.append(Piece(edge.id, start_dm, end_dm, frozenset(touched), frozenset(within)))
    return tuple(out)


def _check_id(what: str, id: str) -> None:
    if not id:
        raise WrongField(f"One {what} has an empty id.", f"Give every {what} an id of its own.")


def _listed(areas: Iterable[str]) -> str:
    return ", ".join(sorted(areas))
