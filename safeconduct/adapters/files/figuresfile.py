"""Reading planning figures: those of the package, or an office's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from safeconduct.adapters.files.yamllines import read_yaml
from safeconduct.planning.cost import Figures
from safeconduct.register.codec import decode


def planning_figures(path: str | None = None) -> Figures:
    """The figures in a file; those that come with the package when none is named.

    Raises
    ------
    MissingFile, UnreadableFile, DuplicateKey, WrongField : with file, line, field.
    """
    own = Path(str(files("safeconduct") / "planning" / "figures.yaml"))
    marked = read_yaml(own if path is None else Path(path))
    with marked.locating():
        return decode(Figures, marked.data)
