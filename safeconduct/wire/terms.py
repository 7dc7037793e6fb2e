"""What exactly was undertaken: by which means, for what, which way, for whom, by how many ways."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TypeVar

from safeconduct.vocabulary.kinds import Direction, Means, Movers, Purpose, UndertakingKind
from safeconduct.wire.draft import Field
from safeconduct.wire.found import Found
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.phrases import Hit

E = TypeVar("E", bound=Enum)
_COUNT_REACH = 3
_MOST_CORRIDORS = 99


def means_of(marked: Marked, found: Found) -> tuple[Field[Means], ...]:
    """The means of a restraint."""
    if found.kind is not UndertakingKind.RESTRAINT:
        return ()
    return _values(marked, "means", Means, found.scope)


def purposes_of(marked: Marked, found: Found) -> tuple[Field[Purpose], ...]:
    """What it is for; of people that leave, who they are tells it."""
    stated = _values(marked, "purposes", Purpose, found.scope)
    out = {one.value for one in directions_of(marked, found)} == {Direction.OUT}
    return tuple(one for one in stated if not (out and one.value is Purpose.AID_DELIVERY))


def directions_of(marked: Marked, found: Found) -> tuple[Field[Direction], ...]:
    """Which way they go: by the words of movement, not by the prepositions of place."""
    return _values(marked, "directions", Direction, found.scope)


def movers_of(marked: Marked, found: Found) -> tuple[Field[Movers], ...]:
    """For whom it is."""
    return _values(marked, "movers", Movers, found.scope)


def corridors_of(marked: Marked, found: Found) -> Field[int] | None:
    """How many corridors nobody named: a number right before the word for them."""
    for hit in marked.of("words", "corridor", *found.scope):
        for index in range(hit.first - 1, max(found.scope[0], hit.first - _COUNT_REACH) - 1, -1):
            count = _count(marked, index)
            if count is not None:
                return Field(count, (marked.words(index, hit.last),))
    return None


def _count(marked: Marked, index: int) -> int | None:
    token = marked.tokens[index]
    if token.is_number and token.form.isdecimal():
        value = int(token.form)
        return value if 0 < value <= _MOST_CORRIDORS else None
    number = next(marked.of_table("numbers", index, index + 1), None)
    return int(number.key) if number else None


def _values(marked: Marked, table: str, kind: type[E], scope: Span) -> tuple[Field[E], ...]:
    found: dict[str, Hit] = {}
    for hit in _longest(list(marked.of_table(table, *scope))):
        found.setdefault(hit.key, hit)
    return tuple(
        Field(kind(key), (marked.words(hit.first, hit.last),)) for key, hit in found.items()
    )


def _longest(hits: list[Hit]) -> Iterator[Hit]:
    for hit in hits:
        if not any(
            one is not hit
            and one.first <= hit.first
            and hit.last <= one.last
            and (one.last - one.first) > (hit.last - hit.first)
            for one in hits
        ):
            yield hit
