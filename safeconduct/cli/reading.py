"""A report with what was read from it, for the terminal: the text with marks, then the drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.together import ReadTogether
from safeconduct.cli.marks import section
from safeconduct.cli.recorded import counted
from safeconduct.cli.screen import show_json, show_parts
from safeconduct.spacetime import show, utc
from safeconduct.wire import Draft, Field, ReadCondition, Reading, ReadTime, ReadWindow, Sureness
from safeconduct.wire.across import Conflict, Together
from safeconduct.wire.sameness import Told

__all__ = ["marked", "show_readings", "told_card"]

_SURE = {Sureness.STATED: "green", Sureness.LIKELY: "yellow", Sureness.GUESSED: "red"}


def show_readings(found: ReadTogether, *, as_json: bool) -> None:
    """Each report with its marks, and below it the drafts; of several, each statement once."""
    if as_json:
        alone = len(found.reports) == 1
        show_json(found.reports[0].as_json() if alone else found.as_json())
        return
    show_parts(_parts(found))


def _parts(found: ReadTogether) -> Iterator[RenderableType]:
    for one in found.reports:
        yield section(f"Report {one.id}")
        yield from _head(one.reading)
        yield Text("")
        yield marked(one.reading)
        if len(found.reports) > 1:
            yield Text("")
            yield from _notes(one.reading)
    what = "draft" if len(found.reports) == 1 else "statement"
    yield section(f"{counted(len(found.statements), what)}, for a person to accept")
    for statement in found.statements:
        yield told_card(found, statement, statement.fullest)
    if len(found.reports) == 1:
        yield from _notes(found.reports[0].reading)
    yield Text("Drafts are no records: nothing was written.", "dim")


def _notes(reading: Reading) -> Iterator[Text]:
    return (Text.assemble(("note  ", "yellow"), note) for note in reading.notes)


def _head(reading: Reading) -> Iterator[RenderableType]:
    report = reading.report
    told = (
        ("title", report.title.of(report.text) if report.title else ""),
        (
            "publisher",
            report.publisher.of(report.text) if report.publisher else report.told_publisher,
        ),
        ("dateline", report.dateline.of(report.text) if report.dateline else ""),
        ("published", report.published.isoformat() if report.published else "not known"),
        ("languages", ", ".join(reading.languages)),
    )
    for name, said in told:
        if said:
            yield Text.assemble((f"{name:<11}", "dim"), said)


def marked(reading: Reading) -> Text:
    """The report's text: what carries an act in bold, and behind it the drafts' numbers.

    What was left out is dim.
    """
    report = reading.report
    ends: dict[int, list[str]] = defaultdict(list)
    bold, dim = set[int](), set[int]()
    for draft in reading.drafts:
        ends[draft.act.at[-1].end].append(draft.id.removeprefix("draft-"))
        bold.update(place for at in draft.act.at for place in range(at.start, at.end))
    dim.update(place for one in report.left_out for place in range(one.at.start, one.at.end))
    shown = Text()
    # One more than the text holds, for a mark behind its last character.
    for place in range(len(report.text) + 1):
        if place in ends:
            shown.append(f"[{','.join(ends[place])}]", "bold cyan")
        if place < len(report.text):
            style = "dim" if place in dim else "bold" if place in bold else ""
            shown.append(report.text[place], style)
    return shown


def told_card(found: ReadTogether, statement: Together, told: Told) -> RenderableType:
    """One draft: what it is, then each field with its words; who else tells it, and what otherwise.

    Parameters
    ----------
    told : the draft of the statement that is shown.
    """
    draft = told.draft
    title = Text.assemble((f"{found.label(told):>3}  ", "bold cyan"))
    not_done = "not done: " if draft.negated else ""
    title.append(f"{not_done}{draft.act.value.value}", "bold red" if draft.negated else "bold")
    if draft.kind:
        title.append(f" of {draft.kind.value.value}")
    title.append(f", by {draft.actor.value}")
    title.append(f"  {draft.sureness.value}", _SURE[draft.sureness])
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim", width=10)
    table.add_column()
    for name, said in _fields(found, told):
        table.add_row(name, said)
    if others := [found.label(one) for one in statement.told if one is not told]:
        table.add_row("told by", Text(f"{', '.join(others)}, too"))
    for conflict in statement.conflicts:
        table.add_row(Text("otherwise", "yellow"), _conflict(found, conflict))
    return Group(title, Padding(table, (0, 0, 1, 5)))


def _conflict(found: ReadTogether, conflict: Conflict) -> Text:
    """A field that reports tell differently: each version with who tells it, a line each."""
    name = conflict.field.replace("_", " ")
    lines = []
    for version in conflict.versions:
        by = ", ".join(found.reports[number].id for number in version.reports)
        text = found.reports[version.reports[0]].reading.report.text
        said = ", ".join(_said(one, text) for one in version.fields) or "nothing said of it"
        lines.append(f"{name}: {said} ({by})")
    return Text("\n".join(lines))


def _words(one: Field[Any], text: str) -> str:
    """The words of a field, on one line."""
    return " ... ".join(" ".join(at.of(text).split()) for at in one.at)


def _said(one: Field[Any], text: str) -> str:
    """A value and its words, in a line."""
    value, words = one.value, _words(one, text)
    if isinstance(value, ReadWindow):
        shown = _window(value)
    elif isinstance(value, ReadTime):
        shown = _time(value)
    elif isinstance(value, ReadCondition):
        shown = _condition(value)
    else:
        shown = str(value.value if isinstance(value, Enum) else value)
    return shown if shown == words else f'{shown} "{words}"'


def _fields(found: ReadTogether, told: Told) -> Iterator[tuple[str, Text]]:
    draft, text = told.draft, told.text.text

    def quoted(value: str, one: Field[Any]) -> Text:
        return Text.assemble(
            value, ("  " if value else "", ""), (f'"{_words(one, text)}"', "italic")
        )

    yield "words", quoted("", draft.act)
    voice = [_words(one, text) for one in (draft.office, draft.speaker) if one]
    yield "voice", quoted(f"{', '.join(voice) or draft.actor.value}, {draft.telling.value.value}",
                          draft.actor)  # fmt: skip
    if draft.party and draft.party.value != draft.actor.value:
        yield "about", quoted(draft.party.value, draft.party)
    if draft.negated:
        yield "negated", quoted("", draft.negated)
    for one in draft.windows:
        yield "when", quoted(_window(one.value), one)
    if draft.deadline:
        yield "until", quoted(_time(draft.deadline.value), draft.deadline)
    for name, label in (("areas", "where"), ("to", "asked")):
        for one in getattr(draft, name):
            yield label, quoted(_placed(one, found.readings[told.report]), one)
    for of in draft.of:
        yield "answers", quoted(found.called(told.report, of.value), of)
    if draft.corridors:
        yield "where", quoted(f"{draft.corridors.value} corridors that nobody named",
                              draft.corridors)  # fmt: skip
    for name, label in (
        ("means", "means"),
        ("purposes", "for"),
        ("for_whom", "for whom"),
        ("directions", "which way"),
    ):
        values = getattr(draft, name)
        if values:
            yield label, Text(", ".join(one.value.value for one in values))
    for condition in draft.conditions:
        yield "condition", quoted(_condition(condition.value), condition)
    if draft.result:
        yield "judgement", quoted(draft.result.value.value, draft.result)
    if draft.lacks:
        yield "lacks", quoted("", draft.lacks)
    if draft.low or draft.high:
        yield "number", Text(_range(draft))
    yield "why", Text(draft.why, "dim")


def _placed(one: Field[str], reading: Reading) -> str:
    """An id, with what a gazetteer calls it, and its doubt."""
    place = reading.place_of(one)
    if place is None:
        return one.value
    named = f"{place.id} {place.name}, {place.kind} ({place.gazetteer})" if place.id else ""
    return ". ".join(part for part in (named, place.doubt.rstrip(".")) if part)


def _window(window: ReadWindow) -> str:
    if window.start is None and window.end is None:
        return f"not resolved: {window.unresolved or window.until_event or 'no moment is told'}"
    start = "open start" if window.start is None else _moment(window.start, window.zone)
    end = "open end" if window.end is None else _moment(window.end, window.zone)
    daily = ", each day" if window.daily else ""
    event = f", until {window.until_event}" if window.until_event else ""
    return f"{start} to {end}{daily}{event}"


def _moment(moment: int, zone: str) -> str:
    return show(moment, zone) if zone else utc(moment)


def _time(time: ReadTime) -> str:
    if time.at is not None:
        return utc(time.at)
    day = f"{time.day.isoformat()}, " if time.day else ""
    return f"{day}hour not resolved: {time.unresolved}"


def _condition(condition: ReadCondition) -> str:
    on = f" on {condition.on.value}" if condition.on else ""
    return f"{condition.kind.value}{on}"


def _range(draft: Draft) -> str:
    low = draft.low.value if draft.low else None
    high = draft.high.value if draft.high else None
    unit = f" {draft.unit.value}" if draft.unit else ""
    if low is not None and high is not None:
        return (f"{low:,}" if low == high else f"{low:,} to {high:,}") + unit
    return (f"at least {low:,}" if low is not None else f"at most {high or 0:,}") + unit
