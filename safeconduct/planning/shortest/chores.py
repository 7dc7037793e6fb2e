"""What no party's word opens, and what the office can do about it itself.

Road that nobody has assessed, road of which nobody knows whose consent it needs, road under a
hazard, and road that lies within no area, so that no word can name it. Where a way needs any of
these, no list of asks helps; the fewest of such tasks that would open one are named instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.cover import Cover
from safeconduct.planning.asks import OwnTask
from safeconduct.planning.shortest.wanted import Lock, Need, Wanted, together
from safeconduct.situation import Situation
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Closure, Hazard

__all__ = ["AREA", "ASSESSMENT", "CLOSURE", "HAZARD", "HOLDER", "chores_of", "told"]

ASSESSMENT, HOLDER, HAZARD, AREA = "assessment", "consent-holder", "hazard", "area"
CLOSURE = "closure"
"""Kinds of `Wanted` that are asked of nobody: its `party` is empty."""


def chores_of(covers: Sequence[Cover], horizon: Span) -> tuple[Lock, ...]:
    """What each class of the roads needs of ourselves, with everything granted that can be asked.

    The `area` of a hazard's or closure's task is its id; of the others, the areas that touch the
    road, with a space between.
    """
    whole = Spans.of([horizon])
    return tuple(
        together([Lock(whole, tuple(_needs(cover, cls, horizon))) for cover in covers])
        for cls in range(len(covers[0].network.classes))
    )


def told(task: Wanted, situation: Situation) -> OwnTask:
    """A task in words, with the rule that waits for it."""
    where = ", ".join(task.area.split()) or "the roads that lie in no area"
    if task.kind == HAZARD:
        hazard = next(one for one in situation.facts(Hazard) if one.id == task.area)
        return OwnTask(
            rule="A1",
            code="HAZARD",
            says=f"Record a dated report, with evidence, that the hazard in "
            f"{', '.join(hazard.areas)} is cleared: {hazard.hazard.rstrip('.')} [{hazard.id}].",
        )
    if task.kind == CLOSURE:
        closure = next(one for one in situation.facts(Closure) if one.id == task.area)
        return OwnTask(
            rule="A1",
            code="ROAD-CLOSED",
            says=f"Record, with evidence, that the roads in {', '.join(closure.areas)} were "
            f"reopened: {closure.why.rstrip('.')} [{closure.id}].",
        )
    rule, code, says = {
        ASSESSMENT: (
            "A1",
            "NOT-ASSESSED",
            f"Have the road assessed that touches {where}: who can act there, by what means, and "
            "what of mines.",
        ),
        HOLDER: (
            "A8",
            "CONSENT-HOLDER-UNKNOWN",
            f"Find out whose legal consent the road needs that touches {where}, or record the "
            "basis that replaces it.",
        ),
        AREA: (
            "A1",
            "NO-PLACE",
            f"Record an area that holds the road that touches {where}, so that a word can name it.",
        ),
    }[task.kind]
    return OwnTask(rule=rule, code=code, says=says)


def _needs(cover: Cover, cls: int, horizon: Span) -> Iterator[Need]:
    ground = cover.ground(cls)
    touched, within = cover.network.classes[cls]
    here = " ".join(sorted(touched))
    shut: list[tuple[str, str, Spans]] = [
        (ASSESSMENT, here, ground.assessed.holes(horizon)),
        (HOLDER, here, ground.holder_known.holes(horizon)),
        *((HAZARD, hazard.id, spans.within(horizon)) for hazard, spans in ground.hazards),
        *((CLOSURE, closure.id, spans.within(horizon)) for closure, spans in ground.closures),
    ]
    if not within:
        shut += [
            (AREA, here, asked.within(horizon)) for _, asked in (*ground.asked, *ground.consents)
        ]
    for kind, area, spans in shut:
        if spans:
            yield Need(frozenset({Wanted("", kind, area)}), spans)
