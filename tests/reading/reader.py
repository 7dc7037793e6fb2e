"""The program's own reader over the gold reports, with the names that every reader knows."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from safeconduct.adapters.files import lexiconfile
from safeconduct.wire import Names, Reading, Report
from safeconduct.wire.body import body
from tests.reading.goldset import Gold

lexicons = cache(lexiconfile.known_lexicons)
names = cache(lexiconfile.known_names)


def read_gold(gold: Gold) -> dict[str, Any]:
    """What is read from a gold report, as every door shows it."""
    return body(reading_of(gold))


def reading_of(gold: Gold) -> Reading:
    """A gold report as it is read, told its day of publication and zone and nothing else."""
    # Not at the top: the scorer is there before there is anything to score.
    from safeconduct.wire.read import read

    published = dt.date.fromisoformat(gold.published) if gold.published else None
    report = Report(text=gold.text, published=published)
    return read(report, lexicons(), Names(zone=gold.zone).over(names()))
