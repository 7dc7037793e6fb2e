"""From a choice that opens nothing to a cut: candidates of which every list has at least one.

What opens no trip is made as large as it can be while it still opens none. Each candidate that is
then left out opens one by itself, so every list that opens a trip has one of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.planning.shortest.puzzle import Chosen, Puzzle, Trial, members

__all__ = ["closed_on", "cut_from"]


def closed_on(trial: Trial, granted: Chosen) -> int | None:
    """The first rung on which these grants open no trip; None where they open one."""
    return next((rung for rung in range(trial.rungs) if not trial.opens(granted, rung)), None)


def cut_from(
    puzzle: Puzzle,
    trial: Trial,
    granted: Chosen,
    rung: int,
    first: Sequence[int] | None = None,
) -> Chosen:
    """Candidates of which every list that opens a trip has one.

    Parameters
    ----------
    granted : opens no trip as far as `rung` sees. The cut has none of these.
    first : candidates that are to be granted before others, in this order; the cut can do without
        none of those of them that it has. The others are then granted by whole parties only. When
        left out, whole parties come first, and the cut can do without none of its candidates.
    """
    closed = granted | trial.idle(granted, rung)
    whole = list(puzzle.of_party.values())
    if first is None:
        closed = _grown(trial, closed, rung, whole, False)
        single = [1 << number for number in members(puzzle.all & ~closed)]
        single.sort(key=lambda bit: (-puzzle.weights[bit.bit_length() - 1], bit))
        return puzzle.all & ~_grown(trial, closed, rung, single, True)
    closed = _grown(trial, closed, rung, [1 << number for number in first], True)
    few = 0
    for number in first:
        few |= 1 << number
    rest = [block & ~few & ~closed for block in whole]
    return puzzle.all & ~_grown(trial, closed, rung, rest, False)


def _grown(
    trial: Trial, closed: Chosen, rung: int, blocks: Sequence[Chosen], opens: bool
) -> Chosen:
    """`closed` and as many whole blocks as leave it closed, tried by halves.

    Parameters
    ----------
    opens : whether all these blocks together are known to open it.
    """
    blocks = [block for block in blocks if block & ~closed]
    if not blocks:
        return closed
    wider = closed
    for block in blocks:
        wider |= block
    if not opens and not trial.opens(wider, rung):
        return wider | trial.idle(wider, rung)
    if len(blocks) == 1:
        return closed
    half = len(blocks) // 2
    first, second = blocks[:half], blocks[half:]
    closed = _grown(trial, closed, rung, first, False)
    # Where all of the first half went in, the second half is what opens the whole.
    took_all = all(block & ~closed == 0 for block in first)
    return _grown(trial, closed, rung, second, took_all)
