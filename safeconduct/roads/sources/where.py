"""Tells an error where in its file it happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from safeconduct.errors import SafeconductError

__all__ = ["at"]


@contextmanager
def at(*, field: str | None = None, line: int | None = None) -> Iterator[None]:
    """Errors of this package that are raised inside are told this place, unless they know one."""
    try:
        yield
    except SafeconductError as error:
        raise error.located(field=field, line=line) from None
