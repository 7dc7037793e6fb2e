"""The lists that open a trip, the shortest first, each proven to be the next.

Parties come first: which fewest parties, asked for everything, open a trip at all? Inside those, a
set that meets every cut found so far is the least that can still be right; it is tried; if it opens
nothing, that gives another cut. What opens a trip and is least among all that meet the cuts is the
least of all. (Implicit hitting sets: Chandrasekaran, Karp, Moreno-Centeno & Vempala, SODA 2011.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from safeconduct.errors import BudgetExhausted
from safeconduct.planning.shortest.growing import closed_on, cut_from
from safeconduct.planning.shortest.hitting import least_hitting
from safeconduct.planning.shortest.puzzle import Chosen, Puzzle, Steps, Trial, members

__all__ = ["AtLeast", "Solved", "solve"]


_CUTS = 12
"""So many cuts are looked for at most before the next least set is worked out."""
_SEARCHED_CUTS = 3
"""So many where each of them takes searches."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """What no list that is still to be found goes below; `asks` counts among so few parties."""

    parties: int
    asks: int


@dataclass(frozen=True, slots=True)
class Solved:
    """The lists that were found.

    Parameters
    ----------
    lists : the shortest first; each opens a trip, and none of its parts does.
    opens : whether granting everything opens a trip.
    proven : how many of them are proven to be the next shortest. One that is not opens a trip and
        has nothing in it that it can do without, unless the search was stopped even before that.
    bound : when the search was stopped, what every list that is not proven has at least.
    """

    lists: tuple[Chosen, ...]
    opens: bool
    proven: int
    bound: AtLeast | None = None


def solve(puzzle: Puzzle, trial: Trial, steps: Steps, lists: int = 1) -> Solved:
    """The `lists` shortest lists of candidates that open a trip.

    The trial spends its own steps from the same budget. When that runs out, a quarter of it more is
    spent on making the best that is known smaller; the bound says how short it can be at most.
    """
    search = _Search(puzzle, trial, steps)
    found: list[Chosen] = []
    try:
        if closed_on(trial, puzzle.all) is not None:
            return Solved((), False, 0)
        search.opening = puzzle.all
        if closed_on(trial, 0) is None:
            return Solved((0,), True, 1)
        for one in search.in_order():
            found.append(one)
            if len(found) == lists:
                break
    except BudgetExhausted:
        if search.opening is None:
            return Solved((), False, 0, search.bound)
        best = () if found else (search.smaller(),)
        return Solved((*found, *best), True, len(found), search.bound)
    return Solved(tuple(found), True, len(found))


@dataclass
class _Search:
    """Cuts as they are found, parties that suffice, and the best choice known to open a trip."""

    puzzle: Puzzle
    trial: Trial
    steps: Steps
    cuts: list[Chosen] = field(default_factory=list)
    suffice: list[Chosen] = field(default_factory=list)
    opening: Chosen | None = None
    bound: AtLeast = AtLeast(0, 0)

    def in_order(self) -> Iterator[Chosen]:
        """Every least list, in the order of its cost."""
        found: list[Chosen] = []
        parties = list(self.puzzle.of_party)
        for size in range(1, len(parties) + 1):
            self.bound = AtLeast(size, 1)
            groups = [group for group in combinations(parties, size) if self._suffices(group)]
            for one in self._within(groups, found):
                found.append(one)
                yield one

    def _asked_of(self, parties: Sequence[int]) -> Chosen:
        asked = 0
        for party in parties:
            asked |= self.puzzle.of_party[party]
        return asked

    def _suffices(self, parties: Sequence[int]) -> bool:
        """Whether these parties, granting everything, open a trip."""
        granted = self._asked_of(parties)
        if any(not cut & granted for cut in self.cuts):
            return False
        if any(granted & group == group for group in self.suffice):
            return True
        opens = self._opens(granted)
        if opens:
            self.suffice.append(granted)
        return opens

    def _opens(self, granted: Chosen) -> bool:
        """Whether a choice opens a trip; where it does not, that is kept as a cut."""
        rung = closed_on(self.trial, granted)
        if rung is None:
            self._note(granted)
            return True
        for number in range(_CUTS):
            if rung is None or (rung > 0 and number >= _SEARCHED_CUTS):
                break
            cut = cut_from(self.puzzle, self.trial, granted, rung)
            self.cuts.append(cut)
            # It pays to look for more cuts before the next least set is worked out, as if one of
            # this cut had been granted too.
            granted |= 1 << self._likeliest(cut)
            rung = closed_on(self.trial, granted)
        return False

    def _likeliest(self, cut: Chosen) -> int:
        """The candidate of a cut that meets most cuts."""
        return max(
            members(cut),
            key=lambda one: (
                sum(other >> one & 1 for other in self.cuts),
                -self.puzzle.weights[one],
                -one,
            ),
        )

    def _note(self, granted: Chosen) -> None:
        if self.opening is None or self.puzzle.cost(granted) < self.puzzle.cost(self.opening):
            self.opening = granted

    def _within(self, groups: Sequence[tuple[int, ...]], found: list[Chosen]) -> Iterator[Chosen]:
        """The lists that ask something of all the parties of one of these groups, in order."""
        least: dict[tuple[int, ...], tuple[Chosen | None, int, int]] = {}
        while groups:
            for group in groups:
                self._renew(group, least, found)
            ready = [one for one, _, _ in least.values() if one is not None]
            if not ready:
                return
            one = min(ready, key=self.puzzle.cost)
            parties, asks, *_ = self.puzzle.cost(one)
            self.bound = AtLeast(parties, asks)
            if self._opens(one):
                yield one

    def _renew(
        self,
        group: tuple[int, ...],
        least: dict[tuple[int, ...], tuple[Chosen | None, int, int]],
        found: list[Chosen],
    ) -> None:
        """The least choice of one group that meets all cuts; worked out anew where it no longer
        does, or was found already."""
        known = least.get(group)
        if known is not None:
            one, cuts, lists = known
            if one is None:
                return
            misses = any(not cut & one for cut in self.cuts[cuts:])
            if not misses and not any(one & old == old for old in found[lists:]):
                least[group] = one, len(self.cuts), len(found)
                return
        each = [self.puzzle.of_party[party] for party in group]
        one = least_hitting(
            [*self.cuts, *each],
            self._asked_of(group),
            self.puzzle.weights,
            self.steps,
            avoid=found,
        )
        least[group] = one, len(self.cuts), len(found)

    def smaller(self) -> Chosen:
        """The best choice known to open a trip, without what it can do without.

        It may spend a quarter of the budget once more; where that ends, what is left is kept.
        """
        assert self.opening is not None  # asked only where something opens
        self.steps.left = self.steps.limit // 4
        kept = self.opening
        try:
            kept = self._filtered(kept, self.opening)
        except BudgetExhausted:
            kept = self.opening
        return kept

    def _filtered(self, kept: Chosen, tries: Chosen) -> Chosen:
        """`kept` without those of `tries` that it opens without, taken out by halves."""
        numbers = sorted(members(tries), key=lambda one: (-self.puzzle.weights[one], one))
        if not numbers:
            return kept
        part = 0
        for number in numbers:
            part |= 1 << number
        if closed_on(self.trial, kept & ~part) is None:
            self.opening = kept & ~part
            return kept & ~part
        if len(numbers) == 1:
            return kept
        half = len(numbers) // 2
        first = sum(1 << number for number in numbers[:half])
        kept = self._filtered(kept, first)
        return self._filtered(kept, part & ~first)
