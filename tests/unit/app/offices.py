"""A live register of the two towns with the contacts of an office, and ways to look into it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from safeconduct.app.contacts import add_contact
from safeconduct.app.founding import init
from safeconduct.app.opening import open_register
from safeconduct.app.registers import record
from safeconduct.situation import records_of
from safeconduct.vocabulary import Record
from tests.unit.app.folders import TWO_TOWNS, ground_and_records

NEED = """zone: UTC
permit_needs:
  - id: letter
    party: south
    name: Facilitation letter
    areas: [south-bank]
    purposes: [aid-delivery]
    steps: [ministry, governor]
    valid: {from: 2030-05-01 00:00, until: 2030-06-01 00:00}
"""


def make(folder: Path, *, words: bool = True) -> Path:
    """A register with the two towns and three contacts; with the parties' letters or not."""
    path = folder / "office.db"
    init(str(path))
    record(str(path), str(TWO_TOWNS))
    records = ground_and_records(folder)
    if not words:
        text = records.read_text()
        start, end = text.index("statements:\n"), text.index("vehicles:\n")
        records.write_text(text[:start] + text[end:])
    record(str(path), str(records))
    add_contact(str(path), "north-staff", party="north", role="staff officer", depth="capital")
    add_contact(
        str(path),
        "north-post",
        party="north",
        role="liaison officer",
        unit="bank brigade",
        areas=("north-bank",),
        depth="unit",
        authority="speaks-for",
        reach="+00 555 0100",
        backup="north-staff",
    )
    add_contact(str(path), "south-post", party="south", role="commander of the post")
    records.unlink()
    return path


def needs_a_letter(path: Path) -> None:
    """Records that the south asks for a facilitation letter in two steps."""
    need = path.with_name("need.yaml")
    need.write_text(NEED)
    record(str(path), str(need))
    need.unlink()


def held(path: Path, kind: type[Any]) -> list[Any]:
    """The records of one class in a register, in the order of its entries."""
    return [one for one in everything(path) if isinstance(one, kind)]


def everything(path: Path) -> tuple[Record, ...]:
    """All records of a register."""
    with closing(open_register(str(path))) as opened:
        return records_of(opened.store.entries())


def signed(path: Path) -> bytes:
    """All that stands in the entries of a register."""
    with closing(open_register(str(path))) as opened:
        return b"\n".join(entry.signed_bytes() for entry in opened.store.entries())
