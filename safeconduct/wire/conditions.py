"""Which strings are attached to an act, of which kind, and on whom?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.vocabulary.kinds import ConditionKind
from safeconduct.wire.draft import Field, ReadCondition
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.place import actor_id
from safeconduct.wire.scene import Scene

_ENDS = frozenset({".", ";", ":", "!", "?", "—"})
_LONGEST = 40


def conditions_in(
    scene: Scene, scope: Span, giver: str, times: Sequence[tuple[int, int]] = ()
) -> tuple[Field[ReadCondition], ...]:
    """The conditions that stand within some tokens; an "until" of a mere time is none.

    Parameters
    ----------
    giver : the id of who gives; a condition on himself is none.
    times : the characters of the times that were found.
    """
    marked = scene.marked
    found = []
    for first, end in _openings(marked, scope):
        last = _last(marked, first, end, scope[1])
        opener_last = end
        if last <= opener_last or _is_time(marked, opener_last, last, times):
            continue
        kind = _kind(scene, (first, last + 1), giver)
        on = _on(scene, (opener_last + 1, last + 1), giver)
        words = marked.words(first, last)
        found.append(Field(ReadCondition(kind=kind, on=on), (words,)))
    return tuple(found)


def _openings(marked: Marked, scope: Span) -> Iterator[tuple[int, int]]:
    last = -1
    for hit in marked.of("words", "condition", *scope):
        if hit.first > last:
            yield hit.first, hit.last
            last = hit.last


def _last(marked: Marked, first: int, end: int, stop: int) -> int:
    """The last token of a condition: before a full stop, or a comma that another clause follows."""
    index = end + 1
    while index < min(stop, first + _LONGEST):
        form = marked.tokens[index].form
        if form in _ENDS or (
            form == "," and index + 1 < stop and not marked.at("condition", index + 1)
        ):
            break
        index += 1
    return index - 1


def _is_time(marked: Marked, opener: int, last: int, times: Sequence[tuple[int, int]]) -> bool:
    """Whether what follows is a time ("until noon"), so that it bounds and ties to nothing."""
    begin = marked.tokens[opener + 1].start
    return any(start <= begin + 12 and begin < end for start, end in times) or (
        marked.at("until", opener) and marked.tokens[opener + 1].is_number
    )


def _kind(scene: Scene, span: Span, giver: str) -> ConditionKind:
    """The kind that its words say; what another party must do is reciprocal."""
    marked = scene.marked
    for kind in (ConditionKind.HARMFUL, ConditionKind.QUID_PRO_QUO):
        if next(marked.of("conditions", kind.value, *span), None):
            return kind
    others = [
        one for one in scene.within(*span) if one.actor and one.role == "" and one.actor != giver
    ]
    mutual = next(marked.of("conditions", ConditionKind.RECIPROCAL.value, *span), None)
    if others or mutual is not None:
        return ConditionKind.RECIPROCAL
    return ConditionKind.OPERATIONAL


def _on(scene: Scene, span: Span, giver: str) -> Field[str] | None:
    for one in scene.within(*span):
        if one.actor and one.actor != giver:
            return Field(actor_id(one), (scene.marked.words(one.first, one.last),))
    return None
