"""How the tests read times: one sentence in, what it says of time out, in plain local words."""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from safeconduct.adapters.files.timewords import bundled_time_words
from safeconduct.wire import Excerpt, ReadTime, ReadWindow
from safeconduct.wire.times import FoundDay, TimeFound, TimeReader

PUBLISHED = dt.date(2016, 11, 4)  # a Friday
ZONE = "Asia/Damascus"  # two hours ahead of UTC from 28 October 2016 on


@cache
def reader() -> TimeReader:
    return TimeReader(bundled_time_words())


def times(
    sentence: str,
    language: str = "en",
    *,
    published: dt.date | None = PUBLISHED,
    zone: str = ZONE,
    before: str = "",
) -> list[TimeFound]:
    """What a sentence says of time; `before` is what stands before it in the report."""
    text = before + sentence
    place = Excerpt(len(before), len(text))
    return reader().find(text, place, language, published=published, zone=zone)


def local(at: int | None, zone: str = ZONE) -> str:
    """The instant on the clocks of a zone; `-` for none."""
    if at is None:
        return "-"
    return dt.datetime.fromtimestamp(at, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def told(found: TimeFound, zone: str = ZONE) -> str:
    """A found time in one line: its kind, what it means, and why not where it is unresolved."""
    what = found.what
    kind = found.kind.value
    if isinstance(what, FoundDay):
        return f"{kind} {what.day or '?'}" + (f" ({what.unresolved})" if what.unresolved else "")
    if isinstance(what, ReadTime):
        when = local(what.at, zone) if what.at is not None else f"{what.day or '?'}"
        return f"{kind} {when}" + (f" ({what.unresolved})" if what.unresolved else "")
    assert isinstance(what, ReadWindow)
    marks = " daily" * what.daily + " open" * what.open_ended
    event = f" [{what.until_event}]" if what.until_event else ""
    why = f" ({what.unresolved})" if what.unresolved else ""
    return f"{kind} {local(what.start, zone)} to {local(what.end, zone)}{marks}{event}{why}"


def read(sentence: str, language: str = "en", **known: object) -> list[str]:
    """What a sentence says of time, each in one line."""
    return [told(found) for found in times(sentence, language, **known)]  # type: ignore[arg-type]
