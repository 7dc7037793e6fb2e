"""Running a command as a person does: arguments in; exit code, output and complaints out."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from safeconduct.cli.main import run
from tests.unit.app.folders import REPOSITORY


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The body on standard output."""
        return json.loads(self.out)

    @property
    def complaint(self) -> dict[str, Any]:
        """The error body on standard error, and nothing beside it."""
        body: dict[str, Any] = json.loads(self.err)
        return body


def safeconduct(
    *arguments: str | Path, stdin: bytes = b"", columns: int = 80, **environment: str
) -> Ran:
    """Runs a command in this process, in a terminal of so many columns, without colours."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    surroundings = {"COLUMNS": str(columns), "TERM": "dumb"} | environment
    code = 1
    with (
        mock.patch.dict(os.environ, surroundings),
        mock.patch.object(sys, "stdin", given),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            run([str(argument) for argument in arguments])
        except SystemExit as ended:
            assert isinstance(ended.code, int)
            code = ended.code
    return Ran(code, _text(out), _text(err))


def process(*arguments: str | Path, cwd: Path, stdin: bytes = b"", **environment: str) -> Ran:
    """Runs `python -m safeconduct` as a process of its own."""
    finished = subprocess.run(
        [sys.executable, "-m", "safeconduct", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "COLUMNS": "80"} | environment,
        timeout=60,
        check=False,
    )
    return Ran(finished.returncode, finished.stdout.decode(), finished.stderr.decode())


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
