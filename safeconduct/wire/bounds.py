"""Which windows bound an act: those in its own words, and what the text told before of its time.

What is prolonged runs on from the end of what went before, what is narrowed keeps the other edge,
"the same hours" are those told last, and hours without a day are of the one day of which all
windows before them are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

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


@dataclass(slots=True)
class Bounds:
    """The windows of the acts of a text, one act after another; `before` were read last."""

    marked: Marked
    when: When
    before: tuple[Field[ReadWindow], ...] = ()
    _days: set[FoundDay] = field(default_factory=set)

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
        self._days |= {day for one in read if (day := _day_of(one.value)) is not None}
        return read

    def _told(self, found: Found) -> tuple[Field[ReadWindow], ...]:
        after = found.kind_at[1] if found.kind_at and found.act in _GRANTS else None
        scopes = [(found.sentence, found.wide or found.scope), *found.more, *self._lead_in(found)]
        return self.when.windows(
            scopes,
            said=self._said(found),
            after=self.marked.tokens[after].end if after is not None else None,
            ahead=self._is_ahead(found),
            carried=self._carried(),
        )

    def _from_the_deed_on(
        self, found: Found, read: tuple[Field[ReadWindow], ...]
    ) -> tuple[Field[ReadWindow], ...]:
        """What is suspended is so from the day on which that is done: "on Monday ... until Friday"."""
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

    def _carried(self) -> TimeFound | None:
        """The day of all windows that were read before, where it is one day."""
        if len(self._days) != 1 or not self.before:
            return None
        [day] = self._days
        if day.day is None or (self.when.published is not None and day.day < self.when.published):
            return None
        return _as_found(day, self.before[-1])

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
        return self.when.narrowed(found.sentence, scope, earlier, _as_found(day, earlier)) or None

    def _said(self, found: Found) -> list[int]:
        """Where the words of saying end that stand among what is told of an act."""
        marked = self.marked
        # "Will open today" tells when it is, "announced today" when it was said.
        ahead = self._is_ahead(found)
        ends = [] if ahead else [marked.tokens[found.sign[1]].end]
        for number, _ in [(found.sentence, found.scope), *found.more]:
            sentence = marked.sentences[number]
            for table in ("grants", "acts"):
                hits = marked.of_table(table, sentence.first, sentence.end)
                ends += [
                    marked.tokens[hit.last].end
                    for hit in hits
                    if not (ahead and found.sign[0] <= hit.first <= hit.last <= found.sign[1])
                ]
            for hit in marked.of("words", "speech", sentence.first, sentence.end):
                ends.append(marked.tokens[hit.last].end)
        return ends


def _day_of(window: ReadWindow) -> FoundDay | None:
    """The local day on which a window begins, or ends where its start is not told."""
    instant = window.start if window.start is not None else window.end
    if instant is None or not window.zone:
        return None
    day = wall_clock(instant, zone_named(window.zone)).date()
    return FoundDay(day=day, why=f"the day of the windows that are told before, {day}")


def _as_found(day: FoundDay, told: Field[ReadWindow]) -> TimeFound:
    return TimeFound(at=told.at[0], kind=TimeKind.DAY, what=day, said=Said(days=(day,)))
