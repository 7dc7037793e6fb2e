"""Which times bound an act: the windows and the deadline among what its words say of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from safeconduct.wire.draft import Field, ReadTime, ReadWindow
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.marked import Marked, Span
from safeconduct.wire.times import FoundDay, TimeFound, TimeKind, as_windows, deadline, join

_HEAD = 60  # tokens
_BOUNDS = (TimeKind.WINDOW, TimeKind.DURATION, TimeKind.SAME, TimeKind.EVENT)


@dataclass(slots=True)
class When:
    """What a text says of time, read sentence by sentence and only where it is asked for."""

    marked: Marked
    published: dt.date | None
    zone: str
    _known: dict[int, list[TimeFound]] = field(default_factory=dict)

    def of(self, number: int) -> list[TimeFound]:
        """Every expression of time in a sentence."""
        if number not in self._known:
            marked, sentence = self.marked, self.marked.sentences[number]
            lexicon = marked.lexicons[number]
            self._known[number] = (
                lexicon.times.find(
                    marked.report.text,
                    marked.words(sentence.first, sentence.end - 1),
                    lexicon.language,
                    published=self.published,
                    zone=self.zone,
                )
                if lexicon is not None
                else []
            )
        return self._known[number]

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
    ) -> tuple[Field[ReadWindow], ...]:
        """The windows within some tokens.

        Parameters
        ----------
        said : where words of saying end; a day right behind one is when it was said.
        after : behind this character a mere day is a window.
        """
        found = [one for number, scope in scopes for one in self.within(number, scope)]
        windows = [one for one in found if one.kind in _BOUNDS]
        days = _days(found, said)
        if windows and not days:
            days = _days(self.of(scopes[0][0]), said)
        if windows:
            windows = self._with_days(windows, days)
        elif after is not None:
            late = [one for one in days if one.at.start >= after]
            windows = [
                window
                for one in late[:1]
                for window in as_windows(one, zone=self.zone, published=self.published)
            ]
        return tuple(
            Field(one.what, _places(one)) for one in windows if isinstance(one.what, ReadWindow)
        )

    def _with_days(
        self, windows: Sequence[TimeFound], days: Sequence[TimeFound]
    ) -> list[TimeFound]:
        """Windows with the day, or with the length, that stands apart from them."""
        found = list(windows)
        if len(found) > 1:
            joined = join(found[0], found[1], zone=self.zone, published=self.published)
            if joined:
                found = [*joined, *found[2:]]
        for number, one in enumerate(found):
            if not isinstance(one.what, ReadWindow) or one.what.start is not None:
                continue
            for day in days:
                joined = join(one, day, zone=self.zone, published=self.published)
                if joined:
                    found[number : number + 1] = joined
                    return found
        return found

    def deadline(self, number: int, scope: Span) -> Field[ReadTime] | None:
        """The deadline within some tokens."""
        found = deadline(self.within(number, scope), zone=self.zone, published=self.published)
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


def _places(one: TimeFound) -> tuple[Excerpt, ...]:
    return (one.at, *one.also)
