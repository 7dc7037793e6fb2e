"""A live register of the two towns, kept day by day under a clock that a test sets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from safeconduct.app import assess as assessing
from safeconduct.app import founding, moving, outcomes, reconfirming, registers
from safeconduct.app.founding import init
from safeconduct.app.registers import record
from safeconduct.spacetime import Edge, instant
from tests.unit.app.folders import TWO_TOWNS, ground_and_records

SetClock = Callable[[str], None]
MOVEMENT = "relief-to-birch"
NOW = "2030-05-06T07:30:00Z"
DEPARTED = (
    "zone: UTC\ndepartures:\n  - {id: left, movement: relief-to-birch, version: 1,"
    " departed_at: 2030-05-06 09:00, by: convoy leader}\n"
)


def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Sets the office's clock, which stands still until it is set again."""

    def stands_at(moment: str) -> None:
        seconds = instant(moment, edge=Edge.START)
        for module in (founding, registers, assessing, moving, outcomes, reconfirming):
            monkeypatch.setattr(module, "now", lambda: seconds)

    return stands_at


def make(folder: Path, clock: SetClock) -> str:
    """A register with the ground and all records of the two towns, at 07:30 on the day."""
    path = folder / "office.db"
    path.write_bytes(_whole())
    clock(NOW)
    return str(path)


@cache
def _whole() -> bytes:
    """The bytes of that register, made once: its records were entered at 07:05."""
    with TemporaryDirectory() as made, pytest.MonkeyPatch.context() as patch:
        folder = Path(made)
        set_clock(patch)("2030-05-06T07:05:00Z")
        path = folder / "office.db"
        init(str(path))
        record(str(path), str(TWO_TOWNS))
        record(str(path), str(ground_and_records(folder)))
        return path.read_bytes()


def add(path: str, folder: Path, text: str) -> None:
    """Records a file of this text."""
    source = folder / "more.yaml"
    source.write_text(text)
    record(path, str(source))
