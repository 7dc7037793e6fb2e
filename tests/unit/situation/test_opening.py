"""From the entries of a register to the records of a picture."""

from __future__ import annotations

import pytest

from safeconduct.errors import WrongField
from safeconduct.register import Handling, Head, commit, encode, next_entry
from safeconduct.situation import records_of
from tests.worlds.two_towns import TOWNS, may


def entries(*bodies):
    chain, head = [], None
    for number, (kind, body) in enumerate(bodies):
        entry = next_entry(
            head,
            id=f"{number:032x}",
            writer="office",
            recorded_at=may(4, number),
            author=commit("officer", bytes(32)),
            kind=kind,
            body=body,
            handling=Handling.INTERNAL,
        )
        chain.append(entry)
        head = Head("office", entry.sequence + 1, entry.hash)
    return chain


def test_every_kind_of_record_of_the_two_towns_comes_back_as_it_was():
    chain = entries(*((record.tag, encode(record)) for record in TOWNS.records))
    assert records_of(chain) == TOWNS.records


def test_entries_that_hold_no_record_are_passed_over():
    actor = TOWNS.record("north")
    chain = entries(("area", {"id": "x"}), (actor.tag, encode(actor)), ("receipt", {"of": "x"}))
    assert records_of(chain) == (actor,)


def test_a_body_that_is_not_what_its_kind_says_is_refused():
    body = encode(TOWNS.record("north")) | {"kind": "wizard"}
    with pytest.raises(WrongField, match="wizard"):
        records_of(entries(("actor", body)))
