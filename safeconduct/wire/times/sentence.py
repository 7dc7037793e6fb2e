"""The items of a sentence, and the small steps that every part of the grammar takes over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from safeconduct.wire.times.found import Length
from safeconduct.wire.times.lexing import Item
from safeconduct.wire.times.words import Role, TimeWords

__all__ = ["Sentence"]

_END = Item(0, 0, "")
_LONGEST = 9_999


@dataclass(slots=True)
class Sentence:
    """The items of a sentence, with what is known of the report around them.

    Parameters
    ----------
    month_before : gives the month that was named last before the sentence, for "the 12th".
    told_on : the last day of the sentence, up to that of publication; what is to come is counted
        from it ("told them on Wednesday to leave by Friday").
    last_day : the last day that was told, for "the next day".
    """

    text: str
    items: Sequence[Item]
    words: TimeWords
    published: dt.date | None
    month_before: Callable[[], int | None]
    told_on: dt.date | None = None
    last_day: dt.date | None = None
    _months: list[int | None] = field(default_factory=list)

    def month_named_before(self, i: int) -> int | None:
        """The month that the text names last before an item."""
        if not self._months:
            last: int | None = None
            for at in range(len(self.items)):
                self._months.append(last)
                last = self.number_role(at, Role.MONTH) or last
        return self._months[i] or self.month_before()

    def at(self, i: int) -> Item:
        """The item there; an empty one outside."""
        return self.items[i] if 0 <= i < len(self.items) else _END

    def has(self, i: int, *roles: Role) -> bool:
        """Whether the item there can be one of these."""
        found = self.at(i).roles
        return bool(found) and any(role in found for role in roles)

    def number_role(self, i: int, role: Role) -> int | None:
        """The whole number that the item there has in a role."""
        value = self.at(i).roles.get(role)
        return value if isinstance(value, int) else None

    def text_role(self, i: int, role: Role) -> str:
        """The text that the item there has in a role; empty for none."""
        return str(self.at(i).roles.get(role, ""))

    def is_sign(self, i: int, *signs: str) -> bool:
        """Whether one of these signs stands there."""
        return self.at(i).word in signs

    def touches(self, i: int) -> bool:
        """Whether nothing stands between an item and the one before it."""
        return self.at(i - 1).end == self.at(i).start

    def skip(self, i: int, *roles: Role) -> int:
        """The first place from `i` on whose item is none of these, at most three on."""
        for _ in range(3):
            if not self.has(i, *roles):
                break
            i += 1
        return i

    def number(self, i: int) -> tuple[int, int] | None:
        """A number in figures or words, up to 99, or any in figures; and the place after it."""
        item = self.at(i)
        if item.width:
            return None if item.number is None else (item.number, i + 1)
        first = self.number_role(i, Role.NUMBER)
        if first is None:
            return (1, i + 1) if self.has(i, Role.ONE) else None
        return self._composed(first, i + 1)

    def _composed(self, first: int, i: int) -> tuple[int, int]:
        """ "forty", "-", "eight"; "soixante", "et", "onze"; "eight", "and forty"."""
        at = i + 1 if self.is_sign(i, "-") or self.has(i, Role.AND) else i
        second = self.number_role(at, Role.NUMBER)
        if second is None or self.at(at).width:
            return first, i
        if first in (20, 30, 40, 50, 60, 70, 80, 90) and 0 < second < (20 if first >= 60 else 10):
            return first + second, at + 1
        if self.words.ones_first and 0 < first < 10 and second in range(20, 100, 10):
            return first + second, at + 1
        return first, i

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """A number by its place in a row ("4th", "fourth"), and the place after it."""
        if (value := self.number_role(i, Role.ORDINAL)) is not None:
            return value, i + 1
        tens = self.number_role(i, Role.NUMBER)
        ones_at = i + 2 if self.is_sign(i + 1, "-") else i + 1
        if tens in (20, 30) and (ones := self.number_role(ones_at, Role.ORDINAL)) is not None:
            return tens + ones, ones_at + 1
        item = self.at(i)
        if item.width in (1, 2) and item.number is not None:
            after = i + 2 if self.is_sign(i + 1, "-", "\u2011") and self.touches(i + 1) else i + 1
            if self.has(after, Role.ORDINAL_END) and self.touches(after):
                return item.number, after + 1
        return None

    def length(self, i: int) -> tuple[Length, int] | None:
        """A length ("48 hours", "one-week"), and the place after it."""
        if (told := self.text_role(i, Role.LENGTH)) != "":
            count, unit = told.split(" ")
            return Length(int(count), unit), i + 1
        if (found := self.number(i)) is None:
            return None
        count_, after = found
        if self.is_sign(after, "-", "\u2011"):
            after += 1
        unit = self.text_role(after, Role.UNIT)
        if not unit or not 0 < count_ <= _LONGEST:
            return None
        return Length(count_, unit), after + 1

    def is_over(self, i: int) -> bool:
        """Whether the item there is a word that tells that something is past."""
        return self.has(i, Role.PAST) or (
            not self.has(i, Role.FUTURE) and self._ends(i, self.words.past_endings)
        )

    def is_ahead(self, i: int) -> bool:
        """Whether the item there is a word that tells that something is to come."""
        return self.has(i, Role.FUTURE) or (
            not self.has(i, Role.PAST) and self._ends(i, self.words.future_endings)
        )

    def _ends(self, i: int, endings: tuple[str, ...]) -> bool:
        word = self.at(i).word
        return bool(endings) and len(word) > 3 and word.endswith(endings)
