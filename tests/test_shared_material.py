"""The rule for tests that need the material beside a full checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared_material import REQUIRED, shared_dir


def test_the_folder_beside_the_repository_is_found(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    assert shared_dir(tmp_path / "repository") == tmp_path / "shared"


def test_a_test_that_lacks_the_folder_is_skipped_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(REQUIRED, raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"\.\./shared is not beside this repository"):
        shared_dir(tmp_path / "repository")


def test_where_the_folder_is_required_its_absence_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception, match=f"repository, and {REQUIRED} is set. Put"):
        shared_dir(tmp_path / "repository")
