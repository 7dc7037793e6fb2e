"""Whether a time is over or to come, by the words near it."""

from __future__ import annotations

from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.words import Role

__all__ = ["tense"]

_FAR_ITEMS = 14
_COMMA_ITEMS = 6
_NONE_FOUND = (_FAR_ITEMS * _COMMA_ITEMS * 2, None, "")


def tense(s: Sentence, first: int, after: int) -> tuple[Role | None, str]:
    """What the nearest word says of a time that stands from item `first` to `after`, and that word.

    A comma counts as several words, so that "will leave on Friday, he said" is still to come. Of
    two words equally near, the one before it counts.
    """
    before = _nearest(s, range(first - 1, first - 1 - _FAR_ITEMS, -1))
    behind = _nearest(s, range(after, after + _FAR_ITEMS))
    nearest = min((before, behind), key=lambda found: found[0])
    return nearest[1], nearest[2]


def _nearest(s: Sentence, places: range) -> tuple[int, Role | None, str]:
    far = 0
    for i in places:
        if not 0 <= i < len(s.items):
            break
        far += _COMMA_ITEMS if s.is_sign(i, ",", ";", ".", ":", "،") else 1
        found = _tense_of(s, i)
        if found is not None:
            return far, found, s.text[s.at(i).start : s.at(i).end]
    return _NONE_FOUND


def _tense_of(s: Sentence, i: int) -> Role | None:
    if s.has(i, Role.EITHER):
        return Role.EITHER
    if s.is_ahead(i):
        return Role.FUTURE
    if not s.is_over(i):
        return None
    # "would be allowed", "will have left": what is to come, told with a word that ends so.
    is_ahead = any(s.is_ahead(n) for n in range(i - 3, i))
    return Role.FUTURE if is_ahead and not s.has(i, Role.PAST) else Role.PAST
