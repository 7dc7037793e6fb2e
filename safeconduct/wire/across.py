"""Several reports that tell the same statement: proposed once, with what they tell differently."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any

from safeconduct.wire.draft import Draft, Field, Reading, ReadWindow
from safeconduct.wire.sameness import Told, areas, folded, identity, may_be_same, signs, values

_ANSWERS = 2
"""What it counts that two drafts answer one and the same statement."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of several values that reports give for a field of one statement.

    Parameters
    ----------
    fields : the fields that say so, of the first report that does; empty where it is not told.
    reports : the numbers of the readings that say so.
    """

    fields: tuple[Field[Any], ...]
    reports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that reports tell differently, each version with the reports that tell it so."""

    field: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """One statement, and every draft that tells it.

    Parameters
    ----------
    told : at most one draft of each report, in the order of the readings.
    conflicts : in the order of a draft's fields.
    """

    told: tuple[Told, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def fullest(self) -> Told:
        """The draft that says most, which is the one to propose; the first of several."""
        return max(self.told, key=lambda one: _stated(one.draft))


def across(readings: Sequence[Reading]) -> tuple[Together, ...]:
    """The statements that some reports tell, each once, in the order in which they first stand.

    A draft joins others only where nothing speaks against any of them (`sameness.may_be_same`) and
    something speaks for it: windows that meet, an area or the sentence's words in common, or an
    answer to the same statement. What no other report tells stands alone. The order of the
    reports does not matter for what is put together.
    """
    every = [
        Told(number, reading.report, draft)
        for number, reading in enumerate(readings)
        for draft in reading.drafts
    ]
    groups: dict[tuple[int, str], list[Told]] = {one.key: [one] for one in every}
    _join(groups, every, signs)
    # Only now is it known which answers answer the same.
    _join(groups, every, lambda one, other: _ANSWERS * _answer_one(groups, one, other))
    found = {id(group): group for group in groups.values()}
    return tuple(
        Together(told := tuple(sorted(group, key=lambda one: one.report)), _conflicts(told))
        for group in found.values()
    )


Groups = Mapping[tuple[int, str], list[Told]]


def _join(
    groups: dict[tuple[int, str], list[Told]],
    every: Sequence[Told],
    weigh: Callable[[Told, Told], int],
) -> None:
    """Puts together what may be, the strongest pairs first.

    Of equally strong pairs those are left apart that lead to drafts which cannot be one, such as a
    voice that nobody names between two that are named: which of the two it is, nobody can tell.
    """
    alike: dict[Hashable, list[Told]] = {}
    for one in every:
        alike.setdefault(identity(one.draft), []).append(one)
    pairs: dict[int, list[tuple[Told, Told]]] = {}
    for these in alike.values():
        for one, other in combinations(these, 2):
            if may_be_same(one, other) and (weight := weigh(one, other)):
                pairs.setdefault(weight, []).append((one, other))
    for weight in sorted(pairs, reverse=True):
        for linked in _linked(groups, pairs[weight]):
            if all(may_be_same(a, b) for a, b in combinations(linked, 2)):
                for one in linked:
                    groups[one.key] = linked


def _linked(groups: Groups, pairs: Sequence[tuple[Told, Told]]) -> Iterator[list[Told]]:
    """The drafts that hang together by some pairs, each with those of its group."""
    links: dict[int, set[int]] = {}
    known: dict[int, list[Told]] = {}
    for pair in pairs:
        first, second = (groups[one.key] for one in pair)
        known |= {id(first): first, id(second): second}
        links.setdefault(id(first), set()).add(id(second))
        links.setdefault(id(second), set()).add(id(first))
    while links:
        found, fresh = set[int](), {next(iter(links))}
        while fresh:
            found |= fresh
            fresh = {near for one in fresh for near in links.pop(one)} - found
        yield [told for one in known if one in found for told in known[one]]


def _answer_one(groups: Groups, one: Told, other: Told) -> bool:
    """Whether both answer a statement that is one."""
    return bool(_answered(groups, one) & _answered(groups, other))


def _answered(groups: Groups, told: Told) -> set[int]:
    keys = ((told.report, of.value) for of in told.draft.of)
    return {id(groups[key]) for key in keys if key in groups}


def _stated(draft: Draft) -> int:
    """How many fields a draft states."""
    return sum(getattr(draft, one.name) not in (None, ()) for one in fields(draft))


def _conflicts(told: Sequence[Told]) -> tuple[Conflict, ...]:
    found = (_conflict(told, name) for name in _COMPARED)
    return tuple(one for one in found if one is not None)


def _conflict(told: Sequence[Told], name: str) -> Conflict | None:
    """The versions of a field, where there are several; a report that is silent has none.

    Of a condition silence is a version: whether there is a string attached is what a person asks.
    """
    versions: dict[Hashable, tuple[tuple[Field[Any], ...], list[int]]] = {}
    for one in told:
        stated = tuple(_fields_of(one.draft, name))
        if stated or name == "conditions":
            key = _COMPARED[name](one.draft)
            versions.setdefault(key, (stated, []))[1].append(one.report)
    if len(versions) < 2:
        return None
    return Conflict(name, tuple(Version(said, tuple(by)) for said, by in versions.values()))


def _fields_of(draft: Draft, name: str) -> Iterator[Field[Any]]:
    found = getattr(draft, name)
    every = found if isinstance(found, tuple) else () if found is None else (found,)
    return (one for one in every if not isinstance(one.value, ReadWindow) or _instants(one.value))


def _instants(window: ReadWindow) -> bool:
    """Whether it was resolved at one end at least; what was not says nothing to compare."""
    return window.start is not None or window.end is not None


def _windows(draft: Draft) -> Hashable:
    found = (one.value for one in _fields_of(draft, "windows"))
    return frozenset((w.start, w.end, w.daily, folded(w.until_event)) for w in found)


def _conditions(draft: Draft) -> Hashable:
    return frozenset((c.value.kind, c.value.on and c.value.on.value) for c in draft.conditions)


def _set(name: str) -> Callable[[Draft], Hashable]:
    return lambda draft: values(draft, name)


def _one(name: str) -> Callable[[Draft], Hashable]:
    return lambda draft: field.value if (field := getattr(draft, name)) else None


_COMPARED: Mapping[str, Callable[[Draft], Hashable]] = {
    "means": _set("means"),
    "windows": _windows,
    "areas": areas,
    "corridors": _one("corridors"),
    "purposes": _set("purposes"),
    "directions": _set("directions"),
    "for_whom": _set("for_whom"),
    "conditions": _conditions,
    "to": _set("to"),
    "deadline": _one("deadline"),
    "low": _one("low"),
    "high": _one("high"),
}
