"""How the tests read: a few sentences in, the drafts out, each in one line."""

from __future__ import annotations

import datetime as dt
from functools import cache

from safeconduct.adapters.files import lexiconfile
from safeconduct.wire import Draft, Names, Reading, Report
from safeconduct.wire.read import read

lexicons = cache(lexiconfile.known_lexicons)
names = cache(lexiconfile.known_names)
PUBLISHED = dt.date(2016, 11, 4)


def reading(text: str, *, zone: str = "Asia/Damascus") -> Reading:
    """What is read from a text that was published on Friday, 4 November 2016."""
    report = Report(text=text, published=PUBLISHED)
    return read(report, lexicons(), Names(zone=zone).over(names()))


def told(draft: Draft) -> str:
    """A draft as `[not] act of actor [for party]`."""
    taken_back = "not " if draft.negated else ""
    party = f" for {draft.party.value}" if draft.party else ""
    return f"{taken_back}{draft.act.value.value} of {draft.actor.value}{party}"


def acts(text: str) -> list[str]:
    """The drafts of a text, each as `told` has it."""
    return [told(draft) for draft in reading(text).drafts]
