"""The show of the held-out reports: what passes, what is missed, and what fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.reading.goldset import Gold, changed_since_held_out
from tests.reading.perfect import perfect
from tests.show import e2
from tests.show.run import Run, Shown

Reader = Callable[[Gold], Mapping[str, Any]]


def nothing(gold: Gold) -> dict[str, Any]:
    return {"drafts": []}


def every_offer_a_guarantee(gold: Gold) -> dict[str, Any]:
    read = perfect(gold)
    for draft in read["drafts"]:
        if draft["act"]["value"] == "announce":
            draft["act"]["value"] = "guarantee"
    return read


def shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Reader
) -> tuple[Shown, list[str]]:
    said: list[str] = []
    monkeypatch.setattr(e2, "the_programs_own", lambda: reader)
    return e2.show(Run("E2", 1, 1, tmp_path, tmp_path, said.append)), said


def test_who_reads_everything_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = shown(tmp_path, monkeypatch, perfect)
    assert found.status == "pass"
    assert "44 held-out reports: act + speaker + actor F1 1.000" in found.words


def test_who_reads_nothing_misses_both_figures_and_invents_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = shown(tmp_path, monkeypatch, nothing)
    assert found.status == "missed"
    assert found.missed == ("act + speaker + actor F1 0.000 of 0.85", "windows F1 0.000 of 0.9")


def test_invented_grants_are_missed_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = shown(tmp_path, monkeypatch, every_offer_a_guarantee)
    assert (
        found.missed[-1] == f"{found.figures['held_out']['invented_grants']} invented grants of 0"
    )


def test_the_show_tells_no_report_and_no_words_of_the_held_out_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, said = shown(tmp_path, monkeypatch, nothing)
    lines = [found.words, *said]
    assert not any("not read" in line or ".yaml" in line or "'" in line for line in lines)


def test_a_changed_held_out_file_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e2, "changed_since_held_out", lambda: ["002.yaml"])
    found, said = shown(tmp_path, monkeypatch, perfect)
    assert found.status == "fail"
    assert said[0].startswith("002.yaml is not as it was set down")


def test_a_held_out_file_that_changed_or_went_is_named(tmp_path: Path) -> None:
    (tmp_path / "held-out.sha256").write_text(f"{'0' * 64}  002.txt\n{'0' * 64}  002.yaml\n")
    (tmp_path / "002.txt").write_text("changed")
    assert changed_since_held_out(tmp_path) == ["002.txt", "002.yaml"]
