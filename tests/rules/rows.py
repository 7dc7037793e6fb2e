"""A row: one rule, one situation in words, and what the rule must say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from safeconduct.clearance import Status
from tests.worlds.two_towns import Towns


@dataclass(frozen=True, slots=True)
class Row:
    """One situation in which one rule has one status.

    Parameters
    ----------
    when : the situation in a sentence that a coordinator understands.
    code : the code of the finding; "" for one without.
    world : gives the situation, made from the two towns.
    """

    rule: str
    status: Status
    when: str
    code: str
    world: Callable[[], Towns]

    @property
    def name(self) -> str:
        """What a failing row is called."""
        return f"{self.rule}-{self.status.value}-{self.when}"

    def holds(self) -> bool:
        """Whether the rule has a finding of this status and code there."""
        found = self.world().findings(self.rule)
        return any(one.status is self.status and one.code == self.code for one in found)
