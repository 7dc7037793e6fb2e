"""Gazetteers as files: lists of places that a report may name, each a table with a head.

Lines that begin with `#` are the head: whose list it is, and the words that stand beside names.
Then follow the names of the columns and a place a line, as comma-separated text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

from safeconduct.adapters.files.plaintext import MEBIBYTE, read_text
from safeconduct.errors import (
    DuplicateKey,
    SafeconductError,
    UnknownReference,
    UnreadableFile,
    WrongField,
)
from safeconduct.spacetime.zones import zone_named
from safeconduct.wire.gazetteer import Kind, Listed, PlaceList, Words

__all__ = ["GazetteerFile", "bundled_gazetteers", "read_gazetteer"]

_LIMIT = 16 * MEBIBYTE
_FOLDER = "gazetteers"
_FORM = 'See "A gazetteer" in docs/reference/reading.md for its form.'
_MUST = ("id", "name", "kind")
_MAY = ("also", "common", "within", "latitude", "longitude")
_LISTS = ("part", "joins", "prefixes", "leading", "short")
_KINDS = ("kind", "unit", "local")
_ONCE, _OFTEN = ("name", "zones"), ("source", "licence", "note")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_HEAD = re.compile(r"#\s*([a-z]+)(?:\s+([^:]+?))?\s*:\s*(.*)")
_FORBIDDEN = re.compile(r"[*|]|\.\.\.")
_HAS_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerFile:
    """A gazetteer, and what its file says of it.

    Parameters
    ----------
    name : a word. zones : the IANA zones of its country.
    source, licence : where its places are from, and on which terms they may be passed on.
    """

    name: str
    zones: tuple[str, ...]
    source: tuple[str, ...]
    licence: tuple[str, ...]
    places: tuple[Listed, ...]
    list: PlaceList


@dataclass(slots=True)
class _Head:
    said: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(word for line in self.said.get(key, ()) for word in _parted(line))


def bundled_gazetteers() -> dict[str, Path]:
    """The files that come with the package, by the name of the gazetteer."""
    folder = Path(str(files("safeconduct.wire") / _FOLDER))
    return {path.stem: path for path in sorted(folder.glob("*.csv"))}


def read_gazetteer(path: Path) -> GazetteerFile:
    """The gazetteer in a file; a file that has not changed since is not read twice.

    Raises
    ------
    MissingFile, FileTooLarge, UnreadableFile : it cannot be read, or is no such table.
    WrongField, DuplicateKey, UnknownReference, UnknownZone : something in it is not of its form;
        the line and the column are named.
    """
    try:
        found = path.stat()
    except OSError:
        return _read(path)  # which says what is wrong
    return _kept(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=16)
def _kept(path: Path, _changed: int, _size: int) -> GazetteerFile:
    return _read(path)


def _read(path: Path) -> GazetteerFile:
    lines = read_text(path, _LIMIT).splitlines()
    try:
        begins = next((n for n, one in enumerate(lines) if not _is_head(one)), len(lines))
        head = _head(lines[:begins])
        places = tuple(_places(lines, begins, head.kinds))
        _check_within(places, begins)
    except SafeconductError as refused:
        raise refused.located(file=str(path)) from None
    listed = tuple(place for _, place in places)
    words = Words(**{key: head.words(key) for key in _LISTS})
    name = head.said["name"][0]
    return GazetteerFile(
        name=name,
        zones=head.words("zones"),
        source=tuple(head.said["source"]),
        licence=tuple(head.said["licence"]),
        places=listed,
        list=PlaceList(name, listed, head.kinds, words),
    )


# -- the head


def _is_head(line: str) -> bool:
    return not line.strip(' ,"') or line.lstrip(' "').startswith("#")


def _head(lines: Sequence[str]) -> _Head:
    head = _Head()
    for number, line in enumerate(lines, 1):
        # A spreadsheet puts a line into one cell and commas for the others behind it.
        plain = next(csv.reader([line]))[0] if line.startswith('"') else line.rstrip(", ")
        if plain.strip(" #"):
            _say(head, plain, number)
    for key in ("name", "source", "licence"):
        if key not in head.said:
            raise WrongField(
                f"The head of the gazetteer does not say its {key}.",
                f"Write a line `# {key}: ...` at its top. {_FORM}",
            ).located(line=1, field=key)
    return head


def _say(head: _Head, line: str, number: int) -> None:
    match = _HEAD.fullmatch(line.strip())
    key, kind, said = match.groups() if match else ("", "", "")
    if key in _KINDS and kind and said:
        if kind in head.kinds:
            raise DuplicateKey(
                f'The kind "{kind}" stands in the head twice.', "Put its words into one line."
            ).located(line=number, field=kind)
        head.kinds[kind] = Kind(
            name=kind, words=_parted(said), is_unit=key == "unit", is_local=key == "local"
        )
        _check_names(_parted(said), number, kind)
    elif key in (*_ONCE, *_OFTEN, *_LISTS) and not kind and said:
        if key in head.said and key not in _OFTEN:
            raise DuplicateKey(
                f"The head says {key} twice.", "Put everything into one line."
            ).located(line=number, field=key)
        head.said.setdefault(key, []).append(said)
        if key == "name" and not _ID.fullmatch(said):
            raise WrongField(
                f'The gazetteer is named "{said}".',
                "Name it by one word of Latin letters, figures and hyphens.",
            ).located(line=number, field=key)
        if key == "zones":
            _check_zones(_parted(said), number)
        if key in ("part", "joins", "short"):
            _check_names(_parted(said), number, key)
    else:
        raise WrongField(
            f'The head says "{line.strip()}", which is not of its form.',
            f"Write `# key: what it is`, or `# kind NAME: words`. {_FORM}",
        ).located(line=number, field=key or None)


def _check_zones(zones: Sequence[str], number: int) -> None:
    for zone in zones:
        try:
            zone_named(zone)
        except SafeconductError as refused:
            raise refused.located(line=number, field="zones") from None


# -- the places


def _places(
    lines: Sequence[str], begins: int, kinds: Mapping[str, Kind]
) -> Iterator[tuple[int, Listed]]:
    """Each place with its line."""
    rows = csv.reader(lines[begins:], strict=True)
    seen: dict[str, int] = {}
    try:
        columns = _columns(next(rows, []), begins + 1)
        for row in rows:
            number = begins + rows.line_num
            if any(cell.strip() for cell in row):
                place = _place(_cells(row, columns, number), kinds, number)
                if place.id in seen:
                    raise DuplicateKey(
                        f'The id "{place.id}" is that of the place in line {seen[place.id]}, too.',
                        "Give each place an id of its own.",
                    ).located(line=number, field="id")
                seen[place.id] = number
                yield number, place
    except csv.Error as wrong:
        raise UnreadableFile(
            f"The table cannot be read: {wrong}.", "Mend the quotation marks of that line."
        ).located(line=begins + rows.line_num) from None


def _columns(row: Sequence[str], number: int) -> list[str]:
    columns = [cell.strip().lower() for cell in row]
    while columns and not columns[-1]:
        columns.pop()
    for name in _MUST:
        if name not in columns:
            raise WrongField(
                f"The columns are {', '.join(columns) or 'not named'}; there is no {name}.",
                f"Name the columns in the first line below the head: {', '.join(_MUST + _MAY)}.",
            ).located(line=number, field=name)
    for name in columns:
        if name not in _MUST + _MAY or columns.count(name) > 1:
            raise WrongField(
                f'The column "{name}" is there twice, or is none that a gazetteer has.',
                f"Its columns are {', '.join(_MUST + _MAY)}.",
            ).located(line=number, field=name)
    return columns


def _cells(row: Sequence[str], columns: Sequence[str], number: int) -> dict[str, str]:
    if any(cell.strip() for cell in row[len(columns) :]):
        raise WrongField(
            f"The line has {len(row)} cells, and there are {len(columns)} columns.",
            "Put quotation marks about a cell that holds a comma.",
        ).located(line=number)
    return {name: cell.strip() for name, cell in zip(columns, row, strict=False)}


def _place(cells: Mapping[str, str], kinds: Mapping[str, Kind], number: int) -> Listed:
    def refuse(name: str, says: str, remedy: str) -> NoReturn:
        raise WrongField(says, remedy).located(line=number, field=name)

    id, name, kind = (cells.get(column, "") for column in _MUST)
    if not _ID.fullmatch(id):
        refuse("id", f'"{id}" is no id.', "Write Latin letters, figures, dots and hyphens.")
    if not name:
        refuse("name", f"The place {id} has no name.", "Write the name that is to be shown.")
    if kind not in kinds:
        known = ", ".join(kinds) or "none"
        refuse("kind", f'"{kind}" is no kind of the head, which has: {known}.',
               f"Write one of them, or a line `# kind {kind or 'NAME'}: words` above.")  # fmt: skip
    for column, most in (("latitude", 90), ("longitude", 180)):
        if (written := cells.get(column, "")) and not _is_degrees(written, most):
            refuse(column, f'"{written}" is no {column}.',
                   f"Write degrees from -{most} to {most}, such as 36.2021.")  # fmt: skip
    if bool(cells.get("latitude")) != bool(cells.get("longitude")):
        refuse("latitude", f"The place {id} has one of latitude and longitude.", "Write both.")
    also, common = _parted(cells.get("also", "")), _parted(cells.get("common", ""))
    for column, names in (("name", (name,)), ("also", also), ("common", common)):
        _check_names(names, number, column)
    within = cells.get("within", "")
    return Listed(id=id, name=name, kind=kind, also=also, common=common, within=within)


def _check_names(names: Sequence[str], number: int, column: str) -> None:
    for name in names:
        if _FORBIDDEN.search(name) or not _HAS_LETTER.search(name):
            raise WrongField(
                f'"{name}" cannot be looked for in a text.',
                "Write the words of the name, without *, | or three dots.",
            ).located(line=number, field=column)


def _check_within(places: Sequence[tuple[int, Listed]], begins: int) -> None:
    """Refuses a place that lies in none of the list, or in itself."""
    if not places:
        raise WrongField(
            "The gazetteer has no place.", f"Write one a line, below the columns. {_FORM}"
        ).located(line=begins + 1)
    above = {place.id: place.within for _, place in places}
    for number, place in places:
        if place.within and place.within not in above:
            raise UnknownReference(
                f'The place {place.id} lies within "{place.within}", which is not in the list.',
                "Write the id of a place of this list, or nothing.",
            ).located(line=number, field="within")
        inner, steps = place.within, 0
        while inner and steps <= len(above):
            inner, steps = above[inner], steps + 1
            if inner == place.id or steps > len(above):
                raise WrongField(
                    f"The place {place.id} lies within itself, by way of {place.within}.",
                    "Name the wider place.",
                ).located(line=number, field="within")


def _is_degrees(written: str, most: int) -> bool:
    try:
        return -most <= float(written) <= most
    except ValueError:
        return False


def _parted(said: str) -> tuple[str, ...]:
    return tuple(part for one in said.split(";") if (part := one.strip()))
