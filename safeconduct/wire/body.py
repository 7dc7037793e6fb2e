"""What every door shows of a reading: one body, each field with its words and where they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from typing import Any

from safeconduct.spacetime import utc
from safeconduct.wire.across import Together, Version
from safeconduct.wire.draft import (
    Draft,
    Field,
    ReadCondition,
    Reading,
    ReadTime,
    ReadWindow,
)
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.names import Place
from safeconduct.wire.report import Report

_INSTANTS = frozenset({"start", "end", "at"})


def body(reading: Reading) -> dict[str, Any]:
    """The report's head, its drafts and what a person must know of the whole, as plain JSON."""
    report = reading.report
    return {
        "report": {
            "source": report.source,
            "title": _words(report, report.title),
            "publisher": _words(report, report.publisher) or report.told_publisher or None,
            "dateline": _words(report, report.dateline),
            "published": report.published.isoformat() if report.published else None,
            "languages": list(reading.languages),
            "characters": len(report.text),
            "left_out": [
                {"at": [one.at.start, one.at.end], "why": one.why} for one in report.left_out
            ],
        },
        "drafts": [_draft(report, one) for one in reading.drafts],
        "notes": list(reading.notes),
        **({"places": [_place(report, one) for one in reading.places]} if reading.places else {}),
        **({"reader": reading.reader} if reading.reader else {}),
    }


def _place(report: Report, place: Place) -> dict[str, Any]:
    """A place of a gazetteer: its words, and what is known of it there."""
    told = ((name, getattr(place, name)) for name in ("id", "name", "kind", "gazetteer", "doubt"))
    known = {name: value for name, value in told if value}
    return {"words": place.at.of(report.text), "at": [place.at.start, place.at.end], **known}


def _words(report: Report, at: Excerpt | None) -> str | None:
    return at.of(report.text) if at else None


def _draft(report: Report, draft: Draft) -> dict[str, Any]:
    """The fields that the text states; what it does not state is not there."""
    found = ((one.name, getattr(draft, one.name)) for one in fields(draft))
    return {
        name: _shown(report, value) for name, value in found if value is not None and value != ()
    }


def _shown(report: Report, value: Any) -> Any:
    if isinstance(value, Field):
        return {
            "value": _shown(report, value.value),
            "words": " ... ".join(at.of(report.text) for at in value.at),
            "at": [[at.start, at.end] for at in value.at],
        }
    if isinstance(value, tuple):
        return [_shown(report, one) for one in value]
    if isinstance(value, ReadTime | ReadWindow | ReadCondition):
        found = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {
            name: utc(inner) if name in _INSTANTS and inner is not None else _shown(report, inner)
            for name, inner in found
            if inner is not None and inner != "" and inner is not False
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def across_body(
    readings: Sequence[Reading], statements: Sequence[Together]
) -> list[dict[str, Any]]:
    """The statements of several reports: which drafts tell each, which of them to propose, and
    what they tell differently; a report is named by its number among the readings, from 0."""
    return [
        {
            "told": [{"report": one.report, "draft": one.draft.id} for one in found.told],
            "propose": {"report": found.fullest.report, "draft": found.fullest.draft.id},
            "conflicts": [
                {
                    "field": conflict.field,
                    "versions": [_version(readings, one) for one in conflict.versions],
                }
                for conflict in found.conflicts
            ],
        }
        for found in statements
    ]


def _version(readings: Sequence[Reading], version: Version) -> dict[str, Any]:
    """What some reports tell; no values where they are silent."""
    report = readings[version.reports[0]].report
    return {
        "reports": list(version.reports),
        "values": [_shown(report, one) for one in version.fields],
    }
