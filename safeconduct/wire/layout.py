"""What of a plain text is its title, its publisher, its dateline and its day, and what is not read.

What is left out stays in the text, in its place and with the reason, so that a person sees it.
When in doubt a line is read: a draft too many is rejected by whoever reviews it, while a withdrawal
that was left out would be missed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.fulldate import WEEKDAYS, full_dates, without_dates
from safeconduct.wire.furniture import byline, furniture, opens_other_reports, reads_as_sentence
from safeconduct.wire.opening import Opening, opening_of
from safeconduct.wire.report import LeftOut, Report

__all__ = ["lay_out"]

_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_HEAD_LINES = 8  # a day, an opening or a subject stands in these or nowhere
_OPENING_LINES = 4
_TITLE, _DATED_LINE = 160, 90  # characters that a title, and a line that tells a day, may have
_DATED_WORDS = (
    5  # words that such a line may have beside the day ("Last updated on ... at ... GMT")
)
_GAP = 40  # characters after a line in which a blank line shows
_TWICE = 60  # characters from which a line that stands twice with others between is a repeat
_SUBJECT = re.compile(
    r"(?:subject|re|objet|sujet|asunto|тема|الموضوع)\s?[:：]\s+(\S[^\n]*)", re.IGNORECASE
)


@dataclass
class _Layout:
    text: str
    lines: list[Excerpt]
    left_out: dict[Excerpt, str] = field(default_factory=dict)

    def words(self, line: Excerpt) -> str:
        return line.of(self.text)

    def read(self) -> Iterator[Excerpt]:
        """The lines that are read so far."""
        return (one for one in self.lines if one not in self.left_out)

    def ends_paragraph(self, line: Excerpt) -> bool:
        """Whether a blank line or nothing follows a line."""
        after = self.text[line.end : line.end + _GAP].lstrip(" \t\u00a0")
        return not after.strip() or after.startswith("\n\n") or not after[1:].split("\n")[0].strip()

    def after(self, line: Excerpt) -> Excerpt | None:
        """The line that follows one."""
        return next((one for one in self.lines if one.start >= line.end), None)


def lay_out(
    text: str,
    *,
    title: str = "",
    publisher: str = "",
    published: dt.date | None = None,
    declared: dt.date | None = None,
    source: str = "",
    left_out: Sequence[LeftOut] = (),
    notes: Iterable[str] = (),
) -> Report:
    """A text as a report: where its parts stand, and what of it is not read.

    Parameters
    ----------
    text : with `\\n` at line ends.
    title : as the file's own marks give it; looked for in the text.
    publisher : as the file's marks or the person who hands it in give it.
    published : the day that a person gave; it wins over every other.
    declared : the day that the file's own marks give; the text's own day wins over it.
    left_out : what is known not to be read, in order.
    notes : what a person must know of how the text was come by.

    A day that disagrees with the one that is taken is told in a note.
    """
    laid = _Layout(text, [Excerpt(*found.span()) for found in _LINE.finditer(text)])
    _leave_out(laid, left_out)
    head = list(_first(laid.read(), _HEAD_LINES))
    at_title = _told_title(laid, title) if title else _title(laid, head)
    if at_title:
        for line in [one for one in laid.left_out if one.holds(at_title)]:
            del laid.left_out[line]
    opening = _opening(laid, head, at_title)
    dated = _dated(laid, head, opening)
    agency = opening.agency if opening else None
    day = dated[1] if dated else None
    told = [*notes, *_disagreeing(published, day, declared)]
    if agency and publisher and _same(agency.of(text)) not in _same(publisher):
        told.append(f"The text names {agency.of(text)} as its publisher, not {publisher}.")
    if laid.lines and not any(True for _ in laid.read()):
        told.append("Nothing of the text is left to read: all of it was left out.")
    return Report(
        text=text,
        left_out=tuple(_joined(laid, left_out)),
        title=at_title,
        publisher=agency,
        dateline=opening.place if opening else None,
        dated=dated[0] if dated else None,
        published=published or day or declared,
        told_publisher="" if agency else publisher,
        source=source,
        notes=tuple(told),
    )


def _first(lines: Iterable[Excerpt], count: int) -> Iterator[Excerpt]:
    return (line for line, _ in zip(lines, range(count), strict=False))


def _leave_out(laid: _Layout, known: Sequence[LeftOut]) -> None:
    """Marks what is not read: what is known, furniture, other reports, repeats."""
    waiting = iter(known)
    one = next(waiting, None)
    for line in laid.lines:
        while one is not None and one.at.end <= line.start:
            one = next(waiting, None)
        if one is not None and one.at.holds(line):
            laid.left_out[line] = one.why
        elif why := furniture(laid.words(line)):
            laid.left_out[line] = why
    _other_reports(laid)
    for line in _first(laid.read(), _HEAD_LINES):
        if byline(laid.words(line)):
            laid.left_out[line] = "a line about who wrote the report"
    _repeats(laid)


def _other_reports(laid: _Layout) -> None:
    """Leaves out a list of other reports: its head, and the headlines below it."""
    listing = False
    for number, line in enumerate(list(laid.read())):
        words = laid.words(line)
        if number and opens_other_reports(words):
            listing = True
            laid.left_out[line] = "the head of a list of other reports"
        elif listing and len(words) <= _TITLE and not reads_as_sentence(words):
            laid.left_out[line] = "a headline of another report"
        else:
            listing = False


def _repeats(laid: _Layout) -> None:
    """Leaves out what stands twice in a row, and long lines that come back under no other heading.

    "Open until noon" under the heading of a second road is no repeat.
    """
    seen: dict[str, int] = {}
    heading = -1
    before = ""
    for number, line in enumerate(list(laid.read())):
        words = _same(laid.words(line))
        twice = words in seen and len(words) >= _TWICE and seen[words] > heading
        if words == before or twice:
            laid.left_out[line] = "a line that stands twice"
            continue
        if len(words) < _TWICE and not reads_as_sentence(words):
            heading = number
        seen[words] = number
        before = words


def _same(words: str) -> str:
    return " ".join(words.split()).casefold()


def _told_title(laid: _Layout, title: str) -> Excerpt | None:
    """Where a known title stands: the first line that is it, or the first place that has it."""
    wanted = _same(title)
    for line in laid.lines:
        if _same(laid.words(line)) == wanted:
            return line
    start = laid.text.find(title.strip())
    return Excerpt(start, start + len(title.strip())) if start >= 0 and wanted else None


def _title(laid: _Layout, head: Sequence[Excerpt]) -> Excerpt | None:
    """The line that is a subject or a headline; None where the report begins with its text."""
    for line in head:
        if subject := _SUBJECT.fullmatch(laid.words(line)):
            return Excerpt(line.start + subject.start(1), line.start + subject.end(1))
    if len(head) < 2:
        return None
    words = laid.words(head[0])
    return head[0] if _is_headline(laid, words, head[0]) else None


def _is_headline(laid: _Layout, words: str, line: Excerpt) -> bool:
    if len(words) > _TITLE or words[-1] in ".:;,!…" or words[0] in '-•*–—>"“«(':
        return False
    if any(True for _ in full_dates(laid.text, line)):
        return False
    if opening_of(laid.text, line) is not None or words.lower() in WEEKDAYS:
        return False
    # The first line of a paragraph that is broken into lines is no headline.
    return laid.ends_paragraph(line) or words.isupper() or _tells_day(laid, laid.after(line))


def _opening(laid: _Layout, head: Sequence[Excerpt], title: Excerpt | None) -> Opening | None:
    """The first opening after the title; a place wins over an opening that has none."""
    lines = [line for line in head if title is None or not line.holds(title)][:_OPENING_LINES]
    found = [one for one in (opening_of(laid.text, line) for line in lines) if one is not None]
    return next((one for one in found if one.place), found[0] if found else None)


def _dated(
    laid: _Layout, head: Sequence[Excerpt], opening: Opening | None
) -> tuple[Excerpt, dt.date] | None:
    """The day that the report states as its own: in its opening, or in a short line of its head."""
    places = [opening.at] if opening else []
    for line in head:
        words = laid.words(line)
        if len(words) > _DATED_LINE and not opening_of(laid.text, line):
            break  # the text has begun, and its days are those that it tells of
        if _tells_day(laid, line):
            places.append(line)
    for place in places:
        days = list(full_dates(laid.text, place))
        if len({day for _, day in days}) == 1:
            return days[0]
    return None


def _tells_day(laid: _Layout, line: Excerpt | None) -> bool:
    """Whether a line is there to tell a day, and is no piece of a sentence that has one in it."""
    words = laid.words(line) if line else ""
    if line is None or len(words) > _DATED_LINE or reads_as_sentence(words):
        return False
    rest, dated = without_dates(words)
    others = [one for one in re.findall(r"[^\W\d_]+", rest) if one.lower() not in WEEKDAYS]
    alone = laid.ends_paragraph(line) or all(one[0].isupper() for one in others)
    return dated and len(others) <= _DATED_WORDS and alone


def _disagreeing(
    given: dt.date | None, stated: dt.date | None, declared: dt.date | None
) -> Iterator[str]:
    taken = given or stated or declared
    if given and stated and stated != taken:
        yield f"The text says that it is of {stated}; it is read as of {taken}, which was given."
    if declared and declared != taken:
        why = "was given" if given else "the text states"
        yield f"The file is marked as of {declared}; it is read as of {taken}, which {why}."


def _joined(laid: _Layout, known: Sequence[LeftOut]) -> Iterator[LeftOut]:
    """What is left out, in order; lines that follow one another for one reason are one part."""
    parts: list[LeftOut] = []
    before: Excerpt | None = None
    for line in laid.lines:
        why = laid.left_out.get(line)
        if why is not None:
            goes_on = parts and parts[-1].why == why and before == parts[-1].at
            start = parts.pop().at.start if goes_on else line.start
            parts.append(LeftOut(Excerpt(start, line.end), why))
            before = parts[-1].at
        else:
            before = line
    inside = [one for one in known if not any(part.at.meets(one.at) for part in parts)]
    return iter(sorted([*parts, *inside], key=lambda one: one.at))
