"""Registers to work on: each test has a copy of its own, made once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.app.offices import make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The bytes of the register, with the letters and without."""
    folders = tmp_path_factory.mktemp("with"), tmp_path_factory.mktemp("without")
    return make(folders[0]).read_bytes(), make(folders[1], words=False).read_bytes()


@pytest.fixture
def office(tmp_path: Path, made: tuple[bytes, bytes]) -> Path:
    """A copy of the register in which both parties have given their word."""
    path = tmp_path / "office.db"
    path.write_bytes(made[0])
    return path


@pytest.fixture
def wordless(tmp_path: Path, made: tuple[bytes, bytes]) -> Path:
    """A copy of the register in which nobody has said anything."""
    path = tmp_path / "wordless.db"
    path.write_bytes(made[1])
    return path
