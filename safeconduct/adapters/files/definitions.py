"""Every id that a case defines: what it names, and where it stands."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, get_args

from safeconduct.adapters.files.paths import joined
from safeconduct.adapters.files.yamllines import Marked
from safeconduct.errors import SafeconductError, UnknownReference, WrongField
from safeconduct.roads.network import Network
from safeconduct.spacetime import Area, Point, Span, Window
from safeconduct.vocabulary import Act, Condition, Crossing, Incident, Movement

E = TypeVar("E", bound=SafeconductError)

ANYTHING = "record"
"""The kind of reference that may name whatever has an id."""

_ACTS = frozenset(get_args(Act))
_PLAIN = (Point, Span, Window)  # neither has nor uses an id


@dataclass(frozen=True, slots=True)
class Placed:
    """A value, and where it was written: at `path` of the file `marked`."""

    value: Any
    path: str
    marked: Marked

    def refused(self, error: E, path: str) -> E:
        """The error, told with file, line and the path inside the file."""
        return self.marked.located(error.located(field=path))


@dataclass(slots=True)
class Definitions:
    """The ids of a case as they become known.

    Places and edges belong to the network and have ids of their own beside those of the records,
    since a town and the area around it are often called the same.
    """

    network: Network
    _kinds: dict[str, str] = field(default_factory=dict)
    _stood: dict[str, str] = field(default_factory=dict)
    _movements: dict[tuple[str, int], Movement] = field(default_factory=dict)
    _crossings: dict[str, Crossing] = field(default_factory=dict)

    def add(self, placed: Placed) -> None:
        """Takes up the ids of a value and of all that it holds.

        Raises
        ------
        WrongField : an id is used already; the message says where. Only the versions of one
            movement share theirs.
        """
        for value, path in parts(placed.value, placed.path):
            kind = _kind_of(value)
            if kind is None:
                continue
            field_path = joined(path, "id")
            if value.id in self._kinds and not self._is_new_version(value):
                raise placed.refused(self._taken(value), field_path)
            self._kinds[value.id] = kind
            self._stood[value.id] = f"{placed.marked.file}:{placed.marked.line_of(field_path)}"
            if isinstance(value, Movement):
                self._movements[value.id, value.version] = value
            if isinstance(value, Crossing):
                self._crossings[value.id] = value

    def has(self, id: str, kinds: Iterable[str]) -> bool:
        """Whether something of one of these kinds has this id."""
        return any(self._is(id, kind) for kind in kinds)

    def version(self, movement: str, version: int) -> Movement | None:
        """One version of a movement, if the case has it."""
        return self._movements.get((movement, version))

    def versions(self, movement: str) -> tuple[int, ...]:
        """The versions of a movement that the case has."""
        return tuple(sorted(number for id, number in self._movements if id == movement))

    def sides(self, crossing: str) -> tuple[str, str]:
        """The two sides of a crossing that is defined."""
        return self._crossings[crossing].sides

    def refusal(self, id: str, kinds: tuple[str, ...]) -> UnknownReference:
        """The error for an id that nothing of these kinds has, with the ids that look like it."""
        legal = sorted(other for kind in kinds for other in self._ids(kind))
        # An act's id begins with its statement's, so whoever names a statement sees its acts.
        close = [other for other in legal if other.startswith(f"{id}/")]
        close = close or difflib.get_close_matches(id, legal, n=3, cutoff=0.5)
        wanted = _listed(kinds)
        found = f'No {" or ".join(kinds)} of this case has the id "{id}".'
        if id in self._kinds:
            found = f'"{id}" is the id of {_one(self._kinds[id])}, where that of {wanted} belongs.'
        asked = f"Did you mean {' or '.join(close)}?" if close else f"Define {wanted} of this id."
        rest = f" and {len(legal) - 8} more" if len(legal) > 8 else ""
        return UnknownReference(
            found,
            f"{asked} Known: {', '.join(legal[:8]) or 'none'}{rest}.",
            id=id,
            kinds=list(kinds),
            close=close,
        )

    def _is(self, id: str, kind: str) -> bool:
        if kind == "edge":
            return self.network.has_edge(id)
        if kind == "place":
            return self.network.has_place(id)
        return id in self._kinds if kind == ANYTHING else self._kinds.get(id) == kind

    def _ids(self, kind: str) -> Iterable[str]:
        if kind == "edge":
            return (edge.id for edge in self.network.edges)
        if kind == "place":
            return (place.id for place in self.network.places)
        return (id for id, other in self._kinds.items() if kind in (other, ANYTHING))

    def _is_new_version(self, value: Any) -> bool:
        return (
            isinstance(value, Movement)
            and self._kinds[value.id] == "movement"
            and (value.id, value.version) not in self._movements
        )

    def _taken(self, value: Any) -> WrongField:
        remedy = "Give each an id of its own."
        if isinstance(value, Movement):
            remedy = "A changed movement keeps its id and has a version of its own."
        return WrongField(
            f'The id "{value.id}" is used already, for {_one(self._kinds[value.id])} at '
            f"{self._stood[value.id]}.",
            remedy,
            id=value.id,
        )


def parts(value: Any, path: str) -> Iterator[tuple[Any, str]]:
    """The value and every frozen value inside it that may have or use an id, each with its path."""
    if isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from parts(one, f"{path}[{index}]")
    elif dataclasses.is_dataclass(value) and not isinstance(value, _PLAIN):
        yield value, path
        # An area names other areas itself; below it are only the thousands of points of outlines.
        for name in () if isinstance(value, Area) else field_names(value):
            yield from parts(getattr(value, name), joined(path, name))


def field_names(value: object) -> tuple[str, ...]:
    """The names of the fields of a frozen value, in order."""
    cls: Any = type(value)
    return _names(cls)


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(cls))


def _kind_of(value: Any) -> str | None:
    """What the id of a value names, as a person says it; None for a value without an own id."""
    if type(value) in _ACTS:
        return "act"
    if isinstance(value, Area | Condition | Incident):
        return type(value).__name__.lower()
    tag = getattr(value, "tag", None)
    return tag.replace("-", " ") if isinstance(tag, str) else None


def _listed(kinds: Iterable[str]) -> str:
    return " or ".join(_one(kind) for kind in kinds)


def _one(kind: str) -> str:
    """
    >>> _one("act"), _one("permit need")
    ('an act', 'a permit need')
    """
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
