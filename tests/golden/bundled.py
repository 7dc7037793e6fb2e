"""The bundled cases, opened once for all golden tests, and the questions that are asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from safeconduct.adapters.files.casefolder import bundled_cases
from safeconduct.adapters.files.expected import Moment
from safeconduct.app.opening import Opened, open_case
from safeconduct.spacetime import utc

CASES = tuple(folder.name for folder in bundled_cases())


@cache
def opened(case: str) -> Opened:
    """A bundled case as a replay."""
    return open_case(case)


def moments(case: str) -> tuple[Moment, ...]:
    """The moments that a case's expected.yaml asks about."""
    found = opened(case).case
    assert found is not None
    return found.expected


def questions() -> Iterator[tuple[str, Moment]]:
    """Every moment of every bundled case."""
    return ((case, moment) for case in CASES for moment in moments(case))


def name(question: tuple[str, Moment]) -> str:
    """A readable test id."""
    case, moment = question
    known = f"-known-{utc(moment.known_at)}" if moment.known_at is not None else ""
    return f"{case}-{moment.movement}-{utc(moment.at)}{known}"
