"""A second process in which files are taken apart that a library may choke on.

It has limits of memory and of time, and it is ended when it does not keep them: a hostile file
costs that process and nothing else. It is started when the first such file comes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import safeconduct
from safeconduct.adapters.reports.kinds import Kind
from safeconduct.adapters.reports.limits import CPU_SECONDS, WALL_SECONDS
from safeconduct.errors import (
    FileTooLarge,
    MissingExtra,
    SafeconductError,
    UnreadableFile,
    WrongField,
)

__all__ = ["Child"]

_ERRORS = {one.code: one for one in (FileTooLarge, MissingExtra, UnreadableFile, WrongField)}
_WORKER = "safeconduct.adapters.reports.worker"
_ANSWER_BYTES = 64 << 20
_AS_TEXT = "Copy the text of the report and hand it in as plain text."


class Child:
    """A limited process that takes reports apart; to be closed, or used in a `with`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, kind: Kind, content: bytes, *, sheet: str = "") -> Any:
        """What the process took from a file: JSON as the worker gives it.

        Raises
        ------
        UnreadableFile : the file cannot be taken apart, or not within the limits.
        FileTooLarge, MissingExtra, WrongField : as the worker says.
        """
        process = self._started()
        timer = threading.Timer(WALL_SECONDS, process.kill)
        timer.daemon = True
        timer.start()
        try:
            answer = _asked(process, kind, content, sheet)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            raise _stopped(
                f"was not done after {CPU_SECONDS} seconds of the processor or {WALL_SECONDS} "
                "seconds in all, or ended the process that read it"
            )
        if "stopped" in answer:
            raise _stopped(answer["stopped"])
        if "error" in answer:
            raise _error(answer["error"])
        return answer["ok"]

    def close(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            # The same package as here, also where it was found by the folder it lies in.
            home = str(Path(safeconduct.__file__).parents[1])
            paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
        return self._process


def _asked(
    process: subprocess.Popen[bytes], kind: Kind, content: bytes, sheet: str
) -> dict[str, Any] | None:
    """The answer of the process; None where it ended without one."""
    if process.stdin is None or process.stdout is None:
        return None
    question = {"kind": kind.value, "bytes": len(content), "sheet": sheet}
    try:
        process.stdin.write(json.dumps(question).encode("ascii") + b"\n")
        process.stdin.write(content)
        process.stdin.flush()
        length = process.stdout.readline(20)
        if not length.strip().isdigit() or int(length) > _ANSWER_BYTES:
            return None
        told = process.stdout.read(int(length))
        answer = json.loads(told) if len(told) == int(length) else None
    except (BrokenPipeError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _stopped(why: str) -> UnreadableFile:
    return UnreadableFile(f"The reading of the file was stopped: it {why}.", _AS_TEXT)


def _error(told: dict[str, Any]) -> SafeconductError:
    return _ERRORS[told["code"]](told["found"], told["remedy"], **told["facts"])
