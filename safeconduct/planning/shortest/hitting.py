"""The least set that has a member in every one of some sets, exactly.

Least in members, then in weight, then in the numbers of its members, so that there is one answer.
A branch and bound in whole numbers: each branch is made smaller by what follows at once, bounded by
what the cuts pay (`raising.py`), and what would cost more than the best that is known is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from safeconduct.planning.shortest.puzzle import (
    Chosen,
    Steps,
    members,
    price_of_a_member,
    prices_of,
)
from safeconduct.planning.shortest.raising import Raised, shared_out

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
    tree = _Tree(prices_of(weights), price_of_a_member(weights), steps, tuple(avoid))
    tree.branch(0, among, list(cuts))
    return tree.best


@dataclass
class _Tree:
    """The best that is known while every way to choose is gone."""

    prices: Sequence[int]
    member: int
    steps: Steps
    avoid: tuple[Chosen, ...]
    best: Chosen | None = None
    price: int = 0
    spare: int = field(init=False)

    def __post_init__(self) -> None:
        # Less than nothing is what the number of a member takes off; so `spare` is more than that.
        rests = [price - self.member for price in self.prices]
        self.spare = (sum(rests) // max(1, len(rests))) + (2 << len(rests))
        self.light = [rest + self.spare for rest in rests]

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
        left = self._bounded(took, free, unmet)
        if left is None:
            return
        free &= left
        tightest = min(
            (cut & free for cut in unmet), key=lambda cut: (cut.bit_count(), self._price(cut))
        )
        for number in sorted(members(tightest), key=lambda one: (self.prices[one], one)):
            bit = 1 << number
            free &= ~bit  # the ways that follow do without it, so that none is gone twice
            self.branch(took | bit, free, [cut for cut in unmet if not cut & bit])

    def _bounded(self, took: Chosen, free: Chosen, unmet: list[Chosen]) -> Chosen | None:
        """What is left to choose from, where something that is free may be in a better choice; None
        where none is. Meanwhile better ones may be found."""
        spent = self._price(took)
        raised = Raised(list(self.prices))
        raised.pay_for(unmet)
        self._keep_lean(took, raised.paid & free, unmet)
        if self.best is not None and spent + raised.bound < self.price:
            shared = shared_out(unmet, self.prices, self.price - spent)
            self._keep_lean(took, shared.paid & free, unmet)
            raised = max(raised, shared, key=lambda one: one.bound)
        if self.best is None:
            return free
        room = self.price - spent - raised.bound
        if room <= 0:
            return None
        free = self._within(room, free, raised.left)
        return self._bounded_by_weight(took, free, unmet, raised.bound)

    def _bounded_by_weight(
        self, took: Chosen, free: Chosen, unmet: list[Chosen], bound: int
    ) -> Chosen | None:
        """The same, where only choices with as many members as the best one are left.

        Each member is priced at its weight and something, `spare`; of which all these choices have
        the same number, so that it can be taken off again.
        """
        assert self.best is not None
        count = self.best.bit_count() - took.bit_count()
        # All weights together are less than this part of a member.
        least = -(-(bound - (self.member >> 16)) // self.member)
        if least != count:
            return free if least < count else None
        room = self.price - self._price(took) - count * (self.member - self.spare)
        raised = Raised(list(self.light))
        raised.pay_for(unmet)
        if raised.bound < room:
            raised = max(raised, shared_out(unmet, self.light, room), key=lambda one: one.bound)
        room -= raised.bound
        return self._within(room, free, raised.left) if room > 0 else None

    @staticmethod
    def _within(room: int, free: Chosen, left: Sequence[int]) -> Chosen:
        """Those that a better choice can hold: each costs what is left of it at least."""
        return sum(1 << number for number in members(free) if left[number] < room)

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
