"""The one place that reads a clock."""

from __future__ import annotations

import time


def now() -> int:
    """This moment, UTC seconds."""
    return int(time.time())  # noqa: TID251  # this is the adapter that the ban points to


def wait(seconds: int) -> None:
    """Returns once so many seconds are over."""
    time.sleep(seconds)


def elapsed() -> float:
    """Seconds since some moment, for measuring how long something takes; it never goes back."""
    return time.monotonic()
