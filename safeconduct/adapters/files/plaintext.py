"""Files as text or bytes, with everything that no honest file is refused before it is read."""

from __future__ import annotations

import re
import stat
import unicodedata
from pathlib import Path

from safeconduct.errors import FileTooLarge, MissingFile, SafeconductError, UnreadableFile

MEBIBYTE = 2**20

# What a text file never holds; YAML, JSON and CSV all forbid them or have no use for them.
_BINARY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    The size is looked at before anything is read, so a huge file costs nothing.

    Raises
    ------
    MissingFile : nothing is there.
    FileTooLarge : it is larger than `limit`; the message names both sizes.
    UnreadableFile : it is a folder, a device or a pipe, or may not be read.
    """
    try:
        found = path.stat()
        _check(path, found.st_mode, found.st_size, limit)
        with path.open("rb") as file:
            # One byte more than allowed: a file that grew since it was looked at is caught too.
            content = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFile.at(path) from None
    except OSError as refused:
        raise UnreadableFile(
            f"{path.name} cannot be read: {refused.strerror}.",
            "Check that you may read it and that the disk is there.",
        ).located(file=str(path)) from None
    _check(path, found.st_mode, len(content), limit)
    return content


def read_text(path: Path, limit: int) -> str:
    """The text of a UTF-8 file of at most `limit` bytes, in Unicode's composed form (NFC).

    The same name typed on two machines may arrive as different code points; records are compared
    and signed, so there is one form from the start. A byte order mark at the start is left out.

    Raises
    ------
    UnreadableFile : it is not UTF-8, or holds control characters as only binary files do.
    All that `read_bytes` raises.
    """
    content = read_bytes(path, limit)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _located(
            UnreadableFile(
                f"{path.name} is no UTF-8 text: the byte 0x{content[wrong.start]:02x} cannot "
                "stand where it stands.",
                "Save the file as UTF-8 text; if it is a picture or a document, it is the wrong "
                "file.",
            ),
            path,
            content[: wrong.start].count(b"\n"),
        ) from None
    if binary := _BINARY.search(text):
        raise _located(
            UnreadableFile(
                f"{path.name} holds the control character 0x{ord(binary[0]):02x}, as only binary "
                "files do.",
                "Give the text file it was made from.",
            ),
            path,
            text.count("\n", 0, binary.start()),
        )
    return unicodedata.normalize("NFC", text)


def _check(path: Path, mode: int, size: int, limit: int) -> None:
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
        raise UnreadableFile(
            f"{path.name} is {kind}.", "Give the path of an ordinary file."
        ).located(file=str(path))
    if size > limit:
        raise FileTooLarge(
            f"{path.name} holds {_mebibytes(size)}, but no more than {_mebibytes(limit)} are read.",
            "Check that it is the right file; split it if it is.",
            size=size,
            limit=limit,
        ).located(file=str(path))


def _mebibytes(size: int) -> str:
    """The size for people, in tenths of a mebibyte rounded up; bytes below one tenth."""
    tenths = -(-size * 10 // MEBIBYTE)
    return f"{tenths // 10}.{tenths % 10} MiB" if tenths > 1 else f"{size} bytes"


def _located(error: SafeconductError, path: Path, lines_before: int) -> SafeconductError:
    return error.located(file=str(path), line=lines_before + 1)
