"""Whose word will soon be too old: told ahead, while there is time to merge what it exports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from safeconduct.clearance.checks.hearing import of_requirement
from safeconduct.clearance.concerned import binding, to_come
from safeconduct.vocabulary import Movement, RequiredWriter
from safeconduct.watch.item import Desk, Due, ToDo

__all__ = ["going_stale"]


def going_stale(desk: Desk, until: int) -> Iterator[Due]:
    """Each requirement that open movements rest on and whose word is too old by `until`.

    What is too old already, or in doubt, is a finding of rule R1 and told with the findings. The
    word of who writes here is complete whenever it is asked about, and is not to be merged.
    """
    resting: dict[RequiredWriter, list[Movement]] = defaultdict(list)
    for docket in desk.open_dockets if not desk.situation.hearing.replay else ():
        if docket.bench is not None:
            for one in (*binding(docket.bench), *to_come(docket.bench)):
                resting[one].append(docket.movement)
    for one, movements in sorted(resting.items(), key=lambda each: each[0].id):
        when, why = _too_old_from(desk, one)
        if when is None:
            continue
        still = [movement.id for movement in movements if when <= movement.latest_at]
        if still and desk.now < when <= until and when < one.valid.end:
            yield _due(desk, one, when, why, still)


def _too_old_from(desk: Desk, one: RequiredWriter) -> tuple[int | None, str]:
    """From when on the word that is asked for does not do, and why where time is not the reason."""
    word = of_requirement(desk.situation.hearing, one)
    if word.lacks or word.complete_at is None:
        return one.valid.start, word.lacks or word.untold
    if word.complete_at >= desk.situation.known_at:
        return None, ""
    return max(word.complete_at + one.fresh_within_s + 1, one.valid.start), ""


def _due(desk: Desk, one: RequiredWriter, when: int, why: str, movements: list[str]) -> Due:
    whose = one.writer or f"the office {one.office}"
    reason = f"cannot be rested on: {why}" if why else "is too old to rest on"
    return desk.due(
        when,
        ToDo.MERGE,
        f"Merge what {whose} exports: from then on its word on {desk.name(one.party)} {reason}.",
        movements=movements,
        rules=["R1"],
        records=[one.id],
    )
