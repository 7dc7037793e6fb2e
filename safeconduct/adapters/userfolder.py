"""The folder in which this program keeps what belongs to the user of this machine."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["own_folder"]

_VARIABLE = "SAFECONDUCT_HOME"


def own_folder() -> Path:
    """SAFECONDUCT_HOME where it is set, else a folder where the system keeps configuration."""
    if home := os.environ.get(_VARIABLE):
        return Path(home)
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "safeconduct"
