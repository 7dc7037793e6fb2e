"""Of several decisions, or outcomes, of one movement: in which order, and which one holds?

Each names the one that it follows, so that the order is kept where two fall on one second, and
whoever corrects an outcome leaves its hour as it was. Nothing here goes by the order of entries.
"""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.spacetime import BEGINNING
from safeconduct.vocabulary import Choice, Decision, Outcome, Result

# Of two at one moment, neither of which follows the other, the later in these lists holds: it is
# the one after which fewer people rely on less.
_CHOICES = (
    *(Choice.GO, Choice.RESUME, Choice.GO_WITH_CONDITIONS),
    *(Choice.HOLD, Choice.ABORT, Choice.NOT_GO),
)
_RESULTS = (
    *(Result.FACILITATED, Result.CANCELLED, Result.IMPEDED, Result.PARTIAL),
    *(Result.DENIED, Result.CONFISCATED, Result.STRUCK),
)


def decisions_in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions on one movement, oldest first; the last one is the one that holds."""
    found = {one.id: one for one in decisions}
    follows = {one.id: one.follows for one in found.values()}

    def place(one: Decision) -> tuple[int, int, int, str]:
        return one.decided_at, _depth(one.id, follows), _CHOICES.index(one.choice), one.id

    return tuple(sorted(found.values(), key=place))


def outcomes_in_order(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes of one movement, oldest first; the last one is the one that holds."""
    found = {one.id: one for one in outcomes}
    follows = {one.id: one.follows for one in found.values()}

    def place(one: Outcome) -> tuple[int, int, int, str]:
        at = BEGINNING if one.at is None else one.at
        return at, _depth(one.id, follows), _RESULTS.index(one.result), one.id

    return tuple(sorted(found.values(), key=place))


def _depth(id: str, follows: dict[str, str]) -> int:
    """How many known records stand before this one in its chain; a circle ends where it closes."""
    seen = {id}
    while (id := follows.get(id, "")) in follows and id not in seen:
        seen.add(id)
    return len(seen)
