"""Which draft tells which act of the gold: one to one, and who may be paired at all.

A draft and an act may be paired where their words meet in the text, or, where no words of the two
meet, where they stand in one sentence and are the same act of the same actor. Words that occur
several times in the text may be meant at any of their places.

Among all pairings the one is taken with the most acts right in act, speaker and actor, then the
most right in act and actor, then in act alone, then the most pairs, then the closest words and
the most fields alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

Spans = Sequence[tuple[int, int]]
# No end after a single letter ("a.m.", "U.N."), nor before a small letter or a digit ("Nov. 4").
SENTENCE_END = re.compile(r"(?<!\b\w)[.!?؟؛]+[\"'»”)\]]*\s+(?=\D)|\n+")


def folded(name: str) -> str:
    """Without regard to case, accents, marks and spaces: letters and digits of each word."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in bare).split())


def same_name(one: str, other: str) -> bool:
    """Whether both name the same person or office.

    Folded, they are equal, or the shorter begins or ends the longer, which has at most three words
    more ("Laerke", "Jens Laerke").
    """
    short, long = sorted((folded(one).split(), folded(other).split()), key=len)
    if not short or len(long) - len(short) > 3:
        return False
    return short in (long[: len(short)], long[-len(short) :])


def places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where some words stand in the text, at every place."""
    at = text.find(words)
    while at >= 0 and words:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def overlap(one: Spans, other: Spans) -> float:
    """The characters that both hold, as a part of those that either holds; 0 to 1."""
    first = {n for start, end in one for n in range(start, end)}
    second = {n for start, end in other for n in range(start, end)}
    return len(first & second) / len(first | second) if first and second else 0.0


def closeness(words: str, text: str, at: Spans) -> float:
    """How closely a draft's characters are those of some gold words, at their best place."""
    return max((overlap([place], at) for place in places(words, text)), default=0.0)


def in_one_sentence(words: str, text: str, at: Spans) -> bool:
    """Whether gold words, at one of their places, begin in a sentence in which `at` begins."""
    ends = [
        found.end()
        for found in SENTENCE_END.finditer(text)
        if "\n" in found[0] or not text[found.end() :][:1].islower()
    ]

    def number(character: int) -> int:
        return sum(end <= character for end in ends)

    sentences = {number(start) for start, _ in at}
    return any(number(start) in sentences for start, _ in places(words, text))


def value(draft: Mapping[str, Any], field: str) -> Any:
    """What a draft says in a field; None where it has none."""
    found = draft.get(field)
    return found["value"] if found else None


def same_act(act: Mapping[str, Any], draft: Mapping[str, Any], *, negation: bool = True) -> bool:
    """Whether it is the same act; one that was done and one that was not are two."""
    if act["is"] != value(draft, "act"):
        return False
    return not negation or bool(act.get("negated")) == bool(value(draft, "negated"))


def same_actor(act: Mapping[str, Any], draft: Mapping[str, Any]) -> bool:
    """Whether it is the voice of the same actor, by id."""
    return bool(act["actor"] == value(draft, "actor"))


def same_speaker(act: Mapping[str, Any], draft: Mapping[str, Any]) -> bool:
    """Whether both name the same person, or neither names any."""
    found = draft.get("speaker")
    if act.get("speaker") is None or not found:
        return act.get("speaker") is None and not found
    return any(same_name(act["speaker"], str(found[part])) for part in ("value", "words"))


def right(act: Mapping[str, Any], draft: Mapping[str, Any], *, negation: bool = True) -> bool:
    """Whether act, speaker and actor are all the same."""
    return (
        same_act(act, draft, negation=negation)
        and same_actor(act, draft)
        and same_speaker(act, draft)
    )


def paired(
    acts: Sequence[Mapping[str, Any]],
    drafts: Sequence[Mapping[str, Any]],
    text: str,
    alike: Any = lambda act, draft: 0,
) -> dict[int, int]:
    """The draft of each act that has one, by their numbers from 0.

    Parameters
    ----------
    alike : how many further fields of an act and a draft are alike, at most 20.
    """
    if not acts or not drafts:
        return {}
    weights = np.array([[_weight(act, one, text, alike) for one in drafts] for act in acts])
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if weights[row, column] > 0
    }


# Each step weighs more than all pairs of a report (fewer than 128) can have of the steps below it.
_PAIR, _ACT, _ACT_AND_ACTOR, _RIGHT = 2.0**19, 2.0**26, 2.0**33, 2.0**40


def _weight(act: Mapping[str, Any], draft: Mapping[str, Any], text: str, alike: Any) -> float:
    at = draft["act"]["at"]
    close = closeness(act["words"], text, at)
    act_too, actor_too = same_act(act, draft), same_actor(act, draft)
    if not close and not (act_too and actor_too and in_one_sentence(act["words"], text, at)):
        return 0.0
    weight: float = _PAIR + round(close * 100) * 32 + min(alike(act, draft), 20)
    weight += _ACT if act_too else 0
    weight += _ACT_AND_ACTOR if act_too and actor_too else 0
    return weight + (_RIGHT if right(act, draft) else 0)
