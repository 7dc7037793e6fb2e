"""The verb `read`: a report, and the drafts that are read from it, by the names that are known.

Nothing is written here; what a person accepts of it goes through `accepting.py`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.adapters.files.gazetteerfile import bundled_gazetteers, read_gazetteer
from safeconduct.adapters.files.lexiconfile import known_lexicons, known_names
from safeconduct.adapters.files.otherdrafts import read_other_drafts
from safeconduct.adapters.reports import Columns, Kind, open_report, open_sheet
from safeconduct.adapters.reports.columns import read_columns, remember, remembered
from safeconduct.app.accepting import Acceptance, OnRecord, Signatures
from safeconduct.app.office import one_of
from safeconduct.app.opening import Opened
from safeconduct.errors import WrongField
from safeconduct.situation import records_of
from safeconduct.spacetime.zones import zone_named
from safeconduct.vocabulary import Actor, DraftAccepted, Record, Statement
from safeconduct.wire import Name, Names, Reading, Report
from safeconduct.wire.body import body
from safeconduct.wire.names import Gazetteer
from safeconduct.wire.read import read
from safeconduct.wire.tokens import folded

__all__ = ["KINDS", "NO_GAZETTEER", "Asked", "Read", "accepting", "read_reports"]

KINDS = tuple(kind.value for kind in Kind)
"""The kinds of files that reports come as."""

NO_GAZETTEER = "none"
"""What is asked for in the place of a gazetteer, for the bundled ones to be left out."""

_LONGEST_ID = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person says of a report that the report itself may not say.

    Parameters
    ----------
    id : what it is recorded as; by the file's name if left out.
    published : the day on which it was published, `2016-11-04`.
    zone : the IANA zone of the place, in which times without one are read.
    publisher, source : who published it, and under which link.
    kind : of the file, where its name does not tell: one of `KINDS`.
    columns : of a table, which column holds what: the name under which that was remembered, or a
        file that says so. remember : the name to remember it under; empty for not.
    drafts : a file of drafts that another reader made of the report, which are taken in the place
        of reading it; empty for none.
    gazetteers : files of further places, or the names of bundled ones; `NO_GAZETTEER` leaves out
        the bundled one of the place's zone.
    """

    id: str = ""
    published: str | None = None
    zone: str | None = None
    publisher: str = ""
    source: str = ""
    kind: str | None = None
    columns: str | None = None
    remember: str = ""
    drafts: str = ""
    gazetteers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A reading, and the names that it was read with.

    Parameters
    ----------
    id : the id that the report gets when something of it is accepted.
    names : of the case or register, and the zone of its place.
    on_record : what was accepted of the same report before.
    """

    id: str
    reading: Reading
    names: Names
    on_record: OnRecord = field(default_factory=OnRecord)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        found = body(self.reading)
        return {"id": self.id, "zone": self.names.zone or None, **found}


def read_reports(path: str, opened: Opened | None, asked: Asked) -> tuple[Read, ...]:
    """What was read from a file of one or more reports.

    Parameters
    ----------
    path : of the file; "-" for standard input.
    opened : the case or register whose names and zone count; None for neither.

    Raises
    ------
    MissingFile, InputError : the report cannot be read. MissingExtra : it needs a library.
    WrongField, UnknownZone : the day or the zone is none; or a gazetteer or a file of drafts is
        not of its form.
    """
    names = _names(opened, asked.zone)
    reports = _opened(path, asked)
    held = records_of(opened.store.entries()) if opened else ()
    return tuple(
        Read(id=id, reading=reading, names=names, on_record=_on_record(id, reading.report, held))
        for id, reading in zip(
            _ids(asked.id or path, reports), _readings(reports, names, asked), strict=True
        )
    )


def _readings(reports: Sequence[Report], names: Names, asked: Asked) -> Iterator[Reading]:
    """What was read from each report, by the rules or by another reader."""
    if asked.drafts:
        if len(reports) != 1:
            raise WrongField(
                f"Drafts are handed in for a file of {len(reports)} reports.",
                "Hand in one report with the drafts that were made of it.",
            ).located(field="drafts")
        yield read_other_drafts(Path(asked.drafts), reports[0], names.zone)
        return
    known, everybody = known_lexicons(), names.over(known_names())
    gazetteers = _gazetteers(asked.gazetteers, names.zone)
    for report in reports:
        yield read(report, known, everybody, gazetteers)


def _on_record(id: str, report: Report, held: Iterable[Record]) -> OnRecord:
    """What was accepted of a report before.

    Raises
    ------
    WrongField : the id that it would get is another report's, or another record's.
    """
    held = tuple(held)
    if not any(one.id == id for one in held):
        return OnRecord()
    mark = hashlib.sha256(report.text.encode()).hexdigest()
    same = {
        one.statement
        for one in held
        if isinstance(one, DraftAccepted) and (one.source, one.report_sha256) == (id, mark)
    }
    if not same:
        raise WrongField(
            f"The report would be recorded as {id}, which is something else on record.",
            "Give it an id of its own with --id.",
            id=id,
        ).located(field="id")
    told = (one for one in held if isinstance(one, Statement) and one.id in same)
    return OnRecord(source=True, acts={one.id: one.acts[0].id for one in told if one.acts})


def _opened(path: str, asked: Asked) -> tuple[Report, ...]:
    """The reports that a file holds: one, or each row of a table."""
    given = sys.stdin.buffer if path == "-" else Path(path)
    kind = Kind(one_of("kind of file", asked.kind, KINDS)) if asked.kind else None
    published = _day(asked.published)
    if asked.columns is None:
        return (
            open_report(
                given,
                published=published,
                publisher=asked.publisher,
                source=asked.source,
                kind=kind,
            ),
        )
    columns = _columns(asked.columns)
    if asked.remember:
        remember(asked.remember, columns)
    sheet = open_sheet(given, columns, publisher=asked.publisher, source=asked.source, kind=kind)
    return tuple(
        replace(one, notes=(*one.notes, *sheet.notes) if number == 0 else one.notes,
                published=one.published or published)
        for number, one in enumerate(sheet.reports)
    )  # fmt: skip


def _columns(named: str) -> Columns:
    """The columns that a file names, or that were remembered under a name."""
    return read_columns(Path(named)) if Path(named).is_file() else remembered(named)


def accepting(read: Read, signed: Signatures) -> Acceptance:
    """A reading on its way into the register or file of what is accepted of it."""
    return Acceptance(
        reading=read.reading,
        source=read.id,
        actors=frozenset(one.id for one in read.names.actors),
        areas=frozenset(one.id for one in read.names.areas),
        outlet=_outlet(read),
        on_record=read.on_record,
        signed=signed,
        at=now(),
    )


def _outlet(read: Read) -> str:
    """The actor that is called as the publisher is; empty where none or several are."""
    report = read.reading.report
    told = report.publisher.of(report.text) if report.publisher else report.told_publisher
    found = {one.id for one in read.names.actors if folded(told) in map(folded, one.called)}
    return found.pop() if told and len(found) == 1 else ""


def _names(opened: Opened | None, zone: str | None) -> Names:
    """The names of a case or register, and the zone of the place."""
    if zone is not None:
        zone_named(zone)
    if opened is None:
        return Names(zone=zone or "")
    actors = {one.id: one for one in records_of(opened.store.entries()) if isinstance(one, Actor)}
    areas = {one.id: one for one in opened.areas}
    of_case = opened.case.zone if opened.case is not None else ""
    return Names(
        actors=tuple(Name(id=one.id, called=(one.name, *one.also)) for one in actors.values()),
        areas=tuple(Name(id=one.id, called=(one.name,)) for one in areas.values()),
        zone=zone or of_case,
    )


def _gazetteers(asked: Sequence[str], zone: str) -> tuple[Gazetteer, ...]:
    """Those that are asked for, in their order, and the bundled ones of the place's zone."""
    bundled = bundled_gazetteers()
    files = [read_gazetteer(bundled.get(one) or Path(one)) for one in asked if one != NO_GAZETTEER]
    if zone and NO_GAZETTEER not in asked:
        known = (read_gazetteer(path) for path in bundled.values())
        files += [one for one in known if zone in one.zones and one not in files]
    return tuple(one.list for one in files)


def _day(written: str | None) -> dt.date | None:
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise WrongField(
            f'"{written}" is no day.', "Write the day of publication as 2016-11-04."
        ).located(field="published") from None


def _ids(path: str, reports: Sequence[Report]) -> list[str]:
    """An id for each report: by the file's name, or by its hash where it came without one."""
    stem = "" if path == "-" else _slug(Path(path).stem)
    found = []
    for number, report in enumerate(reports, 1):
        mark = hashlib.sha256(report.text.encode()).hexdigest()[:8]
        one = stem or f"report-{mark}"
        found.append(one if len(reports) == 1 else f"{one}-{number}")
    return found


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-")
