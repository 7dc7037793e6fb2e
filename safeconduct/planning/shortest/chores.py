"""What no party's word opens, and what the office can do about it itself.

Road that nobody has assessed, road of which nobody knows whose consent it needs, road under a
hazard, and road that lies within no area, so that no word can name it. Where a way needs any of
these, no list of asks helps; the fewest of such tasks that would open one are named instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.cover import Cover
from safeconduct.planning.shortest.wanted import Lock, Need, Wanted, together
from safeconduct.spacetime import Span, Spans

__all__ = ["AREA", "ASSESSMENT", "HAZARD", "HOLDER", "chores_of"]

ASSESSMENT, HOLDER, HAZARD, AREA = "assessment", "consent-holder", "hazard", "area"
"""Kinds of `Wanted` that are asked of nobody: its `party` is empty."""


def chores_of(covers: Sequence[Cover], horizon: Span) -> tuple[Lock, ...]:
    """What each class of the roads needs of ourselves, with everything granted that can be asked.

    The `area` of a hazard's task is the id of the hazard; of the others, the areas that touch the
    road, with a space between.
    """
    whole = Spans.of([horizon])
    return tuple(
        together([Lock(whole, tuple(_needs(cover, cls, horizon))) for cover in covers])
        for cls in range(len(covers[0].network.classes))
    )


def _needs(cover: Cover, cls: int, horizon: Span) -> Iterator[Need]:
    ground = cover.ground(cls)
    touched, within = cover.network.classes[cls]
    here = " ".join(sorted(touched))
    shut: list[tuple[str, str, Spans]] = [
        (ASSESSMENT, here, ground.assessed.holes(horizon)),
        (HOLDER, here, ground.holder_known.holes(horizon)),
        *((HAZARD, hazard.id, spans.within(horizon)) for hazard, spans in ground.hazards),
    ]
    if not within:
        shut += [
            (AREA, here, asked.within(horizon)) for _, asked in (*ground.asked, *ground.consents)
        ]
    for kind, area, spans in shut:
        if spans:
            yield Need(frozenset({Wanted("", kind, area)}), spans)
