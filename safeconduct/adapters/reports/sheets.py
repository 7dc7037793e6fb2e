"""An office's own table as reports: each row that says something is one."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from safeconduct.adapters.reports.child import Child
from safeconduct.adapters.reports.columns import DAY_FIRST, MONTH_FIRST, Columns
from safeconduct.adapters.reports.decoding import plain
from safeconduct.adapters.reports.kinds import Kind, kind_of
from safeconduct.adapters.reports.limits import COLUMNS, ROWS, check_length
from safeconduct.adapters.reports.opening import Given, content_of, name_of
from safeconduct.errors import FileTooLarge, SafeconductError, UnreadableFile
from safeconduct.wire import Excerpt, Report
from safeconduct.wire.fulldate import full_dates
from safeconduct.wire.tidying import tidied

__all__ = ["Sheet", "open_sheet"]

_ISO = re.compile(r"((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})(?:[T ].*)?")
_NUMBERS = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]((?:19|20)[0-9]{2})(?: .*)?")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The reports of a table, in its order, and what a person must know of the whole."""

    reports: tuple[Report, ...]
    notes: tuple[str, ...] = ()


def open_sheet(
    given: Given,
    columns: Columns,
    *,
    publisher: str = "",
    source: str = "",
    kind: Kind | None = None,
    child: Child | None = None,
) -> Sheet:
    """The rows of a table (`.csv`, `.xlsx`) as reports.

    The text of each is made of its cells alone: the day, the place, and who said what, each on a
    line. A row without words in the column of `what` is left out and named in the notes.

    Parameters
    ----------
    columns : which column holds what.
    publisher, source, kind, child : as in `open_report`; a row's own publisher wins.

    Raises
    ------
    WrongField : a column that is named is not there.
    MissingFile, FileTooLarge, UnreadableFile, MissingExtra : as in `open_report`.
    """
    try:
        rows = _rows(given, columns, kind, child)
        places = columns.found_in(rows)
    except SafeconductError as error:
        raise error.located(file=str(given) if isinstance(given, Path) else None) from None
    name = source or (given.name if isinstance(given, Path) else "a table")
    reports, empty = [], []
    for number, row in enumerate(rows[columns.head :], columns.head + 1):
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in places.items()}
        if cells["what"]:
            reports.append(_report(cells, columns, f"{name}, row {number}", publisher))
        elif any(cells.values()):
            empty.append(number)
    notes = [f"Row {number} says nothing in {columns.what!r} and is left out." for number in empty]
    if not reports:
        raise UnreadableFile(
            f"{name_of(given)} has no row that says anything in {columns.what!r}.",
            "Check that the columns are named rightly.",
        ).located(file=str(given) if isinstance(given, Path) else None)
    return Sheet(tuple(reports), tuple(notes))


def _report(cells: dict[str, str], columns: Columns, source: str, publisher: str) -> Report:
    """One row: the day, the place, and who said what, each on a line of its own."""
    written, place, who = (cells.get(key, "") for key in ("date", "where", "who"))
    said = f"{who}: {cells['what']}" if who else cells["what"]
    day = _day(written, columns.dates)
    notes = [f"The day is written {written!r}, which {day}."] if isinstance(day, str) else []
    lines = [one for one in (written, place, said) if one]
    text = check_length("\n".join(lines))
    at_place = len(written) + 1 if written else 0
    link = cells.get("link", "")
    return Report(
        text=text,
        dateline=Excerpt(at_place, at_place + len(place)) if place else None,
        dated=Excerpt(0, len(written)) if isinstance(day, dt.date) else None,
        published=day if isinstance(day, dt.date) else None,
        told_publisher=cells.get("publisher", "") or publisher,
        source=f"{source}: {link}" if link else source,
        notes=tuple(notes),
    )


def _day(written: str, order: str) -> dt.date | str | None:
    """The day that a cell names; why it is none, where it is in doubt; None for an empty cell."""
    if not written:
        return None
    plain_digits = written.translate(_EASTERN)
    iso, numbers = _ISO.fullmatch(plain_digits), _NUMBERS.fullmatch(plain_digits)
    if iso:
        return _date(iso[1][:4], iso[1][5:7], iso[1][8:]) or "is no day of the calendar"
    if numbers:
        first, second, year = numbers.groups()
        readings = {
            DAY_FIRST: _date(year, second, first),
            MONTH_FIRST: _date(year, first, second),
        }
        days = {readings[order]} if order else set(readings.values())
        days.discard(None)
        if len(days) == 1:
            return days.pop()
        if not days:
            return "is no day of the calendar"
        return f"may be two days; say in the columns whether it is {DAY_FIRST} or {MONTH_FIRST}"
    stated = {day for _, day in full_dates(written, Excerpt(0, len(written)))}
    return stated.pop() if len(stated) == 1 else "is not understood"


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _rows(
    given: Given, columns: Columns, kind: Kind | None, child: Child | None
) -> Sequence[Sequence[str]]:
    if isinstance(given, str):
        return _table(tidied(given), name_of(given))
    content = content_of(given)
    kind = kind or kind_of(content, given.name if isinstance(given, Path) else "")
    if kind is Kind.WORKBOOK:
        if child is not None:
            return _of_child(child, content, columns)
        with Child() as own:
            return _of_child(own, content, columns)
    if kind not in (Kind.TABLE, Kind.TEXT):
        raise UnreadableFile(
            f"{name_of(given)} is no table but a report of its own kind (.{kind.value}).",
            "Hand it in without naming columns.",
        )
    return _table(tidied(plain(content, name_of(given))), name_of(given))


def _of_child(child: Child, content: bytes, columns: Columns) -> list[list[str]]:
    rows: list[list[str]] = child.ask(Kind.WORKBOOK, content, sheet=columns.sheet)
    return rows


def _table(text: str, name: str) -> list[list[str]]:
    """The rows of a text with one row a line; what parts its cells is told from the first line."""
    check_length(text)
    first = text.lstrip("\n").partition("\n")[0]
    mark = max(",;\t|", key=first.count)
    try:
        rows = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            rows.append(row)
            if len(rows) > ROWS or len(row) > COLUMNS:
                raise FileTooLarge(
                    f"{name} has more than {ROWS:,} rows or {COLUMNS} columns.", "Split it."
                )
        return rows
    except csv.Error as error:
        raise UnreadableFile(
            f"{name} is no whole table: {error}, in row {len(rows) + 1}.",
            "It may be cut short; save it again as CSV in UTF-8.",
        ) from None
