"""What an error says of where it happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.errors import MissingFile


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("case.yaml", "There is no file case.yaml in this folder."),
        ("north/case.yaml", "There is no file case.yaml in north."),
    ],
)
def test_a_missing_file_is_told_with_its_folder(path: str, says: str) -> None:
    error = MissingFile.at(Path(path))
    assert (str(error.found), error.file) == (says, path)
