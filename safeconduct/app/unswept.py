"""Reading a whole register without Python's search for circles of objects that nobody holds.

Entries and records form no circles: each goes as soon as nobody holds it. The search looks at all
of them again and again while they grow in number, which takes half the time of 100,000 entries.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["unswept"]

_MANY = 20_000


@contextmanager
def unswept(count: int = 0) -> Iterator[None]:
    """While it lasts nothing is searched; afterwards all is as before.

    Parameters
    ----------
    count : how many entries are read: after many, what is there by then is never searched again,
        so that the first search afterwards does not take a second either.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if count > _MANY:
            gc.freeze()
        if searching:
            gc.enable()
