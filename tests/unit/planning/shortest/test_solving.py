"""The shortest lists are the shortest: against every choice there is, without any roads."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import combinations

import pytest

from safeconduct.errors import BudgetExhausted
from safeconduct.planning.shortest.growing import closed_on, cut_from
from safeconduct.planning.shortest.hitting import least_hitting
from safeconduct.planning.shortest.packing import packed
from safeconduct.planning.shortest.puzzle import Puzzle, Steps, chosen, members
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


@pytest.mark.parametrize("seed", range(100))
def test_what_is_too_large_to_branch_on_is_packed_as_small_and_as_light(seed):
    rng = random.Random(seed)
    size = rng.randint(1, 8)
    weights = [rng.randrange(5) for _ in range(size)]
    cuts = [rng.randrange(1, 1 << size) for _ in range(rng.randint(0, 6))]
    avoid = [rng.randrange(1, 1 << size) for _ in range(rng.randint(0, 2))]
    among = (1 << size) - 1
    branched = least_hitting(cuts, among, weights, Steps(PLENTY), avoid=avoid)
    found = packed(cuts, among, weights, avoid)
    if branched is None:
        assert found is None
        return
    assert all(found & cut for cut in cuts)
    assert not any(found & one == one for one in avoid)
    assert found.bit_count() == branched.bit_count()
    assert sum(weights[n] for n in members(found)) == sum(weights[n] for n in members(branched))


def test_a_hitting_set_that_takes_too_long_is_not_guessed(monkeypatch):
    monkeypatch.setattr("safeconduct.planning.shortest.hitting.is_there", lambda: False)
    with pytest.raises(BudgetExhausted, match="more than its"):
        least_hitting([0b0011, 0b0110, 0b1100], 0b1111, [1] * 4, Steps(3))
