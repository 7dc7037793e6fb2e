"""Contacts hold roles and commitments: nothing by which a person could be reached stands in one."""

from __future__ import annotations

import pytest

from safeconduct.errors import WrongField
from safeconduct.register import decode, encode
from safeconduct.vocabulary import Ask, Contact, UndertakingKind


def contact(**changes: str) -> Contact:
    fields = {"id": "liaison", "party": "north", "role": "liaison officer"}
    return Contact(**(fields | changes))


def test_how_to_reach_a_contact_is_refused_in_clear_and_not_repeated() -> None:
    with pytest.raises(WrongField) as caught:
        contact(reach="+00 555 0100")
    assert "stands in clear" in str(caught.value)
    assert "contact add --reach" in caught.value.remedy
    assert "555" not in str(caught.value)


def test_a_commitment_to_how_to_reach_a_contact_is_kept() -> None:
    hidden = f"personal:{'0' * 64}"
    assert contact(reach=hidden).reach == hidden


@pytest.mark.parametrize("field", ["backup", "replaces"])
def test_a_contact_is_neither_its_own_backup_nor_what_it_replaces(field: str) -> None:
    with pytest.raises(WrongField, match="the backup of itself, or as what it replaces"):
        contact(**{field: "liaison"})


def test_an_ask_from_before_it_named_its_asker_reads_the_same() -> None:
    ask = Ask(
        id="a",
        movement="m",
        party="north",
        kind=UndertakingKind.PASSAGE,
        areas=(),
        spans=(),
        purposes=frozenset(),
        directions=frozenset(),
        for_whom=frozenset(),
    )
    written = encode(ask)
    assert isinstance(written, dict) and not {"by", "to"} & written.keys()
    assert decode(Ask, written) == ask
