"""How far a long reading is, on standard error, once it takes longer than two seconds.

On a terminal it is one line that moves; anywhere else a line every few seconds. Whoever cancels it
(Ctrl-C, or a polite kill) is told that nothing was written.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType

from rich.console import Console

from safeconduct.adapters.clock import elapsed

__all__ = ["Cancelled", "progress"]

AFTER_S = 2.0
EVERY_S = 5.0

Tell = Callable[[str, int], None]


class Cancelled(BaseException):
    """Somebody asked the program to end; by which signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def progress(*, quiet: bool) -> Iterator[Tell]:
    """A function to be told how far a reading is; ends the program when that is cancelled.

    Parameters
    ----------
    quiet : show nothing, since what stands on standard error is for a program to read.
    """
    before = signal.signal(signal.SIGTERM, _cancel)
    console = Console(stderr=True, highlight=False)
    began = elapsed()
    moving = console.status("") if console.is_terminal and not quiet else None
    shown = began - EVERY_S
    started = False

    def tell(what: str, count: int) -> None:
        nonlocal shown, started
        now = elapsed()
        if quiet or now - began < AFTER_S:
            return
        says = f"{count:,} {what}, {now - began:.0f} s"
        if moving is not None:
            if not started:
                moving.start()
                started = True
            moving.update(says)
        elif now - shown >= EVERY_S:
            shown = now
            print(says, file=sys.stderr, flush=True)

    try:
        with nullcontext() if moving is None else _stopped(moving):
            yield tell
    except (KeyboardInterrupt, Cancelled) as ended:
        number = ended.number if isinstance(ended, Cancelled) else int(signal.SIGINT)
        print("Cancelled: nothing was written.", file=sys.stderr)
        # As a shell counts a program that a signal ended.
        raise SystemExit(128 + number) from None
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _stopped(moving: object) -> Iterator[None]:
    """Takes the moving line away at the end, whatever the end is."""
    try:
        yield
    finally:
        getattr(moving, "stop", lambda: None)()


def _cancel(number: int, frame: FrameType | None) -> None:
    raise Cancelled(number)
