"""A text in a person's editor: what they saved comes back, and nothing of it stays on the disk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from safeconduct.adapters.editor import edited
from safeconduct.errors import InputError


def _editor(tmp_path: Path, program: str) -> str:
    script = tmp_path / "editor of mine.py"
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n{program}\n")
    return f"{sys.executable} '{script}'"


def test_what_was_saved_comes_back_and_the_file_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    program = f"pathlib.Path({str(seen)!r}).write_text(str(path)); path.write_text('after')"
    monkeypatch.setenv("VISUAL", _editor(tmp_path, program))
    assert edited("before", ".yaml") == "after"
    assert seen.read_text().endswith(".yaml") and not Path(seen.read_text()).exists()


def test_an_editor_that_fails_or_is_not_there_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", _editor(tmp_path, "sys.exit(3)"))
    with pytest.raises(InputError, match="ended with 3"):
        edited("before", ".yaml")
    monkeypatch.setenv("EDITOR", "no-such-editor-at-all")
    with pytest.raises(InputError, match=r"cannot be started.*EDITOR=nano"):
        edited("before", ".yaml")
