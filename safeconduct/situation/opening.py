"""From register entries to records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast, get_args

from safeconduct.register import Entry, decode
from safeconduct.vocabulary import Record

_RECORD_TYPES = {kind.tag: kind for kind in get_args(Record)}


def records_of(entries: Iterable[Entry]) -> tuple[Record, ...]:
    """The records that the entries hold, in the entries' order.

    Entries of other kinds (areas, networks, receipts) are passed over: they reach a judgement
    through the network, not through the picture.

    Raises
    ------
    WrongField : a body does not hold what its kind says.
    """
    return tuple(
        cast("Record", decode(_RECORD_TYPES[entry.kind], entry.body, entry.id))
        for entry in entries
        if entry.kind in _RECORD_TYPES
    )
