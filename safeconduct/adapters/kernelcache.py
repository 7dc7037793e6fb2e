"""Where compiled search kernels are kept, so that they are compiled once on a machine.

The folder's name holds what a compilation depends on: the file of the kernels, the version of the
compiler, and the processor. So two versions of the program, or two kinds of machine that share a
home, never take one another's.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
from pathlib import Path

__all__ = ["keep_kernels"]

_KERNELS = Path(__file__).parents[1] / "roads" / "kernels.py"
_VARIABLE = "NUMBA_CACHE_DIR"


def keep_kernels() -> Path | None:
    """The folder in which kernels compiled from now on are kept; None without numba.

    To be called before the first search. A folder that the environment already names is left as it
    is. Where the folder cannot be written to, the kernels are compiled anew each time.
    """
    if _VARIABLE not in os.environ:
        try:
            version = importlib.metadata.version("numba")
        except importlib.metadata.PackageNotFoundError:
            return None
        os.environ[_VARIABLE] = str(_user_caches() / "safeconduct" / _folder_name(version))
    return Path(os.environ[_VARIABLE])


def _folder_name(numba_version: str) -> str:
    told = hashlib.sha256(_KERNELS.read_bytes())
    told.update(f"\n{numba_version}\n{platform.python_version()}\n{_processor()}".encode())
    return f"kernels-{told.hexdigest()[:16]}"


def _user_caches() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _processor() -> str:
    """The machine and the model of its processor, as the system tells it."""
    model = ""
    try:
        for line in Path("/proc/cpuinfo").read_text(errors="replace").splitlines():
            if line.startswith(("model name", "CPU part")):
                model = line
                break
    except OSError:  # not Linux
        model = platform.processor()
    return f"{platform.machine()} {model}"
