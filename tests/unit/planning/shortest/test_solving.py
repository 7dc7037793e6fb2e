"""The shortest lists are the shortest: against every choice there is, without any roads."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import combinations

import pytest

from safeconduct.errors import BudgetExhausted
from safeconduct.planning.shortest.growing import closed_on, cut_from
from safeconduct.planning.shortest.hitting import least_hitting
from safeconduct.planning.shortest.puzzle import Puzzle, Steps, chosen, members, prices_of
from safeconduct.planning.shortest.raising import Raised, shared_out
from safeconduct.planning.shortest.solving import solve

PLENTY = 10_000_000


@dataclass
class Ways:
    """A trial of which it is known what opens it: each way needs all of some candidates.

    `early` are ways that only look open on the first rungs. `sees` limits what the trial calls
    idle, so that growing has something to do.
    """

    ways: tuple[int, ...]
    early: tuple[tuple[int, ...], ...] = ()
    everything: int = 0
    steps: Steps = field(default_factory=lambda: Steps(PLENTY))
    asked: list[tuple[int, int]] = field(default_factory=list)

    @property
    def rungs(self) -> int:
        return len(self.early) + 1

    def opens(self, granted: int, rung: int) -> bool:
        self.asked.append((granted, rung))
        self.steps.spend(1000)
        more = [way for level in self.early[rung:] for way in level]
        return any(granted & way == way for way in (*self.ways, *more))

    def idle(self, granted: int, rung: int) -> int:
        """Candidates that are in no way at all."""
        assert not self.opens(granted, rung)
        used = 0
        for level in (self.ways, *self.early):
            for way in level:
                used |= way
        return self.everything & ~used & ~granted


def drawn(seed: int) -> tuple[Puzzle, Ways]:
    """A random puzzle of up to nine candidates, four parties and five ways."""
    rng = random.Random(seed)
    size = rng.randint(1, 9)
    puzzle = Puzzle(
        tuple(rng.randrange(rng.randint(1, 4)) for _ in range(size)),
        tuple(rng.randrange(4) for _ in range(size)),
    )

    def way() -> int:
        return chosen(rng.sample(range(size), rng.randint(1, min(size, 5))))

    early = tuple(tuple(way() for _ in range(rng.randint(0, 2))) for _ in range(rng.randint(0, 2)))
    return puzzle, Ways(tuple(way() for _ in range(rng.randint(0, 5))), early, puzzle.all)


def every_list(puzzle: Puzzle, ways: Ways) -> list[int]:
    """All choices that open a trip and have nothing too much, the cheapest first."""
    size = len(puzzle.parties)
    opening = [
        chosen(some)
        for count in range(size + 1)
        for some in combinations(range(size), count)
        if any(chosen(some) & way == way for way in ways.ways)
    ]
    least = [one for one in opening if not any(two != one and two & one == two for two in opening)]
    return sorted(least, key=puzzle.cost)


@pytest.mark.parametrize("seed", range(400))
def test_the_lists_are_those_of_trying_everything_in_the_same_order(seed):
    puzzle, ways = drawn(seed)
    wanted = every_list(puzzle, ways)
    found = solve(puzzle, ways, Steps(PLENTY), lists=3)
    assert found.opens is bool(ways.ways)
    assert list(found.lists) == wanted[:3]
    assert found.proven == len(found.lists)
    assert found.bound is None


@pytest.mark.parametrize("seed", range(200))
def test_a_search_that_is_stopped_says_what_opens_and_a_bound_that_holds(seed):
    puzzle, ways = drawn(seed)
    wanted = every_list(puzzle, ways)
    steps = Steps(3_000 + 4_000 * (seed % 9))
    ways.steps = steps
    found = solve(puzzle, ways, steps)
    if found.bound is None or not found.opens:
        return
    assert found.proven == 0
    (best,) = found.lists
    assert any(best & way == way for way in ways.ways)
    parties, asks, *_ = puzzle.cost(wanted[0])
    assert (found.bound.parties, found.bound.asks) <= (parties, asks)


def test_some_searches_of_the_campaign_are_stopped_half_way():
    stopped = 0
    for seed in range(200):
        puzzle, ways = drawn(seed)
        ways.steps = Steps(3_000 + 4_000 * (seed % 9))
        stopped += solve(puzzle, ways, ways.steps).bound is not None
    assert 30 < stopped < 200


@pytest.mark.parametrize("seed", range(200))
def test_a_cut_has_a_part_in_every_list_and_no_candidate_too_many(seed):
    puzzle, ways = drawn(seed)
    granted = chosen(random.Random(seed).sample(range(len(puzzle.parties)), 0))
    rung = closed_on(ways, granted)
    if rung is None:
        return
    cut = cut_from(puzzle, ways, granted, rung)
    assert cut & granted == 0
    assert all(one & cut for one in every_list(puzzle, ways))
    for number in members(cut):
        assert ways.opens(puzzle.all & ~cut | 1 << number, rung)


@pytest.mark.parametrize("seed", range(300))
def test_the_least_hitting_set_is_that_of_trying_everything(seed):
    rng = random.Random(seed)
    size = rng.randint(1, 8)
    weights = [rng.randrange(3) for _ in range(size)]
    cuts = [rng.randrange(1, 1 << size) for _ in range(rng.randint(0, 6))]
    among = rng.randrange(1 << size) | rng.randrange(1 << size)
    avoid = [rng.randrange(1, 1 << size) for _ in range(rng.randint(0, 2))]

    def rank(some: int) -> tuple[int, int, tuple[int, ...]]:
        numbers = tuple(members(some))
        return len(numbers), sum(weights[n] for n in numbers), numbers

    fits = [
        some
        for some in range(1 << size)
        if some & ~among == 0
        and all(some & cut for cut in cuts)
        and not any(some & one == one for one in avoid)
    ]
    found = least_hitting(cuts, among, weights, Steps(PLENTY), avoid=avoid)
    assert found == min(fits, key=rank, default=None)


def drawn_cuts(seed: int, most: int) -> tuple[list[int], list[int]]:
    """Cuts of some of up to `most` candidates, and the weights of these."""
    rng = random.Random(seed)
    size = rng.randint(2, most)
    weights = [rng.randrange(5) for _ in range(size)]
    cuts = [
        chosen(rng.sample(range(size), rng.randint(1, min(size, 6))))
        for _ in range(rng.randint(1, 2 * size))
    ]
    return cuts, weights


@pytest.mark.parametrize("seed", range(60))
def test_of_many_candidates_it_is_as_small_and_as_light_as_integer_programming_finds(seed):
    optimize = pytest.importorskip("scipy.optimize")
    cuts, weights = drawn_cuts(seed, 40)
    rows = [[cut >> number & 1 for number in range(len(weights))] for cut in cuts]
    # A member costs more than all weights together, so that members come first.
    member = 1 + sum(weights)
    by_scipy = optimize.milp(
        [member + weight for weight in weights],
        integrality=[1] * len(weights),
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(rows, 1, float("inf")),
        options={"mip_rel_gap": 0.0},
    )
    found = least_hitting(cuts, (1 << len(weights)) - 1, weights, Steps(10 * PLENTY))
    assert all(cut & found for cut in cuts)
    assert sum(member + weights[n] for n in members(found)) == round(by_scipy.fun)


@pytest.mark.parametrize("seed", range(200))
def test_what_cuts_pay_is_no_more_than_what_meets_them_costs(seed):
    cuts, weights = drawn_cuts(seed, 9)
    prices = prices_of(weights)
    costs = {
        some: sum(prices[n] for n in members(some))
        for some in range(1 << len(weights))
        if all(cut & some for cut in cuts)
    }
    least = min(costs.values())
    plain = Raised(list(prices))
    plain.pay_for(cuts)
    for found in (plain, shared_out(cuts, prices, least), shared_out(cuts, prices, 3 * least)):
        assert found.bound <= least
        assert all(cut & found.paid for cut in cuts)
        # Whoever takes a candidate has what is left of its price to pay beside the bound.
        assert all(
            found.bound + sum(found.left[n] for n in members(some)) <= cost
            for some, cost in costs.items()
        )


def test_shares_that_are_shifted_pay_what_one_cut_after_the_other_does_not():
    # Three cuts of two out of three candidates: any set has two of them, the first cut pays one.
    cuts, prices = [0b011, 0b101, 0b110], (1 << 20,) * 3
    plain = Raised(list(prices))
    plain.pay_for(cuts)
    assert plain.bound == 1 << 20
    # The most that can be paid is a half for each cut.
    assert 0.98 * 1.5 < shared_out(cuts, prices, 2 << 20).bound / (1 << 20) <= 1.5


@pytest.mark.parametrize("seed", range(100))
def test_prices_put_sets_in_the_order_of_members_weight_and_numbers(seed):
    rng = random.Random(seed)
    weights = [rng.randrange(3) for _ in range(rng.randint(1, 7))]
    prices = prices_of(weights)

    def rank(some: int) -> tuple[int, int, tuple[int, ...]]:
        numbers = tuple(members(some))
        return len(numbers), sum(weights[n] for n in numbers), numbers

    every = sorted(range(1 << len(weights)), key=rank)
    assert every == sorted(every, key=lambda some: sum(prices[n] for n in members(some)))


def test_a_hitting_set_that_takes_too_long_is_not_guessed():
    with pytest.raises(BudgetExhausted, match="more than its"):
        least_hitting([0b0011, 0b0110, 0b1100], 0b1111, [1] * 4, Steps(3))
