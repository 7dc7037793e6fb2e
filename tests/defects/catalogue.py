"""The planted defects: read from `catalogue.toml`, and how each is put into a tree."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("catalogue.toml")


class CatalogueBroken(RuntimeError):
    """An entry that does not fit: its text does not stand once in its file, or it is no entry."""


@dataclass(frozen=True, slots=True)
class Defect:
    """One wrong change of the source, and the tests that must fail because of it.

    Parameters
    ----------
    id : what is wrong, in a few words joined by hyphens.
    says : the same in one sentence.
    file : the file to spoil, relative to the repository.
    found : a text that stands exactly once in the file.
    planted : what is put in its place.
    tests : node ids of test functions, `tests/.../test_x.py::test_y`; each must notice. A function
        with parameters notices when one of its cases fails.
    """

    id: str
    says: str
    file: str
    found: str
    planted: str
    tests: tuple[str, ...]

    def spoilt(self, source: str) -> str:
        """The source of its file with the defect in it.

        Raises CatalogueBroken when the text to replace does not stand there exactly once, or when
        replacing it changes nothing.
        """
        times = source.count(self.found)
        if times != 1:
            raise CatalogueBroken(
                f"{self.id}: the text to replace stands {times} times in {self.file}, not once: "
                f"{self.found!r}. Give a text of today's source that stands there once."
            )
        if self.planted == self.found:
            raise CatalogueBroken(f"{self.id}: what is planted is what was there.")
        return source.replace(self.found, self.planted)

    @contextmanager
    def planted_in(self, root: Path) -> Iterator[None]:
        """For the length of the block the tree below `root` has the defect; raises as `spoilt`."""
        path = root / self.file
        sound = path.read_text("utf-8")
        _rewrite(path, self.spoilt(sound))
        try:
            yield
        finally:
            _rewrite(path, sound)


def _rewrite(path: Path, source: str) -> None:
    path.write_text(source, "utf-8")
    # Byte code counts as current when size and whole second agree: two versions may do both.
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink()


def catalogue(path: Path = LIST) -> tuple[Defect, ...]:
    """Every defect of the list, in its order; CatalogueBroken when an entry is no entry."""
    return tuple(_entries(tomllib.loads(path.read_text("utf-8"))["defect"]))


def _entries(tables: list[dict[str, Any]]) -> Iterable[Defect]:
    names = {field.name for field in fields(Defect)}
    for number, table in enumerate(tables, 1):
        if set(table) != names or not table["tests"]:
            raise CatalogueBroken(f"Entry {number} needs exactly {sorted(names)}: {table}")
        yield Defect(**(table | {"tests": tuple(table["tests"])}))
