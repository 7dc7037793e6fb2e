"""Which strings are attached to an act, of which kind, and on whom?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.vocabulary.kinds import ConditionKind
from safeconduct.wire.draft import Field, ReadCondition
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.mentions import OTHERS, Mention
from safeconduct.wire.place import actor_id
from safeconduct.wire.scene import Scene

_ENDS = frozenset({".", ";", ":", "!", "?", "—"})
_LONGEST = 40
_NEAR = 6  # tokens
# "After", "once" and the like open a condition where somebody else must do something first.
_FIRST = frozenset({"after", "once", "when", "before", "till", "following"})
# "Under known controls", "after inspection": ties by their own words.
_UNDER = frozenset({"under", "after", "following", "without", "upon", "pending", "against"})
_LACKING = frozenset({"without", "failing", "barring", "pending", "absent"})
# "As if", "even if", "see if" tie nothing to it, nor does "if you ask me".
_NO_TIE = frozenset({"as", "even", "see", "know", "wonder", "unclear", "doubt", "what"})
_MERELY = frozenset({"only", "anything", "so", "ever", "necessary", "any", "need", "possible"})
# "If Reuters is right", "if he is to be believed".
_BELIEVED = frozenset({"right", "correct", "believed", "true", "accurate", "mistaken"})
_NAMES_ONE = ("condition", "string", "term")
# What ties by itself is mutual, unless its words are of how a movement is run.
_MUTUAL = frozenset({"until", "unless", "without", "first", "failing", "while", "once", "after"})


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
    found: list[Field[ReadCondition]] = []
    until = -1
    for first, end in _openings(marked, scope):
        last = _last(marked, first, end, scope[1])
        if first <= until or last <= end or _is_time(marked, end, last, times):
            continue
        found.append(_condition(scene, (first, end, last), giver))
        until = last
    for first, end in _tied(scene, scope, giver, times):
        last = _last(marked, first, end, scope[1])
        if not any(one.at[0].meets(marked.words(first, last)) for one in found):
            found.append(_condition(scene, (first, first, last), giver))
    return tuple(sorted(found, key=lambda one: one.at[0]))


def condition_itself(scene: Scene, span: Span, giver: str) -> tuple[Field[ReadCondition], ...]:
    """What an act that sets a condition asks by its own words: "the army goes first"."""
    first, end = span
    marked = scene.marked
    last = _last(marked, first, first, end)
    if any(marked.tokens[n].form.startswith(_NAMES_ONE) for n in range(first, last + 1)):
        # "New conditions were set" tells that there are some, and which only behind a colon.
        sentence = marked.sentences[marked.sentence(first)]
        first = last + 2
        if first >= sentence.end or marked.tokens[last + 1].form != ":":
            return ()
        last = max(
            (n for n in range(first, sentence.end) if marked.tokens[n].is_word), default=first
        )
    return (_condition(scene, (first, first - 1, last), giver),)


def _condition(scene: Scene, place: tuple[int, int, int], giver: str) -> Field[ReadCondition]:
    """The condition from one token to another, behind the one that opens it."""
    first, opener, last = place
    kind = _kind(scene, (first, last + 1), giver)
    on = _on(scene, (opener + 1, last + 1), giver)
    return Field(ReadCondition(kind=kind, on=on), (scene.marked.words(first, last),))


def _openings(marked: Marked, scope: Span) -> Iterator[tuple[int, int]]:
    last = -1
    for hit in marked.of("words", "condition", *scope):
        before = marked.tokens[hit.first - 1].form if hit.first else ""
        loose = before in _NO_TIE or marked.at("second-person", hit.last + 1)
        loose = loose or marked.tokens[min(hit.last + 1, scope[1] - 1)].form in _MERELY
        near = range(hit.last + 1, min(hit.last + _NEAR, scope[1]))
        loose = loose or any(marked.tokens[n].form in _BELIEVED for n in near)
        if hit.first > last and not (marked.tokens[hit.first].form == "if" and loose):
            # A comma may be a part of the phrase; it is none of what the condition says.
            yield hit.first + (marked.tokens[hit.first].form == ","), hit.last
            last = hit.last


def _tied(
    scene: Scene, scope: Span, giver: str, times: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Ties without a word such as "if": "under known controls", "once the rebels have left"."""
    marked = scene.marked
    for index in range(scope[0], scope[1] - 1):
        form = marked.tokens[index].form
        if form in _LACKING and index == scope[0]:
            yield index, index  # "Without a word from X, no truck will pass"
        if form == "should" and _is_turned(scene, index):
            yield index, index  # "should the rebels attack"
        if form == "with" and any(
            marked.tokens[n].form == "only" for n in range(index, min(index + _NEAR, scope[1]))
        ):
            yield index, index  # "with their small arms only"
        if form not in _UNDER and form not in _FIRST:
            continue
        end = min(index + _NEAR, scope[1])
        ends = (n for n in range(index + 1, end) if marked.tokens[n].form in _ENDS | {","})
        end = next(ends, end)
        kinds = [ConditionKind.OPERATIONAL]
        kinds += [ConditionKind.RECIPROCAL] if form == "without" else []
        ties = (next(marked.of("conditions", one.value, index + 1, end), None) for one in kinds)
        tie = next(filter(None, ties), None)
        if form in _UNDER and tie is not None:
            yield index, tie.last
        elif form in _FIRST and _is_ahead(marked, scope[0], index):
            begins = marked.tokens[index + 1].start
            if any(start <= begins + 12 and begins < stop for start, stop in times):
                continue
            if any(_is_other(one, giver) for one in scene.starting(index + 1, end)):
                yield index, index


def _is_turned(scene: Scene, index: int) -> bool:
    """Whether a verb stands before its subject, as it does in a condition without "if"."""
    marked, following = scene.marked, index + 1
    if marked.tokens[following].form in marked.forms("article"):
        return True
    return any(one.first == following for one in scene.starting(following, following + 1))


def _is_ahead(marked: Marked, first: int, end: int) -> bool:
    return marked.has("future", first, end) or marked.has("may", first, end)


def _is_other(one: Mention, giver: str) -> bool:
    return one.role == OTHERS or (bool(one.actor) and one.role == "" and one.actor != giver)


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
    runs = next(marked.of("conditions", ConditionKind.OPERATIONAL.value, *span), None)
    ties = any(marked.tokens[n].form in _MUTUAL for n in range(*span))
    return ConditionKind.RECIPROCAL if ties and runs is None else ConditionKind.OPERATIONAL


def _on(scene: Scene, span: Span, giver: str) -> Field[str] | None:
    for one in scene.within(*span):
        if one.actor and one.actor != giver:
            return Field(actor_id(one), (scene.marked.words(one.first, one.last),))
    return None
