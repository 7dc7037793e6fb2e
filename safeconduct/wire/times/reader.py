"""Every expression of time in a part of a text, resolved where that can be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from safeconduct.spacetime.zones import zone_named
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.times.elements import Expression
from safeconduct.wire.times.found import TimeFound
from safeconduct.wire.times.grammar import expressions
from safeconduct.wire.times.joining import made
from safeconduct.wire.times.lexing import Lexer
from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.settling import Around
from safeconduct.wire.times.tenses import tense
from safeconduct.wire.times.words import Role, TimeWords

__all__ = ["TimeReader"]

_YEARS = range(1901, 2999)
_LOOKS_BACK = 250
# So much of a text is taken at once, so that a page without any sentence needs little memory.
_LONGEST = 20_000

# Words of these alone tell no time; every third sentence has no others, and no figure.
_JOINING = frozenset(
    {Role.PAST, Role.FUTURE, Role.SAYS, Role.THE, Role.OF, Role.ON, Role.TO, Role.AND, Role.FOR}
    | {Role.FROM, Role.BY, Role.AT, Role.ONE, Role.ONWARDS, Role.BETWEEN, Role.EITHER}
    | {Role.LASTS, Role.BEGINS, Role.ENDS, Role.APPROX, Role.MOVED, Role.ZONE, Role.UNTIL}
)


class TimeReader:
    """Finds the times in texts of the languages whose words it was given.

    In a language that it has no words of it finds dates and hours in figures.
    """

    def __init__(self, words: Mapping[str, TimeWords]) -> None:
        self._words = dict(words)
        self._lexers = {language: Lexer(each) for language, each in words.items()}
        self._no_words = TimeWords(language="")
        self._no_lexer = Lexer(self._no_words)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has words of."""
        return tuple(sorted(self._words))

    def find(
        self,
        text: str,
        at: Excerpt,
        language: str,
        *,
        published: dt.date | None,
        zone: str,
        day_before: dt.date | None = None,
    ) -> list[TimeFound]:
        """Every expression of time in a sentence, in the order of the text.

        Several founds have the same excerpt where one expression names several days with hours of
        their own ("on Thursday 10 and Friday 11 October, from 0600 to 1400 each day").

        Parameters
        ----------
        text : the whole report; what stands before the sentence may tell the month of a day.
        at : the sentence. A longer part works as well, but "the next day" and the nearest verb
            are looked for in it.
        language : an ISO 639-1 code.
        published : the day on which the report was published, local to its place; without it only
            days with a year are resolved.
        zone : the IANA zone of the place, for times that name none; empty where it is not known.
        day_before : the last day that the text tells before the sentence, from which "the next
            day" counts where the sentence tells none.

        Raises
        ------
        UnknownZone : the pinned database has no such zone.
        """
        if zone:
            zone_named(zone)
        known = published if published is not None and published.year in _YEARS else None
        found: list[TimeFound] = []
        for start, end in _parts(text, at):
            part = (start, end)
            found += self._found(text, part, language, known, zone, day_before)
        return found

    def _found(
        self,
        text: str,
        part: tuple[int, int],
        language: str,
        published: dt.date | None,
        zone: str,
        day_before: dt.date | None,
    ) -> list[TimeFound]:
        start, end = part
        lexer = self._lexers.get(language, self._no_lexer)
        words = self._words.get(language, self._no_words)
        items = lexer.items(text, start, end)
        if not any(item.width or not _JOINING.issuperset(item.roles) for item in items):
            return []

        def month_before() -> int | None:
            before = lexer.items(text, max(0, start - _LOOKS_BACK), start)
            months = (item.roles.get(Role.MONTH) for item in reversed(before))
            return next((month for month in months if isinstance(month, int)), None)

        sentence = Sentence(text, items, words, published, month_before, day_before=day_before)
        out: list[TimeFound] = []
        for told in list(expressions(sentence)):
            place = Excerpt(items[told.first].start, items[told.after - 1].end)
            around = Around(zone, published, _is_ahead(sentence, told))
            out += made(told.said, place, around)
        return out


def _is_ahead(s: Sentence, told: Expression) -> bool:
    """Whether the words near it speak of what is to come; asked only where a midnight needs it."""
    moments = (told.said.at, told.said.start, told.said.end, told.said.deadline)
    clocks = [one.clock for one in moments if one is not None and one.day is None]
    if not any(clock is not None and clock.midnight for clock in clocks):
        return False
    if s.last_day not in (None, s.published):
        return False  # "they said on Wednesday that from midnight ..."
    return tense(s, told.first, told.after)[0] is Role.FUTURE


def _parts(text: str, at: Excerpt) -> Iterator[tuple[int, int]]:
    """The part of the text, in pieces of bounded length that end between words."""
    start, end = at.start, min(at.end, len(text))
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end
