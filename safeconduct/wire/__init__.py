"""What a report says, in the register's words, for a person to accept: `read` and its values.

A report is text; what is read from it are drafts, each field with the characters it came from.
Nothing here writes: a draft becomes an entry when a person accepts it (`app`).

`report.py` holds the text and where it stands, `draft.py` what was read, `read.py` how.
"""

from safeconduct.wire.draft import (
    Act,
    Draft,
    Field,
    ReadCondition,
    Reading,
    ReadTime,
    ReadWindow,
    Sureness,
)
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.names import Name, Names
from safeconduct.wire.report import LeftOut, Report

__all__ = [
    "Act",
    "Draft",
    "Excerpt",
    "Field",
    "LeftOut",
    "Name",
    "Names",
    "ReadCondition",
    "ReadTime",
    "ReadWindow",
    "Reading",
    "Report",
    "Sureness",
]
