"""Which columns of an office's own table hold what, and the file in which that is remembered."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.plaintext import read_text
from safeconduct.adapters.userfolder import own_folder
from safeconduct.errors import MissingFile, UnreadableFile, WrongField

__all__ = ["DAY_FIRST", "MONTH_FIRST", "Columns", "read_columns", "remember", "remembered"]

DAY_FIRST, MONTH_FIRST = "day first", "month first"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_LIMIT = 1 << 16
_FOLDER = "columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns of a table hold what; each by the name in its head, or by its letter.

    Parameters
    ----------
    what : what was said or happened; the only column that must be there.
    date, who, where : the day, who said it, the place; empty for none.
    publisher, link : where each row is from.
    dates : how days in numbers are written, "day first" (4/11 is in November) or "month first";
        empty where every day tells it by itself.
    sheet : which sheet of a workbook; empty for the first.
    head : the row with the names of the columns, from 1; 0 where there is none, and columns are
        named by letters.

    Raises
    ------
    WrongField : no column is named for `what`; `dates` or `head` is something else.
    """

    what: str
    date: str = ""
    who: str = ""
    where: str = ""
    publisher: str = ""
    link: str = ""
    dates: str = ""
    sheet: str = ""
    head: int = 1

    def __post_init__(self) -> None:
        if not self.what:
            raise WrongField(
                "No column is named for what was said.", "Name it: what = 'Statement'."
            ).located(field="what")
        if self.dates not in ("", DAY_FIRST, MONTH_FIRST):
            raise WrongField(
                f"Days are said to be written {self.dates!r}.",
                f"Write {DAY_FIRST!r}, {MONTH_FIRST!r} or nothing.",
            ).located(field="dates")
        if self.head < 0:
            raise WrongField(
                f"The head is said to be row {self.head}.", "Rows are counted from 1; 0 for none."
            ).located(field="head")

    def found_in(self, rows: Sequence[Sequence[str]]) -> dict[str, int]:
        """The number of each column that is named, in a table with these rows.

        Raises
        ------
        WrongField : a column that is named is not there, or is there twice.
        """
        if self.head > len(rows):
            raise WrongField(
                f"The table has {len(rows)} rows, and its head is said to be row {self.head}.",
                "Give the row with the names of the columns.",
            ).located(field="head")
        names = [_same(one) for one in rows[self.head - 1]] if self.head else []
        width = max((len(one) for one in rows), default=0)
        return {
            key: _place(key, getattr(self, key), names, width)
            for key in ("what", "date", "who", "where", "publisher", "link")
            if getattr(self, key)
        }


def read_columns(path: Path) -> Columns:
    """The columns that a file names: lines such as `what = "Statement"` (TOML).

    Raises
    ------
    MissingFile, FileTooLarge, UnreadableFile : it cannot be read, or is not TOML.
    WrongField : it names what a table does not have, or a value of another kind.
    """
    text = read_text(path, _LIMIT)
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise UnreadableFile(
            f"{path.name} is no TOML: {wrong}.", 'Write lines such as: what = "Statement"'
        ).located(file=str(path)) from None
    try:
        return _columns(told)
    except WrongField as error:
        raise error.located(file=str(path)) from None


def remember(name: str, columns: Columns) -> Path:
    """Keeps the columns under a name in the user's folder; what was kept under it is replaced.

    Raises
    ------
    WrongField : the name has other characters than small letters, digits and hyphens.
    """
    path = _kept(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = [
        f"{one.name} = {json.dumps(value, ensure_ascii=False)}\n"
        for one in fields(columns)
        if (value := getattr(columns, one.name)) != one.default
    ]
    whole = path.with_suffix(".new")
    whole.write_text("".join(lines), encoding="utf-8")
    os.replace(whole, path)
    return path


def remembered(name: str) -> Columns:
    """The columns that were kept under a name.

    Raises
    ------
    MissingFile : none were; the message names those that there are.
    """
    path = _kept(name)
    if not path.exists():
        known = ", ".join(sorted(one.stem for one in path.parent.glob("*.toml")))
        raise MissingFile(
            f"No columns are kept under the name {name}, only {known}."
            if known
            else f"No columns are kept under the name {name}, and none under another.",
            "Name the columns of the table once, and keep them under this name.",
        )
    return read_columns(path)


def _kept(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise WrongField(
            f"Columns cannot be kept under the name {name[:70]!r}.",
            "Use small letters, digits and hyphens, such as `field-log`.",
        )
    return own_folder() / _FOLDER / f"{name}.toml"


def _columns(told: dict[str, Any]) -> Columns:
    types = {one.name: int if one.name == "head" else str for one in fields(Columns)}
    for key, value in told.items():
        if key not in types:
            raise WrongField(f"A table has no {key!r}.", f"Name: {', '.join(types)}.").located(
                field=key
            )
        if type(value) is not types[key]:
            raise WrongField(
                f"Found {value!r}, which is no {'number' if key == 'head' else 'text'}.",
                'Write lines such as: what = "Statement"',
            ).located(field=key)
    return Columns(**({"what": ""} | told))


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()


def _place(key: str, name: str, names: list[str], width: int) -> int:
    if names:
        found = [number for number, one in enumerate(names) if one == _same(name)]
        if len(found) == 1:
            return found[0]
        shown = ", ".join(one for one in names[:30] if one)
        raise WrongField(
            f"The table has {len(found) or 'no'} columns {name!r}; its head has: {shown}.",
            "Name a column as it stands in the head, and give each its own name.",
        ).located(field=key)
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1 if "A" <= letter <= "Z" else width + 1
    if not 0 < number <= width:
        raise WrongField(
            f"The table has no column {name!r}; it has {width} columns.",
            "Without a head columns are named by their letters: A, B, C.",
        ).located(field=key)
    return number - 1
