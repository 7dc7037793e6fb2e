"""All that is published, by the document that it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.vectors.checks import Vector, canonical_json, signatures
from tests.vectors.note_checks import notes
from tests.vectors.tree_checks import trees

GROUPS: dict[str, Callable[[], Iterator[Vector]]] = {
    "RFC 8785": canonical_json,
    "RFC 6962 and 9162": trees,
    "RFC 8032": signatures,
    "signed notes": notes,
}
