"""Writing a picture: whole or not at all, and over nothing but an older picture."""

from __future__ import annotations

import os
from pathlib import Path

from safeconduct.errors import MissingFile, UnreadableFile, WrongField

__all__ = ["write_picture"]


def write_picture(path: str, svg: str) -> None:
    """The picture in a file whose name ends in `.svg`; an older one makes way for it.

    Raises
    ------
    WrongField : the name ends otherwise, so that a register or a letter may stand there.
    MissingFile : there is no such folder.
    UnreadableFile : nothing can be written there.
    """
    target = Path(path)
    if target.suffix.lower() != ".svg":
        raise WrongField(
            f"The picture is to go into {path}, and its name does not end in .svg.",
            "Name a file that ends so; an older picture there would be replaced.",
        )
    if not target.parent.is_dir():
        raise MissingFile(
            f"There is no folder {target.parent} for the picture.", "Make it, or name another one."
        ).located(file=path)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        fresh.write_text(svg, encoding="utf-8")
        fresh.replace(target)
    except OSError as error:
        raise UnreadableFile(
            f"The picture cannot be written to {path}: {error.strerror or error}.",
            "Name a file in a folder in which you may write.",
        ).located(file=path) from None
    finally:
        fresh.unlink(missing_ok=True)
