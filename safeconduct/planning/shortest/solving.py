"""The lists that open a trip, the shortest first, each proven to be the next.

Parties come first: which fewest parties, asked for everything, open a trip at all? Inside those, a
set that meets every cut found so far is the least that can still be right; it is tried. If it opens
nothing, more cuts are looked for until what they paid for opens a trip (`raising.py`): so much is
then known to be needed, and the next least set is close to the answer. What opens a trip and is
least among all that meet the cuts is the least of all. (Implicit hitting sets: Chandrasekaran,
Karp, Moreno-Centeno & Vempala, SODA 2011; prices: Wong, Math. Programming 28, 1984.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from safeconduct.errors import BudgetExhausted
from safeconduct.planning.shortest.growing import closed_on, cut_from
from safeconduct.planning.shortest.hitting import least_hitting
from safeconduct.planning.shortest.puzzle import Chosen, Puzzle, Steps, Trial, members, prices_of
from safeconduct.planning.shortest.raising import Raised

__all__ = ["AtLeast", "Solved", "solve"]

_Group: TypeAlias = tuple[int, ...]
"""Some parties, by number."""


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


@dataclass(slots=True)
class _Known:
    """What is known of the lists of one group of parties.

    Parameters
    ----------
    least : the least choice that meets the first so many `cuts`, and holds none of the first so
        many `lists`; None where there is none. It is not known yet where `cuts` is less than 0.
    """

    group: _Group
    least: Chosen | None = None
    cuts: int = -1
    lists: int = 0
    was_paid: bool = False


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
    prices: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.prices = prices_of(self.puzzle.weights)

    def in_order(self) -> Iterator[Chosen]:
        """Every least list, in the order of its cost."""
        found: list[Chosen] = []
        parties = list(self.puzzle.of_party)
        for size in range(1, len(parties) + 1):
            self.bound = AtLeast(size, size)
            groups = [group for group in combinations(parties, size) if self._suffices(group)]
            for one in self._within(groups, found):
                found.append(one)
                yield one

    def _asked_of(self, parties: Iterable[int]) -> Chosen:
        asked = 0
        for party in parties:
            asked |= self.puzzle.of_party[party]
        return asked

    def _suffices(self, parties: _Group) -> bool:
        """Whether these parties, granting everything, open a trip."""
        granted = self._asked_of(parties)
        if any(not cut & granted for cut in self.cuts):
            return False
        if any(granted & group == group for group in self.suffice):
            return True
        rung = closed_on(self.trial, granted)
        if rung is None:
            self._note(granted)
            self.suffice.append(granted)
            return True
        self.cuts.append(cut_from(self.puzzle, self.trial, granted, rung))
        return False

    def _note(self, granted: Chosen) -> None:
        if self.opening is None or self.puzzle.cost(granted) < self.puzzle.cost(self.opening):
            self.opening = granted

    def _within(self, groups: Sequence[_Group], found: list[Chosen]) -> Iterator[Chosen]:
        """The lists that ask something of all the parties of one of these groups, in order."""
        known = {group: _Known(group) for group in groups}
        while (one := self._least(known, found)) is not None:
            yield one

    def _least(self, known: Mapping[_Group, _Known], found: list[Chosen]) -> Chosen | None:
        """The next list: one group after the other, each only as far as it can still beat the best
        of those before it."""
        best: Chosen | None = None
        for one in known.values():
            while True:
                self._renew(one, found)
                self._bound_by(known.values())
                least = one.least
                if least is None or (best is not None and self._cost(best) < self._cost(least)):
                    break
                if closed_on(self.trial, least) is None:
                    self._note(least)
                    best = least
                    break
                self._pay(one, least, best)
        return best

    def _cost(self, some: Chosen) -> tuple[int, int, int, tuple[int, ...]]:
        return self.puzzle.cost(some)

    def _bound_by(self, known: Iterable[_Known]) -> None:
        """No list that is still to be found has less than the least of its group."""
        asks = [
            len(one.group) if one.least is None else one.least.bit_count()
            for one in known
            if one.cuts < 0 or one.least is not None
        ]
        if asks:
            self.bound = AtLeast(self.bound.parties, min(asks))

    def _renew(self, known: _Known, found: list[Chosen]) -> None:
        """The least choice of one group that meets all cuts; worked out anew where it no longer
        does, or was found already."""
        if known.cuts >= 0:
            one = known.least
            if one is None:
                return
            misses = any(not cut & one for cut in self.cuts[known.cuts :])
            if not misses and not any(one & old == old for old in found[known.lists :]):
                known.cuts, known.lists = len(self.cuts), len(found)
                return
        known.least = least_hitting(
            self._cuts_for(known.group),
            self._asked_of(known.group),
            self.puzzle.weights,
            self.steps,
            avoid=found,
        )
        known.cuts, known.lists = len(self.cuts), len(found)

    def _cuts_for(self, group: _Group) -> list[Chosen]:
        """All cuts, and one for each party of a group: of each of them something is asked."""
        return [*self.cuts, *(self.puzzle.of_party[party] for party in group)]

    def _pay(self, known: _Known, least: Chosen, best: Chosen | None) -> None:
        """More cuts, until what they paid for opens a trip.

        The first time nothing is paid yet, so that what is paid is a bound; later the least set,
        which met all cuts and opened nothing, counts as paid. Where the bound says that the group
        cannot beat the best one, it is left at that.
        """
        among = self._asked_of(known.group)
        start = least if known.was_paid else 0
        known.was_paid = True
        left = [0 if start >> n & 1 else price for n, price in enumerate(self.prices)]
        raised = Raised(left, start)
        cuts = [cut & among for cut in self._cuts_for(known.group)]
        raised.pay_for(sorted(cuts, key=lambda cut: (cut.bit_count(), cut)))
        enough = None if best is None or start else self._price(best)
        while enough is None or raised.bound <= enough:
            rung = closed_on(self.trial, raised.paid)
            if rung is None:
                self._note(raised.paid)
                return
            first = sorted(members(among & ~raised.paid), key=lambda n: (left[n], -n))
            cut = cut_from(self.puzzle, self.trial, raised.paid, rung, first)
            self.cuts.append(cut)
            raised.pay_for([cut & among])

    def _price(self, some: Chosen) -> int:
        return sum(self.prices[number] for number in members(some))

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
