"""The page of errors, from the tree in `safeconduct/errors.py`."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.errors import SafeconductError

_HEAD = """\
# Errors

Drawn from `safeconduct/errors.py` by `make docs`; do not edit this page.

Every error says what was found, against what, and what to do next. Its code is the same word in
the command line, in JSON and here. As JSON each is one body: `code`, `message`, and `facts`, the
values behind the message, among them `file`, `line` and `field` where they are known.

A code that is indented is a special case of the one above it: whoever handles the general case
handles it too. No error ever leads to GO.

| code | means | in Python |
| --- | --- | --- |
"""


def page() -> str:
    """The table of every error: its code, its meaning, its class."""
    return _HEAD + "".join(f"{row}\n" for row in _rows(SafeconductError, depth=0))


def _rows(error: type[SafeconductError], depth: int) -> Iterator[str]:
    # Without a docstring of its own an error would inherit the words of the general case.
    words = (error.__dict__.get("__doc__") or "").split("\n\n")[0].strip()
    if not words:
        raise ValueError(f"{error.__name__} has no docstring, so its meaning cannot be told")
    yield f"| {'&emsp;' * depth}`{error.code}` | {' '.join(words.split())} | `{error.__name__}` |"
    for special in error.__subclasses__():
        if special.__module__ == SafeconductError.__module__:
            yield from _rows(special, depth + 1)
