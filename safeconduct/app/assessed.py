"""A judgement together with what it was made on, as the verbs hand it on."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.clearance import Judgement
from safeconduct.clearance.bench import Bench
from safeconduct.vocabulary import Movement

__all__ = ["Assessed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A judgement with what it was made on.

    Parameters
    ----------
    movement : as it was judged, with a proposed route if there was one.
    bench : under its profile, of a joint convoy the strictest; `others` under the other profiles.
    """

    movement: Movement
    judgement: Judgement
    bench: Bench | None
    others: tuple[Bench, ...] = ()
