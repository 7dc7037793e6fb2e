"""A table of towns and one of the roads between them, as comma-separated text.

The first line of each starts with `#` and names the columns. Towns have no outline and roads no
course: which areas they are in is declared afterwards, or nothing covers them.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation

from safeconduct.errors import UnknownReference, UnreadableFile, WrongField
from safeconduct.roads.raw import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.sources.names import free_id, slug
from safeconduct.roads.sources.numbers import decimetres, point
from safeconduct.roads.sources.where import at

__all__ = ["town_graph"]

_Row = tuple[int, dict[str, str]]


def town_graph(
    locations_csv: str, routes_csv: str, wanted: Collection[str] | None = None
) -> RawNetwork:
    """The towns and the roads between them, with lengths in kilometres taken from the table.

    A town's id is the slug of its name, a road's the two ids joined by two hyphens, with a number
    when the table has more than one such road: `azaz--menbij`, `azaz--menbij-2`.

    Parameters
    ----------
    locations_csv : columns `#name`, `lat`, `lon`; others are left out. Underscores are spaces.
    routes_csv : columns `#name1`, `name2`, `distance` (km); others are left out.
    wanted : names of the towns to keep, as the table writes them; roads with an end elsewhere are
        left out as well. None keeps all.

    Raises
    ------
    UnreadableFile : a table lacks its first line or one of its columns.
    WrongField : a row is cut short, a number cannot be read, or a town stands there twice.
    UnknownReference : a road, or `wanted`, names a town that the table does not have.

    >>> towns = "#name,lat,lon\\nAl_Bab,36.37,37.52\\nAzaz,36.59,37.05\\n"
    >>> roads = town_graph(towns, "#name1,name2,distance\\nAzaz,Al_Bab,62\\n")
    >>> roads.edges[0].id, roads.edges[0].length_dm, roads.places[0].name
    ('azaz--al-bab', 620000, 'Al Bab')
    """
    places = dict(_places(locations_csv))
    for name in sorted(wanted or ()):
        if name not in places:
            raise _unknown_town(name, places, "The list of wanted towns names")
    kept = {name: place for name, place in places.items() if wanted is None or name in wanted}
    edges: dict[str, RawEdge] = {}
    for line, row in _rows(routes_csv, "routes", ("name1", "name2", "distance")):
        ends = row["name1"], row["name2"]
        for name in ends:
            if name not in places:
                says = f"The road from {ends[0]} to {ends[1]} names"
                raise _unknown_town(name, places, says).located(line=line)
        if all(name in kept for name in ends):
            a, b = (kept[name].id for name in ends)
            id = free_id(f"{a}--{b}", edges)
            with at(line=line, field="distance"):
                length_dm = decimetres(_decimal(row, "distance", line), "distance")
                edges[id] = RawEdge(id, a, b, length_dm=length_dm, schematic=True)
    return RawNetwork(tuple(kept.values()), tuple(edges.values()))


def _places(locations_csv: str) -> Iterator[tuple[str, RawPlace]]:
    taken: dict[str, str] = {}
    for line, row in _rows(locations_csv, "locations", ("name", "lat", "lon")):
        name = row["name"]
        id = slug(name)
        if not id or id in taken:
            raise WrongField(
                f"The town {name!r} gives the id {id!r}, which "
                + (f"{taken[id]!r} has already." if id else "is empty."),
                "Give every town a name of its own, in Latin letters.",
                town=name,
            ).located(line=line, field="name")
        taken[id] = name
        lon, lat = (_decimal(row, column, line) for column in ("lon", "lat"))
        with at(line=line):
            yield name, RawPlace(id, name.replace("_", " "), point([lon, lat], "lon, lat"))


def _rows(text: str, table: str, columns: tuple[str, ...]) -> Iterator[_Row]:
    reader = csv.reader(text.splitlines())
    first = next(reader, [])
    header = [first[0].removeprefix("#"), *first[1:]] if first else []
    missing = [column for column in columns if column not in header]
    if not first or not first[0].startswith("#") or missing:
        raise UnreadableFile(
            f"The table of {table} starts with {','.join(first)!r}, which does not name the "
            f"columns {', '.join(columns)}.",
            "Let its first line start with # and name the columns.",
            table=table,
        ).located(line=1)
    for cells in reader:
        if not cells or cells[0].startswith("#"):
            continue
        if len(cells) != len(header):
            raise WrongField(
                f"The table of {table} has {len(cells)} cells here, against {len(header)} columns.",
                "Complete the row, or remove what is too much.",
                table=table,
            ).located(line=reader.line_num)
        yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _decimal(row: dict[str, str], column: str, line: int) -> Decimal:
    try:
        return Decimal(row[column])
    except InvalidOperation:
        raise WrongField(
            f"Found {row[column]!r} where a number belongs.", "Give a decimal number."
        ).located(line=line, field=column) from None


def _unknown_town(name: str, known: Collection[str], says: str) -> UnknownReference:
    close = difflib.get_close_matches(name, sorted(known), n=3)
    advice = f"Did you mean {' or '.join(close)}?" if close else "Add it to the table of locations."
    return UnknownReference(
        f"{says} {name!r}, which the table of locations does not have.", advice, id=name
    )
