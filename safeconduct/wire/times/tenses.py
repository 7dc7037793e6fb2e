"""Whether a time is over or to come, by the words near it."""

from __future__ import annotations

from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.words import Role

__all__ = ["tense"]

_FAR_ITEMS = 14
_COMMA_ITEMS = 6
_SIGNS = frozenset({",", ";", ".", ":"})
_NONE_FOUND = (_FAR_ITEMS * _COMMA_ITEMS * 2, None, -1)


def tense(s: Sentence, first: int, after: int) -> tuple[Role | None, str]:
    """What the nearest word says of a time that stands from item `first` to `after`, and that word.

    A comma counts as several words, so that "will leave on Friday, he said" is still to come. Of
    two words equally near, the one before it counts.
    """
    _, found, at = _cue(s, first, after)
    return found, s.text[s.at(at).start : s.at(at).end] if at >= 0 else ""


def is_offered(s: Sentence, first: int, after: int) -> bool:
    """Whether the nearest word only tells that the time was spoken of: "announced a pause on"."""
    _, found, at = _cue(s, first, after)
    return found is Role.PAST and s.has(at, Role.SAYS)


def _cue(s: Sentence, first: int, after: int) -> tuple[int, Role | None, int]:
    before = _nearest(s, range(first - 1, first - 1 - _FAR_ITEMS, -1))
    behind = _nearest(s, range(after, after + _FAR_ITEMS))
    return min((before, behind), key=lambda found: found[0])


def _nearest(s: Sentence, places: range) -> tuple[int, Role | None, int]:
    far, known, count = 0, s.tenses, s.count
    for i in places:
        if not 0 <= i < count:
            break
        far += _COMMA_ITEMS if s.items[i].word in _SIGNS else 1
        found = known[i] if i in known else known.setdefault(i, _tense_of(s, i))
        if found is not None:
            return far, found, i
    return _NONE_FOUND


def _tense_of(s: Sentence, i: int) -> Role | None:
    if s.has(i, Role.EITHER):
        return Role.EITHER
    if s.is_ahead(i):
        return Role.FUTURE
    if not s.is_over(i):
        return None
    # "would be allowed", "will have left": what is to come, told with a word that ends so.
    # "Let" and "put" right behind such a word are no past at all.
    is_ahead = any(s.is_ahead(n) for n in range(i - 3, i))
    is_led = s.is_ahead(i - 1)
    return Role.FUTURE if is_led or (is_ahead and not s.has(i, Role.PAST)) else Role.PAST
