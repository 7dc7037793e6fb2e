"""Where compiled kernels are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters import kernelcache
from safeconduct.adapters.kernelcache import keep_kernels

VARIABLE = "NUMBA_CACHE_DIR"


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    # Set first, so that what `keep_kernels` sets is undone after the test.
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.delenv(VARIABLE)


def test_kernels_are_kept_below_the_users_caches(tmp_path):
    folder = keep_kernels()
    assert folder is not None
    assert folder.parent == tmp_path / "safeconduct"
    assert keep_kernels() == folder


def test_a_folder_that_the_environment_names_is_left(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "mine"))
    assert keep_kernels() == tmp_path / "mine"


def test_another_kernel_file_compiler_or_processor_has_another_folder(monkeypatch, tmp_path):
    def folder() -> Path | None:
        monkeypatch.delenv(VARIABLE, raising=False)
        return keep_kernels()

    found = {folder()}
    with monkeypatch.context() as changed:
        changed.setattr(kernelcache.importlib.metadata, "version", lambda name: "99.0")
        found.add(folder())
    with monkeypatch.context() as changed:
        changed.setattr(kernelcache.platform, "machine", lambda: "another")
        found.add(folder())
    (tmp_path / "kernels.py").write_text("other = 1\n")
    monkeypatch.setattr(kernelcache, "_KERNELS", tmp_path / "kernels.py")
    found.add(folder())
    assert len(found) == 4


def test_without_numba_there_is_no_folder(monkeypatch):
    def absent(name: str) -> str:
        raise kernelcache.importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(kernelcache.importlib.metadata, "version", absent)
    assert keep_kernels() is None
