"""Which shows there must be, and which there are."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.show.run import Run, Shown

EXPECTED = Path(__file__).with_name("expected.txt")


class NoSuchShow(LookupError):
    """An id that `expected.txt` does not name, or that no module shows."""


@dataclass(frozen=True, slots=True)
class Title:
    """An id that must be shown, and its title."""

    id: str
    text: str

    @property
    def issue(self) -> str:
        """The letter of the issue that asks for it."""
        return self.id[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """One show: its id, its title, its function, and what its module declares about it.

    `least` is how much must be tried also where campaigns try a part of their count.
    """

    id: str
    title: str
    show: Callable[[Run], Shown]
    count: int
    timed: bool
    soak: bool
    least: int = 1


def expected(path: Path = EXPECTED) -> tuple[Title, ...]:
    """The ids that must be shown, in the order of the list.

    Raises ValueError when a line is not `ID title`, or an id stands twice.
    """
    titles: list[Title] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"([A-Z][1-9][0-9]*) (\S.*)", line)
        if match is None:
            raise ValueError(f"{path.name}:{number}: not `ID title`: {line!r}")
        if any(title.id == match[1] for title in titles):
            raise ValueError(f"{path.name}:{number}: {match[1]} stands twice")
        titles.append(Title(match[1], match[2]))
    return tuple(titles)


def load(title: Title, package: str = "tests.show") -> Entry:
    """The show of an id, from the module named like the id.

    Raises NoSuchShow when there is no such module, or it has no `show`.
    """
    name = f"{package}.{title.id.lower()}"
    if importlib.util.find_spec(name) is None:
        raise NoSuchShow(f"{title.id} ({title.text}) has no module {name}. Write it.")
    module = importlib.import_module(name)
    if not callable(getattr(module, "show", None)):
        raise NoSuchShow(f"{name} has no function `show(run)`. Write it.")
    return Entry(
        id=title.id,
        title=title.text,
        show=module.show,
        count=getattr(module, "COUNT", 1),
        timed=getattr(module, "TIMED", False),
        soak=getattr(module, "SOAK", False),
        least=getattr(module, "LEAST", 1),
    )


def find(id: str, titles: tuple[Title, ...] | None = None) -> Entry:
    """The show of one id, in either case of letters.

    Raises NoSuchShow, naming the ids there are, when the id is not expected.
    """
    known = expected() if titles is None else titles
    for title in known:
        if title.id == id.upper():
            return load(title)
    there = ", ".join(title.id for title in known)
    raise NoSuchShow(f"There is no show {id!r}. There are: {there}.")
