"""What has to be chosen, without roads: candidates, whose they are, and a trial of any choice.

A set of candidates is a whole number: bit `i` stands for candidate `i`. Such sets are united, cut
and compared a hundred thousand times in one search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

from safeconduct.errors import BudgetExhausted

__all__ = [
    "Chosen",
    "Puzzle",
    "Steps",
    "Trial",
    "chosen",
    "members",
    "price_of_a_member",
    "prices_of",
]

Chosen: TypeAlias = int
"""A set of candidates, as bits."""


def chosen(numbers: Iterable[int]) -> Chosen:
    """The set of these candidates."""
    made = 0
    for number in numbers:
        made |= 1 << number
    return made


def members(some: Chosen) -> Iterator[int]:
    """The candidates of a set, in rising order.

    >>> list(members(chosen([5, 2])))
    [2, 5]
    """
    while some:
        lowest = some & -some
        yield lowest.bit_length() - 1
        some ^= lowest


def prices_of(weights: Sequence[int]) -> tuple[int, ...]:
    """Whole numbers above 0 whose sums put sets in the order of members, weight, and numbers.

    A member more costs 65,536 times as much as all weights together, so that from any bound between
    two whole numbers of members the greater one follows. Of two sets with as many members, and as
    much weight, the sum is less of the one whose numbers, in rising order, come first: the lowest
    number that only one of them has takes off more than all that come after it together.

    >>> few, light, low, high = (sum(prices_of([3, 1, 1])[n] for n in s) for s in ([0], [1, 2],
    ...                                                                            [0, 1], [0, 2]))
    >>> few < light < low < high
    True
    """
    count, member = len(weights), price_of_a_member(weights)
    return tuple(
        member + (weight << count) - (1 << (count - 1 - number))
        for number, weight in enumerate(weights)
    )


def price_of_a_member(weights: Sequence[int]) -> int:
    """What each member costs in such a sum, beside its weight and its number."""
    return (1 + sum(weights)) << (len(weights) + 16)


# No slots: what follows from the fields is worked out once and kept in the instance.
@dataclass(frozen=True)
class Puzzle:
    """Candidates to choose from.

    Parameters
    ----------
    parties : of each candidate, the number of the party it is asked of.
    weights : of each candidate, what it costs beside being one more; 0 or more.
    """

    parties: tuple[int, ...]
    weights: tuple[int, ...]

    @property
    def all(self) -> Chosen:
        """Every candidate."""
        return (1 << len(self.parties)) - 1

    @cached_property
    def of_party(self) -> dict[int, Chosen]:
        """The candidates of each party."""
        found: dict[int, Chosen] = {}
        for number, party in enumerate(self.parties):
            found[party] = found.get(party, 0) | 1 << number
        return dict(sorted(found.items()))

    def parties_of(self, some: Chosen) -> frozenset[int]:
        """The parties that these candidates are asked of."""
        return frozenset(self.parties[number] for number in members(some))

    def cost(self, some: Chosen) -> tuple[int, int, int, tuple[int, ...]]:
        """What the best list has least of: parties, asks, weight, and then the numbers."""
        numbers = tuple(members(some))
        weight = sum(self.weights[number] for number in numbers)
        return len(self.parties_of(some)), len(numbers), weight, numbers


class Trial(Protocol):
    """Whether a trip exists once some candidates are granted. Granting more never closes one.

    A trial has rungs, from a quick one that lets too much through to the last, which is the
    answer: what does not open on some rung opens on none after it.
    """

    @property
    def rungs(self) -> int:
        """How many rungs there are, at least 1."""
        ...

    def opens(self, granted: Chosen, rung: int) -> bool:
        """Whether there is a trip as far as this rung sees."""
        ...

    def idle(self, granted: Chosen, rung: int) -> Chosen:
        """Of a set that does not open: what could be granted as well without opening it.

        Candidates of which the search on this rung looked at nothing; granted or not is the same
        to it, for all of them together.
        """
        ...


class Steps:
    """Counts the steps of one search; the count is the same on every machine."""

    def __init__(self, limit: int) -> None:
        self.limit, self.left = limit, limit

    @property
    def taken(self) -> int:
        """How many were taken."""
        return self.limit - self.left

    def spend(self, steps: int) -> None:
        """Take steps from the budget.

        Raises
        ------
        BudgetExhausted : none are left.
        """
        self.left -= steps
        if self.left < 0:
            raise BudgetExhausted(
                f"The search for the shortest list needs more than its {self.limit} steps.",
                "Take the best list so far for what it is, or raise the budget.",
                steps=self.limit,
            )
