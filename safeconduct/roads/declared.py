"""Areas that a person has declared for a road or a place, as stretches and memberships.

A declaration can always add a threat; it can add cover only where the map does not speak: for an
area without an outline, or on a road without a line.
"""

from __future__ import annotations

from collections.abc import Container

from safeconduct.errors import WrongField
from safeconduct.roads.pieces import Stretch
from safeconduct.roads.raw import RawEdge, RawPlace

__all__ = ["declared_at", "declared_on"]


def declared_on(
    edge: RawEdge, length_dm: int, outlined: Container[str]
) -> tuple[list[Stretch], list[Stretch]]:
    """The stretches of an edge that its declared areas touch, and those that they hold.

    Parameters
    ----------
    length_dm : of the whole edge, up to which a declaration without an end reaches.
    outlined : the areas with a shape on the map; on a line, only that shape gives cover.

    Raises
    ------
    WrongField : a declaration reaches beyond the end of the edge.
    """
    touched: list[Stretch] = []
    within: list[Stretch] = []
    for declaration in edge.areas:
        end_dm = length_dm if declaration.to_dm is None else declaration.to_dm
        start_dm = declaration.from_dm or 0
        if not start_dm < end_dm <= length_dm:
            raise WrongField(
                f"Edge {edge.id} is {_km(length_dm)} km long, but its area {declaration.area} is "
                f"declared from {_km(start_dm)} to {_km(end_dm)} km.",
                "Keep `from_km` and `to_km` between 0 and its length.",
                edge=edge.id,
                area=declaration.area,
            )
        stretch = Stretch(declaration.area, start_dm, end_dm)
        touched.append(stretch)
        if not declaration.only_touched and not (edge.line and declaration.area in outlined):
            within.append(stretch)
    return touched, within


def declared_at(place: RawPlace, outlined: Container[str]) -> tuple[set[str], set[str]]:
    """The areas declared to touch a place, and those declared to hold it; as for edges."""
    touched = {declaration.area for declaration in place.areas}
    within = {
        declaration.area
        for declaration in place.areas
        if not declaration.only_touched and not (place.at and declaration.area in outlined)
    }
    return touched, within


def _km(length_dm: int) -> str:
    return f"{length_dm // 10_000}.{length_dm % 10_000:04d}".rstrip("0").rstrip(".")
