"""A report as it came: its text, what of it is not read, and where and when it is from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from safeconduct.wire.excerpt import Excerpt


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a report's text that is not read: boilerplate, or a repeat of what stands before.

    Parameters
    ----------
    why : in words, such as "a line that stands twice" or "menu of the page".
    """

    at: Excerpt
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report, as it is read.

    Parameters
    ----------
    text : what people see, line ends as `\\n`; every excerpt counts its characters.
    left_out : what of the text is not read, in order.
    title, publisher, dateline : where they stand in the text; None where it has none.
        The dateline is the place that stands before the first sentence ("GENEVA").
    dated : where the text states its own day; `published` is then that day unless one was given.
    published : the day on which it was published, local to its place; None where nobody says so.
        Without it no day such as "Friday" can be resolved.
    told_publisher : the publisher as the file's own marks or the person who hands it in say it,
        where the text does not.
    source : where it comes from, such as a link or a file's name, for people; empty for none.
    notes : what a person must know of how it was come by, in sentences: that two days disagree,
        that a page could not be read.
    """

    text: str
    left_out: tuple[LeftOut, ...] = ()
    title: Excerpt | None = None
    publisher: Excerpt | None = None
    dateline: Excerpt | None = None
    dated: Excerpt | None = None
    published: dt.date | None = None
    told_publisher: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()

    def is_read(self, at: Excerpt) -> bool:
        """Whether nothing of an excerpt was left out."""
        return not any(one.at.meets(at) for one in self.left_out)
