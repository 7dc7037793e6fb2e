"""When a writer stopped writing into a register, and why: it was moved, or restored from a backup.

Two copies of a register that one key writes into would sign two histories. So a copy says of each
writer up to which place of its chain it wrote here. What it wrote later it wrote elsewhere: that
comes by a bundle, as from any other office, and is known from its receipt on. What was known here
before the handover does not change by it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.errors import ChainBroken, RegisterError, WrongField

__all__ = [
    "MOVED",
    "RESTORED",
    "Handover",
    "Runs",
    "check_follows",
    "check_not_moved",
    "in_runs",
    "missing_rows",
    "own_places",
    "resting",
]

MOVED, RESTORED = "moved", "restored"
"""Why writers stop: the register goes on elsewhere, or this is what a backup brought back."""

Runs = tuple[tuple[int, int], ...]
"""Places of a chain, each run from its first number up to the one after its last."""

_OPEN = sys.maxsize
"""No chain is so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """From a place of its chain on a writer writes here no more; or, later, it does again.

    Parameters
    ----------
    size : how many places of its chain come before. at : UTC seconds.
    goes_on : whether it writes here from then on. why : `MOVED` or `RESTORED`.
    """

    writer: str
    size: int
    at: int
    goes_on: bool
    why: str

    def __post_init__(self) -> None:
        if self.size < 0 or self.why not in (MOVED, RESTORED):
            raise WrongField(
                f"Of {self.writer} it is said that it stopped after {self.size} places, because "
                f"the register was {self.why[:70]!r}.",
                f"Give a number of places, and {MOVED!r} or {RESTORED!r}.",
            )


def resting(handovers: Iterable[Handover], moment: int = _OPEN) -> dict[str, Handover]:
    """The writers that had stopped by a moment and not gone on, each with how it stopped.

    Parameters
    ----------
    handovers : in their order.
    """
    found: dict[str, Handover] = {}
    for one in handovers:
        # At the moment of its stop itself a writer's word is whole.
        if one.at > moment or (one.at == moment and not one.goes_on):
            continue
        if one.goes_on:
            found.pop(one.writer, None)
        else:
            found[one.writer] = one
    return found


def own_places(here: Iterable[str], handovers: Iterable[Handover]) -> Mapping[str, Runs]:
    """Of each writer that ever wrote here the places that it did write here.

    >>> stop = Handover(writer="laptop", size=3, at=9, goes_on=False, why=RESTORED)
    >>> own_places(["laptop"], [stop])
    {'laptop': ((0, 3),)}
    """
    told: dict[str, list[Handover]] = defaultdict(list)
    for one in handovers:
        told[one.writer].append(one)
    return {writer: _runs(told[writer]) for writer in here}


def _runs(told: Iterable[Handover]) -> Runs:
    runs: list[tuple[int, int]] = []
    first: int | None = 0
    for one in told:
        if not one.goes_on and first is not None:
            runs.append((first, one.size))
            first = None
        elif one.goes_on and first is None:
            first = one.size
    if first is not None:
        runs.append((first, _OPEN))
    return tuple(run for run in runs if run[0] < run[1])


def in_runs(runs: Runs, number: int) -> bool:
    """Whether the number is in one of the runs."""
    return any(first <= number < end for first, end in runs)


def missing_rows(rows: Iterable[Handover], held: Iterable[Handover]) -> tuple[Handover, ...]:
    """Of these handovers, which are a whole history, those that come after the ones held already.

    Raises
    ------
    ChainBroken : what is held is not their beginning.
    """
    rows, held = tuple(rows), tuple(held)
    if rows[: len(held)] != held:
        raise ChainBroken(
            "The target tells another history of who stopped writing than the source.",
            "Copy into a new register.",
            breach="fork",
        )
    return rows[len(held) :]


def check_follows(
    rows: Sequence[Handover],
    held: Iterable[Handover],
    sizes: Mapping[str, int],
    *,
    exactly: bool = False,
) -> None:
    """Nothing, when these handovers may come after the ones held.

    Parameters
    ----------
    rows : told in one step. sizes : how many places each writer's chain has.
    exactly : each chain ends just at the place of its handover; else it may be longer.

    Raises
    ------
    RegisterError : a chain is shorter; or longer, since somebody wrote to it meanwhile. Or it is a
        move of what was moved: of two at once, one would go on in each place.
    """
    if rows and rows[0].why == MOVED and not rows[0].goes_on:
        check_not_moved(held)
    for one in rows:
        size = sizes.get(one.writer, 0)
        if size < one.size or (exactly and size != one.size):
            raise RegisterError(
                f"The chain of {one.writer} has {size} places, and its handover is after "
                f"{one.size}: the register was written to meanwhile.",
                "Do the same again when nobody writes to it.",
            )


def check_not_moved(handovers: Iterable[Handover]) -> None:
    """Nothing, unless the register goes on elsewhere: then nothing is added to it any more.

    Raises
    ------
    RegisterError : it was moved.
    """
    if any(one.why == MOVED for one in resting(handovers).values()):
        raise RegisterError(
            "The register was moved to another place, where it goes on.",
            "Write there. If that place is lost, make a backup of this one and restore it.",
        )
