"""The roads of an OpenStreetMap extract that trucks can drive, as ways over points.

Read by pyosmium, an extra. Every road that is left out for a doubt is counted in the notes.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from safeconduct.adapters.osm.framing import framing
from safeconduct.adapters.osm.restrictions import Restriction, Restrictions, restriction_of
from safeconduct.errors import MissingExtra, UnreadableFile
from safeconduct.roads.graph import Longs, Names
from safeconduct.roads.sources.driving import blocks, driving
from safeconduct.roads.sources.highways import HIGHWAYS, SURFACES, fit, surface_of
from safeconduct.roads.sources.posted import UNREADABLE, posted
from safeconduct.roads.tracks import Numbered, Tracks

__all__ = ["LABEL", "Survey", "read_osm"]

LABEL = "OpenStreetMap, Open Database License (openstreetmap.org/copyright)"
_EVERY = 2_000  # objects between two words on how far the reading is
_UNLOOKED = ("maxaxleload", "maxbogieweight", "maxaxles", "maxlength")
_KINDS = tuple(HIGHWAYS)
_KIND = {kind: number for number, kind in enumerate(_KINDS)}
_SURFACE = {surface: number for number, surface in enumerate(SURFACES)}

Tell = Callable[[str, int], None]
"""Told how far a reading is: what is counted, and how many so far."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was read: the roads, the file's SHA-256, and the date of its data as it states it."""

    tracks: Tracks
    sha256: str
    dated: str = ""


def read_osm(path: Path, *, sha256: str = "", tell: Tell | None = None) -> Survey:
    """The roads of an `.osm.pbf` file that trucks can drive.

    Parameters
    ----------
    sha256 : what the publisher says is the file's digest. With it a file is known to be whole;
        without it one that may have been cut between two blocks is refused.
    tell : called now and then; what it raises ends the reading.

    Raises
    ------
    MissingExtra : pyosmium is not installed.
    MissingFile : nothing is there.
    UnreadableFile : no such file, cut short, damaged, another one than `sha256` says, or holding
        several versions of one object.
    """
    try:
        import osmium  # heavy, and an extra
    except ImportError:
        raise MissingExtra(
            "Reading .osm.pbf files needs the library osmium, which is not installed.",
            "Install it with: pip install 'safeconduct[routing]'",
            extra="routing",
        ) from None
    whole = framing(path)
    if sha256 and whole.sha256 != sha256.strip().lower():
        raise UnreadableFile(
            f"The file's SHA-256 is {whole.sha256}, against {sha256} as was said.",
            "Fetch the file again, or correct the digest.",
            sha256=whole.sha256,
        ).located(file=str(path))
    if whole.full and not sha256:
        raise _may_be_cut(path, "its last block is as full as its first, so more may have followed")
    found = _Found()
    try:
        processor = osmium.FileProcessor(str(path)).with_locations()
        header = processor.header
        if header.has_multiple_object_versions:
            raise UnreadableFile(
                "The file is a history: it holds several versions of each object.",
                "Give an extract of one moment, such as `osmium time-filter` makes.",
            ).located(file=str(path))
        dated = header.get("osmosis_replication_timestamp") or ""
        processor.with_filter(osmium.filter.KeyFilter("highway", "barrier", "type"))
        for count, one in enumerate(processor):
            if tell and not count % _EVERY:
                tell("objects read", count)
            found.take(one)
        lon_e7, lat_e7, known = found.positions(processor.node_location_storage)
    except (RuntimeError, ValueError, OverflowError) as error:
        raise UnreadableFile(
            f"The file is damaged: {error}.",
            "Fetch the file again, and compare its checksum with the publisher's.",
        ).located(file=str(path)) from None
    if not found.relations and not sha256:
        raise _may_be_cut(
            path, "it holds no relation, so it tells nothing of forbidden turns, which stand last"
        )
    if tell:
        tell("roads read", len(found.way_id))
    return Survey(found.tracks(lon_e7, lat_e7, known, path), whole.sha256, dated)


def _may_be_cut(path: Path, why: str) -> UnreadableFile:
    return UnreadableFile(
        f"The file may be cut short: {why}.",
        "Compare its SHA-256 (`sha256sum FILE`) with the publisher's, and give that with --sha256.",
    ).located(file=str(path))


@dataclass(slots=True)
class _Found:
    """What has been read so far, as columns."""

    way_id: array[int] = field(default_factory=lambda: array("q"))
    refs: array[int] = field(default_factory=lambda: array("q"))
    lengths: array[int] = field(default_factory=lambda: array("q"))
    rows: list[tuple[bool, bool, int, int, int, int, int, int]] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    barred: set[int] = field(default_factory=set)
    restrictions: list[Restriction] = field(default_factory=list)
    relations: int = 0
    left: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    doubtful: dict[str, list[int]] = field(default_factory=dict)
    destination: int = 0
    unlooked: int = 0

    def take(self, one: Any) -> None:
        """One object of the file."""
        if one.is_node():
            if blocks(dict(one.tags)):
                self.barred.add(one.id)
        elif one.is_way():
            tags = dict(one.tags)
            if "highway" in tags:
                self._way(one, tags)
        elif one.is_relation():
            self.relations += 1
            members = ((each.type, each.ref, each.role) for each in one.members)
            self.restrictions += restriction_of(dict(one.tags), members)

    def _way(self, one: Any, tags: Mapping[str, str]) -> None:
        if unfit := fit(tags):
            self.left[unfit] += 1
            return
        how = driving(tags)
        if how.doubt:
            self._doubt(how.doubt, one.id)
        if not (how.forward or how.backward):
            if not how.doubt:
                self.left["roads closed to trucks or the public"] += 1
            return
        limits = posted(tags)
        if UNREADABLE in limits:
            self._doubt("a limit that cannot be read", one.id)
            return
        self.destination += how.destination
        self.unlooked += any(key.startswith(_UNLOOKED) for key in tags)
        refs = [node.ref for node in one.nodes]
        self.way_id.append(one.id)
        self.refs.extend(refs)
        self.lengths.append(len(refs))
        self.rows.append(
            (
                *(how.forward, how.backward, _KIND[tags["highway"]]),
                _SURFACE[surface_of(tags)],
                *limits,
                tags.get("bridge", "no") != "no",
            )
        )
        self.name.append(tags.get("name") or tags.get("ref") or "")

    def _doubt(self, what: str, way: int) -> None:
        self.doubts[what] += 1
        named = self.doubtful.setdefault(what, [])
        if len(named) < 5:
            named.append(way)

    def positions(self, store: Any) -> tuple[Longs, Longs, Longs]:
        """Longitude and latitude of every point that a road names and the file holds; their ids."""
        ids = np.unique(np.frombuffer(self.refs, np.int64)) if self.refs else np.zeros(0, np.int64)
        lon, lat, known = array("q"), array("q"), array("q")
        for id in ids.tolist():
            try:
                at = store.get(id)
            except KeyError:
                continue
            if at.valid():
                known.append(id)
                lon.append(at.x)
                lat.append(at.y)
        return np.array(lon, np.int64), np.array(lat, np.int64), np.array(known, np.int64)

    def tracks(self, lon_e7: Longs, lat_e7: Longs, known: Longs, path: Path) -> Tracks:
        """All of it as ways over points."""
        way_id = np.array(self.way_id, np.int64)
        if len(np.unique(way_id)) < len(way_id):
            raise UnreadableFile(
                "The file holds a road twice under one number.",
                "Give an extract of one moment, with each object once.",
            ).located(file=str(path))
        ref, first, clipped = self._lines(known)
        columns = np.array(self.rows, np.int64).reshape(-1, 8).T
        names = sorted({*self.name, ""})
        number = {name: at for at, name in enumerate(names)}
        restrictions = Restrictions(
            dict(zip(way_id.tolist(), range(len(way_id)), strict=True)),
            dict(zip(known.tolist(), range(len(known)), strict=True)),
            _Lines(first, ref),
        )
        turns = restrictions.turns(self.restrictions)
        barred = np.isin(known, np.array(sorted(self.barred), np.int64))
        no_limit, octet = np.int32, np.uint8
        return Tracks(
            lon_e7=lon_e7.astype(np.int32),
            lat_e7=lat_e7.astype(np.int32),
            blocked=barred,
            point_ids=Numbered("n", known),
            way_ids=Numbered("w", way_id),
            first=first,
            ref=ref,
            forward=columns[0].astype(bool),
            backward=columns[1].astype(bool),
            course=np.ones(len(way_id), bool),
            length_dm=np.zeros(len(way_id), np.int64),
            kind=columns[2].astype(octet),
            surface=columns[3].astype(octet),
            weight_kg=columns[4].astype(no_limit),
            height_cm=columns[5].astype(no_limit),
            width_cm=columns[6].astype(no_limit),
            bridge=columns[7].astype(octet),
            name=np.array([number[name] for name in self.name], np.int32),
            kinds=_KINDS,
            surfaces=SURFACES,
            names=Names.of(names),
            turns=turns,
            notes=(*self._notes(clipped, int(barred.sum())), *_turn_notes(turns, restrictions)),
        )

    def _lines(self, known: Longs) -> tuple[Longs, Longs, int]:
        """The points of all roads by number, where each begins, and how many were clipped.

        An extract may lack points beyond its border. Of a road that leaves it the first part
        inside is kept.
        """
        ids = np.array(self.refs, np.int64)
        way = np.repeat(np.arange(len(self.lengths)), self.lengths)
        ref = np.searchsorted(known, ids)
        there = np.zeros(len(ids), bool)
        if len(known):
            there = known[np.minimum(ref, len(known) - 1)] == ids
        clipped = np.unique(way[~there])
        # Which stretch of known points each one is in, counted along its road from 1.
        begins = there.copy()
        begins[1:] &= ~there[:-1] | (way[1:] != way[:-1])
        counted = np.cumsum(begins)
        before = np.zeros(len(self.lengths), np.int64)
        starts = np.cumsum(self.lengths) - np.array(self.lengths, np.int64)
        full = starts < len(ids)
        before[full] = (counted - begins)[starts[full]]
        kept = there & (counted - before[way] == 1)
        first = np.zeros(len(self.lengths) + 1, np.int64)
        np.cumsum(np.bincount(way[kept], minlength=len(self.lengths)), out=first[1:])
        return ref[kept], first, len(clipped)

    def _notes(self, clipped: int, barred: int) -> tuple[str, ...]:
        left = (f"left out: {count} {what}" for what, count in sorted(self.left.items()))
        doubts = (
            f"in doubt, so less is taken than is drawn: {count} times {what} "
            f"({', '.join(f'w{way}' for way in self.doubtful[what])}"
            f"{', ...' if count > len(self.doubtful[what]) else ''})"
            for what, count in sorted(self.doubts.items())
        )
        counted = (
            (clipped, f"{clipped} roads leave the extract and are kept up to its border"),
            (barred, f"{barred} points that a barrier closes to trucks"),
            (
                self.unlooked,
                f"{self.unlooked} roads with a limit on axles or length: not looked at",
            ),
            (self.destination, f"{self.destination} roads only for those who stop there"),
        )
        return (*left, *doubts, *(text for count, text in counted if count))


@dataclass(frozen=True, slots=True)
class _Lines:
    """The points of each way."""

    first: Longs
    ref: Longs

    def __getitem__(self, way: int) -> list[int]:
        found: list[int] = self.ref[self.first[way] : self.first[way + 1]].tolist()
        return found


def _turn_notes(turns: tuple[Any, ...], restrictions: Restrictions) -> tuple[str, ...]:
    kept = (f"{len(turns)} restricted turns",) if turns else ()
    return kept + tuple(
        f"{count} turn restrictions {what}" for what, count in sorted(restrictions.notes.items())
    )
