"""How far a long import is, and what is left when somebody breaks it off."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from safeconduct.cli import progress as module
from safeconduct.cli.progress import progress
from tests.unit.adapters.osm.extracts import Extract, road
from tests.unit.cli.running import safeconduct


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that shows the one number in this list."""
    at = [100.0]
    monkeypatch.setattr(module, "elapsed", lambda: at[0])
    return at


def test_a_quick_reading_says_nothing(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with progress(quiet=False) as tell:
        clock[0] += 1.9
        tell("objects read", 5000)
    assert capsys.readouterr().err == ""


def test_after_two_seconds_it_tells_and_then_every_few(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with progress(quiet=False) as tell:
        for seconds in (1, 1, 1, 1, 1, 1, 1, 1):
            clock[0] += seconds
            tell("objects read", int(clock[0] - 100) * 1000)
    assert capsys.readouterr().err == "2,000 objects read, 2 s\n7,000 objects read, 7 s\n"


def test_beside_json_nothing_stands_on_standard_error(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with progress(quiet=True) as tell:
        clock[0] += 60
        tell("objects read", 5000)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_breaks_it_off_is_told_that_nothing_was_written(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    # A shell lets what it starts in the background ignore Ctrl-C; the runner may stand there.
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(SystemExit) as ended, progress(quiet=False):
            os.kill(os.getpid(), number)
            signal.sigtimedwait([], 1)
    finally:
        signal.signal(signal.SIGINT, inherited)
    assert ended.value.code == 128 + number
    assert capsys.readouterr().err == "Cancelled: nothing was written.\n"
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize("stage", ["objects read", "roads laid out", "edges written"])
def test_an_import_that_is_broken_off_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    Extract({1: road(1, 2)}).write(tmp_path / "a.osm.pbf")
    real = module.progress

    def breaks(what: str, count: int) -> None:
        if what == stage:
            raise KeyboardInterrupt

    class Broken:
        def __init__(self, *, quiet: bool) -> None:
            self.inner = real(quiet=quiet)

        def __enter__(self) -> object:
            self.inner.__enter__()
            return breaks

        def __exit__(self, *ended: object) -> object:
            return self.inner.__exit__(*ended)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("safeconduct.cli.roadreport.progress", Broken)
    ran = safeconduct("roads", "import", tmp_path / "a.osm.pbf", "--to", tmp_path / "r")
    assert (ran.code, ran.out, ran.err) == (130, "", "Cancelled: nothing was written.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.osm.pbf"]
