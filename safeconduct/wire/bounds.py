"""Which windows bound an act: those in its own words, and what the text told before of its time.

What is prolonged runs on from the end of what went before, what is narrowed keeps the other edge,
"the same hours" are those told last, and hours without a day are of the one day of which all
windows before them are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeconduct.spacetime.zones import wall_clock, zone_named
from safeconduct.wire.draft import Act, Field, ReadWindow
from safeconduct.wire.found import Found
from safeconduct.wire.links import OFFERS
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.times import FoundDay, Said, TimeFound, TimeKind
from safeconduct.wire.when import When

_GRANTS = OFFERS | {Act.ACCEPT}
_ADDS = frozenset({"another", "further", "additional"})
_ADD_REACH = 6
_LEADS_IN = ":"
_LOOKS_BACK = 4  # sentences
_LINE = 8  # tokens
_DAY_S = 86_400
_STARTS = frozenset({"start", "starts", "beginning", "departure", "opening", "begin"})
_WILL = frozenset({"will", "shall", "'ll", "may", "can"})


@dataclass(slots=True)
class Bounds:
    """The windows of the acts of a text, one act after another; `before` were read last."""

    marked: Marked
    when: When
    before: tuple[Field[ReadWindow], ...] = ()

    def of(self, found: Found) -> tuple[Field[ReadWindow], ...]:
        """The windows of an act."""
        read = self._extended(found)
        if read is None and found.act is Act.NARROW:
            read = self._narrowed(found)
        if read is None:
            read = self._told(found)
        if found.act is Act.SUSPEND:
            read = self._from_the_deed_on(found, read)
        if len(read) == 1 and read[0].at[0] in self.when.same and self.before:
            return tuple(Field(one.value, read[0].at) for one in self.before)
        if any(one.value.start is not None or one.value.end is not None for one in read):
            self.before = read
        return read

    def _told(self, found: Found) -> tuple[Field[ReadWindow], ...]:
        after = found.kind_at[1] if found.kind_at and found.act in _GRANTS else None
        scopes = [(found.sentence, found.wide or found.scope), *found.more, *self._lead_in(found)]
        return self.when.windows(
            scopes,
            said=self._said(found),
            after=self.marked.tokens[after].end if after is not None else None,
            ahead=self._is_ahead(found),
            carried=lambda: self._carried(found),
        )

    def _from_the_deed_on(
        self, found: Found, read: tuple[Field[ReadWindow], ...]
    ) -> tuple[Field[ReadWindow], ...]:
        """What is suspended is so from the day on which that is done: "on Monday, until Friday"."""
        days = [one for one in self.when.of(found.sentence) if one.kind is TimeKind.DAY]
        if len(read) != 1 or len(days) != 1 or read[0].value.start is not None:
            return read
        window, at = read[0].value, read[0].at
        whole = self.when.day(days[0])
        if whole is None or not (window.open_ended or window.end is not None):
            return read
        if window.end is not None and whole.start is not None and window.end <= whole.start:
            return read
        begun = replace(window, start=whole.start, zone=whole.zone, unresolved="", daily=False)
        return (Field(begun, (days[0].at, *(one for one in at if one != days[0].at))),)

    def _lead_in(self, found: Found) -> list[tuple[int, Span]]:
        """The line that opens a list: "For this time the staff offers:"."""
        before = found.sentence - 1
        if before < 0 or found.more:
            return []
        sentence = self.marked.sentences[before]
        if self.marked.tokens[sentence.end - 1].form != _LEADS_IN:
            return []
        return [(before, (sentence.first, sentence.end))]

    def _carried(self, found: Found) -> TimeFound | None:
        """The day of which a text speaks before hours that name none.

        It is the one day that the nearest sentence before tells, without those on which something
        was said; else that of the window that was read last; else the day of publication, where
        the text tells no other. What "will" be is on no day that is over.
        """
        day, unsure = self._told_before(found.sentence)
        if unsure:
            return None
        if day is None and len(self.before) == 1 and (of := _day_of(self.before[0].value)):
            day = _as_found(of, self.before[0])
        if day is None:
            day = self._only_day(found.sentence)
        published = self.when.published
        if day is None or not isinstance(day.what, FoundDay) or day.what.day is None:
            return None
        if published is not None and day.what.day < published and self._will_be(found):
            return None
        return day

    def _told_before(self, number: int) -> tuple[TimeFound | None, bool]:
        """The day of the nearest sentence before that tells any, and whether that is unsure."""
        for earlier in range(number - 1, max(-1, number - 1 - _LOOKS_BACK), -1):
            sentence = self.marked.sentences[earlier]
            if sentence.end - sentence.first <= _LINE:
                continue  # a dateline, a heading
            said = self._ends_of_saying(earlier)
            days = self.when.days(earlier, said)
            told = {one.what.day for one in days if isinstance(one.what, FoundDay)}
            if len(told) > 1 or self.when.is_unsure(earlier):
                return None, True
            if days:
                return days[0], False
        return None, False

    def _only_day(self, number: int) -> TimeFound | None:
        """The day of publication, where it is the only one that the text has told so far."""
        days = [day for n in range(number + 1) for day in self.when.days(n, ())]
        told = {one.what.day for one in days if isinstance(one.what, FoundDay)}
        return days[0] if told == {self.when.published} else None

    def _will_be(self, found: Found) -> bool:
        tokens, (first, end) = self.marked.tokens, found.wide or found.scope
        return any(tokens[n].form in _WILL for n in range(first, end))

    def _is_ahead(self, found: Found) -> bool:
        """Whether a word of future or of leave stands in the act: "would halt", "may leave"."""
        first, end = found.scope[0], found.sign[1] + 1
        return self.marked.has("future", first, end) or self.marked.has("may", first, end)

    def _extended(self, found: Found) -> tuple[Field[ReadWindow], ...] | None:
        """The windows of what is prolonged, from the end of what went before; None for others."""
        marked, (begin, end) = self.marked, found.wide or found.scope
        word = next(marked.of("words", "extension", begin, end), None)
        if word is not None and found.sign[0] <= word.first <= found.sign[1] + 1:
            first, last = word.first, word.last
        elif self.before and (added := self._adds(found, end)) is not None:
            first = last = added
        else:
            return None
        own = self.when.windows([(found.sentence, (begin, first))]) if begin < first else ()
        before = [one for one in own if one.value.end is not None] or self.before
        return self.when.extension(found.sentence, (last + 1, end), before)

    def _adds(self, found: Found, end: int) -> int | None:
        """Where more of the same is told: "another five days"."""
        tokens, first = self.marked.tokens, found.sign[0]
        near = range(first, min(found.sign[1] + _ADD_REACH, end - 1))
        at = next((n for n in near if tokens[n].form in _ADDS), None)
        lasts = at is not None and any(
            one.kind is TimeKind.DURATION
            for one in self.when.within(found.sentence, (at, min(at + _ADD_REACH, end)))
        )
        return at if lasts else None

    def _narrowed(self, found: Found) -> tuple[Field[ReadWindow], ...] | None:
        """What is left of the window before it: a later start, or an earlier end."""
        if len(self.before) != 1:
            return None
        earlier = self.before[0]
        day = _day_of(earlier.value)
        if day is None:
            return None
        scope = found.wide or found.scope
        length = (earlier.value.end or 0) - (earlier.value.start or 0)
        if earlier.value.start is not None and length > _DAY_S:
            return self.when.windows([(found.sentence, scope)])  # hours of several days
        start = any(self.marked.tokens[n].form in _STARTS for n in range(*scope))
        day_found = _as_found(day, earlier)
        return self.when.narrowed(found.sentence, scope, earlier, day_found, start=start) or None

    def _said(self, found: Found) -> list[int]:
        """Where the words of saying end that stand among what is told of an act."""
        marked = self.marked
        # "Will open today" tells when it is, "announced today" when it was said.
        ahead = self._is_ahead(found)
        ends = [] if ahead else [marked.tokens[found.sign[1]].end]
        for number, _ in [(found.sentence, found.scope), *found.more]:
            ends += self._ends_of_saying(number, found.sign if ahead else None)
        return ends

    def _ends_of_saying(self, number: int, but: Span | None = None) -> list[int]:
        """Where words of saying and of acts end in a sentence, without those within a sign."""
        marked, sentence = self.marked, self.marked.sentences[number]
        hits = [
            hit
            for table in ("grants", "acts")
            for hit in marked.of_table(table, sentence.first, sentence.end)
            if but is None or not but[0] <= hit.first <= hit.last <= but[1]
        ]
        hits += marked.of("words", "speech", sentence.first, sentence.end)
        return [marked.tokens[hit.last].end for hit in hits]


def _day_of(window: ReadWindow) -> FoundDay | None:
    """The local day on which a window begins, or ends where its start is not told."""
    instant = window.start if window.start is not None else window.end
    if instant is None or not window.zone:
        return None
    day = wall_clock(instant, zone_named(window.zone)).date()
    return FoundDay(day=day, why=f"the day of the windows that are told before, {day}")


def _as_found(day: FoundDay, told: Field[ReadWindow]) -> TimeFound:
    return TimeFound(at=told.at[0], kind=TimeKind.DAY, what=day, said=Said(days=(day,)))
