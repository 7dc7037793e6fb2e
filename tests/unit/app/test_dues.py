"""What is due in a live register, and in a replay."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.app.asks import Sent, ask_from
from safeconduct.app.dues import what_is_due
from safeconduct.app.founding import init
from safeconduct.app.registers import replayed
from safeconduct.errors import MissingFile, TimeRefused, WrongField
from safeconduct.watch.item import ToDo
from tests.unit.app.folders import TWO_TOWNS, untouched
from tests.unit.app.offices import needs_a_letter

AT = "2030-05-04T12:00:00Z"


def kinds(path: Path, at: str = AT, **more: str) -> set[ToDo]:
    return {one.to_do for one in what_is_due(str(path), at=at, **more).agenda.items}


def test_asking_turns_what_is_to_be_asked_into_what_is_to_be_chased(wordless: Path) -> None:
    assert ToDo.ASK in kinds(wordless)
    ask_from(str(wordless), None, Sent(at="2030-05-04T09:00:00Z", reply_due="4h"))
    assert ToDo.ASK not in kinds(wordless)
    assert ToDo.CHASE in kinds(wordless)
    assert ToDo.CHASE not in kinds(wordless, within="30 min", at="2030-05-04T12:00:00Z")


def test_a_permit_with_open_steps_is_due(office: Path) -> None:
    assert ToDo.PERMIT not in kinds(office)
    needs_a_letter(office)
    assert ToDo.PERMIT in kinds(office)


def test_what_was_known_then_is_asked_for_as_for_a_verdict(wordless: Path) -> None:
    # The register was filled in the present, long before 2030.
    assert kinds(wordless, known_at="2020-01-01T00:00:00Z", at="2020-01-01T00:00:00Z") == set()


def test_a_replay_can_be_asked_and_needs_a_moment(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    replayed(str(path), str(TWO_TOWNS))
    assert kinds(path, "2030-05-06T06:00:00Z")
    with pytest.raises(WrongField, match="a replay has no present moment"):
        what_is_due(str(path))


def test_a_new_register_has_nothing_due(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    init(str(path))
    assert what_is_due(str(path)).agenda.items == ()


def test_what_cannot_be_asked_is_refused_with_nothing_touched(office: Path, tmp_path: Path) -> None:
    with untouched(tmp_path):
        with pytest.raises(WrongField, match="is no duration"):
            what_is_due(str(office), within="soon")
        with pytest.raises(TimeRefused, match="'dawn'"):
            what_is_due(str(office), at="dawn")
        with pytest.raises(MissingFile):
            what_is_due(str(tmp_path / "none.db"), at=AT)
        with pytest.raises(MissingFile):
            what_is_due(str(office), at=AT, policy="nowhere.yaml")
