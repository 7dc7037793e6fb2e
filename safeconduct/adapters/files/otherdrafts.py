"""Which drafts did somebody else make of a report, and do their words stand in it?

Another reader than the rules of `wire` (a person, a program of the office's own) writes its drafts
in the form that `safeconduct read --json` shows. Nothing of them is believed that the report does
not say: each field has words, and they must stand in its text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from safeconduct.adapters.files.draftforms import (
    ConditionForm,
    DraftForm,
    FieldForm,
    FileForm,
    PlaceForm,
    WindowForm,
)
from safeconduct.adapters.files.plaintext import MEBIBYTE, read_text
from safeconduct.errors import SafeconductError, UnreadableFile, WrongField
from safeconduct.spacetime.localtime import Edge, instant
from safeconduct.vocabulary.kinds import (
    Telling,
)
from safeconduct.wire import (
    Draft,
    Excerpt,
    Field,
    ReadCondition,
    Reading,
    ReadTime,
    ReadWindow,
    Report,
)
from safeconduct.wire.names import Place

__all__ = ["read_other_drafts"]

_LONGEST = 4 * MEBIBYTE
_BETWEEN = " ... "
_MOST_SHOWN = 80
_OFFSET = re.compile(r"(?:[zZ]|[+-]\d\d:?\d\d)$")

T = TypeVar("T")
V = TypeVar("V")


def read_other_drafts(path: Path, report: Report, zone: str) -> Reading:
    """The drafts in a file, as a reading of the report.

    Parameters
    ----------
    zone : the IANA zone in which a time without one is read; empty where none is known.

    Raises
    ------
    MissingFile, FileTooLarge, UnreadableFile : it cannot be read, or is no JSON.
    WrongField : a field is not of its form, its words do not stand in the report or stand there
        several times, or a draft answers one that the file does not have.
    """
    written = _written(path)
    names = [one.id or f"draft-{number}" for number, one in enumerate(written.drafts, 1)]
    if (again := next((n for n in names if names.count(n) > 1), None)) is not None:
        raise _wrong(f"Two drafts are called {again}.", "Give each an id of its own.", path, "id")
    drafts = tuple(
        _Made(path, report, zone, names, number, one).draft()
        for number, one in enumerate(written.drafts, 1)
    )
    notes = (
        *report.notes,
        f"Another reader made the drafts: {written.reader}. Their words stand in the report; "
        "whether it says that, nobody has judged yet.",
    )
    places = tuple(_place(path, report, one) for one in written.places)
    return Reading(report=report, drafts=drafts, notes=notes, places=places, reader=written.reader)


def _written(path: Path) -> FileForm:
    text = read_text(path, _LONGEST)
    try:
        return FileForm.model_validate(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as refused:
        raise UnreadableFile(
            f"The drafts in {path.name} are no JSON: {refused}.",
            "Write them in the form that `safeconduct read REPORT --json` shows.",
        ).located(file=str(path)) from None
    except ValidationError as refused:
        _refuse(path, refused)


def _refuse(path: Path, refused: ValidationError) -> NoReturn:
    first = refused.errors(include_url=False)[0]
    place = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in first["loc"])
    shown = repr(first["input"])
    found = "" if first["type"] == "missing" else f", and {shown[:_MOST_SHOWN]} stands there"
    raise _wrong(
        f"In {path.name}, {place or 'the whole'} is not what drafts have there: "
        f"{first['msg']}{found}.",
        "Write it in the form that `safeconduct read REPORT --json` shows, with the name of who "
        "made the drafts as `reader`.",
        path,
        place,
    )


def _wrong(message: str, advice: str, path: Path, field: str) -> SafeconductError:
    return WrongField(message, advice).located(file=str(path), field=field)


def _place(path: Path, report: Report, one: PlaceForm) -> Place:
    if report.text[slice(*one.at)] != one.words or not one.words:
        raise _wrong(
            f'The place "{one.words}" does not stand at the characters {list(one.at)}.',
            "Leave `places` out, or give those of this report.",
            path,
            "places",
        )
    return Place(
        at=Excerpt(*one.at),
        id=one.id,
        name=one.name,
        gazetteer=one.gazetteer,
        kind=one.kind,
        doubt=one.doubt,
    )


@dataclass(slots=True)
class _Made:
    """A draft of the file while it is held against the report; `number` counts from 1."""

    path: Path
    report: Report
    zone: str
    names: list[str]
    number: int
    written: DraftForm

    def draft(self) -> Draft:
        """The draft, each field with the place of its words."""
        one, act = self.written, self._placed("act", self.written.act)
        begin = act.at[0].start
        telling = self._maybe("telling", one.telling, begin)
        return Draft(
            id=self.names[self.number - 1],
            act=act,
            telling=telling or Field(Telling.PARAPHRASED, act.at),
            actor=self._placed("actor", one.actor, begin),
            party=self._maybe("party", one.party, begin),
            speaker=self._maybe("speaker", one.speaker, begin),
            office=self._maybe("office", one.office, begin),
            negated=self._maybe("negated", one.negated, begin),
            kind=self._maybe("kind", one.kind, begin),
            means=self._all("means", one.means, begin),
            windows=self._turned(self._window, "windows", one.windows, begin),
            areas=self._all("areas", one.areas, begin),
            corridors=self._maybe("corridors", one.corridors, begin),
            purposes=self._all("purposes", one.purposes, begin),
            directions=self._all("directions", one.directions, begin),
            for_whom=self._all("for_whom", one.for_whom, begin),
            conditions=self._turned(self._condition, "conditions", one.conditions, begin),
            to=self._all("to", one.to, begin),
            deadline=self._due(begin),
            of=self._turned(self._answered, "of", one.of, begin),
            result=self._maybe("result", one.result, begin),
            lacks=self._maybe("lacks", one.lacks, begin),
            low=self._maybe("low", one.low, begin),
            high=self._maybe("high", one.high, begin),
            unit=self._maybe("unit", one.unit, begin),
            why=one.why or "the other reader gives no reason",
            sureness=one.sureness,
        )

    def _placed(self, name: str, one: FieldForm[T], near: int | None = None) -> Field[T]:
        return Field(one.value, tuple(self._places(name, one, near)))

    def _maybe(self, name: str, one: FieldForm[T] | None, near: int) -> Field[T] | None:
        return None if one is None else self._placed(name, one, near)

    def _all(self, name: str, many: tuple[FieldForm[T], ...], near: int) -> tuple[Field[T], ...]:
        return tuple(self._placed(name, one, near) for one in many)

    def _turned(
        self, turn: Callable[[T], V], name: str, many: tuple[FieldForm[T], ...], near: int
    ) -> tuple[Field[V], ...]:
        return tuple(Field(turn(one.value), one.at) for one in self._all(name, many, near))

    def _places(self, name: str, one: FieldForm[Any], near: int | None) -> Iterator[Excerpt]:
        """Where the words of a field stand: as it says, or the place nearest to the act's."""
        text = self.report.text
        if one.at:
            found = _BETWEEN.join(text[first:end] for first, end in one.at)
            inside = all(0 <= first < end <= len(text) for first, end in one.at)
            if not inside or found != one.words:
                raise self._wrong(
                    name,
                    f"the words {_cut(one.words)}, and at the characters "
                    f"{[list(each) for each in one.at]} the report has {_cut(found)}",
                    "Count its characters from 0, the end half-open; or leave `at` out.",
                )
            yield from (Excerpt(first, end) for first, end in one.at)
            return
        starts = list(_starts(text, one.words))
        if not starts:
            raise self._wrong(
                name,
                f"the words {_cut(one.words)}, which do not stand in the report",
                "Copy them from the report as they stand there, or leave them out.",
            )
        if near is None and len(starts) > 1:
            raise self._wrong(
                name,
                f"the words {_cut(one.words)}, which stand in the report {len(starts)} times",
                "Give more words, or their characters as `at`.",
            )
        start = min(starts, key=lambda place: abs(place - (near or 0)))
        yield Excerpt(start, start + len(one.words))

    def _window(self, one: WindowForm) -> ReadWindow:
        start = self._instant("windows", one.start, one.zone, Edge.START)
        end = self._instant("windows", one.end, one.zone, Edge.END)
        if start is not None and end is not None and end <= start:
            raise self._wrong(
                "windows", f"an end, {one.end}, not after its start, {one.start}", "Mend it."
            )
        return ReadWindow(
            start=start,
            end=end,
            zone=one.zone or (self.zone if any(map(_is_local, (one.start, one.end))) else ""),
            daily=one.daily,
            open_ended=one.open_ended,
            until_event=one.until_event,
            unresolved=one.unresolved,
        )

    def _condition(self, one: ConditionForm) -> ReadCondition:
        near = self._placed("act", self.written.act).at[0].start
        return ReadCondition(kind=one.kind, on=self._maybe("conditions", one.on, near))

    def _due(self, near: int) -> Field[ReadTime] | None:
        found = self._maybe("deadline", self.written.deadline, near)
        if found is None:
            return None
        at = self._instant("deadline", found.value.at, "", Edge.END)
        told = ReadTime(day=found.value.day, at=at, unresolved=found.value.unresolved)
        return Field(told, found.at)

    def _answered(self, name: str) -> str:
        if name not in self.names or name == self.names[self.number - 1]:
            raise self._wrong(
                "of",
                f"{_cut(name)}, which is no other draft of the file",
                f"Name one of {', '.join(self.names[:12])}.",
            )
        return name

    def _instant(self, name: str, told: str | None, zone: str, edge: Edge) -> int | None:
        if told is None:
            return None
        try:
            return instant(told, zone or self.zone or None, edge=edge)
        except SafeconductError as refused:
            raise self._located(refused, name) from refused

    def _wrong(self, name: str, found: str, advice: str) -> SafeconductError:
        draft = self.names[self.number - 1]
        return self._located(WrongField(f"{draft} has as {name} {found}.", advice), name)

    def _located(self, refused: SafeconductError, name: str) -> SafeconductError:
        return refused.located(file=str(self.path), field=f"drafts.{self.number}.{name}")


def _is_local(told: str | None) -> bool:
    return told is not None and not _OFFSET.search(told)


def _starts(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _cut(words: str) -> str:
    return repr(words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}...")
