"""Which times bound an act: the windows and the deadline among what its words say of time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from safeconduct.spacetime.localtime import day_start
from safeconduct.spacetime.zones import wall_clock, zone_named
from safeconduct.wire.draft import Field, ReadTime, ReadWindow
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.times import (
    FoundDay,
    Said,
    TimeFound,
    TimeKind,
    as_deadline,
    as_end,
    as_windows,
    deadline,
    join,
    later,
)
from safeconduct.wire.toldtimes import (
    as_one,
    days_of,
    fields_of,
    is_behind,
    is_beside,
    is_of_hours_alone,
    is_resolved,
    is_whole,
    left_of,
    places_of,
    said_days,
    told_days,
)

_HEAD = 60  # tokens
_LOOKS_BACK = 6  # sentences
_DAY_S = 86_400
_GOES_TO = re.compile(r"\b(?:to|till|until|through)\s+(?:the\s+)?$")
_BOUNDS = (TimeKind.WINDOW, TimeKind.DURATION, TimeKind.SAME, TimeKind.EVENT)


@dataclass(slots=True)
class When:
    """What a text says of time, read sentence by sentence and only where it is asked for.

    Parameters
    ----------
    same : where words stand that point back to a time told before ("the same hours").
    """

    marked: Marked
    published: dt.date | None
    zone: str
    same: set[Excerpt] = field(default_factory=set)
    _known: dict[int, list[TimeFound]] = field(default_factory=dict)

    def of(self, number: int) -> list[TimeFound]:
        """Every expression of time in a sentence."""
        if number not in self._known:
            found = self._found(number, None)
            if any(is_beside(one) for one in found) and (day := self._day_before(number)):
                found = self._found(number, day)
            self._known[number] = found
            self.same |= {one.at for one in found if one.kind is TimeKind.SAME}
        return self._known[number]

    def first_of_day(self) -> int | None:
        """When the day of publication began at the place, in UTC seconds; None where untold."""
        if self.published is None or not self.zone:
            return None
        return day_start(self.published.isoformat(), self.zone)

    def _found(self, number: int, day_before: dt.date | None) -> list[TimeFound]:
        marked, sentence = self.marked, self.marked.sentences[number]
        lexicon = marked.lexicons[number]
        if lexicon is None:
            return []
        return lexicon.times.find(
            marked.report.text,
            marked.words(sentence.first, sentence.end - 1),
            lexicon.language,
            published=self.published,
            zone=self.zone,
            day_before=day_before,
        )

    def _day_before(self, number: int) -> dt.date | None:
        """The last day that is told before a sentence, from which "the next day" counts."""
        for earlier in range(number - 1, max(-1, number - 1 - _LOOKS_BACK), -1):
            days = [day for one in self.of(earlier) for day in told_days(one)]
            if days:
                return days[-1]
        return None

    def within(self, number: int, scope: Span) -> list[TimeFound]:
        """The times of a sentence that stand within some tokens."""
        place = self.marked.words(scope[0], scope[1] - 1)
        return [one for one in self.of(number) if place.holds(one.at)]

    def windows(
        self,
        scopes: Sequence[tuple[int, Span]],
        *,
        said: Sequence[int] = (),
        after: int | None = None,
        ahead: bool = False,
        carried: Callable[[], TimeFound | None] = lambda: None,
    ) -> tuple[Field[ReadWindow], ...]:
        """The windows within some tokens.

        Parameters
        ----------
        said : where words of saying end; a day right behind one is when it was said.
        after : behind this character a mere day is a window, where it is to come.
        ahead : whether the words say that what they tell is to come, seen from when it was told.
        carried : tells the day of hours that name none, where no day stands near them.
        """
        alone = self._told(scopes[:1], said, after, ahead)
        if len(scopes) == 1:
            return fields_of(self._on_day(alone, scopes[0][0], said, carried))
        has_hours = any(one.kind in _BOUNDS for one in self.within(*scopes[0]))
        if has_hours and alone and all(map(is_whole, alone)):
            return fields_of(alone)
        together = self._told(scopes, said, after, ahead)
        together = self._on_day(together, scopes[0][0], said, carried)
        return fields_of(together if any(map(is_resolved, together)) else alone or together)

    def _told(
        self,
        scopes: Sequence[tuple[int, Span]],
        said: Sequence[int],
        after: int | None,
        ahead: bool,
    ) -> list[TimeFound]:
        found = [one for number, scope in scopes for one in self.within(number, scope)]
        windows = [one for one in found if one.kind in _BOUNDS]
        days = days_of(found, said)
        if windows and not days:
            days = days_of(self.of(scopes[0][0]), said)
        if windows:
            return self._with_days(windows, days)
        if after is None:
            return []
        by = [one for one in found if one.kind is TimeKind.DEADLINE and one.said.deadline]
        if by and not self._is_tied(scopes[0][0], by[0]):
            return self._ending(by[0])
        late = [one for one in days if one.at.start >= after and (ahead or self._is_ahead(one))]
        if not late:
            return []
        return as_one(as_windows(late[0], zone=self.zone, published=self.published))

    def _on_day(
        self,
        windows: list[TimeFound],
        number: int,
        said: Sequence[int],
        carried: Callable[[], TimeFound | None],
    ) -> list[TimeFound]:
        """Hours without a day on the day that is carried to them; not beside another day."""
        if not any(map(is_of_hours_alone, windows)) or self.days(number, said):
            return windows
        if (day := carried()) is None:
            return windows
        out: list[TimeFound] = []
        for one in windows:
            both = self._join(one, day) if is_of_hours_alone(one) else []
            joined = [
                window
                for found in both
                for window in as_windows(found, zone=self.zone, published=self.published)
            ]
            out += joined if joined and all(map(is_resolved, joined)) else [one]
        return out

    def days(self, number: int, said: Sequence[int]) -> list[TimeFound]:
        """The days of a sentence by themselves, without those on which something was said."""
        return [
            TimeFound(at=one.at, kind=TimeKind.DAY, what=day, said=Said(days=(day,)))
            for one in self.of(number)
            if not is_behind(one, said)
            for day in said_days(one)
            if day.day is not None
        ]

    def is_unsure(self, number: int) -> bool:
        """Whether a sentence tells a day and leaves open which one."""
        return any(day.day is None for one in self.of(number) for day in said_days(one))

    def _is_ahead(self, one: TimeFound) -> bool:
        """Whether a mere day is to come; on one that is over the thing was said or done."""
        days = list(told_days(one))
        return bool(days) and self.published is not None and days[0] > self.published

    def _is_tied(self, number: int, one: TimeFound) -> bool:
        """Whether it stands in a condition: "provided that the list is here by noon"."""
        marked, sentence = self.marked, self.marked.sentences[number]
        ties = marked.of("words", "condition", sentence.first, sentence.end)
        return any(marked.tokens[hit.first].start < one.at.start for hit in ties)

    def _ending(self, by: TimeFound) -> list[TimeFound]:
        """ "May leave by noon on Sunday": until then."""
        if not isinstance(by.what, ReadTime) or by.what.at is None:
            return []
        window = ReadWindow(end=by.what.at, zone=self.zone)
        return [replace(by, kind=TimeKind.WINDOW, what=window)]

    def _with_days(
        self, windows: Sequence[TimeFound], days: Sequence[TimeFound]
    ) -> list[TimeFound]:
        """Windows with the day, or with the length, that stands apart from them."""
        found = self._joined(windows)
        for number, one in enumerate(found):
            if not isinstance(one.what, ReadWindow) or one.what.start is not None:
                continue
            for day in days:
                joined = self._join(one, day) or self._from_day_to_end(one, day)
                if joined:
                    found[number : number + 1] = joined
                    return found
        return found

    def _joined(self, windows: Sequence[TimeFound]) -> list[TimeFound]:
        """What several expressions mean together, as far as none contradicts those before it."""
        groups: list[list[TimeFound]] = []
        for one in windows:
            if groups and groups[-1][0].at == one.at:
                groups[-1].append(one)  # one of the several days of an expression
            elif groups and (joined := self._join(groups[-1][0], one)):
                groups[-1] = joined
            else:
                groups.append([one])
        return [one for group in groups for one in group]

    def _join(self, one: TimeFound, other: TimeFound) -> list[TimeFound]:
        return join(one, other, zone=self.zone, published=self.published)

    def _from_day_to_end(self, one: TimeFound, day: TimeFound) -> list[TimeFound]:
        """ "On 15 May ... for a month, until 15 June": a start that the length bears out."""
        length, what = one.said.length, one.what
        [first, *more] = as_windows(day, zone=self.zone, published=self.published) or [day]
        if length is None or more or not isinstance(what, ReadWindow) or what.end is None:
            return []
        if not isinstance(first.what, ReadWindow) or first.what.start is None:
            return []
        runs_to = later(first.what.start, length, what.zone or self.zone)
        if not 0 <= what.end - runs_to <= _DAY_S:
            return []
        return [replace(one, what=replace(what, start=first.what.start), also=(day.at,))]

    def extension(
        self, number: int, scope: Span, earlier: Sequence[Field[ReadWindow]]
    ) -> tuple[Field[ReadWindow], ...]:
        """What an extension adds within some tokens: from the end of what it extends.

        Where no end of that is known, or it tells it itself ("the pause of 7 to 9 February"), the
        earlier one is the last window before the new end.
        """
        found = self.within(number, scope)
        ends = [one.value.end for one in earlier if one.value.end is not None]
        start = max(ends, default=None)
        out: list[Field[ReadWindow]] = []
        for one in found:
            window = self._added(one, start)
            if window is not None:
                out.append(Field(window, places_of(one)))
        return tuple(out)

    def narrowed(
        self,
        number: int,
        scope: Span,
        earlier: Field[ReadWindow],
        day: TimeFound,
        *,
        start: bool,
    ) -> tuple[Field[ReadWindow], ...]:
        """What is left of a window whose start or end is moved to another hour of its day.

        `start` tells that its start is spoken of: "put off the start until 11".
        """
        for one in self.within(number, scope):
            edge = one.said.start or one.said.at or one.said.end
            if edge is None or edge.clock is None:
                continue
            moved = one if edge.day is not None else next(iter(self._join(one, day)), one)
            left = left_of(earlier.value, moved, ends=one.said.end is not None and not start)
            if left is not None:
                return (Field(left, (one.at, *earlier.at)),)
        return ()

    def _added(self, one: TimeFound, start: int | None) -> ReadWindow | None:
        if one.said.open_ended:
            return ReadWindow(start=start, zone=self.zone, open_ended=True)
        mere = one.kind in (TimeKind.DAY, TimeKind.MOMENT)
        if mere and not _GOES_TO.search(self.marked.report.text, one.at.start - 9, one.at.start):
            return None  # "was extended on Monday": when that was done
        one = self._on_last_day(one, start)
        ends = as_end(one, zone=self.zone, published=self.published)
        told = one.what if one.kind is TimeKind.WINDOW and one.said.start is None else None
        told = ends[0].what if ends else told
        end = told.end if isinstance(told, ReadWindow) else None
        if end is not None and start is not None and (ends or [one])[0].said.end is not None:
            end = self._first_after(start, (ends or [one])[0], end)
        length = one.said.length
        if end is None and start is not None and length is not None and not length.doubt:
            end = later(start, length, self.zone)
        if end is None or (start is not None and end <= start):
            return None
        return ReadWindow(start=start, end=end, zone=self.zone)

    def _on_last_day(self, one: TimeFound, start: int | None) -> TimeFound:
        """An hour without a day on the day on which what is prolonged would have ended."""
        edge = one.said.end or one.said.at
        if start is None or edge is None or edge.clock is None or edge.day is not None:
            return one
        day = FoundDay(day=wall_clock(start, zone_named(self.zone)).date())
        told = TimeFound(at=one.at, kind=TimeKind.DAY, what=day, said=Said(days=(day,)))
        return next(iter(self._join(one, told)), one) if self.zone else one

    def _first_after(self, start: int, one: TimeFound, end: int) -> int:
        """Of a mere day of the week the first end behind a start: "prolonged to Saturday"."""
        day = one.said.end.day if one.said.end is not None else None
        if day is None or day.said is None or day.said.weekday is None or day.said.day is not None:
            return end
        weeks = (end - start - 1) // (7 * _DAY_S)
        return end - weeks * 7 * _DAY_S

    def day(self, one: TimeFound) -> ReadWindow | None:
        """A day that is told, from its first minute to its last."""
        for window in as_windows(one, zone=self.zone, published=self.published):
            if isinstance(window.what, ReadWindow) and window.what.start is not None:
                return window.what
        return None

    def deadline(self, number: int, scope: Span, *, given: bool = False) -> Field[ReadTime] | None:
        """The deadline within some tokens; where time is `given`, "until noon on Friday" is one."""
        times = self.within(number, scope)
        found = deadline(times, zone=self.zone, published=self.published)
        if found is None and given:
            ends = (one for one in times if one.kind is TimeKind.WINDOW and one.said.end)
            end = next(ends, None)
            found = end and as_deadline(end, zone=self.zone, published=self.published)
        if found is None or not isinstance(found.what, ReadTime):
            return None
        return Field(found.what, places_of(found))

    def told_in_head(self) -> dt.date | None:
        """The day that the head of the text tells with its year, as a note or a letter does."""
        for number, sentence in enumerate(self.marked.sentences):
            if sentence.first > _HEAD:
                return None
            for one in self.of(number):
                if isinstance(one.what, FoundDay) and one.what.day is not None:
                    return one.what.day
        return None

    def is_unresolved(self) -> bool:
        """Whether a time that was read could not be resolved for want of a day of publication."""
        return self.published is None and any(
            not isinstance(one.what, FoundDay) and getattr(one.what, "unresolved", "")
            for every in self._known.values()
            for one in every
        )
