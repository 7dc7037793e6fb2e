"""Turn restrictions of OpenStreetMap as `Turn`s; what cannot be kept exactly forbids more.

A restriction across a whole road ("not from A by B into C") is kept by forbidding the turn from A
into B altogether. Times of day and other conditions are not looked at: a turn that is forbidden at
times is forbidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from safeconduct.roads.tracks import Turn

__all__ = ["Restriction", "Restrictions", "restriction_of"]

_KEYS = ("restriction", "restriction:hgv", "restriction:motor_vehicle", "restriction:goods")
_SPARED = frozenset({"hgv", "motor_vehicle", "goods"})
NOWHERE = -1
"""The number of a road that is not there, or that no truck drives."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """One value of a restriction, and its members: (`n` or `w`, number, role)."""

    value: str
    members: tuple[tuple[str, int, str], ...]


def restriction_of(
    tags: Mapping[str, str], members: Iterable[tuple[str, int, str]]
) -> Iterator[Restriction]:
    """The restrictions on trucks that a relation holds."""
    if tags.get("type") not in ("restriction", "restriction:hgv", "restriction:motor_vehicle"):
        return
    if _SPARED & {part.strip() for part in tags.get("except", "").split(";")}:
        return
    found = tuple(members)
    for key in _KEYS:
        values = [tags.get(key, "")]
        at_times = tags.get(f"{key}:conditional", "").split("@")[:-1]
        values += [clause.rsplit(";", 1)[-1] for clause in at_times]
        for value in values:
            if value.strip():
                yield Restriction(value.strip(), found)


class Lines(Protocol):
    """The points of a road, by its number."""

    def __getitem__(self, way: int, /) -> list[int]: ...


@dataclass(slots=True)
class Restrictions:
    """Turns restricted at points, worked out once all roads are known.

    Parameters
    ----------
    way : the number of each road that is driven, by its id.
    point : the number of each point, by its id.
    lines : the points of each road.
    """

    way: Mapping[int, int]
    point: Mapping[int, int]
    lines: Lines
    notes: Counter[str] = field(default_factory=Counter)

    def turns(self, found: Iterable[Restriction]) -> tuple[Turn, ...]:
        """The turns that these restrict; what was changed or could not be placed is counted."""
        return tuple(turn for one in found for turn in self._turns(one))

    def _turns(self, one: Restriction) -> Iterator[Turn]:
        by_role: dict[str, list[tuple[str, int]]] = {"from": [], "via": [], "to": []}
        for kind, number, role in one.members:
            if role in by_role:
                by_role[role].append((kind, number))
        only = one.value.startswith("only_")
        if not only and not one.value.startswith("no_"):
            self.notes["of an unknown kind, kept as forbidding the turn"] += 1
        comes = [self.way[id] for kind, id in by_role["from"] if kind == "w" and id in self.way]
        goes = [self.way.get(id, NOWHERE) for kind, id in by_role["to"] if kind == "w"]
        if not comes:
            self.notes["from a road that no truck drives: nothing to forbid"] += 1
            return
        via = [id for kind, id in by_role["via"] if kind == "n"]
        across = [self.way[id] for kind, id in by_role["via"] if kind == "w" and id in self.way]
        if any(kind == "w" for kind, _ in by_role["via"]):
            self.notes["across a whole road: driving into that road from there is forbidden"] += 1
            yield from self._into(comes, across)
            return
        if len(via) != 1 or via[0] not in self.point or not goes:
            self.notes["without a junction or a road to turn into: not kept"] += 1
            return
        here = self.point[via[0]]
        for a in comes:
            # Two compulsory ways out of one restriction would exclude one another.
            if only and len(goes) > 1:
                goes = [NOWHERE]
            for b in goes:
                yield Turn(a, here, b, only, back=one.value == "no_u_turn")

    def _into(self, comes: Iterable[int], across: Iterable[int]) -> Iterator[Turn]:
        for a in comes:
            for b in across:
                if a != b:
                    for point in sorted(set(self.lines[a]) & set(self.lines[b])):
                        yield Turn(a, point, b)
