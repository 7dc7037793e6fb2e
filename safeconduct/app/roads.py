"""Roads from a file into a folder, what a folder holds, and which junction is near a place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from safeconduct.adapters.files.graphfolder import (
    check_free,
    check_graph,
    open_graph,
    write_graph,
)
from safeconduct.adapters.files.graphmanifest import Manifest, Source, read_manifest
from safeconduct.adapters.files.roadfiles import Read, read_roads
from safeconduct.errors import WrongField
from safeconduct.roads.graph import Graph, Names
from safeconduct.roads.graphing import LONGEST_DM, graph_of_tracks
from safeconduct.roads.snapping import FARTHEST_M, Snapped, snap
from safeconduct.spacetime import Point

__all__ = [
    "Imported",
    "Near",
    "Part",
    "RoadsInfo",
    "import_roads",
    "near",
    "opened",
    "place",
    "roads_info",
]

LONGEST_M = LONGEST_DM // 10
_MOST_PARTS = 10
_POSITION = re.compile(
    r"\s*(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)\s*,\s*(-?[0-9]{1,2}(?:\.[0-9]{1,15})?)\s*"
)

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A strongly connected part of a network; edges with both ends in it are its own."""

    number: int
    junctions: int
    length_dm: int

    def as_json(self) -> dict[str, Any]:
        """The part as JSON."""
        return {"part": self.number, "junctions": self.junctions, "length_m": _metres(self)}


def _metres(part: Part) -> int:
    return -(-part.length_dm // 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadsInfo:
    """What a folder of roads holds.

    Parameters
    ----------
    kinds : of each kind of road, its length in decimetres.
    parts : the largest parts, and `other_parts` how many more there are.
    posted : how many edges have a posted limit of weight, height and width.
    checked : whether every file was read and compared with its digest.
    """

    folder: str
    manifest: Manifest
    kinds: dict[str, int]
    surfaces: dict[str, int]
    parts: tuple[Part, ...]
    other_parts: int
    posted: dict[str, int]
    bridges: int
    copies: int
    checked: bool = False

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        found = self.manifest
        return {
            "folder": self.folder,
            "id": found.id,
            "label": found.label,
            "credit": found.credit or None,
            "source": {
                "file": found.source.file,
                "sha256": found.source.sha256,
                "dated": found.source.dated or None,
            },
            "bounds": [round(degrees / 1e7, 7) for degrees in found.bounds_e7],
            "nodes": found.nodes,
            "arcs": found.arcs,
            "edges": found.edges,
            "junctions": found.nodes - self.copies,
            "length_m": -(-sum(self.kinds.values()) // 10),
            "kinds_m": {kind: -(-dm // 10) for kind, dm in self.kinds.items()},
            "surfaces_m": {surface: -(-dm // 10) for surface, dm in self.surfaces.items()},
            "posted": self.posted,
            "bridges": self.bridges,
            "parts": [part.as_json() for part in self.parts],
            "other_parts": self.other_parts,
            "notes": list(found.notes),
            "format": found.format,
            "tools": dict(found.tools),
            "checked": self.checked,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was imported: from which file, and the folder that holds it now."""

    source: str
    info: RoadsInfo

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {"imported": self.source, **self.info.as_json()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A place and the junction near it."""

    folder: str
    asked: Point
    graph: Graph
    found: Snapped

    @property
    def at(self) -> Point:
        """Where the junction is."""
        node = self.found.node
        return Point(int(self.graph.lon_e7[node]), int(self.graph.lat_e7[node]))

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "asked": _degrees(self.asked),
            "node": self.graph.node_ids[self.found.node],
            "at": _degrees(self.at),
            "distance_m": self.found.distance_m,
            "part": self.found.component,
            "apart": self.found.is_apart,
        }


def _degrees(point: Point) -> list[float]:
    return [point.lon_e7 / 1e7, point.lat_e7 / 1e7]


def import_roads(
    file: str,
    to: str,
    *,
    id: str | None = None,
    longest_m: int = LONGEST_M,
    sha256: str = "",
    label: str = "",
    credit: str = "",
    prefix: str = "",
    tell: Tell | None = None,
) -> Imported:
    """Reads a file of roads and writes it as a new folder, all of it or nothing.

    Parameters
    ----------
    file : an `.osm.pbf` file, a GeoJSON file with lines, or a folder with tables of towns.
    id : how the network is called; the name of the folder when left out.
    longest_m : no edge whose course is known is longer.
    sha256 : what the publisher says is the digest of the file.
    label, credit : what the roads are, and whose data it is under which licence, as pictures are to
        say it. An OpenStreetMap extract keeps its own licence whatever is said.
    prefix : what the ids of junctions and edges begin with, so that those of a newer file are told
        from those of an older one.
    tell : told how far it is; what it raises cancels the import.

    Raises
    ------
    InputError : the file cannot be used, or the folder is there already.
    MissingExtra : the file needs a library that is not installed.
    """
    folder = Path(to)
    check_free(folder)
    if longest_m < 100:
        raise WrongField(
            f"Edges of at most {longest_m} m are asked for, against at least 100 m.",
            "Give the greatest length of an edge in metres, such as 2000.",
        ).located(field="longest-m")
    found = read_roads(Path(file), sha256=sha256, tell=tell)
    if tell:
        tell("roads laid out", found.tracks.ways)
    graph = _graph(found, id or folder.name, longest_m * 10)
    named, credits = _named(found, label, credit)
    graph = replace(_prefixed(graph, prefix), label=named)
    if tell:
        tell("edges written", graph.edges)
    source = Source(file=Path(file).name, sha256=found.sha256, dated=found.dated)
    write_graph(graph, folder, source=source, credit=credits)
    return Imported(source=file, info=roads_info(to))


def _graph(found: Read, id: str, longest_dm: int) -> Graph:
    return graph_of_tracks(
        found.tracks, id=id, longest_dm=longest_dm, source_sha256=found.sha256, label=found.label
    )


def _named(found: Read, label: str, credit: str) -> tuple[str, str]:
    """The label and the credit of the roads; the licence that their file brings always stays."""
    label, credit = (" ".join(text.split()) for text in (label, credit))
    if not found.label:
        return label, credit
    if not label:
        return found.label, credit
    return label, "; ".join(dict.fromkeys(one for one in (found.label, credit) if one))


def _prefixed(graph: Graph, prefix: str) -> Graph:
    """The graph with ids that begin with a text.

    Raises
    ------
    WrongField : it begins with a minus, which means backwards, or holds blanks or commas.
    """
    if not prefix:
        return graph
    if not re.fullmatch(r"[^\s,-][^\s,]*", prefix):
        raise WrongField(
            f"Ids cannot begin with {prefix!r}.",
            "Give a short word without blanks or commas that does not begin with a minus: `dec-`.",
        ).located(field="prefix")
    return replace(
        graph,
        node_ids=Names.of(f"{prefix}{id}" for id in graph.node_ids),
        edge_ids=Names.of(f"{prefix}{id}" for id in graph.edge_ids),
    )


def opened(folder: str, *, check: bool = False) -> Graph:
    """The graph of a folder.

    Parameters
    ----------
    check : compare every file with its digest first, as whoever leads a column over it must.

    Raises
    ------
    MissingFile, UnreadableFile : as `open_graph` and, when asked to check, `check_graph`.
    """
    return check_graph(Path(folder)) if check else open_graph(Path(folder))


def roads_info(folder: str, *, check: bool = False) -> RoadsInfo:
    """What a folder of roads holds.

    Parameters
    ----------
    check : read every file and compare it with its digest.

    Raises
    ------
    MissingFile, UnreadableFile : as `open_graph` and, when asked to check, `check_graph`.
    """
    path = Path(folder)
    graph = check_graph(path) if check else open_graph(path)
    parts = _parts(graph)
    return RoadsInfo(
        folder=folder,
        manifest=read_manifest(path),
        kinds=_lengths(graph, graph.kind, graph.kinds),
        surfaces=_lengths(graph, graph.surface, graph.surfaces),
        parts=parts[:_MOST_PARTS],
        other_parts=max(0, len(parts) - _MOST_PARTS),
        posted={
            "weight": int((graph.weight_kg > 0).sum()),
            "height": int((graph.height_cm > 0).sum()),
            "width": int((graph.width_cm > 0).sum()),
        },
        bridges=int((graph.bridge > 0).sum()),
        copies=int((graph.junction != np.arange(graph.nodes)).sum()),
        checked=check,
    )


def _lengths(graph: Graph, number: Any, names: tuple[str, ...]) -> dict[str, int]:
    total = np.bincount(number, weights=graph.length_dm, minlength=len(names))
    found = {name: int(dm) for name, dm in zip(names, total.tolist(), strict=True) if dm}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _parts(graph: Graph) -> tuple[Part, ...]:
    stands = graph.junction == np.arange(graph.nodes)
    count = int(graph.component.max()) + 1 if graph.nodes else 0
    junctions = np.bincount(graph.component[stands], minlength=count)
    a, b = graph.component[graph.a], graph.component[graph.b]
    inside = a == b
    length = np.bincount(a[inside], weights=graph.length_dm[inside], minlength=count)
    return tuple(
        Part(number=number, junctions=int(junctions[number]), length_dm=int(length[number]))
        for number in np.flatnonzero(junctions).tolist()
    )


def place(text: str) -> Point:
    """The position that a person typed as `LON,LAT`, in degrees.

    Raises
    ------
    WrongField : not two numbers with a comma between them, or beyond the ends of the earth.

    >>> place("37.16,36.2")
    Point(lon_e7=371600000, lat_e7=362000000)
    """
    found = _POSITION.fullmatch(text)
    if not found:
        raise WrongField(
            f"{text!r} is no position.",
            "Give longitude and latitude in degrees with a comma and no space: 37.16,36.2.",
        ).located(field="LON,LAT")
    lon, lat = (
        int((Decimal(number) * 10_000_000).to_integral_value()) for number in found.groups()
    )
    return Point(lon, lat)


def near(
    folder: str, position: str, *, within_m: int = FARTHEST_M, part: int | None = None
) -> Near:
    """The junction nearest to a position.

    Parameters
    ----------
    part : look only in this part of the network.

    Raises
    ------
    WrongField : no position.
    RouteRefused : there is no road within `within_m`; the error tells how far it is.
    MissingFile, UnreadableFile : as `open_graph`.
    """
    asked, graph = place(position), opened(folder)
    found = snap(graph, asked, within_m, component=part)
    return Near(folder=folder, asked=asked, graph=graph, found=found)
