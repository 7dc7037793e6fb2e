"""Ways to spoil a file, and what the refusal must say; the tables are made of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.unit.app.folders import MEBIBYTE

Spoil = Callable[[Path], None]

END = "the end of the file"
"""Blamed where something is broken off: the last line, or the one that never came."""


@dataclass(frozen=True)
class Bad:
    """One bad input, and the refusal that it must meet.

    Parameters
    ----------
    spoil : makes it; takes the case folder, or the path of the file to write.
    code : the refusal's code.
    says : words of the message: what was found, and what to do.
    file : the file blamed, inside the folder; empty for the folder or file itself.
    line : a text that stands on the line blamed; empty where no line can be named.
    field : the field blamed; empty where none can be named.
    """

    id: str
    spoil: Spoil
    code: str
    says: tuple[str, ...]
    file: str = ""
    line: str = ""
    field: str = ""


def swap(file: str, old: str, new: str) -> Spoil:
    """Writes `new` in the place of `old`, which stands in the file once."""

    def spoil(folder: Path) -> None:
        text = (folder / file).read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (folder / file).write_text(text.replace(old, new))

    return spoil


def holds(file: str, data: str | bytes) -> Spoil:
    """Lets the whole file be something else."""

    def spoil(folder: Path) -> None:
        path = folder / file if file else folder
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return spoil


def cut(file: str, after: str) -> Spoil:
    """Ends the file behind a text, as a copy that was broken off would."""

    def spoil(folder: Path) -> None:
        text = (folder / file).read_text()
        (folder / file).write_text(text[: text.index(after) + len(after)])

    return spoil


def gone(file: str) -> Spoil:
    """Takes the file away."""
    return lambda folder: (folder / file).unlink()


def huge(file: str) -> Spoil:
    """Makes the file 100 MB large; it holds nothing, so it takes no room on the disk."""

    def spoil(folder: Path) -> None:
        with (folder / file if file else folder).open("wb") as opened:
            opened.truncate(100 * MEBIBYTE)

    return spoil


def a_folder(file: str) -> Spoil:
    """Puts a folder where the file belongs."""

    def spoil(folder: Path) -> None:
        path = folder / file if file else folder
        path.unlink(missing_ok=True)
        path.mkdir()

    return spoil


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
# Nine lines that a reader which follows aliases would expand to 10^9 words.
BOMB = "a0: &a0 [lol]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)
