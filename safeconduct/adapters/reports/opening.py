"""Opening a report: from a path, a stream or pasted text to its text, laid out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from safeconduct.adapters.files.plaintext import MEBIBYTE, read_bytes
from safeconduct.adapters.reports.child import Child
from safeconduct.adapters.reports.decoding import plain
from safeconduct.adapters.reports.kinds import Kind, kind_of
from safeconduct.adapters.reports.limits import (
    FILE_BYTES,
    PAGE_BYTES,
    TEXT_BYTES,
    check_length,
)
from safeconduct.adapters.reports.taken import TURNED, Taken
from safeconduct.errors import FileTooLarge, SafeconductError, UnreadableFile
from safeconduct.wire import Report
from safeconduct.wire.layout import lay_out
from safeconduct.wire.tidying import tidied, turned_around

__all__ = ["Given", "content_of", "name_of", "open_report"]

Given = Path | BinaryIO | str
"""A file, a stream of bytes such as standard input, or pasted text."""

_HALF = re.compile("[\ud800-\udfff]")
_LIMITS = {Kind.TEXT: TEXT_BYTES, Kind.TABLE: TEXT_BYTES, Kind.PAGE: PAGE_BYTES}


def open_report(
    given: Given,
    *,
    published: dt.date | None = None,
    publisher: str = "",
    source: str = "",
    kind: Kind | None = None,
    child: Child | None = None,
) -> Report:
    """The report that a file, a stream or pasted text holds.

    Parameters
    ----------
    given : a path, a stream of bytes, or the text itself.
    published : the day of publication, where it is known; it wins over what the report says.
    publisher : who published it, where that is known and the text does not say so.
    source : where it comes from, for people; the file's name where nothing is given.
    kind : what it is, where its bytes and its name do not tell.
    child : the process in which files are taken apart, to be used again for the next; without it
        one is started where it is needed, and ended.

    Raises
    ------
    MissingFile : nothing is there.
    FileTooLarge : it is larger than a report may be; the message has both sizes.
    UnreadableFile : it is damaged, locked, of a kind that is not read, or holds no text.
    MissingExtra : it needs a library that is not installed.
    """
    try:
        taken = _taken(given, kind, child)
    except SafeconductError as error:
        raise error.located(file=str(given) if isinstance(given, Path) else None) from None
    if not taken.text.strip():
        raise UnreadableFile(
            f"{name_of(given)} holds no text.", "Check that it is the right file."
        ).located(file=str(given) if isinstance(given, Path) else None)
    return lay_out(
        taken.text,
        title=taken.title,
        publisher=publisher or taken.publisher,
        published=published,
        declared=taken.day,
        source=source or (given.name if isinstance(given, Path) else ""),
        left_out=taken.left_out,
        notes=taken.notes,
    )


def _taken(given: Given, kind: Kind | None, child: Child | None) -> Taken:
    if isinstance(given, str):
        return _of_text(_pasted(given)) if kind in (None, Kind.TEXT) else _taken_apart(
            kind, given.encode("utf-8", "replace"), child
        )  # fmt: skip
    content = content_of(given)
    kind = kind or kind_of(content, given.name if isinstance(given, Path) else "")
    _check_size(name_of(given), len(content), _LIMITS.get(kind, FILE_BYTES))
    if kind in (Kind.TABLE, Kind.WORKBOOK):
        raise UnreadableFile(
            f"{name_of(given)} is a table, in which each row is a report.",
            "Say which of its columns hold what: date, who, what, where.",
        )
    if kind is Kind.TEXT:
        return _of_text(plain(content, name_of(given)))
    return _taken_apart(kind, content, child)


def content_of(given: Path | BinaryIO) -> bytes:
    """The bytes of a file or a stream, no more than the largest kind may have.

    Raises
    ------
    MissingFile, FileTooLarge, UnreadableFile : as reading a file does.
    """
    if isinstance(given, Path):
        return read_bytes(given, FILE_BYTES)
    content = given.read(FILE_BYTES + 1)
    _check_size(name_of(given), len(content), FILE_BYTES)
    return content


def name_of(given: Given) -> str:
    """What messages call what was given."""
    if isinstance(given, Path):
        return given.name
    return "The pasted text" if isinstance(given, str) else "What was given"


def _pasted(text: str) -> str:
    _check_size("The pasted text", len(text), TEXT_BYTES)
    if (half := _HALF.search(text)) is not None:
        raise UnreadableFile(
            f"The pasted text holds half a character (U+{ord(half[0]):04X}), at character "
            f"{half.start()}.",
            "It was damaged on its way: copy it again, or hand it in as a file.",
        )
    return plain(text.encode("utf-8"), "The pasted text")


def _of_text(text: str) -> Taken:
    found = Taken(text=check_length(tidied(text)))
    return replace(found, notes=(TURNED,)) if turned_around(text) else found


def _taken_apart(kind: Kind, content: bytes, child: Child | None) -> Taken:
    if child is not None:
        return Taken.from_json(child.ask(kind, content))
    with Child() as own:
        return Taken.from_json(own.ask(kind, content))


def _check_size(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise FileTooLarge(
            f"{name} holds {-(-size * 10 // MEBIBYTE) / 10} MiB, but no more than "
            f"{limit // MEBIBYTE} MiB of its kind are read.",
            "Check that it is the right file; hand in the text of the report by itself if it is.",
            size=size,
            limit=limit,
        )
