"""Where in a file something stands, as the codec writes it: `statements[3].acts[0].areas[1]`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from safeconduct.errors import SafeconductError


def joined(parent: str, child: str | None) -> str:
    """The path of `child` inside `parent`; either may be empty.

    >>> joined("acts[0]", joined("areas", "[1]"))
    'acts[0].areas[1]'
    """
    if not parent or not child:
        return parent or child or ""
    return parent + child if child.startswith("[") else f"{parent}.{child}"


@contextmanager
def inside(step: str) -> Iterator[None]:
    """Adds `step` in front of the path of every error that comes out of the block.

    An error that names a file already is about that one, and its path is complete.
    """
    try:
        yield
    except SafeconductError as error:
        if error.file is None:
            error.field = joined(step, error.field)
        raise
