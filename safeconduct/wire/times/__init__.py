"""When, in a report's own words: every expression of time with its excerpt, and what it means.

Takes a sentence, its language, the day of publication and the zone of the place. Gives windows,
deadlines, moments, days and lengths, each resolved in UTC or with the reason why it is not. Never
reads a clock and never guesses: a bare hour has no day, evening is no hour, and where the words do
not tell which Friday is meant both stay candidates.

`TimeReader` finds; `join` puts together what stands apart. The words of a language are data
(`words.py` says what each can be). Start reading at `reader.py`; `lexing.py` gives words their
meanings, `grammar.py` puts them together (its parts are in `elements.py`, `moments.py`, `days.py`
and `clocks.py`), `calendar.py` tells days, `settling.py` resolves.
"""

from safeconduct.wire.times.found import Clock, FoundDay, Length, Moment, Said, TimeFound, TimeKind
from safeconduct.wire.times.joining import (
    as_deadline,
    as_end,
    as_start,
    as_windows,
    deadline,
    extended,
    join,
    revised,
    with_day,
)
from safeconduct.wire.times.lengths import later
from safeconduct.wire.times.reader import TimeReader
from safeconduct.wire.times.words import Role, TimeWords

__all__ = [
    "Clock",
    "FoundDay",
    "Length",
    "Moment",
    "Role",
    "Said",
    "TimeFound",
    "TimeKind",
    "TimeReader",
    "TimeWords",
    "as_deadline",
    "as_end",
    "as_start",
    "as_windows",
    "deadline",
    "extended",
    "join",
    "later",
    "revised",
    "with_day",
]
