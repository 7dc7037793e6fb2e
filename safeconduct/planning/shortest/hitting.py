"""The least set that has a member in every one of some sets, exactly.

Least in members, then in weight, then in the numbers of its members, so that there is one answer.
A branch and bound in whole numbers: each branch is made smaller by what follows at once, bounded by
what the cuts pay (`raising.py`), and what would cost more than the best that is known is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.planning.shortest.puzzle import Chosen, Steps, members, prices_of
from safeconduct.planning.shortest.raising import Raised

__all__ = ["BRANCH", "least_hitting"]

BRANCH = 200
"""What a branch costs for each of its cuts, in the places that a search looks at in that time."""


def least_hitting(
    cuts: Sequence[Chosen],
    among: Chosen,
    weights: Sequence[int],
    steps: Steps,
    *,
    avoid: Sequence[Chosen] = (),
) -> Chosen | None:
    """The least part of `among` that meets every cut, or None where there is none.

    Parameters
    ----------
    avoid : sets of which the answer may not hold all.

    Raises
    ------
    BudgetExhausted : it takes more steps than are left.

    >>> least_hitting([0b011, 0b110], 0b111, [1, 1, 1], Steps(1000))
    2
    """
    tree = _Tree(prices_of(weights), steps, tuple(avoid))
    tree.branch(0, among, list(cuts))
    return tree.best


@dataclass
class _Tree:
    """The best that is known while every way to choose is gone."""

    prices: Sequence[int]
    steps: Steps
    avoid: tuple[Chosen, ...]
    best: Chosen | None = None
    price: int = 0

    def branch(self, took: Chosen, free: Chosen, unmet: list[Chosen]) -> None:
        """Every way to go on from what was taken, with what is still free to take."""
        self.steps.spend(BRANCH * (1 + len(unmet)))
        cuts = self._forced(took, free, unmet)
        if cuts is None:
            return
        took, free, unmet = cuts
        if any(took & one == one for one in self.avoid):
            return
        if not unmet:
            self._keep(took)
            return
        raised = Raised(list(self.prices))
        raised.pay_for(unmet)
        self._keep_lean(took, raised.paid & free, unmet)
        bound = self._price(took) + raised.bound
        if self._is_too_dear(bound):
            return
        free &= ~self._too_dear(bound, free, raised.left)
        tightest = min(
            (cut & free for cut in unmet), key=lambda cut: (cut.bit_count(), self._price(cut))
        )
        for number in sorted(members(tightest), key=lambda one: (raised.left[one], one)):
            bit = 1 << number
            free &= ~bit  # the ways that follow do without it, so that none is gone twice
            self.branch(took | bit, free, [cut for cut in unmet if not cut & bit])

    def _forced(
        self, took: Chosen, free: Chosen, unmet: list[Chosen]
    ) -> tuple[Chosen, Chosen, list[Chosen]] | None:
        """The same, with what can only be taken taken, and without what need not be looked at; None
        where some cut cannot be met any more."""
        while True:
            unmet = _smallest([cut & free for cut in unmet])
            if unmet and not unmet[0]:
                return None
            single = 0
            for cut in unmet:
                if cut.bit_count() > 1:
                    break
                single |= cut
            if single:
                took, free = took | single, free & ~single
                unmet = [cut for cut in unmet if not cut & single]
                continue
            left = self._undominated(free, unmet)
            if left == free:
                return took, free, unmet
            free = left

    def _undominated(self, free: Chosen, unmet: list[Chosen]) -> Chosen:
        """What is free and in some cut, without those for which another one, in the same cuts at
        least, costs less. What is to be avoided knows members only, so it takes the place of none.
        """
        meets: dict[int, int] = {}
        for place, cut in enumerate(unmet):
            for number in members(cut):
                meets[number] = meets.get(number, 0) | 1 << place
        spoilt = 0
        for one in self.avoid:
            spoilt |= one
        kept: list[int] = []
        left = 0
        for number in sorted(meets, key=lambda one: self.prices[one]):
            mine = meets[number]
            if not any(mine & ~other == 0 for other in kept):
                left |= 1 << number
                if not spoilt >> number & 1:
                    kept.append(mine)
        return left & free

    def _too_dear(self, bound: int, free: Chosen, left: Sequence[int]) -> Chosen:
        """Those of which every choice would cost more than the best one."""
        made = 0
        if self.best is not None:
            for number in members(free):
                if self._is_too_dear(bound + left[number]):
                    made |= 1 << number
        return made

    def _is_too_dear(self, bound: int) -> bool:
        return self.best is not None and bound >= self.price

    def _keep_lean(self, took: Chosen, paid: Chosen, unmet: list[Chosen]) -> None:
        """What was paid meets every cut; kept without what it can do without, the dearest first."""
        for number in sorted(members(paid), key=lambda one: -self.prices[one]):
            less = paid & ~(1 << number)
            if all(cut & less for cut in unmet):
                paid = less
        some = took | paid
        if not any(some & one == one for one in self.avoid):
            self._keep(some)

    def _keep(self, some: Chosen) -> None:
        price = self._price(some)
        if self.best is None or price < self.price:
            self.best, self.price = some, price

    def _price(self, some: Chosen) -> int:
        return sum(self.prices[number] for number in members(some))


def _smallest(cuts: Sequence[Chosen]) -> list[Chosen]:
    """The cuts without those that hold another one: what meets the lesser meets the greater."""
    kept: list[Chosen] = []
    for cut in sorted(set(cuts), key=lambda one: (one.bit_count(), one)):
        if not any(less & cut == less for less in kept):
            kept.append(cut)
    return kept
