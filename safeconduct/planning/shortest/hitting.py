"""The least set that has a member in every one of some sets, exactly.

Least in members, then in weight, then in the numbers of its members, so that there is one answer.
A branch and bound of our own, in whole numbers; what is too large for it goes to `packing.py`,
where scipy is installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from safeconduct.errors import BudgetExhausted
from safeconduct.planning.shortest.packing import is_there, packed
from safeconduct.planning.shortest.puzzle import Chosen, Steps, members

__all__ = ["BRANCH", "LARGE", "least_hitting"]

BRANCH = 20
"""What a branch costs, in the places that a search looks at in the same time."""
PACKED = 3_000_000
"""What handing a set over to `packing.py` costs: half a second, as fifty searches of a town."""
LARGE = 20_000
"""So many steps of branching are taken before a set counts as too large for it."""


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
    needed = _smallest([cut & among for cut in cuts])
    if 0 in needed:
        return None
    few = Steps(min(LARGE, steps.left))
    try:
        return _branched(needed, among, weights, few, avoid)
    except BudgetExhausted:
        if is_there():
            steps.spend(PACKED)
            return packed(needed, among, weights, avoid)
        return _branched(needed, among, weights, steps, avoid)
    finally:
        steps.left -= min(few.taken, few.limit)


def _branched(
    needed: list[Chosen],
    among: Chosen,
    weights: Sequence[int],
    steps: Steps,
    avoid: Sequence[Chosen],
) -> Chosen | None:
    most = among.bit_count()
    for size in range(_disjoint(needed, weights)[0], most + 1):
        level = _Level(size, weights, steps, tuple(avoid))
        level.branch(0, among, 0, needed)
        if level.best is not None:
            return level.best
        # Without sets to avoid, as many members as there are cuts always suffice.
        if not avoid and size >= len(needed):
            return None
    return None


@dataclass
class _Level:
    """The search for a set of exactly one size; smaller ones are known not to do."""

    size: int
    weights: Sequence[int]
    steps: Steps
    avoid: tuple[Chosen, ...]
    best: Chosen | None = None
    _best_rank: tuple[int, tuple[int, ...]] = field(default=(0, ()))

    def branch(self, took: Chosen, free: Chosen, weight: int, unmet: list[Chosen]) -> None:
        """Every way to go on from what was taken, with what is still free to take."""
        self.steps.spend(BRANCH)
        if any(took & one == one for one in self.avoid):
            return
        if not unmet:
            self._keep(took, weight)
            return
        count, least = _disjoint(unmet, self.weights)
        if took.bit_count() + count > self.size:
            return
        if self.best is not None and weight + least > self._best_rank[0]:
            return
        tightest = min(unmet, key=lambda cut: (cut.bit_count(), cut))
        for number in sorted(members(tightest), key=lambda one: (self.weights[one], one)):
            bit = 1 << number
            free &= ~bit  # the ways that follow do without it, so that none is gone twice
            left = [cut & (free | bit) for cut in unmet if not cut & bit]
            if 0 not in left:
                self.branch(took | bit, free, weight + self.weights[number], left)

    def _keep(self, took: Chosen, weight: int) -> None:
        rank = weight, tuple(members(took))
        if self.best is None or rank < self._best_rank:
            self.best, self._best_rank = took, rank


def _smallest(cuts: Sequence[Chosen]) -> list[Chosen]:
    """The cuts without those that hold another one: what meets the lesser meets the greater."""
    kept: list[Chosen] = []
    for cut in sorted(set(cuts), key=lambda one: (one.bit_count(), one)):
        if not any(less & cut == less for less in kept):
            kept.append(cut)
    return kept


def _disjoint(cuts: Sequence[Chosen], weights: Sequence[int]) -> tuple[int, int]:
    """A number of members, and a weight, that no set meeting all these cuts goes below.

    Cuts that share nothing need a member each.
    """
    count = weight = taken = 0
    for cut in sorted(cuts, key=int.bit_count):
        if not cut & taken:
            taken |= cut
            count += 1
            weight += min(weights[number] for number in members(cut))
    return count, weight
