"""Whether two drafts of two reports tell the same statement, and how much speaks for it.

Two questions, each with a plain answer: does anything speak against it (`may_be_same`), and what
speaks for it (`signs`)? Both are asked of each pair; where nothing speaks for it, two drafts stay
two, since proposing a statement twice costs a person a moment, and mixing two up costs more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from safeconduct.vocabulary.kinds import Telling
from safeconduct.wire.draft import Draft, Field
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.report import Report

NEAR_DAYS = 3
"""A statement that others tell again is told again within these days."""

_ALIKE = 0.6  # of the longer words of the shorter sentence; a quotation of the same words has all
_LONG = 4  # letters of a word that is compared: shorter ones stand in every sentence
_REACH = 500  # characters to either side in which the ends of a sentence are looked for
_STOP = re.compile(r"[.!?؟]\s|\n")
_SETS = ("means", "purposes", "directions", "for_whom", "to")


@dataclass(frozen=True, slots=True)
class Told:
    """A draft as one of several reports tells it.

    Parameters
    ----------
    report : the number of the reading, from 0.
    """

    report: int
    text: Report
    draft: Draft

    @property
    def key(self) -> tuple[int, str]:
        """Which draft of which report."""
        return self.report, self.draft.id


def may_be_same(one: Told, other: Told) -> bool:
    """Whether nothing speaks against two drafts telling one statement.

    Never the same are drafts of one report, of different acts, actors, parties or kinds, a negated
    and an un-negated one, what a reporter inferred and what was said, the words of two persons, and
    what differs in its windows, means, purposes, directions or people without anything in common.
    """
    a, b = one.draft, other.draft
    return (
        one.report != other.report
        and identity(a) == identity(b)
        and _same_person(a.speaker, b.speaker)
        and all(_in_common(values(a, name), values(b, name)) for name in _SETS)
        and _windows_meet(a, b) is not False
        and _ranges_meet(a, b) is not False
        and _days_agree(a, b)
        and _in_common(_known_areas(one), _known_areas(other))
        and (_near(one, other) or _windows_meet(a, b) is True)
    )


def signs(one: Told, other: Told) -> int:
    """How much speaks for two drafts telling one statement; 0 for nothing."""
    a, b = one.draft, other.draft
    found = 4 if set(_spans(a)) & set(_spans(b)) else 3 if _windows_meet(a, b) else 0
    found += 2 if areas(a) & areas(b) else 0
    found += 2 if _ranges_meet(a, b) else 0
    found += 2 if a.deadline and b.deadline and a.deadline.value.day is not None else 0
    found += 2 if _same_words(one, other) else 0
    if a.kind and b.kind:
        found += sum(bool(values(a, name) & values(b, name)) for name in _SETS)
    return found


def values(draft: Draft, name: str) -> frozenset[Any]:
    """What a draft says in a field of several values."""
    fields: Iterable[Field[Any]] = getattr(draft, name)
    return frozenset(one.value for one in fields)


def areas(draft: Draft) -> frozenset[str]:
    """The areas of a draft, by id or by their words, without regard to case and accents."""
    return frozenset(folded(one.value) for one in draft.areas)


def folded(words: str) -> str:
    """Words without regard to case, accents and spaces."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def identity(draft: Draft) -> tuple[Any, ...]:
    """What two drafts of one statement have in common, whatever else differs."""
    return (
        draft.act.value,
        bool(draft.negated and draft.negated.value),
        draft.actor.value,
        (draft.party or draft.actor).value,
        draft.kind.value if draft.kind else None,
        draft.result.value if draft.result else None,
        folded(draft.unit.value) if draft.unit else None,
        draft.telling.value is Telling.INFERRED,
    )


def _same_person(one: Field[str] | None, other: Field[str] | None) -> bool:
    """Whether two voices may be one: nobody is named, or a name is the other or its end."""
    if one is None or other is None:
        return True
    short, long = sorted((folded(one.value).split(), folded(other.value).split()), key=len)
    return bool(short) and long[-len(short) :] == short


def _in_common(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether both have something in common, or one of them says nothing."""
    return not one or not other or bool(one & other)


def _known_areas(told: Told) -> frozenset[str]:
    """The areas that were known by an id: words of the text may name one place in two ways."""
    text = told.text.text
    return frozenset(
        one.value for one in told.draft.areas if one.value not in {at.of(text) for at in one.at}
    )


def _spans(draft: Draft) -> list[tuple[int | None, int | None]]:
    """The windows that were resolved at one end at least."""
    found = (one.value for one in draft.windows)
    return [(w.start, w.end) for w in found if w.start is not None or w.end is not None]


def _windows_meet(one: Draft, other: Draft) -> bool | None:
    """Whether windows of both share a moment; None where one has none that was resolved."""
    first, second = _spans(one), _spans(other)
    if not first or not second:
        return None
    return any(_share(*a, *b) for a in first for b in second)


def _ranges_meet(one: Draft, other: Draft) -> bool | None:
    """Whether two estimates share a number; None where one is no estimate."""
    first, second = _range(one), _range(other)
    if first is None or second is None:
        return None
    (low, high), (other_low, other_high) = first, second
    # Both ends of an estimate are meant, so the last number belongs to it.
    return _share(low, high and high + 1, other_low, other_high and other_high + 1)


def _range(draft: Draft) -> tuple[int | None, int | None] | None:
    if draft.low is None and draft.high is None:
        return None
    return (draft.low.value if draft.low else None, draft.high.value if draft.high else None)


def _share(start: int | None, end: int | None, from_: int | None, until: int | None) -> bool:
    """Whether two half-open stretches share anything; None is an end that is not there."""
    return (start is None or until is None or start < until) and (
        from_ is None or end is None or from_ < end
    )


def _days_agree(one: Draft, other: Draft) -> bool:
    """Whether two deadlines are of one day, or one of them has none."""
    days = {d.value.day for d in (one.deadline, other.deadline) if d and d.value.day is not None}
    return len(days) < 2


def _near(one: Told, other: Told) -> bool:
    """Whether both reports are of about the same days; a report without a day is near to none."""
    first, second = one.text.published, other.text.published
    return first is not None and second is not None and abs((first - second).days) <= NEAR_DAYS


def _same_words(one: Told, other: Told) -> bool:
    """Whether the sentences in which the acts stand have most of their longer words in common."""
    first, second = _long_words(one), _long_words(other)
    fewer = min(len(first), len(second))
    return fewer > 1 and len(first & second) / fewer >= _ALIKE


def _long_words(told: Told) -> frozenset[str]:
    words = " ".join(_sentence(told.text.text, at) for at in told.draft.act.at)
    found: Iterator[str] = (match[0] for match in re.finditer(r"\w+", folded(words)))
    return frozenset(word for word in found if len(word) >= _LONG)


def _sentence(text: str, at: Excerpt) -> str:
    """The sentence in which something stands, as far as its stops tell it."""
    first, last = max(0, at.start - _REACH), min(len(text), at.end + _REACH)
    before = [match.end() for match in _STOP.finditer(text, first, at.start)]
    after = _STOP.search(text, at.end, last)
    return text[before[-1] if before else first : after.start() if after else last]
