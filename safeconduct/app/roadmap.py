"""The roads that a movement may be led over: those of the case, or imported ones cut by its areas.

Judging stays exact and small: whatever roads are searched, the judge looks at a network of just the
edges that a route uses, built as a case's network is.
"""

from __future__ import annotations

from safeconduct.app.kernels import kernel_for
from safeconduct.clearance import Judge
from safeconduct.planning.finding import Roads
from safeconduct.roads.dividing import division_of
from safeconduct.vocabulary import Movement

__all__ = ["drawn"]


def drawn(judge: Judge, movement: Movement) -> Roads:
    """The network of the case or register itself."""
    network = judge.network
    return Roads(
        division=division_of(network),
        covers=tuple(judge.cover(profile) for profile in movement.profiles),
        nodes={place.id: (number,) for number, place in enumerate(network.places)},
        judge_on=lambda edges: judge,
        kernel=kernel_for,
    )
