"""E2: the held-out half of the gold reports, read and scored against what people read in them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.reading.goldset import HELD_OUT, OPEN, changed_since_held_out
from tests.reading.score import scored, table, the_programs_own
from tests.reading.scoring import Count, Score
from tests.show.run import Run, Shown

ALL_THREE, WINDOWS = 0.85, 0.90
"""The aims: F1 of act + speaker + actor, and of windows exact in start, end and daily."""


def show(run: Run) -> Shown:
    """Reads both halves, holds the held-out one against the aims, and says nothing of its words."""
    changed = changed_since_held_out()
    for name in changed:
        run.say(f"{name} is not as it was set down before the reader was written")
    reader = the_programs_own()
    found, tuned_on = scored(reader, HELD_OUT), scored(reader, OPEN)
    for line in table(found):
        run.say(line)
    words = (
        f"{found.reports} held-out reports: act + speaker + actor F1 {_f1(found.all_three)}, "
        f"windows F1 {_f1(found.windows)}, {len(found.invented)} invented grants; "
        f"open half {_f1(tuned_on.all_three)}, {_f1(tuned_on.windows)}, {len(tuned_on.invented)}"
    )
    figures = {"held_out": found.as_json(), "open": tuned_on.as_json(), "changed": changed}
    return Shown(not changed and found.reports > 0, words, figures, tuple(_missed(found)))


def _missed(found: Score) -> Iterator[str]:
    """The aims that the held-out half does not reach."""
    if (found.all_three.f1 or 0) < ALL_THREE:
        yield f"act + speaker + actor F1 {_f1(found.all_three)} of {ALL_THREE}"
    if (found.windows.f1 or 0) < WINDOWS:
        yield f"windows F1 {_f1(found.windows)} of {WINDOWS}"
    if found.invented:
        yield f"{len(found.invented)} invented grants of 0"


def _f1(count: Count) -> str:
    # Cut, not rounded, so that no figure looks as if it had reached its aim.
    return "none" if count.f1 is None else f"{int(count.f1 * 1000) / 1000:.3f}"
