"""Which times bound an act: the windows and the deadline among what its words say of time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from safeconduct.wire.draft import Field, ReadTime, ReadWindow
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.times import (
    FoundDay,
    TimeFound,
    TimeKind,
    as_deadline,
    as_end,
    as_windows,
    deadline,
    join,
    later,
)

_HEAD = 60  # tokens
_LOOKS_BACK = 4  # sentences
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
            if any(_is_beside(one) for one in found) and (day := self._day_before(number)):
                found = self._found(number, day)
            self._known[number] = found
            self.same |= {one.at for one in found if one.kind is TimeKind.SAME}
        return self._known[number]

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
        """The last day that is told in the sentences before one, from which "the next day" counts."""
        for earlier in range(number - 1, max(-1, number - 1 - _LOOKS_BACK), -1):
            days = [day for one in self.of(earlier) for day in _told_days(one)]
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
    ) -> tuple[Field[ReadWindow], ...]:
        """The windows within some tokens.

        Parameters
        ----------
        said : where words of saying end; a day right behind one is when it was said.
        after : behind this character a mere day is a window, where it is to come.
        ahead : whether the words say that what they tell is to come, seen from when it was told.
        """
        alone = self._told(scopes[:1], said, after, ahead)
        if len(scopes) == 1:
            return _fields(alone)
        has_hours = any(one.kind in _BOUNDS for one in self.within(*scopes[0]))
        if has_hours and alone and all(map(_is_whole, alone)):
            return _fields(alone)
        together = self._told(scopes, said, after, ahead)
        return _fields(together if any(map(_is_resolved, together)) else alone or together)

    def _told(
        self,
        scopes: Sequence[tuple[int, Span]],
        said: Sequence[int],
        after: int | None,
        ahead: bool,
    ) -> list[TimeFound]:
        found = [one for number, scope in scopes for one in self.within(number, scope)]
        windows = [one for one in found if one.kind in _BOUNDS]
        days = _days(found, said)
        if windows and not days:
            days = _days(self.of(scopes[0][0]), said)
        if windows:
            return self._with_days(windows, days)
        if after is None:
            return []
        by = [one for one in found if one.kind is TimeKind.DEADLINE and one.said.deadline]
        if by and not self._is_tied(scopes[0][0], by[0]):
            return self._ending(by[0])
        late = [one for one in days if one.at.start >= after and (ahead or self._is_ahead(one))]
        return [
            window
            for one in late
            if one.at == late[0].at
            for window in as_windows(one, zone=self.zone, published=self.published)
        ]

    def _is_ahead(self, one: TimeFound) -> bool:
        """Whether a mere day is to come; on one that is over the thing was said or done."""
        days = list(_told_days(one))
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
        """ "On 15 August ... for three months, until 15 November": a start that the length bears out."""
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
                out.append(Field(window, _places(one)))
        return tuple(out)

    def _added(self, one: TimeFound, start: int | None) -> ReadWindow | None:
        if one.said.open_ended:
            return ReadWindow(start=start, zone=self.zone, open_ended=True)
        mere = one.kind in (TimeKind.DAY, TimeKind.MOMENT)
        if mere and not _GOES_TO.search(self.marked.report.text, one.at.start - 9, one.at.start):
            return None  # "was extended on Monday": when that was done
        ends = as_end(one, zone=self.zone, published=self.published)
        told = one.what if one.kind is TimeKind.WINDOW and one.said.start is None else None
        told = ends[0].what if ends else told
        end = told.end if isinstance(told, ReadWindow) else None
        length = one.said.length
        if end is None and start is not None and length is not None and not length.doubt:
            end = later(start, length, self.zone)
        if end is None or (start is not None and end <= start):
            return None
        return ReadWindow(start=start, end=end, zone=self.zone)

    def deadline(
        self, number: int, scope: Span, *, given: bool = False
    ) -> Field[ReadTime] | None:
        """The deadline within some tokens; where time is `given`, "until noon on Friday" is one."""
        times = self.within(number, scope)
        found = deadline(times, zone=self.zone, published=self.published)
        if found is None and given:
            ends = (one for one in times if one.kind is TimeKind.WINDOW and one.said.end)
            end = next(ends, None)
            found = end and as_deadline(end, zone=self.zone, published=self.published)
        if found is None or not isinstance(found.what, ReadTime):
            return None
        return Field(found.what, _places(found))

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


def _days(found: Sequence[TimeFound], said: Sequence[int]) -> list[TimeFound]:
    return [
        one
        for one in found
        if one.kind in (TimeKind.DAY, TimeKind.MOMENT)
        and not any(0 <= one.at.start - end <= 1 for end in said)
    ]


def _fields(windows: Sequence[TimeFound]) -> tuple[Field[ReadWindow], ...]:
    return tuple(
        Field(one.what, _places(one)) for one in windows if isinstance(one.what, ReadWindow)
    )


def _is_whole(one: TimeFound) -> bool:
    what = one.what
    return isinstance(what, ReadWindow) and what.start is not None and what.end is not None


def _is_resolved(one: TimeFound) -> bool:
    what = one.what
    return isinstance(what, ReadWindow) and (what.start is not None or what.end is not None)


def _said_days(one: TimeFound) -> Iterator[FoundDay]:
    said = one.said
    yield from said.days
    for moment in (said.at, said.start, said.end, said.deadline):
        if moment is not None and moment.day is not None:
            yield moment.day


def _told_days(one: TimeFound) -> Iterator[dt.date]:
    return (day.day for day in _said_days(one) if day.day is not None)


def _is_beside(one: TimeFound) -> bool:
    """Whether it names a day by another one ("the next day") that its sentence does not tell."""
    return any(
        day.day is None and day.said is not None and day.said.beside is not None
        for day in _said_days(one)
    )


def _places(one: TimeFound) -> tuple[Excerpt, ...]:
    return (one.at, *one.also)
