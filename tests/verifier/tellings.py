"""Which acts of which statements are one, by the end of section 1 of the semantics: plain loops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from safeconduct import vocabulary as v

GIVING = (v.Announce, v.Guarantee, v.Consent, v.Accept, v.Confirm)
ALIKE = (
    *("kind", "means", "unnamed_corridors", "open_ended"),
    *("purposes", "directions", "for_whom"),
)
Told = tuple[Any, v.Statement]


class Tellings:
    """Everything said so far, asked which of it was said once only."""

    def __init__(self, known: Any, borders: list[int]) -> None:
        self.borders = borders
        self.said = {one.id: one for one in known[v.Statement]}
        self.links = [set(one.statements) for one in known[v.SameStatement]]

    def together(self, said: v.Statement) -> set[str]:
        """The ids of all statements that tell what this one tells, its own among them."""
        found, before = {said.id}, set[str]()
        while found != before:
            before = set(found)
            for link in self.links:
                if link & found:
                    found |= link
        return found

    def first(self, said: v.Statement) -> int:
        """When it was said, by whoever has it said first."""
        return min(self.said[id].said_at for id in self.together(said) if id in self.said)

    def agreed(self, act: Any, said: v.Statement) -> bool:
        """Whether everybody who tells this act of giving tells it alike."""
        tellers = {one.id for _, one in self.told(act, said)}
        return self.together(said) <= {said.id} | tellers

    def names(self, act: Any, said: v.Statement) -> set[str]:
        """The ids under which this act goes; of one that is not agreed on only its own."""
        if not isinstance(act, GIVING) or not self.agreed(act, said):
            return {act.id}
        return {one.id for one, _ in self.told(act, said)}

    def told(self, act: Any, said: v.Statement) -> Iterator[Told]:
        """The same act wherever it is told, as here."""
        if self.together(said) == {said.id}:
            yield act, said
            return
        for id in self.together(said):
            if id in self.said:
                for other in self.said[id].acts:
                    if self._alike(act, said, other, self.said[id]):
                        yield other, self.said[id]

    def _alike(self, act: Any, said: v.Statement, other: Any, there: v.Statement) -> bool:
        if (type(act), act.party, said.actor) != (type(other), other.party, there.actor):
            return False
        if hasattr(act, "of") and not self._same_names(act.of, other.of, type(act)):
            return False
        if isinstance(act, v.Confirm):
            return self._both(act.areas, other.areas) and self._times(act.windows, other.windows)
        mine, theirs = act.undertaking, other.undertaking
        if mine is None or theirs is None:
            return mine is theirs
        return (
            all(getattr(mine, name) == getattr(theirs, name) for name in ALIKE)
            and self._both(mine.areas, theirs.areas)
            and self._times(mine.windows, theirs.windows)
            and bool(mine.unresolved) == bool(theirs.unresolved)
            and bool(mine.until_event) == bool(theirs.until_event)
            and mine.deed.casefold().split() == theirs.deed.casefold().split()
            and _strings(mine) == _strings(theirs)
        )

    def _both(self, some: Iterable[str] | None, others: Iterable[str] | None) -> bool:
        if some is None or others is None:
            return some is others
        return set(some) == set(others)

    def _times(self, some: Any, others: Any) -> bool:
        if some is None or others is None:
            return some is others
        return all(_in(some, t) == _in(others, t) for t in self.borders)

    def _same_names(self, some: Iterable[str], others: Iterable[str], verb: type) -> bool:
        """Whether what one names is what the other names, by whichever id of it."""
        mine, theirs = ([self._called(ref, verb) for ref in refs] for refs in (some, others))
        return all(any(a & b for b in theirs) for a in mine) and all(
            any(a & b for a in mine) for b in theirs
        )

    def _called(self, ref: str, verb: type) -> set[str]:
        """All ids of the act that is named: an acceptance knows grants, a confirm acceptances."""
        known = GIVING[: GIVING.index(verb)]
        for said in self.said.values():
            for act in said.acts:
                if act.id == ref and isinstance(act, known):
                    return self.names(act, said)
        return {ref}


def _in(windows: Any, t: int) -> bool:
    return any(one.span.contains(t) for one in windows)


def _strings(given: v.Undertaking) -> list[Any]:
    return sorted((str(one.kind), one.on, str(one.order)) for one in given.conditions)
