"""A file of roads, whatever its form, as ways over points."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from safeconduct.adapters.files.plaintext import MEBIBYTE, read_bytes, read_text
from safeconduct.errors import MissingFile, SafeconductError, UnreadableFile
from safeconduct.roads.rawtracks import tracks_of_raw
from safeconduct.roads.sources import town_graph
from safeconduct.roads.sources.roadlines import road_lines
from safeconduct.roads.tracks import Tracks

__all__ = ["Read", "read_roads"]

TOWNS, ROUTES = "locations.csv", "routes.csv"
_LIMIT = 512 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Read:
    """Roads, the SHA-256 of their file, its date as it states it, and whose data it is."""

    tracks: Tracks
    sha256: str
    dated: str = ""
    label: str = ""


def read_roads(
    path: Path, *, sha256: str = "", tell: Callable[[str, int], None] | None = None
) -> Read:
    """The roads of an `.osm.pbf` file, a GeoJSON file, or a folder of two tables.

    Of a folder, the digest is that of the two tables one behind the other.

    Parameters
    ----------
    sha256 : what the digest must be; empty for any.
    tell : told how far it is.

    Raises
    ------
    InputError : the file cannot be used; the error names it, with line or feature.
    MissingExtra : `.osm.pbf`, and pyosmium is not installed.
    """
    name = path.name.lower()
    if path.is_dir():
        return _towns(path, sha256)
    if not path.exists():
        raise MissingFile.at(path)
    if name.endswith(".pbf"):
        # The reader of extracts loads only for one.
        from safeconduct.adapters.osm.survey import LABEL, read_osm  # heavy, and an extra

        survey = read_osm(path, sha256=sha256, tell=tell)
        return Read(survey.tracks, survey.sha256, survey.dated, LABEL)
    if not name.endswith((".geojson", ".json")):
        raise UnreadableFile(
            f"{path.name} ends in none of .osm.pbf, .geojson and .json.",
            "Give an OpenStreetMap extract, GeoJSON with lines, or a folder with "
            f"{TOWNS} and {ROUTES}.",
        ).located(file=str(path))
    digest = _digest(path, [read_bytes(path, _LIMIT)], sha256)
    try:
        return Read(road_lines(read_text(path, _LIMIT)), digest)
    except SafeconductError as error:
        raise error.located(file=str(path)) from None


def _towns(folder: Path, sha256: str) -> Read:
    towns, routes = folder / TOWNS, folder / ROUTES
    digest = _digest(folder, [read_bytes(one, _LIMIT) for one in (towns, routes)], sha256)
    texts = read_text(towns, _LIMIT), read_text(routes, _LIMIT)
    try:
        town_graph(texts[0], "#name1,name2,distance")
    except SafeconductError as error:
        raise error.located(file=str(towns)) from None
    try:
        return Read(tracks_of_raw(town_graph(*texts)), digest)
    except SafeconductError as error:
        raise error.located(file=str(routes)) from None


def _digest(path: Path, parts: list[bytes], wanted: str) -> str:
    found = hashlib.sha256(b"".join(parts)).hexdigest()
    if wanted and found != wanted.strip().lower():
        raise UnreadableFile(
            f"The SHA-256 is {found}, against {wanted} as was said.",
            "Fetch the file again, or correct the digest.",
            sha256=found,
        ).located(file=str(path))
    return found
